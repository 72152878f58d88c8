"""Carrying points over to a new text: whether what each is about stands as it did, or what became of it."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from veikart.plan.index import Thing
from veikart.plan.model import Plan
from veikart.plan.succession import Succession

Carried = Literal["unchanged", "edited", "moved", "removed"]

WORDS = (
    "title", "name", "text", "question", "definition", "summary", "background", "attainment",
    "conditions", "description", "purpose", "sentence", "phrases", "benefits",
)  # fmt: skip
"""The fields that a reader reads; the others say where it stands and what it is tied to."""
PLACES = ("goal", "number", "code", "delmal", "grouping")


class Carry(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the anchor `uid` between two plans.

    `edited`: its words are others. `moved`: the same words stand elsewhere, under another number,
    parent or uid. `to` is where it stands now, the successors if it is gone and has any.
    """

    uid: str
    state: Carried
    to: tuple[str, ...]


def carry_over(before: Plan, after: Plan, anchors: Iterable[str]) -> tuple[Carry, ...]:
    """What became of each of `anchors`, one for one and in their order.

    What was removed is looked for in what came: the same words under one new uid have moved there. A
    successor that the plan names, with other words, is the anchor edited. One that neither plan
    has is removed.
    """
    carrier = _Carrier(before, after)
    return tuple(carrier.carry(uid) for uid in anchors)


class _Carrier:
    def __init__(self, before: Plan, after: Plan) -> None:
        self.before, self.after = before.index.by_uid, after.index.by_uid
        self.succession = Succession(before, after)
        self.come: dict[tuple[object, ...], list[str]] = {}
        for uid, thing in self.after.items():
            if uid not in self.before:
                self.come.setdefault(_words(thing), []).append(uid)

    def carry(self, uid: str) -> Carry:
        old, new = self.before.get(uid), self.after.get(uid)
        if new is not None:
            return Carry(uid=uid, state=_state(old, new), to=(uid,))
        same = self.come.get(_words(old), []) if old is not None else []
        if len(same) == 1:
            return Carry(uid=uid, state="moved", to=tuple(same))
        to = tuple(one for one in self.succession.successors(uid) if one in self.after)
        if len(to) == 1:
            return Carry(uid=uid, state="edited", to=to)
        return Carry(uid=uid, state="removed", to=to)


def _state(old: Thing | None, new: Thing) -> Carried:
    if old is None or old == new:
        return "unchanged"
    if _words(old) != _words(new):
        return "edited"
    return "moved" if _place(old) != _place(new) else "unchanged"


def _words(thing: Thing) -> tuple[object, ...]:
    return (type(thing), *(getattr(thing, name, None) for name in WORDS))


def _place(thing: Thing) -> tuple[object, ...]:
    return tuple(getattr(thing, name, None) for name in PLACES)
