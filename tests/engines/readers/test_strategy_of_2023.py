"""The real strategy document, as text, DOCX and PDF: each gives the same."""

import re

import pytest

from tests.engines.readers.files import (
    PRINTED_SETTING,
    docx_file,
    pdf_file,
    without_places,
    word_file,
)
from tests.shared import SHARED, needs_shared
from veikart.engines.readers.strategy_text import read_strategy_text

pytestmark = needs_shared

VISION = "Sammen om helhetlige, trygge og nyskapende tjenester som fremmer helse og mestring"


def document():
    (path,) = (SHARED / "seeds").glob("001_*.txt")
    return path


@pytest.fixture(scope="module")
def proposal():
    return read_strategy_text("strategi.txt", document().read_bytes())


def values(proposal, kind):
    return [item.values for item in proposal.items if item.kind == kind]


def test_everything_is_counted(proposal):
    assert proposal.counts == {
        "vision": 1,
        "overarching_goal": 3,
        "strategic_goal": 5,
        "statement": 41,
        "prerequisite": 9,
        "sdg": 6,
        "target_group": 10,
        "related_strategy": 13,
        "statement.mal/1": 8,
        "statement.mal/2": 7,
        "statement.mal/3": 5,
        "statement.mal/4": 10,
        "statement.mal/5": 11,
    }
    assert len({item.key for item in proposal.items}) == len(proposal.items)


def test_the_vision_is_exact_and_each_phrase_explained(proposal):
    (vision,) = values(proposal, "vision")

    assert vision["text"] == VISION
    assert [(phrase["no"], phrase["phrase"]) for phrase in vision["phrases"]] == [
        (1, "Sammen om"),
        (2, "Helhetlige"),
        (3, "Trygge"),
        (4, "Nyskapende"),
        (5, "Fremme helse og mestring"),
    ]
    for phrase in vision["phrases"]:
        assert phrase["explanation"].startswith(phrase["phrase"])
        assert phrase["explanation"].endswith(".")


def test_the_overarching_goals_come_with_their_texts(proposal):
    goals = values(proposal, "overarching_goal")

    assert [(goal["number"], goal["title"]) for goal in goals] == [
        (1, "Kvalitet og sammenheng i tjenestene"),
        (2, "Bærekraftig helse- og omsorgssektor"),
        (3, "Innovasjonskraft"),
    ]
    assert [goal["text"].split()[0] for goal in goals] == ["Norge", "Demografisk", "For"]


def test_the_goals_come_with_their_kinds_and_parts(proposal):
    goals = values(proposal, "strategic_goal")

    assert [(goal["title"], goal["kind"]) for goal in goals] == [
        ("Aktiv medvirkning i egen og næres helse", "direct"),
        ("Enklere arbeidshverdag", "direct"),
        ("Helsedata til fornying og forbedring", "direct"),
        ("Tilgjengelig informasjon og styrket samhandling", "enabling"),
        ("Samarbeid og virkemidler som styrker gjennomføringskraft", "enabling"),
    ]
    assert [len(goal["background"]) for goal in goals] == [1, 1, 1, 1, 3]
    assert [len(goal["conditions"]) for goal in goals] == [1, 2, 1, 2, 1]
    assert all(goal["attainment"].startswith("Ved måloppnåelse") for goal in goals)
    assert [len(goal["footnotes"]) for goal in goals] == [0, 0, 0, 0, 1]
    assert goals[4]["footnotes"][0].startswith("¹² Nasjonal rådsmodell for e-helse, KS sin")
    assert goals[4]["conditions"][0].startswith("Måloppnåelse forutsetter en samordnet")


def test_no_word_of_a_goals_part_is_lost(proposal):
    text = document().read_text(encoding="utf-8")
    parts = re.split(r"\n(?=Mål \d: )", text)[-5:]

    for goal, part in zip(values(proposal, "strategic_goal"), parts, strict=True):
        kept = [goal["title"], goal["summary"], *goal["background"], goal["attainment"]]
        kept += [*goal["conditions"], *goal["footnotes"]]
        kept += [
            statement["text"]
            for statement in values(proposal, "statement")
            if statement["goal"] == f"mal/{goal['number']}"
        ]
        words = re.sub(r"Mål \d:|Frem mot 2030 skal vi oppnå:|- ", "", part).split()
        assert sorted(" ".join(kept).replace("- ", "").split()) == sorted(words)


