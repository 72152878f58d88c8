"""The whole country's series, how far along the way to each target it is, and where it goes."""

from collections.abc import Iterator
from typing import get_args

from veikart.engines.forecast import forecast
from veikart.engines.progress import course
from veikart.engines.progress.assessing import assess, since_break
from veikart.engines.progress.course import Aim, Course, Observed, known_points
from veikart.engines.surveys import Wave, margin, stable_since
from veikart.indicators.computing.grid import SHARES, Grid, significant, significant_or_none
from veikart.plan.indicators import Assessment, Forecast, Indicator, Point, ProgressMethod

METHODS: tuple[ProgressMethod, ...] = get_args(ProgressMethod)


def series_of(grid: Grid) -> tuple[Point, ...]:
    """A point for each period: the value, and between what it lies where a part is unknown, or
    where it is a survey's. Raises ValueError for a survey's share outside 0–1.
    """
    row = grid.nation
    if row is None:
        return ()
    return tuple(_point(grid, row, no) for no in range(len(grid.periods)))


def _point(grid: Grid, row: int, no: int) -> Point:
    cells, value = grid.cells, significant_or_none(grid.values[row, no])
    known, denominated = cells.known[row, no], cells.denominated[row, no]
    lower, upper = _band(grid, row, no) or (None, None)
    return Point(
        period=grid.periods[no],
        numerator=_number(cells.numerator[row, no]) if known else None,
        denominator=_number(cells.denominator[row, no]) if denominated else None,
        value=value,
        lower=lower,
        upper=upper,
        status=grid.status[row, no],
    )


def _number(number: float) -> float:
    """As it is, but for the digits that only say in what order a machine added up."""
    return significant(number) if isinstance(number, float) else int(number)


def _band(grid: Grid, row: int, no: int) -> tuple[float, float] | None:
    """What a share is if all of the unknown are without, and if all are with; a survey's margin."""
    cells = grid.cells
    if grid.kind == "survey_share" and cells.known[row, no] and cells.denominated[row, no]:
        value, respondents = grid.values[row, no], cells.denominator[row, no]
        found = margin(value, respondents) if respondents > 0 else None
        return found and (significant(found.lower), significant(found.upper))
    unknown = cells.unknown[row, no]
    if (
        grid.kind not in ("share", "coverage")
        or not unknown
        or grid.status[row, no] == "suppressed"
    ):
        return None
    numerator = cells.numerator[row, no] if cells.known[row, no] else 0
    known = cells.denominator[row, no] if cells.denominated[row, no] else 0
    whole = known + unknown
    return significant(numerator / whole), significant((numerator + unknown) / whole)


def stable_since_of(definition: Indicator, series: tuple[Point, ...], way: Course) -> str | None:
    """Since when a survey's share has been within the margins of the latest one, without a break.

    None for what is no survey: other numbers have no margin of error.
    """
    if definition.kind != "survey_share":
        return None
    comparable = {point.period for point in since_break(known_points(way.series), way.breaks)}
    waves = [Wave(point.period, point.value, point.denominator) for point in series]
    return stable_since([wave for wave in waves if wave.period in comparable])


def course_of(definition: Indicator, series: tuple[Point, ...]) -> Course:
    """The series and where it should go, as the engines of progress and forecast take it."""
    return Course(
        series=tuple(Observed(point.period, point.value) for point in series),
        direction=definition.direction,
        is_share=definition.kind in SHARES,
        aims=tuple(
            Aim(no=each.no, year=each.year, value=each.value, kind=each.kind, upper=each.upper)
            for each in definition.targets
        ),
        baseline_period=definition.baseline_period,
        baseline_value=definition.baseline_value,
        breaks=tuple(sorted(each.period for each in definition.breaks if not each.comparable)),
    )


def assessments_of(definition: Indicator, way: Course) -> tuple[Assessment, ...]:
    """Each target by each method, the definition's own method first."""
    return tuple(
        _as_assessment(found)
        for method in _own_first(definition.method)
        for found in assess(way, method=method)
    )


def _own_first(own: ProgressMethod) -> Iterator[ProgressMethod]:
    yield own
    yield from (method for method in METHODS if method != own)


def _as_assessment(found: course.Assessment) -> Assessment:
    return Assessment(
        method=found.method,
        target=found.target,
        period=found.period,
        value=significant_or_none(found.value),
        expected=significant_or_none(found.expected),
        progress=significant_or_none(found.progress),
        verdict=found.verdict,
        reason=found.reason,
    )


def forecast_of(way: Course) -> Forecast | None:
    """Where the series will be at the year of the target that the path leads to; None without any.

    That is the last target to be reached, or where there is none, the last to be kept.
    """
    if not way.aims:
        return None
    aim = max(way.aims, key=lambda each: (each.kind == "reach", each.year, each.no))
    found = forecast(way, year=aim.year, aim=aim)
    return Forecast(
        year=found.year,
        points=found.points,
        value=significant_or_none(found.value),
        lower=significant_or_none(found.lower),
        upper=significant_or_none(found.upper),
        probability=significant_or_none(found.probability),
        reason=found.reason,
    )
