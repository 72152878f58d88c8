"""The history of one object through editions: when it came, what changed each time, when it went."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from veikart.plan.change import Change
from veikart.plan.compare import compare_thing
from veikart.plan.index import KINDS, name_of
from veikart.plan.model import Head, Plan, Tombstone

State = Literal["came", "changed", "unchanged", "went"]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What one edition did to the object; `changes` are those since the edition before."""

    edition: Head
    state: State
    changes: tuple[Change, ...] = ()


class History(msgspec.Struct, frozen=True, kw_only=True):
    """One entry for each edition from the first that has the object until it went.

    `first_seen` is the edition it came in, `removed` the one it went with, None while it is there;
    then `stone` holds the reason. `name` and `kind` are as they were last.
    """

    uid: str
    kind: str
    name: str
    first_seen: Head
    entries: tuple[Entry, ...]
    removed: Head | None
    stone: Tombstone | None


def history(uid: str, plans: Sequence[Plan]) -> History:
    """The history of `uid` through `plans`, the oldest edition first.

    Raises LookupError if none of them has it.
    """
    having = [plan for plan in plans if uid in plan.index.by_uid]
    if not having:
        raise LookupError(
            f"Expected the uid of something in one of {len(plans)} editions, found “{uid}”. "
            "Look it up in the newest edition."
        )
    thing = having[-1].index.by_uid[uid]
    is_gone = plans[-1] is not having[-1]
    entries = tuple(
        entry
        for place, plan in enumerate(plans)
        if (entry := _entry(uid, plans[place - 1] if place else None, plan))
    )
    return History(
        uid=uid,
        kind=KINDS[type(thing)],
        name=name_of(thing),
        first_seen=having[0].head,
        entries=entries,
        removed=entries[-1].edition if is_gone else None,
        stone=plans[-1].index.tombstones.get(uid) if is_gone else None,
    )


def _entry(uid: str, before: Plan | None, after: Plan) -> Entry | None:
    """What happened from one edition to the next; None where neither has it."""
    was = before is not None and uid in before.index.by_uid
    there = uid in after.index.by_uid
    if not was and not there:
        return None
    if before is None or not was:
        return Entry(edition=after.head, state="came")
    changes = compare_thing(before, after, uid)
    if not there:
        return Entry(edition=after.head, state="went", changes=changes)
    state: State = "changed" if changes else "unchanged"
    return Entry(edition=after.head, state=state, changes=changes)
