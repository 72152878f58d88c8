"""Agendas: the same out of text, DOCX and PDF, whoever wrote them; what cannot be is kept and told."""

import datetime as dt

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.engines.readers.agendas import (
    COAST,
    Agenda,
    Case,
    docx_agenda,
    pdf_agenda,
    text_agenda,
    whole_or_refused,
)
from tests.engines.readers.files import without_places
from tests.engines.readers.test_any_file import is_whole
from veikart.engines.proposal import Unreadable
from veikart.engines.readers.agenda import is_an_agenda, read_agenda
from veikart.engines.readers.choose import read
from veikart.engines.readers.document import Document

PLACES = {
    "tekst": text_agenda,
    "word": docx_agenda,
    "streker": pdf_agenda,
    "uten streker": lambda: pdf_agenda(ruled=False),
}


def of_kind(proposal, kind):
    return [item.values for item in proposal.items if item.kind == kind]


def cautions(proposal):
    return [caution.code for caution in proposal.warnings]


def agenda(text):
    """What the text says, when it goes the way of every file."""
    proposal = read("innkalling.txt", text.encode())
    assert proposal.reader == "agenda"
    is_whole(proposal)
    return proposal


@pytest.mark.parametrize("form", PLACES)
def test_the_same_is_read_from_text_word_and_pdf_with_ruled_and_unruled_tables(form):
    expected = read("a.txt", text_agenda())

    found = read("b", PLACES[form]())

    assert found.reader == "agenda"
    assert found.warnings == ()
    assert without_places(found.items) == without_places(expected.items)
    assert found.counts == {
        "meeting": 1, "seat": 4, "case": 3, "question": 2, "attachment": 2, "proposed_decision": 2,
        "top_note": 1, "decision": 3,
    }  # fmt: skip


@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "unruled"])
@pytest.mark.parametrize("height", ["9cm", "10cm", "11.5cm", "17cm", "29.7cm"])
def test_a_row_goes_on_overleaf_wherever_the_page_ends(height, ruled):
    expected = read("a.txt", text_agenda())

    found = read("b.pdf", pdf_agenda(height=height, ruled=ruled))

    assert without_places(found.items) == without_places(expected.items)


@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "unruled"])
@pytest.mark.parametrize("height", ["9cm", "14cm", "29.7cm"])
def test_cells_may_stand_in_the_middle_of_their_rows(height, ruled):
    expected = read("a.txt", text_agenda())

    found = read("b.pdf", pdf_agenda(height=height, ruled=ruled, align="left + horizon"))

    assert without_places(found.items) == without_places(expected.items)
    assert found.warnings == ()


@pytest.mark.parametrize("form", PLACES)
def test_what_was_made_is_what_is_read(form):
    found = read("b", PLACES[form]())

    made = COAST.cases[1]
    [meeting] = of_kind(found, "meeting")
    case = of_kind(found, "case")[1]
    assert (meeting["body"], meeting["held_on"], meeting["place"]) == (
        "Nasjonalt kystråd", "2025-03-12", "Havnegata 4, Bodø",
    )  # fmt: skip
    assert [f"{s['person']} ({s['organisation']})" for s in of_kind(found, "seat")] == [
        *COAST.members,
        *COAST.observers,
    ]
    assert (case["title"], case["text"]) == (made.title, "\n".join((made.lead, *made.text)))
    assert [q["text"] for q in of_kind(found, "question")] == list(made.questions)
    assert [(a["label"], a["title"]) for a in of_kind(found, "attachment")] == list(made.papers)
    assert [s["heading"] for s in of_kind(found, "top_note")[0]["sections"]] == [
        heading for heading, _text in COAST.note
    ]
    assert [(d["theme"], d["text"].replace("\n- ", "\n")) for d in of_kind(found, "decision")] == [
        (theme, "\n".join(wording)) for _number, theme, wording in COAST.earlier
    ]


