"""All published totals of a period as one system of equations, which is what an attacker has."""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from veikart.engines.suppression.cells import Breakdowns, Cell, Group, Hierarchies, Key

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]
Total = tuple[int, Key]
"""A hierarchy (0, 1, …) or breakdown (−1, −2, …), and the cell that its parts add up to."""
Pair = tuple[int, int | None]


class Linked(NamedTuple):
    """Cells as columns, totals as rows: `totals @ numerators == 0` (parts less their total).

    `keys` names the first columns; after them come the rests, what a total holds beyond its known
    parts, and `rests` names their totals. A denominator is infinite for plain counts. `shown` tells which columns are to be
    published if nothing is hidden: not the rests, nor what is withheld. `atoms` is how many of the
    finest cells a cell holds. `blocks` numbers the finest areas that have the same areas above
    them in all hierarchies, −1 for all else: within a block, numbers can be moved about without a
    total noticing. `signs` is a chessboard of areas × categories, +1 and −1, on which they move.
    """

    keys: tuple[Key, ...]
    rests: tuple[Key, ...]
    totals: Any
    numerators: Floats
    denominators: Floats
    shown: Flags
    atoms: Floats
    blocks: Integers
    groups: Integers
    signs: Integers

    def keys_of(self, columns: Flags) -> frozenset[Key]:
        """The cells of the columns that are flagged."""
        return frozenset(self.keys[column] for column in np.flatnonzero(columns[: len(self.keys)]))

    def add_up(self, parts: Floats) -> Floats:
        """Every column's sum over the finest cells in it; what `parts` says of totals is ignored."""
        rows, columns = np.nonzero(self.totals < 0)
        columns, first = np.unique(columns, return_index=True)
        above = self.totals[rows[first]]
        sums = parts.copy()
        sums[columns] = 0
        for _ in range(len(columns)):
            before = sums[columns]
            sums[columns] += above @ sums
            if np.array_equal(before, sums[columns]):
                break
        return sums


def link(
    cells: Collection[Cell],
    *,
    hierarchies: Hierarchies,
    breakdowns: Breakdowns,
    withheld: Collection[Key] = (),
) -> Linked:
    """Put `cells` together with everything that they add up to.

    Cells without a numerator are left out. A total that is not itself among the cells (a county
    that stands between municipalities and region, and is not published) is put in as one that is
    not shown. `withheld` are cells that are handed in and never published.

    Raises ValueError where two cells stand in the same place, a numerator is negative or above its
    denominator, some have a denominator and others none, a group does not fit the breakdowns, or
    parts are more than their total.
    """
    found = _pairs(cells, breakdowns)
    given = len(found)
    parts = _totals(found, hierarchies)
    atoms = _complete(found, parts)
    keys = tuple(found)
    shown = np.arange(len(keys)) < given
    position = {key: column for column, key in enumerate(keys)}
    shown[[position[key] for key in withheld if key in position]] = False
    rests = [_rest(total, parts[total], found) for total in parts]
    added = [(row, rest) for row, rest in enumerate(rests) if rest is not None]
    values = [*found.values(), *(rest for _, rest in added)]
    totals = _matrix(parts, position, [row for row, _ in added])
    return Linked(
        keys=keys,
        rests=tuple(key for (_, key), rest in zip(parts, rests, strict=True) if rest is not None),
        totals=totals,
        numerators=np.array([numerator for numerator, _ in values], dtype=np.float64),
        denominators=np.array([np.inf if d is None else d for _, d in values], dtype=np.float64),
        shown=np.concatenate([shown, np.zeros(len(added), dtype=bool)]),
        atoms=np.array([*(atoms[key] for key in keys), *(1 for _ in added)], dtype=np.float64),
        blocks=np.array([*_blocks(keys, hierarchies), *(-1 for _ in added)], dtype=np.int64),
        groups=np.array([*_groups(keys), *(-1 for _ in added)], dtype=np.int64),
        signs=_signs(keys, breakdowns, totals),
    )


def _pairs(cells: Collection[Cell], breakdowns: Breakdowns) -> dict[Key, Pair]:
    categories = [{None, *of_one} for of_one in breakdowns]
    found: dict[Key, Pair] = {}
    for area, group, numerator, denominator in cells:
        if numerator is None:
            continue
        fits = len(group) == len(categories) and all(map(set.__contains__, categories, group))
        if not fits:
            raise ValueError(
                f"Expected one known category for each of {len(categories)} breakdowns; "
                f"{area} has the group {group}. Give the categories that the cells have."
            )
        if numerator < 0 or (denominator is not None and numerator > denominator):
            raise ValueError(
                f"Expected a numerator from 0 to its denominator; {area} {group} has {numerator} "
                f"of {denominator}. Correct the data set."
            )
        found[area, group] = (numerator, denominator)
    if len({denominator is None for _, denominator in found.values()}) > 1:
        raise ValueError(
            "Expected a denominator for every cell or for none; some have one and others have not. "
            "Leave all denominators out of a count."
        )
    if len(found) != sum(cell.numerator is not None for cell in cells):
        raise ValueError(
            "Expected one cell for each area and group; some stand in the same place. "
            "Hand in one period at a time, with each area once."
        )
    return found


