"""Made-up strategy documents: other words, other numbers, and what is broken."""

import pytest

from tests.engines.readers.files import docx_file, pdf_file, without_places, word_file
from tests.shared import SHARED, needs_shared
from veikart.engines.proposal import FoundAt, Unreadable
from veikart.engines.readers.strategy_text import read_strategy_text

SEA = """
Havstrategi for Lillevik

Innhold

Visjon ..... 2
Mål 1: Rent hav ..... 3
Mål 2: Kloke hender ..... 4

Vår visjon

Et levende hav for alle som bor ved det

Et levende hav betyr fisk i fjorden og folk på brygga.

For alle viser til at ingen stenges ute.

Overordnede mål

1. Mer fisk

Det skal bli mer fisk.

Da må garnene opp.

2. Flere folk

Målgrupper

Kommunen og fiskerlaget har ansvar for å realisere strategien. Samarbeidet med skoler, båt- og
hytteeiere og forskere er viktig. Strategien skal gi nytte for barn og voksne.

FNs bærekraftsmål

Disse er særlig viktige:

Mål 14: Livet i havet

Havet skal leve. Alle målene bidrar, men mål 1 bidrar mest.

Vi må fremme anstendig arbeid. Mål 2 gir arbeidsplasser.

Mål 1: Rent hav

Havet skal bli rent innen få år.

I dag er det skittent¹.

Frem mot 2035 skal vi oppnå:

- Ingen kloakk i sjøen
- Alle båter leverer avfall, også i Sør-
  og Nordvika

Ved måloppnåelse kan alle bade.

Målet er avhengig av folk som kan faget. Dette er beskrevet i mål 2.

Mål 2: Kloke hender

Folk skal kunne faget.

Innen 2035 skal vi ha nådd dette:

- Et kurs i året

Når målet er nådd, kan alle knyte en knute. Målet forutsetter penger.

¹ Havrådet (2020): Havet vårt 2020–2025. Boka er utsolgt.

² En knute er et stykke tau som ikke går opp
"""


def read(text):
    return read_strategy_text("hav.txt", text.encode())


def values(proposal, kind):
    return [item.values for item in proposal.items if item.kind == kind]


def codes(proposal):
    return [caution.code for caution in proposal.warnings]


def test_another_strategy_is_read_by_the_same_signs():
    proposal = read(SEA)

    assert without_places(proposal.items) == [
        (
            "vision",
            "visjon",
            {
                "text": "Et levende hav for alle som bor ved det",
                "phrases": [
                    {
                        "no": 1,
                        "phrase": "Et levende hav",
                        "explanation": "Et levende hav betyr fisk i fjorden og folk på brygga.",
                    },
                    {
                        "no": 2,
                        "phrase": "For alle",
                        "explanation": "For alle viser til at ingen stenges ute.",
                    },
                ],
            },
        ),
        (
            "overarching_goal",
            "overordnet-mal/1",
            {
                "number": 1,
                "title": "Mer fisk",
                "text": "Det skal bli mer fisk.\n\nDa må garnene opp.",
            },
        ),
        (
            "overarching_goal",
            "overordnet-mal/2",
            {"number": 2, "title": "Flere folk", "text": None},
        ),
        (
            "strategic_goal",
            "mal/1",
            {
                "number": 1,
                "title": "Rent hav",
                "kind": None,
                "summary": "Havet skal bli rent innen få år.",
                "background": ["I dag er det skittent¹."],
                "attainment": "Ved måloppnåelse kan alle bade.",
                "conditions": [
                    "Målet er avhengig av folk som kan faget. Dette er beskrevet i mål 2."
                ],
                "footnotes": ["¹ Havrådet (2020): Havet vårt 2020–2025. Boka er utsolgt."],
            },
        ),
        (
            "strategic_goal",
            "mal/2",
            {
                "number": 2,
                "title": "Kloke hender",
                "kind": None,
                "summary": "Folk skal kunne faget.",
                "background": [],
                "attainment": "Når målet er nådd, kan alle knyte en knute.",
                "conditions": ["Målet forutsetter penger."],
                "footnotes": [],
            },
        ),
        (
            "statement",
            "mal/1/oppna/1",
            {"goal": "mal/1", "number": 1, "text": "Ingen kloakk i sjøen"},
        ),
        (
            "statement",
            "mal/1/oppna/2",
            {
                "goal": "mal/1",
                "number": 2,
                "text": "Alle båter leverer avfall, også i Sør- og Nordvika",
            },
        ),
        ("statement", "mal/2/oppna/1", {"goal": "mal/2", "number": 1, "text": "Et kurs i året"}),
        (
            "prerequisite",
            "mal/1/forutsetter/2",
            {
                "goal": "mal/1",
                "on": "mal/2",
                "sentence": "Målet er avhengig av folk som kan faget. Dette er beskrevet i mål 2.",
                "also_stated": [],
            },
        ),
        (
            "sdg",
            "fn-mal/8",
            {
                "number": 8,
                "title": "Anstendig arbeid og økonomisk vekst",
                "goals": ["mal/2"],
                "most_direct": [],
                "text": "Vi må fremme anstendig arbeid. Mål 2 gir arbeidsplasser.",
            },
        ),
        (
            "sdg",
            "fn-mal/14",
            {
                "number": 14,
                "title": "Livet i havet",
                "goals": ["mal/1", "mal/2"],
                "most_direct": ["mal/1"],
                "text": "Havet skal leve. Alle målene bidrar, men mål 1 bidrar mest.",
            },
        ),
        *[
            ("target_group", f"malgruppe/{uid}", {"name": name, "ring": ring})
            for uid, name, ring in [
                ("kommunen", "Kommunen", "carries_out"),
                ("fiskerlaget", "Fiskerlaget", "carries_out"),
                ("skoler", "Skoler", "collaborates"),
                ("bat-og-hytteeiere", "Båt- og hytteeiere", "collaborates"),
                ("forskere", "Forskere", "collaborates"),
                ("barn", "Barn", "benefits"),
                ("voksne", "Voksne", "benefits"),
            ]
        ],
        (
            "related_strategy",
            "strategi/havet-vart-2020-2025",
            {
                "title": "Havet vårt 2020–2025",
                "publisher": "Havrådet",
                "year": 2020,
                "period": "2020–2025",
                "footnote": 1,
                "note": "Boka er utsolgt.",
            },
        ),
    ]
    assert codes(proposal) == [
        "goal_kind_missing",
        "goal_kind_missing",
        "sdg_inferred",
        "footnote_without_place",
    ]


