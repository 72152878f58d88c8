"""The roadmap: the timeline as a table, filtered by a view that is an address."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from veikart.design import words
from veikart.pages import filters
from veikart.pages.bars import Window, drawing
from veikart.pages.facts import facts
from veikart.pages.memory import remembered
from veikart.pages.reading import Reading
from veikart.plan.model import Deliverable
from veikart.plan.timeline import Column, Group, Timeline, parse, span_of, timeline
from veikart.plan.timeline import query as as_query

BARS = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Where the bars go into a row."""


def page(reading: Reading, query: Mapping[str, list[str]]) -> dict[str, Any]:
    """The roadmap as `query` asks for it."""
    plan = reading.plan
    view = parse(query, plan)
    asked = as_query(view)
    shown = remembered(plan, ("timeline", view), lambda: timeline(plan, view))
    return {
        "view": view,
        "lead": lead(reading, shown),
        "remarks": remarks(shown),
        "chips": filters.chips(reading, shown),
        "fields": filters.fields(reading, shown),
        "groups": [_group(reading, group, shown) for group in shown.groups],
        "scale": scale(reading, shown.first_year, shown.last_year, shown.columns),
        "plain_address": reading.address("veikart"),
        "query_string": f"?{asked}" if asked else "",
        "downloads": downloads(reading),
    }


def excerpt(
    reading: Reading, deliverables: Iterable[Deliverable], *, current: str = ""
) -> dict[str, Any]:
    """The rows of a few deliverables on the whole plan's years; `current` is the page's own."""
    first, last = span_of(reading.plan)
    chosen = sorted(deliverables, key=_by_start)
    return {
        "rows": [
            {"html": html, "current": one.uid == current}
            for one, html in zip(chosen, rows(reading, chosen, first, last), strict=True)
        ],
        "scale": scale(reading, first, last, ()),
    }


def rows(
    reading: Reading, deliverables: Iterable[Deliverable], first: int, last: int
) -> list[SafeString]:
    """The row of each deliverable, rendered once for a plan, a language and the years drawn."""
    key = ("rows", reading.language, reading.prefix, first, last)
    known: dict[str, SafeString] = remembered(reading.plan, key, dict)
    window = Window(dt.date(first, 1, 1), dt.date(last, 12, 31))
    found = []
    for deliverable in deliverables:
        if deliverable.uid not in known:
            before, after = _around_bars(reading, deliverable)
            bars = drawing(reading.plan, deliverable, window)
            known[deliverable.uid] = SafeString(f"{before}{bars}{after}")
        found.append(known[deliverable.uid])
    return found


def lead(reading: Reading, shown: Timeline) -> str:
    """The page's first sentence: how many of how many, in which years."""
    said = {
        "shown": words.number(shown.shown),
        "total": words.number(shown.total),
        "first": shown.first_year,
        "last": shown.last_year,
    }
    if shown.shown == 0:
        return _("No deliverable fits what you ask for. Take a choice away to see more.")
    if shown.shown == shown.total:
        return _("Shows all %(total)s deliverables, %(first)d–%(last)d.") % said
    return (
        ngettext(
            "Shows %(shown)s of %(total)s deliverables, %(first)d–%(last)d.",
            "Shows %(shown)s of %(total)s deliverables, %(first)d–%(last)d.",
            shown.shown,
        )
        % said
    )


def remarks(shown: Timeline) -> list[str]:
    """What a reader might miss: those without dates, outside the years, and unknown choices."""
    said = []
    if shown.undated:
        said.append(
            ngettext(
                "%(count)s is not dated and stands last in its group.",
                "%(count)s are not dated and stand last in their groups.",
                shown.undated,
            )
            % {"count": words.number(shown.undated)}
        )
    if shown.undated_left_out:
        said.append(
            ngettext(
                "%(count)s that is not dated is left out.",
                "%(count)s that are not dated are left out.",
                shown.undated_left_out,
            )
            % {"count": words.number(shown.undated_left_out)}
        )
    if shown.outside:
        said.append(
            ngettext(
                "%(count)s lies outside the years shown.",
                "%(count)s lie outside the years shown.",
                shown.outside,
            )
            % {"count": words.number(shown.outside)}
        )
    passed_over = _("The plan does not know “%(value)s”, so it was ignored.")
    return said + [passed_over % {"value": unknown.value} for unknown in shown.view.unknown]


def scale(reading: Reading, first: int, last: int, columns: tuple[Column, ...]) -> dict[str, Any]:
    """The years over the bars, how many parts each has, and where the plan's own day is."""
    window = Window(dt.date(first, 1, 1), dt.date(last, 12, 31))
    today = reading.plan.head.as_of
    years = range(first, last + 1)
    parts = max((column.part or 1 for column in columns), default=1)
    whole = len(years) * parts
    return {
        "years": list(years),
        "parts": range(1, parts + 1) if parts > 1 else (),
        "lines": [(f"{place * 100 / whole:.4g}", place % parts == 0) for place in range(1, whole)],
        "now": f"{window.share(today) * 100:.4g}" if window.holds(today) else "",
        "today": words.day(today),
    }


def downloads(reading: Reading) -> list[tuple[str, str]]:
    """The whole roadmap as files; a draft has none."""
    if reading.number is None:
        return []
    start = reading.address(f"utgaver/{reading.number}")
    return [
        (_("Table (CSV)"), f"{start}veikart.csv"),
        (_("Spreadsheet (XLSX)"), f"{start}veikart.xlsx"),
        (_("The whole plan (JSON)"), f"{start}plan.json"),
    ]


def _around_bars(reading: Reading, deliverable: Deliverable) -> tuple[str, str]:
    """What stands in a row before and after its bars, whatever years are drawn; made once."""
    key = ("around bars", reading.language, reading.prefix)
    known: dict[str, tuple[str, str]] = remembered(reading.plan, key, dict)
    if deliverable.uid not in known:
        fact = facts(reading, [deliverable])[0]
        html = get_template("pages/row.html").render({"fact": fact, "bars": BARS})
        before, _bars, after = html.partition(BARS)
        known[deliverable.uid] = (before, after)
    return known[deliverable.uid]


def _group(reading: Reading, group: Group, shown: Timeline) -> dict[str, Any]:
    def html(found: Iterable[Any]) -> SafeString:
        listed = [row.deliverable for row in found]
        return SafeString("".join(rows(reading, listed, shown.first_year, shown.last_year)))

    number = getattr(group.thing, "number", None) if shown.view.group_by == "goal" else None
    return {
        "thing": group.thing,
        "number": number,
        "code": getattr(group.thing, "code", ""),
        "count": group.count,
        "rows": html(group.rows),
        "undated": html(group.undated),
        "address": reading.link(group.uid) if group.uid else None,
        "hue": _hue(reading, group),
    }


def _hue(reading: Reading, group: Group) -> int | None:
    """The number of the goal that the group belongs to, for its colour."""
    index, thing = reading.plan.index, group.thing
    for field in ("delmal", "goal"):
        above = index.by_uid.get(getattr(thing, field, "") or "")
        thing = above if above is not None else thing
    number = getattr(thing, "number", None)
    return number if thing in index.goals else None


def _by_start(deliverable: Deliverable) -> tuple[dt.date, str]:
    starts = [period.start.earliest for period in deliverable.periods if period.start]
    return (min(starts, default=dt.date.max), deliverable.name)
