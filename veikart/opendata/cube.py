"""Figures as one cube: every area, group and period, with what is known in each cell."""

from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Literal

from django.utils.translation import gettext as _

from veikart.opendata.published import Published, own
from veikart.plan import figures as plan_figures
from veikart.plan.figures import NATION, LevelName, Series, Slice
from veikart.plan.indicators import Status

Role = Literal["geo", "group", "time"]
Number = int | float | None

EVERYONE = "_T"
"""The code of the total in each breakdown, as in SDMX."""
RATIO = ("value", "numerator", "denominator")
BOUNDS = ("lower", "upper")
LEVELS: tuple[LevelName, ...] = ("nation", "region", "hospital_area", "county", "municipality")


@dataclass(frozen=True, slots=True)
class Dimension:
    """One side of the cube: its id, what it is called, and the code and label of each place."""

    id: str
    label: str
    role: Role
    codes: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cube:
    """The cells in row order, in which the last dimension (the period) varies the fastest.

    Of `measures`, `value` is a share (0–1), a rate, or the number itself. What is a ratio also has
    the numerator and denominator that it is read off, and what is uncertain its `lower` and `upper`
    bound. `status` is "absent" where the figures have no such cell, None for a plain value, and
    else says why there is none or what is special.
    """

    dimensions: tuple[Dimension, ...]
    measures: dict[str, list[Number]]
    status: list[Status | Literal["absent"] | None]

    @property
    def shape(self) -> tuple[int, ...]:
        """How many places each dimension has."""
        return tuple(len(dimension.codes) for dimension in self.dimensions)

    def rows(self) -> "list[tuple[tuple[str, ...], int]]":
        """The codes and the place of every cell that the figures have."""
        codes = product(*(dimension.codes for dimension in self.dimensions))
        status = self.status
        return [(key, place) for place, key in enumerate(codes) if status[place] != "absent"]


def cube(published: Published) -> Cube:
    """The cube of an indicator's figures: area × each breakdown × period."""
    dimensions = _dimensions(published)
    places = [{code: no for no, code in enumerate(each.codes)} for each in dimensions]
    size = prod(len(dimension.codes) for dimension in dimensions)
    names = RATIO if published.is_ratio else RATIO[:1]
    measures: dict[str, list[Number]] = {name: [None] * size for name in names}
    made = Cube(dimensions, measures, ["absent"] * size)
    for part in published.figures.slices:
        group = dict(part.group)
        of_group = [group.get(each.id, EVERYONE) for each in dimensions[1:-1]]
        within = [places[no][code] for no, code in enumerate(of_group, start=1)]
        for series in part.series:
            _put(made, series, (places[0][series.area], *within, 0), published)
    _put_bounds(made, published)
    return made


def _put(made: Cube, series: Series, at: tuple[int, ...], published: Published) -> None:
    """One series, which lies in one piece since the period is the last dimension."""
    start = 0
    for size, place in zip(made.shape, at, strict=True):
        start = start * size + place
    count = len(series.numerator)
    here = slice(start, start + count)
    figures = published.figures
    denominators = series.denominator or (None,) * count
    values = (
        plan_figures.value(figures.kind, numerator, denominator, per=figures.per)
        for numerator, denominator in zip(series.numerator, denominators, strict=True)
    )
    made.measures["value"][here] = [_rounded(value) for value in values]
    if published.is_ratio:
        made.measures["numerator"][here] = series.numerator
        made.measures["denominator"][here] = denominators
    made.status[here] = series.status or (None,) * count


def _rounded(value: Number) -> Number:
    """Ten digits that count, as in results: more are noise, and not every format keeps them."""
    return float(f"{value:.10g}") if isinstance(value, float) else value


def _put_bounds(made: Cube, published: Published) -> None:
    """How uncertain the whole country's values are, where the result says so."""
    bounds = {
        point.period: (point.lower, point.upper)
        for point in published.result.series
        if point.lower is not None or point.upper is not None
    }
    areas, periods = made.dimensions[0].codes, made.dimensions[-1].codes
    if not bounds or NATION not in areas:
        return
    start = areas.index(NATION) * prod(made.shape[1:])
    for no, name in enumerate(BOUNDS):
        column: list[Number] = [None] * len(made.status)
        for place, period in enumerate(periods, start=start):
            column[place] = bounds[period][no] if period in bounds else None
        made.measures[name] = column


def _dimensions(published: Published) -> tuple[Dimension, ...]:
    figures = published.figures
    areas = _areas(figures.slices)
    names = published.area_names
    columns = {column for part in figures.slices for column, _code in part.group}
    return (
        Dimension("area", _("Area"), "geo", areas, tuple(names.get(code, code) for code in areas)),
        *(
            _breakdown(published, column)
            for column in (each.column for each in published.indicator.breakdowns)
            if column in columns
        ),
        Dimension("period", _("Period"), "time", figures.periods, figures.periods),
    )


def _areas(slices: tuple[Slice, ...]) -> tuple[str, ...]:
    """From the whole country down to municipalities, by code in each level."""
    found = {
        (LEVELS.index(part.level), series.area): None for part in slices for series in part.series
    }
    return tuple(area for _level, area in sorted(found))


def _breakdown(published: Published, column: str) -> Dimension:
    indicator, language = published.indicator, published.language
    breakdown = next(each for each in indicator.breakdowns if each.column == column)
    labels = {
        each.code: own(each.label, each.translations, language) or each.code
        for each in indicator.categories
        if each.column == column
    }
    slices = published.figures.slices
    used = {code for part in slices for name, code in part.group if name == column}
    # In the order of the definition; a code that it does not know comes last.
    codes = [*(code for code in labels if code in used), *sorted(used - set(labels))]
    return Dimension(
        column,
        own(breakdown.label, breakdown.translations, language) or column,
        "group",
        (EVERYONE, *codes),
        (_("Everyone"), *(labels.get(code, code) for code in codes)),
    )
