"""A document while it is read: each step on the way to its blocks is taken once, whoever asks."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

import msgspec

from veikart.engines.proposal import Unreadable
from veikart.engines.readers.archive import Archive
from veikart.engines.readers.blocks import Block, blocks
from veikart.engines.readers.document_text import lines_of_pdf, lines_of_text
from veikart.engines.readers.docx_text import docx_lines, docx_margins
from veikart.engines.readers.pages import Form, Page, Pages, Recognised
from veikart.engines.readers.paragraphs import Gathered, Line, check_length, gathered
from veikart.engines.readers.pdf_line import PdfLine
from veikart.engines.readers.pdf_lines import pdf_pages
from veikart.engines.readers.pdf_pictures import pictured_pages
from veikart.engines.readers.pdf_words import Word
from veikart.engines.readers.running_heads import running_lines
from veikart.engines.readers.table_rows import Decoded, decode

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STAMP = 150  # letters

Printed = Sequence[Sequence[PdfLine]]


class Document:
    """The file `name` that holds `content`, and what is found in it, each when first asked for.

    Several readers look at a file to tell whose it is; opening a PDF takes longer than all else.
    A scanned page has no text but what is `recognised`: by the number of a page, the lines that
    were read off it. Whatever is asked of it raises Unreadable for what cannot be opened, is no
    document, holds no text, or is too long.
    """

    def __init__(self, name: str, content: bytes, *, recognised: Recognised | None = None) -> None:
        self.name = name
        self.content = content
        self._recognised = recognised or {}
        self._words: list[Sequence[Word]] = []

    def with_recognised(self, found: Recognised) -> "Document":
        """The same document with the lines that were read off its scanned pages."""
        other = Document(self.name, self.content, recognised=found)
        other.printed, other._words = self.printed, self._words
        other._pictures = self._pictures
        return other

    @cached_property
    def form(self) -> Form:
        """Which kind of file it is, as its bytes show."""
        if self.content.startswith(b"PK"):
            return "docx"
        if b"%PDF-" in self.content[:1024]:
            return "pdf"
        if self.content.startswith(_OLD_OFFICE):
            raise Unreadable(
                "encrypted",
                f"Expected a document as TXT, DOCX or PDF; {self.name} is an Office file with a "
                "password, or of the kind used before 2007. Save it without a password as DOCX, "
                "and take that in.",
            )
        return "text"

    @cached_property
    def printed(self) -> Printed:
        """All lines of each page of a PDF, running heads and all."""
        self._words.clear()
        return pdf_pages(self.name, self.content, words=self._words)

    @property
    def words(self) -> Sequence[Sequence[Word]]:
        """The words of each page of a PDF, where they stand."""
        return self._words if self.printed else ()

    @cached_property
    def decoded(self) -> Decoded:
        """The text of a file that is text, and its encoding."""
        return decode(self.name, self.content)

    @cached_property
    def lines(self) -> Sequence[Line]:
        """The lines of all pages, without running heads and page numbers."""
        if self.form == "pdf":
            return self._lines_of_pdf()
        if self.form == "docx":
            return _placed(docx_lines(self.name, Archive(self.name, self.content)))
        return _placed(self._lines_of_text())

    @cached_property
    def gathered(self) -> Sequence[Gathered]:
        """The lines that belong together, joined."""
        return gathered(self.lines)

    @cached_property
    def pages(self) -> Pages:
        """The text of each page with its lines."""
        if self.form == "pdf":
            return self._pages_of_pdf()
        text = "\n".join(line.text for line in self.lines)
        page = Page(number=None, text=text, lines=tuple(self.lines))
        return Pages(name=self.name, form=self.form, pages=(page,), margins=self._margins())

    @cached_property
    def blocks(self) -> Sequence[Block]:
        """Its blocks in reading order; see `blocks.blocks`."""
        return blocks(self.pages, joined=self.gathered)

    def _margins(self) -> tuple[str, ...]:
        if self.form == "text":
            return ()
        return tuple(docx_margins(self.name, Archive(self.name, self.content)))

    def _lines_of_text(self) -> Sequence[Line]:
        check_length(self.name, len(self.decoded.text))
        lines = lines_of_text(self.decoded.text)
        if not lines:
            raise Unreadable(
                "empty",
                f"Expected a document as TXT, DOCX or PDF; {self.name} is empty. "
                "Export or save it again, and look at it before it is taken in.",
            )
        return lines

    @cached_property
    def _pictures(self) -> frozenset[int]:
        """The pages that are pictures: those without text, and where no page has more than an
        archive stamps on it, all that pictures cover.
        """
        letters = [sum(len(line.text) for line in lines) for lines in self.printed]
        most = _STAMP if max(letters, default=0) < _STAMP else 0
        bare = {number: many for number, many in enumerate(letters, start=1) if many <= most}
        return pictured_pages(self.name, self.content, bare) if bare else frozenset()

    @cached_property
    def _read(self) -> frozenset[int]:
        """The pages that are pictures and were recognised."""
        return self._pictures & self._recognised.keys() if self._recognised else frozenset()

    @cached_property
    def _shown(self) -> Printed:
        """The lines of each page of a PDF, printed or recognised."""
        return [
            self._recognised[number] if number in self._read else lines
            for number, lines in enumerate(self.printed, start=1)
        ]

    @cached_property
    def _running(self) -> set[tuple[int, int]]:
        return running_lines(self._shown)

    def _lines_of_pdf(self) -> Sequence[Line]:
        starts: dict[tuple[int | None, int | None], int] = {}
        kept = []
        for page in self._shown:
            start = 0
            for line in page:
                starts[line.page, line.number] = start
                start += len(line.text) + 1
                if (line.page, line.number) not in self._running:
                    kept.append(line)
        return [
            msgspec.structs.replace(line, start=starts[line.page, line.line])
            for line in lines_of_pdf(kept)
        ]

    def _pages_of_pdf(self) -> Pages:
        if not self.lines and not self._pictures:
            raise Unreadable(
                "no_text",
                f"Expected a PDF with text or scanned pages; none of the {len(self._shown)} pages "
                f"of {self.name} has any. Look if it is the right file.",
            )
        own: dict[int | None, list[Line]] = defaultdict(list)
        for line in self.lines:
            own[line.page].append(line)
        made = tuple(
            Page(
                number=number,
                text="\n".join(line.text for line in page),
                lines=tuple(own[number]),
                is_picture=number in self._pictures,
                recognised=number in self._read,
            )
            for number, page in enumerate(self._shown, start=1)
        )
        running = self._running
        heads = [
            line.text
            for page in self._shown
            for line in page
            if (line.page, line.number) in running
        ]
        margins = tuple(dict.fromkeys(heads))
        return Pages(name=self.name, form="pdf", pages=made, margins=margins)


def pages(name: str, content: bytes, *, recognised: Recognised | None = None) -> Pages:
    """The pages of `content`; which kind of file it is (DOCX, PDF or text) shows in its bytes.

    A scanned page has no text but what is `recognised`: by the number of a page, the lines that
    were read off it. Those that are `waiting` can be recognised and handed in.
    Raises Unreadable for what cannot be opened, is no document, holds no text, or is too long.
    """
    return Document(name, content, recognised=recognised).pages


def _placed(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines of a document without pages, each told where it begins in the whole."""
    placed = []
    start = 0
    for line in lines:
        placed.append(msgspec.structs.replace(line, start=start))
        start += len(line.text) + 1
    return placed
