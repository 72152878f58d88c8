"""Worked examples: one difference at a time, named once and with the right kind."""

import datetime as dt
import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.plan.samples import deliverable, fuzzy, owner, period, sample, with_deliverables, without
from tests.publishing.plans import small_plan
from veikart.plan import compare
from veikart.plan.compare import compare_thing
from veikart.plan.model import (
    Benefit,
    Cause,
    Delmal,
    Dependency,
    Milestone,
    Plan,
    Prerequisite,
    Tombstone,
)

SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"


def one(plan: Plan, uid: str):
    return plan.index.by_uid[uid]


def edited(plan: Plan, uid: str, **fields) -> Plan:
    return with_deliverables(plan, replace(one(plan, uid), **fields))


def with_stones(plan: Plan, *stones: Tombstone) -> Plan:
    return replace(plan, tombstones=(*plan.tombstones, *stones))


def stone(uid: str, *successors: str, reason: str = "Slått sammen", kind: str = "deliverable"):
    return Tombstone(uid=uid, kind=kind, name=uid, reason=reason, successors=successors)


def in_strategy(plan: Plan, **fields) -> Plan:
    return replace(plan, strategy=replace(plan.strategy, **fields))


def in_roadmap(plan: Plan, **fields) -> Plan:
    return replace(plan, roadmap=replace(plan.roadmap, **fields))


def told(before: Plan, after: Plan) -> list[tuple[str, str]]:
    """The changes as (kind, address), after making sure that they lead from one to the other."""
    comparison = compare.compare(before, after)
    assert compare.apply(before, comparison) == after
    return [(change.kind, change.what) for change in comparison.changes]


# --- Fields of a deliverable ----------------------------------------------------------------------

FIELDS = [
    ("renamed", "name", {"name": "Innsyn i hele journalen"}),
    ("wording", "name", {"name": "innsyn i  journal."}),
    ("wording", "description", {"description": "Ny tekst"}),
    ("owner", "owners", {"owners": (owner("ks", "involved"),)}),
    ("user_group", "user_groups", {"user_groups": ("brukergruppe/fastleger",)}),
    ("region", "regions", {"regions": ("helseregion/vest",)}),
    ("delmal", "delmal", {"delmal": "delmal/1B"}),
    ("delmal", "other_delmal", {"other_delmal": ("delmal/1B",)}),
    ("delmal", "", {"delmal": "delmal/1B", "other_delmal": ("delmal/1A",)}),
    ("grouping", "grouping", {"grouping": "gruppering/1a-dialog"}),
    ("phase", "periods/1", {"periods": (period(1, "innforing"),)}),
    ("phase", "periods/1", {"periods": (period(1, "innforing..i-bruk"),)}),
    ("phase", "periods/1", {"periods": ()}),
    ("phase", "periods/2", {"periods": (period(1, "i-bruk"), period(2, "konsept", "2025"))}),
    (
        "milestone",
        "milestones/1",
        {"milestones": (Milestone(no=1, kind="law", title="Lov", date=fuzzy("2027")),)},
    ),
    ("other", "lifecycle", {"lifecycle": "on_hold"}),
]


@pytest.mark.parametrize(("kind", "part", "fields"), FIELDS)
def test_a_field_that_changes_is_told_once(kind, part, fields):
    after = edited(sample(), "leveranse/102", **fields)

    assert told(sample(), after) == [(kind, f"leveranse/102/{part}".rstrip("/"))]


def test_several_texts_of_one_object_are_one_change_of_wording():
    after = edited(sample(), "leveranse/101", name="Pasientens prøvesvar.", description=None)

    (change,) = compare.compare(sample(), after).changes

    assert (change.kind, change.what) == ("wording", "leveranse/101")
    assert change.before == {
        "name": "Pasientens prøvesvar",
        "description": "Prøvesvar til innbygger.\nFlere linjer.",
    }
    assert change.after == {"name": "Pasientens prøvesvar.", "description": None}


def test_another_way_to_write_the_same_date_or_phase_is_wording():
    old = one(sample(), "leveranse/104").periods[0]
    start = replace(old.start, text="andre halvår 2025")
    new = replace(old, start=start, phase_text="Utvikling – innføring")

    assert told(sample(), edited(sample(), "leveranse/104", periods=(new,))) == [
        ("wording", "leveranse/104/periods")
    ]


