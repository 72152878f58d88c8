"""Lines with fewer places that look the same: Douglas and Peucker's method, and the area of a ring."""

from collections.abc import Sequence

Place = tuple[float, float]


def simplified(line: Sequence[Place], tolerance: float) -> list[Place]:
    """The line with only the places it needs to stay within `tolerance` of what it was.

    Its ends are kept, so lines that met still meet. A closed line keeps its farthest place too.

    Source:
        D. Douglas and T. Peucker, “Algorithms for the reduction of the number of points required
        to represent a digitized line or its caricature”, 1973.
    """
    if len(line) < 3:
        return list(line)
    kept = {0, len(line) - 1}
    open_pieces = [(0, len(line) - 1)]
    while open_pieces:
        begin, end = open_pieces.pop()
        far, number = _farthest(line, begin, end)
        if number is not None and far > tolerance * tolerance:
            kept.add(number)
            open_pieces += [(begin, number), (number, end)]
    return [line[number] for number in sorted(kept)]


def _farthest(line: Sequence[Place], begin: int, end: int) -> tuple[float, int | None]:
    """The place between two that is farthest from the straight line through them, and how far, squared."""
    (x, y), (x2, y2) = line[begin], line[end]
    dx, dy = x2 - x, y2 - y
    length = dx * dx + dy * dy
    far, found = -1.0, None
    for number in range(begin + 1, end):
        a, b = line[number][0] - x, line[number][1] - y
        part = min(max((a * dx + b * dy) / length, 0.0), 1.0) if length else 0.0
        gone = (a - part * dx) ** 2 + (b - part * dy) ** 2
        if gone > far:
            far, found = gone, number
    return far, found


def area(ring: Sequence[Place]) -> float:
    """The area inside a closed ring, whichever way it runs."""
    twice = sum(
        x * y2 - x2 * y for (x, y), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True)
    )
    return abs(twice) / 2
