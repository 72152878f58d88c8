"""Which county, hospital area, health region and nation each place lies in on a day."""

import datetime as dt

import pyarrow as pa

from veikart.engines.geography.hospital_areas import hospital_areas_of_municipalities
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


def _row(level: Level, code: str, **above: str | None) -> Row:
    return {"area": code, "level": level, "nation": NATION, **above, level: code}
