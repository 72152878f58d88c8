"""The page of one case: what was asked and decided, its whole path through the bodies, and what became of it."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from veikart.design import priority_words, words
from veikart.design.templatetags.veikart import bokmal
from veikart.pages import council_facts, council_rows, council_words, papers, referred
from veikart.pages.council_facts import counted
from veikart.pages.missing import NotInPlan
from veikart.pages.reading import Reading
from veikart.plan import decided
from veikart.plan.council import Case, Decision, Meeting


def case(reading: Reading, uid: str) -> dict[str, Any]:
    """The page of the case `uid`. Raises NotInPlan."""
    this = reading.plan.index.cases.get(uid)
    if this is None:
        raise NotInPlan(uid)
    decisions = _decisions(reading, this)
    follow_ups = council_facts.follow_ups_of_case(reading.plan, this)
    way = list(council_facts.path_of(reading.plan, this))
    return {
        "case": this,
        "number": council_words.case_number(this),
        "type": council_words.case_type(this),
        "body": reading.plan.index.bodies[this.body],
        "lead": lead(reading, this),
        "trail": [reading.plan.index.bodies[this.body]],
        "decisions": [council_rows.decision(reading, one, this.proposal) for one in decisions],
        "proposal": None if decisions else council_rows.lines(reading, this.proposal),
        "follow_ups": [council_rows.follow_up(reading, one) for one in follow_ups],
        "follow_up_said": _follow_up_said(reading, this),
        "way": [_step(reading, one, depth, uid) for one, depth in way] if way[1:] else [],
        "questions": [(one.no, bokmal(one.text, reading.language)) for one in this.questions],
        "purpose": council_rows.lines(reading, this.purpose),
        "text": council_rows.lines(reading, this.text),
        "sections": [
            (
                one.heading and bokmal(one.heading, reading.language),
                council_rows.lines(reading, one.text),
            )
            for one in this.sections
        ],
        "papers": papers.of_case(reading, this),
        "withheld": this.withheld,
        "meetings": [
            council_rows.meeting(reading, one)
            for one in council_facts.meetings_of_case(reading.plan, this)
        ],
        "about": [referred.named(reading, one) for one in this.about],
        "cites": _named_decisions(reading, this.cites),
        "cited_by": _cited_by(reading, decisions),
        "rounds": _rounds(reading, uid),
    }


def lead(reading: Reading, this: Case) -> str:
    """What was decided when, or when it is treated; then what became of what was to be done."""
    decided = _decisions(reading, this)
    sentence = _decided(reading, this, decided[-1]) if decided else _treated(reading, this)
    return " ".join(part for part in (sentence, _follow_up_said(reading, this)) if part)


def _decisions(reading: Reading, this: Case) -> list[Decision]:
    found = reading.plan.index.decisions_in.get(this.uid, [])
    return sorted(found, key=lambda decision: counted(decision.uid))


def _decided(reading: Reading, this: Case, last: Decision) -> str:
    index = reading.plan.index
    day, body = decided.day_of(index, last), index.bodies[this.body]
    name = council_words.name_on(body, day) or council_words.body_name(body, reading.language)
    facts = {
        "body": name,
        "day": words.day(day) if day else "",
        "result": words.inside(council_words.result(last)),
    }
    if day and last.result:
        return _("%(body)s decided on %(day)s: %(result)s.") % facts
    if day:
        return _("%(body)s decided on %(day)s.") % facts
    return _("%(body)s has decided; the day is not known.") % facts


def _treated(reading: Reading, this: Case) -> str:
    """When a case without a decision was or is to be treated."""
    meetings = council_facts.meetings_of_case(reading.plan, this)
    if not meetings:
        return _("It is not on the agenda of any meeting in the plan.")
    last: Meeting = meetings[-1]
    facts = {"when": council_words.when(last)}
    if last.state == "cancelled":
        return _("The meeting that was to treat it, %(when)s, is cancelled.") % facts
    if last.state == "held":
        return _("It was treated %(when)s; the plan has no decision.") % facts
    if last.held_on and last.held_on < reading.plan.head.as_of:
        return _("It was to be treated %(when)s; the plan has no decision.") % facts
    return _("It is to be treated %(when)s.") % facts


def _follow_up_said(reading: Reading, this: Case) -> str:
    """How many follow-ups there are, and how many of those are late; empty without any."""
    found = council_facts.follow_ups_of_case(reading.plan, this)
    if not found:
        return ""
    left, overdue = council_facts.open_and_overdue(found, reading.plan.head.as_of)
    facts = {"n": len(found), "left": left, "overdue": overdue}
    if not left:
        return (
            ngettext(
                "The one follow-up is finished.", "All %(n)d follow-ups are finished.", len(found)
            )
            % facts
        )
    open_said = ngettext(
        "%(left)d of %(n)d follow-ups is open.", "%(left)d of %(n)d follow-ups are open.", left
    )
    late_said = ngettext("%(overdue)d is overdue.", "%(overdue)d are overdue.", overdue)
    return " ".join([open_said % facts, *([late_said % facts] if overdue else [])])


def _step(reading: Reading, this: Case, depth: int, current: str) -> dict[str, Any]:
    """One body on the path: its case there, when it was treated, and what was decided."""
    index = reading.plan.index
    body = index.bodies[this.body]
    meetings = council_facts.meetings_of_case(reading.plan, this)
    return {
        "is_current": this.uid == current,
        "is_branch": depth > 0,
        "sender": this.sender and bokmal(this.sender, reading.language),
        "body": council_words.body_name(body, reading.language),
        "name": referred.case(reading, this)[0],
        "address": reading.link(this.uid),
        "type": council_words.case_type(this),
        "days": words.listed([words.day(one.held_on) for one in meetings if one.held_on]),
        "said": _said_in(reading, this),
    }


def _said_in(reading: Reading, this: Case) -> list[SafeString]:
    return [council_rows.decision_short(reading, one)["text"] for one in _decisions(reading, this)]


def _named_decisions(reading: Reading, uids: tuple[str, ...]) -> list[dict[str, Any]]:
    known = reading.plan.index.decisions
    return [council_rows.decision_short(reading, known[uid]) for uid in uids if uid in known]


def _cited_by(reading: Reading, decisions: list[Decision]) -> list[referred.Named]:
    """The cases whose papers lean on what was decided here."""
    by_decision = reading.plan.index.kept("cited by", lambda: _citing(reading))
    uids = (uid for one in decisions for uid in by_decision.get(one.uid, ()))
    known = reading.plan.index.cases
    return [referred.case(reading, known[uid]) for uid in dict.fromkeys(uids)]


def _citing(reading: Reading) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for case in reading.plan.council.cases:
        for uid in case.cites:
            found.setdefault(uid, []).append(case.uid)
    return found


def _rounds(reading: Reading, uid: str) -> list[dict[str, Any]]:
    """The rounds of prioritising that were held in the case `uid`."""
    return [
        {
            "title": bokmal(one.title, reading.language),
            "address": reading.link(one.uid),
            "day": words.day(one.closed_on),
            "said": priority_words.explained(one),
        }
        for one in reading.plan.consultations.priority_rounds
        if one.case == uid
    ]