def _above(key: Key, hierarchies: Hierarchies) -> Iterator[Total]:
    """The totals that a cell is a part of."""
    area, group = key
    for number, parent_of in enumerate(hierarchies):
        if area in parent_of:
            yield number, (parent_of[area], group)
    for place, code in enumerate(group):
        if code is not None:
            yield -1 - place, (area, (*group[:place], None, *group[place + 1 :]))


def _totals(found: dict[Key, Pair], hierarchies: Hierarchies) -> dict[Total, list[Key]]:
    """Every total with its parts, in order of first sight."""
    parts: dict[Total, list[Key]] = {}
    waiting, seen = list(found), set(found)
    for key in waiting:  # grows while it is read
        for total in _above(key, hierarchies):
            parts.setdefault(total, []).append(key)
            if total[1] not in seen:
                seen.add(total[1])
                waiting.append(total[1])
    return parts


def _complete(found: dict[Key, Pair], parts: dict[Total, list[Key]]) -> dict[Key, int]:
    """Add up the totals that are not among the cells; give the number of atoms of every cell."""
    ways: dict[Key, list[list[Key]]] = {}
    for (_, key), children in parts.items():
        ways.setdefault(key, []).append(children)
    atoms: dict[Key, int] = {}

    def settle(key: Key) -> int:
        if key in atoms:
            return atoms[key]
        atoms[key] = 1  # a circle in the hierarchies ends here
        counts = [sum(map(settle, children)) for children in ways.get(key, ())]
        atoms[key] = max(counts, default=1)
        if key not in found:
            sums = [_sum(children, found) for children in ways[key]]
            found[key] = max(sums, key=lambda pair: (pair[1] or 0, pair[0]))
        return atoms[key]

    for key in [*found, *(key for _, key in parts)]:
        settle(key)
    return atoms


def _sum(keys: list[Key], found: dict[Key, Pair]) -> Pair:
    pairs = [found[key] for key in keys]
    denominators = [denominator for _, denominator in pairs if denominator is not None]
    whole = sum(denominators) if len(denominators) == len(pairs) else None
    return sum(numerator for numerator, _ in pairs), whole


def _rest(total: Total, children: list[Key], found: dict[Key, Pair]) -> Pair | None:
    """What a total holds beyond its parts; None if nothing."""
    numerator, denominator = found[total[1]]
    of_parts, all_parts = _sum(children, found)
    rest = numerator - of_parts
    room = None if denominator is None or all_parts is None else denominator - all_parts
    if rest < 0 or (room is not None and room < rest):
        area, group = total[1]
        raise ValueError(
            f"Expected parts that add up to at most their total; {area} {group} has {numerator} of "
            f"{denominator}, its parts {of_parts} of {all_parts}. "
            "Correct the data set, or leave out the total."
        )
    return (rest, room) if rest or room else None


def _matrix(parts: dict[Total, list[Key]], position: dict[Key, int], rests: list[int]) -> Any:
    rows: list[int] = []
    columns: list[int] = []
    signs: list[float] = []
    for row, ((_, total), children) in enumerate(parts.items()):
        rows.extend([row] * (len(children) + 1))
        columns.append(position[total])
        columns.extend(map(position.__getitem__, children))
        signs.append(-1.0)
        signs.extend([1.0] * len(children))
    rows.extend(rests)
    columns.extend(range(len(position), len(position) + len(rests)))
    signs.extend([1.0] * len(rests))
    shape = (len(parts), len(position) + len(rests))
    return sparse.csr_array((signs, (rows, columns)), shape=shape)


def _blocks(keys: tuple[Key, ...], hierarchies: Hierarchies) -> Iterator[int]:
    above = {area for parent_of in hierarchies for area in parent_of.values()}
    numbers: dict[tuple[str | None, ...], int] = {}
    for area, _ in keys:
        parents = tuple(parent_of.get(area) for parent_of in hierarchies)
        yield -1 if area in above else numbers.setdefault(parents, len(numbers))


def _groups(keys: tuple[Key, ...]) -> Iterator[int]:
    numbers: dict[Group, int] = {}
    for _, group in keys:
        yield numbers.setdefault(group, len(numbers))


def _signs(keys: tuple[Key, ...], breakdowns: Breakdowns, totals: Any) -> Integers:
    """A chessboard, with one colour for cells that must be equal: a county of one municipality."""
    rows = {area: row for row, area in enumerate(dict.fromkeys(area for area, _ in keys))}
    places = [{code: place for place, code in enumerate((None, *of_one))} for of_one in breakdowns]
    squares = [
        rows[area] + sum(place[code] for place, code in zip(places, group, strict=True))
        for area, group in keys
    ]
    signs = np.ones(totals.shape[1], dtype=np.int64)
    signs[: len(keys)] -= 2 * (np.array(squares, dtype=np.int64) % 2)
    of_two = totals[np.flatnonzero(np.diff(totals.indptr) == 2)]
    equal = abs(of_two).T @ abs(of_two)
    _, same = csgraph.connected_components(equal, directed=False)
    first = np.full(totals.shape[1], totals.shape[1])
    np.minimum.at(first, same, np.arange(len(same)))
    return np.asarray(signs[first[same]])
