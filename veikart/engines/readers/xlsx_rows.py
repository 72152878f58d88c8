"""The rows of an XLSX file, read as a stream: a few rows in memory at a time."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec
from openpyxl.utils.datetime import (
    MAC_EPOCH,
    WINDOWS_EPOCH,
    from_excel,
)

from veikart.engines.proposal import Unreadable
from veikart.engines.readers.archive import Archive, local
from veikart.engines.readers.table_rows import MOST_COLUMNS, Row, check_rows
from veikart.engines.readers.xlsx_parts import (
    Outline,
    date_styles,
    relations_of,
    shared_strings,
    targets,
)

LONGEST_CELL = 100_000

Cell = str | int | float


class Sheet(msgspec.Struct, frozen=True):
    """A sheet of a workbook: its name, and the part of the file it stands in."""

    name: str
    part: str


class Workbook:
    """An XLSX file whose sheets give rows. Raises Unreadable when made and when read from."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        workbook_part = targets(archive, "_rels/.rels", "").of_kind("officeDocument")
        relations = targets(archive, relations_of(workbook_part), workbook_part)
        outline = Outline()
        archive.parse(workbook_part, outline)
        self._epoch = MAC_EPOCH if outline.from_1904 else WINDOWS_EPOCH
        self._strings = shared_strings(archive, relations)
        self._date_styles = date_styles(archive, relations)
        self.sheets = tuple(
            Sheet(name, relations.by_id[relation])
            for name, relation in outline.sheets
            if relation in relations.by_id
        )

    def rows(self, sheet: Sheet) -> Iterator[Row]:
        """The rows of `sheet`, empty ones left out but counted. A date cell gives dd.mm.yyyy, a
        formula its own text after an equals sign.
        """
        reader = _SheetReader(self._archive.name, self._strings)
        for _step in self._archive.parse_in_steps(sheet.part, reader):
            for number, cells in reader.take():
                yield Row(number, None, [self._value(cell) for cell in cells])

    def _value(self, cell: "_Cell | None") -> Cell:
        if cell is None:
            return ""
        if cell.kind in {"s", "str", "inlineStr", "e", "formula"}:
            return cell.text
        if cell.kind == "b":
            return "1" if cell.text == "1" else "0"
        if cell.kind == "d":
            return _day(_iso_moment(cell.text), cell.text)
        number = _number(cell.text)
        if cell.style in self._date_styles and not isinstance(number, str):
            return self._date(number)
        return number

    def _date(self, number: int | float) -> Cell:
        try:
            moment = from_excel(number, self._epoch)
        except (OverflowError, ValueError):
            return number
        return _day(moment, str(number))


def _day(moment: object, text: str) -> str:
    if isinstance(moment, dt.date):
        return f"{moment.day:02}.{moment.month:02}.{moment.year:04}"
    return text


def _iso_moment(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str) -> Cell:
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text


class _Cell(msgspec.Struct, frozen=True, gc=False):
    kind: str
    style: str
    text: str


class _SheetReader:
    """Collects rows while a sheet is read; `take` hands over those that are complete."""

    def __init__(self, name: str, strings: Sequence[str]) -> None:
        self._name = name
        self._strings = strings
        self._rows: list[tuple[int, list[_Cell | None]]] = []
        self._cells: list[_Cell | None] = []
        self._row = 0
        self._column = 0
        self._kind = self._style = ""
        self._formula: str | None = None
        self._value: str | None = None
        self._collected: list[str] | None = None
        self._length = 0

    def take(self) -> list[tuple[int, list[_Cell | None]]]:
        rows, self._rows = self._rows, []
        return rows

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = local(tag)
        if tag == "c":
            self._start_cell(attributes)
        elif tag in {"v", "t", "f"}:
            self._collected = []
            self._length = 0
        elif tag == "row":
            self._start_row(attributes)

    def end(self, tag: str) -> None:
        tag = local(tag)
        if tag == "c":
            self._end_cell()
        elif tag == "row":
            if any(self._cells):
                self._rows.append((self._row, self._cells))
            self._cells = []
        elif self._collected is not None and tag in {"v", "t", "f"}:
            text = "".join(self._collected)
            self._collected = None
            if tag == "f":
                self._formula = text
            else:
                self._value = text if self._value is None or tag == "v" else self._value + text

    def text(self, text: str) -> None:
        if self._collected is None:
            return
        self._length += len(text)
        if self._length > LONGEST_CELL:
            raise Unreadable(
                "cell_too_long",
                f"Expected at most {LONGEST_CELL:,} characters in a cell; {self._name} has more in "
                f"row {self._row}. Shorten it, and take the file in again.",
            )
        self._collected.append(text)

    def _start_row(self, attributes: dict[str, str]) -> None:
        given = attributes.get("r", "")
        self._row = int(given) if given.isdecimal() and len(given) < 10 else self._row + 1
        check_rows(self._name, self._row)
        self._column = 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._column = _column(attributes.get("r", "")) or self._column + 1
        if self._column > MOST_COLUMNS:
            raise Unreadable(
                "too_wide",
                f"Expected at most {MOST_COLUMNS:,} columns; {self._name} has more in row "
                f"{self._row}. Keep only the register's columns, and take the file in again.",
            )
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "")
        self._formula = self._value = None

    def _end_cell(self) -> None:
        text = self._value or ""
        kind = self._kind
        if self._formula:
            kind, text = "formula", f"={self._formula}"
        elif kind == "s":
            text = self._shared(text)
        if not text:
            return
        missing = self._column - len(self._cells)
        if missing > 0:
            self._cells.extend([None] * missing)
        self._cells[self._column - 1] = _Cell(kind, self._style, text)

    def _shared(self, text: str) -> str:
        if text.isdecimal() and len(text) < 10 and int(text) < len(self._strings):
            return self._strings[int(text)]
        raise Unreadable(
            "broken_file",
            f"Expected each text cell to point at a text; in {self._name} one in row {self._row} "
            "does not. Open the file in a spreadsheet program, save it anew, and take it in again.",
        )


def _column(reference: str) -> int:
    """The number of a cell's column, A being 1: "AB12" gives 28; 0 where there is none."""
    return _column_number(reference[:5].rstrip("0123456789"))


@lru_cache(maxsize=2048)
def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            break
        number = number * 26 + ord(letter) - 64
    return number
