"""The pages of a document as text, each with its lines: what every place in a file is counted in."""

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from veikart.engines.readers.paragraphs import Line
from veikart.engines.readers.pdf_line import PdfLine

Form = Literal["pdf", "docx", "text"]
Recognised = Mapping[int, Sequence[PdfLine]]


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


def all_lines(of: Pages) -> Sequence[Line]:
    """The lines of all pages, in order."""
    return [line for page in of.pages for line in page.lines]
