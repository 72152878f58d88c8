"""The structs of a Plan: immutable, typed, and the same words as in the tables and in proposals.

Every object has a permanent `uid` that is also its address. Collections are sorted by uid (or by
`no` inside an object), so that two plans with the same content are equal and have the same bytes.
A missing value is None and never an empty text. Texts are in the plan's own language, bokmål; a
`translations` holds our own rendering of the name or title in nynorsk and English.
"""

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from veikart.engines.dates import Certainty, FuzzyDate
from veikart.plan.consultations import Consultations
from veikart.plan.council import Council
from veikart.plan.evaluation import Evaluations
from veikart.plan.indicators import Indicators, Places
from veikart.plan.part import Part as Part
from veikart.plan.part import Translations as Translations

if TYPE_CHECKING:
    from veikart.plan.index import Index

SCHEMA = "veikart-plan/1"

GoalKind = Literal["direct", "enabling"]
Ring = Literal["carries_out", "collaborates", "benefits"]
OwnerRole = Literal["accountable", "develops", "adapts", "introduces", "involved"]
DependencyState = Literal["proposed", "accepted", "disputed", "resolved", "broken"]
Lifecycle = Literal["idea", "planned", "ongoing", "on_hold", "completed"]
MilestoneKind = Literal["available", "introduced", "decision", "law", "other"]
BenefitBasis = Literal["bullet", "prose"]
CauseCode = Literal[
    "funding", "supplier", "regulation", "capacity", "dependency", "changed_need",
    "better_knowledge", "correction", "reprioritised",
]  # fmt: skip


# --- Strategy ---------------------------------------------------------------------------------


class VisionPhrase(Part, frozen=True, kw_only=True):
    """One phrase of the vision with its explanation."""

    no: int
    phrase: str
    explanation: str | None


class Vision(Part, frozen=True, kw_only=True):
    """The vision: one sentence, and what each phrase in it means. Its uid is `visjon`."""

    uid: str
    text: str
    phrases: tuple[VisionPhrase, ...]
    translations: Translations = Translations()


class OverarchingGoal(Part, frozen=True, kw_only=True):
    """What effects the strategy is to have: `overordnet-mal/1`."""

    uid: str
    number: int
    title: str
    text: str | None
    translations: Translations = Translations()


class StrategicGoal(Part, frozen=True, kw_only=True):
    """An area that the sector works on together: `mal/1`.

    `summary` is the goal in a paragraph, `background` why it is needed, `attainment` what it is
    like when it is reached, `conditions` what it rests on, `footnotes` those its text refers to.
    """

    uid: str
    number: int
    title: str
    kind: GoalKind | None
    summary: str | None
    background: tuple[str, ...]
    attainment: str | None
    conditions: tuple[str, ...]
    footnotes: tuple[str, ...] = ()
    translations: Translations = Translations()


class Statement(Part, frozen=True, kw_only=True):
    """One of the things to be achieved (“Frem mot 2030 skal vi oppnå”): `mal/1/oppna/3`."""

    uid: str
    goal: str
    number: int
    text: str


class Benefit(Part, frozen=True, kw_only=True):
    """What a delmål is good for; `basis` says if the source lists it or tells it in prose."""

    no: int
    text: str
    basis: BenefitBasis


class Delmal(Part, frozen=True, kw_only=True):
    """A delmål: `delmal/1A`. Codes change between versions; `replaces` are the uids it took over."""

    uid: str
    code: str
    title: str
    goal: str
    benefits: tuple[Benefit, ...]
    replaces: tuple[str, ...] = ()
    title_variants: tuple[str, ...] = ()
    translations: Translations = Translations()


class Prerequisite(Part, frozen=True, kw_only=True):
    """`goal` cannot be reached without `on`: `mal/3/forutsetter/5`, with the sentences that say so."""

    uid: str
    goal: str
    on: str
    sentence: str
    also_stated: tuple[str, ...] = ()


