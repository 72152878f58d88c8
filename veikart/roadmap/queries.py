"""What others may read of the roadmap: its part of the Plan, and why dates moved."""

from collections.abc import Iterable
from typing import Any

from veikart.plan import model as plan
from veikart.roadmap import kinds
from veikart.roadmap.models import Cause


def freeze() -> plan.Roadmap:
    """The roadmap, with everything in it by uid."""
    return plan.Roadmap(
        phases=kinds.PHASE.all(),
        groupings=kinds.GROUPING.all(),
        deliverables=kinds.DELIVERABLE.all(),
        dependencies=kinds.DEPENDENCY.all(),
    )


def causes(since: str) -> tuple[plan.Cause, ...]:
    """Why dates moved since the edition `since`, by what moved."""
    rows: Iterable[Any] = Cause.objects.filter(since=since).values("what", "code", "text")
    return tuple(sorted((plan.Cause(**row) for row in rows), key=lambda cause: cause.what))
