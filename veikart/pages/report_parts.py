"""What a report is made of: sections of texts, facts, tables, excerpts and changes, as plain values.

The page, the DOCX and the PDF are each written from the same report, so they cannot say different
things. Everything here is text: what a reader may see, and nothing that a format would run.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from veikart.plan.consultations import WITHHELD

_MARKED = re.compile(r'<span lang="(\w\w)">')


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words; `address` is where to read on, `lang` their language where it is not the report’s."""

    text: str
    address: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph. `is_doubt` marks what is not as it should be, in words, too."""

    said: Said
    is_doubt: bool = False
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list."""

    items: tuple[Said, ...]
    kind: str = "items"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known, one thing a line: what it is called, and what it is."""

    pairs: tuple[tuple[str, Said], ...]
    kind: str = "facts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: what it shows, its heads, its rows of as many cells, and a last row of sums if `has_sum`.

    `numbers` are the columns that hold numbers, `widths` the share of the width of each column.
    """

    about: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Said, ...], ...]
    widths: tuple[float, ...]
    numbers: tuple[int, ...] = ()
    has_sum: bool = False
    kind: str = "table"

    @property
    def is_of_numbers(self) -> bool:
        """Whether every column but the first holds numbers."""
        return self.numbers == tuple(range(1, len(self.heads)))

    @property
    def marked_heads(self) -> list[tuple[str, bool]]:
        """Each head, and whether its column holds numbers."""
        return [(head, place in self.numbers) for place, head in enumerate(self.heads)]

    @property
    def marked_rows(self) -> list[tuple[list[tuple[Said, bool]], bool]]:
        """Each row as its cells, each with whether it is a number, and whether the row is the sum."""
        last = len(self.rows) - 1 if self.has_sum else None
        return [
            ([(cell, place in self.numbers) for place, cell in enumerate(cells)], number == last)
            for number, cells in enumerate(self.rows)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """What a respondent wrote, and who that is."""

    said: Said
    who: Said
    kind: str = "excerpt"


Block: TypeAlias = Paragraph | Items | Facts | Table | Excerpt


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading of `level` 1 or 2, what stands under it, and what to call it in an address."""

    heading: Said
    level: int
    blocks: tuple[Block, ...]
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report: its title, the sentence that opens it, who issues it, and its sections."""

    title: str
    lead: str
    eyebrow: str
    issuer: str | None
    foot: str
    sections: tuple[Section, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables in order."""
        return tuple(b for s in self.sections for b in s.blocks if isinstance(b, Table))


def said(text: str | None, address: str | None = None, *, lang: str | None = None) -> Said:
    """Words that may come from anywhere: HTML of ours is taken apart, what is withheld is said to be so."""
    return Said(text=open_words(text or ""), address=address, lang=lang)


def of_html(marked: str, address: str | None = None) -> Said:
    """The words of a piece of our own HTML, with the language that it marks."""
    found = _MARKED.search(marked)
    text = html.unescape(strip_tags(marked.replace("<br>", "\n")))
    return said(text, address, lang=found[1] if found else None)


def open_words(text: str) -> str:
    """`text` with words in place of the sign for what is withheld."""
    return text.replace(WITHHELD, _("[withheld]"))


def row(*cells: str | Said) -> tuple[Said, ...]:
    """A row of cells."""
    return tuple(cell if isinstance(cell, Said) else said(cell) for cell in cells)


def paragraphs(*texts: str | None) -> list[Paragraph]:
    """A paragraph for each text that there is."""
    return [Paragraph(said=said(text)) for text in texts if text]


def table(
    about: str,
    heads: Sequence[str],
    rows: Sequence[tuple[Said, ...]],
    *,
    widths: Sequence[float],
    numbers: Sequence[int] = (),
    has_sum: bool = False,
) -> list[Table]:
    """A table, or nothing where it would have no rows. Raises ValueError for a row of another length."""
    if not rows:
        return []
    wrong = next((each for each in rows if len(each) != len(heads)), None)
    if wrong is not None or len(widths) != len(heads):
        raise ValueError(f"Expected {len(heads)} cells and widths in “{about}”, found {wrong}.")
    return [
        Table(
            about=about,
            heads=tuple(heads),
            rows=tuple(rows),
            widths=tuple(widths),
            numbers=tuple(numbers),
            has_sum=has_sum,
        )
    ]
