"""The lines of a PDF, page by page: their text, where they stand, and how large they are set."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import zip_longest

import msgspec
import pypdfium2  # type: ignore[import-untyped]

from veikart.engines.readers.paragraphs import check_length
from veikart.engines.readers.pdf_fields import prepare_fields
from veikart.engines.readers.pdf_file import opened
from veikart.engines.readers.pdf_form_lines import with_fields
from veikart.engines.readers.pdf_line import PdfLine, numbered
from veikart.engines.readers.pdf_words import Dot, PageText, Word, dots
from veikart.engines.readers.texts import plain

_RISE = 0.6  # of the size of the letters: more is another line
_LEAST_BLANK = 0.2  # of the size of the letters
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def pdf_pages(
    name: str, content: bytes, *, words: list[Sequence[Word]] | None = None
) -> list[list[PdfLine]]:
    """All lines of each page, running heads and all; a page that is a picture has none. The words of
    each page are added to `words`, if it is given.

    Raises Unreadable: `broken_file`, `encrypted`, `too_many_pages`, `too_long`.
    """
    with opened(name, content) as document:
        return _read_pages(name, document, [] if words is None else words)


def _read_pages(
    name: str, document: "pypdfium2.PdfDocument", words: list[Sequence[Word]]
) -> list[list[PdfLine]]:
    pages = []
    characters = 0
    prepare_fields(document)
    for index in range(len(document)):
        page = document[index]
        textpage = page.get_textpage()
        characters += textpage.count_chars()
        check_length(name, characters)
        text = PageText(textpage)
        words.append(list(text.words()))
        lines = _lines(index + 1, words[-1], text, dots(page))
        pages.append(with_fields(lines, page, textpage, number=index + 1))
        textpage.close()
        page.close()
    return pages


def _lines(page: int, words: Sequence[Word], text: PageText, dots: Sequence[Dot]) -> list[PdfLine]:
    """Words in reading order, parted where the baseline moves more than a raised mark does."""
    made = (_line(page, group, text) for group in _grouped(words))
    lines = [line for line in made if line.text]
    return numbered(_with_bullets(lines, dots) if dots else lines)


def _with_bullets(lines: Sequence[PdfLine], dots: Sequence[Dot]) -> Iterable[PdfLine]:
    """The lines, each that a dot stands before with a bullet."""
    by_height: dict[int, list[Dot]] = defaultdict(list)
    for dot in dots:
        by_height[int(dot.middle)].append(dot)
    for line in lines:
        heights = range(int(line.baseline), int(line.baseline + 0.6 * line.size) + 1)
        near = (dot for height in heights for dot in by_height.get(height, ()))
        is_marked = any(_is_bullet_of(dot, line) for dot in near)
        yield msgspec.structs.replace(line, text=f"• {line.text}") if is_marked else line


def _grouped(words: Iterable[Word]) -> Iterable[list[Word]]:
    """The words of each line."""
    group: list[Word] = []
    for word in words:
        if group and _on_another_line(word, group[0], group[-1]):
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _is_bullet_of(dot: Dot, line: PdfLine) -> bool:
    """Whether a dot stands before a line, at the height of its small letters."""
    gap = line.left - dot.right
    return 0 < gap < 2 * line.size and 0 < dot.middle - line.baseline < 0.6 * line.size


def _on_another_line(word: Word, first: Word, last: Word) -> bool:
    if word.baseline == last.baseline == first.baseline and word.x >= last.x:
        return False
    size = max(word.size, last.size, first.size)
    if abs(word.baseline - last.baseline) > _RISE * size:
        return True
    if abs(word.baseline - first.baseline) > _RISE * size:
        return True
    return word.x < last.x - (0 if "\n" in last.after else 2 * size)


def _line(page: int, group: Sequence[Word], text: PageText) -> PdfLine:
    size, baseline = _most(group)
    first, last = group[0], group[-1]
    return PdfLine(
        page=page,
        number=0,
        text=" ".join(plain("".join(_spelt(group, text, size, baseline))).split()),
        left=first.x,
        right=_right(last, text),
        baseline=baseline,
        size=size,
        bold=text.is_bold(first.index) and text.is_bold(last.index),
    )


def _most(group: Sequence[Word]) -> tuple[float, float]:
    """The size of most letters of a line, and the baseline of most of these."""
    if _are_alike(group):
        return round(group[0].size, 1), round(group[0].baseline, 1)
    letters: Counter[tuple[float, float]] = Counter()
    sizes: Counter[float] = Counter()
    for word in group:
        size = round(word.size, 1)
        sizes[size] += len(word.text)
        letters[size, round(word.baseline, 1)] += len(word.text)
    size = max(sizes, key=sizes.__getitem__)
    return size, max((many, at) for (own, at), many in letters.items() if own == size)[1]


def _are_alike(group: Sequence[Word]) -> bool:
    """Whether all words of a line are of one size and on one baseline."""
    size, baseline = group[0].size, group[0].baseline
    return all(word.size == size and word.baseline == baseline for word in group)


def _right(word: Word, text: PageText) -> float:
    """About where a word ends."""
    last, _baseline = text.origin(word.index + len(word.text) - 1)
    return last + word.size / 2


def _spelt(group: Sequence[Word], text: PageText, size: float, baseline: float) -> Iterable[str]:
    """The text of each word and what parts it from the next. PDFium breaks the line at raised
    marks, blank or none.
    """
    if _are_alike(group) and not any("\n" in word.after for word in group[:-1]):
        yield from (word.text + word.after for word in group)
        return
    for word, after in zip_longest(group, group[1:]):
        yield _raised(word, size, baseline)
        if after is None:
            return
        if "\n" not in word.after:
            yield word.after
        elif after.x - _right(word, text) > _LEAST_BLANK * size and after.text[0] not in ".,;:)":
            yield " "


def _raised(word: Word, size: float, baseline: float) -> str:
    """A small number above the line is a footnote mark, and becomes raised digits."""
    small = 0 < word.size < 0.8 * size
    if small and word.baseline > baseline + 0.1 * size and word.text.isdecimal():
        return word.text.translate(_RAISED)
    return word.text
