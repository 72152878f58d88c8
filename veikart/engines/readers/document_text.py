"""The lines of plain text and of a PDF: what is set apart, how full each is, and what is larger."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from veikart.engines.readers.paragraphs import Line, ends_a_sentence
from veikart.engines.readers.pdf_line import PdfLine
from veikart.engines.readers.texts import plain

WRAPPED_AT_MOST = 130
_GAP = 1.18
_LARGER = 1.12
_USUAL_PITCH, _ENOUGH_STEPS = 1.3, 8
_ENOUGH_ROWS, _FEW, _MANY = 8, 0.1, 0.2


def lines_of_text(text: str) -> list[Line]:
    """Lines of plain text; where they are wrapped, how full each is says what belongs together."""
    rows = plain(text).split("\n")
    longest = max((len(row.strip()) for row in rows), default=0)
    width = longest if 40 < longest <= WRAPPED_AT_MOST else 0
    enough = 2 if _is_double_spaced(rows) else 1
    lines: list[Line] = []
    blank = enough
    for number, row in enumerate(rows, start=1):
        stripped = row.strip()
        if stripped:
            lines.append(
                Line(
                    text=stripped,
                    apart=blank >= enough and not (enough > 1 and _breaks_off(lines, stripped)),
                    full=len(stripped) / width if width else 0.0,
                    first_word=(len(stripped.split(maxsplit=1)[0]) + 1) / width if width else 1.0,
                    line=number,
                )
            )
        blank = 0 if stripped else blank + 1
    return lines


def _breaks_off(lines: Sequence[Line], row: str) -> bool:
    """Whether the last line broke off in the middle of the sentence that `row` goes on with."""
    return bool(lines) and row[0].islower() and not ends_a_sentence(lines[-1].text)


def _is_double_spaced(rows: Sequence[str]) -> bool:
    """Whether wrapped lines have a blank one after each: then a single one parts no paragraphs.

    It shows in that hardly any line stands right below another, and yet many go on in the middle
    of a sentence.
    """
    texts = [row.strip() for row in rows]
    written = [text for text in texts if text]
    close = sum(1 for above, text in pairwise(texts) if above and text)
    goes_on = sum(1 for text in written if text[0].islower())
    return (
        len(written) >= _ENOUGH_ROWS
        and close <= _FEW * len(written)
        and goes_on >= _MANY * len(written)
    )


def lines_of_pdf(found: Sequence[PdfLine]) -> list[Line]:
    """Lines of a PDF; a wider gap above a line sets it apart, larger letters make it a heading."""
    if not found:
        return []
    right = max(line.right for line in found)
    left = min(line.left for line in found)
    width = max(right - left, 1.0)
    size = median(line.size for line in found)
    pitch = _pitch(found, far_right=left + 0.8 * width)
    before: Sequence[PdfLine | None] = (None, *found[:-1])
    return [
        Line(
            text=line.text,
            apart=_is_apart(above, line, pitch),
            full=(line.right - left) / width,
            first_word=_first_word(line) / width,
            page=line.page,
            line=line.number,
            indent=line.left,
            size=line.size,
            bold=line.bold,
            right=line.right,
            baseline=line.baseline,
            kind="heading" if line.size > _LARGER * size else "text",
        )
        for above, line in zip(before, found, strict=True)
    ]


def _first_word(line: PdfLine) -> float:
    """How wide the first word of a line is with the space before it, about."""
    letters = len(line.text.split(maxsplit=1)[0]) + 1
    return (line.right - line.left) * letters / len(line.text)


def _pitch(found: Sequence[PdfLine], *, far_right: float) -> float:
    """How far lines of one paragraph stand from each other, in sizes of their letters."""
    steps = [
        (above.baseline - line.baseline) / line.size
        for above, line in pairwise(found)
        if above.page == line.page and above.right > far_right and line.size == above.size > 0
    ]
    downwards = [step for step in steps if step > 0]
    return median(downwards) if len(downwards) >= _ENOUGH_STEPS else _USUAL_PITCH


def _is_apart(above: PdfLine | None, line: PdfLine, pitch: float) -> bool:
    if above is None or above.page != line.page:
        return False
    step = above.baseline - line.baseline
    return step < 0 or step > _GAP * pitch * max(line.size, above.size)
