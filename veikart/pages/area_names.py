"""Places by the codes that figures use: their names, and their names as links."""

from collections import Counter
from collections.abc import Mapping

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from veikart.pages.memory import remembered
from veikart.pages.reading import Reading
from veikart.plan.figures import NATION, LevelName
from veikart.plan.indicators import County, HospitalArea, Municipality
from veikart.plan.model import Plan, Region

Area = Municipality | County | HospitalArea | Region

LEVELS: tuple[LevelName, ...] = ("county", "hospital_area", "region", "municipality")


def areas(plan: Plan) -> Mapping[LevelName, dict[str, Area]]:
    """The places of each level by code, in the order of their codes."""

    def make() -> dict[LevelName, dict[str, Area]]:
        places = plan.places
        return {
            "municipality": {one.code: one for one in places.municipalities},
            "county": {one.code: one for one in places.counties},
            "hospital_area": {one.code: one for one in places.hospital_areas},
            "region": {one.code: one for one in plan.actors.regions if one.code},
        }

    return remembered(plan, "areas", make)


def name(plan: Plan, level: str, code: str) -> str:
    """What the place is called; its code where the plan does not know it."""
    if code == NATION:
        return _("The whole country")
    found = areas(plan).get(level, {}).get(code)  # type: ignore[call-overload]
    return full_name(plan, found) if found else code


def full_name(plan: Plan, place: Area) -> str:
    """The name; of two municipalities that share it, with the county: Herøy (Nordland)."""
    if not isinstance(place, Municipality) or place.name not in _shared(plan):
        return place.name
    county = plan.index.by_uid.get(place.county)
    return f"{place.name} ({county.name})" if isinstance(county, County) else place.name


def _shared(plan: Plan) -> set[str]:
    """The names that more than one municipality has."""

    def make() -> set[str]:
        counts = Counter(one.name for one in plan.places.municipalities)
        return {name for name, count in counts.items() if count > 1}

    return remembered(plan, "shared names", make)


def links(reading: Reading, level: LevelName) -> Mapping[str, SafeString]:
    """The name of each place of `level` as a link to its page, by code."""

    def make() -> dict[str, SafeString]:
        return {
            code: format_html(
                '<a href="{}">{}</a>', reading.address(one.uid), full_name(reading.plan, one)
            )
            for code, one in areas(reading.plan)[level].items()
        }

    key = ("area links", level, reading.language, reading.prefix)
    return remembered(reading.plan, key, make)


def level_words(level: str) -> str:
    """What a level is called, in the plural."""
    return {
        "municipality": _("municipalities"),
        "county": _("counties"),
        "hospital_area": _("hospital areas"),
        "region": _("health regions"),
        "nation": _("the whole country"),
    }.get(level, level)
