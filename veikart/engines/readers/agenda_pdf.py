"""The lines of a PDF parted at the wide gaps between columns, which a line of text does not have."""

from collections.abc import Iterator

from veikart.engines.readers.document_text import lines_of_pdf
from veikart.engines.readers.paragraphs import Line, check_length
from veikart.engines.readers.pdf_file import opened
from veikart.engines.readers.pdf_line import PdfLine
from veikart.engines.readers.pdf_words import PageText, Word
from veikart.engines.readers.running_heads import without_running_heads
from veikart.engines.readers.texts import plain

_RISE = 0.6  # of the size of the letters: more is another line
_GAP = 0.9  # of the size of the letters: a blank is a quarter of it, so this is another column


def column_lines(name: str, content: bytes) -> list[Line]:
    """The lines of all pages without running heads, each row of a table parted into its cells.

    Raises Unreadable as `pdf_pages` does.
    """
    found: list[list[PdfLine]] = []
    characters = 0
    with opened(name, content) as document:
        for index in range(len(document)):
            page = document[index]
            textpage = page.get_textpage()
            characters += textpage.count_chars()
            check_length(name, characters)
            found.append(list(_pieces(index + 1, PageText(textpage))))
            textpage.close()
            page.close()
    return lines_of_pdf(without_running_heads(found))


def _pieces(page: int, text: PageText) -> Iterator[PdfLine]:
    number = 1
    group: list[Word] = []
    for word in text.words():
        if group and _is_apart(word, group[-1], text):
            if (line := _line(page, number, group, text)).text:
                yield line
                number += 1
            group = []
        group.append(word)
    if group and (line := _line(page, number, group, text)).text:
        yield line


def _is_apart(word: Word, last: Word, text: PageText) -> bool:
    """Whether a word stands on another line than the last one, or in another column."""
    size = max(word.size, last.size)
    if abs(word.baseline - last.baseline) > _RISE * size or word.x < last.x:
        return True
    return word.x - last.x > _GAP * size and word.x - _right(last, text) > _GAP * size


def _right(word: Word, text: PageText) -> float:
    """About where a word ends."""
    left, _baseline = text.origin(word.index + len(word.text) - 1)
    return left + word.size / 2


def _line(page: int, number: int, group: list[Word], text: PageText) -> PdfLine:
    first, last = group[0], group[-1]
    said = "".join(word.text + (" " if word.after else "") for word in group)
    return PdfLine(
        page=page,
        number=number,
        text=" ".join(plain(said).split()),
        left=first.x,
        right=_right(last, text),
        baseline=round(first.baseline, 1),
        size=round(first.size, 1),
        bold=text.is_bold(first.index) and text.is_bold(last.index),
    )
