"""What may be read of the intake: proposals with their counts, and files that could not be read."""

from collections import Counter
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


def tally(proposal: Proposal) -> Counter[tuple[str, str]]:
    """How many rows of `proposal` there are by change and state. One query."""
    rows = proposal.rows.order_by().values_list("change", "state").annotate(number=Count("pk"))
    return Counter({(change, state): number for change, state, number in rows})
