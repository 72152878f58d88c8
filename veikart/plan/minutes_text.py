"""Minutes as lines of text: how they lie in a Plan, in parts, and what their fingerprint is of.

The first line is the title. An empty line stands before each heading, and nowhere else; what follows a
heading, until the next empty line, is said under it.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Section(NamedTuple):
    """A heading and the lines under it; that of the first section is the title of the minutes."""

    heading: str
    lines: tuple[str, ...]


def sections(text: Sequence[str]) -> tuple[Section, ...]:
    """The minutes `text` in parts, the title with its lines first."""
    found: list[list[str]] = []
    for line in text:
        if not line.strip():
            found.append([])
        elif found:
            found[-1].append(line)
        else:
            found.append([line])
    return tuple(Section(part[0], tuple(part[1:])) for part in found if part)


def lines(parts: Iterable[Section]) -> tuple[str, ...]:
    """The parts as lines, from which `sections` makes the same parts again."""
    text: list[str] = []
    for part in parts:
        if text:
            text.append("")
        text += [part.heading, *part.lines]
    return tuple(text)


def fingerprint(text: Sequence[str]) -> str:
    """The SHA-256 of the lines in UTF-8, each with a line feed at its end."""
    return hashlib.sha256("".join(f"{line}\n" for line in text).encode()).hexdigest()
