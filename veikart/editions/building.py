"""The working tables as one Plan: each app gives its part, and this puts the parts together."""

import datetime as dt
import threading
from collections.abc import Hashable

from django.utils import timezone

from veikart.consultations import queries as consultations
from veikart.council import hiding
from veikart.council import queries as council
from veikart.editions.models import Edition
from veikart.evaluation import queries as evaluation
from veikart.indicators import queries as indicators
from veikart.people import queries as people
from veikart.places import queries as places
from veikart.plan.council_lessening import without_ways_to
from veikart.plan.model import SCHEMA, Actors, Head, Plan, Roadmap, Strategy, Tombstone
from veikart.roadmap import queries as roadmap
from veikart.strategy import queries as strategy

PLACES_SINCE = dt.date(2010, 1, 1)
"""The first day that the country's division is known of."""

_lock = threading.Lock()
_working: tuple[Hashable, Plan] | None = None


def plan_to_freeze(head: Head) -> Plan:
    """Everything in the working tables as the edition `head`.

    Its causes are those given since the edition before. Nothing in it leads to a case that it has not because
    the case is withheld, or not summoned for.
    """
    organisations, user_groups = people.freeze()
    plan = Plan(
        schema=SCHEMA,
        head=head,
        strategy=strategy.freeze(),
        roadmap=roadmap.freeze(),
        indicators=indicators.freeze(),
        places=places.freeze_places(on=max(head.as_of, PLACES_SINCE)),
        actors=Actors(
            organisations=organisations, user_groups=user_groups, regions=places.freeze()
        ),
        consultations=consultations.freeze(on=head.as_of),
        council=council.freeze(on=head.as_of),
        evaluation=evaluation.freeze(),
        tombstones=_by_uid(*strategy.tombstones(), *consultations.tombstones()),
        causes=roadmap.causes(since=head.previous) if head.previous else (),
        sources=strategy.sources(),
    )
    return without_ways_to(plan, hiding.hidden(on=head.as_of).cases.keys())


def _by_uid(*stones: Tombstone) -> tuple[Tombstone, ...]:
    return tuple(sorted(stones, key=lambda stone: stone.uid))


def working_plan(*, stamp: Hashable) -> Plan:
    """The working tables as a plan without a number; built once for each `stamp`."""
    global _working
    today = timezone.localdate()
    key = (stamp, today)
    with _lock:
        kept = _working
        if kept is None or kept[0] != key:
            kept = _working = (key, plan_to_freeze(_working_head(today)))
    return kept[1]


def forget() -> None:
    """Let go of the working plan that is kept in memory."""
    global _working
    _working = None


def empty_plan(
    *, number: str | None, title: str, as_of: dt.date, frozen_at: dt.datetime | None
) -> Plan:
    """A plan with nothing in it: what is shown of an edition whose file cannot be read."""
    return Plan(
        schema=SCHEMA,
        head=Head(
            number=number,
            title=title,
            as_of=as_of,
            frozen_at=frozen_at,
            previous=None,
            previous_sha256=None,
        ),
        strategy=Strategy(
            title=title,
            version="",
            publisher=None,
            from_year=None,
            to_year=None,
            vision=None,
            overarching_goals=(),
            goals=(),
            statements=(),
            delmal=(),
            prerequisites=(),
            target_groups=(),
            sdgs=(),
            related_strategies=(),
        ),
        roadmap=Roadmap(phases=(), groupings=(), deliverables=(), dependencies=()),
        actors=Actors(organisations=(), user_groups=(), regions=()),
    )


def _working_head(today: dt.date) -> Head:
    """The head of the draft: what the last approved edition is called, and that it comes after it."""
    columns = ("title", "number", "sha256")
    last = Edition.objects.approved().values_list(*columns).first()
    title, number, sha256 = last or ("Veikart", None, None)
    return Head(
        number=None,
        title=title,
        as_of=today,
        frozen_at=None,
        previous=number,
        previous_sha256=sha256,
    )
