"""CSV as a raw table: delimiter, encoding and heading are found out, and it is read in blocks."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from veikart.engines.observations.faults import MOST_SHOWN, Fault
from veikart.engines.observations.raw import MOST_BYTES, MOST_ROWS, Column, Raw, named
from veikart.engines.proposal import Unreadable

DELIMITERS = (";", ",", "\t", "|")
HEAD = 1 << 20
BLOCK = 1 << 20
LONGEST_LINE = BLOCK // 2
MOST_COLUMNS = 1_000
SAMPLE = 200
FEW = 2_000
"""A column with at most as many different texts in the file's head is kept dictionary-coded."""

NULLS = [""]


class _Layout(msgspec.Struct, frozen=True):
    encoding: str
    delimiter: str
    before: int
    headings: list[str]
    coded: frozenset[str]


class _Wrong(msgspec.Struct):
    """Rows of another width, as the parser meets them."""

    rows: list[int] = []
    faults: list[Fault] = []

    def skip(self, row: Any) -> str:
        self.rows.append(row.number)
        if len(self.faults) < MOST_SHOWN:
            self.faults.append(
                Fault(
                    code="row_width",
                    severity="refuses",
                    row=row.number,
                    value=row.text[:80],
                    expected=f"{row.expected_columns} columns, as in the heading, "
                    f"found {row.actual_columns}",
                    remedy="Put quotation marks around a cell that holds the delimiter, or take "
                    "away what is too much.",
                    details={"columns": row.expected_columns},
                )
            )
        return "skip"


def read_delimited(name: str, file: BinaryIO) -> Raw:
    """The raw table in a CSV file that the caller opened; it must be able to seek.

    Reads in blocks; nothing but the table is held in memory. Texts stay texts: numbers are read
    when they are mapped. Raises Unreadable (`too_large`, `not_text`, `unclosed_quote`,
    `too_many_rows`, `too_wide`, `empty`).
    """
    size = file.seek(0, io.SEEK_END)
    if size > MOST_BYTES:
        raise _too_large(name, size)
    file.seek(0)
    head = file.read(HEAD)
    if not head.strip():
        raise Unreadable("empty", f"Expected a table; {name} is empty. Export it again.")
    for encoding in _encodings(name, head):
        layout = _layout(name, head, encoding)
        try:
            return _read(name, file, layout)
        except UnicodeDecodeError:
            continue
        except pa.ArrowInvalid as problem:
            if "UTF8" not in str(problem):
                raise _unparsed(name, problem) from problem
    raise _not_text(name)


def read_headings(name: str, head: bytes) -> list[str]:
    """The headings that `read_delimited` finds in the head of a file. Raises Unreadable as it does."""
    if not head.strip():
        raise Unreadable("empty", f"Expected a table; {name} is empty. Export it again.")
    return _layout(name, head, _encodings(name, head)[0]).headings


def _read(name: str, file: BinaryIO, layout: _Layout) -> Raw:
    wrong = _Wrong(rows=[], faults=[])
    file.seek(0)
    batches = list(_batches(name, file, layout, wrong))
    schema = pa.schema([(each, _type(each, layout)) for each in layout.headings])
    read = pa.Table.from_batches(batches, schema=schema)
    first = layout.before + 2
    rows = np.arange(first, first + read.num_rows + len(wrong.rows), dtype=np.int64)
    rows = rows[~np.isin(rows, np.array(wrong.rows, dtype=np.int64))]
    filled = _filled(read)
    if not filled.all():
        read, rows = read.filter(pa.array(filled)), rows[filled]
    faults = [*wrong.faults, *_more(wrong)]
    if len(layout.headings) == 1:
        faults.append(_one_column(layout.headings[0]))
    elif not any(letter.isalpha() for heading in layout.headings for letter in heading):
        faults.append(_no_headings(layout))
    return Raw(
        name=name,
        form="csv",
        table=read,
        rows=pa.array(rows),
        columns=tuple(Column(name=each) for each in layout.headings),
        faults=tuple(faults),
    )


