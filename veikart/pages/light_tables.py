"""Rows of large tables as HTML. It allows the ends of cells and rows to be left out, and so do we."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe


def head(columns: Iterable[str]) -> SafeString:
    """The row of a table's head."""
    cells = "".join(f'<th scope="col">{_safe(column)}' for column in columns)
    return mark_safe(f"<tr>{cells}")  # noqa: S308 (every part is escaped)


def row(name: str, cells: Iterable[str]) -> str:
    """A row: what it is about, then its cells as HTML."""
    return f'<tr><th scope="row">{_safe(name)}{"".join(cells)}'


def rows(made: Iterable[str]) -> SafeString:
    """Rows made by `row`, joined."""
    return mark_safe("".join(made))  # noqa: S308 (every part is escaped)


def cell(value: str, note: str = "") -> str:
    """A cell with a value, and in a quieter voice what is special about it."""
    return f"<td>{escape(value)} <i>{escape(note)}</i>" if note else f"<td>{escape(value)}"


def missing(why: str, *, width: int = 1) -> str:
    """A cell that says why there is no value, in the place of `width` cells."""
    wide = f' colspan="{width}"' if width > 1 else ""
    return f'<td class="why"{wide}>{escape(why)}'


def _safe(text: str) -> str:
    """Python's own escape: Django's looks for lazy texts first, which costs more than the rest."""
    return text if isinstance(text, SafeString) else escape(text)
