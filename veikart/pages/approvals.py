"""By which decision an edition was approved: what is kept beside it, or what the plan being read knows."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from veikart.design import words
from veikart.editions.queries import Shelved
from veikart.pages.reading import Reading
from veikart.plan.decided import day_of
from veikart.plan.model import Plan


@dataclass(frozen=True, slots=True)
class ApprovedBy:
    """The decision as a sentence; where to read it, and its words, where a plan that is shown has it."""

    sentence: str
    address: str | None = None
    text: str | None = None


def of(reading: Reading, this: Shelved) -> ApprovedBy | None:
    """The decision that approved `this`; None where none is known.

    What the approval names comes first; else the first decision that approves it in the plan that is read, or in
    the edition in force. Its words are shown from a plan alone: a case may have been withheld since.
    """
    kept = this.decision
    if kept:
        said = _sentence(kept.body, kept.case, words.day(kept.on) if kept.on else None)
        return ApprovedBy(said, *_found(reading, kept.uid))
    if this.approved_on is None:
        return None
    for plan in _plans(reading):
        for one in plan.index.decisions_approving.get(str(this.number), ()):
            case, day = plan.index.cases[one.case], day_of(plan.index, one)
            body = plan.index.bodies[one.body].name
            said = _sentence(body, case.number, words.day(day) if day else None)
            return ApprovedBy(said, *_found(reading, one.uid))
    return None


def _plans(reading: Reading) -> list[Plan]:
    """The plan that is read, and the one in force, which may know of a decision made later."""
    return [reading.plan, *(kept.plan for kept in reading.editions[:1])]


def _found(reading: Reading, uid: str) -> tuple[str | None, str | None]:
    """Where the decision is, in what is read or else in the edition in force, and its words there."""
    if decision := reading.plan.index.decisions.get(uid):
        return reading.link(uid), decision.text
    for kept in reading.editions[:1]:
        if decision := kept.plan.index.decisions.get(uid):
            in_force = Reading(shelved=kept, editions=reading.editions, language=reading.language)
            return in_force.link(uid), decision.text
    return None, None


def _sentence(body: str, case: str, day: str | None) -> str:
    facts = {"body": body, "case": case, "day": day or ""}
    if day is None:
        return _("Approved by decision of %(body)s in case %(case)s.") % facts
    return _("Approved by decision of %(body)s in case %(case)s, %(day)s.") % facts
