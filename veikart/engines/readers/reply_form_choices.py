"""The boxes of a reply form: which answers there are to tick, and which are ticked."""

import re
from collections.abc import Sequence

import msgspec

_TICKED = "☒☑✓✔✗✘🗹🗷🗵☓\uf0fe\uf0fd\uf052\uf053\uf054\uf0fc\uf0fb"
_EMPTY = "☐□▢❏❐❑❒◻⬜\uf0a8\uf06f\uf071\uf0a3\uf02a"
_MARK = re.compile(rf"(?P<ticked>[{_TICKED}]|[\[(][xX][\])])|(?P<empty>[{_EMPTY}]|\[\s?\]|\(\s\))")
_KNOWN = re.compile(
    r"\b(?:ja|nei|vet\s+ikke|veit\s+ikkje|delvis|yes|no|partly|don.t\s+know)\b", re.IGNORECASE
)
_LONGEST_LABEL = 120


class Box(msgspec.Struct, frozen=True):
    """A box with its label, and whether it is ticked. `end` is where the label ends in the text."""

    label: str
    ticked: bool
    end: int


def boxes(text: str) -> list[Box]:
    """The boxes in a text, in order, each with what is written behind it up to the next one.

    Where all labels but the last end in the same words ("utdyp gjerne"), the last one ends there, too:
    what follows is the answer.
    """
    marks = list(_MARK.finditer(text))
    if not marks:
        return []
    begins = [mark.end() for mark in marks]
    ends = [mark.start() for mark in marks[1:]]
    labels = [_label(text[begin:end]) for begin, end in zip(begins, ends, strict=False)]
    ends.append(_end_of_last(text, begins[-1], labels))
    return [
        Box(_label(text[begin:end]), mark["ticked"] is not None, end)
        for mark, begin, end in zip(marks, begins, ends, strict=True)
    ]


def _end_of_last(text: str, begin: int, others: Sequence[str]) -> int:
    """Where the label of the last box ends, which begins at `begin`."""
    shared = _shared_end(others)
    at = text.find(shared, begin) if shared else -1
    if at >= 0:
        return at + len(shared)
    known = _KNOWN.search(text, begin)
    if len(text) - begin > _LONGEST_LABEL and known:
        return known.end()
    return len(text)


def before_boxes(text: str) -> str:
    """What a text says before its first box; all of it where it has none."""
    return _MARK.split(text, maxsplit=1)[0]


def has_boxes(text: str) -> bool:
    """Whether a text has boxes with short labels, as questions to tick have."""
    found = boxes(text)
    return bool(found) and all(0 < len(box.label) <= _LONGEST_LABEL for box in found)


def choice_of(label: str, choices: Sequence[str]) -> str | None:
    """The answer that a label stands for: one of `choices`, or its words before the first comma."""
    for choice in sorted(choices, key=len, reverse=True):
        if re.match(rf"{re.escape(choice)}\b", label, re.IGNORECASE):
            return choice
    known = _KNOWN.match(label)
    return known[0] if known else re.split(r"[,;(–:]", label)[0].strip() or None


def _label(text: str) -> str:
    return " ".join(text.strip(" |\t").split())


def _shared_end(labels: Sequence[str]) -> str:
    """What follows the first comma in all labels, if it is the same."""
    ends = {label.partition(",")[2].strip() for label in labels}
    return ends.pop() if len(ends) == 1 else ""
