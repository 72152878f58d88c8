"""The pages of a document as text, each with its lines: what every place in a file is counted in."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from veikart.engines.proposal import Unreadable
from veikart.engines.readers.archive import Archive
from veikart.engines.readers.document_text import lines_of_pdf, lines_of_text
from veikart.engines.readers.docx_text import docx_lines, docx_margins
from veikart.engines.readers.paragraphs import Line, check_length
from veikart.engines.readers.pdf_lines import PdfLine, pdf_pages
from veikart.engines.readers.pdf_pictures import pictured_pages
from veikart.engines.readers.running_heads import running_lines
from veikart.engines.readers.table_rows import decode
from veikart.engines.readers.texts import plain

Form = Literal["pdf", "docx", "text"]
Recognised = Mapping[int, Sequence[PdfLine]]

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STAMP = 150  # letters


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page: its number from 1, or None where the format has no pages and all is one.

    `text` is all that is printed on it, a line feed after each line. `lines` are those without
    running heads and page numbers; each says where in `text` it begins.
    `is_picture` says that it is scanned paper, and `recognised` that its text was read off it.
    """

    number: int | None
    text: str
    lines: tuple[Line, ...] = ()
    is_picture: bool = False
    recognised: bool = False


class Pages(msgspec.Struct, frozen=True, kw_only=True):
    """A document, page by page. `margins` are the lines that run through its margins."""

    name: str
    form: Form
    pages: tuple[Page, ...]
    margins: tuple[str, ...] = ()

    @property
    def is_scanned(self) -> bool:
        """Whether it is scanned paper: some pages are pictures, and no other has text."""
        own = any(page.lines for page in self.pages if not page.is_picture)
        return not own and any(page.is_picture for page in self.pages)

    @property
    def waiting(self) -> tuple[int, ...]:
        """The numbers of the pages whose text is still to be recognised."""
        return tuple(
            page.number or 1 for page in self.pages if page.is_picture and not page.recognised
        )

    def text_at(self, page: int | None, start: int, end: int) -> str:
        """What stands at a place: code points from `start` up to `end` in the text of `page`.

        A place that goes on overleaf is counted as if the next pages' texts followed, each after
        a line feed. Raises LookupError for a page that is not there.
        """
        first = next((at for at, one in enumerate(self.pages) if one.number == page), None)
        if first is None:
            raise LookupError(f"{self.name} has no page {page}.")
        return "\n".join(one.text for one in self.pages[first:])[start:end]


def pages(name: str, content: bytes, *, recognised: Recognised | None = None) -> Pages:
    """The pages of `content`; which kind of file it is (DOCX, PDF or text) shows in its bytes.

    A scanned page has no text but what is `recognised`: by the number of a page, the lines that
    were read off it. Those that are `waiting` can be recognised and handed in.
    Raises Unreadable for what cannot be opened, is no document, holds no text, or is too long.
    """
    if content.startswith(b"PK"):
        archive = Archive(name, content)
        lines = docx_lines(name, archive)
        margins = tuple(docx_margins(name, archive))
        return Pages(name=name, form="docx", pages=_one_page(lines), margins=margins)
    if b"%PDF-" in content[:1024]:
        return _pages_of_pdf(name, content, recognised or {})
    if content.startswith(_OLD_OFFICE):
        raise Unreadable(
            "encrypted",
            f"Expected a document as TXT, DOCX or PDF; {name} is an Office file with a password, or "
            "of the kind used before 2007. Save it without a password as DOCX, and take that in.",
        )
    return Pages(name=name, form="text", pages=_one_page(_text_lines(name, content)))


def _text_lines(name: str, content: bytes) -> list[Line]:
    decoded = decode(name, content)
    check_length(name, len(decoded.text))
    lines = lines_of_text(decoded.text)
    if not lines:
        raise Unreadable(
            "empty",
            f"Expected a document as TXT, DOCX or PDF; {name} is empty. "
            "Export or save it again, and look at it before it is taken in.",
        )
    return lines


def _pages_of_pdf(name: str, content: bytes, recognised: Recognised) -> Pages:
    printed = pdf_pages(name, content)
    pictures = _pictures(name, content, printed)
    read = pictures & recognised.keys()
    found = [
        list(recognised[number]) if number in read else lines
        for number, lines in enumerate(printed, start=1)
    ]
    running = running_lines(found)
    kept = [line for page in found for line in page if (line.page, line.number) not in running]
    if not kept and not pictures:
        raise Unreadable(
            "no_text",
            f"Expected a PDF with text or scanned pages; none of the {len(found)} pages of {name} "
            "has any. Look if it is the right file.",
        )
    laid_out = {(line.page, line.line): line for line in lines_of_pdf(kept)}
    made = []
    for number, page in enumerate(found, start=1):
        lines = [laid_out.get((number, line.number)) for line in page]
        made.append(
            msgspec.structs.replace(
                _page(number, [line.text for line in page], lines),
                is_picture=number in pictures,
                recognised=number in read,
            )
        )
    heads = [line.text for page in found for line in page if (line.page, line.number) in running]
    return Pages(name=name, form="pdf", pages=tuple(made), margins=tuple(dict.fromkeys(heads)))


def _pictures(name: str, content: bytes, printed: Sequence[Sequence[PdfLine]]) -> frozenset[int]:
    """The pages that are pictures: those without text, and where no page has more than an archive
    stamps on it, all that pictures cover.
    """
    letters = [sum(len(line.text) for line in lines) for lines in printed]
    most = _STAMP if max(letters, default=0) < _STAMP else 0
    bare = {number: many for number, many in enumerate(letters, start=1) if many <= most}
    return pictured_pages(name, content, bare) if bare else frozenset()


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
