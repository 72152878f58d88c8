"""Other tables with the same published numbers: how far hidden cells can be from what they are.

Two tables that agree in everything published cannot be told apart by anybody who has only that. A
table found here is therefore a proof that a cell's interval is at least as wide as it shows.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import optimize, sparse

from veikart.engines.suppression.linked import Flags, Floats, Integers

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
    def start(cls, totals: Any, *, point: Floats, most: Floats, smallest: int) -> "Search":
        """A search that has seen nothing but `point`."""
        need = np.minimum(smallest, most)
        return cls(sparse.csc_array(totals), point, most, need, point.copy(), point.copy())

    def wide(self) -> Flags:
        """The cells whose interval is proven to be as wide as needed, in whole numbers."""
        return np.asarray(whole_width(self.low, self.high) >= self.need)

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
        self._remember(columns, moved)
        return columns[np.abs(moved) > MARGIN]

    def move_one(self, columns: Integers, *, target: int, sign: int, costs: Floats) -> Integers:
        """Move one cell as far as its interval needs; every column may be used, so it can be done."""
        signs = np.full(len(self.point), sign)
        targets = np.arange(len(self.point)) == target
        return self.move(columns, targets=targets, signs=signs, costs=costs)

    def _ask(self, signs: Integers) -> Floats:
        """How far each cell must still go in its direction: what the other has not reached yet."""
        upwards = np.minimum(self.need - (self.point - self.low), self.most - self.point)
        downwards = np.minimum(self.need - (self.high - self.point), self.point)
        return np.maximum(np.where(signs > 0, upwards, downwards), 0)

    def _rows(self, columns: Integers) -> Any:
        part = sparse.csr_array(self.totals[:, columns])
        return sparse.csc_array(part[np.flatnonzero(np.diff(part.indptr))])

    def _remember(self, columns: Integers, moved: Floats) -> None:
        seen = self.point[columns] + moved
        self.low[columns] = np.minimum(self.low[columns], seen)
        self.high[columns] = np.maximum(self.high[columns], seen)


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
