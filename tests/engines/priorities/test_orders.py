"""Ranked choice: the order agrees with a slow, obvious count, and keeps what it promises to those who vote."""

import datetime as dt
import random
import time
from itertools import combinations, pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veikart.engines.handling.actions import Item, Paper
from veikart.engines.handling.state import Round
from veikart.engines.handling.steps_rounds import allowed, in_order
from veikart.engines.priorities import orders
from veikart.engines.priorities.ranking import ranked

AT = dt.datetime(2022, 2, 4, 12, tzinfo=dt.UTC)


def asked(n, said):
    """A round of `n` things; each of `said` is one member's order, as letters or numbers."""
    papers = tuple(Paper(ranking=tuple(str(_place(one)) for one in order)) for order in said)
    return Round(
        uid="horing/22-414/prioritering/1",
        title="Møte 1/2022",
        of="areas",
        method="ranking",
        items=tuple(Item(uid=str(no), text=f"Område {no}") for no in range(n)),
        voters=tuple(f"Medlem {no}" for no in range(len(papers))),
        is_secret=True,
        points=None,
        most=None,
        opened_at=AT,
        closes_at=AT,
        closed_at=AT,
        papers=papers,
    )


def _place(one):
    return "ABCDEFGHIJ".index(one) if isinstance(one, str) else one


def votes(table):
    """Orders written as `5 ACBED`: how many members, and what they put first, second, …"""
    lines = (line.split() for line in table.strip().splitlines())
    return [order for times, order in lines for _ in range(int(times))]


def rank(n, said):
    """The rank of each thing, in the order they are listed."""
    found = {one.item: one.rank for one in ranked(asked(n, said))}
    return [found[str(place)] for place in range(n)]


@st.composite
def rankings(draw, least=2, most=6, whole=False):
    """How many things there are, and what each member put in order: all of them or some."""
    n = draw(st.integers(least, most))
    one = st.permutations(range(n))
    if not whole:
        one = st.tuples(one, st.integers(1, n)).map(lambda drawn: drawn[0][: drawn[1]])
    return n, draw(st.lists(one, min_size=1, max_size=7))


def prefer(said, a, b):
    """How many members prefer `a` to `b`: they have `a` in their order, and `b` later or not at all."""
    return sum(a in order and (b not in order or order.index(a) < order.index(b)) for order in said)


def slow_strength(n, said, a, b):
    """The strongest path from `a` to `b`: all paths are tried, each as strong as its weakest step."""
    others = [one for one in range(n) if one not in (a, b)]
    best = 0
    for length in range(len(others) + 1):
        for way in permutations(others, length):
            path = (a, *way, b)
            steps = [(prefer(said, x, y), prefer(said, y, x)) for x, y in pairwise(path)]
            if all(wins > losses for wins, losses in steps):
                best = max(best, min(wins for wins, _losses in steps))
    return best


def slow_before(n, said):
    return [
        [a != b and slow_strength(n, said, a, b) > slow_strength(n, said, b, a) for b in range(n)]
        for a in range(n)
    ]


@given(rankings(most=5))
@settings(deadline=None, max_examples=80)
def test_the_order_is_that_of_all_paths_tried_one_by_one(drawn):
    n, said = drawn

    counts = orders.preferred(said, size=n)

    assert counts.tolist() == [
        [prefer(said, a, b) if a != b else 0 for b in range(n)] for a in range(n)
    ]
    assert orders.before(counts).tolist() == slow_before(n, said)
    ahead = [sum(slow_before(n, said)[other][one] for other in range(n)) for one in range(n)]
    assert rank(n, said) == [1 + sum(other < one for other in ahead) for one in ahead]


@given(rankings())
@settings(deadline=None)
def test_what_comes_before_something_comes_before_all_that_this_comes_before(drawn):
    n, said = drawn

    before = orders.before(orders.preferred(said, size=n))

    for a, b, c in permutations(range(n), 3):
        assert not (before[a, b] and before[b, a])
        assert not (before[a, b] and before[b, c]) or before[a, c]
    places = rank(n, said)
    assert all(places[a] < places[b] for a, b in permutations(range(n), 2) if before[a, b])


@given(rankings())
@settings(deadline=None)
def test_what_beats_all_others_comes_first_and_what_everybody_prefers_comes_before(drawn):
    n, said = drawn

    places = rank(n, said)

    for one in range(n):
        if all(prefer(said, one, o) > prefer(said, o, one) for o in range(n) if o != one):
            assert places.count(1) == 1
            assert places[one] == 1
    for a, b in permutations(range(n), 2):
        if prefer(said, a, b) == len(said):
            assert places[a] < places[b]


@given(rankings())
@settings(deadline=None)
def test_what_more_members_put_first_than_put_another_anywhere_comes_before_it(drawn):
    """So short orders do no harm: nothing that few have ranked passes what more have put first."""
    n, said = drawn

    places = rank(n, said)

    for a, b in permutations(range(n), 2):
        if sum(order[0] == a for order in said) > sum(b in order for order in said):
            assert places[a] < places[b]


