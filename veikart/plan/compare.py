"""Comparing two Plans: what changed, each thing named once and counted, and applying it again."""

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from veikart.plan.change import CHANGE_KINDS, Change, ChangeKind
from veikart.plan.decided_since import DecidedSince, decided_since
from veikart.plan.difference import Edit, apply_edits, differences
from veikart.plan.index import KINDS, Index, Thing, name_of
from veikart.plan.model import Head, Plan
from veikart.plan.naming import Namer
from veikart.plan.schema_text import published

SCHEMA = "veikart-comparison/1"


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """How many changes of each kind one goal or owner has, and which; `uid` None is for the rest."""

    uid: str | None
    counts: dict[ChangeKind, int]
    changes: tuple[str, ...]


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What changed from the plan `before` to the plan `after`.

    `changes` are in the order of goals, delmål and groupings. `counts` has the kinds that occur,
    in the order they are told; they add up to the number of changes. A change that touches two
    goals or owners is under both. `unexplained` are the ids of moved dates without a cause.

    `decided` is what councils decided and what became of it meanwhile; the edits of it are carried.

    `carried` are edits that are no change of content: the head, causes, sources, and where a
    value was read. With them, the comparison applied to the first plan gives the second.
    """

    schema: str
    before: Head
    after: Head
    counts: dict[ChangeKind, int]
    by_goal: tuple[Tally, ...]
    by_owner: tuple[Tally, ...]
    unexplained: tuple[str, ...]
    changes: tuple[Change, ...]
    carried: tuple[Edit, ...]
    decided: DecidedSince = DecidedSince()

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed in content."""
        return not self.changes


def compare(before: Plan, after: Plan) -> Comparison:
    """What changed from `before` to `after`."""
    namer = Namer(before, after)
    for edit in differences(before, after):
        namer.take_in(edit)
    changes, carried = namer.named()
    changes.sort(key=_reading_order(before, after))
    return Comparison(
        schema=SCHEMA,
        before=before.head,
        after=after.head,
        counts=_counted(changes),
        by_goal=_tallied(changes, lambda change: change.goals, _by_number(before, after)),
        by_owner=_tallied(changes, lambda change: change.owners, _by_name(before, after)),
        unexplained=tuple(change.id for change in changes if change.is_unexplained),
        changes=tuple(changes),
        carried=tuple(carried),
        decided=decided_since(before, after),
    )


def compare_thing(before: Plan, after: Plan, uid: str) -> tuple[Change, ...]:
    """The changes to the object `uid` alone, as `compare` would name them.

    Quick where both plans have it, and it took over from nothing meanwhile; otherwise the whole
    plans are compared.
    """
    old, new = before.index.by_uid.get(uid), after.index.by_uid.get(uid)
    if old == new:
        return ()
    took_over = getattr(old, "replaces", ()) != getattr(new, "replaces", ())
    if old is None or new is None or type(old) is not type(new) or took_over:
        found = compare(before, after).changes
        return tuple(c for c in found if uid in (c.uid, *c.predecessors, *c.successors))
    namer = Namer(before, after)
    for edit in differences(old, new, uid=uid):
        namer.take_in(edit)
    return tuple(sorted(namer.named()[0], key=_reading_order(before, after)))


def apply(plan: Plan, comparison: Comparison) -> Plan:
    """The plan that `comparison` leads to from `plan`: `apply(a, compare(a, b)) == b`.

    Raises ValueError if `plan` is not the one the comparison was made from.
    """
    edits = [edit for change in comparison.changes for edit in change.edits]
    return apply_edits(plan, (*edits, *comparison.carried))


def encode(comparison: Comparison) -> bytes:
    """The comparison as JSON in UTF-8, keys in the order of the schema."""
    return msgspec.json.encode(comparison) + b"\n"


def decode(document: bytes) -> Comparison:
    """The Comparison in `document`. Raises ValueError with what was expected and found."""
    try:
        return msgspec.json.decode(document, type=Comparison)
    except msgspec.DecodeError as problem:
        raise ValueError(
            f"Expected a comparison as JSON in the schema {SCHEMA}; {problem}. "
            "Make it again with `veikart compare A B --json`."
        ) from problem


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a Comparison, as published in docs/schema/comparison.schema.json."""
    return published(f"Comparison ({SCHEMA})", msgspec.json.schema(Comparison))


def _reading_order(before: Plan, after: Plan) -> Callable[[Change], tuple[Any, ...]]:
    """By goal, delmål and grouping, then by name; what belongs to no goal comes last."""
    thing_order = {kind: place for place, kind in enumerate(KINDS.values())}
    goal_order = _by_number(before, after)

    def place(change: Change) -> tuple[Any, ...]:
        thing = _either(change.uid, after.index, before.index)
        return (
            goal_order(change.goals[0] if change.goals else None),
            getattr(thing, "delmal", change.uid),
            getattr(thing, "grouping", ""),
            thing_order.get(change.thing, -1),
            change.name,
            change.uid,
            CHANGE_KINDS.index(change.kind),
            change.what,
        )

    return place


def _either(uid: str, *indexes: Index) -> Thing | None:
    return next((index.by_uid[uid] for index in indexes if uid in index.by_uid), None)


def _by_number(before: Plan, after: Plan) -> Callable[[str | None], tuple[Any, ...]]:
    def place(uid: str | None) -> tuple[Any, ...]:
        thing = _either(uid or "", after.index, before.index)
        return (uid is None, getattr(thing, "number", 0), uid or "")

    return place


def _by_name(before: Plan, after: Plan) -> Callable[[str | None], tuple[Any, ...]]:
    def place(uid: str | None) -> tuple[Any, ...]:
        thing = _either(uid or "", after.index, before.index)
        return (uid is None, name_of(thing).casefold() if thing else "", uid or "")

    return place


def _counted(changes: Iterable[Change]) -> dict[ChangeKind, int]:
    found = Counter(change.kind for change in changes)
    return {kind: found[kind] for kind in CHANGE_KINDS if found[kind]}


def _tallied(
    changes: list[Change],
    uids: Callable[[Change], tuple[str, ...]],
    order: Callable[[str | None], tuple[Any, ...]],
) -> tuple[Tally, ...]:
    listed: dict[str | None, list[Change]] = defaultdict(list)
    for change in changes:
        for uid in uids(change) or (None,):
            listed[uid].append(change)
    return tuple(
        Tally(uid=uid, counts=_counted(listed[uid]), changes=tuple(c.id for c in listed[uid]))
        for uid in sorted(listed, key=order)
    )


if __name__ == "__main__":
    sys.stdout.write(
        msgspec.json.format(msgspec.json.encode(json_schema()), indent=2).decode() + "\n"
    )
