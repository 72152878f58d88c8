"""The agenda of 4 February 2022: everything that its meeting was called with."""

import pytest

from tests.engines.readers.test_agenda import of_kind
from tests.shared import SHARED, needs_shared
from veikart.engines.readers.choose import read


@pytest.fixture(scope="module")
def founding():
    [path] = (SHARED / "seeds").glob("002_*.txt")
    return read(path.name, path.read_bytes())


@needs_shared
def test_the_extra_meeting_of_the_board_is_read(founding):
    assert founding.reader == "agenda"
    assert founding.warnings == ()
    assert of_kind(founding, "meeting") == [
        {
            "body": "Nasjonalt e-helsestyre",
            "number": 1,
            "year": 2022,
            "is_extra": True,
            "held_on": "2022-02-04",
            "day_said": "4. februar",
            "starts_at": "10:30",
            "ends_at": "13:00",
            "place": "Videomøte",
            "breaks": [{"title": "Lunsj", "starts_at": "11:30"}],
        }
    ]


@needs_shared
def test_its_seventeen_members_and_its_observer_have_organisations(founding):
    seats = [(s["role"], s["person"], s["organisation"]) for s in of_kind(founding, "seat")]

    assert seats == [
        ("member", "Inger Cathrine Bryne", "Helse Vest RHF"),
        ("member", "Stig Slørdahl", "Helse Midt-Norge RHF"),
        ("member", "Cecilie Daae", "Helse Nord RHF"),
        ("member", "Terje Rootwelt", "Helse Sør-Øst RHF"),
        ("member", "Mariann Hornnes", "Direktoratet for e-helse"),
        ("member", "Jan Arild Lyngstad", "Helsedirektoratet"),
        ("member", "Gun Peggy Knudsen", "Folkehelseinstituttet"),
        ("member", "Kristin W. Wieland", "KS"),
        ("member", "Svein Lyngroth", "Oslo kommune"),
        ("member", "Camilla Dunsæd", "Kristiansand kommune"),
        ("member", "Bjørn-Atle Hansen", "Alta kommune"),
        ("member", "Kjell Wolff", "Bergen kommune"),
        ("member", "Lilly Ann Elvestad", "FFO"),
        ("member", "Mina Gerhardsen", "Nasjonalforeningen for folkehelsen"),
        ("member", "Ivar Halvorsen", "Legeforeningen"),
        ("member", "Steffen Sutorius", "Digitaliseringsdirektoratet"),
        ("member", "Lill Sverresdatter Larsen", "Norsk Sykepleierforbund"),
        ("observer", "Johan Ronæs", "Norsk Helsenett SF"),
    ]


STRATEGY_CASE = (
    "Ny nasjonal e-helsestrategi fra 2023: Endringsområder og utkast til mål for å oppnå visjonen"
)


@needs_shared
def test_its_cases_go_on_after_lunch_and_end_with_other_business(founding):
    cases = [
        (c["number"], c["title"], c["type"], c["type_said"], c["fixed"], c["slots"])
        for c in of_kind(founding, "case")
    ]

    assert cases == [
        (
            "1/22", "Godkjenning av innkalling og dagsorden", "approval", "Godkjenning", "summons",
            [{"starts_at": "10:30"}],
        ),
        (
            "2/22", STRATEGY_CASE, "discussion", "Drøfting", None,
            [{"starts_at": "10:35"}, {"starts_at": "11:50", "continued": True}],
        ),
        ("3/22", "Eventuelt", None, None, "other_business", [{"starts_at": "12:55"}]),
    ]  # fmt: skip
    assert of_kind(founding, "case")[1]["text"].split("\n") == [
        "Direktoratet for e-helse ønsker med denne saken å drøfte følgende med Nasjonalt e-helsestyre i møtet:",
        "Direktoratet for e-helse vil innledningsvis minne om visjonen, som oppsummerer hva vi i fellesskap "
        "ønsker å oppnå med digitalisering i helse- og omsorgssektoren.",
        "Vedlegg 1A er lenket opp til Nasjonalt e-helsestyre sine sider på ehelse.no i toppnotatet, og i høyre "
        "kolonne her i agendaen.",
    ]


