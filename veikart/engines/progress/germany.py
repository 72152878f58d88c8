"""Germany's gap rule: go on as in the last five years, and see by how much the target is missed.

Their four weather symbols are our classes: sun is on_path (reached where the target is met and
stays so), sun behind a cloud is behind, cloud is far_behind, thunderstorm is wrong_way.
"""

from collections.abc import Sequence

from veikart.engines.progress import course as words
from veikart.engines.progress.course import Aim, Direction, Point, is_met
from veikart.engines.progress.path import Outcome, distance, limits_of, not_assessable

WINDOW = 5
"""Years that the mean change is taken over: six points of a yearly series."""
FEWEST = 4
"""Fewer points than this say nothing. A series with fewer within the window has its last four."""
SUN = 0.05
"""A target missed by less than this part of the gap, from now to the target, is on its way."""
CLOUD = 0.20
"""Missed by up to this part of the gap is sun behind a cloud, by more a cloud."""


def yearly_change(points: Sequence[Point]) -> float | None:
    """The mean change a year over the last five years; None for fewer than four points.

    `points` are in order of time. The mean of all changes is that from the first to the last.
    """
    recent = [point for point in points if point.end >= points[-1].end - WINDOW - 1e-9]
    if len(recent) < FEWEST:
        recent = list(points[-FEWEST:])
    if len(recent) < FEWEST:
        return None
    first, last = recent[0], recent[-1]
    return (last.value - first.value) / (last.end - first.end)


def outcome(aim: Aim | None, points: Sequence[Point], *, direction: Direction | None) -> Outcome:
    """What the gap rule says of `aim`, or without one of the direction alone.

    Progress is the part of the gap between the latest value and the target that will be closed in
    the target's year if things go on: 1 minus the miss. `points` are in order of time.
    """
    if direction is None and (aim is None or aim.kind != "band"):
        return not_assessable("no_direction")
    change = yearly_change(points)
    if change is None:
        return not_assessable("too_few_points")
    if aim is None:
        return _direction_only(points, change, direction)
    if aim.kind == "reach":
        return _gap(aim, points[-1], change, direction)
    limits = limits_of(aim, direction)
    return _kept(aim, points[-1], change, limits) if limits else not_assessable("no_direction")


def _gap(aim: Aim, now: Point, change: float, direction: Direction | None) -> Outcome:
    """A value to be reached."""
    better = words.sign(direction or "up")
    right = better * change > 0
    years = max(0.0, words.end_of_year(aim.year) - now.end)
    if is_met(now.value, aim.value, direction or "up"):
        stays = is_met(now.value + change * years, aim.value, direction or "up")
        return Outcome(None, None, "reached" if stays else "behind")
    if years == 0:
        return Outcome(None, None, "far_behind" if right else "wrong_way")
    closed = change * years / (aim.value - now.value)
    miss = round(1 - closed, words.DIGITS)
    if not right:
        return Outcome(None, closed, "wrong_way")
    if miss < SUN:
        return Outcome(None, closed, "on_path")
    return Outcome(None, closed, "behind" if miss <= CLOUD else "far_behind")


def _kept(aim: Aim, now: Point, change: float, limits: tuple[float, float]) -> Outcome:
    """A value to be kept, or a band to stay in: is it, and does the mean change lead out of it?"""
    expected = min(max(now.value, limits[0]), limits[1])
    if words.near(now.value, expected):
        if now.end >= words.end_of_year(aim.year):
            return Outcome(expected, None, "reached")
        leads_out = distance(now.value + change, *limits) > 0
        wrong_way = aim.kind == "keep" and _leads_away(change, limits)
        return Outcome(expected, None, "behind" if leads_out or wrong_way else "on_path")
    nearer = distance(now.value + change, *limits) < distance(now.value, *limits)
    return Outcome(expected, None, "far_behind" if nearer else "wrong_way")


def _leads_away(change: float, limits: tuple[float, float]) -> bool:
    """Whether a change goes towards the one limit that a value to be kept has."""
    return change < 0 if limits[1] == float("inf") else change > 0


def _direction_only(points: Sequence[Point], change: float, direction: Direction | None) -> Outcome:
    """No value to be reached: the mean change and the last one should both go the right way."""
    better = words.sign(direction or "up")
    mean, last = better * change > 0, better * (points[-1].value - points[-2].value) > 0
    if mean:
        return Outcome(None, None, "on_path" if last else "behind")
    return Outcome(None, None, "far_behind" if last else "wrong_way")
