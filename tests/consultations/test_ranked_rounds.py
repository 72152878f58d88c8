"""Rounds of ranked choice, of options and of a council's case; and what is secret and what is published."""

import datetime as dt
import json

import pytest
from django.core.exceptions import ValidationError

from tests.consultations.conftest import HEARING
from tests.consultations.voting import (
    GOALS,
    LATER,
    NAMES,
    ROUND,
    all_vote,
    closed,
    frozen,
    opened,
    rank,
    voter,
)
from veikart.consultations import draft_goals, log, queries, services
from veikart.consultations.models import HandlingEvent, Voter
from veikart.consultations.prioritising import casting, rounds
from veikart.engines.handling import actions as do
from veikart.people.models import AuditEntry
from veikart.plan.consultations import Ballot, PointsGiven, Preference

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.voting_urls")]

METHODS = ("points", "pairs", "ranking")
CASE = "sak/nasjonalt-e-helserad/2-22"
MEASURES = ("Dokumentdeling", "Kritisk  informasjon", "Legemiddelliste")


def test_ranked_votes_are_counted_with_what_anybody_can_check_by_hand(goals, editor):
    links = opened(editor, "ranking")
    all_vote("ranking", links)

    closed(editor)

    result = frozen()
    assert (result.method, result.voters, result.voted, result.points) == ("ranking", 4, 3, None)
    assert [
        (p.item, p.rank, p.best, p.worst, p.got, p.firsts, p.given) for p in result.priorities
    ] == [
        (GOALS[0], 1, 1, 1, 5, 2, 3),
        (GOALS[1], 2, 1, 2, 3, 1, 2),
        (GOALS[2], 3, 2, 3, 1, 0, 2),
    ]
    assert [p.share for p in result.priorities] == [
        pytest.approx(got / 6, abs=1e-6) for got in (5, 3, 1)
    ]
    assert result.preferred == ((0, 2, 3), (1, 0, 2), (0, 1, 0))


def test_an_order_is_changed_until_the_votes_are_counted(goals, editor):
    links = opened(editor, "ranking", is_secret=False)
    rank(links["Kari"], 1, 2, 3)
    rank(links["Kari"], 3)

    counted = closed(editor)

    assert [(p.voter, p.ranking) for p in counted.papers] == [(NAMES[0], (GOALS[2],))]
    with pytest.raises(ValidationError) as refusal:
        rank(links["Kari"], 1)
    assert refusal.value.code == "round_over"


@pytest.mark.parametrize("order", [[], [GOALS[0], GOALS[0]], [GOALS[0], f"{HEARING}/malutkast/9"]])
def test_an_order_that_is_none_is_refused(goals, editor, order):
    token = opened(editor, "ranking")["Kari"]

    with pytest.raises(ValidationError):
        casting.cast_ranking(voter(token), order)

    assert voter(token).ballot is None


def test_points_are_no_vote_where_members_rank_nor_an_order_where_they_give_points(goals, editor):
    ranked, by_points = (opened(editor, method)["Kari"] for method in ("ranking", "points"))

    with pytest.raises(ValidationError, match="Expected points for what is listed"):
        casting.cast_points(voter(ranked), {GOALS[0]: 6, GOALS[1]: 4})
    with pytest.raises(ValidationError, match="Expected an order of what is listed"):
        rank(by_points, 1, 2)


# --- Secret and open --------------------------------------------------------------------------


@pytest.mark.parametrize("method", METHODS)
def test_a_counted_secret_round_ties_no_vote_to_a_voter_anywhere(goals, editor, method):
    links = opened(editor, method)
    all_vote(method, links)
    kept_before = list(Voter.objects.exclude(ballot=None).values_list("name", flat=True))

    closed(editor)

    assert sorted(kept_before) == sorted(NAMES[:3])
    assert [(one.ballot, one.asked) for one in Voter.objects.all()] == [(None, [])] * 4
    event = json.loads(HandlingEvent.objects.order_by("-no")[0].action)
    assert [paper["voter"] for paper in event["papers"]] == [None] * 3
    said = [json.dumps(paper) for paper in event["papers"]]
    assert not any(name in paper for paper in said for name in NAMES)
    entries = [json.dumps([e.before, e.after]) for e in AuditEntry.objects.all()]
    assert not any("malutkast" in one and name in one for one in entries for name in NAMES)
    assert frozen().ballots == ()


@pytest.mark.parametrize("method", METHODS)
def test_the_votes_of_a_secret_round_lie_in_the_same_order_whoever_gave_them(goals, editor, method):
    one, other = opened(editor, method), opened(editor, method)
    all_vote(method, one)
    all_vote(method, {"Kari": other["Anne"], "Ola": other["Per"], "Anne": other["Ola"]})

    found = [
        rounds.close(HEARING, f"{HEARING}/prioritering/{no}", by=editor)
        .rounds[f"{HEARING}/prioritering/{no}"]
        .papers
        for no in (1, 2)
    ]

    assert found[0] == found[1]


def test_an_open_round_publishes_who_voted_what_by_every_method(goals, editor):
    found = {}
    for no, method in enumerate(METHODS, 1):
        all_vote(method, opened(editor, method, is_secret=False))
        rounds.close(HEARING, f"{HEARING}/prioritering/{no}", by=editor)
        found[method] = {r.method: r for r in _all_frozen()}[method].ballots

    assert [len(ballots) for ballots in found.values()] == [3] * 3
    assert all([b.voter for b in each] == list(NAMES[:3]) for each in found.values())
    ola = {method: each[1] for method, each in found.items()}
    assert ola["points"] == Ballot(
        voter=NAMES[1],
        points=(PointsGiven(item=GOALS[0], points=6), PointsGiven(item=GOALS[2], points=4)),
    )
    assert ola["ranking"] == Ballot(voter=NAMES[1], ranking=(GOALS[0], GOALS[2]))
    assert sorted(ola["pairs"].pairs, key=lambda pair: (pair.better, pair.worse)) == [
        Preference(better=GOALS[0], worse=GOALS[1]),
        Preference(better=GOALS[0], worse=GOALS[2]),
        Preference(better=GOALS[2], worse=GOALS[1]),
    ]