@needs_shared
def test_its_proposed_decisions_questions_and_attachments_are_word_for_word(founding):
    proposed = [(p["case"][-4:], p["text"]) for p in of_kind(founding, "proposed_decision")]
    papers = [(a["label"], a["title"]) for a in of_kind(founding, "attachment")]

    assert proposed == [
        ("1-22", "Nasjonalt e-helsestyre godkjenner innkalling og dagsorden."),
        (
            "2-22",
            "Direktoratet for e-helse tar med seg Nasjonalt e-helsestyres innspill til endringsområder og "
            "hvilke mål som er de viktigste å inkludere i ny e-helsestrategi.",
        ),
    ]
    assert [(q["number"], q["text"]) for q in of_kind(founding, "question")] == [
        (1, "Endringsområder og utkast til mål for å oppnå visjonen."),
        (2, "Hvilke endringer og mål som er de viktigste å inkludere i ny e-helsestrategi."),
    ]
    assert papers == [
        ("1", f"Toppnotat {STRATEGY_CASE}"),
        ("1A", "Nasjonal e-helsestrategi – endringsområder og utkast til mål"),
    ]


@needs_shared
def test_its_top_note_has_labels_and_sections(founding):
    [note] = of_kind(founding, "top_note")
    sections = {section["heading"]: section["text"] for section in note["sections"]}

    labels = ("case", "number", "title", "to", "dated", "type_said", "sender", "case_officer")
    assert {label: note[label] for label in labels} == {
        "case": "sak/nasjonalt-e-helsestyre/2-22",
        "number": "2/22",
        "title": STRATEGY_CASE,
        "to": "Møte 1/22",
        "dated": "2022-02-04",
        "type_said": "Drøfting",
        "sender": "Mariann Hornnes",
        "case_officer": "Karl S Vestli",
    }
    assert list(sections) == [
        "Forslag til vedtak",
        "Hensikt med saken",
        "Bakgrunn",
        "Visjon for digitalisering i helse- og omsorgssektoren",
        "Endringsområder og mål for å oppnå visjonen",
        "Drøfting i Nasjonalt e-helsestyre 4/2-22;",
        "Veien videre frem mot mai 2022",
    ]
    assert note["purpose"].startswith(
        "Direktoratet for e-helse ønsker med denne saken å drøfte\n1. "
    )
    assert note["way_forward"].endswith("frem til 13. mai 2022. Dette kommer vi tilbake til.")
    assert "\n2) Arbeidet med strategiske valg pågår" in sections["Bakgrunn"]
    assert "\n3) Forarbeidet til styring og oppfølging er nylig startet opp" in sections["Bakgrunn"]
    assert "Til" not in sections["Bakgrunn"].split("\n")
    assert note["links"] == [
        "https://www.ehelse.no/strategi/nasjonal-e-helsestrategi",
        "https://www.ehelse.no/styrer-og-utvalg/nasjonalt-e-helsestyre",
    ]


@needs_shared
def test_its_earlier_decisions_have_days_and_wording(founding):
    found = [
        (d["number"], d["decided_on"], d["theme"], d["text"]) for d in of_kind(founding, "decision")
    ]

    assert {d["cited_by"] for d in of_kind(founding, "decision")} == {
        "sak/nasjonalt-e-helsestyre/2-22"
    }
    assert found == [
        (
            "40/21", "2021-12-09", "Visjon og evalueringsprinsipper",
            "Nasjonalt e-helsestyre gir sin anbefaling til visjon og ber i tillegg Direktoratet for e-helse ta "
            "med seg innspill til evalueringsprinsipper i det videre strategiarbeidet.",
        ),
        (
            "27/21", "2021-09-22", "Kunnskapsgrunnlaget v. 0.7\nInnspill til ambisjon og visjon",
            "Nasjonalt e-helsestyre ber Direktoratet for e-helse ta med seg innspill mottatt i møtet i det "
            "videre arbeidet med nasjonal e-helsestrategi.\n"
            "- Nasjonalt e-helsestyre var samstemte om at det er behov for å ha en nasjonal e-helsestrategi, "
            "og som kan hjelpe sektoren med å sette retning og prioritere.",
        ),
        (
            "20/21", "2021-06-10",
            "Innspill til plan for arbeidet og hva er det viktigste en felles nasjonal e-helsestrategi skal "
            "bidra til i årene fremover?",
            "Nasjonalt e-helsestyre ba Direktoratet for e-helse ta med seg innspill mottatt i møtet i det "
            "videre arbeidet.",
        ),
    ]  # fmt: skip


@needs_shared
def test_everything_in_it_stands_where_it_says(founding):
    [path] = (SHARED / "seeds").glob("002_*.txt")
    lines = path.read_text(encoding="utf-8").split("\n")

    shown = {
        "seat": "person", "case": "number", "question": "text", "attachment": "label",
        "proposed_decision": "text", "top_note": "title", "decision": "number",
    }  # fmt: skip
    for item in founding.items[1:]:
        first = item.values[shown[item.kind]].split()[0]
        assert first in " ".join(lines[item.found_at.line - 1 : item.found_at.line + 1]), item