class TargetGroup(Part, frozen=True, kw_only=True):
    """Whom the strategy is for, in three rings: `malgruppe/helsepersonell`."""

    uid: str
    name: str
    ring: Ring
    translations: Translations = Translations()


class Sdg(Part, frozen=True, kw_only=True):
    """A UN sustainable development goal and the goals that contribute to it: `fn-mal/3`.

    `most_direct` are those among `goals` that the text singles out as contributing the most.
    """

    uid: str
    number: int
    title: str
    goals: tuple[str, ...]
    most_direct: tuple[str, ...] = ()
    text: str | None = None
    translations: Translations = Translations()


class RelatedStrategy(Part, frozen=True, kw_only=True):
    """Another strategy, plan or source that the strategy leans on: `strategi/digital-hele-livet`."""

    uid: str
    title: str
    publisher: str | None
    year: int | None
    period: str | None
    footnote: int | None
    note: str | None


class Strategy(Part, frozen=True, kw_only=True):
    """The strategy part of a Plan."""

    title: str
    version: str
    publisher: str | None
    from_year: int | None
    to_year: int | None
    vision: Vision | None
    overarching_goals: tuple[OverarchingGoal, ...]
    goals: tuple[StrategicGoal, ...]
    statements: tuple[Statement, ...]
    delmal: tuple[Delmal, ...]
    prerequisites: tuple[Prerequisite, ...]
    target_groups: tuple[TargetGroup, ...]
    sdgs: tuple[Sdg, ...]
    related_strategies: tuple[RelatedStrategy, ...]


# --- Roadmap ----------------------------------------------------------------------------------


class Phase(Part, frozen=True, kw_only=True):
    """A step in the value chain: `fase/innforing`. `pattern` names how its bar is drawn."""

    uid: str
    number: int
    name: str
    short_name: str
    meaning: str | None
    pattern: str
    translations: Translations = Translations()
    short_translations: Translations = Translations()


class Ownership(Part, frozen=True, kw_only=True):
    """An organisation and its role. `involved`: the source names it without saying its role.

    `note` names the part that the role is limited to; None if it is for the whole.
    """

    organisation: str
    role: OwnerRole
    note: str | None = None


class KeyDate(Part, frozen=True, kw_only=True):
    """A date that the grouping's text names."""

    no: int
    date: FuzzyDate
    text: str


class Grouping(Part, frozen=True, kw_only=True):
    """One figure of the official roadmap: `gruppering/<slug>`."""

    uid: str
    title: str
    delmal: str
    purpose: str | None
    owners: tuple[Ownership, ...]
    user_groups: tuple[str, ...]
    regions: tuple[str, ...]
    key_dates: tuple[KeyDate, ...]
    portfolio_measure: str | None = None


class PhasePeriod(Part, frozen=True, kw_only=True):
    """A bar: one phase, or a span of phases, from a date to a date.

    `first_phase` and `last_phase` are uids and equal unless the period spans; both are None where
    the source names no phase, and `phase_text` is what it said. A start or an end that was not
    given is None. The end may come before the start: sources hold such rows, and they are kept.
    """

    no: int
    first_phase: str | None
    last_phase: str | None
    phase_text: str | None
    start: FuzzyDate | None
    end: FuzzyDate | None
    certainty: Certainty
    source: str | None = None


class Milestone(Part, frozen=True, kw_only=True):
    """A point on the line: a service available, an introduction completed, a decision, a law."""

    no: int
    kind: MilestoneKind
    title: str
    date: FuzzyDate


class Deliverable(Part, frozen=True, kw_only=True):
    """A leveranse: `leveranse/<register id>`.

    `owners`, `user_groups` and `regions` are its own; where they are empty, those of its grouping
    hold, and `veikart.plan.index` tells which is which.
    """

    uid: str
    register_id: str
    name: str
    grouping: str
    delmal: str
    periods: tuple[PhasePeriod, ...]
    description: str | None = None
    other_delmal: tuple[str, ...] = ()
    owners: tuple[Ownership, ...] = ()
    user_groups: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    lifecycle: Lifecycle | None = None
    register_version: str | None = None


