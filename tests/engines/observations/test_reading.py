"""Files as they come: what each reader makes of them, and what it refuses."""

import io
import json
import random
import zipfile
from contextlib import suppress

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.engines.observations.tables import parquet, written
from veikart.engines.observations import delimited
from veikart.engines.observations import parquet as parquet_reader
from veikart.engines.observations.raw import MOST_BYTES, Column
from veikart.engines.observations.reading import read
from veikart.engines.proposal import Unreadable
from veikart.engines.readers import archive


def cells(content):
    return read("figures", content).table.to_pylist()


def numbered(content):
    raw = read("figures", content)
    rows = [tuple(row.values()) for row in raw.table.to_pylist()]
    return list(zip(raw.rows.to_pylist(), rows, strict=True))


def refusal(content):
    with pytest.raises(Unreadable) as refused:
        read("figures", content)
    assert "Expected" in refused.value.message
    return refused.value.code


TABLE = """
    år   | kommunenr | antall
    2023 | 0301      | 5
    2024 | 4601      | 1 234,5
"""
EXPECTED = [
    {"år": "2023", "kommunenr": "0301", "antall": "5"},
    {"år": "2024", "kommunenr": "4601", "antall": "1 234,5"},
]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
def test_delimiter_and_encoding_are_found_out(delimiter, encoding):
    text = written(TABLE, delimiter).decode()

    assert cells(text.encode(encoding)) == EXPECTED


def test_a_letter_far_into_the_file_tells_that_it_is_not_utf8():
    text = "år;note\n" + "2023;x\n" * 300_000 + "2024;Tromsø\n"

    last = read("figures", text.encode("windows-1252")).table.slice(300_000).to_pylist()

    assert last == [{"år": "2024", "note": "Tromsø"}]


def test_rows_have_the_number_that_the_file_gives_them():
    content = '"07459: Folkemengde"\r\n\r\nregion;år;n\r\n0301;2023;1\r\n\r\n4601;"a\r\nb";2\r\n1;2\r\n1103;2023;3\r\n'

    raw = read("figures", content.encode())

    assert numbered(content.encode()) == [
        (4, ("0301", "2023", "1")),
        (6, ("4601", "a\r\nb", "2")),
        (8, ("1103", "2023", "3")),
    ]
    assert [(fault.code, fault.row) for fault in raw.faults] == [("row_width", 7)]


def test_a_comma_in_a_number_makes_a_row_too_wide_and_is_told_row_by_row():
    raw = read("figures", b"year,area,share\n2022,NO,0.5\n2023,NO,0,5\n2024,NO,0,6\n")

    assert [(fault.code, fault.row) for fault in raw.faults] == [("row_width", 3), ("row_width", 4)]
    assert "4" in raw.faults[0].expected


def test_a_wrong_delimiter_is_one_column():
    raw = read("figures", b"year:area:n\n2023:NO:5\n")

    assert [fault.code for fault in raw.faults] == ["one_column"]


def test_a_heading_cut_otherwise_than_its_rows_is_no_title():
    raw = read("figures", b"year;area;n\n2024,0301,5\n2024,1103,6\n")

    assert raw.table.num_rows == 0
    assert [(fault.code, fault.row) for fault in raw.faults] == [
        ("row_width", 2),
        ("row_width", 3),
        ("one_column", None),
    ]


def test_a_title_with_a_comma_in_it_is_a_title():
    raw = read("figures", "Folketall, 2024\når;område;antall\n2024;0301;5\n".encode())

    assert (raw.table.column_names, raw.faults) == (["år", "område", "antall"], ())


@pytest.mark.parametrize("heading", ["2024;0301;5\n", "år;;antall\n", ";2023;2024\n"])
def test_figures_are_not_taken_for_headings(heading):
    raw = read("figures", f"{heading}2024;1103;6\n".encode())

    assert [(fault.code, fault.row) for fault in raw.faults] == (
        [("column_missing", 1)] if heading.startswith("2024") else []
    )


REFUSED = {
    "empty": [b"", b"  \n"],
    "not_text": [b"%PDF-1.7\n1 0 obj\n", b"\x00\x01\x02", b"a;b\n1;\x00\n"],
    "unclosed_quote": [b'a;b\n1;"2\n3;4\n5;6\n'],
    "too_wide": [b"a;" * 2_000 + b"b\n", b"x" * 5_000_000],
    "not_json": [b'{"class": "dataset", ', b"[1, 2"],
    "no_dataset": [b"{}", b"[]", b'{"class": "collection", "link": {"item": [1]}}'],
    "broken_file": [b"PAR1 and no more", b"PK\x03\x04 and no more"],
}


@pytest.mark.parametrize(
    ("code", "content"), [(code, each) for code, contents in REFUSED.items() for each in contents]
)
def test_what_cannot_be_read_is_refused_with_a_remedy(code, content):
    assert refusal(content) == code


