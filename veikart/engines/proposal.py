"""What every reader gives: values found in a file, where each was found, and what to look at twice."""

from typing import Any

import msgspec


class SourceFile(msgspec.Struct, frozen=True, kw_only=True):
    """The file that was read: its name, the SHA-256 of its bytes in hex, and its size in bytes."""

    name: str
    sha256: str
    bytes: int


class FoundAt(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A place in the file. Rows, lines and pages count from 1; a row counts the heading as row 1."""

    row: int | None = None
    line: int | None = None
    page: int | None = None
    start: int | None = None
    end: int | None = None


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One object the reader found.

    `key` is the uid the object has, or will have, in the plan. `values` names fields of the
    kind's struct in `veikart.plan.model`; a field that the document does not speak of is left out,
    one that it leaves blank is None.
    """

    kind: str
    key: str
    values: dict[str, Any]
    found_at: FoundAt


class Caution(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something kept as it stands that a person should look at, and what to do about it."""

    code: str
    message: str
    remedy: str
    row: int | None = None
    page: int | None = None
    line: int | None = None


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """What `veikart take-in` prints. `counts` has one number a kind, and the reader's own beside it,
    such as `phase_period.tentative`.
    """

    reader: str
    file: SourceFile
    counts: dict[str, int]
    items: tuple[Item, ...]
    warnings: tuple[Caution, ...]


class Unreadable(Exception):
    """The file cannot be read at all. The message says what was expected, found and what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
