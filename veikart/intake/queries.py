"""What may be read of the intake: proposals with their counts, and files that could not be read."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from veikart.intake.models import FailedReading, Proposal, ProposalState, RowState


def proposals() -> "QuerySet[Any]":
    """All proposals, those still open first; each with how many rows are pending, accepted, rejected."""
    counted = {str(state): Count("rows", filter=Q(rows__state=state)) for state in RowState.values}
    listed = Proposal.objects.select_related("document", "made_by").annotate(**counted)
    return listed.order_by("-state", "-made_at", "-pk")


def open_proposals() -> int:
    """How many proposals wait for decisions. One query."""
    return Proposal.objects.filter(state=ProposalState.OPEN).count()


def failed_readings() -> "QuerySet[Any]":
    """Files that could not be read, the latest first."""
    return FailedReading.objects.select_related("document", "made_by")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of a proposal there are of each change and decision.

    `only_source` counts those of the changed rows that have only another version or source.
    """

    by_change: dict[str, int]
    by_state: dict[str, int]
    only_source: int
    pending: int
    pending_only_source: int


def tally(proposal: Proposal) -> Tally:
    """How many rows of `proposal` there are of each kind. One query."""
    by_change, by_state, by_source = Counter[str](), Counter[str](), Counter[str]()
    columns = ("change", "state", "only_source")
    rows = proposal.rows.order_by().values_list(*columns).annotate(number=Count("pk"))
    for change, state, only_source, number in rows:
        by_change[change] += number
        by_state[state] += number
        by_source[state] += number if only_source else 0
    return Tally(
        by_change=dict(by_change),
        by_state=dict(by_state),
        only_source=by_source.total(),
        pending=by_state[RowState.PENDING],
        pending_only_source=by_source[RowState.PENDING],
    )
