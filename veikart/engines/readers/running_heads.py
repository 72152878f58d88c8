"""Running heads: page numbers, letterheads and whatever else stands in the margin of page after page."""

import re
from collections import defaultdict
from collections.abc import Sequence

from veikart.engines.readers.pdf_line import PdfLine

_PAGE_NUMBER = re.compile(
    r"(?:(?:side|page|s\.)\s*)?[-–—|]?\s*\d{1,4}\s*[-–—|]?(?:\s*(?:av|of|/)\s*\d{1,4})?(?:\s*\|?\s*side)?",
    re.IGNORECASE,
)
_MARGIN_LINES = 2
_HEAD_LINES = 7
_TWO = 2
_SAME_HEIGHT = 3.0  # points


def running_lines(pages: Sequence[Sequence[PdfLine]]) -> set[tuple[int, int]]:
    """The page and number of each line that runs through the margins: the same but for its digits
    on most pages, on half of them at the same height, or a page number outside of these.
    """
    heads = _at_one_height(pages) | _on_most_pages(pages)
    running = set(heads)
    for page in pages:
        rest = [line for line in page if (line.page, line.number) not in heads]
        for line in _margin(rest, _MARGIN_LINES):
            if _PAGE_NUMBER.fullmatch(line.text):
                running.add((line.page, line.number))
    return running


def without_running_heads(pages: Sequence[Sequence[PdfLine]]) -> list[PdfLine]:
    """All lines but those."""
    running = running_lines(pages)
    return [line for page in pages for line in page if (line.page, line.number) not in running]


def _on_most_pages(pages: Sequence[Sequence[PdfLine]]) -> set[tuple[int, int]]:
    places: dict[str, list[PdfLine]] = defaultdict(list)
    for page in pages:
        for line in _margin(page, _MARGIN_LINES):
            places[_without_digits(line.text)].append(line)
    often = max(3, (len(pages) + 1) // 2)
    return {
        (line.page, line.number)
        for found in places.values()
        if len({line.page for line in found}) >= often
        for line in found
    }


def _at_one_height(pages: Sequence[Sequence[PdfLine]]) -> set[tuple[int, int]]:
    """Lines that stand at one height on half of the pages; of two pages, in their outer parts."""
    places: dict[str, list[PdfLine]] = defaultdict(list)
    for page in pages:
        for line in _margin(page, _HEAD_LINES) if len(pages) == _TWO else page:
            places[_without_digits(line.text)].append(line)
    often = max(2, (len(pages) + 1) // 2)
    found = set()
    for lines in places.values():
        for one in lines if len(lines) >= often else ():
            level = [at for at in lines if abs(at.baseline - one.baseline) < _SAME_HEIGHT]
            if len({line.page for line in level}) >= often:
                found.add((one.page, one.number))
    return found


def _margin(page: Sequence[PdfLine], lines: int) -> Sequence[PdfLine]:
    """The lines nearest to the upper and to the lower edge."""
    by_height = sorted(page, key=lambda line: -line.baseline)
    if len(by_height) <= 2 * lines:
        return by_height
    return [*by_height[:lines], *by_height[-lines:]]


def _without_digits(text: str) -> str:
    return re.sub(r"\d+", "#", text)
