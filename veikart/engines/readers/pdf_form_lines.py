"""Puts what is filled in on a page of a PDF form among the lines that are printed on it."""

from collections.abc import Callable, Sequence
from statistics import median

import msgspec
import pypdfium2  # type: ignore[import-untyped]

from veikart.engines.readers.pdf_fields import Field, fields, marked, rows_of_boxes
from veikart.engines.readers.pdf_flattened import drawn_boxes, drawn_last, have_text, in_order
from veikart.engines.readers.pdf_line import PdfLine, numbered
from veikart.engines.readers.texts import plain

_USUAL_SIZE, _PITCH = 11.0, 1.25
_ROOM = 3.0  # points by which a label may stand higher or lower than its box


def with_fields(
    lines: list[PdfLine],
    page: "pypdfium2.PdfPage",
    textpage: "pypdfium2.PdfTextPage",
    *,
    number: int,
) -> list[PdfLine]:
    """The lines of page `number`, with each box before its label and each text field's text where
    it stands; the same lines if nothing is filled in.

    Of a form whose fields were made part of the page, the lines are put where they stand.
    """
    found = fields(page)
    if not found:
        drawings = drawn_last(page)
        found = drawn_boxes(drawings)
        if not found and not have_text(drawings):
            return lines
        lines = in_order(lines)
    size = median(line.size for line in lines) if lines else _USUAL_SIZE
    for row in rows_of_boxes(found):
        lines = _with_boxes(lines, row, _printed(textpage, row), page=number, size=size)
    for field in found:
        if not field.is_box:
            lines = _with_text(lines, field, page=number, size=size)
    return numbered(lines)


def _printed(
    textpage: "pypdfium2.PdfTextPage", row: Sequence[Field]
) -> Callable[[float, float], str]:
    """What is printed at the height of a row of boxes, from one place to another."""
    bottom, top = row[0].bottom - _ROOM, row[0].top + _ROOM

    def between(left: float, right: float) -> str:
        width: float = textpage.page.get_width()
        edge = min(right, width)
        if edge <= left:
            return ""
        return plain(textpage.get_text_bounded(left=left, bottom=bottom, right=edge, top=top))

    return between


def _with_boxes(
    lines: Sequence[PdfLine],
    row: Sequence[Field],
    between: Callable[[float, float], str],
    *,
    page: int,
    size: float,
) -> list[PdfLine]:
    """The lines, those at the height of a row of boxes written anew with the boxes in them."""
    low, high = row[0].bottom - _ROOM, row[0].top
    beside = [line for line in lines if low <= line.baseline <= high]
    written = PdfLine(
        page=page,
        number=0,
        text=marked(row, between),
        left=row[0].left,
        right=max([row[-1].right, *(line.right for line in beside)]),
        baseline=beside[0].baseline if beside else row[0].bottom,
        size=beside[0].size if beside else size,
    )
    if not beside:
        return _put(lines, [written], below=row[0].top)
    first = lines.index(beside[0])
    kept = [line for line in lines if line not in beside]
    return [*kept[:first], written, *kept[first:]]


def _with_text(lines: Sequence[PdfLine], field: Field, *, page: int, size: float) -> list[PdfLine]:
    """The lines and the text of a field: behind the label that stands beside it, or by itself."""
    texts = field.text.split("\n")
    beside = [
        line
        for line in lines
        if field.bottom - _ROOM <= line.baseline <= field.top and line.left < field.left
    ]
    if len(texts) == 1 and beside:
        last = lines.index(beside[-1])
        text = f"{beside[-1].text} {texts[0].strip()}"
        longer = msgspec.structs.replace(beside[-1], text=text)
        return [*lines[:last], longer, *lines[last + 1 :]]
    written = [
        PdfLine(
            page=page,
            number=0,
            text=" ".join(text.split()),
            left=field.left,
            right=field.left,
            baseline=field.top - (place + 1) * _PITCH * size,
            size=size,
        )
        for place, text in enumerate(texts)
        if text.strip()
    ]
    return _put(lines, written, below=field.top)


def _put(lines: Sequence[PdfLine], written: Sequence[PdfLine], *, below: float) -> list[PdfLine]:
    """The lines with others behind the lowest of those that stand above a height."""
    above = [place for place, line in enumerate(lines) if line.baseline >= below - _ROOM]
    if not above:
        return [*written, *lines]
    lowest = min(above, key=lambda place: (lines[place].baseline, -place))
    return [*lines[: lowest + 1], *written, *lines[lowest + 1 :]]
