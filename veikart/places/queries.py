"""What others may read of places: who was where on a day, and the places of the Plan."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Max, QuerySet

from veikart.engines.geography.hospital_areas import hospital_areas_of_municipalities
from veikart.places import tables
from veikart.places.models import (
    County,
    CountyRegion,
    HealthRegion,
    HospitalArea,
    Municipality,
    Population,
)
from veikart.plan import indicators as plan
from veikart.plan.model import Region


def municipalities(on: dt.date) -> "QuerySet[Any]":
    """The municipalities in force on the day `on`, by code."""
    return Municipality.objects.valid(on=on).order_by("code")


def counties(on: dt.date) -> "QuerySet[Any]":
    """The counties in force on the day `on`, by code."""
    return County.objects.valid(on=on).order_by("code")


def freeze() -> tuple[Region, ...]:
    """The health regions, by uid."""
    columns = ("uid", "code", "name", "organisation")
    regions = (Region(**values) for values in HealthRegion.objects.values(*columns))
    return tuple(sorted(regions, key=lambda region: region.uid))


def freeze_places(*, on: dt.date) -> plan.Places:
    """The country's division on the day `on`, each list by code; empty while nothing is loaded.

    Population is the latest on or before that day. Hospital areas are today's. Raises ValueError
    for a day before 2010.
    """
    found = list(municipalities(on=on))
    if not found:
        return plan.Places()
    return plan.Places(
        borders=on,
        counties=tuple(_counties(on)),
        hospital_areas=tuple(
            plan.HospitalArea(uid=area.uid, code=area.code, name=area.name, region=area.region_id)
            for area in HospitalArea.objects.order_by("code")
        ),
        municipalities=tuple(_municipalities(found, on)),
    )


def _counties(on: dt.date) -> Iterator[plan.County]:
    regions, tiles = _regions(on), tables.county_tiles()
    for county in counties(on=on):
        yield plan.County(
            uid=f"fylke/{county.code}",
            code=county.code,
            name=county.name,
            region=regions[county.code],
            name_sami_or_kven=county.name_sami_or_kven,
            tile=tiles.get(county.code),
        )


def _municipalities(found: list[Municipality], on: dt.date) -> Iterator[plan.Municipality]:
    regions, (year, population) = _regions(on), _population(on)
    areas = hospital_areas_of_municipalities(tables.reference_geography(), on=on)
    for place in found:
        area = areas.get(place.code)
        yield plan.Municipality(
            uid=f"kommune/{place.code}",
            code=place.code,
            name=place.name,
            county=f"fylke/{place.county_code}",
            hospital_area=f"sykehusomrade/{area}" if area else None,
            region=regions[place.county_code],
            name_sami_or_kven=place.name_sami_or_kven,
            population=population.get(place.code),
            population_year=year if place.code in population else None,
        )


def _regions(on: dt.date) -> dict[str, str]:
    lying: QuerySet[Any] = CountyRegion.objects.valid(on=on)
    return {row.county_code: row.region_id for row in lying}


def _population(on: dt.date) -> tuple[int | None, dict[str, int]]:
    known = Population.objects.filter(year__lte=on.year)
    year = known.aggregate(year=Max("year"))["year"]
    rows = known.filter(year=year).values_list("municipality_code", "inhabitants")
    return year, dict(rows)
