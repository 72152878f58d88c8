"""Letters marked by hand: what was marked, and how well something found agrees with it.

`marked_letters.txt` says for each letter (by the beginning of its SHA-256) how many letters of the
alphabet it has, and for each heading and each point from and up to which of them it goes. Blanks,
figures and signs are not counted, so the marks stay where they are when lines are joined in another
way. The letters themselves are not in the repository.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from pathlib import Path

import pytest

from tests.shared import SHARED
from veikart.engines.readers.pages import Pages

LETTERS = SHARED / "data" / "innspill-helsereform"
ALIKE = 0.5
"""The least part that two places share of all they cover together, to be the same one."""

needs_letters = pytest.mark.skipif(
    not (LETTERS / "filer").is_dir(),
    reason=f"The letters are not in {LETTERS}; name the folder above in VEIKART_SHARED.",
)


@dataclass(frozen=True)
class Span:
    """From the letter `start` up to the letter `end`; `label` is a point's kind."""

    label: str
    start: int
    end: int


@dataclass
class Marked:
    """What one letter was marked with."""

    sha256: str
    letters: int
    is_held_out: bool
    headings: list[Span] = field(default_factory=list)
    points: list[Span] = field(default_factory=list)


def marked_letters() -> list[Marked]:
    """All letters that were marked."""
    found: list[Marked] = []
    rows = (Path(__file__).parent / "marked_letters.txt").read_text().splitlines()
    for label, *rest in map(str.split, rows):
        if label == "letter":
            found.append(Marked(rest[0], int(rest[1]), rest[2] == "held-out"))
            continue
        spans = found[-1].headings if label == "heading" else found[-1].points
        spans.append(Span(label, int(rest[0]), int(rest[1])))
    return found


@cache
def _files() -> dict[str, Path]:
    files = sorted((LETTERS / "filer").iterdir())
    return {hashlib.sha256(file.read_bytes()).hexdigest()[:16]: file for file in files}


def file_of(letter: Marked) -> Path:
    """The file that was marked."""
    return _files()[letter.sha256]


class Counted:
    """Turns a place in a document into letters counted from its beginning."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        text = "\n".join(page.text for page in pages.pages)
        lengths = [len(page.text) + 1 for page in pages.pages]
        self._begins = dict(
            zip((page.number for page in pages.pages), accumulate(lengths, initial=0), strict=False)
        )
        self._letters = [at for at, sign in enumerate(text) if sign.isalpha()]

    @property
    def all(self) -> int:
        """How many letters the document has."""
        return len(self._letters)

    def span(self, label: str, page: int | None, start: int, end: int) -> Span:
        """The place in letters."""
        begin = self._begins[page]
        first, after = (bisect_left(self._letters, begin + at) for at in (start, end))
        return Span(label, first, after)


def matched(found: Sequence[Span], marked: Sequence[Span]) -> list[tuple[Span, Span]]:
    """Pairs of a found and a marked place that share at least half of what they cover together,
    best first, each in one pair at most.
    """
    pairs = [(_shared(one, other), one, other) for one in found for other in marked]
    pairs = sorted((pair for pair in pairs if pair[0] >= ALIKE), key=lambda pair: -pair[0])
    taken: set[int] = set()
    kept = []
    for _likeness, one, other in pairs:
        if not {id(one), id(other)} & taken:
            taken |= {id(one), id(other)}
            kept.append((one, other))
    return kept


def _shared(one: Span, other: Span) -> float:
    both = min(one.end, other.end) - max(one.start, other.start)
    whole = max(one.end, other.end) - min(one.start, other.start)
    return both / whole if both > 0 else 0.0


@dataclass
class Score:
    """How many were found, marked, and the same; and of these how many with the same label."""

    found: int = 0
    marked: int = 0
    same: int = 0
    same_label: int = 0

    def add(self, found: Sequence[Span], marked: Sequence[Span]) -> None:
        """Count those of one letter."""
        pairs = matched(found, marked)
        self.found += len(found)
        self.marked += len(marked)
        self.same += len(pairs)
        self.same_label += sum(one.label == other.label for one, other in pairs)

    @property
    def precision(self) -> float:
        return self.same / max(self.found, 1)

    @property
    def recall(self) -> float:
        return self.same / max(self.marked, 1)

    @property
    def f1(self) -> float:
        return 2 * self.same / max(self.found + self.marked, 1)

    @property
    def labels(self) -> float:
        """The part of the same ones that have the same label."""
        return self.same_label / max(self.same, 1)

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.2f}, recall {self.recall:.2f}, F1 {self.f1:.2f}, "
            f"labels {self.labels:.2f} ({self.marked} marked, {self.found} found)"
        )


def score(letters: Iterable[tuple[Sequence[Span], Sequence[Span]]]) -> Score:
    """The score of all letters together, each given by what was found and what was marked."""
    whole = Score()
    for found, marked in letters:
        whole.add(found, marked)
    return whole