def test_the_made_up_strategy_is_the_same_from_docx_and_pdf():
    from_text = without_places(read(SEA.replace("Sør-\n  og", "Sør- og")).items)
    text = SEA.replace("Sør-\n  og", "Sør- og").replace("båt- og\nhytteeiere", "båt- og hytteeiere")

    assert without_places(read_strategy_text("a.docx", docx_file(text)).items) == from_text
    assert without_places(read_strategy_text("a.pdf", pdf_file(text)).items) == from_text


def test_what_a_document_does_not_say_is_cautioned():
    proposal = read(
        "Mål 1: Rent hav\n\nHavet skal bli rent.\n\nMål 2: Kloke hender\n\nFrem mot 2035 skal vi "
        "oppnå:\n\n- Kurs\n"
    )

    assert [item.key for item in proposal.items] == ["mal/1", "mal/2", "mal/2/oppna/1"]
    assert codes(proposal) == [
        "statements_missing",
        "vision_missing",
        "overarching_goals_missing",
        "goal_kind_missing",
        "goal_kind_missing",
        "sdgs_missing",
        "target_groups_missing",
    ]
    first = proposal.warnings[0]
    assert first.line == 1
    assert "goal 1 (“Rent hav”)" in first.message
    assert all(caution.remedy for caution in proposal.warnings)


def test_two_goals_of_the_same_number_keep_the_first_and_name_the_second():
    proposal = read(SEA.replace("Mål 2: Kloke hender\n\nFolk", "Mål 1: Kloke hender\n\nFolk"))

    assert [goal["title"] for goal in values(proposal, "strategic_goal")] == ["Rent hav"]
    (caution,) = [one for one in proposal.warnings if one.code == "goal_number_repeated"]
    assert "“Kloke hender”" in caution.message
    line = SEA[: SEA.index("Mål 1: Rent hav\n\nHavet")].count("\n") + 1
    assert f"(line {line})" in caution.message
    assert caution.line > 1


def test_a_title_that_differs_between_overview_and_chapter_is_cautioned():
    proposal = read("Mål 1: Reint hav\n\nSe under.\n\n" + SEA)

    assert "goal_titles_differ" in codes(proposal)
    assert values(proposal, "strategic_goal")[0]["title"] == "Rent hav"


def test_two_visions_are_cautioned():
    proposal = read(SEA + "\n\nVisjonen er «Fisk til alle mann som vil».\n")

    (caution,) = [one for one in proposal.warnings if one.code == "vision_differs"]
    assert "“Fisk til alle mann som vil”" in caution.message
    assert values(proposal, "vision")[0]["text"] == "Et levende hav for alle som bor ved det"


def test_a_vision_in_quotation_marks_is_enough():
    proposal = read("Strategiens visjon er «Hav for alle mann og kvinner».\n\nMål 1: Hav\n")

    assert values(proposal, "vision") == [{"text": "Hav for alle mann og kvinner", "phrases": []}]
    assert proposal.items[0].found_at == FoundAt(line=1)


def test_a_sentence_on_direct_and_enabling_goals_gives_their_kinds():
    proposal = read("Mål 1 gir direkte nytte, mens mål 2 er et understøttende mål.\n\n" + SEA)

    assert [goal["kind"] for goal in values(proposal, "strategic_goal")] == ["direct", "enabling"]


def test_a_goal_that_is_needed_for_others_says_so_from_its_own_side():
    proposal = read(
        SEA.replace("Målet forutsetter penger.", "Målet er en forutsetning for å nå mål 1.")
        .replace("Målet er avhengig av folk som kan faget. Dette er beskrevet i mål 2.", "")
    )  # fmt: skip

    assert values(proposal, "prerequisite") == [
        {
            "goal": "mal/1",
            "on": "mal/2",
            "sentence": "Målet er en forutsetning for å nå mål 1.",
            "also_stated": [],
        }
    ]


