"""Assess a series against its targets by a named method."""

from collections.abc import Sequence

from veikart.engines.progress import germany, open_sdg, path
from veikart.engines.progress.course import (
    Aim,
    Assessment,
    Course,
    Method,
    Point,
    Start,
    end_of,
    known_points,
)
from veikart.engines.progress.path import Outcome, not_assessable

NO_AIM = 0
"""The number of the target in an assessment of a series without any."""


def assess(course: Course, *, method: Method = "path") -> tuple[Assessment, ...]:
    """One assessment of the latest value for each aim, by year; the last one leads the headline.

    Without an aim there is one, with target 0: by `germany` on the direction alone, else not
    assessable for want of a target. Never raises for what is missing: it says not_assessable and
    the reason.

    Raises:
        ValueError: a period is none or comes twice, a band has not two ends, or a method is
            unknown.
    """
    if method not in ("path", "open_sdg", "germany"):
        raise ValueError(f"Expected path, open_sdg or germany as the method, found “{method}”.")
    points = known_points(course.series)
    start = _start(course, points)
    aims: list[Aim | None] = [*sorted(course.aims, key=lambda aim: (aim.year, aim.no))]
    return tuple(_one(course, aim, points, start, method) for aim in aims or [None])


def _one(
    course: Course, aim: Aim | None, points: list[Point], start: Start | None, method: Method
) -> Assessment:
    found = _outcome(course, aim, points, start, method)
    now = points[-1] if points else None
    return Assessment(
        method=method,
        target=aim.no if aim else NO_AIM,
        period=now.period if now else None,
        value=now.value if now else None,
        expected=found.expected,
        progress=found.progress,
        verdict=found.verdict,
        reason=found.reason,
    )


def _outcome(
    course: Course, aim: Aim | None, points: list[Point], start: Start | None, method: Method
) -> Outcome:
    if aim is None and method != "germany":
        return not_assessable("no_target")
    if not points:
        return not_assessable("no_data")
    if aim is None or method == "germany":
        return germany.outcome(aim, _since_break(course, points), direction=course.direction)
    if method == "open_sdg":
        return open_sdg.outcome(
            aim, points[-1], start, direction=course.direction, is_share=course.is_share
        )
    return path.outcome(course, aim, _since_break(course, points), start)


def _start(course: Course, points: Sequence[Point]) -> Start | None:
    """The stated baseline, or what the series says there if that can be compared with today."""
    if course.baseline_period is None:
        return None
    end = end_of(course.baseline_period)
    if course.baseline_value is not None:
        return Start(end, course.baseline_value)
    comparable = _since_break(course, points)
    values = [point.value for point in comparable if point.period == course.baseline_period]
    return Start(end, values[0]) if values else None


def _since_break(course: Course, points: Sequence[Point]) -> list[Point]:
    """The points that can be compared with the latest one."""
    return since_break(points, course.breaks)


def since_break(points: Sequence[Point], breaks: Sequence[str]) -> list[Point]:
    """Those of `points` from the last of `breaks` on that the latest one has passed."""
    if not points:
        return []
    passed = [end for period in breaks if (end := end_of(period)) <= points[-1].end]
    return [point for point in points if point.end >= max(passed, default=0.0)]
