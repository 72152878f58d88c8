"""Each format is read back by another program, with equal values."""

import csv
import io
import json
import warnings
from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np
import openpyxl
import pyarrow.parquet as pq
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from pyjstat import pyjstat
from pysdmx.io import get_datasets, read_sdmx

from tests.indicators import samples
from veikart.opendata import formats, tables
from veikart.opendata.cube import EVERYONE, _all_rounded, cube
from veikart.opendata.published import Published

Key = tuple[str | None, ...]


@pytest.fixture(params=["1.3", "2.1"])
def published(request: pytest.FixtureRequest) -> Published:
    return of(request.param, language="en")


def of(code: str, *, language: str = "nb") -> Published:
    plan = samples.with_indicators()
    indicator = plan.index.by_uid[f"indikator/{code}"]
    result = plan.index.result_of(indicator)
    figures = samples.figures_of(result.figures)
    return Published(
        plan=plan, indicator=indicator, result=result, figures=figures, language=language
    )


def expected(published: Published) -> dict[Key, Mapping[str, Any]]:
    """Every cell by its codes in the order area, groups, period; status beside the measures."""
    with translation.override("nb"):
        made = cube(published)
    return {
        codes: {name: values[place] for name, values in made.measures.items()}
        | {"status": made.status[place]}
        for codes, place in made.rows()
    }


def test_a_cube_has_each_area_and_group_of_the_figures_once():
    cells = expected(of("2.1"))

    assert cells["NO", "k", "2024"]["value"] == pytest.approx(120_000 / 530_000)
    assert cells["NO", EVERYONE, "2022"]["numerator"] == 80_000
    assert cells["5634", EVERYONE, "2022"] == {
        "value": None,
        "numerator": None,
        "denominator": None,
        "status": "suppressed",
    } | {name: None for name in cells["NO", "k", "2024"] if name in ("lower", "upper")}
    assert ("03", "k", "2024") not in cells


def test_json_stat_is_read_back_by_pyjstat(published):
    written = formats.write(published, "json")

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame = pyjstat.Dataset.read(written.decode()).write("dataframe", naming="id")
    *dimensions, contents, _value = frame.columns
    read = {
        (*row[: len(dimensions)], row[len(dimensions)]): row[-1]
        for row in frame.itertuples(index=False, name=None)
    }
    known = {key: value for key, value in read.items() if value == value and value is not None}
    assert contents == "contents"
    assert known == {
        (*codes, name): cell[name]
        for codes, cell in expected(published).items()
        for name in cell
        if name != "status" and cell[name] is not None
    }


def test_json_stat_says_why_a_value_is_not_there():
    dataset = json.loads(formats.write(of("2.1"), "json"))
    sizes = dataset["size"]
    areas = dataset["dimension"]["area"]["category"]["index"]
    place = areas.index("5634") * sizes[1] * sizes[2] * sizes[3]

    assert dataset["status"][str(place)] == "suppressed"
    assert str(place) not in dataset["value"]
    assert dataset["extension"]["figures_sha256"] == of("2.1").result.figures


def test_sdmx_csv_is_read_back_by_pysdmx_with_its_structure(published):
    data = formats.write(published, "sdmx.csv").decode()
    structure = formats.write(published, "sdmx.json").decode()

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        (dataset,) = get_datasets(data, structure, validate=False)
        message = read_sdmx(structure, validate=False)
    columns = [name for name in dataset.data.columns if not name.startswith("ACTION")]
    dimensions = [c.id for c in dataset.structure.components.dimensions]
    read = {
        tuple(str(row[name]) for name in dimensions): row
        for row in dataset.data[columns].to_dict("records")
    }
    assert set(read) == set(expected(published))
    for codes, cell in expected(published).items():
        row = read[codes]
        for name, column in (("value", "OBS_VALUE"), ("numerator", "NUMERATOR")):
            known = row[column] == row[column] and row[column] not in (None, "")
            assert (float(row[column]) if known else None) == cell[name]
        assert (row["CONF_STATUS"] == "C") == (cell["status"] == "suppressed")
    assert {flow.id for flow in message.get_dataflows()} == {
        f"DF_{published.indicator.code.replace('.', '_')}"
    }


def test_a_workbook_is_read_back_by_openpyxl(published):
    book = openpyxl.load_workbook(io.BytesIO(formats.write(published, "xlsx")))
    head, *rows = book.worksheets[0].iter_rows(values_only=True)

    assert _by_codes(head, rows) == expected(published)
    assert dict(book.worksheets[1].iter_rows(values_only=True))["Indicator"].startswith(
        published.indicator.code
    )


def test_parquet_is_read_back_by_pyarrow(published):
    table = pq.read_table(io.BytesIO(formats.write(published, "parquet")))

    rows = list(zip(*table.to_pydict().values(), strict=True))
    assert _by_codes(tuple(table.column_names), rows) == expected(published)


def test_csv_is_read_back_and_runs_no_formula(published):
    text = formats.write(published, "csv").decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text, newline=""))

    typed = [
        [
            _number(cell) if name in MEASURES else cell or None
            for name, cell in zip(head, row, strict=True)
        ]
        for row in rows
    ]
    assert _by_codes(tuple(head), typed) == expected(published)


@pytest.mark.parametrize("ending", list(formats.FORMATS))
def test_the_same_figures_give_the_same_bytes(published, ending):
    assert formats.write(published, ending) == formats.write(published, ending)


def test_labels_are_in_the_readers_language():
    in_english = json.loads(formats.write(of("2.1", language="en"), "json"))
    in_bokmal = json.loads(formats.write(of("2.1"), "json"))

    assert in_english["dimension"]["area"]["category"]["label"]["NO"] == "Norway"
    assert in_bokmal["dimension"]["area"]["category"]["label"]["NO"] == "Norge"


MEASURES = ("value", "numerator", "denominator", "lower", "upper")


def _by_codes(head: tuple[str, ...], rows: list[Any]) -> dict[Key, Mapping[str, Any]]:
    named = [dict(zip(head, row, strict=True)) for row in rows]
    measures = [name for name in head if name in MEASURES]
    start = head.index("area_name") + 1
    groups = head[start : head.index(measures[0])]
    return {
        (row["area"], *(row[name] or EVERYONE for name in groups), row["period"]): {
            name: row[name] for name in (*measures, "status")
        }
        for row in named
    }


def as_json(number: float) -> str:
    return msgspec.json.encode(number).decode()


def _number(cell: str) -> float | int | None:
    if not cell:
        return None
    return int(cell) if cell.lstrip("-").isdigit() else float(cell)


def test_csv_is_what_pythons_own_writer_makes_of_the_rows(published):
    made = cube(published)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(tables.columns(made))
    for row in tables.rows(published, made):
        writer.writerow(as_json(x) if isinstance(x, float | int) else x for x in row)

    assert formats.write(published, "csv").decode("utf-8-sig") == out.getvalue()


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=20))
def test_values_are_rounded_to_ten_digits_all_at_once_as_one_by_one(values):
    found = _all_rounded(np.array(values, np.float64))

    assert found.tolist() == pytest.approx([float(f"{value:.10g}") for value in values], rel=1.1e-9)
