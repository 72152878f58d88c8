"""Workbooks and CSV that do no harm where they are opened, and are the same bytes for the same content."""

import io
import re
import zipfile
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
SAVED_AT = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:(created|modified)>")


def neutral(value: str) -> str:
    """`value` with an apostrophe in front where a spreadsheet would run it as a formula."""
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value


def text_cell(sheet: WriteOnlyWorksheet, value: str, *, bold: bool = False) -> WriteOnlyCell:
    """A cell that is text whatever is in it, so that it is never run as a formula."""
    cell = WriteOnlyCell(sheet, value=_without_control(value) or None)
    if value:
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def saved(book: Workbook) -> bytes:
    """The workbook without when it was saved, so that equal content gives equal bytes."""
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as whole, zipfile.ZipFile(made := io.BytesIO(), "w") as kept:
        for name in whole.namelist():
            content = whole.read(name)
            if name == "docProps/core.xml":
                content = SAVED_AT.sub(b"", content)
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(entry, content)
    return made.getvalue()


def cell(sheet: WriteOnlyWorksheet, value: Any) -> Any:
    """A number as a number, anything else as text."""
    return value if value is None or isinstance(value, int | float) else text_cell(sheet, value)


def _without_control(value: str) -> str:
    """`value` without the control characters that a workbook cannot hold."""
    return "".join(sign for sign in value if sign >= " " or sign in "\n\t\r")
