"""Areas: codes that do not exist, were not in force then, or are names; and areas that are absent."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from veikart.engines.geography.codes import check_code, codes_in_force
from veikart.engines.geography.names import find_by_name
from veikart.engines.geography.places import Geography, Level
from veikart.engines.observations.faults import Faults, Mask
from veikart.engines.observations.judged import Judged
from veikart.engines.observations.periods import Period, parse

GOOD, NOT_THEN, A_NAME, UNKNOWN = range(4)
_CODES = {NOT_THEN: "not_valid_then", A_NAME: "name_for_code", UNKNOWN: "unknown_code"}
_MOST_NAMED = 12
_ANY_DAY = dt.date(2024, 1, 1)
"""Earlier names are known of any later day, so that one day will do to tell a name from a mistake."""


def check_areas(
    judged: Judged, *, geography: Geography, levels: Sequence[Level], faults: Faults
) -> None:
    """Tell the codes that were not in force all through their period, and municipalities that are
    absent from a period in which others are given.

    Each different pair of area and period is judged once, whatever the number of rows.
    """
    periods = [parse(text) for text in judged.period.texts]
    otherwise = np.array([_otherwise(text, geography) for text in judged.area.texts], np.int8)
    verdicts = np.zeros((judged.period.size, judged.area.size), dtype=np.int8)
    divisions = _Divisions(geography, levels)
    for place, period in enumerate(periods, start=1):
        good = divisions.good(period, judged.area.texts)
        verdicts[place, 1:] = np.where(good, GOOD, otherwise)
    found = verdicts[judged.period.places, judged.area.places]
    for verdict, code in _CODES.items():
        faults.add_where(code, found == verdict, tell=_teller(judged, geography, levels))
    if "municipality" in levels:
        _tell_absent(judged, divisions, periods, faults)


class _Divisions:
    """What is in force in a period, worked out once for all periods between the same changes."""

    def __init__(self, geography: Geography, levels: Sequence[Level]) -> None:
        self.geography, self.levels = geography, levels
        ever = (*geography.municipalities_ever, *geography.counties_ever)
        days = {day for place in ever for day in (place.valid_from, place.valid_to) if day}
        self._changes = sorted(days)
        self._good: dict[tuple[int, int], Mask] = {}
        self._municipalities: dict[int, dict[str, str]] = {}

    def good(self, period: Period, texts: Sequence[str]) -> Mask:
        """Which of `texts`, the same each time, are in force all through the period."""
        last = period.end - dt.timedelta(days=1)
        key = self._since(period.start), self._since(last)
        if key not in self._good:
            in_force = codes_in_force(self.geography, on=period.start, levels=self.levels)
            in_force &= codes_in_force(self.geography, on=last, levels=self.levels)
            self._good[key] = np.array([text in in_force for text in texts], dtype=bool)
        return self._good[key]

    def municipalities(self, on: dt.date) -> dict[str, str]:
        """The names of those in force on the day `on`, by code."""
        key = self._since(on)
        if key not in self._municipalities:
            places = self.geography.municipalities(on=on)
            self._municipalities[key] = {place.code: place.name for place in places}
        return self._municipalities[key]

    def _since(self, day: dt.date) -> int:
        return bisect_right(self._changes, day)


def _otherwise(text: str, geography: Geography) -> int:
    """What a text is if it is not a code in force."""
    if text in geography.by_code:
        return NOT_THEN
    if text.isdecimal() or not find_by_name(geography, text, on=_ANY_DAY):
        return UNKNOWN
    return A_NAME


def _teller(
    judged: Judged, geography: Geography, levels: Sequence[Level]
) -> Callable[[int], dict[str, Any]]:
    def tell(at: int) -> dict[str, Any]:
        text = judged.area.text(int(judged.area.places[at])) or ""
        period = parse(judged.period.text(int(judged.period.places[at])) or "")
        fault = check_code(
            geography, text, period_from=period.start, period_to=period.end, levels=levels
        )
        return {
            "row": int(judged.rows[at]),
            "column": "area",
            "value": text,
            "expected": fault.expected if fault else "a code in force all through the period",
            "remedy": fault.remedy if fault else "Use the codes of the period.",
            "details": {
                "period": period.text,
                "likely": _named(geography, fault.proposals, period) if fault else [],
            },
        }

    return tell


def _named(geography: Geography, codes: Sequence[str], period: Period) -> list[str]:
    """The codes with the names they have in the period, or without where they have none then."""
    known = {code: geography.place(code, on=period.start) for code in codes}
    return [f"{code} {place.name}" if place else code for code, place in known.items()]


def _tell_absent(
    judged: Judged, divisions: _Divisions, periods: list[Period], faults: Faults
) -> None:
    present, texts = _present(judged), np.array([None, *judged.area.texts])
    for place, period in enumerate(periods, start=1):
        there = set(texts[present[place]])
        valid = divisions.municipalities(period.start)
        absent = [code for code in valid if code not in there]
        if not absent or len(absent) == len(valid):
            continue
        named = ", ".join(f"{code} {valid[code]}" for code in absent[:_MOST_NAMED])
        more = f" and {len(absent) - _MOST_NAMED} more" if len(absent) > _MOST_NAMED else ""
        faults.add(
            "missing_units",
            column="area",
            value=period.text,
            expected=f"all {len(valid)} municipalities in {period.text}, found "
            f"{len(valid) - len(absent)}; absent: {named}{more}",
            remedy="Add a row for each, with a status where there is no number.",
            details={
                "all": len(valid),
                "found": len(valid) - len(absent),
                "absent": [f"{code} {valid[code]}" for code in absent[:_MOST_NAMED]],
            },
        )


def _present(judged: Judged) -> Mask:
    present = np.zeros((judged.period.size, judged.area.size), dtype=bool)
    present[judged.period.places, judged.area.places] = True
    return present
