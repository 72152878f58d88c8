"""Places by name: official, Sami, Kven and earlier names, and which one of several is meant."""

import datetime as dt
import re

from veikart.engines.geography.crosswalk import crosswalk
from veikart.engines.geography.parts import FIRST_DAY
from veikart.engines.geography.places import Geography, Place, county_of, plain

_WITH_COUNTY = re.compile(r"(.+?)\s*(?:\((.+)\)|,\s*(.+)|\bi\s+(.+))")
_KIND_OF_PLACE = re.compile(
    r"\s+(?:kommune|herad|fylke|fylkeskommune|municipality|county)\s*$", re.IGNORECASE
)


def find_by_name(geography: Geography, name: str, *, on: dt.date) -> tuple[Place, ...]:
    """The municipalities and counties in force on the day `on` that `name` may mean, by code.

    A name in any of its languages is known, and so is an earlier name: of the place itself, or of
    one that has become part of it. A county may stand after it, as in Våler (Østfold). Empty if
    none has the name; several if it is ambiguous, as Herøy and Våler are.
    """
    named = _KIND_OF_PLACE.sub("", " ".join(name.split()))
    if found := _in_force(geography, geography.by_name.get(plain(named), ()), on):
        return found
    if match := _WITH_COUNTY.fullmatch(named):
        places = find_by_name(geography, match[1], on=on)
        counties = find_by_name(geography, match[2] or match[3] or match[4], on=on)
        lying = {county.code for county in counties if county.level == "county"}
        return tuple(
            place
            for place in places
            if place.level == "municipality" and county_of(place.code) in lying
        )
    return ()


def _in_force(geography: Geography, named: tuple[Place, ...], on: dt.date) -> tuple[Place, ...]:
    now = tuple(place for place in named if place.valid(on))
    return now or tuple(
        sorted(
            {place for earlier in named for place in what_it_is(geography, earlier, on=on)},
            key=lambda place: place.code,
        )
    )


def what_it_is(geography: Geography, place: Place, *, on: dt.date) -> tuple[Place, ...]:
    """The places in force on the day `on` that hold the inhabitants of `place`, by code.

    Empty for a day before 2010, and for a place that ended before.
    """
    if on < FIRST_DAY or (place.valid_to is not None and place.valid_to <= FIRST_DAY):
        return ()
    since = max(place.valid_from, FIRST_DAY)
    if place.valid_to is not None and place.valid_to <= on:
        since = place.valid_to - dt.timedelta(days=1)
    targets = (
        geography.place(step.to_code, on=on)
        for step in crosswalk(geography, since, on)
        if step.from_code == place.code and step.level == place.level
    )
    return tuple(target for target in targets if target is not None)
