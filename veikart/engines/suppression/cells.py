"""What is to be published in one period: cells of counts, what they add up to, and what is hidden."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

Group = tuple[str | None, ...]
"""One category's code for each breakdown, in the order of the breakdowns; None is everyone."""

Key = tuple[str, Group]
"""An area's code, and a group: where a cell stands in the table."""

Hierarchies = Sequence[Mapping[str, str]]
"""Each maps areas to the area they are a part of: municipality → county, municipality → hospital
area, county → region, hospital area → region, region → nation. The parts of one area in one
mapping share nothing and leave nothing out, so a municipality outside every hospital area is
mapped straight to its region."""

Breakdowns = Sequence[Sequence[str]]
"""The categories of each breakdown. They share nothing; what they leave out counts as a rest."""


class Cell(NamedTuple):
    """How many have something (`numerator`) among how many (`denominator`), both people.

    The denominator is None for a plain count. In what an attacker sees, a numerator of None is
    hidden; in what is handed to `suppress` it is missing, and adds nothing to any total.
    """

    area: str
    group: Group
    numerator: int | None
    denominator: int | None


class Suppression(NamedTuple):
    """The cells not to be shown: those that are small, and those that would give them away."""

    primary: frozenset[Key] = frozenset()
    secondary: frozenset[Key] = frozenset()

    @property
    def hidden(self) -> frozenset[Key]:
        """All cells that must be left blank."""
        return self.primary | self.secondary


NOTHING = Suppression()


def is_small(numerator: int, denominator: int | None, smallest: int) -> bool:
    """Whether those who have something, or those who have not, are someone but fewer than `smallest`.

    A true zero is no small number: nobody is in it. But of 3 people none or all is still small,
    as the 3 on the other side are.
    """
    if 0 < numerator < smallest:
        return True
    return denominator is not None and 0 < denominator - numerator < smallest
