"""Points and pairs: what adds up, what comes first, and that the order of votes tells nothing."""

import datetime as dt
import random
import time
from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veikart.engines.handling.actions import Comparison, Item, Paper
from veikart.engines.handling.state import Round
from veikart.engines.handling.steps_rounds import in_order
from veikart.engines.priorities.asking import MOST_PAIRS, pairs_for
from veikart.engines.priorities.ranking import ranked
from veikart.engines.priorities.strengths import shares, strengths

AT = dt.datetime(2022, 2, 4, 12, tzinfo=dt.UTC)
POINTS = 10


def asked(n, papers, method="points"):
    return Round(
        uid="horing/22-414/prioritering/1",
        title="Møte 1/2022",
        of="goals",
        method=method,
        items=tuple(Item(uid=str(no), text=f"Mål {no}") for no in range(n)),
        voters=tuple(f"Medlem {no}" for no in range(len(papers))),
        is_secret=True,
        points=POINTS if method == "points" else None,
        most=POINTS if method == "points" else None,
        opened_at=AT,
        closes_at=AT,
        closed_at=AT,
        papers=tuple(papers),
    )


def preferred(*order):
    """All pairs, the one that comes first in `order` always preferred."""
    pairs = combinations(order, 2)
    return Paper(pairs=tuple(Comparison(better=str(a), worse=str(b)) for a, b in pairs))


def by_item(found):
    return {one.item: one for one in found}


@st.composite
def points_rounds(draw):
    n = draw(st.integers(2, 6))
    votes = draw(
        st.lists(
            st.lists(st.integers(0, n - 1), min_size=POINTS, max_size=POINTS),
            min_size=1,
            max_size=8,
        )
    )
    return asked(n, [Paper(points={str(i): c for i, c in Counter(v).items()}) for v in votes])


@st.composite
def pairs_rounds(draw):
    n = draw(st.integers(2, 6))
    papers = []
    for _ in range(draw(st.integers(1, 6))):
        chosen = draw(
            st.lists(st.sampled_from(list(combinations(range(n), 2))), min_size=1, unique=True)
        )
        papers.append(Paper(pairs=tuple(draw(_compared(a, b)) for a, b in chosen)))
    return asked(n, papers, "pairs")


def _compared(a, b):
    return st.sampled_from(
        [
            Comparison(better=str(a), worse=str(b)),
            Comparison(better=str(b), worse=str(a)),
            Comparison(better=str(a), worse=str(b), equal=True),
        ]
    )


@given(points_rounds())
@settings(deadline=None)
def test_no_point_is_lost_and_the_shares_are_those_of_all_points(one):
    found = ranked(one)

    assert sum(each.got for each in found) == POINTS * len(one.papers)
    assert [each.share for each in found] == [
        pytest.approx(each.got / (POINTS * len(one.papers)), abs=1e-6) for each in found
    ]
    assert [each.rank for each in found] == [
        1 + sum(other.got > each.got for other in found) for each in found
    ]


@given(pairs_rounds())
@settings(deadline=None)
def test_each_comparison_is_won_once_and_shares_lie_around_a_half(one):
    found = ranked(one)

    compared = sum(len(paper.pairs) for paper in one.papers)
    assert sum(each.got for each in found) == compared
    assert sum(each.given for each in found) == 2 * compared
    known = [each.share for each in found if each.share is not None]
    assert all(0 < share < 1 for share in known)
    assert all((each.rank is None) == (each.given == 0) for each in found)


