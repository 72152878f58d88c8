"""What can be done with places: load the reference tables that come with Veikart."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from veikart.core.objects import PlanObject
from veikart.engines.slugs import slug
from veikart.places import tables
from veikart.places.models import (
    Change,
    County,
    CountyRegion,
    HealthRegion,
    HospitalArea,
    Municipality,
    Population,
)


@transaction.atomic
def load_reference() -> int:
    """Make the tables of places say what the reference files say; answers how many rows changed.

    Loading again changes nothing. A health region or hospital area is never removed, since the
    plan refers to it.
    """
    return sum(
        (
            _load_objects(HealthRegion, map(_region, tables.rows("health_regions"))),
            _load_objects(HospitalArea, _hospital_areas()),
            _make_equal(County, map(_county, tables.rows("counties"))),
            _make_equal(Municipality, map(_municipality, tables.rows("municipalities"))),
            _make_equal(CountyRegion, map(_county_region, tables.rows("health_regions"))),
            _make_equal(Population, map(_population, tables.rows("population"))),
            _make_equal(Change, _changes()),
        )
    )


def _load_objects(model: type[PlanObject], wanted: Iterable[dict[str, Any]]) -> int:
    """Objects of `model` as in `wanted`, by uid; answers how many came or were changed."""
    rows = {row["uid"]: row for row in wanted}
    columns = next(iter(rows.values()))
    known = {row["uid"]: row for row in model._default_manager.values(*columns)}
    changed = [row for uid, row in rows.items() if known.get(uid) != row]
    for row in changed:
        model._default_manager.update_or_create(uid=row["uid"], defaults=row)
    return len(changed)


def _make_equal(model: type[models.Model], wanted: Iterable[dict[str, Any]]) -> int:
    """Rows of `model` as in `wanted`, by all their columns; answers how many came or went."""
    rows = list(wanted)
    columns = list(rows[0])
    place: Callable[[Iterable[Any]], tuple[Any, ...]] = tuple
    known = {
        place(values): pk for pk, *values in model._default_manager.values_list("pk", *columns)
    }
    missing = [row for row in rows if place(row.values()) not in known]
    gone = set(known) - {place(row.values()) for row in rows}
    model._default_manager.filter(pk__in=[known[values] for values in gone]).delete()
    model._default_manager.bulk_create([model(**row) for row in missing])
    return len(missing) + len(gone)


def _period(row: dict[str, str], prefix: str = "") -> dict[str, dt.date | None]:
    end = row[f"{prefix}valid_to"]
    return {
        "valid_from": dt.date.fromisoformat(row[f"{prefix}valid_from"]),
        "valid_to": dt.date.fromisoformat(end) if end else None,
    }


def _county(row: dict[str, str]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "name": row["name"],
        "name_sami_or_kven": row["name_sami_or_kven"] or None,
        **_period(row),
    }


def _municipality(row: dict[str, str]) -> dict[str, Any]:
    return {
        **_county(row),
        "official_name": row["official_name"],
        "county_code": row["county_code"],
    }


def _region_uid(rhf_name: str) -> str:
    return f"helseregion/{slug(rhf_name.removeprefix('Helse ').removesuffix(' RHF'))}"


def _region(row: dict[str, str]) -> dict[str, str]:
    return {
        "uid": _region_uid(row["rhf_name"]),
        "code": row["rhf_code"],
        "name": row["rhf_name"].removesuffix(" RHF"),
        "orgnr": row["rhf_orgnr"],
        "organisation": f"aktor/{slug(row['rhf_name'])}",
    }


def _county_region(row: dict[str, str]) -> dict[str, Any]:
    return {
        "county_code": row["county_code"],
        "region_id": _region_uid(row["rhf_name"]),
        **_period(row, "county_"),
    }


def _hospital_areas() -> Iterator[dict[str, str]]:
    regions = {
        row["rhf_code"]: _region_uid(row["rhf_name"]) for row in tables.rows("health_regions")
    }
    for area in tables.reference_geography().hospital_areas:
        yield {
            "uid": f"sykehusomrade/{area.code}",
            "code": area.code,
            "name": area.name,
            "region_id": regions[area.region],
        }


def _population(row: dict[str, str]) -> dict[str, Any]:
    return {
        "municipality_code": row["municipality_code"],
        "year": int(row["year"]),
        "inhabitants": int(row["population"]),
    }


def _changes() -> Iterator[dict[str, Any]]:
    for level, basis in (("municipality", "share_basis"), ("county", "share_base")):
        for row in tables.rows(f"{level}_changes"):
            share = row["population_share"]
            yield {
                "level": level,
                "on": dt.date.fromisoformat(row["date"]),
                "from_code": row["from_code"],
                "to_code": row["to_code"],
                "kind": row["kind"],
                "share": Decimal(share).quantize(Decimal("0.000001")) if share else None,
                "basis": row[basis] or None,
                "note": row["note"] or None,
            }
