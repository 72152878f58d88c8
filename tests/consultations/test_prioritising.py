"""Prioritising by private links: opened, voted, counted once, kept as evidence and secret where it is secret."""

import datetime as dt
import json

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.consultations.conftest import HEARING
from tests.consultations.voting import (
    GOALS,
    LATER,
    NAMES,
    ROUND,
    choose_all,
    closed,
    everybody_votes,
    frozen,
    give,
    opened,
    voter,
)
from veikart.consultations import log, queries, services
from veikart.consultations.models import HandlingEvent, Voter
from veikart.consultations.prioritising import casting, rounds
from veikart.engines.handling import actions as do
from veikart.people import audit
from veikart.people.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.voting_urls")]


def test_a_counted_round_is_in_the_plan_with_method_voters_scores_and_day(links, editor):
    everybody_votes(links)

    closed(editor)

    result = frozen()
    assert (result.method, result.voters, result.voted, result.is_secret) == ("points", 4, 3, True)
    assert (result.closed_on, result.points, result.most) == (dt.date(2022, 10, 20), 10, 6)
    assert [(p.item, p.rank, p.got, p.given, p.share) for p in result.priorities] == [
        (GOALS[0], 1, 17, 3, pytest.approx(17 / 30, abs=1e-6)),
        (GOALS[1], 2, 9, 2, pytest.approx(9 / 30, abs=1e-6)),
        (GOALS[2], 3, 4, 1, pytest.approx(4 / 30, abs=1e-6)),
    ]


def test_pairs_are_counted_and_what_all_prefer_comes_first(pair_links, editor):
    for token in pair_links.values():
        choose_all(token, (GOALS[2], GOALS[0], GOALS[1]))

    closed(editor)

    assert [(p.item, p.rank, p.got, p.given) for p in frozen().priorities] == [
        (GOALS[2], 1, 8, 8),
        (GOALS[0], 2, 4, 8),
        (GOALS[1], 3, 0, 8),
    ]


def test_a_vote_is_changed_until_the_round_is_counted_and_counts_once(links, editor):
    everybody_votes(links)
    give(links["Kari"], 0, 4, 6)

    counted = closed(editor)

    assert len(counted.papers) == 3
    assert sum(sum(paper.points.values()) for paper in counted.papers) == 30
    assert Voter.objects.filter(round=ROUND).count() == 4


def test_a_secret_round_keeps_who_voted_and_not_who_voted_what(links, editor):
    everybody_votes(links)

    counted = closed(editor)

    assert counted.voted == tuple(sorted(NAMES[:3]))
    assert [paper.voter for paper in counted.papers] == [None] * 3
    assert set(Voter.objects.values_list("ballot", flat=True)) == {None}
    event = json.loads(HandlingEvent.objects.order_by("-no")[0].action)
    assert all("voter" not in paper or paper["voter"] is None for paper in event["papers"])
    told = json.dumps([[e.before, e.after] for e in AuditEntry.objects.all()])
    assert "malutkast/1" not in told


def test_the_papers_of_a_secret_round_lie_in_the_same_order_whoever_gave_them(goals, editor):
    found = []
    for turned in (False, True):
        links = opened(editor)
        votes = [(6, 4, 0), (6, 0, 4), (0, 5, 5)]
        names = ("Kari", "Ola", "Anne")
        for name, points in zip(names, votes[::-1] if turned else votes, strict=True):
            give(links[name], *points)
        uid = f"{HEARING}/prioritering/{int(turned) + 1}"
        found.append(rounds.close(HEARING, uid, by=editor).rounds[uid].papers)

    assert found[0] == found[1]


def test_an_open_round_keeps_each_vote_with_its_name(goals, editor):
    links = opened(editor, is_secret=False)
    give(links["Kari"], 6, 4, 0)

    counted = closed(editor)

    assert [(p.voter, p.points) for p in counted.papers] == [(NAMES[0], {GOALS[0]: 6, GOALS[1]: 4})]


def test_too_few_votes_are_not_counted(links, editor):
    give(links["Kari"], 6, 4, 0)
    give(links["Ola"], 6, 4, 0)

    with pytest.raises(ValidationError, match="Expected at least 3 votes") as refusal:
        closed(editor)

    assert refusal.value.code == "too_few_votes"
    assert voter(links["Kari"]).ballot == {GOALS[0]: 6, GOALS[1]: 4}


@pytest.mark.parametrize(
    ("points", "code"),
    [
        ((6, 3, 0), "points_left"),
        ((6, 5, 0), "points_over"),
        ((7, 3, 0), "too_many"),
        ((-1, 6, 5), "too_many"),
    ],
)
def test_points_that_do_not_add_up_are_refused(links, points, code):
    with pytest.raises(ValidationError) as refusal:
        give(links["Kari"], *points)

    assert refusal.value.code == code
    assert voter(links["Kari"]).ballot is None


