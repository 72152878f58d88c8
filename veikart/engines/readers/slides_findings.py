"""The findings on slides: a sentence, and below it the marked points that it rests on."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import dropwhile

import msgspec

from veikart.engines.proposal import Item
from veikart.engines.readers.agenda_items import item
from veikart.engines.readers.agenda_text import found_at, in_one
from veikart.engines.readers.paragraphs import Line, ends_a_sentence
from veikart.engines.readers.slides_boxes import Box
from veikart.engines.readers.slides_plan import is_dated, quarters_in
from veikart.engines.readers.slides_values import FindingValues

_MARK = re.compile(r"(?:[-–—•‣▪◦●○■□*·∙➢✓\ue000-\uf8ff]|o(?=\s))(?:\s+|$)")
_FEWEST_WORDS = 6
"""A title above a list has fewer, and is no sentence."""


class Finding(msgspec.Struct):
    """A finding as it was read: the lines of its sentence, those of each point, and its boxes."""

    said: Sequence[Line]
    grounds: list[list[Line]]
    boxes: list[Box]


def findings(found: Sequence[Box], words: Counter[str]) -> list[Finding]:
    """The findings in order.

    A sentence without a full stop leads to the points below it; one with a full stop, between two
    points, goes on with the first. A sentence right above another that has points is a finding, too:
    it is what they come to.
    """
    taking = _Taking(words)
    for box in found:
        taking.take(box)
    return taking.made


def finding_items(found: Sequence[Finding], words: Counter[str]) -> Iterator[Item]:
    """The items of findings, numbered from 1."""
    for number, one in enumerate(found, start=1):
        values = FindingValues(
            number=number,
            text=in_one(one.said, words),
            grounds=tuple(_without_mark(in_one(lines, words)) for lines in one.grounds),
        )
        yield item("finding", f"evaluering/funn/{number}", values, found_at(one.said))


class _Taking:
    """The findings so far, the one whose points may go on, and the sentences right above."""

    def __init__(self, words: Counter[str]) -> None:
        self.words = words
        self.made: list[Finding] = []
        self.current: Finding | None = None
        self.above: list[Finding] = []

    def take(self, box: Box) -> None:
        """Take the next box."""
        head, points = _parted(box)
        text = in_one(head, self.words)
        if box.label is not None or (head and not points and not _leads(text)):
            self.current, self.above = None, []
        elif not points:
            self.current = None
            self.above.append(Finding(head, [], [box]))
        elif self.current is not None and (not head or ends_a_sentence(text)):
            self.current.grounds[-1] += head
            self._add(box, points)
        elif head and _leads(text):
            self._begin(Finding(head, [], []))
            self._add(box, points)
        elif self.above and not head:
            self._begin(self.above.pop())
            self._add(box, points)
        else:
            self.current, self.above = None, []

    def _begin(self, finding: Finding) -> None:
        self.made += [*self.above[-1:], finding]
        self.current, self.above = finding, []

    def _add(self, box: Box, points: Sequence[list[Line]]) -> None:
        if self.current is not None:
            self.current.grounds += points
            self.current.boxes.append(box)


def _parted(box: Box) -> tuple[Sequence[Line], list[list[Line]]]:
    """The lines of a box before its first point, without what only says when and by whom; and those of
    each point.
    """
    head: list[Line] = []
    points: list[list[Line]] = []
    for line in box.lines:
        if _MARK.match(line.text):
            points.append([line])
        else:
            (points[-1] if points else head).append(line)
    return list(dropwhile(is_dated, head)), points


def _leads(text: str) -> bool:
    """Whether a text is a sentence that leads to points: long enough, and without a full stop."""
    is_long = len(text.split(maxsplit=_FEWEST_WORDS - 1)) >= _FEWEST_WORDS
    return is_long and text[:1].isupper() and not (ends_a_sentence(text) or quarters_in(text))


def _without_mark(text: str) -> str:
    return _MARK.sub("", text, count=1)
