"""The order that members' own orders give together: what more of them prefer comes first (Schulze)."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]


def preferred(orders: Iterable[Sequence[int]], *, size: int) -> Counts:
    """How many members prefer each thing to each other one.

    A member prefers what is in the order to all that comes later in it, and to all that is not in it;
    of two things that are not in it, neither is preferred.

    Args:
        orders: of each member, the places (from 0) of the things, the most important one first; each
            thing at most once.
        size: how many things there are.

    Returns:
        size × size; how many prefer the row to the column. The diagonal is 0.
    """
    found = np.zeros((size, size), dtype=np.int64)
    for order in orders:
        rank = np.full(size, size)
        rank[list(order)] = np.arange(len(order))
        found += rank[:, None] < rank[None, :]
    return found


def before(counts: Counts) -> NDArray[np.bool_]:
    """Which things come before which, by the method of Schulze with winning votes.

    A thing beats another if more members prefer it to the other than the other way round, and as
    strongly as so many members prefer it. A path leads from thing to thing, each beating the next, and
    is as strong as its weakest step. One comes before another if its strongest path there is stronger
    than the strongest one back. Where nothing goes in a circle, that is: if it beats it, straight
    or by way of others that beat each other.

    Args:
        counts: n × n; how many prefer the row to the column, as of `preferred`.

    Returns:
        n × n; whether the row comes before the column. What comes before something comes before all
        that this comes before (the relation is transitive); two may be such that neither comes first.

    Source:
        Schulze, “A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
        single-winner election method”, Social Choice and Welfare 36 (2011), section 2.
    """
    strength = np.where(counts > counts.T, counts, 0)
    for through in range(len(counts)):
        by_way = np.minimum(strength[:, through, None], strength[None, through, :])
        np.maximum(strength, by_way, out=strength)
    found: NDArray[np.bool_] = strength > strength.T
    return found


def ranks(counts: Counts) -> list[int]:
    """The rank of each thing, from 1, by how many come before it; equal numbers have equal ranks (1, 2, 2, 4).

    What comes before another has fewer before it, and so a better rank.
    """
    ahead = before(counts).sum(axis=0)
    return [1 + int((ahead < number).sum()) for number in ahead]


def won(counts: Counts, *, members: int) -> list[float]:
    """How often each thing is preferred to another one, over all members; ½ where neither is (Borda).

    All of them together are members · n · (n − 1) / 2.
    """
    neither = members - counts - counts.T
    np.fill_diagonal(neither, 0)
    return [float(number) for number in counts.sum(axis=1) + neither.sum(axis=1) / 2]
