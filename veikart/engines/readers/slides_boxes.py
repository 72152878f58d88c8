"""The text boxes of slides: lines that stand together, put together where a box was broken in two."""

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from veikart.engines.readers.agenda_text import in_one
from veikart.engines.readers.paragraphs import Line, ends_a_sentence
from veikart.engines.readers.slides_values import Scale

_LABELLED = re.compile(
    r"(?:(?P<label>mål|mål for området|goal|kommentar|merknad|comment|status)\s*(?::\s*|$))",
    re.IGNORECASE,
)
_LONGEST_STATUS = 30
_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d)")
_SCALE: tuple[tuple[Scale, str], ...] = (
    ("small", r"i (?:svært )?liten grad|to a (?:very )?small extent"),
    ("limited", r"i (?:begrenset|avgrensa|mindre) grad|to a limited extent"),
    ("some", r"i (?:noen|nokon|middels) grad|to some extent"),
    ("large", r"i (?:svært )?stor grad|to a (?:very )?(?:large|great) extent"),
)
_WORDS = tuple((value, re.compile(words, re.IGNORECASE)) for value, words in _SCALE)


def scale(text: str) -> Scale | None:
    """The value on the scale that a text is, and nothing else."""
    said = text.strip(" .:")
    return next((value for value, words in _WORDS if words.fullmatch(said)), None)


class Box(msgspec.Struct, frozen=True):
    """A text box: its lines, its text, and its label ("Mål", "Kommentar", "Status") in lower case."""

    text: str
    lines: tuple[Line, ...]
    label: str | None = None


def boxes(lines: Sequence[Line], words: Counter[str]) -> list[Box]:
    """The boxes in order. A label begins one; so does a gap, unless a small letter goes on behind it."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not _begins(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_box(group, words) for group in groups]


def _begins(group: Sequence[Line], line: Line) -> bool:
    last = group[-1]
    if _LABELLED.match(line.text) or _DAY.fullmatch(line.text.strip()) or last.page != line.page:
        return True
    if _DAY.fullmatch(last.text.strip()) or scale(last.text) or scale(line.text):
        return True
    label = _LABELLED.fullmatch(last.text.strip())
    if label is not None:
        is_long = label["label"].casefold() == "status" and len(line.text) > _LONGEST_STATUS
        return line.apart or is_long
    goes_on = line.text[:1].islower() and not ends_a_sentence(last.text)
    return line.apart and not goes_on


def _box(group: Sequence[Line], words: Counter[str]) -> Box:
    text = in_one(group, words)
    match = _LABELLED.match(text)
    if match is None:
        return Box(text, tuple(group))
    return Box(text[match.end() :].strip(), tuple(group), match["label"].casefold())
