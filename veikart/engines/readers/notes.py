"""Reads notes: a TOML file in which a person writes what one source says against another."""

import hashlib
import re
import tomllib
from collections import Counter
from typing import Any

import msgspec

from veikart.engines.proposal import Caution, FoundAt, Item, Proposal, SourceFile, Unreadable

READER = "notes"

_OPENING = re.compile(rb"^register_says\s*=", re.MULTILINE)


class Note(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One object that the note is about: the fields to change, and those to be left blank."""

    kind: str
    key: str
    values: dict[str, Any] = {}
    blank: list[str] = []


class Notes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file: what the register says, what the text says, and what is uncertain about it."""

    title: str
    source: str
    register_says: str
    text_says: str
    uncertain: str
    remedy: str
    items: list[Note]


def is_notes(content: bytes) -> bool:
    """Whether this looks like notes, by what is in it."""
    return _OPENING.search(content) is not None


def parse_notes(name: str, content: bytes) -> Notes:
    """The notes in `content`. Raises Unreadable if it is not UTF-8, not TOML, or lacks something."""
    try:
        return msgspec.convert(tomllib.loads(content.decode("utf-8-sig")), Notes)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as problem:
        raise Unreadable(
            "not_notes",
            f"{name} cannot be read as notes: {problem}. Expected a TOML file with "
            f"{', '.join(Notes.__struct_fields__)}. Mend that place, and take the file in again.",
        ) from problem


def read_notes(name: str, content: bytes) -> Proposal:
    """The changes that the notes in `content` propose, and as a caution why, and what is uncertain.

    Raises Unreadable as `parse_notes` does.
    """
    notes = parse_notes(name, content)
    items = tuple(
        Item(
            kind=note.kind,
            key=note.key,
            values={**note.values, **dict.fromkeys(note.blank)},
            found_at=FoundAt(line=line),
        )
        for note, line in zip(notes.items, _lines(content, len(notes.items)), strict=True)
    )
    caution = Caution(
        code="disagreement",
        message=f"{notes.register_says} {notes.text_says} {notes.uncertain}",
        remedy=notes.remedy,
    )
    return Proposal(
        reader=READER,
        file=SourceFile(name=name, sha256=hashlib.sha256(content).hexdigest(), bytes=len(content)),
        counts=dict(sorted(Counter(item.kind for item in items).items())),
        items=items,
        warnings=(caution,),
    )


def _lines(content: bytes, expected: int) -> list[int] | list[None]:
    """The line of each item's heading, in order; None for all where they are written otherwise."""
    lines = content.decode("utf-8-sig").splitlines()
    found = [number for number, line in enumerate(lines, start=1) if line.strip() == "[[items]]"]
    return found if len(found) == expected else [None] * expected
