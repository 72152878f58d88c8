"""Sums of municipalities, level by level up to the whole country, and the latest of a series.

An additive pair of a numerator and a denominator stands for every value: a share or a rate is read
off the sums, so that each part weighs as much as its denominator, and no level is rounded. Tables
are Ibis expressions; which columns they have is named by the caller, so that text codes and the
integers of a large warehouse are summed by the same expressions.
"""

from collections.abc import Sequence
from typing import Any

import ibis
import ibis.expr.operations as ops
import msgspec

Table = Any
"""An Ibis table; Ibis comes without types."""


class Level(msgspec.Struct, frozen=True):
    """A level of areas: counties lie in `column` of the tree, and are summed from level `below`.

    `column` is None for the whole country, which has the one area `whole`. `below` is None for the
    lowest, which is observed; a level is summed from one that nests in it.
    """

    name: str
    column: str | None
    below: str | None = None
    whole: str | int | None = None


LEVELS = (
    Level("municipality", "municipality"),
    Level("county", "county", "municipality"),
    Level("hospital_area", "hospital_area", "municipality"),
    Level("region", "region", "county"),
    Level("nation", None, "county", "NO"),
)
"""Municipality to nation. Regions and the nation rest on counties, since every municipality has one;
its hospital area may not be known."""


class Columns(msgspec.Struct, frozen=True):
    """What a table calls the area, the numerator and the denominator of its observations."""

    area: str = "area"
    numerator: str = "numerator"
    denominator: str = "denominator"


COLUMNS = Columns()
SUMS = ("numerator", "denominator", "unknown", "units", "units_unknown")


def roll_up(
    observations: Table,
    tree: Table,
    *,
    keys: Sequence[str],
    levels: Sequence[Level] = LEVELS,
    columns: Columns = COLUMNS,
) -> Table:
    """Sum `observations` to every level of the tree, one row for each area and value of `keys`.

    Args:
        observations: `keys`, and the area, numerator and denominator that `columns` names. Whole
            numbers or floating point; a numerator that is NULL is unknown. Rows that differ only
            in columns that are no key are summed, so a breakdown is kept by naming it a key.
        tree: one row for each area of the lowest level, with a column for each level above. NULL
            where an area has none; it is then in no area of that level.
        keys: what is kept apart, such as the indicator, the period and the breakdowns.
        levels: from the lowest to the highest, each after the one it is summed from.
        columns: what `observations` calls its columns.

    Returns:
        `keys`, level TEXT, area, and of 64 bits: numerator, the sum of those known (NULL if none
        is); denominator, the sum for the known numerators (NULL if none is); unknown, the sum of
        denominators of unknown numerators; units and units_unknown, how many areas of the lowest
        level have known numerators only, and how many have one or more that are unknown.

    Raises:
        ValueError: the level that one is summed from does not come before it.
    """
    return sum_upwards(
        _lowest(observations, keys, columns), tree, keys=keys, levels=levels, sums=SUMS
    )


def sum_upwards(
    lowest: Table, tree: Table, *, keys: Sequence[str], levels: Sequence[Level], sums: Sequence[str]
) -> Table:
    """The columns `sums` of `lowest` added up to every level: `keys`, level, area and the sums.

    `lowest` has one row for each area of the first level and value of `keys`. Raises ValueError as
    `roll_up` does.
    """
    summed = {levels[0].name: lowest}
    for level in levels[1:]:
        lower = next((other for other in levels if other.name == level.below), None)
        if lower is None or lower.name not in summed:
            raise ValueError(
                f"Expected the level that {level.name} is summed from before it, found "
                f"{', '.join(summed)}. Give the levels from the lowest up."
            )
        summed[level.name] = _above(
            summed[lower.name], tree, keys=keys, between=(lower, level), sums=sums
        )
    return ibis.union(
        *(
            table.select(*keys, ibis.literal(name).name("level"), "area", *sums)
            for name, table in summed.items()
        )
    )


def latest(summed: Table, *, keys: Sequence[str], period: str) -> Table:
    """The last period with a known numerator of each area, and what was summed in it.

    Args:
        summed: what `roll_up` gives.
        keys: what is kept apart, without the period; level and area are always.
        period: the column that orders time; as text, it sorts within one cadence.

    Returns:
        `keys`, level, area, the period, numerator and denominator; no row for an area without any
        known numerator.
    """
    known = summed.filter(summed["numerator"].notnull())
    return known.group_by(*keys, "level", "area").aggregate(
        **{period: known[period].max()},
        **{name: known[name].argmax(known[period]) for name in ("numerator", "denominator")},
    )


def total(column: Any, *, where: Any = None) -> Any:
    """The sum of a column in 64 bits (floating point stays so), over the rows `where` is true.

    The cast is of the sum and not of each row: both engines add up in at least 64 bits, and DuckDB
    hands on 128, which are slow to sum again.
    """
    summed = column.sum(where=where)
    return ops.Cast(summed, to=summed.type()).to_expr()


def _lowest(observations: Table, keys: Sequence[str], columns: Columns) -> Table:
    """All in one aggregate, which Ibis then names once and refers to from every level above.

    Each column is a sum by itself, so that a warehouse leaves out those that nobody asks for.
    """
    numerator, denominator = observations[columns.numerator], observations[columns.denominator]
    # A part that is unknown leaves its area not wholly known, as when one of two that merged is.
    known = numerator.notnull().all()
    return observations.group_by(*keys, area=observations[columns.area]).aggregate(
        numerator=total(numerator),
        denominator=total(denominator, where=numerator.notnull()),
        unknown=total(denominator, where=numerator.isnull()).fill_null(0),
        units=known.cast("int64"),
        units_unknown=(~known).cast("int64"),
    )


def _above(
    table: Table,
    tree: Table,
    *,
    keys: Sequence[str],
    between: tuple[Level, Level],
    sums: Sequence[str],
) -> Table:
    lower, level = between
    if level.column is None:
        whole = ibis.literal(level.whole).cast(table["area"].type())
        return table.group_by(*keys).aggregate(**_totals(table, sums)).mutate(area=whole)
    within = tree.select(below=tree[lower.column], above=tree[level.column])
    within = within.filter(within["above"].notnull())
    if lower.below is not None:
        within = within.distinct()
    joined = table.join(within, table["area"] == within["below"])
    return joined.group_by(*keys, area=joined["above"]).aggregate(**_totals(joined, sums))


def _totals(table: Table, sums: Sequence[str]) -> dict[str, Any]:
    return {name: total(table[name]) for name in sums}
