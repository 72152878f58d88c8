"""The finest common parts: the pieces of land that no change since 2010 has cut through.

Every municipality of every year is made of whole parts, so figures are carried between any two
years by way of them, and never along a chain of changes that would mix what a later border parts.
"""

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from functools import cache

from veikart.engines.geography.places import Basis, Change, Geography

FIRST_DAY = dt.date(2010, 1, 1)
"""The first division that figures can be carried from or to."""

Part = tuple[str, ...]
"""A part's municipality in each era, in order."""

SURENESS: tuple[Basis, ...] = ("exact", "published", "estimated", "unknown")


class Parts:
    """The parts of a Geography, and how a municipality's inhabitants divide over its parts.

    An era lasts from one day with changes to the next. Forward weights are by the shares that are
    known of the next split; backward weights by the inhabitants of those that merged.
    """

    def __init__(self, geography: Geography) -> None:
        self._geography = geography
        self.days = _days_with_changes(geography)
        self.splits = _splits(geography)
        self.parts = _parts(geography, self.days, self.splits)
        self._members = [_members(self.parts, era) for era in range(len(self.days))]
        self.forward = cache(self._forward)
        self.backward = cache(self._backward)

    def era(self, on: dt.date) -> int:
        """The number of the era that the day `on` lies in. Raises ValueError before 2010."""
        if on < FIRST_DAY:
            raise ValueError(
                f"Expected a day from {FIRST_DAY} on, found {on}: earlier changes are not known. "
                "Use figures in the codes of a later day."
            )
        return bisect_right(self.days, on) - 1

    def of(self, code: str, *, era: int) -> tuple[Part, ...]:
        """The parts of the municipality `code` in an era."""
        return self._members[era].get(code, ())

    def codes(self, era: int) -> tuple[str, ...]:
        """The municipalities of an era, by code."""
        return tuple(sorted(self._members[era]))

    def basis(self, part: Part, *, since: int, until: int) -> Basis:
        """How sure the shares are by which `part` was told from others between two eras."""
        worst: Basis = "exact"
        for era in range(since + 1, until + 1):
            change = self.splits.get((self.days[era], part[era - 1], part[era]))
            whole = all(other[era] == part[era] for other in self.of(part[since], era=since))
            if change and not whole:
                worst = max(worst, change.basis, key=SURENESS.index)
        return worst

    def _forward(self, code: str, era: int) -> dict[Part, float]:
        parts = self.of(code, era=era)
        if len(parts) == 1:
            return {parts[0]: 1.0}
        if era + 1 == len(self.days):
            return self.backward(code, era)
        groups = _members(parts, era + 1)
        shares = {to: self._share(code, to, era + 1) for to in groups}
        within = {to: self._within(group, to, era + 1, ahead=True) for to, group in groups.items()}
        return _spread(shares if len(groups) > 1 else dict.fromkeys(groups, 1.0), within)

    def _backward(self, code: str, era: int) -> dict[Part, float]:
        parts = self.of(code, era=era)
        if len(parts) == 1:
            return {parts[0]: 1.0}
        if era == 0:
            return self.forward(code, era)
        groups = _members(parts, era - 1)
        sizes = {
            origin: self._size(origin, code, era) if len(groups) > 1 else 1.0 for origin in groups
        }
        within = {
            origin: self._within(group, origin, era - 1, ahead=False)
            for origin, group in groups.items()
        }
        return _spread(sizes, within)

    def _within(
        self, group: tuple[Part, ...], code: str, era: int, *, ahead: bool
    ) -> dict[Part, float]:
        if len(group) == 1:
            return {group[0]: 1.0}
        weights = self.forward(code, era) if ahead else self.backward(code, era)
        return {part: weights[part] for part in group}

    def _share(self, code: str, to: str, era: int) -> float:
        change = self.splits.get((self.days[era], code, to))
        return 1.0 if change is None or change.share is None else change.share

    def _size(self, origin: str, code: str, era: int) -> float:
        """Inhabitants of `origin`, before the change that began `era`, that `code` then had."""
        year = self.days[era].year - 1
        known = self._geography.population.get((origin, year))
        if known is None:
            known = self._geography.earlier_population.get(origin)
        if known is None:
            raise ValueError(
                f"Expected the population of {origin} on 1 January {year}, by which {code} is "
                "divided into those it was made of; found none. Add it to the reference tables."
            )
        return known * self._share(origin, code, era)


def _days_with_changes(geography: Geography) -> tuple[dt.date, ...]:
    days = {change.on for change in _main_changes(geography) if change.on > FIRST_DAY}
    return (FIRST_DAY, *sorted(days))


def _main_changes(geography: Geography) -> list[Change]:
    return [
        change
        for change in geography.changes
        if change.level == "municipality" and change.kind != "boundary"
    ]


def _splits(geography: Geography) -> dict[tuple[dt.date, str, str], Change]:
    rows: dict[tuple[dt.date, str], list[Change]] = defaultdict(list)
    for change in _main_changes(geography):
        rows[change.on, change.from_code].append(change)
    return {
        (change.on, change.from_code, change.to_code): change
        for several in rows.values()
        if len(several) > 1
        for change in several
    }


def _parts(
    geography: Geography,
    days: tuple[dt.date, ...],
    splits: dict[tuple[dt.date, str, str], Change],
) -> tuple[Part, ...]:
    parts: list[Part] = [(place.code,) for place in geography.municipalities(on=FIRST_DAY)]
    for day in days[1:]:
        became: dict[str, list[str]] = defaultdict(list)
        for change in _main_changes(geography):
            if change.on == day:
                became[change.from_code].append(change.to_code)
        parts = [
            (*part, code)
            for part in parts
            for code in _next_codes(part, became.get(part[-1]), geography.straight)
        ]
    return tuple(sorted(parts))


def _next_codes(part: Part, became: list[str] | None, straight: dict[str, str]) -> list[str]:
    if became is None:
        return [part[-1]]
    known = [straight[code] for code in part if straight.get(code) in became]
    return known[:1] if len(became) > 1 and known else became


def _members(parts: tuple[Part, ...], era: int) -> dict[str, tuple[Part, ...]]:
    found: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        found[part[era]].append(part)
    return {code: tuple(members) for code, members in found.items()}


def _spread(sizes: dict[str, float], within: dict[str, dict[Part, float]]) -> dict[Part, float]:
    total = sum(sizes.values())
    return {
        part: sizes[group] / total * weight / sum(weights.values())
        for group, weights in within.items()
        for part, weight in weights.items()
    }
