"""A line of a PDF: its text, where it stands, and how large it is set."""

from collections.abc import Iterable

import msgspec


class PdfLine(msgspec.Struct, frozen=True, gc=False):
    """A line: its page (from 1), its number on that page (from 1), and in points from the lower
    left corner of the page where it begins, ends and stands, the size of most of its letters, and
    whether it begins and ends in bold ones.
    """

    page: int
    number: int
    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False


def numbered(lines: Iterable[PdfLine]) -> list[PdfLine]:
    """The lines of a page, each with its place among them as its number."""
    return [
        msgspec.structs.replace(line, number=number) for number, line in enumerate(lines, start=1)
    ]
