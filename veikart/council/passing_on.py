"""A case goes on to another body, or back to one: made there anew, with its origin kept; and its whole path."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from veikart.council import casework, kinds, rules, services
from veikart.council.kinds import CaseTerms
from veikart.council.models import Body, Case, Decision, Paper
from veikart.people import audit
from veikart.people.models import User

Carried = Literal["text", "proposal", "about", "papers"]
"""What a case can take along: its text with questions and note, the proposed decision, what it is about, papers."""
STEPS = 50
"""A path is followed no further than so many bodies."""


@dataclass(frozen=True)
class Step:
    """A case on its way: the body that treated it there, and what was decided."""

    case: Case
    decisions: Sequence[Decision]
    is_here: bool


def bodies_for(case: Case) -> list[Body]:
    """Where `case` can go: the body that its own prepares for, then those it can go back to. Two queries."""
    here = case.body
    onward = here.prepares_for
    before = Case.objects.filter(pk=case.came_from).values_list("body_id", flat=True).first()
    rows = {body.uid: body for body in Body.objects.exclude(pk=here.pk)}
    preparing = sorted(uid for uid, body in rows.items() if body.prepares_for == here.pk)
    order = dict.fromkeys(uid for uid in (onward, before, *preparing) if uid)
    return [rows[uid] for uid in order if uid in rows]


@transaction.atomic
def send_on(
    case: Case,
    to: Body,
    *,
    number: str | None = None,
    carrying: Collection[Carried] = ("text", "about", "papers"),
    by: User,
    on: dt.date,
) -> str:
    """Make `case` a case of the body `to`, with `number` or the next there; answers its uid.

    It names `case` as where it came from, and the last decision there as one that it leans on. A paper is the
    same file, with the same access. The case where it came from stays as it is. Raises PermissionDenied,
    and ValidationError for a number that is taken, a body that it cannot go to, or if it went there before.
    """
    rules.refuse_strangers(by)
    audit.lock()
    if to.pk not in {body.pk for body in bodies_for(case)}:
        raise ValidationError(
            _("%(from)s does not send its cases to %(to)s. Say at the body whom it prepares for."),
            code="not_prepared_for",
            params={"from": case.body, "to": to},
        )
    _refuse_twice(case, to)
    terms: CaseTerms = kinds.CASE.load([case.uid])[case.uid]
    values = _values(case, terms, carrying)
    uid = casework.create(to.uid, number, values, year=on.year, by=by)
    if "papers" in carrying:
        _carry_papers(case, uid, by=by)
    audit.record("case.sent_on", case.uid, by=by, after={"to": uid, "carrying": sorted(carrying)})
    return uid


def path(case: Case) -> list[Step]:
    """The whole path of `case`, from the body that had it first to those it went on to. A few queries."""
    before = _before(case)
    found = [*reversed(before), case, *_after(case, {each.uid for each in before})]
    decisions = Decision.objects.filter(case__in=found).order_by("uid")
    by_case: dict[str, list[Decision]] = {each.uid: [] for each in found}
    for decision in decisions:
        by_case[decision.case_id].append(decision)
    return [Step(each, by_case[each.uid], each.uid == case.uid) for each in found]


def _before(case: Case) -> list[Case]:
    found: list[Case] = []
    seen, origin = {case.uid}, case.came_from
    while origin and origin not in seen and len(found) < STEPS:
        earlier = Case.objects.select_related("body").filter(pk=origin).first()
        if earlier is None:
            break
        found.append(earlier)
        seen.add(earlier.uid)
        origin = earlier.came_from
    return found


def _after(case: Case, before: set[str]) -> list[Case]:
    found: list[Case] = []
    seen, last = {case.uid, *before}, {case.uid}
    while last and len(found) < STEPS:
        rows = Case.objects.select_related("body").filter(came_from__in=last).order_by("uid")
        later = [each for each in rows if each.uid not in seen]
        found += later
        last = {each.uid for each in later}
        seen |= last
    return found


def _values(case: Case, terms: CaseTerms, carrying: Collection[Carried]) -> dict[str, Any]:
    """What the new case says. A case that is withheld stays so wherever it goes."""
    decided = Decision.objects.filter(case=case).order_by("-decided_on", "-uid")
    last = decided.values_list("uid", flat=True).first()
    values: dict[str, Any] = {
        "title": terms.title,
        "type": terms.type,
        "sender": case.body.name,
        "came_from": case.uid,
        "cites": tuple(dict.fromkeys((*terms.cites, *((last,) if last else ())))),
        "basis": terms.basis,
        "reason": terms.reason,
    }
    if "about" in carrying:
        values["about"] = terms.about
    if "proposal" in carrying:
        values["proposal"] = terms.proposal
    if "text" in carrying:
        said = ("purpose", "text", "questions", "sections", "case_officer")
        values |= {name: getattr(terms, name) for name in said}
    return values


def _carry_papers(case: Case, uid: str, *, by: User) -> None:
    """Let the case `uid` have the papers of `case`: the same files, each with its own access."""
    papers = list(Paper.objects.filter(case=case).order_by("no"))
    terms = kinds.PAPER.load([paper.uid for paper in papers])
    items = []
    for paper in papers:
        ending = paper.uid.rpartition("/vedlegg/")[2]
        kept = terms[paper.uid]
        values = {name: getattr(kept, name) for name in kinds.PAPER.fields}
        items.append(("paper", f"{uid}/vedlegg/{ending}", {**values, "case": uid}))
    services.put_many(items, by=by)
    for paper in papers:
        ending = paper.uid.rpartition("/vedlegg/")[2]
        # The file is no field of the Plan's, so `put` does not know it; the entry of the case tells of it.
        Paper.objects.filter(pk=f"{uid}/vedlegg/{ending}").update(document=paper.document_id)


def _refuse_twice(case: Case, to: Body) -> None:
    there = Case.objects.filter(came_from=case.uid, body=to).first()
    if there is not None:
        raise ValidationError(
            _("It went on to %(to)s before, as case %(number)s. Treat it there."),
            code="sent_before",
            params={"to": to, "number": there.number},
        )