def test_a_deliverable_without_periods_that_gets_a_date_is_dated():
    bare = edited(sample(), "leveranse/107", periods=())

    assert told(bare, sample()) == [("dated", "leveranse/107/periods/1")]
    assert told(sample(), bare) == [("undated", "leveranse/107/periods/1")]


# --- What comes and goes --------------------------------------------------------------------------

NEW = deliverable(201, "Ny tjeneste", "1a-innsyn", "1A", period(1, "konsept", "2027"))
NEWER = deliverable(202, "Enda en", "1a-innsyn", "1A", period(1, "konsept", "2027"))


def test_what_is_new_is_added_and_what_goes_is_removed_with_its_reason():
    after = with_deliverables(without(sample(), "leveranse/105"), NEW)
    after = with_stones(after, stone("leveranse/105", reason="Ikke finansiert"))

    comparison = compare.compare(sample(), after)

    assert told(sample(), after) == [("added", NEW.uid), ("removed", "leveranse/105")]
    assert [change.reason for change in comparison.changes] == [None, "Ikke finansiert"]
    assert [change.name for change in comparison.changes] == ["Ny tjeneste", "Hjemmesykehus"]
    assert comparison.counts == {"added": 1, "removed": 1}


def test_what_goes_without_a_stone_is_removed_without_a_reason():
    (change,) = compare.compare(sample(), without(sample(), "leveranse/105")).changes

    assert (change.kind, change.reason) == ("removed", None)


def test_one_that_becomes_two_is_split_and_neither_is_added():
    after = with_deliverables(without(sample(), "leveranse/105"), NEW, NEWER)
    after = with_stones(after, stone("leveranse/105", NEW.uid, NEWER.uid, reason="Delt i to"))

    (change,) = compare.compare(sample(), after).changes

    assert (change.kind, change.uid, change.reason) == ("split", "leveranse/105", "Delt i to")
    assert change.successors == (NEW.uid, NEWER.uid)
    assert told(sample(), after) == [("split", "leveranse/105")]


def test_two_that_become_one_are_merged():
    after = with_deliverables(without(sample(), "leveranse/105", "leveranse/106"), NEW)
    after = with_stones(after, stone("leveranse/105", NEW.uid), stone("leveranse/106", NEW.uid))

    (change,) = compare.compare(sample(), after).changes

    assert (change.kind, change.uid, change.name) == ("merged", NEW.uid, "Ny tjeneste")
    assert change.predecessors == ("leveranse/105", "leveranse/106")
    assert told(sample(), after) == [("merged", NEW.uid)]


def test_one_that_gives_way_to_one_is_replaced_also_over_several_editions():
    after = with_deliverables(without(sample(), "leveranse/105"), NEW)
    after = with_stones(
        after, stone("leveranse/105", "leveranse/150"), stone("leveranse/150", NEW.uid)
    )

    (change,) = compare.compare(sample(), after).changes

    assert (change.kind, change.uid, change.successors) == ("replaced", "leveranse/105", (NEW.uid,))


def test_a_recoded_delmal_is_renamed_and_its_deliverables_are_only_worded_anew():
    plan = sample()
    recoded = Delmal(
        uid="delmal/1C", code="1C", title="Oppfølging hjemme", goal="mal/1", benefits=(),
        replaces=("delmal/1B",),
    )  # fmt: skip
    kept = [d for d in plan.strategy.delmal if d.uid != "delmal/1B"]
    after = in_strategy(plan, delmal=tuple(sorted([*kept, recoded], key=lambda d: d.uid)))
    after = in_roadmap(
        after,
        groupings=tuple(_moved(g) for g in plan.roadmap.groupings),
        deliverables=tuple(_moved(d) for d in plan.roadmap.deliverables),
    )
    after = with_stones(after, stone("delmal/1B", "delmal/1C", kind="delmal", reason="Ny kode"))

    found = compare.compare(plan, after)

    assert found.counts == {"renamed": 1, "wording": 3}
    (renamed,) = [change for change in found.changes if change.kind == "renamed"]
    assert (renamed.uid, renamed.predecessors) == ("delmal/1C", ("delmal/1B",))
    assert renamed.reason == "Ny kode"
    assert compare.apply(plan, found) == after


