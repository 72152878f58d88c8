"""The rows that a document about a council gives: an item of the tables' kinds, and how it is shown and decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from veikart.engines.proposal import FoundAt, Item


class FoundIn(FoundAt, frozen=True, kw_only=True, omit_defaults=True):
    """A place in the file, and where some of the fields were found, by name."""

    fields: dict[str, FoundAt] = {}


@dataclass(frozen=True, kw_only=True)
class Row:
    """An item, what people call it, the address of what it stands or falls with ("": by itself), and the
    fields that a person has to say, with what is suggested.
    """

    item: Item
    name: str
    belongs_to: str = ""
    asked: Mapping[str, str] = field(default_factory=dict)


def row(
    kind: str,
    key: str,
    values: Mapping[str, Any],
    at: FoundAt,
    *,
    name: str,
    belongs_to: str = "",
) -> Row:
    """A row of what a document says; what is None it does not say."""
    said = {field: value for field, value in values.items() if value is not None}
    item = Item(kind=kind, key=key, values=said, found_at=at)
    return Row(item=item, name=name, belongs_to=belongs_to)


def found_in(at: FoundAt, parts: Mapping[str, FoundAt | None]) -> FoundIn:
    """The place `at`, with the places of fields that were found elsewhere."""
    fields = {name: place for name, place in parts.items() if place is not None and place != at}
    return FoundIn(
        row=at.row, line=at.line, page=at.page, start=at.start, end=at.end, fields=fields
    )


def first_free(taken: Iterable[int]) -> int:
    """The number behind the highest that is taken."""
    return max(taken, default=0) + 1
