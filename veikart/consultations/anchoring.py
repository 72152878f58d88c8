"""What of the working plan a point can be anchored to: proposed by the engine, or searched for."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from veikart.engines.anchors.proposing import propose
from veikart.engines.anchors.targets import Target
from veikart.engines.handling.actions import Anchor
from veikart.indicators import queries as indicators
from veikart.people.models import AuditEntry
from veikart.plan.anchor_targets import anchor_targets
from veikart.plan.model import SCHEMA, Actors, Head, Plan, Roadmap
from veikart.roadmap import kinds as roadmap
from veikart.strategy import queries as strategy

MOST_FOUND = 12
_SHOWN = 90
REASONS = {"named": _("named"), "section": _("heading"), "alike": _("the same words")}


def targets() -> tuple[Target, ...]:
    """What the working plan has to anchor to. One query while nothing but hearings has changed."""
    last = AuditEntry.objects.exclude(verb__startswith="handling.").order_by("-number")
    return _targets(last.values_list("hash", flat=True).first() or "")


@lru_cache(maxsize=1)
def _targets(_stamp: str) -> tuple[Target, ...]:
    part = strategy.freeze()
    head = Head(
        number=None,
        title=part.title,
        as_of=dt.date.min,
        frozen_at=None,
        previous=None,
        previous_sha256=None,
    )
    return anchor_targets(
        Plan(
            schema=SCHEMA,
            head=head,
            strategy=part,
            roadmap=Roadmap(
                phases=(),
                groupings=roadmap.GROUPING.all(),
                deliverables=(),
                dependencies=(),
            ),
            actors=Actors(organisations=(), user_groups=(), regions=()),
            indicators=indicators.freeze(),
        )
    )


def proposed(text: str, headings: Sequence[str]) -> list[Anchor]:
    """What the engine thinks that a point is about, surest first."""
    (found,) = propose([(text, headings)], targets())
    return [
        Anchor(uid=each.uid, reason=each.reason, score=each.score) for each in found[:MOST_FOUND]
    ]


def searched(query: str) -> list[Anchor]:
    """What holds all words of `query` in its number, title or text; titles first."""
    words = query.casefold().split()
    titles, texts = [], []
    for target in targets():
        title = f"{target.uid} {target.label or ''} {target.title or ''}".casefold()
        if all(word in title for word in words):
            titles.append(Anchor(uid=target.uid))
        elif all(word in f"{title} {target.text or ''}".casefold() for word in words):
            texts.append(Anchor(uid=target.uid))
    return [*titles, *texts][:MOST_FOUND]


def label(anchor: Anchor) -> str:
    """An anchor for a person: what it is, why it is thought so, and how sure."""
    target = next((each for each in targets() if each.uid == anchor.uid), None)
    title = (target.title or target.text or "")[:_SHOWN] if target else ""
    found = f"{anchor.uid} {title}".strip()
    if anchor.reason:
        code, _mark, words = anchor.reason.partition(": ")
        found += f" – {REASONS.get(code, code)}: {words}" if words else f" – {anchor.reason}"
    return f"{found} ({anchor.score:.0%})" if anchor.score is not None else found