NYNORSK = """
Innkalling til møte i Digitaliseringsutvalet

Utval: Digitaliseringsutvalet for Vestkysten
Møtedato: onsdag 5. november 2025
Tid: kl. 10.00–12.15
Stad: Teams

Medlemer:
Siri Moe (leiar), Florø kommune
Nils Aa, Helse Vestkysten
Anne Li
Observatørar:
KS Vest: Jon Fure

Sakliste

Sak 12/2025 Godkjenning av innkalling og sakliste
Forslag til vedtak: Utvalet godkjenner innkalling og sakliste.

Sak 13/2025 Godkjenning av referat frå møte 2/2025
Vedlegg 1: Referat

Sak 14/2025 Felles journal for kommunane – til drøfting
Utvalet skal drøfte desse spørsmåla:
1. Kva kommunar vil vere med frå starten?
2. Korleis skal kostnadene fordelast?
Vedlegg A: Notat om felles journal
Framlegg til vedtak:
Utvalet ber sekretariatet ta med seg innspela.

Sak 15/2025 Ymse
"""


def test_a_list_of_cases_in_nynorsk_without_any_table_is_read():
    found = agenda(NYNORSK)

    [meeting] = of_kind(found, "meeting")
    assert (meeting["body"], meeting["held_on"]) == (
        "Digitaliseringsutvalet for Vestkysten", "2025-11-05",
    )  # fmt: skip
    assert (meeting["starts_at"], meeting["ends_at"], meeting["place"]) == (
        "10:00",
        "12:15",
        "Teams",
    )
    assert [(s["role"], s["person"], s["organisation"]) for s in of_kind(found, "seat")] == [
        ("leader", "Siri Moe", "Florø kommune"),
        ("member", "Nils Aa", "Helse Vestkysten"),
        ("member", "Anne Li", None),
        ("observer", "Jon Fure", "KS Vest"),
    ]
    assert [(c["number"], c["title"], c["type"], c["fixed"]) for c in of_kind(found, "case")] == [
        ("12/2025", "Godkjenning av innkalling og sakliste", None, "summons"),
        ("13/2025", "Godkjenning av referat frå møte 2/2025", None, "minutes"),
        ("14/2025", "Felles journal for kommunane", "discussion", None),
        ("15/2025", "Ymse", None, "other_business"),
    ]
    assert [q["text"] for q in of_kind(found, "question")] == [
        "Kva kommunar vil vere med frå starten?",
        "Korleis skal kostnadene fordelast?",
    ]
    assert [(a["label"], a["title"]) for a in of_kind(found, "attachment")] == [
        ("1", "Referat"),
        ("A", "Notat om felles journal"),
    ]
    assert [p["text"] for p in of_kind(found, "proposed_decision")] == [
        "Utvalet godkjenner innkalling og sakliste.",
        "Utvalet ber sekretariatet ta med seg innspela.",
    ]
    assert cautions(found) == ["no_organisation"]


ENGLISH = """
Meeting of the Harbour Board, no. 4/2025

Date: 6 May 2025
Time: 09:00 - 11:00
Place: Harbour House
Members:
Ann Lee (Port of Bergen)
Bo Ek (Port of Oslo)
Observers:
Cy Dahl (Coast Guard)

Item Title Time Type

21/25 Approval of summons 09:00 Approval
22/25 Fairway plan 09:10 Discussion
Break 10:00
22/25 cont. Fairway plan 10:15
23/25 Any other business 10:50
"""


def test_an_agenda_in_english_is_read():
    found = agenda(ENGLISH)

    [meeting] = of_kind(found, "meeting")
    assert (meeting["body"], meeting["number"], meeting["year"], meeting["held_on"]) == (
        "Harbour Board", 4, 2025, "2025-05-06",
    )  # fmt: skip
    assert meeting["breaks"] == [{"title": "Break", "starts_at": "10:00"}]
    assert [(c["number"], c["type"], c["fixed"], c["slots"]) for c in of_kind(found, "case")] == [
        ("21/25", "approval", "summons", [{"starts_at": "09:00"}]),
        (
            "22/25", "discussion", None,
            [{"starts_at": "09:10"}, {"starts_at": "10:15", "continued": True}],
        ),
        ("23/25", None, "other_business", [{"starts_at": "10:50"}]),
    ]  # fmt: skip
    assert cautions(found) == []


HEAD = "Møte i NUFA 2/2025\nDato {day}\nSted Oslo\nMedlemmer Kari Nordmann (KS)\n{member}\n\n"
TABLE = "Sak Tittel Tid Type\n{number} Budsjett for neste år 10:00 Orientering\n8/25 Valg av felles arkiv 10:30 {kind}\n"


def made(*, day="03.04.2025", member="Per Berg (Helse Nord RHF)", number="7/25", kind="Anbefaling"):
    return HEAD.format(day=day, member=member) + TABLE.format(number=number, kind=kind)


