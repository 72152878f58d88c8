"""The attack on our own tables: what somebody can work out who has all that is published."""

from collections.abc import Collection
from typing import Any, Literal, NamedTuple

import numpy as np
from scipy import optimize, sparse
from scipy.sparse import linalg as sparse_linalg

from veikart.engines.suppression.cells import Breakdowns, Cell, Group, Hierarchies, Key
from veikart.engines.suppression.linked import Flags, Floats, Integers, Linked, link
from veikart.engines.suppression.rounding import Rounded, finest
from veikart.engines.suppression.search import MARGIN, Search, components, whole_width

PATIENCE = 2
"""How many draws may bring nothing before what is left is bounded cell by cell."""

PASSES = 20
"""How often the bounds of cells are carried on to those that share a total with them."""

MANKIND = 2.0**40
"""More people than there are: the highest that a number without a denominator can be."""

Why = Literal["found", "below", "narrow"]


class Exposed(NamedTuple):
    """A hidden cell that can be worked out too closely: it holds from `lower` to `upper` people.

    `found`: the number itself; `below`: it is surely small; `narrow`: it may be small, and the
    interval is narrower than the smallest number that is shown. `rest`: not the cell itself, but
    what it holds beyond its known parts.
    """

    area: str
    group: Group
    lower: int
    upper: int
    why: Why
    rest: bool = False


def attack(
    cells: Collection[Cell],
    hidden: Collection[Key],
    *,
    hierarchies: Hierarchies,
    breakdowns: Breakdowns,
    smallest: int,
    withheld: Collection[Key] = (),
) -> tuple[Exposed, ...]:
    """Bound every hidden cell by what is published, and give those that are exposed.

    The attacker has all numbers that are not `hidden` (nor `withheld`), every denominator, the
    hierarchies and the breakdowns, and knows that people are whole and never fewer than none. The
    numerators of hidden cells are not looked at, except that a total with a rest is known to have one.

    A cell is exposed when its interval holds a number of people that is small (someone, but fewer
    than `smallest`, on one side), and is narrower than `smallest`, or than the denominator if that
    is less: of three people nothing may be learned at all. Bounds are those of linear programmes,
    so they hold for every attacker who reasons from totals.

    Raises ValueError as `link` does.
    """
    linked = link(cells, hierarchies=hierarchies, breakdowns=breakdowns, withheld=withheld)
    blank = set(hidden)
    unknown = ~linked.shown
    unknown[: len(linked.keys)] |= [key in blank for key in linked.keys]
    columns = np.flatnonzero(unknown)
    low, high = bounds(linked, columns, smallest=smallest)
    return _all_told(linked, columns, low, high, smallest=smallest, width=smallest)


def attack_rounded(
    cells: Collection[Cell],
    rounded: Rounded,
    *,
    hierarchies: Hierarchies,
    breakdowns: Breakdowns,
    base: int,
) -> tuple[Exposed, ...]:
    """Bound every cell by rounded numbers, and give those that are exposed.

    The attacker has all rounded numbers and how they were made: a finest cell is less than a base
    from its number, any other at most `furthest`. Otherwise as `attack`; of `cells` no numerator
    is looked at. A cell is exposed when its interval holds a small number and fewer than `base`
    whole numbers, or than the denominator leaves: 0 may be any number from 0 to `base` − 1.

    Raises ValueError as `link` does, or where the numbers cannot be roundings of one table.
    """
    linked = link(cells, hierarchies=hierarchies, breakdowns=breakdowns)
    count = len(linked.numerators)
    number, off = np.zeros(count), np.full(count, np.inf)
    off[: len(linked.keys)] = np.where(finest(linked), base - 1, max(base - 1, rounded.furthest))[
        : len(linked.keys)
    ]
    for column, key in enumerate(linked.keys):
        number[column] = rounded.numerators.get(key, 0)
        off[column] = off[column] if key in rounded.numerators else np.inf
    least = np.maximum(0, number - off)
    most = np.minimum(linked.denominators, number + off)
    columns = np.arange(count)
    system = _System.of(linked.totals, -(linked.totals @ least), most - least)
    low, high = _bounded(
        system,
        least=least,
        denominators=linked.denominators,
        labels=_labels(linked, columns),
        smallest=base,
        width=base - 1,
    )
    return _all_told(linked, columns, low, high, smallest=base, width=base - 1)