def test_consequences_and_mere_mention_are_no_prerequisites():
    proposal = read(
        SEA.replace(
            "Målet er avhengig av folk som kan faget. Dette er beskrevet i mål 2.",
            "Måloppnåelse vil medføre flere kurs, som omfattes av mål 2. Det skjer uavhengig av "
            "mål 2.",
        )
    )

    assert values(proposal, "prerequisite") == []


def test_statements_that_lost_their_bullets_are_found_up_to_the_closing_text():
    proposal = read(SEA.replace("- Ingen", "Ingen").replace("- Alle båter", "\nAlle båter"))

    assert proposal.counts["statement.mal/1"] == 2


@pytest.mark.parametrize(
    "text",
    [
        "Kjære alle sammen.\n\nHei!",
        "a",
        "1. en\n2. to",
        "Sakens visjon er «Hav for alle mann og kvinner».",
        "Mål 1: Rent hav\n\nVi er enige i målet.",
    ],
)
def test_a_text_that_is_no_strategy_is_refused(text):
    with pytest.raises(Unreadable, match="with headings such as “Mål 1: Title”") as refusal:
        read(text)

    assert refusal.value.code == "unknown_kind"
    assert f"begins “{text.splitlines()[0].rstrip('!')}" in refusal.value.message


@needs_shared
@pytest.mark.parametrize("number", ["000", "002", "003", "004"])
def test_slides_agendas_pages_and_replies_are_no_strategy(number):
    (path,) = (SHARED / "seeds").glob(f"{number}_*.txt")

    with pytest.raises(Unreadable) as refusal:
        read_strategy_text(path.name, path.read_bytes())

    assert refusal.value.code == "unknown_kind"


def test_letters_in_latin_1_are_read_with_a_caution():
    proposal = read_strategy_text("a.txt", SEA.encode("cp1252", errors="replace"))

    assert codes(proposal)[0] == "not_utf8"
    assert values(proposal, "overarching_goal")[0]["title"] == "Mer fisk"


def test_real_footnotes_lists_and_headings_of_word_are_understood():
    styles = (
        '<w:style w:styleId="Overskrift1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="L1"><w:name w:val="List Bullet"/></w:style>'
        '<w:style w:styleId="L2"><w:name w:val="List Number"/></w:style>'
    )

    def paragraph(text, style=""):
        style = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f"<w:p>{style}<w:r><w:t>{text}</w:t></w:r></w:p>"

    body = "".join(
        [
            paragraph("Overordnede mål", "Overskrift1"),
            paragraph("Mer fisk", "L2"),
            paragraph("Det skal bli mer fisk."),
            paragraph("Flere folk", "L2"),
            paragraph("Mål 1: Rent hav", "Overskrift1"),
            '<w:p><w:r><w:t>Havet</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
            '<w:footnoteReference w:id="7"/></w:r><w:del><w:r><w:t>SLETTET</w:t></w:r></w:del>'
            "<w:r><w:t> er rent.</w:t></w:r></w:p>",
            paragraph("Frem mot 2035 skal vi oppnå:"),
            paragraph("Ingen kloakk", "L1"),
        ]
    )
    footnotes = (
        '<w:footnote w:id="0"><w:p><w:r><w:t>strek</w:t></w:r></w:p></w:footnote>'
        '<w:footnote w:id="7"><w:p><w:r><w:t>Havrådet (2020): Havet vårt</w:t></w:r></w:p>'
        "</w:footnote>"
    )

    proposal = read_strategy_text("a.docx", word_file(body, footnotes=footnotes, styles=styles))

    assert [goal["title"] for goal in values(proposal, "overarching_goal")] == [
        "Mer fisk",
        "Flere folk",
    ]
    (goal,) = values(proposal, "strategic_goal")
    assert goal["summary"] == "Havet¹ er rent."
    assert goal["footnotes"] == ["¹ Havrådet (2020): Havet vårt"]
    assert values(proposal, "related_strategy")[0]["title"] == "Havet vårt"
    assert proposal.counts["statement.mal/1"] == 1


def test_raised_digits_of_a_pdf_are_footnote_marks():
    text = "Mål 1: Rent hav\n\nHavet er skittentMERKE.\n\nFrem mot 2035 skal vi oppnå:\n\n- Sjø\n"
    content = pdf_file(text + "\n¹ Havrådet (2020): Havet vårt")
    plain = read_strategy_text("a.pdf", content)
    assert values(plain, "strategic_goal")[0]["footnotes"] == []

    marked = read_strategy_text("a.pdf", raised_pdf(text))

    (goal,) = values(marked, "strategic_goal")
    assert goal["summary"] == "Havet er skittent¹."
    assert goal["footnotes"] == ["¹ Havrådet (2020): Havet vårt"]


def raised_pdf(text):
    setting = '#show "MERKE": super(typographic: false)[1]\n'
    return pdf_file(text + "\n¹ Havrådet (2020): Havet vårt", setting=setting)
