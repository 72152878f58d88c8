"""The pages about places: one municipality, county or hospital area, and the index that finds them."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from veikart.design import amounts, words
from veikart.pages import area_names
from veikart.pages.indicator_facts import name_of
from veikart.pages.indicator_words import status_words, why_missing
from veikart.pages.memory import remembered
from veikart.pages.missing import found
from veikart.pages.reading import Reading
from veikart.plan.figures import NATION, LevelName
from veikart.plan.indicators import County, HospitalArea, Indicator, Municipality
from veikart.plan.model import Region
from veikart.plan.reading_figures import AreaValue, FiguresRead
from veikart.plan.rows import alphabetical

COMPARABLE = ("share", "coverage", "rate", "survey_share")
"""The kinds whose values say the same of a small place and a large one."""
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
    rows = _rows(reading, "municipality", this.code, getattr(county, "code", ""))
    return {
        "place": this,
        "kind": _("Municipality"),
        "lead": _lead(this.name, rows),
        "about": _about(this),
        "rows": rows,
        "beside": "" if alone else getattr(county, "name", ""),
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


def of_region(reading: Reading, region: Region) -> list[dict[str, Any]]:
    """The figures of a health region beside the nation's, for its page."""
    return _rows(reading, "region", region.code or "", "")


def _wider(
    reading: Reading,
    this: County | HospitalArea,
    level: LevelName,
    own: Iterable[Municipality],
) -> dict[str, Any]:
    region = reading.plan.index.by_uid.get(this.region)
    rows = _rows(reading, level, this.code, getattr(region, "code", "") or "")
    listed = _by_name(own)
    return {
        "place": this,
        "lead": _lead(this.name, rows),
        "about": _about_all(listed),
        "rows": rows,
        "beside": getattr(region, "name", ""),
        "region": region,
        "municipalities": listed,
    }


def _lead(name: str, rows: list[dict[str, Any]]) -> str:
    """How the place stands beside the whole country; or how many indicators have figures for it."""
    compared = [one["ahead"] for one in rows if one["ahead"] is not None]
    with_value = sum(one["value"] is not None for one in rows)
    facts = {
        "name": name,
        "n": words.number(with_value),
        "ahead": words.number(sum(compared)),
        "compared": words.number(len(compared)),
    }
    if not with_value:
        return _("No indicator has figures for %(name)s yet.") % facts
    if not compared:
        return (
            ngettext(
                "%(n)s indicator has figures for %(name)s.",
                "%(n)s indicators have figures for %(name)s.",
                with_value,
            )
            % facts
        )
    if not sum(compared):
        return (
            ngettext(
                "%(name)s is not ahead of the whole country in the indicator that can be compared.",
                "%(name)s is ahead of the whole country in none of the %(compared)s indicators "
                "that can be compared.",
                len(compared),
            )
            % facts
        )
    return (
        ngettext(
            "%(name)s is ahead of the whole country in %(ahead)s of %(compared)s indicator that "
            "can be compared.",
            "%(name)s is ahead of the whole country in %(ahead)s of %(compared)s indicators that "
            "can be compared.",
            len(compared),
        )
        % facts
    )


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


def _rows(reading: Reading, level: LevelName, code: str, above: str) -> list[dict[str, Any]]:
    """One row for each indicator with figures of `level`: the place, what is around it, the nation."""
    wider: LevelName = "county" if level == "municipality" else "region"
    found = []
    for indicator, read, period in _with_figures(reading, level):
        own = read.at(level, code, period)
        if own is None:
            continue
        found.append(
            {
                "name": _linked(reading, indicator),
                "period": amounts.period(period),
                "value": _cell(indicator, level, own),
                "why": why_missing(own.status),
                "note": status_words(own.status) if own.value is not None else "",
                "beside": _cell(indicator, wider, read.at(wider, above, period)),
                "nation": _cell(indicator, "nation", read.at("nation", NATION, period)),
                "place": _place(indicator, level, read, period, own),
                "ahead": _ahead(indicator, own, read.at("nation", NATION, period)),
            }
        )
    return found


def _with_figures(
    reading: Reading, level: LevelName
) -> Iterable[tuple[Indicator, FiguresRead, str]]:
    """The indicators that have figures of `level`, and the latest period with one."""
    index = reading.plan.index
    for indicator in index.indicators:
        result = index.result_of(indicator)
        read = reading.look_ups(result.figures) if result else None
        period = read.latest(level) if read else None
        if read is not None and period is not None:
            yield indicator, read, period


def _cell(indicator: Indicator, level: LevelName, one: AreaValue | None) -> str | None:
    """A value as people say it; a municipality either offers something or does not."""
    if one is None or one.value is None:
        return None
    if indicator.kind == "coverage" and level == "municipality" and one.value in (0, 1):
        return _("yes") if one.value else _("no")
    return amounts.cell(indicator.kind, one.value)


def _place(
    indicator: Indicator, level: LevelName, read: FiguresRead, period: str, own: AreaValue
) -> str | None:
    """How many others are higher; nothing where all are either yes or no, or numbers of people."""
    if own.value is None or indicator.kind in ("coverage", "count", "amount", None):
        return None
    place = read.place_of(level, period, own.value)
    return _("%(higher)s of %(total)s others are higher") % {
        "higher": words.number(place.higher),
        "total": words.number(place.total - 1),
    }


def _ahead(indicator: Indicator, own: AreaValue, nation: AreaValue | None) -> bool | None:
    """Whether the place is better than the whole country; None where that cannot be said."""
    if indicator.kind not in COMPARABLE or indicator.direction is None:
        return None
    if nation is None or own.value is None or nation.value is None:
        return None
    higher = own.value > nation.value
    return higher if indicator.direction == "up" else own.value < nation.value


def _linked(reading: Reading, indicator: Indicator) -> tuple[str, SafeString]:
    def make() -> dict[str, tuple[str, SafeString]]:
        return {
            one.uid: (reading.address(one.uid), name_of(one, reading.language))
            for one in reading.plan.index.indicators
        }

    key = ("indicator links", reading.language, reading.prefix)
    return remembered(reading.plan, key, make)[indicator.uid]


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
