"""Workbooks and CSV that do no harm where they are opened, and are the same bytes for the same content.

openpyxl is loaded when a workbook is written: it brings NumPy along, which no web worker needs else.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

TAKEN_FOR_MORE = ("=", "#")
"""What openpyxl takes for a formula or an error where a text begins so."""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""The control characters that a workbook cannot hold."""
SAVED_AT = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:(created|modified)>")

Cell = str | int | float | None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet: its title, its rows, how wide its columns are, and which cell the frozen part ends at.

    The first row is a bold head where `has_head` says so. A number is written as a number; a text
    is text whatever is in it, so that it is never run as a formula.
    """

    title: str
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[int] = ()
    frozen: str | None = None
    has_head: bool = True


def workbook(*sheets: Sheet) -> bytes:
    """The sheets as XLSX, without when it was saved, so that equal content gives equal bytes."""
    from openpyxl import Workbook  # noqa: PLC0415 (the module says why)

    book = Workbook(write_only=True)
    for sheet in sheets:
        _add(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return _without_times(out)


def _add(book: Any, sheet: Sheet) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 (the module says why)

    made = book.create_sheet(sheet.title)
    made.freeze_panes = sheet.frozen
    for number, width in enumerate(sheet.widths, start=1):
        made.column_dimensions[get_column_letter(number)].width = width
    for number, row in enumerate(sheet.rows):
        is_head = sheet.has_head and number == 0
        made.append([_cell(made, value, bold=is_head) for value in row])


def _cell(sheet: Any, value: Cell, *, bold: bool) -> Any:
    if not isinstance(value, str):
        return value
    value = CONTROL.sub("", value)
    if value and not bold and not value.startswith(TAKEN_FOR_MORE):
        return value
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 (the module says why)
    from openpyxl.styles import Font  # noqa: PLC0415

    cell = WriteOnlyCell(sheet, value=value or None)
    if value:
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _without_times(workbook: io.BytesIO) -> bytes:
    with zipfile.ZipFile(workbook) as whole, zipfile.ZipFile(made := io.BytesIO(), "w") as kept:
        for name in whole.namelist():
            content = whole.read(name)
            if name == "docProps/core.xml":
                content = SAVED_AT.sub(b"", content)
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(entry, content)
    return made.getvalue()
