"""The result of a round: each thing's rank and share, and how far one member's vote moves it."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from veikart.engines.handling.actions import Paper
from veikart.engines.handling.state import Round
from veikart.engines.handling.words import Method
from veikart.engines.priorities import orders, strengths

DIGITS = 6
"""Shares that are the same to so many digits have the same rank."""

Shares = list[float | None]
Ranks = list[int | None]


class Ranked(NamedTuple):
    """What a round says of one thing; rank and share are None where nobody compared it with another.

    `rank` is from 1 and `share` from 0 to 1; by points and pair by pair, equal shares have equal ranks. `best`
    and `worst` are the ranks it would have had if any one member had not voted, None with fewer than two
    votes. `got` are its points, or the comparisons it won, a tie counting ½; `given` how many members
    gave it points or ranked it, or how many comparisons it was in. `firsts` is how many put it
    first, None where members did not rank.
    """

    item: str
    text: str
    rank: int | None
    share: float | None
    best: int | None
    worst: int | None
    got: float
    given: int
    firsts: int | None = None


class _Count(NamedTuple):
    """What the votes say of each thing, in the order they are listed."""

    share: Shares
    rank: Ranks
    got: list[float]
    given: list[int]
    firsts: list[int] | None = None


def ranked(asked: Round) -> list[Ranked]:
    """The things that `asked` is about, the first ones first; equal ones as they were listed.

    Nothing if it has no papers. How the order is found stands in docs/methods/prioritising.md.
    """
    if not asked.papers:
        return []
    count = _COUNTS[asked.method](asked, asked.papers)
    others = _without_each(asked)
    found = [
        Ranked(
            item.uid,
            item.text,
            count.rank[place],
            count.share[place],
            *_span(place, count.rank, others),
            count.got[place],
            count.given[place],
            count.firsts[place] if count.firsts else None,
        )
        for place, item in enumerate(asked.items)
    ]
    return sorted(found, key=lambda one: one.rank or len(found) + 1)


def preferred(papers: Iterable[Paper], items: Sequence[str]) -> orders.Counts:
    """How many members prefer the row to the column, where each ranked; both as in `items` (uids)."""
    place = {uid: number for number, uid in enumerate(items)}
    said = ([place[uid] for uid in paper.ranking] for paper in papers)
    return orders.preferred(said, size=len(items))


def _by_points(asked: Round, papers: Sequence[Paper]) -> _Count:
    """Each thing's share of all points that were shared out."""
    total: Counter[str] = Counter()
    members: Counter[str] = Counter()
    for paper in papers:
        total.update(paper.points)
        members.update(uid for uid, points in paper.points.items() if points)
    all_points = total.total()
    uids = [item.uid for item in asked.items]
    share: Shares = [round(total[uid] / all_points, DIGITS) for uid in uids]
    got, given = [float(total[uid]) for uid in uids], [members[uid] for uid in uids]
    return _Count(share, _ranks(share), got, given)


def _by_pairs(asked: Round, papers: Sequence[Paper]) -> _Count:
    """How likely each thing is to be preferred to another one, by what all comparisons say together."""
    won = _won(asked, papers)
    share = _shares(won, strengths.strengths(won))
    got, given = map(float, won.sum(axis=1)), map(int, (won + won.T).sum(axis=1))
    return _Count(share, _ranks(share), list(got), list(given))


def _by_rankings(asked: Round, papers: Sequence[Paper]) -> _Count:
    """The order of Schulze; beside it, how often each thing is preferred to another, for all to check."""
    uids = [item.uid for item in asked.items]
    counts = preferred(papers, uids)
    won = orders.won(counts, members=len(papers))
    comparisons = len(papers) * (len(uids) - 1)
    given = Counter(uid for paper in papers for uid in paper.ranking)
    firsts = Counter(paper.ranking[0] for paper in papers)
    return _Count(
        share=[round(each / comparisons, DIGITS) for each in won],
        rank=list(orders.ranks(counts)),
        got=won,
        given=[given[uid] for uid in uids],
        firsts=[firsts[uid] for uid in uids],
    )


_COUNTS: dict[Method, Callable[[Round, Sequence[Paper]], _Count]] = {
    "points": _by_points,
    "pairs": _by_pairs,
    "ranking": _by_rankings,
}


def _won(asked: Round, papers: Sequence[Paper]) -> strengths.Numbers:
    place = {item.uid: number for number, item in enumerate(asked.items)}
    won = np.zeros((len(place), len(place)))
    for paper in papers:
        for pair in paper.pairs:
            one, other = place[pair.better], place[pair.worse]
            won[one, other] += 1 / 2 if pair.equal else 1
            won[other, one] += 1 / 2 if pair.equal else 0
    return won


def _shares(won: strengths.Numbers, strength: strengths.Numbers) -> Shares:
    compared = (won + won.T).sum(axis=1) > 0
    known = strengths.shares(strength)
    return [
        round(float(share), DIGITS) if is_known else None
        for share, is_known in zip(known, compared, strict=True)
    ]


def _without_each(asked: Round) -> list[Ranks]:
    """The ranks without each of the members, one after the other; none with fewer than two."""
    if len(asked.papers) < 2:
        return []
    rest = [
        [*asked.papers[:place], *asked.papers[place + 1 :]] for place in range(len(asked.papers))
    ]
    if asked.method == "points":
        return [_by_points(asked, papers).rank for papers in rest]
    if asked.method == "ranking":
        return _without_each_order(asked)
    whole = _won(asked, asked.papers)
    start = strengths.strengths(whole)
    found = []
    for paper in asked.papers:
        won = whole - _won(asked, [paper])
        found.append(_ranks(_shares(won, strengths.strengths(won, start))))
    return found


def _without_each_order(asked: Round) -> list[Ranks]:
    uids = [item.uid for item in asked.items]
    whole = preferred(asked.papers, uids)
    return [list(orders.ranks(whole - preferred([paper], uids))) for paper in asked.papers]


def _ranks(share: Shares) -> Ranks:
    known = [each for each in share if each is not None]
    return [None if each is None else 1 + sum(other > each for other in known) for each in share]


def _span(place: int, rank: Ranks, others: list[Ranks]) -> tuple[int | None, int | None]:
    """The best and the worst rank of the thing at `place`, with all members and without each."""
    found = [each[place] for each in (rank, *others)]
    known = [each for each in found if each is not None]
    return (min(known), max(known)) if others and known else (None, None)
