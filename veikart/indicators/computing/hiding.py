"""Small numbers are taken out of the grid with those that would give them away, or all are rounded."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from veikart.engines.geography.places import NATION
from veikart.engines.suppression.cells import Breakdowns, Cell, Hierarchies, Key
from veikart.engines.suppression.suppress import suppress
from veikart.indicators.computing.dividing import Division, tree_of
from veikart.indicators.computing.grid import Grid, Group
from veikart.plan.indicators import Indicator


def without_small(grid: Grid, *, definition: Indicator, division: Division) -> tuple[Grid, int]:
    """The grid with nothing in it that the definition's `smallest` hides, and how many are hidden.

    A hidden cell keeps its denominator, which is no secret, and has the status `suppressed`. Where
    the definition rounds instead, none is hidden and all that are known have the status `rounded`;
    but periods whose rounded numbers could not add up everywhere are blanked like others, since
    what does not add up may give a small number away.
    Raises ValueError for numbers that do not add up: nobody could say what they give away.
    """
    if definition.smallest is None or not grid.keys:
        return grid, 0
    numerators, status = grid.cells.numerator.copy(), grid.status.copy()
    hidden = np.zeros(grid.cells.known.shape, np.bool_)
    before: frozenset[Key] = frozenset()
    for period, table in enumerate(_tables(grid, division)):
        rounded = table.rounded(definition.smallest) if rounds(definition) else None
        if rounded is None:
            before = table.hidden(definition.smallest, prefer=before)
        for row, cell in table.cells:
            key = (cell.area, cell.group)
            if rounded is None:
                hidden[row, period] = key in before
            else:
                numerators[row, period] = rounded[key]
                status[row, period] = status[row, period] or "rounded"
    cells = replace(grid.cells, numerator=numerators)
    return _without(replace(grid, cells=cells, status=status), hidden), int(hidden.sum())


def rounds(definition: Indicator) -> bool:
    """Whether numbers are rounded to multiples of the smallest number that is shown."""
    return definition.disclosure == "round" and definition.smallest is not None


class _Table(NamedTuple):
    """What is known in one period, with the row of the grid it stands in, and how it adds up."""

    cells: list[tuple[int, Cell]]
    hierarchies: Hierarchies
    breakdowns: Breakdowns

    def hidden(self, smallest: int, *, prefer: frozenset[Key]) -> frozenset[Key]:
        return suppress(
            [cell for _, cell in self.cells],
            hierarchies=self.hierarchies,
            breakdowns=self.breakdowns,
            smallest=smallest,
            prefer=prefer,
        ).hidden

    def rounded(self, base: int) -> dict[Key, int] | None:
        """The numerators as multiples of `base`; None where they cannot add up."""
        # SciPy takes 0.3 s to import, and indicators that round nothing never need it.
        from veikart.engines.suppression.rounding import round_numerators  # noqa: PLC0415

        found = round_numerators(
            [cell for _, cell in self.cells],
            hierarchies=self.hierarchies,
            breakdowns=self.breakdowns,
            base=base,
        )
        return None if found.loose else found.numerators


def _tables(grid: Grid, division: Division) -> Iterator[_Table]:
    """The table of each period."""
    columns = _columns(grid)
    groups = [_group(group, columns) for _, group, _ in grid.keys]
    hierarchies, breakdowns = _hierarchies(grid, division), _categories(grid, columns)
    for period in range(len(grid.periods)):
        listed = enumerate(_cells(grid, groups, period))
        known = [(row, cell) for row, cell in listed if cell is not None]
        yield _Table(known, hierarchies, breakdowns)


def _columns(grid: Grid) -> tuple[str, ...]:
    found = chain.from_iterable(group for _, group, _ in grid.keys)
    return tuple(dict.fromkeys(column for column, _ in found))


def _group(group: Group, columns: tuple[str, ...]) -> tuple[str | None, ...]:
    codes = dict(group)
    return tuple(codes.get(column) for column in columns)


def _cells(grid: Grid, groups: list[tuple[str | None, ...]], period: int) -> list[Cell | None]:
    """One for each series that has a number in the period."""
    cells = grid.cells
    return [
        Cell(
            area,
            groups[row],
            round(cells.numerator[row, period].item()),
            round(cells.denominator[row, period].item())
            if cells.denominated[row, period]
            else None,
        )
        if cells.known[row, period]
        else None
        for row, (_, _, area) in enumerate(grid.keys)
    ]


def _categories(grid: Grid, columns: tuple[str, ...]) -> Breakdowns:
    found: dict[str, dict[str, None]] = {column: {} for column in columns}
    for _, group, _ in grid.keys:
        for column, code in group:
            found[column][code] = None
    return [list(codes) for codes in found.values()]


def _hierarchies(grid: Grid, division: Division) -> list[dict[str, str]]:
    """How the areas that are in the grid add up."""
    areas = {area for _, _, area in grid.keys}
    rows = tree_of(division, "municipality").to_pylist()
    counties = {row["municipality"]: row["county"] for row in rows}
    hospitals = {row["municipality"]: row["hospital_area"] or row["region"] for row in rows}
    regions = {row["county"]: row["region"] for row in rows if row["region"]}
    hospital_regions = {row["hospital_area"]: row["region"] for row in rows if row["hospital_area"]}
    nation = dict.fromkeys(regions.values(), NATION)
    every = (counties, hospitals, regions, hospital_regions, nation)
    within = [
        {part: whole for part, whole in pairs.items() if part in areas and whole in areas}
        for pairs in every
    ]
    return [pairs for pairs in within if pairs]


def _without(grid: Grid, hidden: Any) -> Grid:
    status = grid.status.copy()
    status[hidden] = "suppressed"
    cells = replace(grid.cells, known=grid.cells.known & ~hidden)
    return replace(grid, cells=cells, status=status)
