"""Other tables with the same published numbers: how far hidden cells can be from what they are.

Two tables that agree in everything published cannot be told apart by anybody who has only that. A
table found here is therefore a proof that a cell's interval is at least as wide as it shows.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import optimize, sparse
from scipy.sparse import csgraph

from veikart.engines.suppression.linked import Flags, Floats, Integers, Linked

MARGIN = 1e-6
"""Linear programmes answer to about seven digits; whole numbers are read with this margin."""

REACH = 1e4
"""What a person that a target moves is worth; far above the price of any way to move it."""


@dataclass
class Search:
    """Where every cell is, and how low and high it has been seen with the totals unchanged.

    `totals @ point == 0` for the columns searched together with those that stay as they are;
    `most` is each cell's denominator, `need` the width its interval must have.
    """

    totals: Any
    point: Floats
    most: Floats
    need: Floats
    low: Floats
    high: Floats

    @classmethod
    def start(cls, totals: Any, *, point: Floats, most: Floats, need: Floats) -> "Search":
        """A search that has seen nothing but `point`."""
        return cls(sparse.csc_array(totals), point, most, need, point.copy(), point.copy())

    def wide(self) -> Flags:
        """The cells whose interval is proven to be as wide as needed, in whole numbers."""
        return np.asarray(whole_width(self.low, self.high) >= self.need)

    def see(self, table: Floats) -> None:
        """Remember a table with the same totals."""
        self.low = np.minimum(self.low, table)
        self.high = np.maximum(self.high, table)

    def move(
        self, columns: Integers, *, targets: Flags, signs: Integers, costs: Floats
    ) -> Integers:
        """Move `targets` up where the sign is +1 and down where it is −1, as cheaply as can be.

        Only `columns` may change. Gives the columns that did, and remembers how far.
        """
        ask = np.where(targets, self._ask(signs), 0)[columns]
        up, down = (self.most - self.point)[columns], self.point[columns].copy()
        wanted, sign = np.flatnonzero(ask > 0), signs[columns]
        # A target moves one way in one programme, or it would go back and forth for its reward.
        up[wanted] = np.where(sign[wanted] > 0, up[wanted] - ask[wanted], 0)
        down[wanted] = np.where(sign[wanted] < 0, down[wanted] - ask[wanted], 0)
        part = self._rows(columns)
        steps = _cheapest(
            sparse.hstack([part, -part, part[:, wanted] * sign[wanted]], format="csc"),
            costs=np.concatenate([costs[columns], costs[columns], np.full(len(wanted), -REACH)]),
            most=np.concatenate([up, down, ask[wanted]]),
        )
        count = len(columns)
        moved = steps[:count] - steps[count : 2 * count]
        moved[wanted] += sign[wanted] * steps[2 * count :]
        seen = self.point.copy()
        seen[columns] += moved
        self.see(seen)
        return columns[np.abs(moved) > MARGIN]

    def _ask(self, signs: Integers) -> Floats:
        """How far each cell must still go in its direction: what the other has not reached yet."""
        width = self.need + (self.point % 1 > MARGIN)  # from 0.5 to 5.5 there are but five numbers
        upwards = np.minimum(width - (self.point - self.low), self.most - self.point)
        downwards = np.minimum(width - (self.high - self.point), self.point)
        return np.maximum(np.where(signs > 0, upwards, downwards), 0)

    def _rows(self, columns: Integers) -> Any:
        part = sparse.csr_array(self.totals[:, columns])
        return sparse.csc_array(part[np.flatnonzero(np.diff(part.indptr))])


class Draws:
    """Directions for many cells at a time that can hold at once, always the same ones in a row.

    Opposite directions in one total bring each other to a stand. So first all blocks go up; then
    each as a draw says, with totals the way of what is in them; every other time the cells of a
    block go as on a chessboard.
    """

    def __init__(self, linked: Linked) -> None:
        self.linked, self.count = linked, 0
        self.chance = np.random.default_rng(0)

    def next(self, far: Floats) -> Integers:
        """+1 or −1 for each column; `far` is how far the finest cells are to go, 0 for others."""
        draws = np.ones(self.linked.blocks.max(initial=-1) + 2)
        if self.count:
            draws = self.chance.normal(size=len(draws))
        way = draws[self.linked.blocks]
        if self.count % 2:
            way = way * self.linked.signs
        self.count += 1
        finest = np.where(self.linked.blocks >= 0, far, 0)
        return np.where(self.linked.add_up(finest * way) < 0, -1, 1)


def components(totals: Any) -> Integers:
    """Columns with one number share a total, however far round; others never meet."""
    joined = abs(totals).T @ abs(totals)
    return np.asarray(csgraph.connected_components(joined, directed=False)[1])


def whole_width(low: Floats, high: Floats) -> Floats:
    """How wide an interval is, counted in the whole numbers in it."""
    return np.asarray(np.floor(high + MARGIN) - np.ceil(low - MARGIN))


def _cheapest(totals: Any, *, costs: Floats, most: Floats) -> Floats:
    """The steps from 0 to `most` that cost least and change no total."""
    answer = optimize.linprog(
        costs,
        A_eq=totals,
        b_eq=np.zeros(totals.shape[0]),
        bounds=np.column_stack([np.zeros(len(most)), most]),
        method="highs",
    )
    if answer.x is None:  # standing still is always possible
        raise ArithmeticError(f"Expected a linear programme to have an answer: {answer.message}")
    return np.asarray(answer.x)
