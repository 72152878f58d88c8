"""How unequal an indicator is, in plain words first: who has most and least, and is it growing?"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from veikart.design import amounts, words
from veikart.pages import area_names, indicator_charts
from veikart.pages.indicator_words import label
from veikart.pages.light_tables import cell, head, row, rows
from veikart.pages.memory import each_remembered
from veikart.pages.reading import Reading
from veikart.plan.figures import NATION
from veikart.plan.indicators import Indicator, Result, Spread
from veikart.plan.reading_figures import FiguresRead, spread_across

LEVELS = ("county", "municipality", "hospital_area", "region")
NEGLIGIBLE = 0.02
"""A gap that changed by less than this part of itself is called unchanged."""

MEASURES = {
    "gap": (
        gettext_lazy("Gap"),
        gettext_lazy("The difference between the highest and the lowest."),
    ),
    "ratio": (
        gettext_lazy("Ratio"),
        gettext_lazy("The highest divided by the lowest. 1 is no difference."),
    ),
    "p90_p10": (
        gettext_lazy("Without the extremes"),
        gettext_lazy(
            "The difference between what the best tenth of the inhabitants have at least and what "
            "the worst tenth have at most."
        ),
    ),
    "gini": (
        gettext_lazy("Gini"),
        gettext_lazy("0 if all have the same, close to 1 if one place has all."),
    ),
    "cv": (
        gettext_lazy("Variation"),
        gettext_lazy("How far places usually are from the mean, in percent of it, by inhabitants."),
    ),
    "theil": (
        gettext_lazy("Theil"),
        gettext_lazy("0 if all have the same. It can be divided into parts."),
    ),
    "theil_between": (
        gettext_lazy("Of it between regions"),
        gettext_lazy(
            "How much of Theil is difference between health regions rather than inside them."
        ),
    ),
    "slope": (
        gettext_lazy("Slope"),
        gettext_lazy("The difference from the lowest to the highest group, along their order."),
    ),
}
"""Measures of inequality by field: what each is called, and what it means."""


def panels(
    reading: Reading, indicator: Indicator, result: Result, read: FiguresRead | None
) -> list[dict[str, Any]]:
    """One panel for each level of places that the spread is known for.

    What a municipality covers is all or nothing, so how far municipalities are apart says nothing.
    """
    skipped = ("municipality",) if indicator.kind == "coverage" else ()
    levels = [level for level in LEVELS if level not in skipped]
    return _panels(reading, indicator, result, read, levels)


def of_groups(
    reading: Reading, indicator: Indicator, result: Result, read: FiguresRead | None
) -> dict[str, dict[str, Any]]:
    """The panel of each breakdown that the spread is known for, by its column."""
    columns = [one.column for one in indicator.breakdowns]
    return {one["across"]: one for one in _panels(reading, indicator, result, read, columns)}


def _panels(
    reading: Reading,
    indicator: Indicator,
    result: Result,
    read: FiguresRead | None,
    across: Iterable[str],
) -> list[dict[str, Any]]:
    """Made once for an indicator: all periods' rows stay the same as long as the plan is there."""
    known = read.figures.spread if read and read.figures.spread else result.spread
    asked = tuple(across)

    def make(reading: Reading, indicator: Indicator) -> list[dict[str, Any]]:
        found = ((one, spread_across(known, one)) for one in asked)
        return [_panel(reading, indicator, one, spread, read) for one, spread in found if spread]

    (made,) = each_remembered(reading, f"spread across {asked}", (indicator,), make)
    return made


def _panel(
    reading: Reading,
    indicator: Indicator,
    across: str,
    spread: tuple[Spread, ...],
    read: FiguresRead | None,
) -> dict[str, Any]:
    sentences = [_between(reading, indicator, spread[-1], read), _since(indicator, spread)]
    measures, title = _measures(spread), _title(reading, indicator, across)
    return {
        "across": across,
        "title": title,
        "has_best": indicator.direction is not None,
        "chart": indicator_charts.of_level(reading, indicator, read, across)  # type: ignore[arg-type]
        if read and across in ("county", "region")
        else None,
        "sentences": [sentence for sentence in sentences if sentence],
        "measures": [MEASURES[field] for field in measures],
        "table": {
            "caption": title,
            "head": head([_("Period"), *(str(MEASURES[field][0]) for field in measures)]),
            "rows": rows(
                row(
                    amounts.period(one.period),
                    (cell(_shown(indicator, one, field)) for field in measures),
                )
                for one in spread
            ),
        },
    }


def _title(reading: Reading, indicator: Indicator, across: str) -> str:
    if across in LEVELS:
        return {
            "county": _("Between counties"),
            "municipality": _("Between municipalities"),
            "hospital_area": _("Between hospital areas"),
            "region": _("Between health regions"),
        }[across]
    column = next(one for one in indicator.breakdowns if one.column == across)
    return _("By %(what)s") % {"what": words.inside(label(column, reading.language))}


