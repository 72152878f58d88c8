"""The front page: what is going on, what starts next, and what changed."""

from itertools import groupby
from typing import Any

from django.utils.translation import ngettext

from veikart.design import words
from veikart.engines.dates import FuzzyDate
from veikart.pages import changes, council_facts, council_rows
from veikart.pages.facts import facts
from veikart.pages.goals import of_goal
from veikart.pages.indicator_facts import counted as indicators_counted
from veikart.pages.indicator_facts import told
from veikart.pages.reading import Reading
from veikart.pages.standing import Tally, starting, tally
from veikart.plan.model import Deliverable, PhasePeriod, StrategicGoal

SHOWN_NEXT = 14
"""So many of what starts next stand on the front page; the roadmap has them all."""

SHOWN_DECISIONS = 3
"""So many of the latest decisions stand on the front page."""

SHOWN_INDICATORS = 3
"""So many indicators with figures stand on the front page."""


def page(reading: Reading) -> dict[str, Any]:
    """The front page of `reading`."""
    plan = reading.plan
    counted = tally(plan, plan.roadmap.deliverables)
    coming = starting(plan, plan.roadmap.deliverables)
    summary = changes.since_previous(reading)
    return {
        "lead": lead(reading, counted),
        "tally": counted,
        "vision": plan.strategy.vision,
        "rings": [
            (
                kind,
                [_card(reading, goal, summary) for goal in plan.index.goals if goal.kind == kind],
            )
            for kind in ("direct", "enabling", None)
            if any(goal.kind == kind for goal in plan.index.goals)
        ],
        "summary": summary,
        "coming": _by_month(reading, coming[:SHOWN_NEXT]),
        "coming_total": len(coming),
        "coming_shown": min(len(coming), SHOWN_NEXT),
        "coming_years": (plan.head.as_of.year, plan.head.as_of.year + 1),
        "nearer": nearer(reading),
        "decided": [
            council_rows.decision_short(reading, one)
            for one in council_facts.latest(plan, SHOWN_DECISIONS)
        ],
        "meetings": [council_rows.meeting(reading, one) for one in council_facts.soonest(plan)],
        "user_groups": plan.actors.user_groups,
        "regions": plan.actors.regions,
    }


def nearer(reading: Reading) -> dict[str, Any] | None:
    """How near the goals are: how many indicators, and a few that have figures; None without any."""
    listed = told(reading, reading.plan.index.indicators)
    if not listed:
        return None
    return {
        "said": indicators_counted(listed),
        "shown": [one for one in listed if one.has_figures][:SHOWN_INDICATORS],
    }


def lead(reading: Reading, counted: Tally) -> str:
    """The page's first sentence: how many there are, and how far they have come."""
    goals = len(reading.plan.strategy.goals)
    facts_ = {"total": words.number(counted.total), "goals": goals, "number": reading.number}
    if reading.is_draft:
        return (
            ngettext(
                "The working draft: %(total)s deliverable on the way to %(goals)d goals.",
                "The working draft: %(total)s deliverables on the way to %(goals)d goals.",
                counted.total,
            )
            % facts_
        )
    return (
        ngettext(
            "Edition %(number)s: %(total)s deliverable on the way to %(goals)d goals.",
            "Edition %(number)s: %(total)s deliverables on the way to %(goals)d goals.",
            counted.total,
        )
        % facts_
    )


def _card(
    reading: Reading, goal: StrategicGoal, summary: "changes.Summary | None"
) -> dict[str, Any]:
    own = of_goal(reading, goal)
    coming = starting(reading.plan, own)
    return {
        "goal": goal,
        "tally": tally(reading.plan, own),
        "delmal": len(reading.plan.index.delmal.get(goal.uid, [])),
        "next": _starting_fact(reading, *coming[0]) if coming else None,
        "next_count": len(coming),
        "moved": summary.by_goal.get(goal.uid) if summary else None,
    }


def _starting_fact(
    reading: Reading, deliverable: Deliverable, period: PhasePeriod
) -> dict[str, Any]:
    return {"fact": facts(reading, [deliverable])[0], "period": period}


def _month(date: FuzzyDate | None) -> str:
    """The heading that a start stands under: its month, or the longer time it is said as."""
    assert date is not None
    if date.precision in ("day", "month"):
        return words.month(date.earliest)
    return words.at(date)


def _by_month(
    reading: Reading, coming: list[tuple[Deliverable, PhasePeriod]]
) -> list[tuple[str, list[dict[str, Any]]]]:
    grouped = groupby(coming, key=lambda pair: _month(pair[1].start))
    return [
        (when[:1].upper() + when[1:], [_starting_fact(reading, *pair) for pair in pairs])
        for when, pairs in grouped
    ]
