"""How far dates have moved since the first and the last approved edition, in words for a table."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from veikart.design.templatetags.veikart import in_language
from veikart.pages.memory import remembered
from veikart.pages.reading import Reading
from veikart.plan.slip import Against, Slip, Spread, Statistics, slip

DAYS_A_MONTH = 365.25 / 12


def tables(reading: Reading) -> list[dict[str, Any]]:
    """A table against the edition before, and one against the first where that is another."""
    older = [kept for kept in reading.editions if kept.as_of < reading.shelved.as_of]
    previous, first = reading.previous, (older[-1] if older else None)
    if previous is None:
        return []
    found: Slip = remembered(
        reading.plan,
        ("slip", previous.number, first.number if first else None),
        lambda: slip(
            reading.plan,
            first=first.plan if first and first.number != previous.number else None,
            last=previous.plan,
        ),
    )
    against = (found.last, found.first)
    return [_table(reading, one) for one in against if one is not None]


def _table(reading: Reading, against: Against) -> dict[str, Any]:
    rows = [{"name": _("All goals"), **_figures(against.all)}]
    for statistics in against.by_goal:
        goal = reading.plan.index.by_uid.get(statistics.uid or "")
        name = in_language(goal, reading.language) if goal else _("No goal")
        rows.append({"name": name, "number": getattr(goal, "number", ""), **_figures(statistics)})
    return {"number": against.number, "flow": against.flow, "rows": rows}


def _figures(statistics: Statistics) -> dict[str, Any]:
    if statistics.withheld:
        return {"n": statistics.n, "withheld": True}
    return {
        "n": statistics.n,
        "median": spread_words(statistics.median),
        "late": _share_words(statistics.late_at_least, statistics.late_at_most),
    }


def spread_words(spread: Spread | None) -> str:
    """A move in words: 6 måneder senere; between two where the dates leave it open."""
    if spread is None or spread.at_least is None or spread.at_most is None:
        return _("cannot be told")
    if spread.at_least == spread.at_most:
        return move_words(spread.at_least)
    return _("between %(least)s and %(most)s") % {
        "least": move_words(spread.at_least),
        "most": move_words(spread.at_most),
    }


def move_words(days: float) -> str:
    """So many days as months, or as days where it is less than one; earlier or later."""
    months, whole = round(abs(days) / DAYS_A_MONTH), round(abs(days))
    if whole == 0:
        return _("no move")
    if months and days > 0:
        said = ngettext("%(count)d month later", "%(count)d months later", months)
    elif months:
        said = ngettext("%(count)d month earlier", "%(count)d months earlier", months)
    elif days > 0:
        said = ngettext("%(count)d day later", "%(count)d days later", whole)
    else:
        said = ngettext("%(count)d day earlier", "%(count)d days earlier", whole)
    return said % {"count": months or whole}


def _share_words(least: float | None, most: float | None) -> str:
    low, high = round((least or 0) * 100), round((most or 0) * 100)
    if low == high:
        return _("%(share)d %%") % {"share": low}
    return _("%(least)d–%(most)d %%") % {"least": low, "most": high}
