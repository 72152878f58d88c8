"""Look-ups in a Plan: by uid, downwards from goal to deliverable, and from actors to what they do."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any, TypeAlias, TypeVar

from veikart.plan.consultations import Consultations, Point, Priority, PriorityRound
from veikart.plan.council import Case, Council, Decision, FollowUp, Meeting, Paper, Seat
from veikart.plan.indicators import (
    County,
    DataSet,
    HospitalArea,
    Indicator,
    Municipality,
    Result,
)
from veikart.plan.model import (
    Deliverable,
    Delmal,
    Dependency,
    Grouping,
    Organisation,
    OverarchingGoal,
    Ownership,
    Part,
    Phase,
    Plan,
    Prerequisite,
    Region,
    RelatedStrategy,
    Sdg,
    Statement,
    StrategicGoal,
    TargetGroup,
    Tombstone,
    UserGroup,
    Vision,
)

Thing: TypeAlias = (
    Vision
    | OverarchingGoal
    | StrategicGoal
    | Statement
    | Delmal
    | Prerequisite
    | TargetGroup
    | Sdg
    | RelatedStrategy
    | Phase
    | Grouping
    | Deliverable
    | Dependency
    | Organisation
    | UserGroup
    | Region
    | Indicator
    | County
    | HospitalArea
    | Municipality
)

Kept = TypeVar("Kept")

KINDS: dict[type[Part], str] = {
    Vision: "vision",
    OverarchingGoal: "overarching_goal",
    StrategicGoal: "strategic_goal",
    Statement: "statement",
    Delmal: "delmal",
    Prerequisite: "prerequisite",
    TargetGroup: "target_group",
    Sdg: "sdg",
    RelatedStrategy: "related_strategy",
    Phase: "phase",
    Grouping: "grouping",
    Deliverable: "deliverable",
    Dependency: "dependency",
    Organisation: "organisation",
    UserGroup: "user_group",
    Region: "region",
    Indicator: "indicator",
    County: "county",
    HospitalArea: "hospital_area",
    Municipality: "municipality",
}
"""The word for each struct that has a uid, as in proposals, comparisons and the API."""


def things(plan: Plan) -> Iterator[Thing]:
    """Every object in `plan` that has a uid, in the order of the plan."""
    strategy, roadmap, actors = plan.strategy, plan.roadmap, plan.actors
    if strategy.vision:
        yield strategy.vision
    for collection in (
        strategy.overarching_goals,
        strategy.goals,
        strategy.statements,
        strategy.delmal,
        strategy.prerequisites,
        strategy.target_groups,
        strategy.sdgs,
        strategy.related_strategies,
        roadmap.phases,
        roadmap.groupings,
        roadmap.deliverables,
        roadmap.dependencies,
        actors.organisations,
        actors.user_groups,
        actors.regions,
        plan.indicators.definitions,
        plan.places.counties,
        plan.places.hospital_areas,
        plan.places.municipalities,
    ):
        yield from collection


def name_of(thing: Thing) -> str:
    """What a person calls it: its title, name, sentence or code."""
    for field in ("title", "name", "text", "sentence", "on_text"):
        found = getattr(thing, field, None)
        if found:
            return str(found)
    return thing.uid


class Index:
    """Look-ups in one Plan. Lists keep the plan's order; an unknown uid gives an empty list.

    What others said in hearings is not among the plan's own things (`by_uid`): it has look-ups of its
    own, by uid, by what points are about (`points_about`), by what they changed (`points_behind`), and
    by what members weighed (`weighed`).
    """

    def __init__(self, plan: Plan) -> None:
        roadmap, strategy = plan.roadmap, plan.strategy
        self.by_uid: dict[str, Thing] = {thing.uid: thing for thing in things(plan)}
        self.tombstones: dict[str, Tombstone] = {stone.uid: stone for stone in plan.tombstones}
        self.goals = sorted(strategy.goals, key=lambda goal: goal.number)
        self.phases = sorted(roadmap.phases, key=lambda phase: phase.number)
        self.statements = _listed((s.goal, s) for s in strategy.statements)
        for listed in self.statements.values():
            listed.sort(key=lambda statement: statement.number)
        self.delmal = _listed((d.goal, d) for d in sorted(strategy.delmal, key=lambda d: d.code))
        self.groupings = _listed(
            (g.delmal, g) for g in sorted(roadmap.groupings, key=lambda g: g.title.casefold())
        )
        self.deliverables = _listed((d.grouping, d) for d in roadmap.deliverables)
        self.deliverables_of_delmal = _listed(
            (code, d) for d in roadmap.deliverables for code in (d.delmal, *d.other_delmal)
        )
        self.waits_for = _listed((d.subject, d) for d in roadmap.dependencies)
        self.awaited_by = _listed((d.on, d) for d in roadmap.dependencies if d.on)
        self.prerequisites = _listed((p.goal, p) for p in strategy.prerequisites)
        self.enables = _listed((p.on, p) for p in strategy.prerequisites)
        self.sdgs = _listed((goal, sdg) for sdg in strategy.sdgs for goal in sdg.goals)
        self.indicators = sorted(plan.indicators.definitions, key=_by_code)
        self.indicators_of = _listed((uid, i) for i in self.indicators for uid in i.measures)
        self.results: dict[tuple[str, int], Result] = {
            (result.indicator, result.version): result for result in plan.indicators.results
        }
        self.data_sets: dict[str, DataSet] = {
            found.uid: found for found in plan.indicators.data_sets
        }
        self.municipalities = _listed((m.county, m) for m in plan.places.municipalities)
        self._list_said(plan.consultations)
        self._list_council(plan.council)
        self._kept: dict[Hashable, Any] = {}

    def _list_said(self, said: Consultations) -> None:
        """Look-ups in what others said in hearings and workshops."""
        self.hearings = {hearing.uid: hearing for hearing in said.hearings}
        self.replies = {reply.uid: reply for reply in said.replies}
        self.points = {point.uid: point for point in said.points}
        self.themes = {theme.uid: theme for theme in said.themes}
        self.replies_to = _listed((r.hearing, r) for r in said.replies)
        self.points_of = _listed((p.reply, p) for p in said.points)
        self.points_about = _listed((uid, p) for p in said.points for uid in p.anchors)
        self.points_behind = _listed((uid, p) for p in said.points for uid in _changed_by(p))
        self.weighed: dict[str, list[tuple[PriorityRound, Priority]]] = defaultdict(list)
        for held in said.priority_rounds:
            for priority in held.priorities:
                self.weighed[priority.item].append((held, priority))

    def _list_council(self, council: Council) -> None:
        """Look-ups in bodies, meetings, cases and decisions."""
        self.bodies = {body.uid: body for body in council.bodies}
        self.meetings = {meeting.uid: meeting for meeting in council.meetings}
        self.cases = {case.uid: case for case in council.cases}
        self.papers = {paper.uid: paper for paper in council.papers}
        self.decisions = {decision.uid: decision for decision in council.decisions}
        self.follow_ups = {found.uid: found for found in council.follow_ups}
        self.work_plans = {found.uid: found for found in council.work_plans}
        self.seats = {seat.uid: seat for seat in council.seats}
        self.seats_in: dict[str, list[Seat]] = _listed((s.body, s) for s in council.seats)
        self.meetings_of: dict[str, list[Meeting]] = _listed(
            (m.body, m) for m in sorted(council.meetings, key=_by_day)
        )
        self.cases_of: dict[str, list[Case]] = _listed((c.body, c) for c in council.cases)
        self.cases_after: dict[str, list[Case]] = _listed((c.came_from, c) for c in council.cases)
        self.cases_about: dict[str, list[Case]] = _listed(
            (uid, c) for c in council.cases for uid in c.about
        )
        self.meetings_with: dict[str, list[Meeting]] = _listed(
            (case, m)
            for m in sorted(council.meetings, key=_by_day)
            for case in dict.fromkeys(item.case for item in m.agenda)
        )
        self.papers_of: dict[str, list[Paper]] = _listed(
            (p.case, p) for p in sorted(council.papers, key=lambda p: (p.case, p.no))
        )
        self.decisions_in: dict[str, list[Decision]] = _listed(
            (d.case, d) for d in council.decisions
        )
        self.decisions_on: dict[str, list[Decision]] = _listed(
            (uid, d) for d in council.decisions for uid in self._touched(d)
        )
        self.decisions_approving: dict[str, list[Decision]] = _listed(
            (effect.edition, d)
            for d in council.decisions
            for effect in d.effects
            if effect.kind == "approves"
        )
        self.follow_ups_of: dict[str, list[FollowUp]] = _listed(
            (f.decision, f) for f in council.follow_ups
        )

    def _touched(self, decision: Decision) -> tuple[str, ...]:
        """The uids that `decision` has an effect on, and those its case is about, each once."""
        case = self.cases.get(decision.case)
        own = (effect.uid for effect in decision.effects if effect.uid)
        return tuple(dict.fromkeys((*own, *(case.about if case else ()))))

    def kept(self, name: Hashable, make: Callable[[], Kept]) -> Kept:
        """What `make` gives, made at first use and kept as long as the plan: it never changes."""
        if name not in self._kept:
            self._kept[name] = make()
        found: Kept = self._kept[name]
        return found

    def result_of(self, indicator: Indicator) -> Result | None:
        """What was computed for the version of `indicator` that is in force; None if nothing was."""
        return self.results.get((indicator.uid, indicator.version))

    def grouping_of(self, deliverable: Deliverable) -> Grouping | None:
        """The grouping that `deliverable` is drawn in."""
        found = self.by_uid.get(deliverable.grouping)
        return found if isinstance(found, Grouping) else None

    def goal_of(self, deliverable: Deliverable) -> StrategicGoal | None:
        """The strategic goal above the main delmål of `deliverable`."""
        delmal = self.by_uid.get(deliverable.delmal)
        goal = self.by_uid.get(delmal.goal) if isinstance(delmal, Delmal) else None
        return goal if isinstance(goal, StrategicGoal) else None

    def owners_of(self, deliverable: Deliverable) -> tuple[tuple[Ownership, ...], bool]:
        """The owners that hold for `deliverable`, and whether they are its grouping's.

        A grouping's owner with a note answers only for the part it names, so it is not inherited.
        """
        owners, inherited = self._own_or_inherited(deliverable, "owners")
        if inherited:
            owners = tuple(owner for owner in owners if owner.note is None)
        return owners, inherited

    def owning(self, deliverable: Deliverable) -> tuple[str, ...]:
        """The uids of those who own `deliverable`: in any role but merely involved, each once."""
        owners, _inherited = self.owners_of(deliverable)
        return tuple(dict.fromkeys(o.organisation for o in owners if o.role != "involved"))

    def user_groups_of(self, deliverable: Deliverable) -> tuple[tuple[str, ...], bool]:
        """The user groups that hold for `deliverable`, and whether they are its grouping's."""
        return self._own_or_inherited(deliverable, "user_groups")

    def regions_of(self, deliverable: Deliverable) -> tuple[tuple[str, ...], bool]:
        """The regions that hold for `deliverable`, and whether they are its grouping's."""
        return self._own_or_inherited(deliverable, "regions")

    def phases_of(self, deliverable: Deliverable) -> tuple[Phase, ...]:
        """Every phase that a period of `deliverable` is in or spans, in order, each once."""
        numbers: set[int] = set()
        for period in deliverable.periods:
            first, last = (
                self.by_uid.get(uid or "") for uid in (period.first_phase, period.last_phase)
            )
            if isinstance(first, Phase) and isinstance(last, Phase):
                numbers.update(range(first.number, last.number + 1))
        return tuple(phase for phase in self.phases if phase.number in numbers)

    def _own_or_inherited(self, deliverable: Deliverable, field: str) -> tuple[tuple, bool]:  # type: ignore[type-arg]
        own = getattr(deliverable, field)
        grouping = self.grouping_of(deliverable)
        if own or grouping is None:
            return own, False
        return getattr(grouping, field), True


def _changed_by(point: Point) -> tuple[str, ...]:
    """What `point` led to a change of, each once."""
    led_to = point.outcome.led_to if point.outcome else ()
    return tuple(dict.fromkeys(led.uid for led in led_to))


def _by_day(meeting: Meeting) -> tuple[dt.date, str]:
    """Meetings as they follow one another; those without a day first."""
    return meeting.held_on or dt.date.min, meeting.uid


def _by_code(indicator: Indicator) -> list[tuple[bool, int, str]]:
    """Codes as people count: 1.4 before 1.10, and those with letters last."""
    parts = indicator.code.split(".")
    return [(not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts]


def _listed(pairs: Iterable[tuple[str | None, Part]]) -> dict[str, list]:  # type: ignore[type-arg]
    listed: dict[str, list] = defaultdict(list)  # type: ignore[type-arg]
    for key, value in pairs:
        if key is not None:
            listed[key].append(value)
    return dict(listed)
