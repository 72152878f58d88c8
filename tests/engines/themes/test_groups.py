"""A first set of groups for texts that nobody has grouped yet."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.themes.texts import LETTERS, texts
from veikart.engines.themes.groups import groups
from veikart.engines.themes.index import build


def test_letters_on_the_same_thing_come_together_with_words_that_tell_it():
    found = groups(build(LETTERS), 3)

    assert sorted(sorted(group.ids) for group in found) == [
        ["arne", "berit"],
        ["chris", "dina"],
        ["even", "frøya"],
    ]
    told = {min(group.ids): " ".join(group.words) for group in found}
    assert "sykepleiere" in told["arne"] or "rekruttering" in told["arne"]
    assert "legemiddel" in told["chris"] or "fastlege" in told["chris"]
    assert "innføring" in told["even"] or "velferd" in told["even"]


def test_more_groups_than_different_texts_give_one_for_each():
    found = groups(build({"a": "helse", "b": "helse", "c": "journal"}), 7)

    assert [group.ids for group in found] == [("a", "b"), ("c",)]


def test_texts_without_words_are_in_a_group_too_and_no_texts_in_none():
    assert groups(build({}), 3) == ()
    assert [group.ids for group in groups(build({"a": "", "b": ""}), 3)] == [("a", "b")]


def test_no_groups_at_all_cannot_be_asked_for():
    with pytest.raises(ValueError, match="one group or more; found 0"):
        groups(build(LETTERS), 0)


@settings(max_examples=30)
@given(texts(), st.integers(1, 5), st.data())
def test_every_text_is_in_one_group_whatever_order_they_come_in(said, k, data):
    again = dict(data.draw(st.permutations(list(said.items()))))

    found = groups(build(said), k)

    assert sorted(uid for group in found for uid in group.ids) == sorted(said)
    assert len(found) <= k
    assert found == groups(build(again), k)
