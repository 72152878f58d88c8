"""Look-ups in a plan, and a plan made many times as large."""

import pytest

from bench.multiples import multiplied
from tests.plan.samples import sample
from veikart.plan.index import KINDS, name_of, things

PLAN = sample()
INDEX = PLAN.index


def uids(things) -> list[str]:
    return [thing.uid for thing in things]


def test_every_object_is_found_by_its_uid_and_has_a_word_for_its_kind():
    assert {uid: KINDS[type(thing)] for uid, thing in INDEX.by_uid.items()} == {
        thing.uid: KINDS[type(thing)] for thing in things(PLAN)
    }
    assert len(INDEX.by_uid) == 38
    assert KINDS[type(INDEX.by_uid["leveranse/101"])] == "deliverable"


def test_lists_go_down_from_goal_to_deliverable():
    assert uids(INDEX.goals) == ["mal/1", "mal/4"]
    assert uids(INDEX.delmal["mal/1"]) == ["delmal/1A", "delmal/1B"]
    assert uids(INDEX.groupings["delmal/1A"]) == ["gruppering/1a-dialog", "gruppering/1a-innsyn"]
    assert uids(INDEX.deliverables["gruppering/1a-innsyn"]) == ["leveranse/101", "leveranse/102"]
    assert uids(INDEX.deliverables_of_delmal["delmal/4A"]) == [
        "leveranse/106",
        "leveranse/107",
        "leveranse/108",
    ]
    assert uids(INDEX.phases) == [
        "fase/konsept",
        "fase/utvikling",
        "fase/tilpasning",
        "fase/innforing",
        "fase/i-bruk",
    ]


def test_owners_user_groups_and_regions_are_its_own_or_those_of_its_grouping():
    own, inheriting = INDEX.by_uid["leveranse/103"], INDEX.by_uid["leveranse/104"]

    assert [owner.organisation for owner in INDEX.owners_of(own)[0]] == [
        "aktor/ks",
        "aktor/helse-nord-rhf",
    ]
    assert INDEX.owners_of(own)[1] is False
    assert [owner.organisation for owner in INDEX.owners_of(inheriting)[0]] == ["aktor/ks"]
    assert INDEX.owners_of(inheriting)[1] is True
    assert INDEX.user_groups_of(own) == (("brukergruppe/fastleger",), False)
    assert INDEX.regions_of(INDEX.by_uid["leveranse/105"]) == (("helseregion/nord",), True)


def test_a_span_is_in_every_phase_from_its_first_to_its_last():
    assert uids(INDEX.phases_of(INDEX.by_uid["leveranse/104"])) == [
        "fase/utvikling",
        "fase/tilpasning",
        "fase/innforing",
    ]
    assert INDEX.phases_of(INDEX.by_uid["leveranse/107"]) == ()


def test_a_thing_is_called_by_its_title_name_text_or_sentence():
    assert [
        name_of(INDEX.by_uid[uid])
        for uid in ("mal/1", "aktor/ks", "visjon", "mal/1/forutsetter/4", "avhengighet/innsyn-ehds")
    ] == [
        "Aktiv medvirkning",
        "KS",
        "Sammen skaper vi helse",
        "Mål 1 forutsetter mål 4.",
        "EHDS-krav",
    ]
    assert name_of(INDEX.by_uid["avhengighet/dialog-grensesnitt"]) == (
        "avhengighet/dialog-grensesnitt"
    )


def test_what_is_kept_with_a_plan_is_made_once():
    made = []
    plan = sample()

    for _ in range(2):
        assert plan.index.kept("a name", lambda: made.append("made") or "kept") == "kept"

    assert made == ["made"]


def test_copies_of_a_plan_refer_to_themselves():
    plan = multiplied(PLAN, 3)

    assert len(plan.roadmap.deliverables) == 24
    assert plan.index.by_uid["leveranse/103-2"].grouping == "gruppering/1a-dialog-2"
    link = plan.index.by_uid["avhengighet/dialog-grensesnitt-3"]
    assert (link.subject, link.on) == ("leveranse/103-3", "leveranse/107-3")
    assert uids(plan.roadmap.groupings) == sorted(uids(plan.roadmap.groupings))
    assert plan.strategy == PLAN.strategy
    assert multiplied(PLAN, 1) == PLAN
    with pytest.raises(ValueError, match="found 0"):
        multiplied(PLAN, 0)
