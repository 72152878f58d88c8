"""Where in the strategy an object belongs, and whose it is: what changes are counted under."""

from veikart.plan.index import Index, Thing
from veikart.plan.indicators import Indicator
from veikart.plan.model import (
    Deliverable,
    Delmal,
    Dependency,
    Grouping,
    Organisation,
    Prerequisite,
    Sdg,
    Statement,
    StrategicGoal,
)


def goals_of(thing: Thing | None, index: Index) -> tuple[str, ...]:
    """The uids of the strategic goals that `thing` belongs to, the main one first."""
    if isinstance(thing, StrategicGoal):
        return (thing.uid,)
    if isinstance(thing, Delmal | Statement | Prerequisite):
        return (thing.goal,)
    if isinstance(thing, Sdg):
        return thing.goals
    if isinstance(thing, Dependency):
        return goals_of(index.by_uid.get(thing.subject), index)
    if isinstance(thing, Indicator):
        measured = (index.by_uid.get(uid) for uid in thing.measures)
        return tuple(dict.fromkeys(goal for one in measured for goal in goals_of(one, index)))
    return tuple(
        dict.fromkeys(
            delmal.goal
            for uid in delmal_of(thing)
            if isinstance(delmal := index.by_uid.get(uid), Delmal)
        )
    )


def delmal_of(thing: Thing | None) -> tuple[str, ...]:
    """The uids of the delmål that `thing` serves, the main one first, each once."""
    if isinstance(thing, Deliverable):
        return tuple(dict.fromkeys((thing.delmal, *thing.other_delmal)))
    if isinstance(thing, Grouping):
        return (thing.delmal,)
    return (thing.uid,) if isinstance(thing, Delmal) else ()


def owners_of(thing: Thing | None, index: Index) -> tuple[str, ...]:
    """The uids of those who own `thing`, inherited ones too, each once; not the merely involved."""
    if isinstance(thing, Organisation):
        return (thing.uid,)
    if isinstance(thing, Indicator):
        return (thing.owner,) if thing.owner else ()
    if isinstance(thing, Dependency):
        return owners_of(index.by_uid.get(thing.subject), index)
    if isinstance(thing, Deliverable):
        return index.owning(thing)
    if isinstance(thing, Grouping):
        owners = (owner.organisation for owner in thing.owners if owner.role != "involved")
        return tuple(dict.fromkeys(owners))
    return ()