class Dependency(Part, frozen=True, kw_only=True):
    """`subject` waits for `on` (a uid) or for `on_text` (something outside the plan).

    `uid` is `avhengighet/<slug>`; exactly one of `on` and `on_text` is given.
    """

    uid: str
    subject: str
    on: str | None
    on_text: str | None
    state: DependencyState
    reason: str | None = None


class Roadmap(Part, frozen=True, kw_only=True):
    """The roadmap part of a Plan."""

    phases: tuple[Phase, ...]
    groupings: tuple[Grouping, ...]
    deliverables: tuple[Deliverable, ...]
    dependencies: tuple[Dependency, ...]


# --- Actors -----------------------------------------------------------------------------------


class Organisation(Part, frozen=True, kw_only=True):
    """An organisation: `aktor/helse-nord-rhf`; kind as in `people.Organisation.Kind`."""

    uid: str
    name: str
    kind: str
    organisation_number: str | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    successor: str | None = None


class UserGroup(Part, frozen=True, kw_only=True):
    """Those who will use what is delivered: `brukergruppe/fastleger`."""

    uid: str
    name: str
    translations: Translations = Translations()


class Region(Part, frozen=True, kw_only=True):
    """A health region: `helseregion/nord`; `code` is Statistics Norway's (H05)."""

    uid: str
    code: str
    name: str
    organisation: str | None = None


class Actors(Part, frozen=True, kw_only=True):
    """Who and where: the organisations, user groups and regions that the plan speaks of."""

    organisations: tuple[Organisation, ...]
    user_groups: tuple[UserGroup, ...]
    regions: tuple[Region, ...]


# --- What is gone, why things moved, and the whole --------------------------------------------


class Tombstone(Part, frozen=True, kw_only=True):
    """What was removed stays as a stone: why, and what took its place.

    A split has several successors; a merger is several stones with the same one.
    """

    uid: str
    kind: str
    name: str
    reason: str
    successors: tuple[str, ...] = ()


class Cause(Part, frozen=True, kw_only=True):
    """Why a date moved since the last approved edition: `what` is the changed field's address,
    such as `leveranse/568/periods/1/start`.
    """

    what: str
    code: CauseCode
    text: str | None = None


class Source(Part, frozen=True, kw_only=True):
    """A file or a page that the plan's content came from."""

    title: str
    publisher: str | None
    version: str | None
    sha256: str | None = None
    address: str | None = None
    licence: str | None = None


class Head(Part, frozen=True, kw_only=True):
    """Which edition this is. A draft has no number. `previous_sha256` chains it to the edition before.

    `as_of` is the day the content was true; `frozen_at` the moment in UTC it was frozen.
    """

    number: str | None
    title: str
    as_of: dt.date
    frozen_at: dt.datetime | None
    previous: str | None
    previous_sha256: str | None
    note: str | None = None


class Plan(Part, frozen=True, kw_only=True, gc=True, dict=True):
    """One whole plan: what an edition holds, and all that a page may show."""

    schema: str
    head: Head
    strategy: Strategy
    roadmap: Roadmap
    actors: Actors
    tombstones: tuple[Tombstone, ...] = ()
    causes: tuple[Cause, ...] = ()
    sources: tuple[Source, ...] = ()
    indicators: Indicators = Indicators()
    places: Places = Places()
    consultations: Consultations = Consultations()
    council: Council = Council()
    evaluation: Evaluations = Evaluations()

    @cached_property
    def index(self) -> "Index":
        """Look-ups in this plan, made at first use and kept with it."""
        from veikart.plan.index import Index  # noqa: PLC0415 (the index is made of plans)

        return Index(self)
