"""What became of what a point is about, when the text it was written about has a new version."""

from hypothesis import given, settings
from msgspec.structs import replace

from tests.plan.samples import sample
from tests.plan.strategies import editions
from veikart.plan.carrying import Carry, carry_over
from veikart.plan.model import Statement, Tombstone

PLAN = sample()
FIRST, SECOND, THIRD = PLAN.strategy.statements
STATES = ("unchanged", "edited", "moved", "removed")


def with_statements(*statements, tombstones=()):
    strategy = replace(PLAN.strategy, statements=statements)
    return replace(PLAN, strategy=strategy, tombstones=tombstones)


def became(after, uid):
    (carried,) = carry_over(PLAN, after, [uid])
    return (carried.state, carried.to)


def test_what_stands_as_it_did_is_unchanged():
    assert became(PLAN, FIRST.uid) == ("unchanged", (FIRST.uid,))


def test_other_words_are_an_edit():
    after = with_statements(replace(FIRST, text="Innbyggere får mer innsyn"), SECOND, THIRD)

    assert became(after, FIRST.uid) == ("edited", (FIRST.uid,))
    assert became(after, SECOND.uid) == ("unchanged", (SECOND.uid,))


def test_the_same_words_in_another_place_have_moved():
    renumbered = with_statements(replace(FIRST, number=2), replace(SECOND, number=1), THIRD)
    elsewhere = Statement(uid="mal/4/oppna/2", goal="mal/4", number=2, text=FIRST.text)

    assert became(renumbered, FIRST.uid) == ("moved", (FIRST.uid,))
    assert became(with_statements(SECOND, THIRD, elsewhere), FIRST.uid) == (
        "moved",
        ("mal/4/oppna/2",),
    )


def test_what_is_gone_is_removed_and_names_its_successors():
    stone = Tombstone(
        uid=FIRST.uid, kind="statement", name="x", reason="y", successors=(SECOND.uid, THIRD.uid)
    )
    one = replace(stone, successors=(SECOND.uid,))

    assert became(with_statements(SECOND, THIRD), FIRST.uid) == ("removed", ())
    assert became(with_statements(SECOND, THIRD, tombstones=(stone,)), FIRST.uid) == (
        "removed",
        (SECOND.uid, THIRD.uid),
    )
    assert became(with_statements(SECOND, THIRD, tombstones=(one,)), FIRST.uid) == (
        "edited",
        (SECOND.uid,),
    )


def test_a_note_or_a_link_that_changed_is_no_change_of_what_was_read():
    organisation = replace(PLAN.actors.organisations[0], organisation_number="123456789")
    others = PLAN.actors.organisations[1:]
    after = replace(PLAN, actors=replace(PLAN.actors, organisations=(organisation, *others)))

    assert became(after, organisation.uid) == ("unchanged", (organisation.uid,))


@given(pair=editions())
@settings(max_examples=30)
def test_each_anchor_has_one_state_and_is_found_where_it_says(pair):
    before, after = pair
    anchors = [*before.index.by_uid, *before.index.by_uid, "mal/neverwas"]

    carried = carry_over(before, after, anchors)

    assert [each.uid for each in carried] == anchors
    assert sum(sum(one.state == state for one in carried) for state in STATES) == len(anchors)
    for each in carried:
        assert all(uid in after.index.by_uid for uid in each.to)
        if each.state != "removed":
            assert len(each.to) == 1
    assert carried[-1] == Carry(uid="mal/neverwas", state="removed", to=())
