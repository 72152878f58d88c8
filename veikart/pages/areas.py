"""The pages about places: one municipality, county or hospital area, and the index that finds them."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from veikart.design import words
from veikart.pages import area_names
from veikart.pages.missing import found
from veikart.pages.place_figures import Figure, figures_of, table
from veikart.pages.reading import Reading
from veikart.plan.figures import LevelName
from veikart.plan.indicators import County, HospitalArea, Municipality
from veikart.plan.model import Region
from veikart.plan.rows import alphabetical

LONGEST_SEARCH = 100
HOLDING_FROM = 3


def municipalities(reading: Reading, query: Mapping[str, list[str]]) -> dict[str, Any]:
    """The page of all municipalities by county, with those that a search finds first."""
    plan = reading.plan
    asked = " ".join(query.get("q", [""])[-1].split())[:LONGEST_SEARCH]
    hits = [
        (one, area_names.full_name(plan, one))
        for listed in (plan.places.municipalities, plan.places.counties)
        for one in _hits(listed, asked)
    ]
    return {
        "lead": _("%(municipalities)s municipalities in %(counties)s counties.")
        % {
            "municipalities": words.number(len(plan.places.municipalities)),
            "counties": words.number(len(plan.places.counties)),
        },
        "asked": asked,
        "hits": hits,
        "counties": [
            (county, _by_name(plan.index.municipalities.get(county.uid, ())))
            for county in _by_name(plan.places.counties)
        ],
        "hospital_areas": _by_name(plan.places.hospital_areas),
        "borders": plan.places.borders,
        "query_string": f"?{urlencode({'q': asked})}" if asked else "",
    }


def municipality(reading: Reading, uid: str) -> dict[str, Any]:
    """The page of one municipality: its figures beside its county's and the nation's. Raises NotInPlan."""
    this: Municipality = found(reading, uid, Municipality)
    by_uid = reading.plan.index.by_uid
    county = by_uid.get(this.county)
    # A county of one municipality is that municipality: to show it beside itself tells nothing.
    alone = len(reading.plan.index.municipalities.get(this.county, ())) == 1
    within, beside = getattr(county, "code", ""), "" if alone else getattr(county, "name", "")
    figures = figures_of(reading, "municipality", this.code, within=within)
    return {
        "place": this,
        "kind": _("Municipality"),
        "lead": _lead(this.name, figures),
        "about": _about(this),
        "table": table(reading, figures, "municipality", name=this.name, beside=beside),
        "county": county,
        "hospital_area": by_uid.get(this.hospital_area or ""),
        "region": by_uid.get(this.region),
    }


def county(reading: Reading, uid: str) -> dict[str, Any]:
    """The page of one county, with its municipalities. Raises NotInPlan."""
    this: County = found(reading, uid, County)
    own = reading.plan.index.municipalities.get(uid, ())
    return _wider(reading, this, "county", own) | {"kind": _("County")}


def hospital_area(reading: Reading, uid: str) -> dict[str, Any]:
    """The page of one hospital area, with its municipalities. Raises NotInPlan."""
    this: HospitalArea = found(reading, uid, HospitalArea)
    own = [one for one in reading.plan.places.municipalities if one.hospital_area == uid]
    return _wider(reading, this, "hospital_area", own) | {"kind": _("Hospital area")}


def of_region(reading: Reading, region: Region) -> dict[str, Any] | None:
    """The figures of a health region beside the nation's, for its page."""
    figures = figures_of(reading, "region", region.code or "", within="")
    return table(reading, figures, "region", name=region.name, beside="")


def _wider(
    reading: Reading,
    this: County | HospitalArea,
    level: LevelName,
    own: Iterable[Municipality],
) -> dict[str, Any]:
    region = reading.plan.index.by_uid.get(this.region)
    figures = figures_of(reading, level, this.code, within=getattr(region, "code", "") or "")
    beside = getattr(region, "name", "")
    listed = _by_name(own)
    return {
        "place": this,
        "lead": _lead(this.name, figures),
        "about": _about_all(listed),
        "table": table(reading, figures, level, name=this.name, beside=beside),
        "region": region,
        "municipalities": listed,
    }


def _lead(name: str, figures: list[Figure]) -> str:
    """How the place stands beside the whole country; or how many indicators have figures for it."""
    compared = [one.is_ahead for one in figures if one.is_ahead is not None]
    with_value = sum(one.own.value is not None for one in figures)
    facts = {
        "name": name,
        "n": words.number(with_value),
        "ahead": words.number(sum(compared)),
        "compared": words.number(len(compared)),
    }
    if not with_value:
        return _("No indicator has figures for %(name)s yet.") % facts
    if not compared:
        text = ngettext(
            "%(n)s indicator has figures for %(name)s.",
            "%(n)s indicators have figures for %(name)s.",
            with_value,
        )
    elif not sum(compared):
        text = ngettext(
            "%(name)s is not ahead of the whole country in the indicator that can be compared.",
            "%(name)s is ahead of the whole country in none of the %(compared)s indicators "
            "that can be compared.",
            len(compared),
        )
    else:
        text = ngettext(
            "%(name)s is ahead of the whole country in %(ahead)s of %(compared)s indicator that "
            "can be compared.",
            "%(name)s is ahead of the whole country in %(ahead)s of %(compared)s indicators that "
            "can be compared.",
            len(compared),
        )
    return text % facts


def _about(this: Municipality) -> str | None:
    if this.population is None:
        return None
    facts = {"name": this.name, "people": words.number(this.population)}
    if this.population_year is None:
        return _("%(name)s has %(people)s inhabitants.") % facts
    return _("%(name)s had %(people)s inhabitants on 1 January %(year)s.") % (
        facts | {"year": this.population_year}
    )


def _about_all(own: list[Any]) -> str | None:
    """How many municipalities and inhabitants, if every one's number is known for the same year."""
    years = {one.population_year for one in own}
    if not own or len(years) != 1 or None in years or any(one.population is None for one in own):
        return None
    return ngettext(
        "%(n)s municipality with %(people)s inhabitants on 1 January %(year)s.",
        "%(n)s municipalities with %(people)s inhabitants on 1 January %(year)s.",
        len(own),
    ) % {
        "n": words.number(len(own)),
        "people": words.number(sum(one.population for one in own)),
        "year": years.pop(),
    }


def _hits(places: Iterable[Any], asked: str) -> list[Any]:
    """Places with a name (in Norwegian, Sami or Kven) or a code that begins with what is asked.

    From three letters on, those that hold it further in come after them.
    """
    wanted = asked.casefold()
    if not wanted:
        return []
    names = [(one, [*_names(one), one.code]) for one in places]
    begin = [one for one, said in names if any(name.startswith(wanted) for name in said)]
    if len(wanted) < HOLDING_FROM:
        return _by_name(begin)
    hold = [one for one, said in names if any(wanted in name for name in said)]
    return [*_by_name(begin), *_by_name(one for one in hold if one not in begin)]


def _names(place: Any) -> list[str]:
    return [name.casefold() for name in (place.name, place.name_sami_or_kven) if name]


def _by_name(places: Iterable[Any]) -> list[Any]:
    return sorted(places, key=lambda one: alphabetical(one.name))
