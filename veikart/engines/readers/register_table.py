"""Finds the register's heading in a CSV or XLSX file, and gives its rows column by column."""

import itertools
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from veikart.engines.proposal import Unreadable
from veikart.engines.readers.archive import Archive
from veikart.engines.readers.cautions import Cautions
from veikart.engines.readers.table_rows import (
    MOST_COLUMNS,
    Decoded,
    Row,
    decode,
    delimited_rows,
    heading,
    likeliest_delimiter,
    swallowed_by_a_quote,
    unclosed_quote,
)

COLUMNS = {
    "name": "Leveransenavn i veikartet",
    "description": "Beskrivelse av leveranse gant",
    "phase": "Veikartfase",
    "start": "Startdato",
    "delmal": "Strategisk delmål",
    "grouping": "Strategi gruppering",
    "end": "Sluttdato",
    "certainty": "Planleggingsstatus",
    "register_id": "Leveranse-ID",
    "version": "Versjon",
}
FIELDS = {heading(column): field for field, column in COLUMNS.items()}

HEADING_WITHIN = 10
ENOUGH_TO_RECOGNISE = 3
_NAMED_AT_MOST = 20


class Table(msgspec.Struct, frozen=True):
    """The register as a table: where each field stands in a row, and the rows below the heading.

    `width` is the number of columns that have a name.
    """

    places: Mapping[str, int]
    width: int
    rows: Iterator[Row]


def is_a_register(text: str) -> bool:
    """Whether the first lines of `text` hold enough of the register's column names."""
    first = _first_lines(text)
    return any(
        sum(heading(cell) in FIELDS for cell in line.split(delimiter)) >= ENOUGH_TO_RECOGNISE
        for line in first.splitlines()
        for delimiter in (likeliest_delimiter(first, FIELDS),)
    )


def csv_table(name: str, content: bytes, cautions: Cautions) -> Table:
    """The register in a CSV file. Raises Unreadable for what is not the register."""
    decoded = decode(name, content)
    _caution_encoding(decoded, cautions)
    delimiter = likeliest_delimiter(_first_lines(decoded.text), FIELDS)
    if line := swallowed_by_a_quote(name, decoded.text, delimiter=delimiter):
        raise unclosed_quote(name, line)
    return _table(name, delimited_rows(name, decoded.text, delimiter=delimiter), cautions)


def xlsx_table(name: str, archive: Archive, cautions: Cautions) -> Table:
    """The register in the first sheet that holds it. Raises Unreadable if none does."""
    # openpyxl, of which this knows the formats, brings NumPy along: 35 MB that no web worker needs.
    from veikart.engines.readers.xlsx_rows import Workbook  # noqa: PLC0415

    workbook = Workbook(archive)
    for sheet in workbook.sheets:
        first = list(itertools.islice(workbook.rows(sheet), HEADING_WITHIN))
        if _heading_row(first) is not None:
            if len(workbook.sheets) > 1:
                cautions.add(
                    "other_sheets",
                    f"Only the sheet “{sheet.name}” was read, of {len(workbook.sheets)} sheets.",
                    "If other sheets hold rows of the register, take each in as its own file.",
                )
            return _table(name, workbook.rows(sheet), cautions)
    rows = workbook.rows(workbook.sheets[0]) if workbook.sheets else iter(())
    return _table(name, rows, cautions)


def _first_lines(text: str) -> str:
    return "\n".join(text[:20_000].splitlines()[:HEADING_WITHIN])


def _caution_encoding(decoded: Decoded, cautions: Cautions) -> None:
    if not decoded.encoding.startswith("utf"):
        cautions.add(
            "not_utf8",
            f"Expected text in UTF-8; this file was read as {decoded.encoding}.",
            "Look at the letters æ, ø and å in the names. If any is wrong, export the register "
            "again as “CSV UTF-8”.",
        )
    if "\ufffd" in decoded.text:
        cautions.add(
            "letters_lost",
            "Some letters could not be read and stand as “\ufffd”.",
            "Export the register again as “CSV UTF-8”.",
        )


def _table(name: str, rows: Iterator[Row], cautions: Cautions) -> Table:
    first = list(itertools.islice(rows, HEADING_WITHIN))
    at = _heading_row(first)
    if at is None:
        raise _wrong_columns(name, list(FIELDS), first[0].cells if first else [])
    cells = first[at].cells
    headings = [heading(cell) for cell in cells[:MOST_COLUMNS]]
    places = {FIELDS[text]: index for index, text in reversed(list(enumerate(headings)))
              if text in FIELDS}  # fmt: skip
    missing = [heading_ for heading_, field in FIELDS.items() if field not in places]
    if missing:
        raise _wrong_columns(name, missing, cells)
    _refuse_repeated(name, headings)
    _caution_unknown(cells, cautions)
    return Table(places, len(headings), itertools.chain(first[at + 1 :], rows))


def _heading_row(rows: Sequence[Row]) -> int | None:
    found = [sum(heading(cell) in FIELDS for cell in row.cells[:MOST_COLUMNS]) for row in rows]
    best = max(found, default=0)
    return found.index(best) if best >= ENOUGH_TO_RECOGNISE else None


def _wrong_columns(name: str, missing: Sequence[str], found: Sequence[object]) -> Unreadable:
    expected = ", ".join(f"“{column}”" for column in COLUMNS.values())
    lacking = ", ".join(f"“{COLUMNS[FIELDS[column]]}”" for column in missing)
    return Unreadable(
        "wrong_columns",
        f"Expected the columns of the roadmap register: {expected}. {name} lacks {lacking}; "
        f"its first row holds {_named(found)}. Export the register again with all its columns, or "
        "give the columns these names.",
    )


def _named(cells: Sequence[object]) -> str:
    filled = [
        " ".join(str(cell).split())[:80] for cell in cells[:MOST_COLUMNS] if str(cell).strip()
    ]
    if not filled:
        return "nothing"
    named = ", ".join(f"“{cell}”" for cell in filled[:_NAMED_AT_MOST])
    more = len(filled) - _NAMED_AT_MOST
    return f"{named} and {more} more" if more > 0 else named


def _refuse_repeated(name: str, headings: Sequence[str]) -> None:
    repeated = sorted({COLUMNS[FIELDS[text]] for text in headings
                       if text in FIELDS and headings.count(text) > 1})  # fmt: skip
    if repeated:
        raise Unreadable(
            "column_repeated",
            f"Expected each column once; {name} has {_named(repeated)} more than once, and nobody "
            "can tell which one holds. Take one of them away, and take the file in again.",
        )


def _caution_unknown(cells: Sequence[object], cautions: Cautions) -> None:
    unknown = [cell for cell in cells if str(cell).strip() and heading(cell) not in FIELDS]
    if unknown:
        cautions.add(
            "columns_not_read",
            f"Columns that are not the register's were not read: {_named(unknown)}.",
            "Nothing to do, unless one of them holds what belongs in the plan; then enter it there.",
        )
