"""The page of one meeting: when and where, what was on the agenda, who came, what was decided."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from veikart.design import words
from veikart.design.templatetags.veikart import bokmal
from veikart.pages import council_facts, council_rows, council_words, papers, referred
from veikart.pages.missing import NotInPlan
from veikart.pages.reading import Reading
from veikart.plan.council import AgendaItem, Attendance, Meeting


def meeting(reading: Reading, uid: str) -> dict[str, Any]:
    """The page of the meeting `uid`. Raises NotInPlan."""
    plan = reading.plan
    this = plan.index.meetings.get(uid)
    if this is None:
        raise NotInPlan(uid)
    body = plan.index.bodies[this.body]
    decisions = council_facts.decisions_at(plan, uid)
    return {
        "meeting": this,
        "name": council_words.meeting(this),
        "body": body,
        "body_then": council_words.name_on(body, this.held_on),
        "trail": [body],
        "lead": lead(reading, this),
        "state": council_words.STATES[this.state],
        "state_said": council_rows.state_said(reading, this),
        "moved": _moved(this),
        "hours": council_words.hours(this),
        "agenda": [_line(reading, item) for item in this.agenda],
        "is_over": _is_over(reading, this),
        "decisions": [council_rows.decision_short(reading, one) for one in decisions],
        "follow_ups": _follow_ups(reading, this),
        "papers": _papers(reading, this),
        "attendance": _attendance(reading, this),
        "came": _came(reading, this),
        "is_told": any(one.present is not None for one in this.attendance),
        "approved_at": _approved_at(reading, this),
        "plans": _plans(reading, this),
        **_beside(reading, this),
    }


def lead(reading: Reading, this: Meeting) -> str:
    """When and where a body met or meets, and how much it treated."""
    said = [_met(reading, this)]
    if this.place:
        said.append(_("Place: %(place)s.") % {"place": this.place})
    cases = len(council_facts.cases_at(reading.plan, this))
    decided = len(council_facts.decisions_at(reading.plan, this.uid))
    counts = [council_words.count_cases(cases)] if cases else []
    counts += [council_words.count_decisions(decided)] if decided else []
    if counts:
        said.append(_("The plan holds %(counts)s of it.") % {"counts": words.listed(counts)})
    return " ".join(said)


def _met(reading: Reading, this: Meeting) -> str:
    body = reading.plan.index.bodies[this.body]
    then = council_words.name_on(body, this.held_on)
    name = then or council_words.body_name(body, reading.language)
    facts = {"body": name, "when": council_words.when(this)}
    if this.state == "cancelled":
        return _("The meeting of %(body)s, %(when)s, is cancelled.") % facts
    if this.state == "held":
        return _("%(body)s met %(when)s.") % facts
    if this.held_on and this.held_on < reading.plan.head.as_of:
        return _("%(body)s was to meet %(when)s.") % facts
    return _("%(body)s is to meet %(when)s.") % facts


def _moved(this: Meeting) -> str:
    """How often the meeting was moved since it was made known; empty where it was not."""
    if not this.sequence or this.state == "cancelled":
        return ""
    said = ngettext(
        "The day, the time or the place was changed once since the meeting was made known.",
        "The day, the time or the place was changed %(n)d times since the meeting was made known.",
        this.sequence,
    )
    return said % {"n": this.sequence}


def _line(reading: Reading, item: AgendaItem) -> dict[str, Any]:
    """A line of the agenda: a case, a break, or one that is withheld, of which the basis alone is told."""
    case = reading.plan.index.cases.get(item.case or "")
    title = case.title if case else item.title
    decided = reading.plan.index.decisions_in.get(case.uid, []) if case else []
    return {
        "number": case.number if case else "",
        "title": bokmal(title, reading.language) if title else "",
        "address": reading.link(case.uid) if case else None,
        "time": council_words.clock(item.starts_at) if item.starts_at else "",
        "minutes": item.minutes,
        "type": council_words.case_type(case) if case else "",
        "presenter": item.presenter,
        "is_continued": item.is_continued,
        "is_break": item.kind == "break",
        "is_withheld": item.kind == "withheld",
        "basis": item.basis and bokmal(item.basis, reading.language),
        "results": [council_words.result(one) for one in decided if one.result],
    }


def _follow_ups(reading: Reading, this: Meeting) -> list[dict[str, Any]]:
    """What was agreed in the meeting, and after its decisions; what is of the meeting itself has a place here."""
    plan = reading.plan
    decided = {one.uid for one in council_facts.decisions_at(plan, this.uid)}
    own = [f for f in plan.council.follow_ups if f.meeting == this.uid or f.decision in decided]
    own.sort(key=lambda follow_up: council_facts.by_urgency(follow_up, plan.head.as_of))
    return [
        council_rows.follow_up(reading, one) | {"is_here": one.uid.startswith(f"{this.uid}/")}
        for one in own
    ]


def _papers(reading: Reading, this: Meeting) -> list[dict[str, Any]]:
    """The papers of the meeting, case by case."""
    cases = council_facts.cases_at(reading.plan, this)
    found = [
        {
            "name": referred.case(reading, case)[0],
            "papers": papers.of_case(reading, case),
            "withheld": case.withheld,
        }
        for case in cases
    ]
    return [one for one in found if one["papers"] or one["withheld"]]


def _attendance(reading: Reading, this: Meeting) -> list[dict[str, Any]]:
    """Who was summoned, by role, and whether they came."""
    ordered = sorted(this.attendance, key=lambda a: (council_words.ROLES.index(a.role), a.no))
    return [_attending(reading, one) for one in ordered]


def _attending(reading: Reading, one: Attendance) -> dict[str, Any]:
    came = {True: _("Was there"), False: _("Was not there"), None: _("Not told")}[one.present]
    return {
        "person": one.person,
        "organisation": one.organisation_name and bokmal(one.organisation_name, reading.language),
        "address": reading.link(one.organisation) if one.organisation else None,
        "role": council_words.role(one.role),
        "stands_in_for": one.stands_in_for,
        "came": came,
    }


def _is_over(reading: Reading, this: Meeting) -> bool:
    """Whether the meeting was held, or its day has passed without anybody saying so."""
    if this.state == "held":
        return True
    day = this.held_on
    return this.state != "cancelled" and day is not None and day < reading.plan.head.as_of


def _came(reading: Reading, this: Meeting) -> str:
    """How many came, as a sentence; or that nobody has said, or that the meeting is still to come."""
    told = [one.present for one in this.attendance if one.present is not None]
    facts = {"came": sum(told), "all": len(this.attendance)}
    if not told and not _is_over(reading, this):
        said = ngettext("%(all)d person is summoned.", "%(all)d people are summoned.", facts["all"])
        return said % facts
    if not told:
        summoned = ngettext(
            "%(all)d person was summoned. The plan does not tell who came.",
            "%(all)d people were summoned. The plan does not tell who came.",
            len(this.attendance),
        )
        return summoned % facts
    return _("%(came)d of the %(all)d who were summoned were there.") % facts


def _approved_at(reading: Reading, this: Meeting) -> referred.Named | None:
    found = this.minutes.approved_at if this.minutes else None
    return referred.named(reading, found) if found in reading.plan.index.meetings else None


def _plans(reading: Reading, this: Meeting) -> list[referred.Named]:
    """The work plans that this meeting is a date of."""
    return [
        referred.named(reading, plan.uid)
        for plan in reading.plan.council.work_plans
        if any(date.meeting == this.uid for date in plan.dates)
    ]


def _beside(reading: Reading, this: Meeting) -> dict[str, Any]:
    """The meetings of the body before and after this one."""
    every = reading.plan.index.meetings_of[this.body]
    place = every.index(this)
    return {
        "earlier": council_rows.meeting(reading, every[place - 1]) if place else None,
        "later": council_rows.meeting(reading, every[place + 1]) if every[place + 1 :] else None,
    }
