"""What the members of a council put first among draft goals: by points dealt out, or pair by pair."""

from collections import Counter
from typing import NamedTuple

from veikart.engines.handling.state import State


class Ranked(NamedTuple):
    """A goal's rank from 1, its share (0 to 1) and how many members voted; equal shares, equal ranks."""

    rank: int
    share: float
    voters: int


def by_points(state: State) -> dict[str, Ranked]:
    """Each draft goal's share of all points, every member's counting the same however many they are.

    Empty as long as nobody voted.
    """
    votes = state.points_votes.values()
    total = dict.fromkeys(state.goals, 0.0)
    for vote in votes:
        given = sum(vote.values())
        for uid, points in vote.items():
            total[uid] += points / given
    shares = {uid: total[uid] / len(votes) for uid in state.goals} if votes else {}
    return _ranked(shares, voters=len(votes))


def by_pairs(state: State) -> dict[str, Ranked]:
    """Each draft goal's share of the comparisons that it was in and won.

    One that was in no comparison is left out, since nothing is known of it.
    """
    won: Counter[str] = Counter()
    compared: Counter[str] = Counter()
    for pairs in state.pairs_votes.values():
        for better, worse in pairs:
            won[better] += 1
            compared[better] += 1
            compared[worse] += 1
    shares = {uid: won[uid] / compared[uid] for uid in state.goals if compared[uid]}
    return _ranked(shares, voters=len(state.pairs_votes))


def _ranked(shares: dict[str, float], *, voters: int) -> dict[str, Ranked]:
    rounded = {uid: round(share, 6) for uid, share in shares.items()}
    return {
        uid: Ranked(1 + sum(other > share for other in rounded.values()), share, voters)
        for uid, share in rounded.items()
    }
