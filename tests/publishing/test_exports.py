"""The downloads: what a spreadsheet gets, and that it can be taken in again."""

import csv
import io

import openpyxl
import pytest

from tests.publishing.plans import THREE, deliverable, period, small_plan
from veikart.engines.dates import FuzzyDate
from veikart.plan import codec
from veikart.publishing.exports import COLUMNS, plan_json, roadmap_csv, roadmap_xlsx, rows


def read_csv(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def read_xlsx(content):
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [[cell.value or "" for cell in row] for row in sheet.iter_rows()]


EXPECTED = [
    list(COLUMNS),
    [
        "Nord", "Først\nsykehus; så kommuner", "Innføring", "01.01.2026",
        "2D - Pasientens legemiddelliste", "Innføring; hele landet", "31.12.2026", "Planlagt",
        "101", "2026-08", "Norsk helsenett SF", "Fastleger; Sykehjem", "", "/leveranse/101/",
    ],
    [
        "Vest", "", "Tilpasning - innføring", "01.07.2027", "2D - Pasientens legemiddelliste",
        "Innføring; hele landet", "", "Tentativ", "102", "2026-08", "Norsk helsenett SF",
        "Fastleger; Sykehjem", "", "/leveranse/102/",
    ],
    [
        "Uten fase", "", "", "", "2D - Pasientens legemiddelliste", "Innføring; hele landet", "",
        "Planlagt", "103", "2026-08", "Norsk helsenett SF", "Fastleger; Sykehjem", "",
        "/leveranse/103/",
    ],
]  # fmt: skip


@pytest.mark.parametrize(
    ("export", "read"), [(roadmap_csv, read_csv), (roadmap_xlsx, read_xlsx)], ids=["csv", "xlsx"]
)
def test_each_deliverable_is_a_row_in_the_registers_own_columns(export, read):
    assert read(export(small_plan())) == EXPECTED


def test_csv_opens_in_a_spreadsheet_with_norwegian_letters():
    content = roadmap_csv(small_plan())

    assert content.startswith(b"\xef\xbb\xbfLeveransenavn i veikartet;")
    assert b"\r\n" in content


@pytest.mark.parametrize("name", ["=1+1", "+47", "-1", "@sum", "\ttab", "\rreturn"])
def test_a_formula_is_neutralised_in_csv_and_text_in_xlsx(name):
    plan = small_plan(deliverable(1, name, period(), description=name))

    assert read_csv(roadmap_csv(plan))[1][:2] == [f"'{name}", f"'{name}"]
    sheet = openpyxl.load_workbook(io.BytesIO(roadmap_xlsx(plan))).active
    assert [(cell.value.strip(), cell.data_type) for cell in sheet[2][:2]] == 2 * [
        (name.strip(), "s")
    ]


def test_a_hyphen_inside_a_text_stays_as_it_is():
    plan = small_plan(deliverable(1, "a=b", period(text="Konsept - utvikling")))

    assert read_csv(roadmap_csv(plan))[1][0:3] == ["a=b", "", "Konsept - utvikling"]


def test_a_quarter_stays_a_quarter():
    quarter = FuzzyDate(
        earliest="2026-04-01",
        latest="2026-06-30",
        precision="quarter",
        certainty="tentative",
        text="2. kvartal 2026",
    )

    assert next(rows(small_plan(deliverable(1, "A", period(start=quarter)))))[3] == (
        "2. kvartal 2026"
    )


def test_a_span_without_the_registers_words_is_named_by_its_phases():
    plan = small_plan(deliverable(1, "A", period("fase/konsept", "fase/utvikling", text=None)))

    assert next(rows(plan))[2] == "Konsept - Utvikling og begrenset utprøving"


def test_a_deliverable_without_periods_is_still_a_row():
    assert [row[0] for row in rows(small_plan(*THREE, deliverable(9, "Uten periode")))] == [
        "Nord", "Vest", "Uten fase", "Uten periode",
    ]  # fmt: skip


def test_the_json_is_the_very_bytes_of_the_edition():
    plan = small_plan()

    assert plan_json(plan) == codec.encode(plan)
    assert codec.decode(plan_json(plan)) == plan


def test_control_characters_are_left_out_of_a_workbook():
    plan = small_plan(deliverable(1, "A\x00B\x1fC", period()))

    assert read_xlsx(roadmap_xlsx(plan))[1][0] == "ABC"


@pytest.mark.parametrize("export", [plan_json, roadmap_csv, roadmap_xlsx])
def test_equal_plans_give_equal_bytes(export, time_machine):
    time_machine.move_to("2026-09-01")
    first = export(small_plan())
    time_machine.move_to("2026-09-02")

    assert export(small_plan()) == first