def exposed(low: Floats, high: Floats, most: Floats, *, smallest: int, width: int) -> Flags:
    """Whether intervals are narrower than `width` and hold a small number, on either side."""
    lowest, highest = np.ceil(low - MARGIN), np.floor(high + MARGIN)
    narrow = whole_width(low, high) < np.minimum(width, most)
    few_have = (lowest < smallest) & (highest > 0)
    few_have_not = (most - highest < smallest) & (lowest < most)
    return np.asarray(narrow & (few_have | few_have_not))


def bounds(linked: Linked, columns: Integers, *, smallest: int) -> tuple[Floats, Floats]:
    """The lowest and highest that each unknown column can be.

    Exact where the interval is narrower than is needed and may hold a small number; else at least
    as wide as is given.
    """
    if not len(columns):
        return np.zeros(0), np.zeros(0)
    known = np.ones(len(linked.numerators), dtype=bool)
    known[columns] = False
    sums = -(linked.totals[:, np.flatnonzero(known)] @ linked.numerators[known])
    system = _System.of(linked.totals[:, columns], sums, linked.denominators[columns])
    return _bounded(
        system,
        least=np.zeros(len(columns)),
        denominators=system.most,
        labels=_labels(linked, columns),
        smallest=smallest,
        width=smallest,
    )


def _bounded(
    system: "_System",
    *,
    least: Floats,
    denominators: Floats,
    labels: list[Integers],
    smallest: int,
    width: int,
) -> tuple[Floats, Floats]:
    """As `bounds`; `system` counts from `least`, and intervals are to be `width` wide."""
    search = Search.start(
        system.totals,
        point=system.best(np.zeros(len(least))),
        most=system.most,
        need=np.minimum(width, denominators),
    )
    lowest, highest = system.propagated()
    large = (least + lowest >= smallest) & (denominators - least - highest >= smallest)
    open_ = ~large & ~system.determined()
    _look_around(search, system, labels, open_)
    _bound_exactly(search, system, open_)
    return least + search.low, least + search.high


def _bound_exactly(search: Search, system: "_System", open_: Flags) -> None:
    """Bound what is not proven wide, one cell of each component at a time; all tables found count."""
    component = components(system.totals)
    while len(waiting := np.flatnonzero(open_ & ~search.wide())):
        _, first = np.unique(component[waiting], return_index=True)
        live = np.flatnonzero(np.isin(component, component[waiting]))
        part = system.part(live)
        goal = np.isin(live, waiting[first]).astype(np.float64)
        for costs in (goal, -goal):
            seen = search.point.copy()
            seen[live] = part.best(costs)
            search.see(seen)
        open_[waiting[first]] = False


def _look_around(search: Search, system: "_System", labels: list[Integers], open_: Flags) -> None:
    """Prove intervals wide many at a time, until that brings no more."""
    component, costs = components(system.totals), np.full(len(open_), 1e-3)
    chance, since, turn = np.random.default_rng(0), 0, 0
    while since < PATIENCE * len(labels) and (targets := open_ & ~search.wide()).any():
        label = labels[turn % len(labels)]
        way = chance.normal(size=label.max() + 2)[label]
        signs = np.where(system.free(way * targets * search.need) < 0, -1, 1)
        live = np.flatnonzero(np.isin(component, component[targets]))
        search.move(live, targets=targets, signs=signs, costs=costs)
        search.move(live, targets=targets & ~search.wide(), signs=-signs, costs=costs)
        left = np.count_nonzero(targets & ~search.wide())
        since = 0 if left < 0.9 * np.count_nonzero(targets) else since + 1
        turn += 1


