"""The pages of the council model: all bodies, one body, and what it treated in a year."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from veikart.design import words
from veikart.design.templatetags.veikart import bokmal
from veikart.pages import (
    council_facts,
    council_rows,
    council_words,
    decisions,
    referred,
    seats,
)
from veikart.pages.missing import NotInPlan
from veikart.pages.reading import Reading
from veikart.plan.council import Body, Case, Meeting

LATEST = 5
"""So many of the latest decisions are listed; the register has them all."""


def all_bodies(reading: Reading) -> dict[str, Any]:
    """The page of the council model: which bodies there are, and what have they decided?"""
    plan = reading.plan
    bodies = council_facts.in_order(plan)
    follow_ups = plan.council.follow_ups
    left, overdue = council_facts.open_and_overdue(follow_ups, plan.head.as_of)
    return {
        "lead": _lead_of_all(reading, bodies),
        "bodies": [_in_list(reading, body) for body in bodies],
        "latest": [
            council_rows.decision_short(reading, one) for one in council_facts.latest(plan, LATEST)
        ],
        "follow_ups": _left_said(len(follow_ups), left, overdue),
        "feed": decisions.feed(reading),
        "work_plans": [referred.named(reading, one.uid) for one in plan.council.work_plans],
    }


def body(reading: Reading, uid: str) -> dict[str, Any]:
    """The page of one body: what is it for, who sits there, and what has it decided? Raises NotInPlan."""
    this = found(reading, uid)
    plan = reading.plan
    decided = council_facts.decisions_of(plan, uid)
    coming = council_facts.coming(plan, uid)
    return {
        "body": this,
        "trail": [],
        "lead": lead(reading, this),
        "level": council_words.level(this),
        "mandate": council_rows.lines(reading, this.mandate),
        "after": plan.index.bodies.get(this.prepares_for or ""),
        "before": council_facts.preparing(plan, this),
        "names": [
            (
                bokmal(one.name, reading.language),
                council_words.span(one.from_day, one.until_day, None),
            )
            for one in this.earlier_names
        ],
        "coming": [council_rows.meeting(reading, one) for one in coming],
        "calendar": _calendar(reading, uid),
        "years": [_year_row(reading, this, year) for year in council_facts.years(plan, uid)],
        "latest": [council_rows.decision_short(reading, one) for one in decided[:LATEST]],
        "decisions": len(decided),
        "follow_ups": _follow_ups(reading, this),
        **seats.of(reading, uid),
    }


def year(reading: Reading, uid: str, year: str) -> dict[str, Any]:
    """What a body treated in a year: its meetings with their cases and what was decided. Raises NotInPlan."""
    this = found(reading, uid)
    known = council_facts.years(reading.plan, uid)
    number = int(year)
    if number not in known:
        raise NotInPlan(f"{uid}/{year}")
    place = known.index(number)
    return {
        "body": this,
        "year": number,
        "trail": [this],
        "lead": _counts(reading, this, number),
        **_treated(reading, this, number),
        "earlier": known[place + 1] if place + 1 < len(known) else None,
        "later": known[place - 1] if place else None,
    }


def year_paths(reading: Reading, uid: str) -> list[str]:
    """The path of the page of each year of the body `uid`."""
    return [f"{uid}/{year}" for year in council_facts.years(reading.plan, uid)]


def found(reading: Reading, uid: str) -> Body:
    """The body called `uid`. Raises NotInPlan."""
    this = reading.plan.index.bodies.get(uid)
    if this is None:
        raise NotInPlan(uid)
    return this


def lead(reading: Reading, this: Body) -> str:
    """When a body meets next or met last, how much it decided, and what is left to do."""
    said = [_next_and_last(reading, this)]
    decided = council_facts.decisions_of(reading.plan, this.uid)
    if decided:
        counted = council_words.count_decisions(len(decided))
        said.append(_("The plan holds %(counts)s of it.") % {"counts": counted})
    follow_ups = [f for f in reading.plan.council.follow_ups if f.body == this.uid]
    left, overdue = council_facts.open_and_overdue(follow_ups, reading.plan.head.as_of)
    said.append(_left_said(len(follow_ups), left, overdue))
    return " ".join(part for part in said if part)


def _calendar(reading: Reading, uid: str) -> str | None:
    """Where the meetings of a body are as a calendar: of the edition in force alone."""
    in_force = reading.editions and reading.number == reading.editions[0].number
    return f"{reading.root}{uid}/moter.ics" if in_force else None


def _lead_of_all(reading: Reading, bodies: list[Body]) -> str:
    if not bodies:
        return _("This edition holds no councils.")
    names = [council_words.body_short(body) for body in bodies]
    said = ngettext(
        "%(n)s body treats cases of the strategy: %(names)s.",
        "%(n)s bodies treat cases of the strategy, in this order: %(names)s.",
        len(bodies),
    )
    return said % {"n": words.number(len(bodies)), "names": words.listed(names)}


def _next_and_last(reading: Reading, this: Body) -> str:
    plan = reading.plan
    coming, held = council_facts.coming(plan, this.uid), council_facts.held(plan, this.uid)
    facts = {
        "next": council_words.when(coming[0]) if coming else "",
        "last": words.day(held[0].held_on) if held and held[0].held_on else "",
    }
    if coming and facts["last"]:
        return _("It meets next %(next)s, and met last %(last)s.") % facts
    if coming:
        return _("It meets next %(next)s.") % facts
    if facts["last"]:
        return _("It met last %(last)s; the plan has no later meeting.") % facts
    return _("The plan has no meeting that it has held.")


def _left_said(count: int, left: int, overdue: int) -> str:
    """How much is to be done after decisions; empty where nothing was."""
    if not count:
        return ""
    if not left:
        return _("Everything that was to be done is finished.")
    facts = {"n": words.number(left), "overdue": words.number(overdue)}
    open_said = ngettext("%(n)s follow-up is open.", "%(n)s follow-ups are open.", left)
    late_said = ngettext("%(overdue)s is overdue.", "%(overdue)s are overdue.", overdue)
    return " ".join([open_said % facts, *([late_said % facts] if overdue else [])])


def _in_list(reading: Reading, this: Body) -> dict[str, Any]:
    plan = reading.plan
    following = plan.index.bodies.get(this.prepares_for or "")
    latest = council_facts.decisions_of(plan, this.uid)[:1]
    return {
        "body": this,
        "level": council_words.level(this),
        "mandate": council_rows.lines(reading, this.mandate),
        "after": following and referred.body(reading, following),
        "said": _next_and_last(reading, this),
        "latest": [council_rows.decision_short(reading, one) for one in latest],
    }


def _follow_ups(reading: Reading, this: Body) -> list[dict[str, Any]]:
    """What is still to be done after the decisions of a body, those overdue first."""
    on = reading.plan.head.as_of
    left = [f for f in reading.plan.council.follow_ups if f.body == this.uid and f.state == "open"]
    left.sort(key=lambda follow_up: council_facts.by_urgency(follow_up, on))
    return [council_rows.follow_up(reading, one) for one in left]


def _year_row(reading: Reading, this: Body, year: int) -> dict[str, Any]:
    address = reading.address(f"{this.uid}/{year}")
    return {"year": year, "address": address, "said": _counts(reading, this, year)}


def _counts(reading: Reading, this: Body, year: int) -> str:
    """How many meetings, cases and decisions a body has of a year."""
    plan = reading.plan
    meetings = [m for m in plan.index.meetings_of.get(this.uid, []) if m.year == year]
    cases = council_facts.cases_by_year(plan, this.uid).get(year, [])
    decided = sum(len(plan.index.decisions_in.get(case.uid, ())) for case in cases)
    counts = [
        (meetings, council_words.count_meetings(len(meetings))),
        (cases, council_words.count_cases(len(cases))),
        (decided, council_words.count_decisions(decided)),
    ]
    return words.listed([said for count, said in counts if count]) + "."


def _treated(reading: Reading, this: Body, year: int) -> dict[str, Any]:
    """The meetings of a year with their cases, and the cases that no meeting has."""
    plan = reading.plan
    meetings = [m for m in plan.index.meetings_of.get(this.uid, []) if m.year == year]
    met = {case.uid for meeting in meetings for case in council_facts.cases_at(plan, meeting)}
    of_year = council_facts.cases_by_year(plan, this.uid).get(year, [])
    loose = [case for case in of_year if case.uid not in met]
    return {
        "meetings": [_with_cases(reading, meeting) for meeting in meetings],
        "loose": [_case_row(reading, case) for case in loose],
    }


def _with_cases(reading: Reading, meeting: Meeting) -> dict[str, Any]:
    cases = council_facts.cases_at(reading.plan, meeting)
    row = council_rows.meeting(reading, meeting)
    return row | {"cases": [_case_row(reading, case) for case in cases]}


def _case_row(reading: Reading, case: Case) -> dict[str, Any]:
    name, address = referred.case(reading, case)
    decided = reading.plan.index.decisions_in.get(case.uid, [])
    said = [council_words.result(one) or _("Decided") for one in decided]
    parts = [council_words.case_type(case), *dict.fromkeys(said)]
    return {"name": name, "address": address, "said": ". ".join(part for part in parts if part)}
