"""What must hold for any two plans."""

import json
from collections import Counter
from typing import Any

import jsonschema
from hypothesis import HealthCheck, given, settings

from tests.plan.strategies import editions, plans
from veikart.plan import codec, compare
from veikart.plan.change import CHANGE_KINDS
from veikart.plan.compare import compare_thing
from veikart.plan.difference import differences
from veikart.plan.model import Plan

random = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@random
@given(plans())
def test_a_plan_compared_with_itself_gives_nothing(plan):
    again = codec.decode(codec.encode(plan))

    comparison = compare.compare(plan, again)

    assert again == plan
    assert comparison.is_empty
    assert (comparison.changes, comparison.carried, comparison.counts) == ((), (), {})
    assert (comparison.by_goal, comparison.by_owner, comparison.unexplained) == ((), (), ())


@random
@given(editions())
def test_the_difference_applied_to_the_first_plan_gives_the_second(two):
    before, after = two

    comparison = compare.decode(compare.encode(compare.compare(before, after)))

    assert compare.apply(before, comparison) == after
    assert codec.encode(compare.apply(before, comparison)) == codec.encode(after)


@random
@given(editions())
def test_a_comparison_survives_json_and_follows_its_schema(two):
    comparison = compare.compare(*two)

    document = compare.encode(comparison)

    assert compare.decode(document) == comparison
    jsonschema.validate(json.loads(document), compare.json_schema())


@random
@given(editions())
def test_every_edit_is_in_exactly_one_change(two):
    comparison = compare.compare(*two)

    placed = [edit for change in comparison.changes for edit in change.edits]
    placed += comparison.carried

    assert all(change.edits for change in comparison.changes)
    assert Counter(map(repr, placed)) == Counter(map(repr, differences(*two)))


@random
@given(editions())
def test_counts_add_up(two):
    comparison = compare.compare(*two)

    ids = [change.id for change in comparison.changes]

    assert len(set(ids)) == len(ids)
    assert sum(comparison.counts.values()) == len(ids)
    assert list(comparison.counts) == [kind for kind in CHANGE_KINDS if kind in comparison.counts]
    for tallies in (comparison.by_goal, comparison.by_owner):
        assert {uid for tally in tallies for uid in tally.changes} == set(ids)
        assert all(sum(t.counts.values()) == len(t.changes) for t in tallies)
        assert len({tally.uid for tally in tallies}) == len(tallies)
    assert set(comparison.unexplained) == {
        change.id
        for change in comparison.changes
        if change.kind in ("earlier", "later") and change.cause is None
    }


@random
@given(editions())
def test_a_slow_comparison_of_nested_dicts_finds_the_same_addresses(two):
    before, after = two

    slow = _slowly("", _keyed(before), _keyed(after))

    assert {edit.what for edit in differences(before, after) if edit.verb != "order"} == slow


@random
@given(editions())
def test_the_changes_of_one_object_are_those_the_whole_comparison_names(two):
    before, after = two
    whole = compare.compare(before, after).changes

    for uid in set(before.index.by_uid) & set(after.index.by_uid):
        expected = {c.id for c in whole if all(edit.uid == uid for edit in c.edits)}
        found = {c.id for c in compare_thing(before, after, uid)}
        assert expected <= found


def _keyed(value: Any) -> Any:
    """Builtins in which every collection whose members have a key is a dict by that key."""
    plain = json.loads(codec.encode(value)) if isinstance(value, Plan) else value
    if isinstance(plain, dict):
        return {name: _keyed(inner) for name, inner in plain.items()}
    if isinstance(plain, list) and plain and isinstance(plain[0], dict):
        for key in ("uid", "no"):
            if key in plain[0]:
                return {"by " + key: {member[key]: _keyed(member) for member in plain}}
    return plain


def _slowly(here: str, before: Any, after: Any) -> set[str]:
    if before == after:
        return set()
    before, after = _same_shape(before, after), _same_shape(after, before)
    if not isinstance(before, dict) or not isinstance(after, dict):
        one = before or after
        is_vision = here == "strategy/vision" and (before is None or after is None)
        return {one["uid"] if is_vision else here}
    found = set()
    for key, members in (("by uid", True), ("by no", True), (None, False)):
        if members and (key in before or key in after):
            return _members(here, before[key], after[key], key)
    for name in before:
        address = f"{here}/{name}" if here else name
        inner = (before[name], after[name])
        if name == "vision" and all(inner) and inner[0]["uid"] == inner[1]["uid"]:
            address = inner[0]["uid"]
        found |= _slowly(address, *inner)
    return found


def _members(here: str, before: dict, after: dict, key: str) -> set[str]:
    found = set()
    for name in {*before, *after}:
        address = str(name) if key == "by uid" else f"{here}/{name}"
        address = f"tombstones/{name}" if here == "tombstones" else address
        if name in before and name in after:
            found |= _slowly(address, before[name], after[name])
        else:
            found.add(address)
    return found


def _same_shape(one: Any, other: Any) -> Any:
    """An empty list as an empty keyed collection, where the other side has members."""
    if one == [] and isinstance(other, dict):
        return {key: {} for key in other}
    return one