class Endless(io.RawIOBase):
    """A stream of lines that says it is `size` bytes, and counts how much of it is read."""

    LINE = b"2023;0301;1\n"

    def __init__(self, size):
        self.size, self.at, self.read_bytes = size, 0, 0

    def seek(self, offset, whence=io.SEEK_SET):
        self.at = self.size + offset if whence == io.SEEK_END else offset
        return self.at

    def read(self, number=-1):
        number = min(self.size - self.at if number < 0 else number, self.size - self.at)
        first = self.at % len(self.LINE)
        chunk = (self.LINE * (number // len(self.LINE) + 2))[first : first + number]
        self.at += number
        self.read_bytes += number
        return chunk


def test_two_gigabytes_of_csv_are_refused_without_being_read():
    stream = Endless(2 * 10**9)

    with pytest.raises(Unreadable) as refused:
        read("figures.csv", stream)

    assert refused.value.code == "too_large"
    assert "in parts" in refused.value.message
    assert stream.read_bytes <= delimited.HEAD


def test_a_stream_that_goes_on_is_left_as_soon_as_it_has_too_many_rows(monkeypatch):
    monkeypatch.setattr(delimited, "MOST_ROWS", 1_000_000)
    before = pa.total_allocated_bytes()
    stream = Endless(MOST_BYTES)

    with pytest.raises(Unreadable) as refused:
        delimited.read_delimited("figures.csv", stream)

    assert refused.value.code == "too_many_rows"
    assert stream.read_bytes < 100_000_000
    assert pa.total_allocated_bytes() - before < 50_000_000


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(archive, "MOST_UNPACKED", 1_000_000)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", b" " * 2_000_000)

    assert refusal(packed.getvalue()) == "zip_bomb"


def workbook(rows, sheet="Ark1"):
    book = Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_spreadsheet_has_its_headings_below_a_title_and_numbers_stay_numbers():
    content = workbook(
        [["Andel med avtale"], [], ["År", "Kommune", "Teller", "Nevner"],
         [2023, "0301", 5, 10.5], [], [2024, "4601", None, 12]]
    )  # fmt: skip

    raw = read("figures.xlsx", content)

    assert raw.title == "Andel med avtale"
    assert numbered(content) == [(4, (2023, "0301", 5, 10.5)), (6, (2024, "4601", None, 12.0))]
    assert raw.form == "xlsx"


def test_a_cell_beside_the_headings_is_told():
    raw = read("figures.xlsx", workbook([["a", "b"], [1, 2], [3, 4, 5]]))

    assert [(fault.code, fault.row, fault.value) for fault in raw.faults] == [("row_width", 3, "5")]


def test_a_workbook_without_a_table_is_refused():
    assert refusal(workbook([["alone"]])) == "empty"


DATASET = {
    "version": "2.0", "class": "dataset", "label": "Folkemengde", "source": "SSB",
    "updated": "2026-02-19", "note": ["Foreløpige tall."],
    "id": ["Region", "Tid"], "size": [2, 2], "role": {"geo": ["Region"], "time": ["Tid"]},
    "dimension": {
        "Region": {
            "label": "region",
            "category": {"index": {"4601": 1, "0301": 0}, "label": {"0301": "Oslo"}},
        },
        "Tid": {"category": {"index": ["2022", "2023"]}},
    },
    "value": [1, 2.5, None, 4], "status": {"2": ".."},
}  # fmt: skip
JSON_ROWS = [
    {"Region": "0301", "Tid": "2022", "value": 1.0, "status": None},
    {"Region": "0301", "Tid": "2023", "value": 2.5, "status": None},
    {"Region": "4601", "Tid": "2022", "value": None, "status": ".."},
    {"Region": "4601", "Tid": "2023", "value": 4.0, "status": None},
]


def test_json_stat_is_read_with_its_roles_labels_and_marks():
    raw = read("07459.json", json.dumps(DATASET).encode())

    assert raw.table.to_pylist() == JSON_ROWS
    assert (raw.title, raw.source, raw.updated) == ("Folkemengde", "SSB", "2026-02-19")
    assert raw.notes == ("Foreløpige tall.",)
    assert raw.column("Region") == Column(
        name="Region", label="region", role="geo", labels={"0301": "Oslo"}
    )


OLD = {
    **{key: each for key, each in DATASET.items() if key not in ("id", "size", "role", "class")},
    "dimension": {**DATASET["dimension"], **{key: DATASET[key] for key in ("id", "size", "role")}},
}
OTHER_FORMS = [
    {**DATASET, "value": {"0": 1, "1": 2.5, "3": 4}},
    {**DATASET, "status": [None, None, "..", None]},
    {"class": "collection", "link": {"item": [{"class": "dimension"}, DATASET]}},
    {"dataset": OLD},
]


@pytest.mark.parametrize("form", OTHER_FORMS)
def test_other_forms_of_json_stat_give_the_same_rows(form):
    assert cells(json.dumps(form).encode()) == JSON_ROWS


BROKEN = [
    {**DATASET, "size": [2, 3]},
    {**DATASET, "value": [1]},
    {**DATASET, "value": {"9": 1}},
    {**DATASET, "id": ["Region", "Region"]},
    {**DATASET, "size": [-2, -2]},
    {**DATASET, "dimension": {"Region": {}, "Tid": {}}},
]


@pytest.mark.parametrize("form", BROKEN)
def test_json_stat_that_does_not_fit_together_is_refused(form):
    assert refusal(json.dumps(form).encode()) == "broken_file"


def test_json_stat_of_too_many_cells_is_refused_before_it_is_unfolded():
    huge = {**DATASET, "size": [10**6, 10**6], "value": {}}

    assert refusal(json.dumps(huge).encode()) == "too_many_rows"


@settings(max_examples=25)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=3), st.data())
def test_what_is_written_as_json_stat_reads_back_equal(sizes, data):
    codes = [[f"c{number}" for number in range(size)] for size in sizes]
    number = 1
    for size in sizes:
        number *= size
    values = data.draw(st.lists(st.none() | st.integers(-9, 9), min_size=number, max_size=number))
    dataset = {
        "version": "2.0", "class": "dataset", "id": [f"D{i}" for i in range(len(sizes))],
        "size": sizes, "value": values,
        "dimension": {f"D{i}": {"category": {"index": each}} for i, each in enumerate(codes)},
    }  # fmt: skip

    table = read("x", json.dumps(dataset).encode()).table

    slow = [()]
    for each in codes:
        slow = [(*before, code) for before in slow for code in each]
    assert [tuple(row.values())[:-1] for row in table.to_pylist()] == [
        (*key, value) for key, value in zip(slow, values, strict=True)
    ]


