"""Coverage: the share of units and the share of inhabitants that a service reaches, side by side.

A municipality offers a service to some of its inhabitants, which is a quantity that adds up. When
municipalities merge, the count of those that offer changes; the covered inhabitants do not. What is
not known is a band between "nobody" and "everybody" and never counts as no.
"""

from collections.abc import Sequence

from veikart.engines.aggregate import COLUMNS, LEVELS, Columns, Level, Table, sum_upwards, total

COUNTS = (
    "units_offering", "units_not", "units_unknown",
    "covered", "not_covered", "unknown", "in_offering",
)  # fmt: skip


def cover(
    observations: Table,
    tree: Table,
    *,
    keys: Sequence[str],
    levels: Sequence[Level] = LEVELS,
    columns: Columns = COLUMNS,
) -> Table:
    """How widely a service is offered in each area of each level.

    A unit offers the service when at least half of its inhabitants are covered, which matters only
    for units that are partly covered, as after a merger. It is unknown where the answer hangs on
    inhabitants of whom it is not known. Inhabitants are counted as they are, not by their unit.

    Args:
        observations: `keys`, and by the names in `columns`: the unit (a municipality), its covered
            inhabitants (NULL where unknown) and its inhabitants. Several rows of a unit are summed.
        tree: one row for each unit, with a column for each level, as for `roll_up`.
        keys: what is kept apart, such as the period.
        levels: from the units up, each after the one it is summed from.
        columns: what `observations` calls its columns.

    Returns:
        `keys`, level TEXT, area, and of 64 bits: units_offering, units_not, units_unknown;
        inhabitants covered, not_covered and unknown, which add up to all; and in_offering, all
        inhabitants of the units that offer.

    Raises:
        ValueError: the level that one is summed from does not come before it.

    Source:
        The share of inhabitants in municipalities that offer a service, and what a merger does to
        both ways of counting: docs/methods/coverage.md.
    """
    units = _units(observations, keys, columns)
    return sum_upwards(units, tree, keys=keys, levels=levels, sums=COUNTS)


def _units(observations: Table, keys: Sequence[str], columns: Columns) -> Table:
    """Each unit with ones and zeros for what it does, and its inhabitants; all in one aggregate,
    which Ibis then names once and refers to from every level.
    """
    numerator, denominator = observations[columns.numerator], observations[columns.denominator]
    covered, every = total(numerator).fill_null(0), total(denominator).fill_null(0)
    unknown = total(denominator, where=numerator.isnull()).fill_null(0)
    offers = (covered * 2 >= every) & (covered > 0)
    cannot = (covered + unknown) * 2 < every
    nobody = (every == 0) & (numerator.count() > 0)
    does_not = ~offers & (cannot | nobody)
    return observations.group_by(*keys, area=observations[columns.area]).aggregate(
        units_offering=offers.cast("int64"),
        units_not=does_not.cast("int64"),
        units_unknown=(~offers & ~does_not).cast("int64"),
        covered=covered,
        not_covered=every - unknown - covered,
        unknown=unknown,
        in_offering=offers.ifelse(every, 0).cast("int64"),
    )
