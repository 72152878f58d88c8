"""Our own method: how much of the way that should be gone by now is gone."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from veikart.engines.progress import course as words
from veikart.engines.progress.course import Aim, Course, Direction, Point, Start, is_met, near
from veikart.engines.progress.scale import off_scale, on_scale


class Outcome(NamedTuple):
    """The path's value now, the part of the way gone, and the class; or why there is none."""

    expected: float | None
    progress: float | None
    verdict: words.Verdict
    reason: words.Reason | None = None


def not_assessable(reason: words.Reason) -> Outcome:
    """No figure, and why."""
    return Outcome(None, None, "not_assessable", reason)


def path_progress(
    start: Start, now: Point, way: Sequence[Aim], *, direction: Direction, is_share: bool
) -> Outcome:
    """How far along the path from `start` over the milestones in `way` to its last aim `now` is.

    The path is straight from each to the next: on log odds for shares, else on the number itself.
    It begins when the baseline's period ends, passes each aim at the end of its year, and stays
    at the last one afterwards. Progress is (now − baseline) / (path now − baseline) on that scale;
    None where the path has not left the baseline, or leads against the direction; then being at
    least where the path is counts as on it.
    """
    last = way[-1]
    refused = _refusal(start, now, last, is_share)
    if refused:
        return not_assessable(refused)
    better = words.sign(direction)
    begun = on_scale(start.value, is_share=is_share)
    wanted = _path_at(now.end, begun, start, way, is_share)
    expected = off_scale(wanted, is_share=is_share)
    if now.end >= words.end_of_year(last.year):
        expected = last.value
    gone, due = on_scale(now.value, is_share=is_share) - begun, wanted - begun
    forward = better * due > 0
    progress = gone / due if forward else None
    if is_met(now.value, last.value, direction):
        return Outcome(expected, progress, "reached")
    if progress is not None:
        return Outcome(expected, progress, words.verdict_of(progress))
    return Outcome(expected, None, "on_path" if is_met(gone, due, direction) else "wrong_way")


def _refusal(start: Start, now: Point, last: Aim, is_share: bool) -> words.Reason | None:
    if words.end_of_year(last.year) <= start.end:
        return "target_before_baseline"
    if now.end <= start.end:
        return "no_newer_data"
    if near(last.value, start.value):
        return "target_equals_baseline"
    if is_share:
        if not all(0 <= value <= 1 for value in (start.value, now.value, last.value)):
            return "outside_limits"
        if start.value in (0, 1):
            return "zero_base"
        if on_scale(start.value, is_share=True) == on_scale(last.value, is_share=True):
            return "outside_limits"
    return None


def _path_at(end: float, begun: float, start: Start, way: Sequence[Aim], is_share: bool) -> float:
    """Where the path is at `end`, on the scale."""
    corners = [(start.end, begun)]
    corners += [
        (words.end_of_year(aim.year), on_scale(aim.value, is_share=is_share)) for aim in way
    ]
    for (left, low), (right, high) in pairwise(corners):
        if end < right:
            return low + (high - low) * (end - left) / (right - left)
    return corners[-1][1]


def kept(points: Sequence[Point], lower: float, upper: float, *, year: int) -> Outcome:
    """Whether the latest value lies from `lower` to `upper`, both included, as it is to.

    Inside: on_path, and reached when `year` is over. Outside: behind if it is nearer than the
    value before, or there is none; else wrong_way. The path is the nearest value inside, and
    progress None. `points` are in order of time, at least one.
    """
    now = points[-1]
    expected = min(max(now.value, lower), upper)
    if near(now.value, expected):
        over = now.end >= words.end_of_year(year)
        return Outcome(expected, None, "reached" if over else "on_path")
    misses = [distance(point.value, lower, upper) for point in points[-2:]]
    nearer = len(misses) == 1 or misses[1] < misses[0]
    return Outcome(expected, None, "behind" if nearer else "wrong_way")


def distance(value: float, lower: float, upper: float) -> float:
    """How far `value` lies outside `lower` to `upper`; 0 inside."""
    return abs(value - min(max(value, lower), upper))


def limits_of(aim: Aim, direction: Direction | None) -> tuple[float, float] | None:
    """From what to what a value is to be kept; None where only a direction would tell.

    Raises ValueError for a band without an upper end, or with its ends the wrong way round.
    """
    if aim.kind == "band":
        if aim.upper is None or aim.upper < aim.value:
            raise ValueError(
                f"Expected a band from its lower to its upper end, found {aim.value} to "
                f"{aim.upper}. Give target {aim.no} both ends."
            )
        return aim.value, aim.upper
    if direction is None:
        return None
    infinite = float("inf")
    return (aim.value, infinite) if direction == "up" else (-infinite, aim.value)


def outcome(course: Course, aim: Aim, points: Sequence[Point], start: Start | None) -> Outcome:
    """What the path says of `aim`; a `reach` aim of an earlier year is a milestone on its way.

    `points` are in order of time, at least one; `start` is None without a baseline.
    """
    if aim.kind != "reach":
        limits = limits_of(aim, course.direction)
        if limits is None:
            return not_assessable("no_direction")
        return kept(points, *limits, year=aim.year)
    if course.direction is None:
        return not_assessable("no_direction")
    if start is None:
        return not_assessable("no_baseline")
    return path_progress(
        start,
        points[-1],
        [*_milestones(course, aim, start), aim],
        direction=course.direction,
        is_share=course.is_share,
    )


def _milestones(course: Course, aim: Aim, start: Start) -> list[Aim]:
    between = [
        other
        for other in course.aims
        if other.kind == "reach" and start.end < words.end_of_year(other.year)
    ]
    return sorted((o for o in between if o.year < aim.year), key=lambda other: other.year)
