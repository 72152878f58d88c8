"""What charts read off a file of figures: one value for each area, group and period."""

from collections.abc import Sequence

import msgspec

from veikart.plan.figures import Figures, LevelName, Series, Slice, value
from veikart.plan.indicators import Point, Status


class AreaValue(msgspec.Struct, frozen=True):
    """An area's value in one period; None with a status that says why, if anybody knows."""

    code: str
    value: float | None
    status: Status | None


def slice_of(
    figures: Figures, level: LevelName, group: Sequence[tuple[str, str]] = ()
) -> Slice | None:
    """The series of `level` in `group` (everyone if empty); None where there are none."""
    wanted = tuple(group)
    found = (one for one in figures.slices if one.level == level and one.group == wanted)
    return next(found, None)


def points_of(figures: Figures, series: Series) -> tuple[Point, ...]:
    """The series of one area as points, one for each period."""
    return tuple(
        Point(
            period=period,
            numerator=series.numerator[place],
            denominator=series.denominator[place] if series.denominator else None,
            value=_value(figures, series, place),
            status=series.status[place] if series.status else None,
        )
        for place, period in enumerate(figures.periods)
    )


def areas_at(figures: Figures, level: LevelName, period: str) -> list[AreaValue]:
    """The value of every area of `level` in `period`, in order of codes; none if it has no series.

    Raises ValueError for a period that the figures do not have.
    """
    found = slice_of(figures, level)
    if period not in figures.periods:
        raise ValueError(
            f"Expected one of the periods {', '.join(figures.periods)}, found “{period}”."
        )
    place = figures.periods.index(period)
    values = [
        AreaValue(one.area, _value(figures, one, place), one.status[place] if one.status else None)
        for one in (found.series if found else ())
    ]
    return sorted(values, key=lambda one: one.code)


def _value(figures: Figures, series: Series, place: int) -> float | None:
    denominator = series.denominator[place] if series.denominator else None
    return value(figures.kind, series.numerator[place], denominator, per=figures.per)
