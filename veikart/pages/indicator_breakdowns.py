"""An indicator by sex, age or whatever it is divided by: a table for each breakdown."""

from typing import Any

from django.utils.translation import gettext as _

from veikart.design import amounts
from veikart.pages import indicator_charts
from veikart.pages.indicator_words import label, status_words, why_missing
from veikart.pages.light_tables import cell, head, missing, row, rows
from veikart.pages.reading import Reading
from veikart.plan.figures import NATION
from veikart.plan.indicators import Breakdown, Indicator
from veikart.plan.reading_figures import FiguresRead, Group

SHOWN = 6
"""So many periods of a breakdown stand in its table, the latest ones; downloads have all."""


def breakdowns(
    reading: Reading, indicator: Indicator, read: FiguresRead | None
) -> list[dict[str, Any]]:
    """The whole country by each breakdown that there are figures for."""
    if read is None:
        return []
    found = (_breakdown(reading, indicator, one, read) for one in indicator.breakdowns)
    return [one for one in found if one]


def _breakdown(
    reading: Reading, indicator: Indicator, breakdown: Breakdown, read: FiguresRead
) -> dict[str, Any] | None:
    column = breakdown.column
    codes = read.groups(column)
    periods = [
        period
        for period in read.figures.periods
        if any(_at(read, column, code, period) is not None for code in codes)
    ][-SHOWN:]
    if not periods:
        return None
    labels = {
        one.code: label(one, reading.language)
        for one in indicator.categories
        if one.column == column
    }
    order = {code: place for place, code in enumerate(labels)}
    codes = tuple(sorted(codes, key=lambda code: (order.get(code, len(order)), code)))
    heading = label(breakdown, reading.language)
    return {
        "column": column,
        "label": heading,
        "chart": indicator_charts.of_breakdown(reading, indicator, read, column),
        "table": {
            "caption": heading,
            "head": head([heading, *(amounts.period(period) for period in periods)]),
            "rows": rows(
                row(name, (_cell(indicator, read, period, group) for period in periods))
                for name, group in (
                    *((labels.get(code, code), ((column, code),)) for code in codes),
                    (_("All"), ()),
                )
            ),
        },
    }


def _at(read: FiguresRead, column: str, code: str, period: str) -> float | None:
    found = read.at("nation", NATION, period, ((column, code),))
    return found.value if found else None


def _cell(indicator: Indicator, read: FiguresRead, period: str, group: Group) -> str:
    """The value, and what is special about it; or why there is none."""
    found = read.at("nation", NATION, period, group)
    if found is None or found.value is None:
        return missing(why_missing(found.status if found else None))
    return cell(amounts.cell(indicator.kind, found.value), status_words(found.status))
