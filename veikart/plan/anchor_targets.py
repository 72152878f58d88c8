"""What of a plan a point can be anchored to, as the engine of anchors wants it."""

from collections.abc import Iterator

from veikart.engines.anchors.targets import Target
from veikart.plan.model import Plan, Strategy


def anchor_targets(plan: Plan) -> tuple[Target, ...]:
    """Vision, goals, statements, delmål, indicators, UN goals, target groups and groupings."""
    return (
        *_top(plan.strategy),
        *_goals(plan.strategy),
        *_below(plan),
        *_surroundings(plan.strategy),
    )


def _top(strategy: Strategy) -> Iterator[Target]:
    if strategy.vision:
        explained = " ".join(phrase.explanation or "" for phrase in strategy.vision.phrases)
        yield Target(
            uid="visjon", kind="vision", title=strategy.vision.text, text=explained or None
        )
    for goal in strategy.overarching_goals:
        yield Target(
            uid=goal.uid,
            kind="overarching_goal",
            label=str(goal.number),
            title=goal.title,
            text=goal.text,
        )


def _goals(strategy: Strategy) -> Iterator[Target]:
    for goal in strategy.goals:
        parts = (goal.summary, *goal.background, goal.attainment, *goal.conditions)
        yield Target(
            uid=goal.uid,
            kind="strategic_goal",
            label=str(goal.number),
            title=goal.title,
            text=" ".join(part for part in parts if part) or None,
        )
    for statement in strategy.statements:
        yield Target(
            uid=statement.uid,
            kind="statement",
            label=str(statement.number),
            text=statement.text,
            parent=statement.goal,
        )


def _below(plan: Plan) -> Iterator[Target]:
    for delmal in plan.strategy.delmal:
        yield Target(
            uid=delmal.uid,
            kind="delmal",
            label=delmal.code,
            title=delmal.title,
            text=" ".join(benefit.text for benefit in delmal.benefits) or None,
            parent=delmal.goal,
            formerly=delmal.replaces,
        )
    for indicator in plan.indicators.definitions:
        texts = (indicator.question, indicator.definition)
        yield Target(
            uid=indicator.uid,
            kind="indicator",
            label=indicator.code,
            title=indicator.title,
            text=" ".join(text for text in texts if text) or None,
        )
    for grouping in plan.roadmap.groupings:
        yield Target(
            uid=grouping.uid,
            kind="grouping",
            title=grouping.title,
            text=grouping.purpose,
            parent=grouping.delmal,
        )


def _surroundings(strategy: Strategy) -> Iterator[Target]:
    for sdg in strategy.sdgs:
        yield Target(uid=sdg.uid, kind="sdg", label=str(sdg.number), title=sdg.title, text=sdg.text)
    for group in strategy.target_groups:
        yield Target(uid=group.uid, kind="target_group", title=group.name)