def test_prerequisites_come_with_the_sentence_they_were_read_from(proposal):
    found = {
        (one["goal"][-1], one["on"][-1]): one["sentence"]
        for one in values(proposal, "prerequisite")
    }

    assert sorted(found) == [
        ("1", "4"), ("1", "5"), ("2", "4"), ("2", "5"), ("3", "4"), ("3", "5"),
        ("4", "1"), ("4", "2"), ("4", "5"),
    ]  # fmt: skip
    assert found["1", "4"] == (
        "Måloppnåelse er også avhengig av god informasjonsflyt, som inngår i målbeskrivelsen i "
        "mål 4."
    )
    assert found["3", "4"] == (
        "Det er også en forutsetning at informasjonen blir mer standardisert og flyter mellom "
        "aktører. Dette er en del av målbeskrivelsen i mål 4."
    )
    assert found["3", "5"].startswith("Regelverket bør tilrettelegge for nødvendig tilgang")
    assert found["4", "1"] == found["4", "2"]
    assert found["1", "5"] == found["2", "5"]
    assert found["1", "5"].endswith("måloppnåelse på de øvrige fire målene i strategien.")


def test_what_is_said_again_from_the_other_side_is_kept_beside_it(proposal):
    also = {
        (one["goal"][-1], one["on"][-1]): one["also_stated"]
        for one in values(proposal, "prerequisite")
    }

    for goal in "123":
        assert also[goal, "4"][0].startswith("Målet er en forutsetning for at helsedata kan")
        assert also[goal, "4"][1].startswith("Mål 1-3 skal gi direkte nytte")
    assert also["3", "5"][0].startswith("Bedre samarbeid og videreutvikling av")
    assert also["4", "1"] == []


def test_the_lost_icons_of_the_sustainable_development_goals_are_told_from_their_texts(proposal):
    found = {
        sdg["number"]: (
            [goal[-1] for goal in sdg["goals"]],
            [one[-1] for one in sdg["most_direct"]],
        )
        for sdg in values(proposal, "sdg")
    }

    assert found == {
        3: (["1", "2", "3", "4", "5"], ["1", "2", "3"]),
        9: (["1", "2", "3", "4", "5"], []),
        10: (["1", "2"], []),
        12: (["3"], []),
        13: (["1", "2", "3"], []),
        17: (["5"], []),
    }
    inferred = [caution for caution in proposal.warnings if caution.code == "sdg_inferred"]
    assert len(inferred) == 6
    assert "“god helse”, “livskvalitet” as 3 “God helse og livskvalitet”" in inferred[0].message


def test_the_target_groups_stand_in_three_rings(proposal):
    rings = {}
    for group in values(proposal, "target_group"):
        rings.setdefault(group["ring"], []).append(group["name"])

    assert rings == {
        "carries_out": [
            "Virksomhetene med ansvar for å yte helse- og omsorgstjenester",
            "Helseforvaltningen",
        ],
        "collaborates": [
            "Forsknings- og utdanningsinstitusjoner",
            "Næringsliv",
            "Pasient- og brukerorganisasjoner",
            "Fag- og interesseorganisasjoner",
            "Andre statlige og kommunale aktører",
        ],
        "benefits": ["Innbyggere", "Helsepersonell", "Pårørende"],
    }


