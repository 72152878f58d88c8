"""One change between two Plans: its kind, what it is about, and the edits it is made of."""

from typing import Any, Literal, get_args

import msgspec

from veikart.engines.dates import FuzzyDate
from veikart.plan.difference import Edit
from veikart.plan.model import Cause
from veikart.plan.shift import Shift

ChangeKind = Literal[
    "added", "removed", "split", "merged", "replaced", "renamed",
    "later", "earlier", "undated", "dated",
    "less_certain", "more_certain", "less_precise", "more_precise",
    "phase", "owner", "user_group", "region", "delmal", "grouping",
    "dependency", "milestone", "key_date", "goal_link", "definition", "target", "measured",
    "wording", "other",
]  # fmt: skip

CHANGE_KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)
"""Every kind of change, in the order in which they are told."""

MOVES: frozenset[str] = frozenset({"earlier", "later"})
"""The kinds that say a date moved; publishing an edition asks for the cause of each."""


class Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One difference that a reader would name, with the `edits` it consists of.

    `uid`, `thing` and `name` are the object it is about (its kind as in `veikart.plan.index`), as
    it is after the change, or was before it went. `what` is the address that changed, the object
    itself where several of its fields did, and `id` is unique in the comparison.

    `before` and `after` are the values as plain JSON: one value, or an object by field name where
    the change takes in several. For dates they are empty, and `date_before` and `date_after`
    hold the dates; `shift` is how far it moved and `cause` why, None as long as nobody has said.

    `reason` is the tombstone's for what is gone. `predecessors` are the uids that went and
    `successors` those that took their place.

    `goals` and `owners` are the uids it is counted under.
    """

    id: str
    kind: ChangeKind
    uid: str
    thing: str
    name: str
    what: str
    edits: tuple[Edit, ...]
    before: Any = None
    after: Any = None
    date_before: FuzzyDate | None = None
    date_after: FuzzyDate | None = None
    shift: Shift | None = None
    cause: Cause | None = None
    reason: str | None = None
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()

    @property
    def is_unexplained(self) -> bool:
        """Whether a date moved and nobody has said why."""
        return self.kind in MOVES and self.cause is None