@given(st.one_of(points_rounds(), pairs_rounds()), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_votes_and_of_what_is_said_in_them_does_not_matter(one, dice):
    shuffled = [
        Paper(
            points=dict(dice.sample(list(p.points.items()), len(p.points))),
            pairs=tuple(dice.sample(p.pairs, len(p.pairs))),
        )
        for p in dice.sample(one.papers, len(one.papers))
    ]
    again = asked(len(one.items), shuffled, one.method)

    assert ranked(again) == ranked(one)
    assert in_order(shuffled) == in_order(one.papers)


@given(st.integers(2, 12), st.integers(1, 8), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40)
def test_what_every_member_prefers_in_every_pair_comes_first(n, voters, dice):
    others = range(1, n)
    papers = [preferred(0, *dice.sample(others, n - 1)) for _ in range(voters)]

    first = ranked(asked(n, papers, "pairs"))[0]

    assert (first.item, first.rank, first.got) == ("0", 1, voters * (n - 1))
    assert (first.best, first.worst) == ((1, 1) if voters > 1 else (None, None))


@given(st.lists(st.permutations(range(5)), min_size=1, max_size=6))
@settings(deadline=None, max_examples=40)
def test_where_all_compare_all_pairs_the_order_is_that_of_comparisons_won(orders):
    found = ranked(asked(5, [preferred(*order) for order in orders], "pairs"))

    assert [each.rank for each in found] == [
        1 + sum(other.got > each.got for other in found) for each in found
    ]


def test_the_strengths_are_those_that_a_slow_search_finds():
    """By the other known method (minorise–maximise), many steps of it, with the same prior."""
    dice = random.Random(3)
    won = np.array([[float(dice.randint(0, 4)) for _ in range(6)] for _ in range(6)])
    np.fill_diagonal(won, 0)
    games, power = won + won.T, np.ones(6)
    for _ in range(20000):
        total = [
            sum(games[i, j] / (power[i] + power[j]) for j in range(6)) + 1 / (power[i] + 1)
            for i in range(6)
        ]
        power = (won.sum(axis=1) + 1 / 2) / np.array(total)

    found = strengths(won)

    assert found == pytest.approx(np.log(power), abs=1e-6)
    assert shares(found).mean() == pytest.approx(1 / 2)


def test_worked_example_of_two_things_compared_once():
    """By symmetry s and −s; with q = e^s the slope is 0 where q³ − q² − q = 3: q = 2.1304."""
    share = 2.1304**2 / (2.1304**2 + 1)

    first, second = ranked(asked(2, [Paper(pairs=(Comparison(better="1", worse="0"),))], "pairs"))

    assert (first.item, first.rank, second.rank) == ("1", 1, 2)
    assert first.share == pytest.approx(share, abs=1e-4)
    assert first.share + second.share == pytest.approx(1)


def test_equal_votes_give_equal_ranks_and_what_was_not_compared_has_none():
    tie = Paper(pairs=(Comparison(better="0", worse="1", equal=True),))

    found = by_item(ranked(asked(3, [tie, tie], "pairs")))

    assert [(found[i].rank, found[i].share) for i in "012"] == [(1, 0.5), (1, 0.5), (None, None)]


def test_the_span_is_of_the_ranks_without_each_member():
    papers = [Paper(points={"0": 10}), Paper(points={"1": 9, "0": 1})]

    found = by_item(ranked(asked(2, papers)))

    assert (found["0"].rank, found["0"].best, found["0"].worst) == (1, 1, 2)
    assert ranked(asked(2, [])) == []


@given(st.integers(2, 60), st.integers(0, 10**6))
@settings(deadline=None)
def test_a_member_is_asked_all_pairs_of_few_and_an_even_ring_of_many(n, seed):
    items = [str(no) for no in range(n)]

    pairs = pairs_for(items, dice=random.Random(seed))

    assert len({frozenset(pair) for pair in pairs}) == len(pairs)
    counted = Counter(uid for pair in pairs for uid in pair)
    assert set(counted) == set(items)
    assert len(set(counted.values())) == 1
    assert len(pairs) == n * (n - 1) // 2 if n <= 10 else n <= len(pairs) <= max(MOST_PAIRS, n)
    assert _is_joined(items, pairs)


def _is_joined(items, pairs):
    """Whether each can be reached from the first by way of the pairs."""
    reached = {items[0]}
    for _ in items:
        reached |= {uid for pair in pairs if reached & set(pair) for uid in pair}
    return reached == set(items)


def test_fewer_than_two_things_or_one_twice_are_refused():
    for items in (["0"], ["0", "0"]):
        with pytest.raises(ValueError, match="two or more different things"):
            pairs_for(items, dice=random.Random(0))


def test_thirty_areas_and_twenty_members_are_counted_at_once():
    dice = random.Random(1)
    items = [str(no) for no in range(30)]
    papers = [
        Paper(
            pairs=tuple(
                Comparison(better=min(p, key=int), worse=max(p, key=int))
                for p in pairs_for(items, dice=dice)
            )
        )
        for _ in range(20)
    ]
    one = asked(30, papers, "pairs")
    ranked(one)

    start = time.perf_counter()
    found = ranked(one)

    assert time.perf_counter() - start < 1
    assert found[0].item == "0"
    assert max(abs(place - int(each.item)) for place, each in enumerate(found)) <= 3
