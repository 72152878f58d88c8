"""Circles laid along a line without overlapping: the largest first, each as near the line as it can come."""

import math
from collections.abc import Sequence
from typing import NamedTuple

TOUCHING = 1e-9
"""Circles that are nearer than this to overlapping only touch."""


class Circle(NamedTuple):
    """Where a circle is to lie along the line, how far it may be moved across it, and its radius."""

    along: float
    radius: float
    across: float = 0.0


def swarm(circles: Sequence[Circle], *, air: float = 0.5) -> list[Circle]:
    """The circles moved across the line so that none overlap; order and places along it are kept.

    Each is put where it is nearest the line without touching those before it, above on a tie.
    Equal circles give equal places, so a drawing is the same whenever it is made.
    """
    order = sorted(range(len(circles)), key=lambda n: (-circles[n].radius, circles[n].along, n))
    placed: list[Circle] = []
    found: dict[int, Circle] = {}
    for number in order:
        circle = circles[number]
        across = _nearest(circle, placed, air)
        found[number] = circle._replace(across=across)
        placed.append(found[number])
    return [found[number] for number in range(len(circles))]


def _nearest(circle: Circle, placed: Sequence[Circle], air: float) -> float:
    """The place across nearest 0 that is free."""
    taken = []
    for other in placed:
        reach = circle.radius + other.radius + air
        apart = circle.along - other.along
        if abs(apart) < reach:
            half = math.sqrt(reach * reach - apart * apart)
            taken.append((other.across - half, other.across + half))
    low, high = 0.0, 0.0
    for begin, end in _merged(taken):
        if begin + TOUCHING < 0.0 < end - TOUCHING:
            low, high = begin, end
    return min(low, high, key=lambda place: (abs(place), place))


def _merged(taken: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """What is taken, as stretches that do not overlap; two that only touch leave a place between."""
    stretches: list[tuple[float, float]] = []
    for begin, end in sorted(taken):
        if stretches and begin < stretches[-1][1] - 2 * TOUCHING:
            stretches[-1] = (stretches[-1][0], max(end, stretches[-1][1]))
        else:
            stretches.append((begin, end))
    return stretches


def packed(
    radii: Sequence[float], *, width: float, air: float = 2
) -> tuple[list[tuple[float, float]], float]:
    """Middles of circles in rows from the left that are at most `width` wide, and their height."""
    found: list[tuple[float, float]] = []
    x, top, tallest = 0.0, 0.0, 0.0
    for radius in radii:
        if x and x + 2 * radius > width:
            x, top, tallest = 0.0, top + tallest + air, 0.0
        found.append((x + radius, top + radius))
        x += 2 * radius + air
        tallest = max(tallest, 2 * radius)
    return found, top + tallest
