"""What of a plan a point can be anchored to."""

from msgspec.structs import replace

from tests.plan import samples
from tests.publishing.plans import small_plan
from veikart.plan.anchor_targets import anchor_targets


def test_the_targets_of_a_plan_are_what_it_says_by_uid():
    plan = samples.sample()

    targets = {target.uid: target for target in anchor_targets(plan)}

    assert len(targets) == len(anchor_targets(plan))
    for statement in plan.strategy.statements:
        assert targets[statement.uid].text == statement.text
        assert targets[statement.uid].parent == statement.goal
    for goal in plan.strategy.goals:
        assert targets[goal.uid].title == goal.title
    for indicator in plan.indicators.definitions:
        assert targets[indicator.uid].label == indicator.code


def test_an_empty_plan_has_no_targets_of_its_strategy():
    plan = small_plan()
    bare = replace(plan, strategy=replace(plan.strategy, vision=None, goals=(), statements=()))

    kinds = {target.kind for target in anchor_targets(bare)}

    assert kinds.isdisjoint({"vision", "strategic_goal", "statement"})