@given(rankings())
@settings(deadline=None)
def test_those_that_each_beat_all_others_come_before_them_whatever_circle_they_go_in(drawn):
    n, said = drawn

    places = rank(n, said)

    for size in range(1, n):
        for group in combinations(range(n), size):
            rest = [one for one in range(n) if one not in group]
            if all(prefer(said, a, b) > prefer(said, b, a) for a in group for b in rest):
                assert max(places[a] for a in group) < min(places[b] for b in rest)


@given(rankings(whole=True))
@settings(deadline=None)
def test_turning_every_whole_order_round_turns_the_result_round(drawn):
    n, said = drawn

    one = orders.before(orders.preferred(said, size=n))
    other = orders.before(orders.preferred([order[::-1] for order in said], size=n))

    assert one.T.tolist() == other.tolist()


@given(rankings())
@settings(deadline=None)
def test_the_plain_figures_are_those_that_are_counted_by_hand(drawn):
    n, said = drawn

    found = {int(one.item): one for one in ranked(asked(n, said))}

    assert sum(one.got for one in found.values()) == len(said) * n * (n - 1) / 2
    for one, told in found.items():
        others = [other for other in range(n) if other != one]
        won = sum(
            prefer(said, one, o) + (len(said) - prefer(said, one, o) - prefer(said, o, one)) / 2
            for o in others
        )
        assert told.got == won
        assert told.share == pytest.approx(won / len(said) / (n - 1), abs=1e-6)
        assert told.given == sum(one in order for order in said)
        assert told.firsts == sum(order[0] == one for order in said)


@given(rankings(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_neither_the_order_of_votes_nor_of_the_list_decides(drawn, dice):
    n, said = drawn
    shuffled = dice.sample(said, len(said))
    renamed = dice.sample(range(n), n)

    again = rank(n, shuffled)
    other = rank(n, [[renamed[one] for one in order] for order in said])

    assert again == rank(n, said)
    assert [other[renamed[one]] for one in range(n)] == again
    assert in_order(asked(n, shuffled).papers) == in_order(asked(n, said).papers)


def test_the_example_of_schulze_with_45_voters_and_five_candidates():
    """Each beats some and is beaten by some; E, A, C, B, D is the order that he finds."""
    said = votes(
        """
        5 ACBED
        5 ADECB
        8 BEDAC
        3 CABED
        7 CAEBD
        2 CBADE
        7 DCEBA
        8 EBADC
        """
    )

    assert rank(5, said) == [2, 4, 3, 5, 1]


def test_a_circle_of_three_is_cut_where_the_fewest_prefer():
    """Six prefer A to B and seven B to C; that only five prefer C to A gives way."""
    said = votes("4 ABC\n3 BCA\n2 CAB")

    assert [prefer(said, a, b) for a, b in ("AB", "BC", "CA")] == [6, 7, 5]
    assert rank(3, said) == [1, 2, 3]


def test_a_circle_in_which_all_are_as_strong_is_a_tie():
    assert rank(3, votes("1 ABC\n1 BCA\n1 CAB")) == [1, 1, 1]


def test_one_vote_is_the_result_and_what_it_leaves_out_comes_last_together():
    found = ranked(asked(4, ["CA"]))

    assert [(one.item, one.rank, one.best, one.worst) for one in found] == [
        ("2", 1, None, None),
        ("0", 2, None, None),
        ("1", 3, None, None),
        ("3", 3, None, None),
    ]


def test_two_members_who_disagree_give_equal_ranks_and_a_span():
    found = ranked(asked(2, ["AB", "BA"]))

    assert [(one.rank, one.best, one.worst, one.share) for one in found] == [(1, 1, 2, 0.5)] * 2


def test_an_order_is_a_vote_only_if_it_names_what_is_weighed_each_once():
    one = asked(3, ["ABC"])

    assert allowed(one, Paper(ranking=("2",)))
    for wrong in (
        Paper(ranking=()),
        Paper(ranking=("0", "0")),
        Paper(ranking=("0", "9")),
        Paper(ranking=("0",), points={"0": 1}),
        Paper(points={"0": 1}),
    ):
        assert not allowed(one, wrong)


def test_thirty_things_and_five_hundred_members_are_counted_at_once():
    dice = random.Random(1)
    said = [sorted(range(30), key=lambda one: one + dice.gauss(0, 4)) for _ in range(500)]
    one = asked(30, said)

    start = time.perf_counter()
    found = ranked(one)

    assert time.perf_counter() - start < 5
    assert found[0].item == "0"
    assert max(abs(place - int(each.item)) for place, each in enumerate(found)) <= 3
    assert np.trace(orders.preferred(said, size=30)) == 0
