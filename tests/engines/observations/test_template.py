"""The workbook for owners: filled in, it is read back without a question."""

import datetime as dt
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.engines.observations.tables import SEX, check, counts, rows
from veikart.engines.observations.canonical import KINDS
from veikart.engines.observations.proposing import propose
from veikart.engines.observations.reading import read
from veikart.engines.observations.template import (
    Template,
    TemplateArea,
    TemplateWords,
    template_mapping,
    write_template,
)

AREAS = (
    TemplateArea(code="0301", name="Oslo", inhabitants=717_710),
    TemplateArea(code="1103", name="Stavanger", inhabitants=149_048),
    TemplateArea(code="1580", name="Haram", inhabitants=9_400),
)
NORWEGIAN = TemplateWords(
    period="År", area="Kommunenummer", area_name="Kommune", inhabitants="Innbyggere",
    answer="Tilbyr", note="Merknad", yes="ja", no="nei", unknown="vet ikke", data_sheet="Tall",
    help_sheet="Veiledning",
)  # fmt: skip


def template(kind, *breakdowns, words=NORWEGIAN, periods=("2025",)):
    return Template(
        title="=Kommuner som tilbyr velferdsteknologi",
        kind=kind,
        unit="kommuner",
        periods=periods,
        areas=AREAS,
        on=dt.date(2026, 1, 1),
        breakdowns=breakdowns,
        words=words,
    )


def filled(content, *columns):
    """The workbook with the cells of the last columns before the note filled in, row by row."""
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    first = sheet.max_column - len(columns)
    for place, cells in enumerate(columns):
        for number, cell in enumerate(cells, start=2):
            sheet.cell(row=number, column=first + place).value = cell
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def taken_in(content, kind):
    raw = read("mal.xlsx", content)
    return check(raw, mapping=propose(raw, kind=kind), geography=None)


def test_the_template_of_a_coverage_asks_each_municipality_with_a_list_of_answers():
    book = load_workbook(io.BytesIO(write_template(template("coverage"))))

    sheet = book["Tall"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["År", "Kommunenummer", "Kommune", "Innbyggere", "Tilbyr", "Merknad"],
        ["2025", "0301", "Oslo", 717_710, None, None],
        ["2025", "1103", "Stavanger", 149_048, None, None],
        ["2025", "1580", "Haram", 9_400, None, None],
    ]
    [answers] = sheet.data_validations.dataValidation
    assert (answers.formula1, str(answers.sqref)) == ('"ja,nei,vet ikke"', "E2:E4")
    assert book["veikart-mapping"].sheet_state == "hidden"
    assert book["Veiledning"]["A1"].value.startswith("=Kommuner")
    assert book["Veiledning"]["A1"].data_type != "f"


def test_a_filled_coverage_is_read_back_with_its_own_mapping():
    content = filled(write_template(template("coverage")), ["ja", "nei", "vet ikke"])

    done = taken_in(content, "coverage")

    assert done.mapping == template_mapping(template("coverage"))
    assert counts(done) == {}
    assert [(r["area"], r.get("numerator"), r["denominator"]) for r in rows(done)] == [
        ("0301", 717_710, 717_710),
        ("1103", 0, 149_048),
        ("1580", None, 9_400),
    ]


def test_an_empty_coverage_says_that_nothing_is_reported_and_not_no():
    done = taken_in(write_template(template("coverage")), "coverage")

    assert [row["status"] for row in rows(done)] == ["not_reported"] * 3
    assert not done.refuses


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_template_gives_the_same_bytes_and_its_mapping_is_complete(kind):
    content = write_template(template(kind, SEX))

    assert content == write_template(template(kind, SEX))
    raw = read("mal.xlsx", content)
    assert propose(raw, kind=kind) == template_mapping(template(kind, SEX))


numbers = st.lists(st.none() | st.integers(0, 10**9), min_size=18, max_size=18)


@settings(max_examples=8, deadline=None)
@given(numbers, numbers)
def test_what_is_written_into_the_template_reads_back_equal(numerators, more):
    blank = write_template(template("rate", SEX, periods=("2024", "2025-H1")))
    denominators = [
        n if a is None or n is None else a + n for a, n in zip(numerators, more, strict=True)
    ]

    done = taken_in(filled(blank, numerators, denominators), "rate")

    expected = [
        (period, area.code, sex, numerator, denominator)
        for (period, area, sex), numerator, denominator in zip(
            [(p, a, s) for p in ("2024", "2025-H1") for a in AREAS for s in (None, "k", "m")],
            numerators, denominators, strict=True,
        )
        if numerator is not None or denominator is not None
    ]  # fmt: skip
    assert [
        (r["period"], r["area"], r.get("sex"), r.get("numerator"), r.get("denominator"))
        for r in rows(done)
    ] == expected


def test_a_template_without_rows_or_with_headings_alike_is_refused():
    alike = TemplateWords(area="Code", area_name="Code")

    with pytest.raises(ValueError, match="headings that differ"):
        write_template(template("count", words=alike))
    with pytest.raises(ValueError, match="found 0 rows"):
        write_template(template("count", periods=()))
