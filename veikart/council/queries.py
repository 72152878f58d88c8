"""What others may read of councils: their part of the Plan."""

import datetime as dt
from dataclasses import dataclass

from veikart.council import freezing, verifying
from veikart.council.models import Effect
from veikart.plan.council import Council


def freeze(*, on: dt.date) -> Council:
    """The councils as of the day `on`: what may be published, and nothing that is withheld."""
    return freezing.freeze(on=on)


def verify() -> list[str]:
    """What is wrong with approved minutes, one sentence each; nothing if they stand as they were approved."""
    return list(verifying.problems())


@dataclass(frozen=True, kw_only=True)
class Approving:
    """A decision that approves an edition: the number of its case, the name of its body, its words and its day."""

    uid: str
    case: str
    body: str
    text: str
    on: dt.date | None


def approving(edition: str) -> list[Approving]:
    """The decisions that approve `edition` and that the public may read, the newest first. One query."""
    effects = Effect.objects.filter(
        kind=Effect.Kind.APPROVES,
        edition=edition,
        decision__case__is_public=True,
        decision__case__basis=None,
    ).select_related("decision__case", "decision__body")
    return [
        Approving(
            uid=effect.decision.uid,
            case=effect.decision.case.number,
            body=effect.decision.body.name,
            text=effect.decision.text,
            on=effect.decision.decided_on,
        )
        for effect in effects.order_by("-decision__decided_on", "decision_id")
    ]