def _between(
    reading: Reading, indicator: Indicator, spread: Spread, read: FiguresRead | None
) -> str | None:
    """Who has least and most, with their values, and the gap between them.

    Places are worst and best where more or less is better. Groups of people never are.
    """
    if spread.gap is None:
        return None
    facts = {
        "period": amounts.period(spread.period),
        "gap": amounts.difference(indicator.kind, spread.gap),
    }
    ends = _ends(indicator, spread, read)
    if ends is None:
        return _nameless(reading, indicator, spread, facts)
    names = (_name(reading, indicator, spread.across, code) for code, _value in ends)
    said = (amounts.said(indicator.kind, value) for _code, value in ends)
    facts |= dict(zip(("worst", "best"), names, strict=True))
    facts |= dict(zip(("low", "high"), said, strict=True))
    if spread.across in LEVELS and indicator.direction is not None:
        text = _("%(worst)s had %(low)s in %(period)s and %(best)s %(high)s: a gap of %(gap)s.")
    else:
        text = _(
            "Lowest in %(period)s: %(worst)s with %(low)s. Highest: %(best)s with %(high)s. "
            "The gap is %(gap)s."
        )
    return text % facts


def _ends(
    indicator: Indicator, spread: Spread, read: FiguresRead | None
) -> list[tuple[str, float]] | None:
    """The worst and the best place or group; or the lowest and the highest, where none is better."""
    if read is None:
        return None
    codes = [spread.worst, spread.best]
    if spread.across not in LEVELS:
        codes = [one.code for one in indicator.categories if one.column == spread.across]
    elif spread.worst is None or spread.best is None:
        codes = [one.area for one in read.values(spread.across, spread.period)]  # type: ignore[arg-type]
    found = [(code, _value(spread, code, read)) for code in codes if code is not None]
    known = [(code, value) for code, value in found if value is not None]
    if len(known) < 2:
        return None
    if spread.across in LEVELS and indicator.direction is not None:
        return known
    ranked = sorted(known, key=lambda one: (one[1], one[0]))
    return [ranked[0], ranked[-1]]


def _nameless(
    reading: Reading, indicator: Indicator, spread: Spread, facts: dict[str, str]
) -> str | None:
    """The gap alone, where the values are not shown."""
    if spread.worst is None or spread.best is None:
        return None
    for field, code in (("worst", spread.worst), ("best", spread.best)):
        name = _name(reading, indicator, spread.across, code)
        facts[field] = name if spread.across in LEVELS else words.inside(name)
    return _("In %(period)s the gap between %(worst)s and %(best)s was %(gap)s.") % facts


def _since(indicator: Indicator, spread: tuple[Spread, ...]) -> str | None:
    """What the gap was at first, and whether it has grown."""
    last = spread[-1]
    first = next((one for one in spread[:-1] if one.gap is not None), None)
    if first is None or first.gap is None or last.gap is None:
        return None
    facts = {
        "before": amounts.difference(indicator.kind, first.gap),
        "then": amounts.period(first.period),
    }
    if abs(last.gap - first.gap) <= NEGLIGIBLE * max(abs(first.gap), abs(last.gap)):
        return _("It was %(before)s in %(then)s: the difference is as it was.") % facts
    if last.gap > first.gap:
        return _("It was %(before)s in %(then)s: the difference has grown.") % facts
    return _("It was %(before)s in %(then)s: the difference has become smaller.") % facts


def _value(spread: Spread, code: str, read: FiguresRead | None) -> float | None:
    if read is None:
        return None
    if spread.across in LEVELS:
        found = read.at(spread.across, code, spread.period)  # type: ignore[arg-type]
    else:
        found = read.at("nation", NATION, spread.period, ((spread.across, code),))
    return found.value if found else None


def _name(reading: Reading, indicator: Indicator, across: str, code: str) -> str:
    if across in LEVELS:
        return area_names.name(reading.plan, across, code)
    found = (one for one in indicator.categories if (one.column, one.code) == (across, code))
    category = next(found, None)
    return label(category, reading.language) if category else code


def _measures(spread: tuple[Spread, ...]) -> list[str]:
    """The measures that some period has."""
    return [field for field in MEASURES if any(getattr(one, field) is not None for one in spread)]


def _shown(indicator: Indicator, spread: Spread, field: str) -> str:
    """A measure in a table; a gap between shares is in percentage points."""
    value: float | None = getattr(spread, field)
    if field == "theil_between":
        value = value / spread.theil if value is not None and spread.theil else None
    if value is None:
        return "–"
    if field in ("gap", "p90_p10", "slope"):
        if indicator.kind in amounts.SHARES:
            return amounts.decimal(value * 100, 1)
        return amounts.cell(indicator.kind, value)
    if field in ("cv", "theil_between"):
        return amounts.percent(value, 0)
    return amounts.decimal(value, {"ratio": 2, "gini": 3}.get(field, 4))
