"""What pages ask of figures: an area's series, the values of a level in a period, who is above whom.

Look-ups are made at first use and kept with the object, so that a page reads them in well under a
millisecond.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from veikart.plan.figures import Figures, LevelName, Series, Slice, value
from veikart.plan.indicators import Coverage, Point, Spread, Status

Group = tuple[tuple[str, str], ...]


class AreaValue(NamedTuple):
    """What one area had in one period. `value` is a share (0–1), a rate, or the number itself."""

    area: str
    numerator: float | None
    denominator: float | None
    value: float | None
    status: Status | None


class Place(NamedTuple):
    """How many areas of `total` with a value have a higher one, and how many a lower one."""

    higher: int
    lower: int
    total: int


class FiguresRead:
    """Look-ups in one file of figures. What is not in the file gives None or nothing."""

    __slots__ = ("_areas", "_coverage", "_places", "_ranked", "_slices", "_values", "figures")

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self._slices: dict[tuple[str, Group], Slice] = {
            (each.level, each.group): each for each in figures.slices
        }
        self._places = {period: place for place, period in enumerate(figures.periods)}
        self._areas: dict[tuple[str, Group], dict[str, Series]] = {}
        self._values: dict[tuple[str, str, Group], tuple[AreaValue, ...]] = {}
        self._ranked: dict[tuple[str, str], list[float]] = {}
        self._coverage = {(each.level, each.area): each.coverage for each in figures.coverage}

    def has(self, level: LevelName) -> bool:
        """Whether there are series of `level` for everyone."""
        return (level, ()) in self._slices

    def series(self, level: LevelName, area: str, group: Group = ()) -> Series | None:
        """The series of `area` in `group`."""
        key = (level, group)
        if key not in self._areas:
            found = self._slices.get(key)
            self._areas[key] = {each.area: each for each in found.series} if found else {}
        return self._areas[key].get(area)

    def points(self, level: LevelName, area: str, group: Group = ()) -> tuple[Point, ...]:
        """The series of `area` as points, one for each period of the file."""
        found = self.series(level, area, group)
        if found is None:
            return ()
        read = (self._read(found, place) for place in range(len(self.figures.periods)))
        return tuple(
            Point(
                period=period,
                numerator=one.numerator,
                denominator=one.denominator,
                value=one.value,
                status=one.status,
            )
            for period, one in zip(self.figures.periods, read, strict=True)
        )

    def at(self, level: LevelName, area: str, period: str, group: Group = ()) -> AreaValue | None:
        """What `area` had in `period`; None where the file knows no such area or period."""
        found, place = self.series(level, area, group), self._places.get(period)
        if found is None or place is None:
            return None
        return self._read(found, place)

    def values(self, level: LevelName, period: str, group: Group = ()) -> tuple[AreaValue, ...]:
        """What each area of `level` had in `period`, in the order of the file: by code."""
        key = (level, period, group)
        if key not in self._values:
            found, place = self._slices.get((level, group)), self._places.get(period)
            self._values[key] = (
                tuple(self._read(series, place) for series in found.series)
                if found is not None and place is not None
                else ()
            )
        return self._values[key]

    def latest(self, level: LevelName, group: Group = ()) -> str | None:
        """The last period in which some area of `level` has a value."""
        for period in reversed(self.figures.periods):
            if any(one.value is not None for one in self.values(level, period, group)):
                return period
        return None

    def place_of(self, level: LevelName, period: str, number: float) -> Place:
        """Where `number` stands among the areas of `level` in `period`."""
        key = (level, period)
        if key not in self._ranked:
            read = (one.value for one in self.values(level, period))
            self._ranked[key] = sorted(number for number in read if number is not None)
        ranked = self._ranked[key]
        lower, upper = bisect_left(ranked, number), bisect_right(ranked, number)
        return Place(higher=len(ranked) - upper, lower=lower, total=len(ranked))

    def groups(self, column: str, level: LevelName = "nation") -> tuple[str, ...]:
        """The categories of the breakdown `column` that `level` is divided by, and by nothing else."""
        return tuple(
            each.group[0][1]
            for each in self.figures.slices
            if each.level == level and len(each.group) == 1 and each.group[0][0] == column
        )

    def coverage(self, level: LevelName, area: str) -> tuple[Coverage, ...]:
        """The coverage of `area` in units and in inhabitants, for each period with data."""
        return self._coverage.get((level, area), ())

    def spread(self, across: str) -> tuple[Spread, ...]:
        """How unequal `across` (a level or a breakdown's column) is, the first period first."""
        return spread_across(self.figures.spread, across)

    def _read(self, series: Series, place: int) -> AreaValue:
        numerator = series.numerator[place]
        denominator = series.denominator[place] if series.denominator else None
        figures = self.figures
        return AreaValue(
            series.area,
            numerator,
            denominator,
            value(figures.kind, numerator, denominator, per=figures.per),
            series.status[place] if series.status else None,
        )


def spread_across(spread: Iterable[Spread], across: str) -> tuple[Spread, ...]:
    """Those of `spread` that are across a level or a breakdown's column, the first period first."""
    found = (one for one in spread if one.across == across)
    return tuple(sorted(found, key=lambda one: one.period))
