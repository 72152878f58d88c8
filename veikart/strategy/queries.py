"""What others may read of the strategy: its part of the Plan, its sources, and what is gone."""

from veikart.plan import model as plan
from veikart.strategy import kinds
from veikart.strategy.models import Source, Strategy, Tombstone

UNNAMED = {"title": "Strategi", "version": "uten versjon"}
"""What a strategy is called before anyone has named it."""


def freeze() -> plan.Strategy:
    """The strategy in force, with everything in it by uid."""
    columns = ("title", "version", "publisher", "from_year", "to_year")
    heading = Strategy.objects.filter(is_current=True).values(*columns).first()
    visions = kinds.VISION.all()
    return plan.Strategy(
        **(heading or {**UNNAMED, "publisher": None, "from_year": None, "to_year": None}),
        vision=visions[0] if visions else None,
        overarching_goals=kinds.OVERARCHING_GOAL.all(),
        goals=kinds.STRATEGIC_GOAL.all(),
        statements=kinds.STATEMENT.all(),
        delmal=kinds.DELMAL.all(),
        prerequisites=kinds.PREREQUISITE.all(),
        target_groups=kinds.TARGET_GROUP.all(),
        sdgs=kinds.SDG.all(),
        related_strategies=kinds.RELATED_STRATEGY.all(),
    )


def tombstones() -> tuple[plan.Tombstone, ...]:
    """A stone for everything that was removed, by uid."""
    stones = (
        plan.Tombstone(uid=uid, kind=kind, name=name, reason=reason, successors=tuple(successors))
        for uid, kind, name, reason, successors in Tombstone.objects.values_list(
            "uid", "kind", "name", "reason", "successors"
        )
    )
    return tuple(sorted(stones, key=lambda stone: stone.uid))


def sources() -> tuple[plan.Source, ...]:
    """What the plan's content came from, by title and version."""
    columns = ("title", "publisher", "version", "sha256", "address", "licence")
    found = (plan.Source(**values) for values in Source.objects.values(*columns))
    return tuple(sorted(found, key=lambda source: (source.title, source.version or "")))
