"""The lines of a PDF, page by page: their text, where they stand, and how large they are set."""

import ctypes
import itertools
import re
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import msgspec
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from veikart.engines.proposal import Unreadable
from veikart.engines.readers.paragraphs import check_length
from veikart.engines.readers.texts import plain

MOST_PAGES = 1_000

_ONE_AT_A_TIME = threading.Lock()  # PDFium keeps state of its own, and bears one caller at a time
_HYPHENS = {"\x02": "-", "\ufffe": "-", "\u00ad": "-", "\u2010": "-"}
_PAGE_NUMBER = re.compile(
    r"(?:side\s+)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:av|/)\s*\d{1,4})?", re.IGNORECASE
)
_MARGIN_LINES = 2
_MOST_DRAWINGS = 5_000
_LARGEST_DOT = 7  # points
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class PdfLine(msgspec.Struct):
    """A line: its page (from 1), its number on that page (from 1), and in points from the lower
    left corner of the page where it begins, ends and stands, and the size of most of its letters.
    """

    page: int
    number: int
    text: str
    left: float
    right: float
    baseline: float
    size: float


class _Character(msgspec.Struct, gc=False):
    text: str
    x: float
    baseline: float
    size: float


class _Dot(msgspec.Struct, gc=False):
    left: float
    right: float
    middle: float


def pdf_lines(name: str, content: bytes) -> list[PdfLine]:
    """All lines, without page numbers and running heads.

    Raises Unreadable: `broken_file`, `encrypted`, `too_many_pages`, and `no_text` for a PDF that
    holds pictures of text only.
    """
    pages = pdf_pages(name, content)
    if not any(line.text.strip() for page in pages for line in page):
        raise Unreadable(
            "no_text",
            f"Expected a PDF with text; none of the pages of {name} ({len(pages)} in all) has any, "
            "as with scanned paper. Take in the document it was printed from, or let a text "
            "recognition program add the text first.",
        )
    return _without_running_heads(pages)


def pdf_pages(name: str, content: bytes) -> list[list[PdfLine]]:
    """All lines of each page, running heads and all; a page that is a picture has none.

    Raises Unreadable: `broken_file`, `encrypted`, `too_many_pages`, `too_long`.
    """
    with _ONE_AT_A_TIME:
        return _pages(name, content)


def _pages(name: str, content: bytes) -> list[list[PdfLine]]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as problem:
        raise _unopened(name, problem) from problem
    try:
        if len(document) > MOST_PAGES:
            raise Unreadable(
                "too_many_pages",
                f"Expected at most {MOST_PAGES:,} pages; {name} has {len(document):,}. "
                "Take in the part of it that holds the strategy.",
            )
        return _read_pages(name, document)
    except pypdfium2.PdfiumError as problem:
        raise _unopened(name, problem) from problem
    finally:
        document.close()


def _unopened(name: str, problem: Exception) -> Unreadable:
    if "password" in str(problem).lower():
        return Unreadable(
            "encrypted",
            f"Expected a PDF that opens without a password; {name} is encrypted. "
            "Save it without a password and take it in again.",
        )
    return Unreadable(
        "broken_file",
        f"Expected a whole PDF; {name} cannot be opened ({problem}). "
        "Open it in the program that made it, save it anew, and take it in again.",
    )


def _read_pages(name: str, document: "pypdfium2.PdfDocument") -> list[list[PdfLine]]:
    pages = []
    characters = 0
    for index in range(len(document)):
        page = document[index]
        textpage = page.get_textpage()
        characters += textpage.count_chars()
        check_length(name, characters)
        pages.append(_lines(index + 1, _characters(textpage), _dots(page)))
        textpage.close()
        page.close()
    return pages


def _characters(textpage: "pypdfium2.PdfTextPage") -> Iterable[_Character]:
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            continue
        text = _HYPHENS.get(chr(code), chr(code))
        size = pdfium.FPDFText_GetFontSize(textpage, index)
        if pdfium.FPDFText_IsGenerated(textpage, index) == 1:
            size = 0.0
        pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
        yield _Character(text, x.value, y.value, size)


