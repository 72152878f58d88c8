"""Meetings, decisions and follow-ups as the pages of councils list them."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from veikart.design import words
from veikart.design.marking import marked
from veikart.design.templatetags.veikart import bokmal
from veikart.pages import council_words, referred
from veikart.pages.council_facts import cases_at, decisions_at
from veikart.pages.decision_told import cut
from veikart.pages.points import spoken
from veikart.pages.reading import Reading
from veikart.plan import decided
from veikart.plan.council import Decision, Effect, FollowUp, Meeting


def in_bokmal(reading: Reading, text: SafeString) -> SafeString:
    """Words of the plan, marked as bokmål on pages in another language."""
    return text if reading.language == "nb" else format_html('<span lang="nb">{}</span>', text)


def lines(reading: Reading, text: str | None) -> SafeString | None:
    """A text of the plan with its lines; None where there is none."""
    return in_bokmal(reading, spoken(text)) if text and text.strip() else None


def decision_short(reading: Reading, decision: Decision) -> dict[str, Any]:
    """A decision in a list: the case, the day, the first words and what became of the proposal."""
    case = reading.plan.index.cases[decision.case]
    day = decided.day_of(reading.plan.index, decision)
    return {
        "case": council_words.case_number(case),
        "title": bokmal(decision.title or case.title, reading.language),
        "address": reading.link(decision.uid),
        "body": council_words.body_short(reading.plan.index.bodies[decision.body]),
        "day": words.day(day) if day else "",
        "text": bokmal(cut(decision.text), reading.language),
        "result": council_words.result(decision),
    }


def decision(reading: Reading, this: Decision, proposal: str | None) -> dict[str, Any]:
    """A decision in full, beside what was proposed: in its own words, or in those of its case."""
    index = reading.plan.index
    day, meeting = decided.day_of(index, this), index.meetings.get(this.meeting or "")
    proposed = this.proposal or proposal
    return {
        "decision": this,
        "id": "-".join(this.uid.split("/")[3:]),
        "day": words.day(day) if day else "",
        "meeting": meeting and (council_words.meeting(meeting), reading.link(meeting.uid)),
        "text": lines(reading, this.text),
        "result": council_words.result(this),
        "vote": council_words.vote(this),
        "compared": _compared(reading, proposed, this.text),
        "dissents": [(one.who, lines(reading, one.text)) for one in this.dissents],
        "effects": [_effect(reading, effect) for effect in this.effects],
    }


def follow_up(reading: Reading, this: FollowUp) -> dict[str, Any]:
    """A follow-up: who is to do what by when, and what became of it by the plan's own day."""
    state = council_words.state_of(this, reading.plan.head.as_of)
    who = reading.link(this.organisation) if this.organisation else None
    return {
        "follow_up": this,
        "id": "-".join(this.uid.split("/")[3:]),
        "is_here": True,
        "came_of": _came_of(reading, this),
        "what": lines(reading, this.what),
        "who": this.who and bokmal(this.who, reading.language),
        "who_address": who,
        "state": council_words.FOLLOW_UPS[state],
        "is_overdue": state == "overdue",
        "due": _due(this, state),
        "answer": lines(reading, this.answer),
        "answered": words.day(this.answered_on) if this.answered_on else "",
    }


def meeting(reading: Reading, this: Meeting) -> dict[str, Any]:
    """A meeting in a list: what it is called, when and where, and how much it treated."""
    cases, decided = cases_at(reading.plan, this), decisions_at(reading.plan, this.uid)
    counts = [council_words.count_cases(len(cases))] if cases else []
    counts += [council_words.count_decisions(len(decided))] if decided else []
    return {
        "meeting": this,
        "name": council_words.meeting(this),
        "body": council_words.body_short(reading.plan.index.bodies[this.body]),
        "address": reading.link(this.uid),
        "when": council_words.when(this),
        "place": this.place and bokmal(this.place, reading.language),
        "state": state_said(reading, this),
        "counts": words.listed(counts),
    }


def state_said(reading: Reading, this: Meeting) -> str:
    """What a reader must know of the state of a meeting; empty for one that was held as planned."""
    is_past = this.held_on is not None and this.held_on < reading.plan.head.as_of
    if this.state == "cancelled":
        return _("It is cancelled.")
    if this.state == "held":
        return ""
    if is_past:
        return _("It was planned; the plan does not tell whether it was held.")
    if this.state == "planned":
        return _("It is planned, and not summoned yet.")
    return _("It is summoned.")


def _compared(reading: Reading, proposal: str | None, text: str) -> dict[str, Any] | None:
    """What was proposed beside what was decided; `is_same` where not a word differs."""
    if not proposal:
        return None
    if proposal.split() == text.split():
        return {"is_same": True}
    gone, come = (in_bokmal(reading, one) for one in marked(proposal, text))
    return {"is_same": False, "change": {"before": gone, "after": come}}


def _effect(reading: Reading, effect: Effect) -> dict[str, Any]:
    name, address = None, None
    if effect.uid:
        name, address = referred.named(reading, effect.uid)
    elif effect.edition:
        name, address = referred.edition(reading, effect.edition)
    return {
        "kind": council_words.effect(effect.kind),
        "name": name,
        "address": address,
        "note": effect.note and bokmal(effect.note, reading.language),
    }


def _came_of(reading: Reading, this: FollowUp) -> referred.Named | None:
    """The case or the meeting that a follow-up comes of."""
    decision = reading.plan.index.decisions.get(this.decision or "")
    uid = this.case or (decision.case if decision else None) or this.meeting
    return referred.named(reading, uid) if uid else None


def _due(this: FollowUp, state: str) -> str:
    """By when, as a sentence; with what the source said where it gave no day."""
    if this.due is None:
        return _("Deadline: %(said)s.") % {"said": this.due_said} if this.due_said else ""
    facts = {"day": words.day(this.due)}
    if state == "overdue":
        return _("The deadline was %(day)s, and nothing is reported.") % facts
    return _("Deadline: %(day)s.") % facts
