"""Which hospital area each municipality lies in, today's and those before."""

import datetime as dt
from collections import defaultdict

from veikart.engines.geography.crosswalk import crosswalk
from veikart.engines.geography.places import Geography, county_of


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