def test_a_good_agenda_has_nothing_to_look_at_twice():
    assert cautions(agenda(made())) == []


@pytest.mark.parametrize("day", ["31.02.2025", "31. februar", "0.13.25", "30.02.2025"])
def test_a_day_that_cannot_be_is_kept_as_it_was_said(day):
    found = agenda(made(day=day))

    [meeting] = of_kind(found, "meeting")
    assert (meeting["held_on"], meeting["day_said"]) == (None, day)
    assert cautions(found) == ["date_impossible"]
    assert day in found.warnings[0].message
    assert len(of_kind(found, "case")) == 2


def test_two_cases_of_one_number_are_both_kept():
    found = agenda(made(number="8/25"))

    cases = [item for item in found.items if item.kind == "case"]
    assert [(item.key, item.values["number"]) for item in cases] == [
        ("sak/nufa/8-25", "8/25"),
        ("sak/nufa/8-25.2", "8/25"),
    ]
    assert [item.values["title"] for item in cases] == [
        "Budsjett for neste år",
        "Valg av felles arkiv",
    ]
    assert [(c.code, c.line) for c in found.warnings] == [("number_twice", 9)]


def test_a_member_without_organisation_is_kept():
    found = agenda(made(member="Ola Hansen\nPer Berg (Helse Nord RHF)"))

    assert [(s["person"], s["organisation"]) for s in of_kind(found, "seat")] == [
        ("Kari Nordmann", "KS"),
        ("Ola Hansen", None),
        ("Per Berg", "Helse Nord RHF"),
    ]
    assert [(c.code, c.line) for c in found.warnings] == [("no_organisation", 5)]


@pytest.mark.parametrize(
    ("broken", "person", "organisation"),
    [
        ("Per-\nArne Berg (Helse Nord RHF)", "Per-Arne Berg", "Helse Nord RHF"),
        ("Per Arne\nBerg (Helse Nord RHF)", "Per Arne Berg", "Helse Nord RHF"),
        ("Per Arne Berg\n(Helse Nord RHF)", "Per Arne Berg", "Helse Nord RHF"),
        ("Per Arne Berg (Helse\nNord RHF)", "Per Arne Berg", "Helse Nord RHF"),
        ("Per Arne Berg (Helse Nord\n\nRHF)", "Per Arne Berg", "Helse Nord RHF"),
    ],
)
def test_a_name_that_is_broken_over_lines_is_joined(broken, person, organisation):
    found = agenda(made(member=broken))

    assert [(s["person"], s["organisation"]) for s in of_kind(found, "seat")] == [
        ("Kari Nordmann", "KS"),
        (person, organisation),
    ]


def test_a_type_that_is_not_known_is_kept_as_it_was_said():
    found = agenda(made(kind="Grubling"))

    case = of_kind(found, "case")[1]
    assert (case["type"], case["type_said"]) == (None, "Grubling")
    assert cautions(found) == ["type_unknown"]


def test_an_agenda_without_numbers_is_kept_in_its_order():
    found = agenda(
        "Agenda for møte i Fagrådet\n\nDato: 3. mars 2025\nTid: 10:00 - 12:00\nSted: Oslo\n\nSaksliste\n"
        "1. Godkjenning av innkalling\n2. Orientering fra sekretariatet\n3. Budsjett 2026\n4. Eventuelt\n"
    )

    cases = [item for item in found.items if item.kind == "case"]
    assert [(item.key, item.values["number"], item.values["title"]) for item in cases] == [
        ("mote/fagradet/2025-03-03/punkt/1", None, "Godkjenning av innkalling"),
        ("mote/fagradet/2025-03-03/punkt/2", None, "Orientering fra sekretariatet"),
        ("mote/fagradet/2025-03-03/punkt/3", None, "Budsjett 2026"),
        ("mote/fagradet/2025-03-03/punkt/4", None, "Eventuelt"),
    ]
    assert cautions(found).count("no_case_number") == 4


def test_what_the_note_proposes_otherwise_stands_beside_it():
    other = (("Forslag til vedtak", ("Rådet tar saken til orientering.",)), *COAST.note[1:])

    found = read("a.docx", docx_agenda(msgspec.structs.replace(COAST, note=other)))

    assert [p["text"] for p in of_kind(found, "proposed_decision")][1:] == [
        COAST.cases[1].proposed,
        "Rådet tar saken til orientering.",
    ]
    assert cautions(found) == ["proposals_differ"]


