"""Figures as one cube: every area, group and period, with what is known in each cell."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, product
from typing import Any, Literal
from weakref import WeakKeyDictionary

import msgspec
from django.utils.translation import gettext as _

from veikart.opendata.published import Published, own
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


@dataclass(frozen=True)
class Cube:
    """The cells in row order, in which the last dimension (the period) varies the fastest.

    Of `measures`, `value` is a share (0–1), a rate, or the number itself. What is a ratio also has
    the numerator and denominator that it is read off, and what is uncertain its `lower` and `upper`
    bound. `status` is "absent" where the figures have no such cell, None for a plain value, and
    else says why there is none or what is special; `marked` has those by their place.
    """

    dimensions: tuple[Dimension, ...]
    measures: dict[str, list[Number]]
    status: list[Status | Literal["absent"] | None]
    marked: dict[int, Status]

    @property
    def shape(self) -> tuple[int, ...]:
        """How many places each dimension has."""
        return tuple(len(dimension.codes) for dimension in self.dimensions)

    def series(self) -> Iterator[tuple[tuple[str, ...], slice]]:
        """The codes (without the period) and the places of every series that the figures have."""
        count = len(self.dimensions[-1].codes)
        codes = product(*(dimension.codes for dimension in self.dimensions[:-1]))
        for no, key in enumerate(codes):
            start = no * count
            if self.status[start] != "absent":
                yield key, slice(start, start + count)

    def rows(self) -> list[tuple[tuple[str, ...], int]]:
        """The codes and the place of every cell that the figures have."""
        periods = self.dimensions[-1].codes
        return [
            ((*key, period), here.start + no)
            for key, here in self.series()
            for no, period in enumerate(periods)
        ]

    @cached_property
    def texts(self) -> list[list[str]]:
        """Each measure as texts, numbers as JSON writes them; empty where there is none."""
        return [
            msgspec.json.encode(values).decode()[1:-1].replace("null", "").split(",")
            for values in self.measures.values()
        ]


_made: WeakKeyDictionary[Published, "Cube"] = WeakKeyDictionary()


def cube(published: Published) -> Cube:
    """The cube of an indicator's figures: area × each breakdown × period; made once for each."""
    if published not in _made:
        _made[published] = _laid_out(published)
    return _made[published]


def _laid_out(published: Published) -> Cube:
    dimensions = _dimensions(published)
    size = math.prod(len(dimension.codes) for dimension in dimensions)
    names = RATIO if published.is_ratio else RATIO[:1]
    made = Cube(dimensions, {name: [None] * size for name in names}, ["absent"] * size, {})
    placed = list(_placed(made, published))
    nothing = (None,) * made.shape[-1]
    for series, here in placed:
        made.status[here] = series.status or nothing
        marks = zip(range(here.start, here.stop), series.status, strict=False)
        made.marked.update((place, status) for place, status in marks if status)
        if published.is_ratio:
            made.measures["numerator"][here] = series.numerator
            made.measures["denominator"][here] = series.denominator or nothing
    values, start = _values(published, [series for series, _here in placed]), 0
    for _series, here in placed:
        made.measures["value"][here] = values[start : start + len(nothing)]
        start += len(nothing)
    _put_bounds(made, published)
    return made


def _placed(made: Cube, published: Published) -> Iterator[tuple[Series, slice]]:
    """Each series and where it lies: in one piece, since the period is the last dimension."""
    shape = made.shape
    steps = [math.prod(shape[no + 1 :]) for no in range(len(shape))]
    places = [
        {code: no * step for no, code in enumerate(each.codes)}
        for each, step in zip(made.dimensions, steps, strict=True)
    ]
    areas, count = places[0], shape[-1]
    for part in published.figures.slices:
        group = dict(part.group)
        within = sum(
            places[no][group.get(each.id, EVERYONE)]
            for no, each in enumerate(made.dimensions[1:-1], start=1)
        )
        for series in part.series:
            start = areas[series.area] + within
            yield series, slice(start, start + count)


def _values(published: Published, every: list[Series]) -> list[Number]:
    """The values of one series after the other: as `veikart.plan.figures.value`, but all at once."""
    numerators = list(chain.from_iterable(series.numerator for series in every))
    if not published.is_ratio:
        return [_rounded(number) for number in numerators]
    import numpy as np  # noqa: PLC0415 (large, and pages do without)

    figures = published.figures
    nothing = (None,) * len(figures.periods)
    denominators = chain.from_iterable(series.denominator or nothing for series in every)
    # What is None becomes NaN; whole numbers are exact as floating point up to 2⁵³.
    above, below = (np.array(list(n), np.float64) for n in (numerators, denominators))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = np.where(below != 0, above / below, np.nan)
    if figures.kind == "rate":
        ratios *= figures.per or 1
    return [None if value != value else value for value in _all_rounded(ratios).tolist()]


def _all_rounded(values: Any) -> Any:
    import numpy as np  # noqa: PLC0415 (large, and pages do without)

    size = np.where(values == values, np.abs(values), 1)
    digits = DIGITS - 1 - np.floor(np.log10(np.where(size > 0, size, 1))).astype(int)
    # So many powers of ten are exact, and with them the quotient is the number nearest the decimal.
    exact = (digits >= 0) & (digits < len(POWERS))
    scale = np.array(POWERS)[np.where(exact, digits, 0)]
    rounded = np.rint(values * scale) / scale
    rounded[~exact] = [_rounded(float(value)) for value in values[~exact]]
    return rounded


DIGITS = 10
POWERS = tuple(10.0**power for power in range(23))


def _rounded(value: Number) -> Number:
    """Ten digits that count, as in results: more are noise, and not every format keeps them."""
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value


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
    start = areas.index(NATION) * math.prod(made.shape[1:])
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
