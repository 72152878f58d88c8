"""Carry observations, each in the codes of its own year, to the division of one day.

Whole numbers are cut so that their parts are whole and add up exactly: a border moves no national
total by a single person or krone.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Literal

import ibis
import pyarrow as pa

from veikart.engines.aggregate import COLUMNS, Columns, total
from veikart.engines.geography.crosswalk import crosswalk
from veikart.engines.geography.places import Geography

Kind = Literal["share", "count", "coverage", "rate", "survey_share", "amount"]
Table = Any
"""An Ibis table; Ibis comes without types."""
Column = Any

STEPS = pa.schema(
    [
        ("year", pa.string()),
        ("from_code", pa.string()),
        ("to_code", pa.string()),
        ("share_from", pa.float64()),
        ("share_to", pa.float64()),
        ("divided", pa.bool_()),
    ]
)
"""The columns of a table of steps; shares are of inhabitants, 0–1, cumulative in order of target."""

WITH_COMPLEMENT: frozenset[Kind] = frozenset(("share", "coverage"))


def steps_table(
    geography: Geography, *, years: Iterable[int], to: dt.date, codes_of: dt.date | None = None
) -> pa.Table:
    """The steps from the division of each year's 1 January to that of the day `to`, as `STEPS`.

    Areas that stay as they are have no row. `codes_of`: all years are in the codes of that day, as
    in series that their source has carried to its own day. Raises ValueError for a year before 2010.
    """
    rows = [
        {
            "year": f"{year:04}",
            "from_code": step.from_code,
            "to_code": step.to_code,
            "share_from": step.share_from,
            "share_to": step.share_to,
            "divided": not step.whole,
        }
        for year in sorted(set(years))
        for step in crosswalk(geography, codes_of or dt.date(year, 1, 1), to)
        if not step.whole or step.from_code != step.to_code
    ]
    return pa.Table.from_pylist(rows, schema=STEPS)


def carry(
    observations: Table, steps: Table, *, kind: Kind, breakdowns: Sequence[str] = ()
) -> Table:
    """`observations` in the division that `steps` lead to.

    Args:
        observations: period and area TEXT, a TEXT column for each of `breakdowns`, numerator and
            denominator (64-bit whole numbers, or floating point), and status TEXT. A period begins
            with its year. The denominator may be NULL throughout.
        steps: what `steps_table` gives for the years of the observations.
        kind: of a share and a coverage, the numerator and what is left up to the denominator are
            cut, each by itself, so that no part has a numerator above its denominator; of a rate,
            the numerator and the denominator; of a count and an amount, the numerator.
        breakdowns: the columns that are kept apart.

    Returns:
        These columns, and estimated BOOLEAN: part of the area's figure was cut off another's by
        inhabitants. One row for each period, area, breakdown and status, and one for what is
        unknown beside what is known: a numerator that is NULL stays so, with its own denominators
        (NULL where they are none, or nobody), and is never added as 0. In no order.

    Floating-point numbers are divided in proportion. An area without a step stays as it is.
    """
    told = observations.mutate(
        _year=observations["period"].substr(0, 4), _known=observations["numerator"].notnull()
    )
    keys = ("period", *breakdowns, "status", "_known")
    summed = redistrict(told, steps, keys=keys, year="_year", kind=kind)
    # Of rows that are unknown, what they are unknown of stands as their denominator.
    denominator = ibis.ifelse(summed["_known"], summed["denominator"], summed["unknown"].nullif(0))
    return summed.select(
        "period",
        "area",
        *breakdowns,
        "numerator",
        "status",
        "estimated",
        denominator=denominator,
    )


def redistrict(
    observations: Table,
    steps: Table,
    *,
    keys: Sequence[str],
    year: str,
    kind: Kind,
    columns: Columns = COLUMNS,
) -> Table:
    """Carry `observations` and sum them over all but `keys`: for tables with columns of their own.

    Args:
        observations: `keys`, the column `year`, and the area, numerator and denominator that
            `columns` names; areas and years may be TEXT or whole numbers.
        steps: the columns of `STEPS`, with years and codes as in `observations`.
        keys: what is kept apart beside the area.
        year: the column that tells which steps a row takes.
        kind: how rows are cut, as in `carry`.
        columns: what `observations` calls its columns.

    Returns:
        `keys`, area, and of 64 bits, as `aggregate.roll_up` gives them: numerator, the sum of those
        known; denominator, the sum for the known numerators; unknown, the sum of the denominators
        of unknown ones; and estimated BOOLEAN. In no order.
    """
    joined = _joined(observations, steps, year=year, columns=columns)
    cut = joined.select(
        **{key: joined[key] for key in keys}, **_cut(joined, kind=kind, columns=columns)
    )
    # Told apart in each row: DuckDB adds up part of the rows more slowly than all.
    of_known = cut["numerator"].notnull().ifelse(cut["denominator"], None)
    return cut.group_by(*keys, "area").aggregate(
        numerator=total(cut["numerator"]),
        denominator=total(of_known),
        unknown=total(cut["denominator"], where=cut["numerator"].isnull()).fill_null(0),
        estimated=cut["estimated"].any().fill_null(False),
    )


def _joined(observations: Table, steps: Table, *, year: str, columns: Columns) -> Table:
    # Under names of their own, so that no column of the observations is taken for one of the steps.
    steps = steps.rename({f"_step_{name}": name for name in STEPS.names})
    return observations.left_join(steps, [(year, "_step_year"), (columns.area, "_step_from_code")])


def _cut(joined: Table, *, kind: Kind, columns: Columns) -> dict[str, Column]:
    """The area, what of each number comes to it, and whether that was cut off another's.

    Whole rows, which are nearly all, pass without any arithmetic.
    """
    numerator, denominator = joined[columns.numerator], joined[columns.denominator]
    divided = joined["_step_divided"]
    cut = _part(denominator, joined)
    if kind in WITH_COMPLEMENT:
        parts = _part(numerator, joined) + _part(denominator - numerator, joined)
        cut = ibis.ifelse(numerator.isnull(), cut, parts)
    return {
        "area": ibis.coalesce(joined["_step_to_code"], joined[columns.area]),
        "numerator": ibis.ifelse(divided, _part(numerator, joined), numerator),
        "denominator": ibis.ifelse(divided, cut, denominator),
        "estimated": divided,
    }


def _part(number: Column, joined: Table) -> Column:
    """What of `number` lies between the two shares of a step."""
    start, end = joined["_step_share_from"], joined["_step_share_to"]
    if number.type().is_floating():
        return number * (end - start)
    return _up_to(number, end) - _up_to(number, start)


def _up_to(number: Column, share: Column) -> Column:
    """`number` times `share`, rounded half up; the number itself at 1, however large it is."""
    rounded = (number.cast("float64") * share + 0.5).floor().cast("int64")
    return ibis.ifelse(share == 1.0, number.cast("int64"), rounded)
