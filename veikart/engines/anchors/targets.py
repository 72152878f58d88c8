"""What a point can be anchored to, and the anchor itself."""

from typing import Literal

import msgspec

TargetKind = Literal[
    "vision", "overarching_goal", "strategic_goal", "statement", "delmal", "indicator", "sdg",
    "target_group", "grouping", "deliverable",
]  # fmt: skip


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """Something in a plan. `label` is its number or code ("1.4", "2D"), `title` and `text` what it
    says, `parent` the uid it lies under, `formerly` the uids of what it took over.
    """

    uid: str
    kind: TargetKind
    label: str | None = None
    title: str | None = None
    text: str | None = None
    parent: str | None = None
    formerly: tuple[str, ...] = ()


class Anchor(msgspec.Struct, frozen=True):
    """A proposed anchor. `score` is 0–1, and `reason` a word and what shows it:

    - "named: måleindikator 1.4": the point says so;
    - "section: Mål 4: Tilgjengelig informasjon": it stands below that heading;
    - "alike: velferdsteknologi, innbyggere": these words are in both texts.
    """

    uid: str
    reason: str
    score: float