def test_a_note_of_no_case_is_kept():
    labels = (*COAST.note_labels[:2], ("Saksnummer", "99/25"), *COAST.note_labels[3:])

    found = read("a.docx", docx_agenda(msgspec.structs.replace(COAST, note_labels=labels)))

    assert [(n["case"], n["number"]) for n in of_kind(found, "top_note")] == [(None, "99/25")]
    assert cautions(found) == ["note_without_case"]


@pytest.mark.parametrize(
    "text",
    [
        "Kjære alle\n\nVi møtes på tirsdag.",
        "Agenda\n\nVi kommer tilbake til saken.",
        "Møtet 1/22 ble holdt i går, og vi snakket om sak 2/22.",
        "Dato: 3. mars\nSted: Oslo",
    ],
)
def test_what_is_no_agenda_is_refused_with_what_one_looks_like(text):
    assert not is_an_agenda(Document("a.txt", text.encode()).lines)
    with pytest.raises(Unreadable) as refusal:
        read_agenda("a.txt", text.encode())

    assert refusal.value.code == "unknown_kind"
    assert refusal.value.message.startswith("Expected an agenda with a head")
    assert text.split("\n")[0] in refusal.value.message


WORDS = st.sampled_from(
    ["havn", "fyr", "båt", "kai", "brygge", "merke", "farled", "vakt", "kart", "strøm"]
)
TITLES = st.lists(WORDS, min_size=1, max_size=14).map(lambda words: " ".join(words).capitalize())
TYPES = st.sampled_from(["Godkjenning", "Orientering", "Drøfting", "Anbefaling", "Tilslutning"])
MADE_CASES = st.lists(
    st.builds(lambda title, kind: Case(number="", title=title, time="", kind=kind), TITLES, TYPES),
    min_size=2,
    max_size=9,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    MADE_CASES,
    st.integers(1, 200),
    st.integers(20, 99),
    st.sampled_from([text_agenda, docx_agenda]),
)
def test_order_numbers_times_and_types_survive_a_round_trip(cases, first, year, make):
    numbered = tuple(
        msgspec.structs.replace(
            case, number=f"{first + at}/{year}", time=f"{9 + at // 6:02d}:{at % 6}0"
        )
        for at, case in enumerate(cases)
    )
    agenda = Agenda(
        title="Møte i Kystrådet",
        number="Møte 2/2025",
        labels=(("Dato", "3. mars"), ("Sted", "Bodø")),
        members=COAST.members,
        observers=(),
        cases=numbered,
    )

    found = read("a", make(agenda))

    assert [
        (c["position"], c["number"], c["title"], c["type_said"], c["slots"])
        for c in of_kind(found, "case")
    ] == [
        (at, case.number, case.title, case.kind, [{"starts_at": case.time}])
        for at, case in enumerate(numbered, start=1)
    ]
    assert len({item.key for item in found.items if item.kind == "case"}) == len(numbered)


LINES = [
    *NYNORSK.split("\n"), *ENGLISH.split("\n"), *text_agenda().decode().split("\n"), *made().split("\n"),
    "Sak Tema  Vedtaksformulering", "40/21 (31.02.21) Visjon", "2/22 forts.", "Vedlegg 1:", "Forslag til vedtak",
    "Til", "Fra", "Toppnotat", "Referat", "(", ")", "Lunsj 11:30", "3/22", "Sak 4/22 (", "1)", "- ",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=60))
@example(["Møte", "1/22", "2/22", "Sak Tema Sakstype"])
@example(["Møte", "Sak Tema Vedtaksformulering", "1/22", "2/22 A", "Medlemmer", "("])
def test_shuffled_lines_give_a_proposal_or_a_refusal(lines):
    for reader in (read, read_agenda):
        whole_or_refused(reader, "\n".join(lines).encode())


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=300))
def test_any_text_gives_a_proposal_or_a_refusal(text):
    content = f"Agenda for møte i NUFA\n1/22 A\n2/22 B\n{text}".encode()

    is_whole(read_agenda("a.txt", content))


def test_a_two_digit_year_is_of_this_century():
    found = agenda(made(day="03.04.25"))

    assert dt.date.fromisoformat(of_kind(found, "meeting")[0]["held_on"]) == dt.date(2025, 4, 3)
