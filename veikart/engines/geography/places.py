"""The reference tables as one value: who was where from which day to which, and what became of them.

Periods are half-open, as in Statistics Norway's own lists. Codes are text with leading zeros.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Literal

import msgspec

from veikart.engines.slugs import slug

Level = Literal["municipality", "county", "hospital_area", "region", "nation"]
Basis = Literal["exact", "published", "estimated", "unknown"]
Kind = Literal["merge", "split", "recode", "rename", "boundary"]

NATION = "NO"
LEVELS: tuple[Level, ...] = ("municipality", "county", "hospital_area", "region", "nation")

_SAMI = str.maketrans("ŋŊđĐŧŦ", "nNdDtT")  # the letters that lose no mark when they become ASCII


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A municipality or county under one code, from a day to a day; no end while it is in force."""

    level: Literal["municipality", "county"]
    code: str
    name: str
    official_name: str
    name_sami_or_kven: str | None
    valid_from: dt.date
    valid_to: dt.date | None

    def valid(self, on: dt.date) -> bool:
        """Whether it is in force on the day `on`."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a municipality or county on a day; `share` is of its inhabitants.

    `share` is None where nobody knows it. Of a municipality, a row of kind boundary is beside the
    main rows and not part of their sum.
    """

    level: Literal["municipality", "county"]
    on: dt.date
    from_code: str
    to_code: str
    kind: Kind
    share: float | None
    basis: Basis
    note: str | None = None


class OfficialName(msgspec.Struct, frozen=True, kw_only=True):
    """An official name that a municipality had under one code, in all its languages."""

    code: str
    name: str
    valid_from: dt.date
    valid_to: dt.date | None


class CountyRegion(msgspec.Struct, frozen=True, kw_only=True):
    """The health region that a county lies in."""

    county: str
    region: str
    valid_from: dt.date
    valid_to: dt.date | None


class HospitalArea(msgspec.Struct, frozen=True, kw_only=True):
    """A hospital area: `code` is its name as in addresses, `region` the health region's code."""

    code: str
    name: str
    region: str
    municipalities: tuple[str, ...]


class Geography(msgspec.Struct, frozen=True, kw_only=True, dict=True, weakref=True):
    """Norway's division through time; all of it comes from the reference tables.

    `straight` says of earlier municipalities where their whole territory lies in the division in
    force, where a chain of changes would say otherwise. `population` is by code and year, on
    1 January, in the codes of that day; `earlier_population` is the last that is known of those
    that ended before the first of these years. `hospital_areas` are today's.
    """

    municipalities_ever: tuple[Place, ...]
    counties_ever: tuple[Place, ...]
    changes: tuple[Change, ...] = ()
    official_names: tuple[OfficialName, ...] = ()
    county_regions: tuple[CountyRegion, ...] = ()
    hospital_areas: tuple[HospitalArea, ...] = ()
    straight: dict[str, str] = {}
    population: dict[tuple[str, int], int] = {}
    earlier_population: dict[str, int] = {}

    @cached_property
    def by_code(self) -> dict[str, tuple[Place, ...]]:
        """All that a code was, in order of time."""
        found: dict[str, list[Place]] = defaultdict(list)
        for place in (*self.municipalities_ever, *self.counties_ever):
            found[place.code].append(place)
        return {code: _in_time(places) for code, places in found.items()}

    @cached_property
    def changes_from(self) -> dict[str, tuple[Change, ...]]:
        """What became of each code, in order of time."""
        return _changes_by(self.changes, "from_code")

    @cached_property
    def changes_to(self) -> dict[str, tuple[Change, ...]]:
        """What each code came of, in order of time."""
        return _changes_by(self.changes, "to_code")

    @cached_property
    def by_name(self) -> dict[str, tuple[Place, ...]]:
        """All that have or had a name, in any of its languages and in one plain spelling."""
        found: dict[str, set[tuple[str, dt.date]]] = defaultdict(set)
        for place in (*self.municipalities_ever, *self.counties_ever):
            for name in (place.name, place.official_name, place.name_sami_or_kven):
                for key in _spellings(name):
                    found[key].add((place.code, place.valid_from))
        for official in self.official_names:
            for place in self.by_code.get(official.code, ()):
                if official.valid_from < (place.valid_to or dt.date.max):
                    for key in _spellings(official.name):
                        found[key].add((place.code, place.valid_from))
        return {key: self._each(places) for key, places in found.items()}

    def _each(self, places: set[tuple[str, dt.date]]) -> tuple[Place, ...]:
        return tuple(
            place
            for code, begun in sorted(places)
            for place in self.by_code[code]
            if place.valid_from == begun
        )

    @cached_property
    def population_years(self) -> range:
        """The years that there is a population of; empty without any."""
        years = {year for _, year in self.population}
        return range(min(years), max(years) + 1) if years else range(0)

    @cached_property
    def codes_above(self) -> dict[Level, frozenset[str]]:
        """The codes of the levels that have no days; empty for municipalities and counties."""
        return {
            "municipality": frozenset(),
            "county": frozenset(),
            "hospital_area": frozenset(area.code for area in self.hospital_areas),
            "region": frozenset(row.region for row in self.county_regions),
            "nation": frozenset((NATION,)),
        }

    @cached_property
    def last_change(self) -> dt.date:
        """The last day that a municipality changed; today's hospital areas are in its codes."""
        return max(change.on for change in self.changes if change.level == "municipality")

    def place(self, code: str, *, on: dt.date) -> Place | None:
        """What `code` is on the day `on`; None if it is not in force."""
        return next((place for place in self.by_code.get(code, ()) if place.valid(on)), None)

    def valid(self, code: str, *, on: dt.date) -> bool:
        """Whether `code` is a municipality or county in force on the day `on`."""
        return self.place(code, on=on) is not None

    def municipalities(self, *, on: dt.date) -> tuple[Place, ...]:
        """The municipalities in force on the day `on`, by code."""
        return tuple(place for place in self.municipalities_ever if place.valid(on))

    def counties(self, *, on: dt.date) -> tuple[Place, ...]:
        """The counties in force on the day `on`, by code."""
        return tuple(place for place in self.counties_ever if place.valid(on))

    def region_of(self, county: str, *, on: dt.date) -> str | None:
        """The code of the health region that a county lies in on the day `on`."""
        for row in self.county_regions:
            if row.county == county and row.valid_from <= on < (row.valid_to or dt.date.max):
                return row.region
        return None


def county_of(municipality: str) -> str:
    """The code of the county that a municipality lies in: the first two digits of its own."""
    return municipality[:2]


def plain(name: str) -> str:
    """`name` in the one spelling that names are compared in."""
    return slug(name.translate(_SAMI))


def _spellings(name: str | None) -> set[str]:
    return {plain(part) for part in (name, *name.split(" - "))} if name else set()


def _in_time(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(sorted(places, key=lambda place: place.valid_from))


def _changes_by(changes: Iterable[Change], end: str) -> dict[str, tuple[Change, ...]]:
    found: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        found[getattr(change, end)].append(change)
    return {
        code: tuple(sorted(rows, key=lambda row: (row.on, row.from_code, row.to_code)))
        for code, rows in found.items()
    }