def test_a_delmal_that_takes_over_the_code_of_another_is_told_once():
    plan = sample()
    first, second, third = plan.strategy.delmal
    after = in_strategy(plan, delmal=(replace(first, replaces=(second.uid,)), third))
    after = with_stones(after, stone(second.uid, first.uid, kind="delmal"))

    (change,) = compare.compare(plan, after).changes

    assert (change.kind, change.what) == ("renamed", "delmal/1A/replaces")
    assert compare.apply(plan, compare.compare(plan, after)) == after


def _moved(thing):
    return replace(thing, delmal="delmal/1C") if thing.delmal == "delmal/1B" else thing


# --- Strategy, links and actors -------------------------------------------------------------------


def test_links_between_goals_are_goal_links():
    plan = sample()
    link = Prerequisite(uid="mal/4/forutsetter/1", goal="mal/4", on="mal/1", sentence="Omvendt.")
    sdg = replace(plan.strategy.sdgs[0], goals=("mal/1",))
    delmal = replace(plan.strategy.delmal[1], goal="mal/4")
    after = in_strategy(
        plan,
        prerequisites=(*plan.strategy.prerequisites, link),
        sdgs=(sdg,),
        delmal=(plan.strategy.delmal[0], delmal, plan.strategy.delmal[2]),
    )

    assert sorted(told(plan, after)) == [
        ("goal_link", "delmal/1B/goal"),
        ("goal_link", "fn-mal/3/goals"),
        ("goal_link", "mal/4/forutsetter/1"),
    ]


def test_dependencies_that_come_go_or_change_are_dependency_changes():
    plan = sample()
    first, second = plan.roadmap.dependencies
    new = Dependency(
        uid="avhengighet/z", subject="leveranse/101", on=None, on_text="Lov", state="proposed"
    )
    after = in_roadmap(plan, dependencies=(replace(first, state="disputed"), new))

    assert sorted(told(plan, after)) == [
        ("dependency", "avhengighet/dialog-grensesnitt/state"),
        ("dependency", second.uid),
        ("dependency", "avhengighet/z"),
    ]
    assert {change.name for change in compare.compare(plan, after).changes} == {
        "Digital dialog med fastlege",
        "Innsynstjenester",
        "Pasientens prøvesvar",
    }


def test_texts_of_the_strategy_are_wording_and_titles_are_names():
    plan = sample()
    first, second = plan.strategy.goals
    vision = replace(plan.strategy.vision, text="Sammen skaper vi bedre helse")
    after = in_strategy(
        plan,
        vision=vision,
        goals=(replace(first, summary="Alle deltar."), replace(second, title="Data til alle")),
        delmal=(
            replace(
                plan.strategy.delmal[0],
                benefits=(Benefit(no=1, text="Sparer mye tid", basis="bullet"),),
            ),
            *plan.strategy.delmal[1:],
        ),
    )

    assert sorted(told(plan, after)) == [
        ("renamed", "mal/4/title"),
        ("wording", "delmal/1A/benefits/1/text"),
        ("wording", "mal/1/summary"),
        ("wording", "visjon/text"),
    ]


def test_a_vision_that_comes_is_added():
    bare = in_strategy(sample(), vision=None)

    assert told(bare, sample()) == [("added", "visjon")]
    assert told(sample(), bare) == [("removed", "visjon")]


def test_an_owner_of_a_grouping_is_told_once_and_not_for_each_deliverable():
    plan = sample()
    groupings = tuple(
        replace(g, owners=(owner("ks"),)) if g.uid == "gruppering/1a-innsyn" else g
        for g in plan.roadmap.groupings
    )

    (change,) = compare.compare(plan, in_roadmap(plan, groupings=groupings)).changes

    assert (change.kind, change.what) == ("owner", "gruppering/1a-innsyn/owners")
    assert change.owners == ("aktor/ks", "aktor/norsk-helsenett")


# --- The whole ------------------------------------------------------------------------------------