def _all_frozen():
    return queries.freeze(on=dt.date(2022, 10, 20)).priority_rounds


def test_nothing_is_published_of_an_open_round_until_it_is_counted(goals, editor):
    all_vote("ranking", opened(editor, "ranking", is_secret=False))

    assert _all_frozen() == ()


def test_votes_are_not_published_where_members_were_told_otherwise(goals, editor):
    """Rounds opened before there was `is_public` promised names to those who work with the hearing only."""
    old = do.OpenRound(
        round=ROUND,
        title="Møte 1/2022",
        of="goals",
        method="points",
        items=tuple(do.Item(uid=uid, text=uid) for uid in GOALS),
        voters=NAMES,
        closes_at=LATER,
        points=10,
        most=6,
    )
    written = json.loads(do.encode(old))
    for name in ("is_public", "case"):
        del written[name]
    assert do.decode(json.dumps(written)) == old
    services.act(HEARING, old, by=editor)
    papers = (do.Paper(voter=NAMES[0], points={GOALS[0]: 6, GOALS[1]: 4}),)
    services.act(HEARING, do.CloseRound(round=ROUND, papers=papers, voted=NAMES[:1]), by=editor)

    assert frozen().ballots == ()
    assert frozen().case is None
    assert log.state_of(HEARING).rounds[ROUND].papers == papers


def test_a_paper_of_before_there_was_ranking_is_read_as_it_was():
    paper = {"voter": None, "points": {"a": 1}, "pairs": []}
    document = {"verb": "close_round", "round": ROUND, "papers": [paper], "voted": ["Kari"]}

    read = do.decode(json.dumps(document))

    assert read.papers == (do.Paper(points={"a": 1}),)


def test_a_secret_round_cannot_be_one_whose_votes_are_published(goals, editor):
    wrong = do.OpenRound(
        round=ROUND,
        title="Møte",
        of="goals",
        method="ranking",
        items=tuple(do.Item(uid=uid, text=uid) for uid in GOALS),
        voters=NAMES,
        closes_at=LATER,
        is_secret=True,
        is_public=True,
    )

    with pytest.raises(ValidationError, match="not published where the round is secret"):
        services.act(HEARING, wrong, by=editor)


# --- Cases and options ------------------------------------------------------------------------


def test_a_round_is_tied_to_the_case_that_it_is_weighed_in(goals, editor):
    all_vote("ranking", opened(editor, "ranking", case=CASE))

    counted = closed(editor)

    assert (counted.case, frozen().case) == (CASE, CASE)
    for wrong in ("2/22", "sak/2-22", "leveranse/1", f"{CASE}/vedtak"):
        with pytest.raises(ValidationError, match="Expected the address of a case"):
            opened(editor, case=wrong)


@pytest.mark.parametrize("method", METHODS)
def test_options_are_weighed_like_anything_else_and_have_addresses_of_the_round(
    hearing, editor, method
):
    links = opened(editor, method, of="options", items=MEASURES, is_secret=False)
    options = [f"{ROUND}/valg/{no}" for no in (1, 2, 3)]
    if method == "points":
        casting.cast_points(voter(links["Kari"]), {options[1]: 6, options[0]: 4})
    elif method == "ranking":
        casting.cast_ranking(voter(links["Kari"]), [options[1], options[0]])
    else:
        for place, (first, second) in enumerate(voter(links["Kari"]).asked):
            order = [options[1], options[0], options[2]]
            is_first = order.index(first) < order.index(second)
            casting.cast_choice(voter(links["Kari"]), place, "first" if is_first else "second")

    counted = closed(editor)

    assert [(item.uid, item.text) for item in counted.items] == list(
        zip(options, MEASURES, strict=True)
    )
    assert [(p.item, p.rank) for p in frozen().priorities] == [
        (options[1], 1),
        (options[0], 2),
        (options[2], 3),
    ]


def test_options_need_different_texts_and_the_numbers_of_their_round(hearing, editor):
    with pytest.raises(ValidationError, match="each text once"):
        opened(editor, of="options", items=("Dokumentdeling", "dokumentdeling "))
    with pytest.raises(ValidationError, match="two or more different things"):
        opened(editor, of="options", items=("Dokumentdeling",))
    stranger = do.OpenRound(
        round=ROUND,
        title="Møte",
        of="options",
        method="ranking",
        items=tuple(do.Item(uid=f"{ROUND}/valg/{no}", text=str(no)) for no in (1, 3)),
        voters=NAMES,
        closes_at=LATER,
    )
    with pytest.raises(ValidationError, match="numbered from 1"):
        services.act(HEARING, stranger, by=editor)


def test_what_is_no_part_of_a_round_of_options_can_still_be_undone(goals, editor):
    draft_goals.draft_goal(
        HEARING, areas=[f"{HEARING}/endringsomrade/1"], text="Nytt mål", by=editor
    )
    drafted = log.state_of(HEARING).last
    opened(editor, "ranking", of="options", items=MEASURES)

    services.undo(HEARING, drafted, by=editor)

    assert log.state_of(HEARING).goals.get(f"{HEARING}/malutkast/4") is None