def _dots(page: "pypdfium2.PdfPage") -> list[_Dot]:
    """The small round or square drawings of a page: browsers draw bullets, and write none."""
    drawings = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3)
    dots = []
    for drawing in itertools.islice(drawings, _MOST_DRAWINGS):
        left, bottom, right, top = drawing.get_bounds()
        width, height = right - left, top - bottom
        if 1 < width < _LARGEST_DOT and 0.7 < width / max(height, 0.1) < 1.4:
            dots.append(_Dot(left, right, (bottom + top) / 2))
    return dots


def _lines(page: int, characters: Iterable[_Character], dots: Sequence[_Dot]) -> list[PdfLine]:
    """Characters in reading order, parted where the baseline moves more than a raised mark does."""
    groups: list[list[_Character]] = []
    baseline: float | None = None
    for character in characters:
        if character.text in "\r\n":
            continue
        if character.size > 0 and (
            baseline is None or _on_another_line(character, groups[-1], baseline)
        ):
            groups.append([])
            baseline = character.baseline
        if groups:
            groups[-1].append(character)
    lines = [_line(page, group) for group in groups]
    kept = [line for line in lines if line.text]
    by_height: dict[int, list[_Dot]] = defaultdict(list)
    for dot in dots:
        by_height[int(dot.middle)].append(dot)
    for number, line in enumerate(kept, start=1):
        line.number = number
        heights = range(int(line.baseline), int(line.baseline + 0.6 * line.size) + 1)
        if any(_is_bullet_of(dot, line) for height in heights for dot in by_height.get(height, ())):
            line.text = f"• {line.text}"
    return kept


def _is_bullet_of(dot: _Dot, line: PdfLine) -> bool:
    """Whether a dot stands before a line, at the height of its small letters."""
    gap = line.left - dot.right
    return 0 < gap < 2 * line.size and 0 < dot.middle - line.baseline < 0.6 * line.size


def _on_another_line(character: _Character, group: Sequence[_Character], baseline: float) -> bool:
    size = max(character.size, max(known.size for known in group[-20:]))
    if abs(character.baseline - baseline) > 0.6 * size:
        return True
    return character.x < group[-1].x - 2 * size


def _line(page: int, group: Sequence[_Character]) -> PdfLine:
    sizes = Counter(round(known.size, 1) for known in group if known.size and known.text.strip())
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    baselines = Counter(round(known.baseline, 1) for known in group if round(known.size, 1) == size)
    baseline = baselines.most_common(1)[0][0] if baselines else group[0].baseline
    text = "".join(_raised(known, size, baseline) for known in group)
    printed = [known for known in group if known.text.strip()] or list(group)
    return PdfLine(
        page=page,
        number=0,
        text=" ".join(plain(text).split()),
        left=printed[0].x,
        right=printed[-1].x + printed[-1].size / 2,
        baseline=baseline,
        size=size,
    )


def _raised(character: _Character, size: float, baseline: float) -> str:
    """A small digit above the line is a footnote mark, and becomes a raised digit."""
    small = 0 < character.size < 0.8 * size
    if small and character.baseline > baseline + 0.1 * size and character.text.isdecimal():
        return character.text.translate(_RAISED)
    return character.text


def running_lines(pages: Sequence[Sequence[PdfLine]]) -> set[tuple[int, int]]:
    """The page and number of each line that is a page number, or that stands in the margin of most
    pages but for its digits.
    """
    places: dict[str, set[int]] = defaultdict(set)
    for page in pages:
        for line in _margin(page):
            places[_without_digits(line.text)].add(line.page)
    often = max(3, (len(pages) + 1) // 2)
    heads = {text for text, found in places.items() if len(found) >= often}
    return {
        (line.page, line.number)
        for page in pages
        for line in _margin(page)
        if _is_running(line.text, heads)
    }


def _without_running_heads(pages: list[list[PdfLine]]) -> list[PdfLine]:
    running = running_lines(pages)
    return [line for page in pages for line in page if (line.page, line.number) not in running]


def _margin(page: Sequence[PdfLine]) -> Sequence[PdfLine]:
    """The lines nearest to the upper and to the lower edge."""
    by_height = sorted(page, key=lambda line: -line.baseline)
    if len(by_height) <= 2 * _MARGIN_LINES:
        return by_height
    return [*by_height[:_MARGIN_LINES], *by_height[-_MARGIN_LINES:]]


def _is_running(text: str, heads: set[str]) -> bool:
    return _PAGE_NUMBER.fullmatch(text) is not None or _without_digits(text) in heads


def _without_digits(text: str) -> str:
    return re.sub(r"\d+", "#", text)
