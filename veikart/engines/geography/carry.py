"""Carry observations, each in the codes of its own year, to the division of one day.

Whole numbers are cut so that their parts are whole and add up exactly: a border moves no national
total by a single person or krone.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Literal

import ibis
import pyarrow as pa

from veikart.engines.aggregate import total
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
            denominator (64-bit whole numbers, or floating point), status and note TEXT. A period
            begins with its year. The denominator may be NULL throughout.
        steps: what `steps_table` gives for the years of the observations.
        kind: of a share and a coverage, the numerator and what is left up to the denominator are
            cut, each by itself, so that no part has a numerator above its denominator; of a rate,
            the numerator and the denominator; of a count and an amount, the numerator.
        breakdowns: the columns that are kept apart.

    Returns:
        The same columns, and estimated BOOLEAN: part of the area's figure was cut off another's by
        inhabitants. One row for each period, area, breakdown and status, and one for what is
        unknown beside what is known: a numerator that is NULL stays so, with its own denominators,
        and is never added as 0. A note is kept where the row comes of one row. In no order.

    Floating-point numbers are divided in proportion. An area without a step stays as it is.
    """
    joined = observations.mutate(_year=observations["period"].substr(0, 4)).left_join(
        steps, [("_year", "year"), ("area", "from_code")]
    )
    numerator, denominator = joined["numerator"], joined["denominator"]
    cut = joined.select(
        "period",
        *breakdowns,
        "status",
        "note",
        area=ibis.coalesce(joined["to_code"], joined["area"]),
        numerator=_part(numerator, joined),
        denominator=_denominator(numerator, denominator, joined, kind),
        known=numerator.notnull(),
        estimated=~_is_whole(joined).fill_null(True),
    )
    keys = ("period", "area", *breakdowns, "status")
    summed = cut.group_by(*keys, "known").aggregate(
        numerator=total(cut["numerator"]),
        denominator=total(cut["denominator"]),
        note=ibis.ifelse(cut.count() == 1, cut["note"].max(), ibis.null("string")),
        estimated=cut["estimated"].any(),
    )
    return summed.select(
        "period", "area", *breakdowns, "numerator", "denominator", "status", "note", "estimated"
    )


def _denominator(numerator: Column, denominator: Column, joined: Table, kind: Kind) -> Column:
    if kind not in WITH_COMPLEMENT:
        return _part(denominator, joined)
    parts = _part(numerator, joined) + _part(denominator - numerator, joined)
    return ibis.ifelse(numerator.isnull(), _part(denominator, joined), parts)


def _part(number: Column, joined: Table) -> Column:
    """What of `number` lies between the two shares; all of it where there is no step."""
    if number.type().is_floating():
        part = number * (joined["share_to"] - joined["share_from"])
    else:
        part = _up_to(number, joined["share_to"]) - _up_to(number, joined["share_from"])
    return ibis.ifelse(_is_whole(joined).fill_null(True), number, part)


def _up_to(number: Column, share: Column) -> Column:
    """`number` times `share`, rounded half up; the number itself at 1, however large it is."""
    rounded = (number.cast("float64") * share + 0.5).floor().cast("int64")
    return ibis.ifelse(share == 1.0, number, rounded)


def _is_whole(joined: Table) -> Column:
    return (joined["share_from"] == 0.0) & (joined["share_to"] == 1.0)
