"""Every reading page as a pure function: a reading and an address in, HTML out. No request needed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import get_template
from django.utils import translation

from veikart.engines.slugs import REGISTER_ID
from veikart.pages import (
    about,
    actors,
    areas,
    bodies,
    cases,
    comparison,
    decisions,
    editions,
    evaluations,
    follow_ups,
    front,
    goals,
    hearing_about,
    hearings,
    indicators,
    meetings,
    missing,
    replies,
    report,
    roadmap,
    things,
    work_plans,
)
from veikart.pages.memory import remembered
from veikart.pages.reading import Reading

FOUND, NOT_FOUND, GONE = 302, 404, 410

Query = Mapping[str, list[str]]
Build = Callable[..., dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is sent. `moved_to` is the address to go to in its place, for a place on a page."""

    html: str
    status: int = 200
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page: what its paths look like, its template, and what makes its context."""

    path: re.Pattern[str]
    template: str
    build: Build
    takes_query: bool = field(default=False)


def _kind(path: str, template: str, build: Build, *, takes_query: bool = False) -> Kind:
    return Kind(re.compile(path), f"pages/{template}.html", build, takes_query)


KINDS = (
    _kind(r"", "front", front.page),
    _kind(r"mal", "goals", goals.all_goals),
    _kind(r"(?P<uid>mal/\d+)", "goal", goals.goal),
    _kind(r"(?P<uid>delmal/\w+)", "delmal", goals.delmal),
    _kind(r"(?P<uid>gruppering/[\w-]+)", "grouping", things.grouping),
    _kind(rf"(?P<uid>leveranse/{REGISTER_ID})", "deliverable", things.deliverable),
    _kind(r"aktor", "organisations", actors.organisations),
    _kind(r"(?P<uid>aktor/[\w-]+)", "organisation", actors.organisation),
    _kind(r"brukergruppe", "user_groups", actors.user_groups),
    _kind(r"(?P<uid>brukergruppe/[\w-]+)", "user_group", actors.user_group),
    _kind(r"(?P<uid>helseregion/[\w-]+)", "region", actors.region),
    _kind(r"indikator", "indicators", indicators.all_indicators),
    _kind(r"(?P<uid>indikator/[\w.-]+)", "indicator", indicators.indicator),
    _kind(r"kommune", "municipalities", areas.municipalities, takes_query=True),
    _kind(r"(?P<uid>kommune/\d{4})", "municipality", areas.municipality),
    _kind(r"(?P<uid>fylke/\d{2})", "county", areas.county),
    _kind(r"(?P<uid>sykehusomrade/[\w-]+)", "county", areas.hospital_area),
    _kind(r"veikart", "roadmap", roadmap.page, takes_query=True),
    _kind(r"horing", "hearings", hearings.all_hearings),
    _kind(r"(?P<uid>(?:horing|arbeidsmote)/[\w-]+)", "hearing", hearings.hearing),
    _kind(r"(?P<uid>(?:horing|arbeidsmote)/[\w-]+)/rapport", "report", report.page),
    _kind(r"(?P<uid>horing/[\w-]+/svar/\d+)", "reply", replies.reply),
    _kind(r"(?P<uid>arbeidsmote/[\w-]+/bidrag/\d+)", "reply", replies.reply),
    _kind(
        r"(?P<uid>(?:horing|arbeidsmote)/[\w-]+/tema/\d+)(?:/side/(?P<page>\d+))?",
        "theme",
        replies.theme,
    ),
    _kind(
        r"(?P<uid>(?:horing|arbeidsmote)/[\w-]+)/om/(?P<about>[\w./-]+?)(?:/side/(?P<page>\d+))?",
        "hearing_about",
        hearing_about.page,
    ),
    _kind(r"vedtak(?:/side/(?P<page>\d+))?", "decisions", decisions.page, takes_query=True),
    _kind(r"oppfolging(?:/side/(?P<page>\d+))?", "follow_ups", follow_ups.page, takes_query=True),
    _kind(r"organ", "bodies", bodies.all_bodies),
    _kind(r"(?P<uid>organ/[\w-]+)", "body", bodies.body),
    _kind(r"(?P<uid>organ/[\w-]+)/(?P<year>\d{4})", "body_year", bodies.year),
    _kind(r"(?P<uid>mote/[\w-]+/[\d-]+)", "meeting", meetings.meeting),
    _kind(r"(?P<uid>sak/[\w-]+/\d+-\d\d)", "case", cases.case),
    _kind(r"(?P<uid>arbeidsplan/[\d-]+)", "work_plan", work_plans.work_plan),
    _kind(r"evaluering", "evaluations", evaluations.all_evaluations),
    _kind(r"(?P<uid>evaluering/[\w-]+)", "evaluation", evaluations.evaluation),
    _kind(r"utgaver", "editions", editions.all_editions),
    _kind(r"utgaver/(?P<number>[\w-]+)", "edition", editions.edition),
    _kind(r"endringer/(?P<before>[\w-]+)\.\.(?P<after>[\w-]+)", "comparison", comparison.page),
    _kind(r"om/metode", "method", about.method),
    _kind(r"om/tilgjengelighet", "accessibility", about.accessibility),
    _kind(r"om/datakilder", "sources", about.sources),
)


def render(reading: Reading, path: str, query: Query | None = None, *, part: str = "") -> Page:
    """The page at `path` (an address without language, edition and outer slashes) of `reading`.

    `query` is what follows the question mark, as lists of texts; only the roadmap reads it.
    `part` names a template to render in place of the whole page, with the same context. What is
    not there gives the page that says so, with status 404; a reply that was withdrawn, 410; what is a
    place on another page, its address there. The front page is rendered once for a
    plan, its language and the editions there are.
    """
    if path == "" and not part:
        numbers = tuple(kept.number for kept in reading.editions)
        key = ("front", reading.language, reading.prefix, numbers, reading.file_problem)
        return remembered(reading.plan, key, lambda: _rendered(reading, path, {}, part))
    return _rendered(reading, path, query or {}, part)


def _rendered(reading: Reading, path: str, query: Query, part: str) -> Page:
    with translation.override(reading.language):
        try:
            template, context = _made(reading, path, query)
            status = 200
        except missing.NotInPlan as absent:
            place = reading.place(absent.uid)
            if place:
                return Page("", FOUND, moved_to=place)
            template, context = "pages/missing.html", missing.page(reading, absent.uid)
            status = GONE if context["is_withdrawn"] else NOT_FOUND
        context |= {"reading": reading, "path": path, "in_current": reading.root + _slashed(path)}
        return Page(get_template(part or template).render(context), status)


def _made(reading: Reading, path: str, query: Query) -> tuple[str, dict[str, Any]]:
    for kind in KINDS:
        match = kind.path.fullmatch(path)
        if match:
            found = match.groupdict() | ({"query": query} if kind.takes_query else {})
            return kind.template, kind.build(reading, **found)
    raise missing.NotInPlan(path)


def _slashed(path: str) -> str:
    return f"{path}/" if path else ""
