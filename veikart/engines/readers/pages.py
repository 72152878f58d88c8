"""The pages of a document as text, each with its lines: what every place in a file is counted in."""

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from veikart.engines.proposal import Unreadable
from veikart.engines.readers.archive import Archive
from veikart.engines.readers.document_text import lines_of_pdf, lines_of_text
from veikart.engines.readers.docx_text import docx_lines
from veikart.engines.readers.paragraphs import Line, check_length
from veikart.engines.readers.pdf_lines import pdf_pages
from veikart.engines.readers.running_heads import running_lines
from veikart.engines.readers.table_rows import decode
from veikart.engines.readers.texts import plain

Form = Literal["pdf", "docx", "text"]


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page: its number from 1, or None where the format has no pages and all is one.

    `text` is all that is printed on it, a line feed after each line. `lines` are those without
    running heads and page numbers; each says where in `text` it begins.
    `recognised` text was read off a picture.
    """

    number: int | None
    text: str
    lines: tuple[Line, ...] = ()
    recognised: bool = False


class Pages(msgspec.Struct, frozen=True, kw_only=True):
    """A document, page by page. `margins` are the lines that run through its margins."""

    name: str
    form: Form
    pages: tuple[Page, ...]
    margins: tuple[str, ...] = ()

    @property
    def is_scanned(self) -> bool:
        """Whether it is pictures of text: none of its pages came with text of its own."""
        return all(page.recognised or not page.text.strip() for page in self.pages)

    def text_at(self, page: int | None, start: int, end: int) -> str:
        """What stands at a place: code points from `start` up to `end` in the text of `page`.

        A place that goes on overleaf is counted as if the next pages' texts followed, each after
        a line feed. Raises LookupError for a page that is not there.
        """
        first = next((at for at, one in enumerate(self.pages) if one.number == page), None)
        if first is None:
            raise LookupError(f"{self.name} has no page {page}.")
        return "\n".join(one.text for one in self.pages[first:])[start:end]


def pages(name: str, content: bytes) -> Pages:
    """The pages of `content`; which kind of file it is (DOCX, PDF or text) shows in its bytes.

    A PDF without text gives pages without text (`is_scanned`).
    Raises Unreadable for what cannot be opened, is no document, or is too long.
    """
    if content.startswith(b"PK"):
        lines = docx_lines(name, Archive(name, content))
        return Pages(name=name, form="docx", pages=_one_page(lines))
    if b"%PDF-" in content[:1024]:
        return _pages_of_pdf(name, content)
    decoded = decode(name, content)
    check_length(name, len(decoded.text))
    lines = lines_of_text(decoded.text)
    if not lines:
        raise Unreadable(
            "empty",
            f"Expected a document as TXT, DOCX or PDF; {name} is empty. "
            "Export or save it again, and look at it before it is taken in.",
        )
    return Pages(name=name, form="text", pages=_one_page(lines))


def _pages_of_pdf(name: str, content: bytes) -> Pages:
    found = pdf_pages(name, content)
    running = running_lines(found)
    kept = [line for page in found for line in page if (line.page, line.number) not in running]
    laid_out = {(line.page, line.line): line for line in lines_of_pdf(kept)}
    made = []
    for number, page in enumerate(found, start=1):
        lines = [laid_out.get((number, line.number)) for line in page]
        made.append(_page(number, [line.text for line in page], lines))
    heads = dict.fromkeys(
        line.text for page in found for line in page if (line.page, line.number) in running
    )
    return Pages(name=name, form="pdf", pages=tuple(made), margins=tuple(heads))


def _page(number: int | None, texts: Sequence[str], lines: Sequence[Line | None]) -> Page:
    """A page of these texts; the line of each is told where it begins."""
    placed: list[Line] = []
    start = 0
    for text, line in zip(texts, lines, strict=True):
        if line is not None:
            placed.append(msgspec.structs.replace(line, text=text, page=number, start=start))
        start += len(text) + 1
    return Page(number=number, text="\n".join(texts), lines=tuple(placed))


def _one_page(lines: Iterable[Line]) -> tuple[Page]:
    """The whole of a document without pages."""
    plainly = [msgspec.structs.replace(line, text=plain(line.text)) for line in lines]
    return (_page(None, [line.text for line in plainly], plainly),)


def all_lines(of: Pages) -> Sequence[Line]:
    """The lines of all pages, in order."""
    return [line for page in of.pages for line in page.lines]
