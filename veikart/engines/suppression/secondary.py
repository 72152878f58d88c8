"""What else must be hidden so that no small number can be found over all published totals."""

from collections.abc import Collection, Iterator

import numpy as np

from veikart.engines.suppression.cells import Key
from veikart.engines.suppression.linked import Flags, Floats, Integers, Linked
from veikart.engines.suppression.search import Draws, Search, components

PATIENCE = 4
"""How many draws over the whole table may bring nothing before it goes on cell by cell."""

FREE = 1e-3
"""What it costs to move a person in a cell that is hidden anyway: little, so that few move."""

ROUNDS = 3
"""How many patterns are tried before cells are protected by means of totals too."""


def small(linked: Linked, smallest: int) -> Flags:
    """The columns with someone, but fewer than `smallest`, on one side; as `is_small`."""
    numbers, others = linked.numerators, linked.denominators - linked.numerators
    return np.asarray(((numbers > 0) & (numbers < smallest)) | ((others > 0) & (others < smallest)))


def protect(linked: Linked, *, hidden: Flags, smallest: int, prefer: Collection[Key] = ()) -> Flags:
    """Hide what is needed, beside `hidden`, until every small cell's interval is wide enough.

    For each cell that must be protected, a table is looked for in which it has another number
    and every published number stays; what has to move for that is hidden. It is looked for where
    it costs least: totals and large cells cost more, cells to `prefer` less, hidden ones nothing.
    First totals, then the finest areas among themselves, then over the whole table, at last cell by cell. The tables
    found are the proof, and the work ends only when every cell has one.
    """
    search = Search.start(
        linked.totals,
        point=linked.numerators,
        most=linked.denominators,
        need=np.minimum(smallest, linked.denominators),
    )
    work = _Work(linked, search, hidden.copy(), _costs(linked, set(prefer)), smallest)
    work.protect_totals()
    work.protect_finest()
    work.protect_over_all()
    work.protect_one_by_one()
    return work.hidden


class _Work:
    def __init__(
        self, linked: Linked, search: Search, hidden: Flags, costs: Floats, smallest: int
    ) -> None:
        self.linked, self.search, self.hidden = linked, search, hidden
        self.costs, self.smallest = costs, smallest
        self.everything = np.arange(len(hidden))

    def open(self) -> Flags:
        """Hidden cells without proof. Those twice as large as the smallest number need none."""
        numbers, rest = self.linked.numerators, self.linked.denominators - self.linked.numerators
        near = np.minimum(numbers, rest) < 2 * self.smallest
        return np.asarray(self.hidden & near & ~self.search.wide())

    def protect_totals(self) -> None:
        for signs in (self.linked.signs, -self.linked.signs):
            self._move(self.everything, self.open() & (self.linked.blocks < 0), signs)

    def protect_finest(self) -> None:
        """By the finest areas alone: every total above them stays as it is."""
        columns = np.flatnonzero(self.linked.blocks >= 0)
        for signs in self._patterns(ROUNDS):
            self._move(columns, self.open(), signs)

    def protect_over_all(self) -> None:
        draws, since = Draws(self.linked), 0
        while since < PATIENCE and (targets := self.open()).any():
            signs = draws.next(np.where(targets, self.search.need, 0))
            self._move(self.everything, targets, signs)
            self._move(self.everything, self.open(), -signs)
            since = 0 if np.count_nonzero(self.open()) < np.count_nonzero(targets) else since + 1

    def protect_one_by_one(self) -> None:
        """Each alone, so that nothing is in its way; tables that share no total side by side."""
        component = components(self.linked.totals)
        while len(waiting := np.flatnonzero(self.open())):
            _, first = np.unique(component[waiting], return_index=True)
            targets = np.zeros(len(self.hidden), dtype=bool)
            targets[waiting[first]] = True
            for sign in (1, -1):
                self._move(self.everything, targets, np.full(len(self.hidden), sign))

    def _patterns(self, count: int) -> Iterator[Integers]:
        """The chessboard, then boards by chance (always the same ones); each way up, then down."""
        chance = np.random.default_rng(0)
        signs = self.linked.signs
        for _ in range(count):
            yield signs
            yield -signs
            signs = np.where(chance.random(len(signs)) < 0.5, 1, -1)

    def _move(self, columns: Integers, targets: Flags, signs: Integers) -> None:
        if targets[columns].any():
            costs = np.where(self.hidden, FREE, self.costs)
            moved = self.search.move(columns, targets=targets, signs=signs, costs=costs)
            self.hidden[moved] = True


def _costs(linked: Linked, prefer: Collection[Key]) -> Floats:
    """What hiding a cell costs: a total more than its parts, a large cell more than a small one."""
    size = np.where(np.isinf(linked.denominators), linked.numerators, linked.denominators)
    costs = np.sqrt(linked.atoms) * (1 + 0.1 * np.log10(1 + size))
    preferred = [column for column, key in enumerate(linked.keys) if key in prefer]
    costs[preferred] /= 10
    return np.asarray(costs)
