"""Which county, hospital area, health region and nation each place lies in on a day."""

import datetime as dt
from collections import defaultdict

import pyarrow as pa

from veikart.engines.geography.crosswalk import crosswalk
from veikart.engines.geography.places import LEVELS, NATION, Geography, Level, county_of

SCHEMA = pa.schema([(name, pa.string()) for name in ("area", "level", *LEVELS)])

Row = dict[str, str | None]


def tree(geography: Geography, *, on: dt.date) -> pa.Table:
    """A row for each area on the day `on`, with the codes of those it lies in.

    Columns, all text: `area`, `level`, then `municipality`, `county`, `hospital_area`, `region`,
    `nation`: the area's own code in its own level's column, null in the levels below, and null
    where an area lies in no single one (a county in hospital areas). In order of level, from
    municipalities up, and code. Counties and hospital areas lie beside each other: both are made
    of municipalities, and both lie whole in one region. Raises ValueError for a day before 2010.
    """
    regions = {
        place.code: geography.region_of(place.code, on=on) for place in geography.counties(on=on)
    }
    areas = hospital_areas_of_municipalities(geography, on=on)
    rows = [
        _row(
            "municipality",
            place.code,
            county=county_of(place.code),
            hospital_area=areas.get(place.code),
            region=regions.get(county_of(place.code)),
        )
        for place in geography.municipalities(on=on)
    ]
    rows += [_row("county", code, region=region) for code, region in regions.items()]
    rows += [
        _row("hospital_area", area.code, region=area.region) for area in geography.hospital_areas
    ]
    rows += [_row("region", region) for region in sorted(filter(None, set(regions.values())))]
    return pa.Table.from_pylist([*rows, _row("nation", NATION)], schema=SCHEMA)


def hospital_areas_of_municipalities(geography: Geography, *, on: dt.date) -> dict[str, str]:
    """The code of the hospital area of each municipality of the day `on`; none if it is not known.

    Hospital areas are today's. An earlier municipality lies in the area of what it has become, and
    where that is several, in the area that most of its inhabitants came to; if it has come to
    another health region since, which area it lay in is not known.
    """
    area_of = {code: area for area in geography.hospital_areas for code in area.municipalities}
    shares: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for step in crosswalk(geography, on, max(on, geography.last_change)):
        area = area_of.get(step.to_code)
        if area and area.region == geography.region_of(county_of(step.from_code), on=on):
            shares[step.from_code][area.code] += step.share
    return {code: max(sorted(sizes), key=sizes.__getitem__) for code, sizes in shares.items()}


def _row(level: Level, code: str, **above: str | None) -> Row:
    return {"area": code, "level": level, "nation": NATION, **above, level: code}
