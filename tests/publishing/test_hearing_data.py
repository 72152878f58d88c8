"""The disposition log of a hearing as downloads: whole, safe to open, and the same live and published."""

import csv
import io

import openpyxl
import pytest
from msgspec.structs import replace

from tests.pages import hearing_samples as hearings
from tests.pages.readings import alone
from veikart.plan.consultations import LedTo
from veikart.publishing import hearing_data
from veikart.publishing.site import site_files

FORMULAS = ("=1+1", "+47 22", "-cmd", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")')


def read_csv(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_xlsx(content):
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()], sheet


def with_texts(*texts):
    """The hearing, with as many points as there are texts: in each place where a respondent's words go."""
    plan = hearings.answered_plan()
    first = plan.consultations.points[0]
    points = tuple(
        replace(
            first,
            uid=f"{first.reply}/punkt/{no}",
            no=no,
            text=text,
            proposed_wording=text,
            outcome=hearings.outcome("followed", text, LedTo(uid="mal/1", before=text, after=text)),
        )
        for no, text in enumerate(texts, start=1)
    )
    reply = replace(plan.consultations.replies[0], respondent=texts[0])
    said = replace(plan.consultations, points=points, replies=(reply,))
    return alone("en", replace(plan, consultations=said))


def test_each_point_is_a_row_with_its_outcome_reason_and_change():
    head, first, *others = read_csv(
        hearing_data.written(hearings.answered("en"), hearings.HEARING, "csv")
    )

    assert dict(zip(head, first, strict=True)) == {
        "Id": "horing/26-7/svar/1/punkt/1",
        "Reply": "horing/26-7/svar/1",
        "Respondent": "KS",
        "Anchor": "mal/1/oppna/1",
        "Kind": "Proposed wording",
        "Text": "Første punkt bør si hva det gis innsyn i.",
        "Proposed wording": hearings.AFTER,
        "Theme": "Innsyn i journal",
        "Outcome": "Followed",
        "Reason": "Det blir tydeligere.",
        "Change (from → to)": f"mal/1/oppna/1: {hearings.BEFORE} → {hearings.AFTER}",
        "Decided in case": "26/9",
        "Decided on": "2026-07-01",
    }
    assert len(others) == 4


def test_csv_and_workbook_say_the_same():
    reading = hearings.answered()
    table = read_csv(hearing_data.written(reading, hearings.HEARING, "csv"))

    rows, _sheet = read_xlsx(hearing_data.written(reading, hearings.HEARING, "xlsx"))

    assert [[cell or "" for cell in row] for row in rows] == table


def test_no_cell_of_a_log_is_run_as_a_formula():
    reading = with_texts(*FORMULAS)

    table = read_csv(hearing_data.written(reading, hearings.HEARING, "csv"))
    rows, sheet = read_xlsx(hearing_data.written(reading, hearings.HEARING, "xlsx"))

    cells = [cell for row in table for cell in row]
    assert len(table) == len(rows) == len(FORMULAS) + 1
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert "'=1+1" in cells


def test_the_same_log_gives_the_same_bytes():
    made = [hearing_data.written(hearings.answered(), hearings.HEARING, "xlsx") for _ in range(2)]

    assert made[0] == made[1]


def test_a_hearing_that_is_not_there_has_no_log():
    with pytest.raises(LookupError, match="horing/1-1"):
        hearing_data.written(hearings.answered(), "horing/1-1", "csv")


def test_a_withdrawn_reply_is_in_no_log():
    reading = hearings.answered()
    plan = reading.plan
    gone = replace(plan.consultations.replies[0], uid=f"{hearings.HEARING}/svar/4", no=4)
    point = replace(plan.consultations.points[0], uid=f"{gone.uid}/punkt/1", reply=gone.uid)
    said = replace(
        plan.consultations,
        replies=(*plan.consultations.replies, gone),
        points=(*plan.consultations.points, point),
    )
    kept = alone("nb", replace(plan, consultations=said))

    assert hearing_data.written(kept, hearings.HEARING, "csv") == hearing_data.written(
        reading, hearings.HEARING, "csv"
    )


def test_a_published_edition_has_the_log_at_the_address_that_the_page_gives():
    reading = hearings.answered()

    files = {file.path for file in site_files(reading.shelved, reading.editions)}

    assert {
        f"{prefix}data/horing/26-7.{ending}"
        for prefix in ("", "nn/", "en/")
        for ending in ("csv", "xlsx")
    } <= files
    assert "utgaver/2026-2/horing/26-7.csv" in files
    assert "utgaver/2026-1/horing/26-7.csv" not in files  # it held no hearing yet
