"""The grid: every area's series in every group, period by period, as arrays that belong together."""

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, pairwise
from operator import itemgetter
from typing import Any

import numpy as np

from veikart.engines.geography.places import NATION
from veikart.plan.figures import LevelName
from veikart.plan.indicators import IndicatorKind

Group = tuple[tuple[str, str], ...]
Key = tuple[LevelName, Group, str]
"""A level, a group (empty for everyone; else pairs of a breakdown's column and a code), an area."""

Numbers = np.ndarray[Any, Any]

WITHOUT_DENOMINATOR = ("count", "amount")
SHARES = ("share", "coverage", "survey_share")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Arrays with a row for each series and a column for each period.

    `known` says where there is a numerator, and `denominated` where there is a denominator;
    elsewhere the numbers are 0 and mean nothing. `unknown` is the denominator of unknown
    numerators.
    """

    numerator: Numbers
    denominator: Numbers
    unknown: Numbers
    known: Numbers
    denominated: Numbers


@dataclass(frozen=True, kw_only=True)
class Grid:
    """All series of one version of an indicator. `status` holds None for a plain value."""

    kind: IndicatorKind
    per: int | None
    periods: tuple[str, ...]
    keys: tuple[Key, ...]
    cells: Cells
    status: Numbers = field(repr=False)

    @cached_property
    def blocks(self) -> dict[tuple[LevelName, Group], range]:
        """Where the series of each level and group stand: together, in order of area."""
        keys = self.keys
        starts = [
            no
            for no, (level, group, _) in enumerate(keys)
            if no == 0 or group != keys[no - 1][1] or level != keys[no - 1][0]
        ]
        return {keys[start][:2]: range(start, end) for start, end in pairwise([*starts, len(keys)])}

    def row(self, level: LevelName, group: Group, area: str) -> int | None:
        """Where a series stands; None where there is none."""
        block = self.blocks.get((level, group), range(0))
        found = bisect_left(self.keys, area, block.start, block.stop, key=itemgetter(2))
        return found if found < block.stop and self.keys[found][2] == area else None

    @property
    def nation(self) -> int | None:
        """Where the whole country's series of everyone stands."""
        return self.row("nation", (), NATION)

    @cached_property
    def values(self) -> Numbers:
        """The values that numerators and denominators say, as floating point; NaN where none."""
        cells = self.cells
        found = np.full(cells.numerator.shape, np.nan)
        if self.kind in WITHOUT_DENOMINATOR:
            found[cells.known] = cells.numerator[cells.known]
            return found
        able = cells.known & cells.denominated & (cells.denominator > 0)
        found[able] = cells.numerator[able] / cells.denominator[able]
        return found * (self.per or 1) if self.kind == "rate" else found

    def at(self, level: LevelName, *, grouped_by: str | None = None) -> list[int]:
        """Where the series of a level stand: of everyone, or of each group of one breakdown."""
        columns = () if grouped_by is None else (grouped_by,)
        found = (
            block
            for (name, group), block in self.blocks.items()
            if name == level and tuple(column for column, _ in group) == columns
        )
        return list(chain.from_iterable(found))


DIGITS = 10
"""Significant digits of ratios that are kept, fewer than floating point has: so that the order in
which a machine adds up never shows."""


def significant(number: float) -> float:
    """`number` rounded to the digits that are kept."""
    return float(f"{number:.{DIGITS - 1}e}")


def significant_or_none(number: float | None) -> float | None:
    """`number` rounded to the digits that are kept; None for None and for what is no number."""
    if number is None or not np.isfinite(number):
        return None
    return significant(number)