def test_related_strategies_come_from_the_footnotes_and_the_text(proposal):
    found = {
        (one["footnote"], one["title"]): (one["publisher"], one["year"], one["period"])
        for one in values(proposal, "related_strategy")
    }

    directorate, ministry = "Direktoratet for e-helse", "Kommunal- og moderniseringsdepartementet"
    assert found == {
        (1, "Plan for realisering av nasjonal e-helsestrategi"): (None, None, None),
        (2, "Nasjonal rådsmodell - ehelse"): (directorate, 2022, None),
        (3, "Kunnskapsgrunnlaget for nasjonal e-helsestrategi fra 2023"): (directorate, 2022, None),
        (4, "Nasjonal helse- og sykehusplan 2020-2023"): ("Regjeringen", 2019, "2020–2023"),
        (5, "Digitaliseringsstrategi for offentlig sektor 2019-2025"): (
            ministry,
            2019,
            "2019–2025",
        ),
        (6, "Nasjonal strategi for digital sikkerhet"): ("Regjeringen", 2019, None),
        (8, "Fremtidige kompetansebehov III – Læring og kompetanse i alle ledd"): (
            "Kunnskapsdepartementet",
            2020,
            None,
        ),
        (9, "Strategi for digital omstilling i universitets- og høyskolesektoren"): (
            "Kunnskapsdepartementet",
            2021,
            None,
        ),
        (10, "Digital hele livet"): (ministry, 2021, None),
        (
            11,
            "Meld. St. 40 (2020–2021) Mål med mening— Norges handlingsplan for å nå "
            "bærekraftsmålene innen 2030",
        ): ("Regjeringen", 2021, None),
        (None, "Nasjonal helse- og samhandlingsplan"): (None, 2024, None),
        (None, "Folkehelsemelding"): (None, 2023, None),
        (None, "Helseberedskapsmelding"): (None, 2023, None),
    }


def test_the_footnote_that_belongs_nowhere_is_kept_in_a_caution(proposal):
    others = [caution for caution in proposal.warnings if caution.code != "sdg_inferred"]

    (caution,) = others
    assert caution.code == "footnote_without_place"
    assert "Footnote 7" in caution.message
    assert "Digital kompetanse er et samlebegrep" in caution.message


def test_each_item_is_found_at_its_line(proposal):
    lines = document().read_text(encoding="utf-8").split("\n")

    for item in proposal.items:
        line = lines[item.found_at.line - 1]
        if item.kind == "strategic_goal":
            assert line == f"Mål {item.values['number']}: {item.values['title']}"
        if item.kind == "statement":
            assert line == f"- {item.values['text']}"
        if item.kind == "vision":
            assert line == item.values["text"]
        assert line.strip()


def test_the_same_comes_from_a_word_document(proposal):
    content = docx_file(document().read_text(encoding="utf-8"))

    from_docx = read_strategy_text("strategi.docx", content)

    assert without_places(from_docx.items) == without_places(proposal.items)
    assert [one.code for one in from_docx.warnings] == [one.code for one in proposal.warnings]


def test_the_same_comes_from_a_word_document_of_line_breaks(proposal):
    lines = document().read_text(encoding="utf-8").split("\n")
    breaks = "<w:br/>".join(
        f"<w:t>{line.replace('&', '&amp;').replace('<', '&lt;')}</w:t>" for line in lines
    )
    content = word_file(f"<w:p><w:r>{breaks}</w:r></w:p>")

    from_docx = read_strategy_text("strategi.docx", content)

    assert without_places(from_docx.items) == without_places(proposal.items)


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"setting": PRINTED_SETTING},
        {"setting": PRINTED_SETTING, "goals_as_headings": True},
        {"setting": "#set page(width: 13cm, height: auto)\n#set par(spacing: 1em)\n"},
        {"setting": "#set list(marker: circle(radius: 2pt, fill: black))\n"},
    ],
    ids=["plain", "printed", "printed-with-headings", "tight-on-one-page", "drawn-bullets"],
)
def test_the_same_comes_from_a_pdf(proposal, how):
    content = pdf_file(document().read_text(encoding="utf-8"), **how)

    from_pdf = read_strategy_text("strategi.pdf", content)

    assert without_places(from_pdf.items) == without_places(proposal.items)
    assert [one.code for one in from_pdf.warnings] == [one.code for one in proposal.warnings]
    assert all(item.found_at.page for item in from_pdf.items)


def test_the_same_comes_from_text_wrapped_at_eighty_letters(proposal):
    wrapped = "\n".join(
        line if len(line) <= 80 else "\n".join(_wrapped(line))
        for line in document().read_text(encoding="utf-8").split("\n")
    )

    from_text = read_strategy_text("strategi.txt", wrapped.encode())

    assert without_places(from_text.items) == without_places(proposal.items)


def _wrapped(line):
    rest = line
    while len(rest) > 80:
        at = rest.rfind(" ", 0, 80)
        yield rest[:at]
        rest = rest[at + 1 :]
    yield rest
