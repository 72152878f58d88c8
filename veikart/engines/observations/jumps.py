"""Jumps: values far from what a series' own changes have been, and breaks that nobody told of."""

from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from veikart.engines.observations.coding import nulls
from veikart.engines.observations.faults import Faults, Mask, Rows
from veikart.engines.observations.judged import Judged
from veikart.engines.observations.keys import MOST, in_order
from veikart.engines.observations.numbers import Doubles
from veikart.engines.observations.periods import parse

FEWEST_CHANGES = 6
"""A series with fewer changes than this is not judged: their spread says too little."""

FEWEST_SERIES = 5
"""In a period in which at least so many series jump, and most of them, it is a break."""

AT_ONCE = 1 << 16
"""So many values are looked at together."""

LEAST_SPREAD = 0.01
"""No spread is taken to be smaller than a hundredth: of a share's 0–1, else of the series' level."""


def check_jumps(
    judged: Judged, *, deviations: float, breaks: Collection[str], kept: Mask, faults: Faults
) -> None:
    """Tell changes of more than `deviations` standard deviations of a series' other changes.

    A change is from one period to the next of the same length, in one area and group; the value is
    the share or rate where there is a denominator. Where most series jump in one period, and its
    break is not among `breaks`, one fault tells of the period instead. A row with a note, and a
    period in `breaks`, is told of already.
    """
    values, told = _value(judged), _told(judged, breaks)
    jumping = looked_at = np.zeros(judged.period.size, np.int64)
    at, change = np.zeros(0, np.int64), np.zeros(0)
    for block in _blocks(judged, kept, values):
        asked = ~told[block.at]
        far = _far(block, deviations, _is_share(judged)) & asked
        periods = judged.period.places[block.at]
        jumping = jumping + np.bincount(periods[far], minlength=judged.period.size)
        looked_at = looked_at + np.bincount(periods[asked], minlength=judged.period.size)
        at, change = np.append(at, block.at[far]), np.append(change, block.change[far])
    broken = (jumping >= FEWEST_SERIES) & (jumping * 2 > looked_at)
    for place in np.flatnonzero(broken):
        _tell_break(judged, int(place), int(jumping[place]), faults)
    alone = np.zeros(len(judged.rows), dtype=bool)
    alone[at[~broken[judged.period.places[at]]]] = True
    by_row = dict(zip(at.tolist(), change.tolist(), strict=True))
    faults.add_where(
        "jump",
        alone,
        tell=lambda row: {
            "row": int(judged.rows[row]),
            "column": "value",
            "value": f"{values[row]:.6g}",
            "expected": f"a change within {deviations:g} standard deviations of the series’ other "
            f"changes, found {by_row[row]:+.6g} ({judged.describe(row)})",
            "remedy": "Look it up in the source; if it is right, say why in a note.",
            "details": {
                "change": by_row[row],
                "deviations": deviations,
                "at": judged.describe(row),
            },
        },
    )


def _is_share(judged: Judged) -> bool:
    return judged.layout.kind in ("share", "coverage", "survey_share")


def _value(judged: Judged) -> Doubles:
    if not judged.layout.has_denominator:
        return judged.numerator
    with np.errstate(divide="ignore", invalid="ignore"):
        value: Doubles = judged.numerator / judged.denominator
    value[~np.isfinite(value)] = np.nan
    return value


class _Block(NamedTuple):
    """Changes from the period before: the series each is in, counted from 0, its row, how large it
    is, and the value it came to.
    """

    series: Rows
    at: Rows
    change: Doubles
    value: Doubles


def _blocks(judged: Judged, kept: Mask, values: Doubles) -> Iterator[_Block]:
    """The changes of all series, some series at a time: what is at hand stays in the cache."""
    places = np.flatnonzero(kept & ~np.isnan(values))
    if not len(places):
        return
    series, period = judged.key_of(judged.layout.keys[1:]), judged.period
    if judged.size_of(judged.layout.keys) > MOST:
        _, series = np.unique(series, return_inverse=True)
    keys = (series * period.size + period.places)[places]
    order, keys = in_order(keys, judged.size_of(judged.layout.keys))
    indices = _indices(judged)
    begun = keys[::AT_ONCE] // period.size * period.size
    starts = np.unique(np.searchsorted(keys, begun)).tolist()
    for start, end in pairwise([*starts, len(keys)]):
        rows = places[order[start:end]]
        yield _changes(keys[start:end], rows, values[rows], indices)


def _changes(keys: Rows, rows: Rows, values: Doubles, indices: Rows) -> _Block:
    """The changes within whole series; `indices` has a number for each period in `keys`."""
    series, period = np.divmod(keys, len(indices))
    index = indices[period]
    follows = (series[1:] == series[:-1]) & (index[1:] == index[:-1] + 1)
    series = series[1:][follows]
    numbered = np.cumsum(np.append(False, series[1:] != series[:-1]))[: len(series)]
    return _Block(numbered, rows[1:][follows], np.diff(values)[follows], values[1:][follows])


def _indices(judged: Judged) -> "np.ndarray[Any, np.dtype[np.int64]]":
    """A number for each period that grows by one to the next of the same length, never across."""
    lengths: dict[str, int] = {}
    numbers = [-(10**9)]
    for text in judged.period.texts:
        period = parse(text)
        far = lengths.setdefault(period.length, len(lengths)) * 10**6
        numbers.append(far + period.index)
    return np.array(numbers, dtype=np.int64)


def _far(block: _Block, deviations: float, is_share: bool) -> Mask:
    """Whether each change is far from the mean of its series' others, by their spread."""
    series, _, change, value = block
    count = np.bincount(series)[series]
    total = np.bincount(series, weights=change)[series]
    squares = np.bincount(series, weights=change**2)[series]
    level = np.bincount(series, weights=np.abs(value))[series] / count
    others = np.maximum(count - 1, 1)
    mean = (total - change) / others
    variance = (squares - change**2) / others - mean**2
    least = LEAST_SPREAD if is_share else LEAST_SPREAD * level
    spread = np.maximum(np.sqrt(np.maximum(variance, 0)), least)
    far: Mask = (count >= FEWEST_CHANGES) & (np.abs(change - mean) > deviations * spread)
    return far


def _told(judged: Judged, breaks: Collection[str]) -> Mask:
    """The rows that a note, or a declared break of their period, speaks of."""
    declared = np.array([False, *(text in breaks for text in judged.period.texts)])
    told: Mask = declared[judged.period.places] | ~nulls(judged.table["note"])
    return told


def _tell_break(judged: Judged, place: int, number: int, faults: Faults) -> None:
    period = judged.period.text(place)
    faults.add(
        "break_without_note",
        column="period",
        value=period,
        expected=f"a break told of in {period}: {number:,} series, most of those given, jump there",
        remedy="If values were measured in another way from then on, write the break into the "
        "definition; if not, look for a mistake in the file.",
        details={"series": number},
    )
