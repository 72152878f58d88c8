"""The pages about the strategy: all goals, one goal, one delmål."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from veikart.design import words
from veikart.pages import changes, decided_here, origin, roadmap, said_here
from veikart.pages.facts import Fact, facts
from veikart.pages.indicator_facts import touching
from veikart.pages.missing import found
from veikart.pages.reading import Reading
from veikart.pages.standing import Tally, standing_said, standing_words, starting, tally
from veikart.plan.model import Deliverable, Delmal, Grouping, StrategicGoal


def all_goals(reading: Reading) -> dict[str, Any]:
    """The page of the whole strategy: vision, overarching goals, goals with their delmål."""
    plan, index = reading.plan, reading.plan.index
    return {
        "strategy": plan.strategy,
        "lead": _("%(goals)d goals, %(delmal)d delmål and %(statements)d things to achieve.")
        % {
            "goals": len(plan.strategy.goals),
            "delmal": len(plan.strategy.delmal),
            "statements": len(plan.strategy.statements),
        },
        "goals": [
            {
                "goal": goal,
                "tally": tally(plan, of_goal(reading, goal)),
                "delmal": index.delmal.get(goal.uid, []),
            }
            for goal in index.goals
        ],
        "rings": [
            (ring, [group for group in plan.strategy.target_groups if group.ring == ring])
            for ring in ("benefits", "carries_out", "collaborates")
        ],
        "sdgs": sorted(plan.strategy.sdgs, key=lambda sdg: sdg.number),
        "decided": decided_here.of(
            reading, *_vision(reading), *(one.uid for one in plan.strategy.overarching_goals)
        ),
    }


def of_goal(reading: Reading, goal: StrategicGoal) -> list[Deliverable]:
    """The deliverables whose main delmål is under `goal`."""
    index = reading.plan.index
    return [
        deliverable
        for delmal in index.delmal.get(goal.uid, [])
        for deliverable in index.deliverables_of_delmal.get(delmal.uid, [])
        if deliverable.delmal == delmal.uid
    ]


def goal(reading: Reading, uid: str) -> dict[str, Any]:
    """The page of one goal. Raises NotInPlan."""
    this: StrategicGoal = found(reading, uid, StrategicGoal)
    plan, index = reading.plan, reading.plan.index
    own = of_goal(reading, this)
    counted = tally(plan, own)
    return {
        "goal": this,
        "lead": lead(counted),
        "standings": standing_words(counted),
        "statements": index.statements.get(uid, []),
        "delmal": [
            (delmal, tally(plan, index.deliverables_of_delmal.get(delmal.uid, [])))
            for delmal in index.delmal.get(uid, [])
        ],
        "prerequisites": [(p, index.by_uid[p.on]) for p in index.prerequisites.get(uid, [])],
        "enables": [(p, index.by_uid[p.goal]) for p in index.enables.get(uid, [])],
        "sdgs": sorted(index.sdgs.get(uid, []), key=lambda sdg: sdg.number),
        "coming": _starting(reading, own),
        "summary": changes.of_goal(reading, uid),
        "indicators": touching(reading, uid),
        "said": said_here.of(reading, *_with_statements(reading, this)),
        "decided": decided_here.of(
            reading, *_with_statements(reading, this), above=_vision(reading)
        ),
        "filter": f"mal={this.number}",
    }


def delmal(reading: Reading, uid: str) -> dict[str, Any]:
    """The page of one delmål. Raises NotInPlan."""
    this: Delmal = found(reading, uid, Delmal)
    plan, index = reading.plan, reading.plan.index
    own = index.deliverables_of_delmal.get(uid, [])
    counted = tally(plan, own)
    return {
        "delmal": this,
        "trail": [index.by_uid.get(this.goal)],
        "goal": index.by_uid.get(this.goal),
        "lead": lead(counted),
        "standings": standing_words(counted),
        "timeline": roadmap.excerpt(reading, own),
        "groupings": [_grouping(reading, grouping) for grouping in index.groupings.get(uid, [])],
        "coming": _starting(reading, own),
        "indicators": touching(reading, uid),
        "said": said_here.of(reading, uid),
        "decided": decided_here.of(reading, uid, above=(this.goal,)),
        "origin": origin.of(reading, uid),
        "history": origin.history_of(reading, uid),
        "replaced": [old.removeprefix("delmal/") for old in this.replaces],
    }


def lead(counted: Tally) -> str:
    """How many deliverables, and how far they have come."""
    facts_ = {"total": words.number(counted.total), "said": words.listed(standing_said(counted))}
    if not counted.total:
        return ngettext("%(total)s deliverable.", "%(total)s deliverables.", 0) % facts_
    said = ngettext(
        "%(total)s deliverable: %(said)s.", "%(total)s deliverables: %(said)s.", counted.total
    )
    return said % facts_


def _with_statements(reading: Reading, goal: StrategicGoal) -> list[str]:
    """The uids of the goal and of what is to be achieved under it."""
    return [goal.uid, *(one.uid for one in reading.plan.index.statements.get(goal.uid, []))]


def _vision(reading: Reading) -> tuple[str, ...]:
    """The uid of the vision, where the plan has one."""
    vision = reading.plan.strategy.vision
    return (vision.uid,) if vision else ()


def _grouping(reading: Reading, grouping: Grouping) -> dict[str, Any]:
    own = reading.plan.index.deliverables.get(grouping.uid, [])
    return {"grouping": grouping, "tally": tally(reading.plan, own), "count": len(own)}


def _starting(reading: Reading, own: list[Deliverable]) -> list[tuple[Fact, str]]:
    return [
        (facts(reading, [deliverable])[0], words.start(period.start))
        for deliverable, period in starting(reading.plan, own)
    ]
