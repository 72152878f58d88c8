"""What is drawn of a series: its known points in runs, cut where a value is missing or a series breaks."""

import math
from collections.abc import Iterable, Sequence

from veikart.plan.charts.axes import length, position
from veikart.plan.charts.frame import Place
from veikart.plan.indicators import Break, Cadence, Point

STEPS: dict[Cadence, float] = {
    "monthly": 1 / 12, "quarterly": 1 / 4, "tertial": 1 / 3, "half_yearly": 1 / 2, "yearly": 1,
    "biennial": 2,
}  # fmt: skip
"""Years from one value to the next; irregular series have none."""


def runs(
    points: Sequence[Point], breaks: Sequence[Break] = (), *, cadence: Cadence | None = None
) -> list[list[Point]]:
    """The known points in runs that one line may go through, in order of time.

    A run ends at a missing value, before the first period that is not comparable, and where the
    next point comes later than the cadence says, since something is missing between.
    """
    cuts = [rule for rule, comparable in rules(points, breaks) if not comparable]
    longest = STEPS.get(cadence, math.inf) * 1.5 if cadence else math.inf
    found: list[list[Point]] = [[]]
    before = -math.inf
    for point in sorted(points, key=lambda point: position(point.period)):
        here = position(point.period)
        apart = here - before > longest or any(before < cut < here for cut in cuts)
        if found[-1] and (point.value is None or apart):
            found.append([])
        if point.value is not None:
            found[-1].append(point)
        before = here
    return [run for run in found if run]


def rules(points: Sequence[Point], breaks: Sequence[Break]) -> list[tuple[float, bool]]:
    """Where each break lies, and whether values on its two sides may be compared.

    It lies midway between the first value in the new way and the period before it; a break before
    the first point, or after the last one, divides nothing and is left out.
    """
    places = sorted(position(point.period) for point in points)
    found = []
    for one in breaks:
        start = position(one.period)
        before = [place for place in places if place < start]
        after = [place for place in places if place >= start]
        if before and after:
            near = max(before[-1], start - length(one.period))
            found.append(((near + start) / 2, one.comparable))
    return found


def places(run: Iterable[Point]) -> list[Place]:
    """Where the known points of a run lie."""
    return [(position(point.period), point.value) for point in run if point.value is not None]


def bounds(run: Iterable[Point]) -> list[tuple[float, float, float]]:
    """The points of a run that have bounds: years, lower, upper."""
    return [
        (position(point.period), point.lower, point.upper)
        for point in run
        if point.lower is not None and point.upper is not None
    ]


def numbers_of(points: Iterable[Point]) -> list[float]:
    """All values and bounds that are drawn."""
    known = [point for point in points if point.value is not None]
    every = [number for point in known for number in (point.value, point.lower, point.upper)]
    return [number for number in every if number is not None]
