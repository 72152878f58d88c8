"""The reference tables, as rows of text, become one Geography."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from veikart.engines.geography.places import (
    Basis,
    Change,
    CountyRegion,
    Geography,
    HospitalArea,
    OfficialName,
    Place,
)
from veikart.engines.slugs import slug

Row = Mapping[str, str]

TABLES = (
    "municipalities", "counties", "municipality_changes", "county_changes", "municipality_names",
    "health_regions", "hospital_areas", "municipality_crosswalk_2024", "population",
    "earlier_population",
)  # fmt: skip


def geography(tables: Mapping[str, Sequence[Row]]) -> Geography:
    """The Geography that the reference tables say; `tables` has those of `TABLES` by name.

    Raises KeyError for a missing table or column, and ValueError for a day or number that is none.
    """
    return Geography(
        municipalities_ever=_places(tables["municipalities"], "municipality"),
        counties_ever=_places(tables["counties"], "county"),
        changes=(
            *_changes(tables["municipality_changes"], "municipality"),
            *_changes(tables["county_changes"], "county"),
        ),
        official_names=tuple(map(_official_name, tables["municipality_names"])),
        county_regions=tuple(map(_county_region, tables["health_regions"])),
        hospital_areas=hospital_areas(tables["hospital_areas"]),
        straight={
            row["from_code"]: row["to_code"]
            for row in tables["municipality_crosswalk_2024"]
            if row["method"] == "direct"
        },
        population={
            (row["municipality_code"], int(row["year"])): int(row["population"])
            for row in tables["population"]
        },
        earlier_population={
            row["municipality_code"]: int(row["population"]) for row in tables["earlier_population"]
        },
    )


def hospital_areas(rows: Iterable[Row]) -> tuple[HospitalArea, ...]:
    """The hospital areas that the municipalities lie in, by code; Oslo's hospitals are one area."""
    members: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in rows:
        name = row["helsefellesskap_area"]
        members[slug(name), name, row["rhf_code"]].append(row["municipality_code"])
    return tuple(
        HospitalArea(code=code, name=name, region=region, municipalities=tuple(sorted(codes)))
        for (code, name, region), codes in sorted(members.items())
    )


def _places(rows: Iterable[Row], level: Literal["municipality", "county"]) -> tuple[Place, ...]:
    places = (
        Place(
            level=level,
            code=row["code"],
            name=row["name"],
            official_name=row.get("official_name") or row["name"],
            name_sami_or_kven=row["name_sami_or_kven"] or None,
            valid_from=_day(row["valid_from"]),
            valid_to=_end(row["valid_to"]),
        )
        for row in rows
    )
    return tuple(sorted(places, key=lambda place: (place.code, place.valid_from)))


def _changes(rows: Iterable[Row], level: Literal["municipality", "county"]) -> Iterable[Change]:
    for row in rows:
        share = row["population_share"]
        basis: Basis = row.get("share_basis") or "exact"  # type: ignore[assignment]
        yield Change(
            level=level,
            on=_day(row["date"]),
            from_code=row["from_code"],
            to_code=row["to_code"],
            kind=row["kind"],  # type: ignore[arg-type]
            share=float(share) if share else None,
            basis=basis,
            note=row["note"] or None,
        )


def _official_name(row: Row) -> OfficialName:
    return OfficialName(
        code=row["code"],
        name=row["official_name"],
        valid_from=_day(row["valid_from"]),
        valid_to=_end(row["valid_to"]),
    )


def _county_region(row: Row) -> CountyRegion:
    return CountyRegion(
        county=row["county_code"],
        region=row["rhf_code"],
        valid_from=_day(row["county_valid_from"]),
        valid_to=_end(row["county_valid_to"]),
    )


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _end(text: str) -> dt.date | None:
    return _day(text) if text else None
