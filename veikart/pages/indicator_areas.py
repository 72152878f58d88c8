"""Where an indicator is high and low: one table for each level of places, light at any size."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from veikart.design import amounts, words
from veikart.pages import area_names, indicator_charts
from veikart.pages.indicator_words import amount, filled, status_words, why_missing
from veikart.pages.light_tables import cell, head, missing, row, rows
from veikart.pages.memory import each_remembered
from veikart.pages.reading import Reading
from veikart.plan.figures import LevelName
from veikart.plan.indicators import Indicator, IndicatorKind
from veikart.plan.reading_figures import AreaValue, FiguresRead
from veikart.plan.rows import alphabetical

PAIRED = ("share", "coverage", "rate", "survey_share")
"""The kinds whose values are read off a numerator and a denominator."""


@dataclass(frozen=True, slots=True)
class Table:
    """The areas of one level: a caption, and its head and rows as HTML."""

    level: str
    caption: str
    head: SafeString
    rows: SafeString
    count: int


def areas(
    reading: Reading, indicator: Indicator, read: FiguresRead | None
) -> dict[str, Any] | None:
    """The tables of every level with figures, in its latest period; None where there are none."""
    if read is None:
        return None
    levels = [level for level in area_names.LEVELS if read.latest(level)]
    period = read.latest(levels[0]) if levels else None
    if period is None:
        return None
    counties = _sorted(read.values("county", period))
    return {
        "period": amounts.period(period),
        "lead": _lead(reading, indicator, counties),
        "gaps": _gaps(read.values("municipality", period)),
        "counties": _table(reading, indicator, "county", period, counties) if counties else None,
        "others": [
            _table(reading, indicator, level, period, _sorted(read.values(level, period)))
            for level in ("region", "hospital_area")
            if level in levels
        ],
        "is_only_level": len(levels) == 1,
        "municipalities": _municipalities(reading, indicator, period, read),
        "borders": read.figures.borders,
    } | indicator_charts.of_places(reading, indicator, read, period)


def pair_words(indicator: Indicator) -> list[tuple[str, str]]:
    """What the two numbers beside a share or rate count, as the definition says."""
    if indicator.kind not in PAIRED:
        return []
    said = ((pgettext("how many", "Number"), indicator.numerator), (_("Of"), indicator.denominator))
    return [(head, text) for head, text in said if text]


def heads(kind: IndicatorKind | None) -> tuple[str, ...]:
    """The heads of the columns after the area's name."""
    if kind == "coverage":
        return (_("Share"), _("Inhabitants with it"), _("Inhabitants it is known for"))
    if kind == "rate":
        return (_("Rate"), pgettext("how many", "Number"), _("Of"))
    if kind in PAIRED:
        return (_("Share"), pgettext("how many", "Number"), _("Of"))
    return (_("Kroner"),) if kind == "amount" else (pgettext("how many", "Number"),)


def cells(kind: IndicatorKind | None, one: AreaValue) -> Iterable[str]:
    """The cells of a row after the area's name. What is missing says why."""
    paired = kind in PAIRED
    if one.value is None:
        if kind == "coverage" and one.denominator is not None and one.status is None:
            return (missing(why_missing(None), width=2), f"<td>{_number(one.denominator)}")
        return (missing(why_missing(one.status), width=3 if paired else 1),)
    value = cell(amounts.cell(kind, one.value), status_words(one.status))
    if not paired:
        return (value,)
    return (value, f"<td>{_number(one.numerator)}", f"<td>{_number(one.denominator)}")


def area_rows(
    names: Mapping[str, SafeString], kind: IndicatorKind | None, values: Iterable[AreaValue]
) -> SafeString:
    """One row for each area; `names` are links by code."""
    return rows(row(names.get(one.area) or one.area, cells(kind, one)) for one in values)