class _System(NamedTuple):
    """What is known of the unknown: `totals @ x == sums`, and 0 ≤ x ≤ `most`."""

    totals: Any
    sums: Floats
    most: Floats

    @classmethod
    def of(cls, totals: Any, sums: Floats, most: Floats) -> "_System":
        rows = np.flatnonzero(np.diff(sparse.csr_array(totals).indptr))
        return cls(sparse.csr_array(totals)[rows], sums[rows], most)

    def part(self, columns: Integers) -> "_System":
        """The system of `columns`, which share no total with any other."""
        totals = sparse.csr_array(self.totals[:, columns])
        rows = np.flatnonzero(np.diff(totals.indptr))
        return _System(totals[rows], self.sums[rows], self.most[columns])

    def best(self, costs: Floats) -> Floats:
        """The table with everything published and the lowest costs."""
        answer = optimize.linprog(
            costs,
            A_eq=self.totals,
            b_eq=self.sums,
            bounds=np.column_stack([np.zeros(len(self.most)), self.most]),
            method="highs",
        )
        if answer.status == 3:  # without denominators there may be no highest number
            return np.full(len(self.most), np.inf)
        if answer.x is None:
            raise ValueError(
                f"Expected published numbers that add up; found that they cannot: {answer.message}. "
                "Check that all of them are of the same data set."
            )
        return np.asarray(answer.x)

    def propagated(self) -> tuple[Floats, Floats]:
        """Bounds that hold for certain, total by total: what the others in it leave for a cell."""
        entries = sparse.coo_array(self.totals)
        rows, columns, signs = entries.row, entries.col, entries.data
        low, high = np.zeros(len(self.most)), np.minimum(self.most, MANKIND)
        for _ in range(PASSES):
            least = np.where(signs > 0, low[columns], -high[columns])
            most = np.where(signs > 0, high[columns], -low[columns])
            above = self.sums[rows] - np.bincount(rows, least)[rows] + least
            below = self.sums[rows] - np.bincount(rows, most)[rows] + most
            np.maximum.at(low, columns, np.where(signs > 0, below, -above))
            np.minimum.at(high, columns, np.where(signs > 0, above, -below))
        return low, high

    def free(self, direction: Floats) -> Floats:
        """The part of `direction` that changes no published total: its shadow in the null space."""
        if not self.totals.shape[0]:
            return direction
        weights = sparse_linalg.lsmr(
            self.totals.T, direction, atol=1e-13, btol=1e-13, conlim=0, maxiter=2000
        )[0]
        return np.asarray(direction - self.totals.T @ weights)

    def determined(self) -> Flags:
        """The unknowns that the equations alone settle: those that no free direction moves.

        A direction drawn by chance moves every other, but for a chance of nil; two are drawn.
        """
        chance = np.random.default_rng(1)
        moved = [abs(self.free(chance.normal(size=len(self.most)))) for _ in range(2)]
        return np.asarray(np.maximum(*moved) < MARGIN)


def _labels(linked: Linked, columns: Integers) -> list[Integers]:
    """What is to go the same way at a time: each cell by itself, a group, a group in a block."""
    groups, blocks = linked.groups[columns], linked.blocks[columns]
    return [np.arange(len(columns)), groups, blocks * (groups.max() + 2) + groups]


def _all_told(
    linked: Linked, columns: Integers, low: Floats, high: Floats, *, smallest: int, width: int
) -> tuple[Exposed, ...]:
    most = linked.denominators[columns]
    flagged = exposed(low, high, most, smallest=smallest, width=width)
    return tuple(
        _told(linked, column, lowest, highest, smallest)
        for column, lowest, highest in zip(
            columns[flagged], low[flagged], high[flagged], strict=True
        )
    )


def _told(linked: Linked, column: int, low: float, high: float, smallest: int) -> Exposed:
    rest = column >= len(linked.keys)
    area, group = linked.rests[column - len(linked.keys)] if rest else linked.keys[column]
    lower, upper = int(np.ceil(low - MARGIN)), int(np.floor(high + MARGIN))
    most = linked.denominators[column]
    why: Why = "narrow"
    if lower == upper:
        why = "found"
    elif upper < smallest or most - lower < smallest:
        why = "below"
    return Exposed(area, group, lower, upper, why, bool(rest))
