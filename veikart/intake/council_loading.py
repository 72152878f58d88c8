"""Reads what the tables hold of the body that a document is about, for comparing it; a fixed number of questions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q

from veikart.core.kinds import Kind
from veikart.council import kinds, models
from veikart.editions import queries as editions
from veikart.engines.proposal import Item, Proposal
from veikart.engines.readers import slides
from veikart.evaluation.kinds import EVALUATION
from veikart.intake.council_known import Known, body_of
from veikart.intake.models import ProposalRow, RowState
from veikart.people.kinds import ORGANISATION

LINES = ("agenda", "attendance")


def known_for(found: Proposal) -> Known:
    """What is known of the body that `found` is about; for slides, of evaluations and work plans."""
    bodies = kinds.BODY.load()
    if found.reader == slides.READER:
        days = [item.values["day"] for item in found.items if item.kind == "milestone"]
        return Known(
            bodies=bodies,
            meetings=_meetings(Q(held_on__in=[day for day in days if day])),
            evaluations=EVALUATION.load(),
            work_plans=kinds.WORK_PLAN.load(),
        )
    values = next((item.values for item in found.items if item.kind == "meeting"), {})
    body = body_of(values.get("body"), bodies)
    if body is None and not values.get("body"):
        body = _body_on(values.get("held_on"), found.items, bodies)
    return _of_body(body, bodies)


def edition_numbers() -> frozenset[str]:
    """The numbers of the editions that are kept, approved or not."""
    kept = editions.editions(with_waiting=True)
    return frozenset(one.number for one in kept if one.number)


def _of_body(body: str | None, bodies: Mapping[str, Any]) -> Known:
    organisations = tuple(ORGANISATION.load().values())
    if body is None:
        return Known(bodies=bodies, organisations=organisations, editions=edition_numbers())
    meetings = _meetings(Q(body=body))
    return Known(
        bodies=bodies,
        organisations=organisations,
        seats=_load(kinds.SEAT, models.Seat, Q(body=body)),
        meetings=meetings,
        cases=_load(kinds.CASE, models.Case, Q(body=body)),
        papers=_load(kinds.PAPER, models.Paper, Q(case__body=body)),
        decisions=_load(kinds.DECISION, models.Decision, Q(body=body)),
        follow_ups=_load(kinds.FOLLOW_UP, models.FollowUp, Q(body=body)),
        accepted=_accepted(meetings),
        editions=edition_numbers(),
    )


def _body_on(day: str | None, items: Sequence[Item], bodies: Mapping[str, Any]) -> str | None:
    """The one body that meets on a day, where a document names none."""
    if not day:
        return None
    found = set(models.Meeting.objects.filter(held_on=day).values_list("body_id", flat=True)[:2])
    return found.pop() if len(found) == 1 else None


def _meetings(those: Q) -> dict[str, Any]:
    return _load(kinds.MEETING, models.Meeting, those)


def _load(kind: Kind, model: Any, those: Q) -> dict[str, Any]:
    return kind.load(set(model._default_manager.filter(those).values_list("uid", flat=True)))


def _accepted(meetings: Mapping[str, Any]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """The lines of each meeting as they were accepted last."""
    rows = ProposalRow.objects.filter(
        kind="meeting", key__in=meetings.keys(), state=RowState.ACCEPTED
    )
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for key, values in rows.order_by("decided_at", "pk").values_list("key", "values"):
        for name in LINES:
            if name in values:
                found[key, name] = values[name]
    return found
