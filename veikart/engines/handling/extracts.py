"""Cutting a point's words where a person says, and the words of it that are marked."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from veikart.engines.handling.actions import Extract, FoundAt
from veikart.engines.handling.state import Point, State

BETWEEN = "\n\n"
"""What stands between the extracts of a point in its text."""


def cut_at(state: State, point: Point, places: Iterable[int]) -> tuple[tuple[Extract, ...], ...]:
    """The extracts of each piece when the text of `point` is cut before the characters `places`.

    Args:
        state: the state that the point stands in.
        point: the point to cut.
        places: in its text as `State.text_of` gives it; those at its ends cut nothing.

    Returns:
        One tuple of extracts for each piece that has words, in order.
    """
    text = state.text_of(point)
    inside = sorted({place for place in places if 0 < place < len(text)})
    edges = [0, *inside, len(text)]
    pieces = (_between(state, point.extracts, start, end) for start, end in pairwise(edges))
    return tuple(piece for piece in pieces if piece)


def _between(
    state: State, extracts: Sequence[Extract], start: int, end: int
) -> tuple[Extract, ...]:
    """The parts of `extracts` between two places of the joined text; blanks alone are left out."""
    found, here = [], 0
    for extract in extracts:
        text = state.originals[extract.origin].text[extract.start : extract.end]
        words = text.strip()
        first = extract.start + len(text) - len(text.lstrip())
        low, high = max(start - here, 0), min(end - here, len(words))
        if low < high and words[low:high].strip():
            found.append(Extract(origin=extract.origin, start=first + low, end=first + high))
        here += len(words) + len(BETWEEN)
    return tuple(found)


def found_at(state: State, point: Point) -> FoundAt | None:
    """Where the words of `point` begin and end in the file, as far as its first original tells.

    A part of an original has its own place where the original's text is the file's, letter by letter;
    else it has the original's.
    """
    first = point.extracts[0]
    original = state.originals[first.origin]
    place = original.found_at
    if place is None or place.end - place.start != len(original.text):
        return place
    last = point.extracts[-1]
    end = last.end if last.origin == first.origin else first.end
    return FoundAt(
        start=place.start + first.start,
        end=place.start + max(end, first.end),
        page=place.page,
        file=place.file,
    )