def _table(
    reading: Reading,
    indicator: Indicator,
    level: LevelName,
    period: str,
    values: list[AreaValue],
) -> Table:
    caption = {
        "county": _("Counties, %(period)s"),
        "region": _("Health regions, %(period)s"),
        "hospital_area": _("Hospital areas, %(period)s"),
        "municipality": _("Municipalities, %(period)s"),
    }[level]
    names: Mapping[str, SafeString] = area_names.links(reading, level)
    if level == "county":  # The tiles have no room for names: the table tells whose codes they are.
        names = {
            code: format_html("{} <small>{}</small>", link, code) for code, link in names.items()
        }
    return Table(
        level=level,
        caption=caption % {"period": amounts.period(period)},
        head=head([_("Place"), *heads(indicator.kind)]),
        rows=area_rows(names, indicator.kind, values),
        count=len(values),
    )


def _municipalities(
    reading: Reading, indicator: Indicator, period: str, read: FiguresRead
) -> list[dict[str, Any]]:
    """As `_by_county`, made once: hundreds of rows that do not change as long as the plan is there."""
    (made,) = each_remembered(
        reading,
        "municipalities with figures",
        (indicator,),
        lambda reading, indicator: _by_county(reading, indicator, period, read),
    )
    return made


def _by_county(
    reading: Reading, indicator: Indicator, period: str, read: FiguresRead
) -> list[dict[str, Any]]:
    """The municipalities with figures, folded under their counties."""
    found = {one.area: one for one in read.values("municipality", period)}
    names = area_names.links(reading, "municipality")
    columns, listed = head([_("Place"), *heads(indicator.kind)]), []
    for county in sorted(reading.plan.places.counties, key=lambda one: alphabetical(one.name)):
        own = [
            found[one.code]
            for one in reading.plan.index.municipalities.get(county.uid, ())
            if one.code in found
        ]
        if own:
            table = Table(
                level="municipality",
                caption=_("Municipalities in %(county)s, %(period)s")
                % {"county": county.name, "period": amounts.period(period)},
                head=columns,
                rows=area_rows(names, indicator.kind, _sorted(own)),
                count=len(own),
            )
            listed.append({"county": county, "table": table})
    return listed


def _lead(reading: Reading, indicator: Indicator, ranked: list[AreaValue]) -> SafeString | None:
    """Between which counties the values lie."""
    known = [one for one in ranked if one.value is not None]
    if len(known) < 2:
        return None
    high, low = known[0], known[-1]
    assert high.value is not None
    assert low.value is not None
    facts = {
        "high": amount(indicator, high.value, reading.language),
        "highest": area_names.name(reading.plan, "county", high.area),
        "low": amount(indicator, low.value, reading.language),
        "lowest": area_names.name(reading.plan, "county", low.area),
    }
    if facts["high"] == facts["low"]:
        return filled(_("It is the same in every county: %(high)s."), **facts)
    return filled(
        _("Highest in %(highest)s with %(high)s, lowest in %(lowest)s with %(low)s."), **facts
    )


def _gaps(values: Iterable[AreaValue]) -> list[str]:
    """How many municipalities have no figure, and why."""
    without = [one.status for one in values if one.value is None]
    hidden = without.count("suppressed")
    said = []
    if hidden:
        said.append(
            ngettext(
                "The figure of %(n)s municipality is hidden, since it is about so few people.",
                "The figures of %(n)s municipalities are hidden, since they are about so few people.",
                hidden,
            )
            % {"n": words.number(hidden)}
        )
    if len(without) > hidden:
        said.append(
            ngettext(
                "For %(n)s municipality nothing is known. It never counts as no.",
                "For %(n)s municipalities nothing is known. They never count as no.",
                len(without) - hidden,
            )
            % {"n": words.number(len(without) - hidden)}
        )
    return said


def _sorted(values: Iterable[AreaValue]) -> list[AreaValue]:
    """The highest first; those without a value last, by code."""
    return sorted(values, key=lambda one: (one.value is None, -(one.value or 0.0), one.area))


def _number(value: float | None) -> str:
    return amounts.decimal(value, 0) if value is not None else ""
