"""Keys that occur twice, and totals that their parts do not add up to, by groups and by areas."""

from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np

from veikart.engines.geography.places import Geography, county_of
from veikart.engines.observations.faults import Faults, Mask, Rows
from veikart.engines.observations.judged import Judged
from veikart.engines.observations.keys import firsts
from veikart.engines.observations.numbers import Doubles
from veikart.engines.observations.periods import parse

OTHER, MUNICIPALITY, COUNTY, NATION = range(4)
_LEVEL_WORDS = {MUNICIPALITY: "municipality", COUNTY: "county"}


def check_keys(judged: Judged, *, faults: Faults) -> Mask:
    """Tell every row but the first of a key; gives the rows that repeat one.

    Two rows for everyone, where there are groups, are two totals.
    """
    first = firsts(judged.key, judged.size_of(judged.layout.keys))
    again: Mask = first != np.arange(len(first))
    if not again.any():
        return again
    again &= judged.complete
    groups = judged.layout.breakdowns
    everyone = np.full(len(again), bool(groups))
    for name in groups:
        everyone &= judged.keys[name].places == 0

    def teller(expected: str, remedy: str) -> Callable[[int], dict[str, Any]]:
        return lambda at: {
            "row": int(judged.rows[at]),
            "value": judged.describe(at),
            "expected": f"{expected}, found it in row {judged.rows[first[at]]} too",
            "remedy": remedy,
            "details": {"other": int(judged.rows[first[at]])},
        }

    faults.add_where(
        "two_totals",
        again & everyone,
        tell=teller(
            "one total for each period and area",
            "Say in the mapping which column divides them, keep one total in it, or delete a row.",
        ),
    )
    faults.add_where(
        "duplicate_key",
        again & ~everyone,
        tell=teller(
            "one row for each period, area and group",
            "Delete one of them, or say in the mapping which column tells them apart.",
        ),
    )
    return again


def check_groups(judged: Judged, *, kept: Mask, faults: Faults) -> None:
    """Tell totals of everyone that the groups of a breakdown do not add up to.

    Only where the total and all its groups are known. More than the total cannot be; less may be
    people of no known group, and is a caution.
    """
    for name in judged.layout.breakdowns:
        is_total = judged.keys[name].places == 0
        totals, parts = np.flatnonzero(kept & is_total), np.flatnonzero(kept & ~is_total)
        if not len(totals) or not len(parts):
            continue
        whole = judged.key_of(tuple(each for each in judged.layout.keys if each != name))
        division = _Division(name, totals, whole[totals], parts, whole[parts])
        _compare(judged, division, faults)


def check_levels(
    judged: Judged, *, kept: Mask, geography: Geography | None, faults: Faults
) -> None:
    """Tell counties and nations that their municipalities, or their counties, do not add up to.

    Less than the total is told only where all municipalities of the county are there.
    """
    if not any(text == "NO" or len(text) == 2 for text in judged.area.texts):
        return
    level, parent = _levels(judged)
    rest = judged.key_of(("period", *judged.layout.breakdowns)) * judged.area.size
    for above, below in ((COUNTY, MUNICIPALITY), (NATION, COUNTY)):
        totals = np.flatnonzero(kept & (level == above))
        if not len(totals):
            continue
        parts = np.flatnonzero(kept & (level == below) & (parent >= 0))
        division = _Division(
            f"area ({_LEVEL_WORDS[below]})",
            totals,
            rest[totals] + judged.area.places[totals],
            parts,
            rest[parts] + parent[parts],
            _number_of_parts(judged, geography, below),
        )
        _compare(judged, division, faults)


def _levels(judged: Judged) -> tuple["np.ndarray[Any, Any]", Rows]:
    """Each row's level by its code, and the place of the county or nation above it; −1 for none."""
    place = {text: number for number, text in enumerate(judged.area.texts, start=1)}
    levels, parents = [OTHER], [-1]
    for text in judged.area.texts:
        if text.isdecimal() and len(text) == 4:
            levels.append(MUNICIPALITY)
            parents.append(place.get(county_of(text), -1))
        elif text.isdecimal() and len(text) == 2:
            levels.append(COUNTY)
            parents.append(place.get("NO", -1))
        else:
            levels.append(NATION if text == "NO" else OTHER)
            parents.append(-1)
    at = judged.area.places
    return np.array(levels, dtype=np.int8)[at], np.array(parents, dtype=np.int64)[at]


Complete = Callable[[int], int | None]


class _Division(msgspec.Struct, frozen=True):
    """Rows of totals and of parts, and a number for each that a total shares with its parts."""

    by: str
    totals: Rows
    total_keys: Rows
    parts: Rows
    part_keys: Rows
    complete: Complete | None = None


def _number_of_parts(judged: Judged, geography: Geography | None, below: int) -> Complete:
    """How many parts a total has, for a row of it; None where that is not known."""

    def number(at: int) -> int | None:
        if geography is None:
            return None
        on = parse(judged.period.text(int(judged.period.places[at])) or "").start
        if below == COUNTY:
            return len(geography.counties(on=on))
        county = judged.area.text(int(judged.area.places[at]))
        return sum(county_of(each.code) == county for each in geography.municipalities(on=on))

    return number


def _compare(judged: Judged, division: _Division, faults: Faults) -> None:
    totals, parts = division.totals, division.parts
    if not len(totals) or not len(parts):
        return
    numbers = {"numerator": judged.numerator}
    if judged.layout.has_denominator:
        numbers["denominator"] = judged.denominator
    known = ~np.isnan(judged.numerator)
    keys, at = np.unique(division.part_keys, return_inverse=True)
    found = np.minimum(np.searchsorted(keys, division.total_keys), len(keys) - 1)
    has_parts = keys[found] == division.total_keys
    size = np.bincount(at, minlength=len(keys))
    all_known = np.bincount(at, weights=~known[parts], minlength=len(keys)) == 0
    for column, values in numbers.items():
        sums: Doubles = np.bincount(
            at, weights=np.nan_to_num(values[parts]), minlength=len(keys)
        ).astype(np.float64)
        total, added = values[totals], sums[found]
        above = has_parts & (added > total)
        below = has_parts & all_known[found] & (size[found] > 1) & (added < total)
        if division.complete is not None:
            below &= _all_there(division.complete, totals, size[found], below)
        tell = _teller(judged, division, total, added, column)
        faults.add_where("parts_above_total", above, tell=tell)
        faults.add_where("parts_below_total", below, tell=tell)


def _all_there(complete: Complete, totals: Rows, size: Rows, asked: Mask) -> Mask:
    there = np.zeros(len(totals), dtype=bool)
    for place in np.flatnonzero(asked):
        there[place] = complete(int(totals[place])) == size[place]
    return there


def _teller(
    judged: Judged, division: _Division, total: Doubles, added: Doubles, column: str
) -> Callable[[int], dict[str, Any]]:
    def tell(place: int) -> dict[str, Any]:
        at = int(division.totals[place])
        return {
            "row": int(judged.rows[at]),
            "column": column,
            "value": f"{total[place]:.15g}",
            "expected": f"{added[place]:.15g}, which the parts by {division.by} add up to "
            f"({judged.describe(at)})",
            "remedy": "Mend the total or the parts; say in a note if some belong to no part.",
            "details": {
                "sum": float(added[place]),
                "by": division.by,
                "at": judged.describe(at),
            },
        }

    return tell
