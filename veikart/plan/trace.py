"""Why something is in the plan: upwards to what it serves, downwards to what it leads to."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from veikart.plan.consultations import Point
from veikart.plan.index import KINDS, Thing, name_of
from veikart.plan.indicators import County, HospitalArea, Indicator, Municipality
from veikart.plan.model import (
    Deliverable,
    Delmal,
    Dependency,
    Grouping,
    Organisation,
    OverarchingGoal,
    Phase,
    Plan,
    Prerequisite,
    Region,
    Sdg,
    Statement,
    StrategicGoal,
    Tombstone,
    UserGroup,
    Vision,
)
from veikart.plan.trace_decisions import EDITION, DecisionSteps
from veikart.plan.trace_steps import Approval, Path, Relation, Step, Steps, Trace

__all__ = ["Approval", "Relation", "Step", "Trace", "why"]


def why(plan: Plan, uid: str, *, approvals: Sequence[Approval] = ()) -> Trace:
    """The trace of what has the address `uid`: a thing, a point, a decision, a case, a follow-up, an edition.

    `approvals` are what is kept beside editions, which the plan itself cannot know. Raises LookupError if the
    plan has never had it.
    """
    tracer = _Tracer(plan, approvals)
    kind, name = tracer.decisions.called(uid)
    stone = None if uid in plan.index.by_uid else plan.index.tombstones.get(uid)
    both = tracer.both_ways(uid, stone)
    if both is None:
        raise LookupError(
            f"Expected the uid of something in the plan, found “{uid}”. "
            "It is the address of its page, such as delmal/1A."
        )
    up, down = both
    return Trace(uid=uid, kind=kind, name=name, stone=stone, up=up, down=down, sources=plan.sources)


Follow = Callable[[Thing, Path], Steps]


def _nowhere(thing: Thing, path: Path) -> Steps:
    return ()


class _Tracer:
    """Follows relations; `path` holds the uids on the way, so that nothing is walked in circles."""

    def __init__(self, plan: Plan, approvals: Sequence[Approval]) -> None:
        self.plan, self.index = plan, plan.index
        self.decisions = DecisionSteps(plan, approvals)
        self._told: set[str] = set()
        self._roadmap: list[Grouping | Deliverable] = [*plan.roadmap.groupings]
        self._roadmap += plan.roadmap.deliverables

    def both_ways(self, uid: str, stone: Tombstone | None) -> tuple[Steps, Steps] | None:
        """The steps upwards and downwards from `uid`; None if the plan has never had it."""
        index, path = self.index, (uid,)
        if uid in index.by_uid:
            thing = index.by_uid[uid]
            return (*self.up(thing, path), *self.changed_after(uid)), self.down(thing, path)
        if uid in index.points:
            point = index.points[uid]
            return (*self.about(point), *self.decisions.above(uid, path)), self.led_to(point)
        if stone is not None:
            return self.decisions.above(uid, path), self.successors(stone, path)
        return self._in_councils(uid) or self._beside(uid)

    def _in_councils(self, uid: str) -> tuple[Steps, Steps] | None:
        index, decisions = self.index, self.decisions
        if uid in index.decisions:
            decision = index.decisions[uid]
            return decisions.from_where(decision), decisions.led_to(decision)
        if uid in index.cases:
            case = index.cases[uid]
            return decisions.case_above(case), decisions.case_below(case)
        if uid in index.follow_ups:
            return decisions.follow_up_above(index.follow_ups[uid]), ()
        number = uid.removeprefix(EDITION)
        if number != uid and decisions.knows_edition(number):
            return decisions.above_edition(number), ()
        return None

    def _beside(self, uid: str) -> tuple[Steps, Steps] | None:
        """What is beside the plan's own things, and a decision can be about: a hearing, a theme, a principle."""
        known = (
            self.index.hearings,
            self.index.themes,
            self.index.replies,
            self.decisions.principles,
        )
        return (self.decisions.above(uid, (uid,)), ()) if any(uid in k for k in known) else None

    def _step(
        self,
        relation: Relation,
        uid: str | None,
        path: Path,
        follow: Follow = _nowhere,
        reason: str | None = None,
    ) -> Steps:
        """The step to `uid`, unless it is unknown or already on the way."""
        thing = self.index.by_uid.get(uid or "")
        if thing is None or thing.uid in path:
            return ()
        return (
            Step(
                relation=relation,
                uid=thing.uid,
                kind=KINDS[type(thing)],
                name=name_of(thing),
                reason=reason,
                steps=follow(thing, (*path, thing.uid)),
            ),
        )

    def _steps(
        self, relation: Relation, uids: Iterable[str], path: Path, follow: Follow = _nowhere
    ) -> Steps:
        return tuple(step for uid in uids for step in self._step(relation, uid, path, follow))

    # --- Upwards ----------------------------------------------------------------------------------

    def up(self, thing: Thing, path: Path) -> Steps:
        """What `thing` is there for and what it needs, and who decided it."""
        return (*self._serves(thing, path), *self.decided(thing, path))

    def decided(self, thing: Thing, path: Path) -> Steps:
        """The decisions that touch `thing`, and the cases about it that wait."""
        return self.decisions.above(thing.uid, path)

    def _serves(self, thing: Thing, path: Path) -> Steps:
        if isinstance(thing, Deliverable):
            return (*self._above_deliverable(thing, path), *self._waits_for(thing, path))
        if isinstance(thing, Grouping):
            above = self._step("part_of", thing.delmal, path, self.up)
            return (*above, *self._waits_for(thing, path))
        if isinstance(thing, Delmal | Statement):
            return self._step("part_of", thing.goal, path, self.up)
        if isinstance(thing, StrategicGoal):
            return self._above_goal(thing, path)
        if isinstance(thing, OverarchingGoal):
            return self._vision(path)
        if isinstance(thing, Prerequisite):
            return self._step("between", thing.goal, path, self.up)
        if isinstance(thing, Dependency):
            return self._step("between", thing.subject, path, self.up)
        if isinstance(thing, Region):
            return self._step("belongs_to", thing.organisation, path)
        if isinstance(thing, Indicator):
            return self._steps("measures", thing.measures, path, self.up)
        return self._around(thing, path)

    def _around(self, thing: Thing, path: Path) -> Steps:
        """What a place lies in."""
        if isinstance(thing, Municipality):
            return self._step("part_of", thing.county, path, self.up)
        if isinstance(thing, County | HospitalArea):
            return self._step("part_of", thing.region, path)
        return ()

    def _above_deliverable(self, thing: Deliverable, path: Path) -> Steps:
        grouping = self.index.grouping_of(thing)
        steps = self._step("part_of", thing.grouping, path, self.up)
        if grouping is None or grouping.delmal != thing.delmal:
            steps += self._step("part_of", thing.delmal, path, self.up)
        return steps + self._steps("also_part_of", thing.other_delmal, path, self.up)

    def _above_goal(self, thing: StrategicGoal, path: Path) -> Steps:
        overarching = (goal.uid for goal in self.plan.strategy.overarching_goals)
        aims = (statement.uid for statement in self.index.statements.get(thing.uid, ()))
        return (
            *self._steps("serves", overarching, path, self.decided),
            *self._vision(path),
            *self._steps("aims_at", aims, path, self.decided),
            *self._rests_on(thing, path),
            *self._sdgs(thing, path),
        )

    def _vision(self, path: Path) -> Steps:
        vision = self.plan.strategy.vision
        return self._step("serves", vision.uid if vision else None, path, self.decided)

    def _rests_on(self, thing: StrategicGoal, path: Path) -> Iterator[Step]:
        for link in self.index.prerequisites.get(thing.uid, ()):
            yield from self._step("rests_on", link.on, path, reason=link.sentence)

    def _sdgs(self, thing: StrategicGoal, path: Path) -> Iterator[Step]:
        for sdg in self.index.sdgs.get(thing.uid, ()):
            yield from self._step("contributes_to", sdg.uid, path, reason=sdg.text)

    def _waits_for(self, thing: Thing, path: Path) -> Iterator[Step]:
        for link in self.index.waits_for.get(thing.uid, ()):
            if link.on is None:
                yield Step(
                    relation="waits_for",
                    uid=None,
                    kind="text",
                    name=link.on_text or "",
                    reason=link.reason,
                )
            yield from self._step("waits_for", link.on, path, self._waiting, link.reason)

    def _waiting(self, thing: Thing, path: Path) -> Steps:
        return tuple(self._waits_for(thing, path)) if self._is_first(f"up {thing.uid}") else ()

    def _is_first(self, way: str) -> bool:
        """Whether `way` was not told before: a chain that many wait for is told once."""
        is_first = way not in self._told
        self._told.add(way)
        return is_first

    # --- Downwards --------------------------------------------------------------------------------

    def down(self, thing: Thing, path: Path) -> Steps:
        """What is under `thing`, what waits for it and what it makes possible."""
        measuring = (indicator.uid for indicator in self.index.indicators_of.get(thing.uid, ()))
        return (
            *self._under(thing, path),
            *self._steps("measured_by", measuring, path),
            *self._awaited_by(thing, path),
        )

    def _under(self, thing: Thing, path: Path) -> Steps:
        if isinstance(thing, Vision | OverarchingGoal | Sdg):
            return self._steps("holds", self._goals_under(thing), path)
        if isinstance(thing, StrategicGoal):
            return (*self._held(self.index.delmal, thing, path), *self._enables(thing, path))
        if isinstance(thing, Delmal):
            return self._under_delmal(thing, path)
        if isinstance(thing, Grouping):
            return self._held(self.index.deliverables, thing, path)
        if isinstance(thing, Prerequisite | Dependency):
            return self._step("between", thing.on, path)
        if isinstance(thing, Phase):
            return self._steps("in_phase", self._in_phase(thing), path)
        return self._under_actor(thing, path)

    def _under_actor(self, thing: Thing, path: Path) -> Steps:
        if isinstance(thing, Organisation):
            owned = tuple(self._owned(thing, path))
            return (*owned, *self._step("succeeded_by", thing.successor, path))
        if isinstance(thing, UserGroup):
            return self._reached("for_users", "user_groups", thing, path)
        if isinstance(thing, Region):
            return self._reached("in_region", "regions", thing, path)
        return ()

    def _goals_under(self, thing: Vision | OverarchingGoal | Sdg) -> Iterator[str]:
        if isinstance(thing, Sdg):
            yield from thing.goals
            return
        if isinstance(thing, Vision):
            yield from (goal.uid for goal in self.plan.strategy.overarching_goals)
        yield from (goal.uid for goal in self.index.goals)

    def _held(self, below: dict[str, list], thing: Thing, path: Path) -> Steps:  # type: ignore[type-arg]
        return self._steps("holds", (one.uid for one in below.get(thing.uid, ())), path, self.down)

    def _under_delmal(self, thing: Delmal, path: Path) -> Steps:
        """Its groupings with what they hold, and what stands in a grouping of another delmål."""
        groupings = self.index.groupings.get(thing.uid, ())
        inside = {grouping.uid for grouping in groupings}
        served = self.index.deliverables_of_delmal.get(thing.uid, ())
        apart = (d.uid for d in served if d.grouping not in inside)
        return (
            *self._steps("holds", (grouping.uid for grouping in groupings), path, self.down),
            *self._steps("holds", apart, path, self.down),
        )

    def _enables(self, thing: StrategicGoal, path: Path) -> Iterator[Step]:
        for link in self.index.enables.get(thing.uid, ()):
            yield from self._step("enables", link.goal, path, reason=link.sentence)

    def _awaited_by(self, thing: Thing, path: Path) -> Steps:
        return tuple(
            step
            for link in self.index.awaited_by.get(thing.uid, ())
            for step in self._step("awaited_by", link.subject, path, self._awaiting, link.reason)
        )

    def _awaiting(self, thing: Thing, path: Path) -> Steps:
        return self._awaited_by(thing, path) if self._is_first(f"down {thing.uid}") else ()

    def _in_phase(self, phase: Phase) -> Iterator[str]:
        for deliverable in self.plan.roadmap.deliverables:
            if phase in self.index.phases_of(deliverable):
                yield deliverable.uid

    def _owned(self, thing: Organisation, path: Path) -> Iterator[Step]:
        """What it owns by its own entry, groupings with the deliverables that inherit them."""
        inheriting = self._inheriting("owners")
        for owned in self._roadmap:
            for owner in owned.owners:
                if owner.organisation == thing.uid:
                    yield from self._step(owner.role, owned.uid, path, inheriting, owner.note)

    def _reached(self, relation: Relation, field: str, thing: Thing, path: Path) -> Steps:
        uids = (one.uid for one in self._roadmap if thing.uid in getattr(one, field))
        return self._steps(relation, uids, path, self._inheriting(field))

    def _inheriting(self, field: str) -> Follow:
        """From a grouping to its deliverables that have no `field` of their own."""

        def follow(thing: Thing, path: Path) -> Steps:
            below = self.index.deliverables.get(thing.uid, ())
            return self._steps("holds", (d.uid for d in below if not getattr(d, field)), path)

        return follow

    # --- What others said ---------------------------------------------------------------------

    def changed_after(self, uid: str) -> Steps:
        """The points that led to a change of `uid`, with why they were followed."""
        return tuple(
            Step(
                relation="changed_after",
                uid=point.uid,
                kind="point",
                name=point.text,
                reason=point.outcome.reason if point.outcome else None,
            )
            for point in self.index.points_behind.get(uid, ())
        )

    def about(self, point: Point) -> Steps:
        """What `point` is about, and what that serves."""
        return self._steps("about", point.anchors, (point.uid,), self.up)

    def led_to(self, point: Point) -> Steps:
        """What `point` led to a change of, with why it was followed."""
        outcome = point.outcome
        if outcome is None:
            return ()
        return tuple(
            step
            for led in outcome.led_to
            for step in self._step("led_to", led.uid, (point.uid,), reason=outcome.reason)
        )

    # --- What is gone -----------------------------------------------------------------------------

    def successors(self, stone: Tombstone, path: Path) -> Steps:
        """What took the place of a stone, through stones that were replaced in turn."""
        found: list[Step] = []
        for uid in stone.successors:
            following = self.index.tombstones.get(uid)
            if uid in self.index.by_uid:
                found += self._step("succeeded_by", uid, path, self.up)
            elif following is not None and uid not in path:
                found.append(
                    Step(
                        relation="succeeded_by",
                        uid=uid,
                        kind=following.kind,
                        name=following.name,
                        reason=following.reason,
                        steps=self.successors(following, (*path, uid)),
                    )
                )
        return tuple(found)
