"""CSV and XLSX as rows of text, each with its row number and, in CSV, its line."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from veikart.engines.proposal import Unreadable

MOST_ROWS = 100_000
MOST_COLUMNS = 1_000
LONGEST_LINE = 1_500_000
DELIMITERS = (";", ",", "\t", "|")


class Row(msgspec.Struct, frozen=True):
    """One row: its number as the spreadsheet shows it, the line it begins on (CSV), its cells.

    A number in a spreadsheet cell is an int or a float; everything else is text.
    """

    number: int
    line: int | None
    cells: Sequence[str | int | float]


class Decoded(msgspec.Struct, frozen=True):
    """Text, and the encoding it was in."""

    text: str
    encoding: str


def decode(name: str, content: bytes) -> Decoded:
    """The text in `content`: UTF-8 or UTF-16 where it says so, UTF-8 where it can be, else
    Windows-1252. Raises Unreadable (`not_text`) for what holds null characters.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            text = content.decode(encoding, errors="replace")
            return _checked(name, Decoded(text, encoding))
    try:
        return _checked(name, Decoded(content.decode("utf-8"), "utf-8"))
    except UnicodeDecodeError:
        pass
    try:
        return _checked(name, Decoded(content.decode("cp1252"), "windows-1252"))
    except UnicodeDecodeError:
        return _checked(name, Decoded(content.decode("latin-1"), "latin-1"))


def _checked(name: str, decoded: Decoded) -> Decoded:
    if "\0" not in decoded.text:
        return decoded
    raise Unreadable(
        "not_text",
        f"Expected text; {name} holds null characters, as programs and pictures do. "
        "Export the document again as CSV, XLSX, TXT, DOCX or PDF.",
    )


def delimited_rows(name: str, text: str, *, delimiter: str) -> Iterator[Row]:
    """The rows of a CSV text, empty ones left out but counted.

    Raises Unreadable (`unclosed_quote`, `cell_too_long`, `too_many_rows`).
    """
    reader = csv.reader(_bounded_lines(name, text), delimiter=delimiter)
    line = 1
    number = 0
    try:
        for cells in reader:
            number += 1
            check_rows(name, number)
            if any(cells):
                yield Row(number, line, cells)
            line = reader.line_num + 1
    except csv.Error as problem:
        if "field larger" not in str(problem):
            raise unclosed_quote(name, line) from problem
        raise Unreadable(
            "cell_too_long",
            f"Expected at most {csv.field_size_limit():,} characters in a cell; {name} has more in "
            f"the row that begins on line {line}. Look for a quotation mark there that is not "
            "closed, or shorten the cell.",
        ) from problem


def _bounded_lines(name: str, text: str) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if len(line) > LONGEST_LINE:
            raise Unreadable(
                "too_wide",
                f"Expected lines of at most {LONGEST_LINE:,} characters; line {number} of {name} "
                f"has {len(line):,}. Export the register again with its own columns only.",
            )
        yield line


def swallowed_by_a_quote(name: str, text: str, *, delimiter: str) -> int | None:
    """The line of the first quote that is never closed, or None if all are.

    A quote that opens a cell and is not closed takes all the rows after it into that cell.
    Raises Unreadable (`too_wide`) for a line that is too long to be one of the register's.
    """
    reader = csv.reader(_bounded_lines(name, text), delimiter=delimiter, strict=True)
    line = 1
    try:
        for _cells in reader:
            line = reader.line_num + 1
    except csv.Error as problem:
        return line if "unexpected end" in str(problem) else None
    return None


def unclosed_quote(name: str, line: int) -> Unreadable:
    """The refusal of a text in which a quotation mark swallows the rest."""
    return Unreadable(
        "unclosed_quote",
        f"Expected every quotation mark to be closed; in {name} the one in the row that begins "
        f"on line {line} is not, so that the rows after it cannot be told apart. "
        "Export the register again, or mend that line.",
    )


def check_rows(name: str, number: int) -> None:
    """Raises Unreadable (`too_many_rows`) beyond the most rows that are read."""
    if number > MOST_ROWS:
        raise Unreadable(
            "too_many_rows",
            f"Expected at most {MOST_ROWS:,} rows; {name} has more. "
            "Take away the empty rows at its end, or take it in in parts.",
        )


def likeliest_delimiter(first_lines: str, known: Iterable[str]) -> str:
    """The delimiter with which the most `known` column names are found in the first lines."""
    names = frozenset(known)

    def found(delimiter: str) -> int:
        return max(
            (
                sum(heading(cell) in names for cell in line.split(delimiter))
                for line in first_lines.splitlines()
            ),
            default=0,
        )

    return max(DELIMITERS, key=found)


def heading(cell: object) -> str:
    """A column's name as it is compared: lower case, single spaces, no quotation marks."""
    return " ".join(str(cell).replace('"', " ").replace("\ufeff", "").split()).casefold()