def _batches(name: str, file: BinaryIO, layout: _Layout, wrong: _Wrong) -> Iterator[pa.RecordBatch]:
    reader = pacsv.open_csv(
        _Kept(file, layout.encoding),
        read_options=pacsv.ReadOptions(
            use_threads=False,
            block_size=BLOCK,
            skip_rows=layout.before + 1,
            column_names=layout.headings,
            encoding=layout.encoding,
        ),
        parse_options=pacsv.ParseOptions(
            delimiter=layout.delimiter,
            newlines_in_values=True,
            ignore_empty_lines=False,
            invalid_row_handler=wrong.skip,
        ),
        convert_options=pacsv.ConvertOptions(
            column_types={each: _type(each, layout) for each in layout.headings},
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
            null_values=NULLS,
        ),
    )
    number = 0
    for batch in reader:
        number += batch.num_rows
        if number > MOST_ROWS:
            raise Unreadable(
                "too_many_rows",
                f"Expected at most {MOST_ROWS:,} rows; {name} has more. Take it in in parts, such "
                "as a year at a time, or make a Parquet file of it.",
            )
        yield batch


class _Kept(io.RawIOBase):
    """A file that the parser may close without closing the caller's; it must be in `encoding`."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder(encoding)()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        chunk = self._file.read(len(buffer))
        # What the parser cannot decode it may pass over in silence, so it is tried here.
        self._decoder.decode(chunk, final=not chunk)
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _type(name: str, layout: _Layout) -> pa.DataType:
    return pa.dictionary(pa.int32(), pa.string()) if name in layout.coded else pa.string()


def _filled(read: pa.Table) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """Which rows hold anything."""
    filled = np.zeros(read.num_rows, dtype=bool)
    for column in read.columns:
        if column.null_count == 0:
            return np.ones(read.num_rows, dtype=bool)
        filled |= np.asarray(column.is_valid())
    return filled


def _encodings(name: str, head: bytes) -> list[str]:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf8"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(mark):
            return [encoding]
    if b"\0" in head:
        raise _not_text(name)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < HEAD)
    except UnicodeDecodeError:
        return ["windows-1252", "latin-1"]
    return ["utf8", "windows-1252", "latin-1"]


def _layout(name: str, head: bytes, encoding: str) -> _Layout:
    complete = len(head) < HEAD
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    text = decoder.decode(head, final=complete).removeprefix("\ufeff")
    lines = text.splitlines(keepends=True)
    if max(map(len, lines[:SAMPLE]), default=0) > LONGEST_LINE:
        raise _too_wide(name)
    if not complete and len(lines) > 1:
        lines = lines[:-1]
    delimiter = _delimiter(lines[:SAMPLE])
    if complete:
        _refuse_unclosed_quote(name, text, delimiter)
    before = _before_heading(lines[:SAMPLE], delimiter)
    rows = _rows(lines[before:], delimiter)
    if not rows:
        raise Unreadable("empty", f"Expected a table; {name} has no rows. Export it again.")
    if len(rows[0]) > MOST_COLUMNS:
        raise _too_wide(name)
    headings = named(rows[0])
    coded = frozenset(
        heading
        for number, heading in enumerate(headings)
        if len({row[number] for row in rows[1:] if number < len(row)}) <= FEW
    )
    return _Layout(encoding, delimiter, before, headings, coded)


def _delimiter(lines: list[str]) -> str:
    """The delimiter that cuts the most lines into the same number of cells, at least two."""

    def score(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in _rows(lines, delimiter) if len(row) > 1)
        if not widths:
            return 0, 0
        width, number = max(widths.items(), key=lambda item: (item[1], item[0]))
        return number, width

    return max(DELIMITERS, key=score)


def _before_heading(lines: list[str], delimiter: str) -> int:
    """How many lines stand before the heading, such as a title: many rows are as wide as a heading."""
    numbered = _numbered_rows(lines, delimiter)
    counted = Counter(len(cells) for _, cells in numbered if len(cells) > 1)
    if not counted:
        return 0
    for line, cells in numbered[:20]:
        common = counted[len(cells)] * 4 >= counted.total()
        if len(cells) == 1 and _is_heading_of_another_delimiter(cells[0], counted):
            return line
        if common and len(cells) > 1 and sum(map(bool, cells)) > len(cells) // 2:
            return line
    return 0


def _is_heading_of_another_delimiter(line: str, counted: Counter[int]) -> bool:
    """Whether a line is no title but the heading, cut otherwise than its rows: then no row is one."""
    usual = counted.most_common(1)[0][0]
    return any(len(row) == usual for mark in DELIMITERS for row in _rows([line], mark))


def _numbered_rows(lines: list[str], delimiter: str) -> list[tuple[int, list[str]]]:
    """The rows with the number of lines before each."""
    reader = csv.reader(lines, delimiter=delimiter)
    numbered = []
    before = 0
    try:
        for cells in reader:
            numbered.append((before, cells))
            before = reader.line_num
    except csv.Error:
        return list(enumerate(_rows(lines, delimiter)))
    return numbered


def _rows(lines: list[str], delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return [line.rstrip("\r\n").split(delimiter) for line in lines]


def _refuse_unclosed_quote(name: str, text: str, delimiter: str) -> None:
    """An opened quotation mark that nothing closes would swallow all the rows after it."""
    if text.count('"') % 2 == 0:
        return
    try:
        for _row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as problem:
        if "unexpected end" not in str(problem):
            return
    else:
        return
    line = text[: text.rindex('"')].count("\n") + 1
    raise Unreadable(
        "unclosed_quote",
        f"Expected every quotation mark to be closed; in {name} one is not, the last of them on "
        f"line {line}. Mend that line, or export the table again.",
    )


def _more(wrong: _Wrong) -> list[Fault]:
    """The rows that were not told one by one are faults too, for the count."""
    return [
        Fault(code="row_width", severity="refuses", expected="", remedy="", row=row)
        for row in wrong.rows[len(wrong.faults) :]
    ]


def _one_column(heading: str) -> Fault:
    return Fault(
        code="one_column",
        severity="refuses",
        column=heading[:80],
        value=heading,
        expected="columns with a semicolon, comma, tab or | between them, found one column only",
        remedy="Export the table again with one of these between the columns.",
    )


def _no_headings(layout: _Layout) -> Fault:
    """The first row would be lost as headings, and columns be found by what they happen to hold."""
    return Fault(
        code="column_missing",
        severity="refuses",
        row=layout.before + 1,
        value=layout.delimiter.join(layout.headings),
        expected="a row with the names of the columns, found one of numbers only",
        remedy="Put a row with their names above it, and take the file in again.",
    )


def _unparsed(name: str, problem: Exception) -> Unreadable:
    if "straddling" in str(problem):
        return _too_wide(name)
    if "Could not skip" in str(problem) or "Empty CSV" in str(problem):
        return Unreadable(
            "empty",
            f"Expected rows below the headings; {name} has none. Export the table again.",
        )
    return Unreadable(
        "broken_file",
        f"Expected a table in CSV; {name} cannot be cut into rows ({problem}). Export it again.",
    )


def _too_large(name: str, size: int) -> Unreadable:
    return Unreadable(
        "too_large",
        f"Expected a file of at most {MOST_BYTES // 10**6:,} MB; {name} has {size // 10**6:,} MB. "
        "Take it in in parts, such as a year at a time, or make a Parquet file of it.",
    )


def _too_wide(name: str) -> Unreadable:
    return Unreadable(
        "too_wide",
        f"Expected at most {MOST_COLUMNS:,} columns and {LONGEST_LINE:,} characters a row; {name} "
        "has more. Export the table again with its own columns only.",
    )


def _not_text(name: str) -> Unreadable:
    return Unreadable(
        "not_text",
        f"Expected text; {name} holds what no text does. Export the table again as CSV, XLSX, "
        "JSON-stat, SDMX-CSV or Parquet.",
    )
