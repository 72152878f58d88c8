"""Consultations: reading letters, the desk of a hearing with a thousand points, and finding themes."""

from collections.abc import Iterator

from bench import desk, letters, themes
from bench.figures import Figure


def figures() -> Iterator[Figure]:
    """Reading letters, a thousand points at the desk, then finding who speaks of a theme."""
    yield from letters.figures()
    yield from desk.figures()
    yield from themes.figures()