def test_counts_are_also_by_goal_and_by_owner():
    after = edited(sample(), "leveranse/103", name="Dialog")
    after = edited(after, "leveranse/107", periods=(period(1, None, "2027-01-01"),))
    after = edited(after, "leveranse/106", description="Ny")

    comparison = compare.compare(sample(), after)

    assert comparison.counts == {"renamed": 1, "later": 1, "wording": 1}
    assert {tally.uid: tally.counts for tally in comparison.by_goal} == {
        "mal/1": {"renamed": 1, "wording": 1},
        "mal/4": {"later": 1, "wording": 1},
    }
    assert {tally.uid: tally.counts for tally in comparison.by_owner} == {
        "aktor/helse-nord-rhf": {"renamed": 1, "wording": 1},
        "aktor/ks": {"renamed": 1},
        None: {"later": 1},
    }
    assert [tally.uid for tally in comparison.by_goal] == ["mal/1", "mal/4"]


def test_heads_causes_and_where_it_was_read_are_no_change_of_content():
    plan = sample()
    head = replace(plan.head, number="2026-2", as_of=dt.date(2027, 2, 28), frozen_at=None)
    after = replace(plan, head=head, sources=(), causes=(Cause(what="x", code="funding"),))
    after = edited(after, "leveranse/101", register_version="2027-02")

    comparison = compare.compare(plan, after)

    assert comparison.is_empty
    assert (comparison.before, comparison.after) == (plan.head, head)
    assert {edit.what for edit in comparison.carried} == {
        "head/number",
        "head/as_of",
        "head/frozen_at",
        "sources",
        "causes",
        "leveranse/101/register_version",
    }
    assert compare.apply(plan, comparison) == after


def test_a_comparison_cannot_be_applied_to_another_plan():
    after = edited(sample(), "leveranse/102", name="Annet navn")
    comparison = compare.compare(sample(), after)

    with pytest.raises(ValueError, match=r"leveranse/102/name .* found 'Annet navn'"):
        compare.apply(after, comparison)
    with pytest.raises(ValueError, match="found nothing there"):
        compare.apply(without(sample(), "leveranse/102"), comparison)


def test_a_collection_out_of_key_order_is_kept_in_its_order():
    plan = sample()
    after = in_roadmap(plan, deliverables=plan.roadmap.deliverables[::-1])

    comparison = compare.compare(plan, after)

    assert comparison.is_empty
    assert compare.apply(plan, comparison) == after


def test_a_comparison_that_is_not_one_says_what_was_expected():
    with pytest.raises(ValueError, match="Expected a comparison as JSON"):
        compare.decode(b'{"schema": "veikart-comparison/1"}')


def test_the_changes_of_one_object_are_found_without_the_rest():
    after = edited(sample(), "leveranse/102", name="Annet navn")
    after = with_stones(without(after, "leveranse/105"), stone("leveranse/105", reason="Borte"))

    assert [c.kind for c in compare_thing(sample(), after, "leveranse/102")] == ["renamed"]
    assert [c.kind for c in compare_thing(sample(), after, "leveranse/105")] == ["removed"]
    assert compare_thing(sample(), after, "leveranse/101") == ()


def test_the_published_schema_of_a_comparison_is_up_to_date():
    published = json.loads((SCHEMAS / "comparison.schema.json").read_text())

    assert published == json.loads(json.dumps(compare.json_schema())), (
        "Write it anew: python -m veikart.plan.compare > docs/schema/comparison.schema.json"
    )


def test_one_delmal_that_took_over_another_is_told_of_as_in_the_whole_comparison():
    before = small_plan()
    old = before.strategy.delmal[0]
    gone = replace(old, uid="delmal/1A", code="1A", title="Gammelt")
    before = replace(before, strategy=replace(before.strategy, delmal=(gone, old)))
    new = replace(old, code="2E", replaces=("delmal/1A",))
    after = replace(
        before,
        strategy=replace(before.strategy, delmal=(new,)),
        tombstones=(
            Tombstone(uid="delmal/1A", kind="delmal", name="Gammelt", reason="Slått sammen"),
        ),
    )

    whole = compare.compare(before, after).changes
    about = [c for c in whole if new.uid in (c.uid, *c.predecessors, *c.successors)]

    assert list(compare_thing(before, after, new.uid)) == about
    assert about