def test_a_vote_after_the_time_is_out_or_after_the_count_is_refused(links, editor):
    everybody_votes(links)
    with (
        time_machine.travel(LATER),
        pytest.raises(ValidationError, match="out 1 November 2022, 00:59") as late,
    ):
        give(links["Per"], 6, 4, 0)
    closed(editor)
    with pytest.raises(ValidationError) as over:
        give(links["Per"], 6, 4, 0)

    assert (late.value.code, over.value.code) == ("late", "round_over")
    assert frozen().voted == 3


def test_more_time_lets_members_vote(links, editor):
    rounds.extend(HEARING, ROUND, closes_at=LATER + dt.timedelta(days=7), by=editor)

    with time_machine.travel(LATER):
        give(links["Kari"], 6, 4, 0)

    assert rounds.has_voted(voter(links["Kari"]))


def test_a_new_link_voids_the_old_one_and_its_vote(links, editor):
    give(links["Kari"], 6, 4, 0)
    old = voter(links["Kari"])

    invited = rounds.renew_link(HEARING, ROUND, old.no, by=editor)

    assert casting.find(links["Kari"]) is None
    assert voter(invited.token).ballot is None
    with pytest.raises(ValidationError) as refusal:
        casting.cast_points(old, {GOALS[0]: 6, GOALS[1]: 4})
    assert refusal.value.code == "replaced"


def test_a_later_round_does_not_overwrite_an_earlier_one(links, editor):
    everybody_votes(links)
    first = closed(editor)
    services.act(HEARING, do.RewordGoal(goal=GOALS[0], text="Ny ordlyd"), by=editor)
    again = opened(editor)
    for name in ("Kari", "Ola", "Anne"):
        give(again[name], 0, 4, 6)
    rounds.close(HEARING, f"{HEARING}/prioritering/2", by=editor)

    one, two = queries.freeze(on=dt.date(2022, 10, 20)).priority_rounds
    assert log.state_of(HEARING).rounds[ROUND] == first
    assert (one.priorities[0].item, one.priorities[0].text) == (GOALS[0], "Felles språk")
    assert [p.text for p in two.priorities if p.item == GOALS[0]] == ["Ny ordlyd"]


def test_neither_a_count_nor_what_was_weighed_is_undone(links, editor):
    everybody_votes(links)
    closed(editor)
    last = log.state_of(HEARING).last
    drafted = HandlingEvent.objects.filter(verb="draft_goal").first().no

    for event, code in ((last, "not_undoable"), (drafted, "stays")):
        with pytest.raises(ValidationError) as refusal:
            services.undo(HEARING, event, by=editor)
        assert refusal.value.code == code


def test_a_round_that_is_given_up_keeps_no_vote_and_has_no_result(links, editor):
    give(links["Kari"], 6, 4, 0)

    rounds.cancel(HEARING, ROUND, reason="Møtet ble avlyst", by=editor)

    assert voter(links["Kari"]).ballot is None
    assert queries.freeze(on=dt.date(2022, 10, 20)).priority_rounds == ()
    assert audit.verify() == []


def test_a_round_that_does_not_add_up_is_refused(goals, editor, reader):
    for more, said in (
        ({"items": GOALS[:1]}, "two or more different things"),
        ({"voters": NAMES[:2]}, "at least three in a secret round"),
        ({"most": 2}, "at most the limit for one"),
        ({"closes_at": dt.datetime(2022, 1, 1, tzinfo=dt.UTC)}, "still to come"),
    ):
        with pytest.raises(ValidationError, match=said):
            opened(editor, **more)
    with pytest.raises(PermissionDenied):
        opened(reader)
    assert Voter.objects.count() == 0


@given(
    votes=st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 6), st.integers(0, 6), st.integers(0, 6)),
        max_size=12,
    )
)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_however_members_vote_and_vote_again_each_counts_once_and_no_point_is_lost(
    goals, editor, votes
):
    links = list(opened(editor, is_secret=False).values())
    uid = max(log.state_of(HEARING).rounds, key=lambda uid: int(uid.rpartition("/")[2]))
    last = {}
    for who, *points in votes:
        try:
            give(links[who], *points)
        except ValidationError:
            continue
        last[who] = points
    if not last:
        return

    counted = rounds.close(HEARING, uid, by=editor).rounds[uid]

    assert len(counted.papers) == len(last)
    assert sum(sum(p.points.values()) for p in counted.papers) == 10 * len(last)
    given_points = {NAMES[who]: points for who, points in last.items()}
    assert {
        p.voter: [p.points.get(uid, 0) for uid in GOALS] for p in counted.papers
    } == given_points
