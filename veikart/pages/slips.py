"""How far dates have moved since the first and the last approved edition, in words for a table."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from veikart.design import words
from veikart.design.templatetags.veikart import in_language
from veikart.pages.memory import remembered
from veikart.pages.reading import Reading
from veikart.plan.slip import Against, Flow, Slip, Spread, Statistics, slip

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
    return {"number": against.number, "flow": flow_words(against.flow), "rows": rows}


def flow_words(flow: Flow) -> str:
    """What became of the deliverables, as a list in running text; what is none is left out."""
    said = (
        (flow.stayed, ngettext("%(count)s stayed", "%(count)s stayed", flow.stayed)),
        (flow.joined, ngettext("%(count)s joined", "%(count)s joined", flow.joined)),
        (
            flow.finished,
            ngettext("%(count)s came into use", "%(count)s came into use", flow.finished),
        ),
        (
            flow.removed,
            ngettext("%(count)s was taken out", "%(count)s were taken out", flow.removed),
        ),
        (
            flow.merged,
            ngettext(
                "%(count)s was merged or replaced", "%(count)s were merged or replaced", flow.merged
            ),
        ),
    )
    return words.listed([text % {"count": words.number(count)} for count, text in said if count])


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
    """So many days as years and months, or as days where it is less; earlier or later."""
    months, whole = round(abs(days) / DAYS_A_MONTH), round(abs(days))
    if whole == 0:
        return _("no move")
    distance = ngettext("%(count)d day", "%(count)d days", whole) % {"count": whole}
    if months:
        distance = words.months(months)
    said = _("%(distance)s later") if days > 0 else _("%(distance)s earlier")
    return said % {"distance": distance}


def _share_words(least: float | None, most: float | None) -> str:
    low, high = round((least or 0) * 100), round((most or 0) * 100)
    if low == high:
        return _("%(share)d %%") % {"share": low}
    return _("%(least)d–%(most)d %%") % {"least": low, "most": high}
