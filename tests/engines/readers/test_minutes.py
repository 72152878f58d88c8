"""Minutes: who was there, what was decided case by case, and who is to do what until when."""

import io

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.readers.agendas import whole_or_refused
from tests.engines.readers.files import pdf_file
from tests.engines.readers.test_any_file import is_whole
from veikart.engines.proposal import Unreadable
from veikart.engines.readers.choose import read
from veikart.engines.readers.minutes import read_minutes

MINUTES = """
Referat fra møte i NUFA 2/2025

Dato: 3. april 2025
Tid: 10.00-11.30
Sted: Oslo
Til stede: Kari Nordmann (KS, leder)
Per Berg (Helse Nord RHF)
Lise Dahl pva Ola Hansen (FHI)
Forfall: Ola Hansen (FHI)
Observatører: Siri Moe (Norsk Helsenett SF)
Sekretariat: Truls Vik

Sak 7/25 Godkjenning av innkalling og dagsorden
Vedtak: NUFA godkjenner innkalling og dagsorden.

Sak 8/25 Felles arkiv – Anbefaling
Kari Nordmann la fram saken. Det ble stilt spørsmål om kostnader.
Vedtak:
NUFA anbefaler at arbeidet går videre, og ber om en plan.
Oppfølging:
- Sekretariatet: Sender ut plan for arkivet. Frist: 1. juni 2025
- Lage oversikt over kostnader. Ansvarlig: Per Berg. Frist: 31.02.2026
- Rydde i arkivet

Sak 9/25 Eventuelt
Ingen saker.
"""


def of_kind(proposal, kind):
    return [item.values for item in proposal.items if item.kind == kind]


def docx_minutes():
    """The same minutes as a Word document: decisions and follow-up in tables."""
    document = docx.Document()
    for line in MINUTES.strip().split("\n\nSak ")[0].split("\n"):
        if line:
            document.add_paragraph(line)
    _table(
        document,
        ("Sak", "Tema", "Vedtak"),
        (
            "7/25",
            "Godkjenning av innkalling og dagsorden",
            "NUFA godkjenner innkalling og dagsorden.",
        ),
        ("8/25", "Felles arkiv", "NUFA anbefaler at arbeidet går videre, og ber om en plan."),
        ("9/25", "Eventuelt", ""),
    )
    document.add_paragraph("Oppfølging")
    _table(
        document,
        ("Sak", "Tiltak", "Ansvarlig", "Frist"),
        ("8/25", "Sender ut plan for arkivet", "Sekretariatet", "1. juni 2025"),
        ("8/25", "Lage oversikt over kostnader", "Per Berg", "31.02.2026"),
        ("8/25", "Rydde i arkivet", "", ""),
    )
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _table(document, *rows):
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


FORMS = {
    "text": lambda: MINUTES.encode(),
    "word": docx_minutes,
    "pdf": lambda: pdf_file(MINUTES),
}


@pytest.fixture(params=FORMS)
def found(request):
    proposal = read("referat", FORMS[request.param]())
    assert proposal.reader == "minutes"
    is_whole(proposal)
    return proposal


def test_who_was_there_and_who_was_not(found):
    seats = [
        (s["person"], s["organisation"], s["role"], s["stands_in_for"], s["present"])
        for s in of_kind(found, "seat")
    ]

    assert seats == [
        ("Kari Nordmann", "KS", "leader", None, True),
        ("Per Berg", "Helse Nord RHF", "member", None, True),
        ("Lise Dahl", "FHI", "substitute", "Ola Hansen", True),
        ("Ola Hansen", "FHI", "member", None, False),
        ("Siri Moe", "Norsk Helsenett SF", "observer", None, None),
        ("Truls Vik", None, "secretary", None, None),
    ]