def test_sdmx_csv_of_both_versions_is_read_with_codes_alone():
    first = b"DATAFLOW,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS\nSSB:X(1.0),A,0301,2023,5,A\n"
    second = (
        b"STRUCTURE,STRUCTURE_ID,ACTION,FREQ: Frequency,REF_AREA: Area,TIME_PERIOD: Time,OBS_VALUE,"
        b"OBS_STATUS\ndataflow,SSB:X(1.0),I,A: Annual,0301: Oslo,2023,5,A\n"
    )

    for content in (first, second):
        raw = read("figures.csv", content)
        assert raw.form == "sdmx_csv"
        assert raw.source == "SSB:X(1.0)"
        assert raw.table.select(["REF_AREA", "TIME_PERIOD", "OBS_VALUE"]).to_pylist() == [
            {"REF_AREA": "0301", "TIME_PERIOD": "2023", "OBS_VALUE": "5"}
        ]
    assert raw.column("REF_AREA").labels == {"0301": "Oslo"}
    assert refusal(second.replace(b",I,", b",D,")) == "deletes"


def test_parquet_of_any_schema_is_read_and_what_is_no_table_cell_is_told():
    table = pa.table(
        {
            "year": pa.array([2023, 2024], pa.int16()),
            "area": pa.array(["0301", "4601"]).dictionary_encode(),
            "share": pa.array([0.5, None], pa.float32()),
            "parts": pa.array([[1], [2]]),
        }
    )

    raw = read("figures.parquet", parquet(table))

    assert raw.table.to_pylist() == [
        {"year": 2023, "area": "0301", "share": 0.5},
        {"year": 2024, "area": "4601", "share": None},
    ]
    assert [(fault.code, fault.column) for fault in raw.faults] == [("another_schema", "parts")]


def test_parquet_with_too_many_rows_is_refused_by_what_it_says_of_itself(monkeypatch):
    monkeypatch.setattr(parquet_reader, "MOST_ROWS", 10)

    assert refusal(parquet(pa.table({"a": range(11)}))) == "too_many_rows"


SEEDS = [
    json.dumps(DATASET).encode(),
    written(TABLE),
    parquet(pa.table({"a": ["x", "y"], "b": [1, 2]})),
    workbook([["a", "b"], [1, "x"], [2, "y"]]),
    b"STRUCTURE,STRUCTURE_ID,ACTION,X,OBS_VALUE\na,b,I,c,1\n",
]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_make_a_reader_fail(content):
    with suppress(Unreadable):
        read("x", content)


@settings(max_examples=250, deadline=None)
@given(st.integers(0, 2**32))
def test_no_damage_to_a_file_makes_a_reader_fail(seed):
    chance = random.Random(seed)
    content = bytearray(chance.choice(SEEDS))
    for _ in range(chance.randrange(8)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    if chance.random() < 0.3:
        del content[chance.randrange(len(content)) :]

    with suppress(Unreadable):
        read("x", bytes(content))
