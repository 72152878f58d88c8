"""How unequal units are, as `inequality` has it, for values that stand in an array already.

`values` and `weights` have a row for each unit and a column for each period; NaN is no value. A
unit without a value or a weight counts nowhere in that period. Figures are arrays with a place for
each period, NaN where a figure has no meaning.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from veikart.engines.inequality import DECIMALS

Numbers = np.ndarray[Any, Any]


class _Known(NamedTuple):
    """What is known, as floating point: weights and values are 0 where nothing is."""

    mask: Numbers
    value: Numbers
    weight: Numbers
    part: Numbers

    @property
    def comparable(self) -> Numbers:
        """Whether there are several units, none of them below 0, and not all of them 0."""
        several = self.mask.sum(axis=0) > 1
        found: Numbers = several & (self.value >= 0).all(axis=0) & (self.part.sum(axis=0) > 0)
        return found


def spread(values: Numbers, weights: Numbers) -> dict[str, Numbers]:
    """units, gap, ratio, p90_p10, cv, gini and theil of each period.

    They mean what they do in `inequality.spread`, hundredths being of inhabitants.
    """
    known = _known(values, weights)
    order = np.argsort(np.where(known.mask, values, np.inf), axis=0, kind="stable")
    sorted_ones = _Known(*(np.take_along_axis(numbers, order, axis=0) for numbers in known))
    _, value, weight, part = sorted_ones
    units, below = known.mask.sum(axis=0), np.cumsum(weight, axis=0)
    people, whole = below[-1], part.sum(axis=0)
    lowest = value[0]
    highest = np.take_along_axis(value, np.maximum(units - 1, 0)[None], axis=0)[0]
    beyond = np.where(sorted_ones.mask, value - lowest, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean_beyond = (beyond * weight).sum(axis=0) / people
        variance = (beyond**2 * weight).sum(axis=0) / people - mean_beyond**2
        cv = np.sqrt(np.maximum(variance, 0)) * people / whole
        gini = (part * (2 * below - weight)).sum(axis=0) / (whole * people) - 1
        theil = _logs(part, value).sum(axis=0) / whole - np.log(whole / people)
        ratio = np.where(lowest > 0, highest / lowest, np.nan)
    several, comparable = units > 1, known.comparable
    return {
        "units": units,
        "gap": np.where(several, highest - lowest, np.nan),
        "ratio": np.where(several, ratio, np.nan),
        "p90_p10": np.where(several, _at(9, sorted_ones) - _at(1, sorted_ones), np.nan),
        "cv": _kept(cv, comparable),
        "gini": _kept(gini, comparable),
        "theil": _kept(theil, comparable),
    }


def extremes(
    values: Numbers, weights: Numbers, *, units: Sequence[str], more_is_better: bool
) -> tuple[list[str | None], list[str | None]]:
    """The worst and the best unit of each period: of several, the first by code.

    `units` are the codes of the rows, in order. None with fewer than two units.
    """
    mask = _known(values, weights).mask
    several = mask.sum(axis=0) > 1
    low = np.argmin(np.where(mask, values, np.inf), axis=0)
    high = np.argmax(np.where(mask, values, -np.inf), axis=0)
    lowest, highest = (
        [units[no] if enough else None for no, enough in zip(places, several, strict=True)]
        for places in (low, high)
    )
    return (lowest, highest) if more_is_better else (highest, lowest)


def between_regions(values: Numbers, weights: Numbers, *, regions: Sequence[Any]) -> Numbers:
    """The part of Theil that is between regions; rows without one are a region together."""
    known = _known(values, weights)
    names = list(dict.fromkeys(regions))
    rows = np.array([names.index(region) for region in regions])
    people, wholes = (
        np.stack([numbers[rows == no].sum(axis=0) for no in range(len(names))])
        for numbers in (known.weight, known.part)
    )
    whole = known.part.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = _logs(wholes, wholes / people).sum(axis=0)
        between = logs / whole - np.log(whole / known.weight.sum(axis=0))
    return _kept(between, known.comparable)


def slope(values: Numbers, weights: Numbers, *, order: Sequence[float | None]) -> Numbers:
    """The slope index along `order`, a number for each row; rows where it is None are left out."""
    rows = [no for no, place in enumerate(order) if place is not None]
    known = _known(values[rows], weights[rows])
    places, place = np.unique([order[no] for no in rows], return_inverse=True)
    if len(places) < 2:
        return np.full(values.shape[1], np.nan)
    weight, whole, there = (
        np.stack([numbers[place == no].sum(axis=0) for no in range(len(places))])
        for numbers in (known.weight, known.part, known.mask)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        people = weight.sum(axis=0)
        middle = (np.cumsum(weight, axis=0) - weight / 2) / people - 0.5
        rise = (middle * (whole - whole.sum(axis=0) / people * weight)).sum(axis=0)
        run = (middle**2 * weight).sum(axis=0)
        return _kept(rise / run, ((there > 0).sum(axis=0) > 1) & (run > 0))


def _known(values: Numbers, weights: Numbers) -> _Known:
    mask = ~np.isnan(values) & (weights > 0)
    value, weight = np.where(mask, values, 0.0), np.where(mask, weights, 0.0)
    return _Known(mask, value, weight, value * weight)


def _at(tenths: int, known: _Known) -> Numbers:
    """The lowest value that so many tenths of inhabitants live at or below."""
    below = np.cumsum(known.weight, axis=0)
    first = np.argmax(below * 10 >= below[-1] * tenths, axis=0)
    found: Numbers = np.take_along_axis(known.value, first[None], axis=0)[0]
    return found


def _logs(factor: Numbers, number: Numbers) -> Numbers:
    """Give `factor` · ln(number), and 0 where the number is not above 0."""
    able = number > 0
    found: Numbers = np.where(able, factor, 0) * np.log(np.where(able, number, 1))
    return found


def _kept(figure: Numbers, meaningful: Numbers) -> Numbers:
    """The decimals that count, where the figure has a meaning."""
    found: Numbers = np.where(meaningful, np.round(figure, DECIMALS), np.nan)
    return found