def test_what_was_decided_is_told_case_by_case(found):
    decided = [
        (d["case"], d["number"], d["text"], d["decided_on"], d["cited_by"])
        for d in of_kind(found, "decision")
    ]

    assert decided == [
        ("sak/nufa/7-25", "7/25", "NUFA godkjenner innkalling og dagsorden.", "2025-04-03", None),
        (
            "sak/nufa/8-25",
            "8/25",
            "NUFA anbefaler at arbeidet går videre, og ber om en plan.",
            "2025-04-03",
            None,
        ),
    ]
    assert [c["title"] for c in of_kind(found, "case")] == [
        "Godkjenning av innkalling og dagsorden", "Felles arkiv", "Eventuelt",
    ]  # fmt: skip


def test_who_is_to_do_what_until_when(found):
    actions = [
        (f["case"], f["what"], f["who"], f["due"], f["due_said"])
        for f in of_kind(found, "follow_up")
    ]

    assert actions == [
        (
            "sak/nufa/8-25",
            "Sender ut plan for arkivet",
            "Sekretariatet",
            "2025-06-01",
            "1. juni 2025",
        ),
        ("sak/nufa/8-25", "Lage oversikt over kostnader", "Per Berg", None, "31.02.2026"),
        ("sak/nufa/8-25", "Rydde i arkivet", None, None, None),
    ]


def test_what_lacks_somebody_a_day_or_a_decision_is_told(found):
    codes = [caution.code for caution in found.warnings if caution.code != "no_type"]

    assert codes == ["no_due_day", "nobody_responsible", "no_due_day", "no_decision"]
    assert "31.02.2026" in found.warnings[0].message
    assert all(caution.remedy for caution in found.warnings)


def test_minutes_in_english_are_read():
    text = (
        "Minutes of the Harbour Board, no. 4/2025\n\nDate: 6 May 2025\nPresent: Ann Lee (Port of Bergen)\n\n"
        "Case 21/25 Fairway plan\nDecision: The board approves the plan.\nActions:\n"
        "- Send the plan to all ports. Responsible: Ann Lee. Due: 1 June 2025\n"
    )

    found = read("minutes.txt", text.encode())

    assert found.reader == "minutes"
    assert [d["text"] for d in of_kind(found, "decision")] == ["The board approves the plan."]
    assert [(f["what"], f["who"], f["due"]) for f in of_kind(found, "follow_up")] == [
        ("Send the plan to all ports", "Ann Lee", "2025-06-01")
    ]


def test_an_agenda_that_asks_to_approve_minutes_is_no_minutes():
    text = "Møte i NUFA 2/2025\nDato 3. mars\n\nSak 1/25 Godkjenning av referat\n\nSak 2/25 Eventuelt\n"

    assert read("a.txt", text.encode()).reader == "agenda"


def test_minutes_without_cases_are_refused():
    with pytest.raises(Unreadable, match="Expected minutes with a head") as refusal:
        read_minutes("a.txt", b"Referat\n\nVi snakket sammen.")

    assert refusal.value.code == "unknown_kind"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from([*MINUTES.split("\n"), "Vedtak:", "Oppfølging:", "- ", "Frist: ", "("]),
        max_size=50,
    )
)
def test_shuffled_minutes_give_a_proposal_or_a_refusal(lines):
    whole_or_refused(read_minutes, "\n".join(lines).encode())


def test_a_table_of_follow_ups_below_a_list_of_cases_hides_none_of_them():
    content = io.BytesIO()
    document = docx.Document()
    for line in ("Referat fra møte i NUFA 2/2025", "Dato: 3. april 2025", "Sak 7/25 Felles arkiv"):
        document.add_paragraph(line)
    document.add_paragraph("Vedtak: NUFA anbefaler arkivet.")
    _table(document, ("Sak", "Tiltak", "Ansvarlig"), ("7/25", "Sende ut plan", "Kari Nordmann"))
    document.save(content)

    found = read("a.docx", content.getvalue())

    assert [c["title"] for c in of_kind(found, "case")] == ["Felles arkiv"]
    assert [d["text"] for d in of_kind(found, "decision")] == ["NUFA anbefaler arkivet."]
    assert [(f["case"], f["what"], f["who"]) for f in of_kind(found, "follow_up")] == [
        ("sak/nufa/7-25", "Sende ut plan", "Kari Nordmann")
    ]
