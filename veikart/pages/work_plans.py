"""The page of a work plan: phases, dated meetings and who is shown the work, on one timeline per quarter."""

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from veikart.design import words
from veikart.design.templatetags.veikart import bokmal
from veikart.engines.dates import FuzzyDate
from veikart.engines.readers.slides_values import PhaseKind
from veikart.pages import council_words, referred, roadmap
from veikart.pages.bars import Window, bar, bars, mark
from veikart.pages.missing import NotInPlan
from veikart.pages.reading import Reading
from veikart.plan.council import Checkpoint, WorkDate, WorkPhase, WorkPlan
from veikart.plan.timeline import columns

QUARTER = re.compile(r"(?P<year>\d{4})-Q(?P<quarter>[1-4])")
LOOKS: dict[PhaseKind, int] = {"phase": 3, "involvement": 1, "hearing": 4}
"""The pattern that each kind of bar is drawn in; the words beside it say the same."""
KINDS = {
    "phase": gettext_lazy("Phase of the work"),
    "involvement": gettext_lazy("Involvement"),
    "hearing": gettext_lazy("Hearing of the draft"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the timeline: what it is, where one reads of it, who, which kind, when, and what is drawn.

    `more` is a second line under the name: rows of one line are too low for a mark on paper.
    """

    name: SafeString
    more: SafeString | str
    address: str | None
    who: SafeString | str
    kind: str
    when: str
    drawn: SafeString
    look: int | None = None


def work_plan(reading: Reading, uid: str) -> dict[str, Any]:
    """The page of the work plan `uid`. Raises NotInPlan."""
    this = reading.plan.index.work_plans.get(uid)
    if this is None:
        raise NotInPlan(uid)
    first, last = _years(this)
    window = Window(dt.date(first, 1, 1), dt.date(last, 12, 31))
    return {
        "work_plan": this,
        "trail": [],
        "lead": lead(this),
        "aim": this.aim and bokmal(this.aim, reading.language),
        "groups": _groups(reading, this, window),
        "scale": roadmap.scale(reading, first, last, columns(first, last, "quarter")),
        "kinds": [
            (LOOKS[kind], KINDS[kind]) for kind in LOOKS if any(p.kind == kind for p in this.phases)
        ],
        "streams": [
            (
                bokmal(one.title, reading.language),
                [bokmal(question, reading.language) for question in one.questions],
            )
            for one in this.streams
        ],
        "described": [
            (
                one.no,
                bokmal(one.title, reading.language),
                bokmal(one.description, reading.language),
            )
            for one in this.phases
            if one.description
        ],
    }


def lead(this: WorkPlan) -> str:
    """From when until when, and how many phases and dates the plan has."""
    phases, dates = len(this.phases), len(this.dates)
    said = [
        ngettext("%(n)s part of the work", "%(n)s parts of the work", phases)
        % {"n": words.number(phases)},
        ngettext("%(n)s dated point", "%(n)s dated points", dates) % {"n": words.number(dates)},
    ]
    facts = {"what": words.listed(said), "when": _quarters_said(this)}
    sentence = _("%(what)s, %(when)s.") % facts if facts["when"] else _("%(what)s.") % facts
    unexplained = sum(_is_unexplained(one) for one in this.dates)
    if not unexplained:
        return sentence
    more = ngettext(
        "Of %(n)s date the plan does not say what it is.",
        "Of %(n)s dates the plan does not say what they are.",
        unexplained,
    )
    return f"{sentence} {more % {'n': words.number(unexplained)}}"


def _groups(reading: Reading, this: WorkPlan, window: Window) -> list[tuple[str, list[Row]]]:
    """The rows under their headings, in the order of a process: the work, who is involved, when one meets."""
    phases = [p for p in this.phases if p.kind == "phase"]
    others = [p for p in this.phases if p.kind != "phase"]
    dates = sorted(this.dates, key=lambda d: (d.day or dt.date.max, d.no))
    groups = [
        (_("What is worked on"), [_phase(reading, this, p, window) for p in phases]),
        (_("Who is involved"), [_phase(reading, this, p, window) for p in others]),
        (_("Meetings and other dates"), [_date(reading, d, window) for d in dates]),
        (_("Who is shown the work"), [_checkpoint(reading, c, window) for c in this.checkpoints]),
    ]
    return [(name, rows) for name, rows in groups if rows]


def _phase(reading: Reading, plan: WorkPlan, phase: WorkPhase, window: Window) -> Row:
    begins, ends = _quarter(phase.from_quarter), _quarter(phase.to_quarter)
    first, last = begins.earliest if begins else None, ends.latest if ends else None
    drawn = bar(LOOKS[phase.kind], first, last, window)
    is_told = phase.description is not None
    return Row(
        name=bokmal(phase.title, reading.language),
        more=bokmal(phase.description, reading.language)
        if phase.description
        else str(KINDS[phase.kind]),
        address=f"{reading.address(plan.uid)}#fase-{phase.no}" if is_told else None,
        who="",
        kind=str(KINDS[phase.kind]),
        when=_span(begins, ends),
        drawn=bars([drawn]),
        look=LOOKS[phase.kind],
    )


def _date(reading: Reading, date: WorkDate, window: Window) -> Row:
    index = reading.plan.index
    meeting, body = index.meetings.get(date.meeting or ""), index.bodies.get(date.body or "")
    when = words.day(date.day) if date.day else date.day_said
    name = bokmal(date.what, reading.language) if date.what else escape(when)
    if meeting and not date.what:
        name = escape(council_words.meeting(meeting))
    more = referred.body(reading, body)[0] if body else ""
    return Row(
        name=name,
        more=_("The plan does not say what it is.") if _is_unexplained(date) else more,
        address=reading.link(meeting.uid) if meeting else None,
        who=more,
        kind=_("Meeting") if meeting else _("Date"),
        when=when,
        drawn=bars([mark(date.day, window)] if date.day else []),
    )


def _checkpoint(reading: Reading, point: Checkpoint, window: Window) -> Row:
    times = ngettext("%(n)s time", "%(n)s times", point.times) % {"n": words.number(point.times)}
    return Row(
        name=bokmal(point.name, reading.language),
        more=_("Checkpoint"),
        address=None,
        who="",
        kind=_("Checkpoint"),
        when=_("%(times)s; the days are not told") % {"times": times},
        drawn=bars([]),
    )


def _is_unexplained(date: WorkDate) -> bool:
    return date.what is None and date.meeting is None


def _quarter(text: str | None) -> FuzzyDate | None:
    """The quarter that a text such as 2021-Q3 names; None where it names none."""
    found = QUARTER.fullmatch(text or "")
    if found is None:
        return None
    year, quarter = int(found["year"]), int(found["quarter"])
    last = calendar.monthrange(year, quarter * 3)[1]
    return FuzzyDate(
        earliest=dt.date(year, quarter * 3 - 2, 1),
        latest=dt.date(year, quarter * 3, last),
        precision="quarter",
        certainty="planned",
        text=text or "",
    )


def _span(begins: FuzzyDate | None, ends: FuzzyDate | None) -> str:
    if begins is None and ends is None:
        return _("not dated")
    if begins and ends and begins.earliest == ends.earliest:
        return words.at(begins)
    parts = [words.start(begins) if begins else "", words.end(ends) if ends else ""]
    return " ".join(part for part in parts if part)


def _quarters_said(this: WorkPlan) -> str:
    known = [quarter for text in this.quarters if (quarter := _quarter(text))]
    return _span(known[0], known[-1]) if known else ""


def _years(this: WorkPlan) -> tuple[int, int]:
    """The years to draw: those of its quarters, or of its dates, or of its own address."""
    told = [one.year for one in _days(this)]
    address = [int(year) for year in re.findall(r"\d{4}", this.uid)]
    return min(told or address), max(told or address)


def _days(this: WorkPlan) -> Iterable[dt.date]:
    said = [*this.quarters, *(q for p in this.phases for q in (p.from_quarter, p.to_quarter))]
    yield from (quarter.earliest for text in said if (quarter := _quarter(text)))
    yield from (one.day for one in this.dates if one.day)
