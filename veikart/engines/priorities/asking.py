"""Which pairs a member is asked to compare: all of them while they are few, else a random ring."""

import random
from collections.abc import Sequence
from itertools import combinations

MOST_PAIRS = 45
"""So many comparisons can be asked of one person at a sitting: all pairs of up to ten things."""

Pair = tuple[str, str]


def pairs_for(items: Sequence[str], *, dice: random.Random) -> list[Pair]:
    """The pairs to ask one member about, in the order and with the sides to ask them in.

    Up to ten items: every pair. More: the items are put in a ring at random, and each is compared with
    those next to it, then those two away, and so on, for as many whole turns as `MOST_PAIRS` holds,
    and at least one. So each item is in equally many pairs, and each can be reached from every other.

    Args:
        items: at least two, each once.
        dice: a source of chance of its own for each member.

    Returns:
        Pairs of two different items, none twice, in either order.

    Raises:
        ValueError: there are fewer than two items, or one is named twice.
    """
    if len(items) < 2 or len(set(items)) < len(items):
        raise ValueError(f"Expected two or more different things to compare; found {len(items)}.")
    ring = dice.sample(sorted(items), len(items))
    found = list(combinations(ring, 2))
    if len(found) > MOST_PAIRS:
        turns = max(1, MOST_PAIRS // len(ring))
        found = [
            (one, ring[(place + away) % len(ring)])
            for away in range(1, turns + 1)
            for place, one in enumerate(ring)
        ]
    dice.shuffle(found)
    return [pair if dice.random() < 1 / 2 else (pair[1], pair[0]) for pair in found]
