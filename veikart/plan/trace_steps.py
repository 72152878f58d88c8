"""What a trace is made of: steps from one thing to the next, each with how the two are tied."""

import datetime as dt
from typing import Literal

import msgspec

from veikart.plan.council import EffectKind
from veikart.plan.model import OwnerRole, Source, Tombstone

Relation = (
    Literal[
        "part_of", "also_part_of", "serves", "aims_at", "contributes_to", "rests_on", "waits_for",
        "holds", "enables", "awaited_by", "in_phase", "for_users", "in_region", "belongs_to",
        "succeeded_by", "between", "measures", "measured_by", "changed_after", "about", "led_to",
        "decided_by", "touched_by", "raised_in", "decided_in", "came_from", "went_on_to", "cites",
        "decision", "approves", "recommends", "asks_for_change", "takes_along", "followed_up_by", "follows",
    ]
    | OwnerRole
)  # fmt: skip
"""How a step is tied to the one before it; read as “<the one before> <relation> <this step>”.

A thing is `decided_by` a decision with an effect on it, `touched_by` one in a case that is about it, and
`raised_in` a case about it in which nothing is decided yet.
"""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One thing on the way, why it is tied to the step before it, and the steps from it.

    `uid` is None for something outside the plan that a dependency names. `reason` is what the
    source says: the sentence, the note or the reason given; None where it says nothing. `effect` is what a
    decision does, where the step leads up to it.
    """

    relation: Relation
    uid: str | None
    kind: str
    name: str
    reason: str | None = None
    steps: tuple["Step", ...] = ()
    effect: EffectKind | None = None


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """Where something comes from (`up`), where it leads (`down`), and the plan's sources.

    For what is gone, `stone` holds the reason, and `down` what took its place.
    """

    uid: str
    kind: str
    name: str
    stone: Tombstone | None
    up: tuple[Step, ...]
    down: tuple[Step, ...]
    sources: tuple[Source, ...]


class Approval(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept beside an edition: who approved it and when; and the decision, where one was named.

    The plan cannot know it, since an edition is approved after it was frozen.
    """

    edition: str
    body: str | None = None
    on: dt.date | None = None
    decision: str | None = None
    case: str | None = None
    text: str | None = None


Path = tuple[str, ...]
Steps = tuple[Step, ...]
