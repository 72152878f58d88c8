"""How unequal areas or groups are, each weighted by its inhabitants: for all periods at once.

Tables are Ibis expressions. A table of *units* has one row for each area or group and each value
of the keys `by` (such as the period), with the unit's `value` (a share, a rate, an amount per
inhabitant) and its `weight`, the inhabitants. Keys are never NULL. A unit without a value, or
without any weight, is left out and counts nowhere. A figure is NULL where it has no meaning, as
each function says; what is 0 but for how fractions are kept is 0.
"""

from collections.abc import Sequence
from typing import Any, Literal

import ibis
import msgspec

Table = Any
"""An Ibis table or column; Ibis comes without types."""

Hundredths = Literal["inhabitants", "units"]

DECIMALS = 12
"""Decimals kept of figures without a unit: what lies beyond is how fractions are kept."""


class Columns(msgspec.Struct, frozen=True):
    """What a table of units calls the unit, its value and its weight."""

    unit: str = "unit"
    value: str = "value"
    weight: str = "weight"


COLUMNS = Columns()


def spread(
    units: Table,
    *,
    by: Sequence[str],
    columns: Columns = COLUMNS,
    hundredths: Hundredths = "inhabitants",
) -> Table:
    """How far units lie from each other, one row for each value of `by`.

    Args:
        units: `by`, and the value and the weight that `columns` names.
        by: what is kept apart, such as the indicator and the period.
        columns: what `units` calls its columns.
        hundredths: p90 and p10 are the values that 90 % and 10 % of inhabitants live at or below
            (the lowest such value of a unit); by `units` every unit counts as one, and a value
            between two units is interpolated.

    Returns:
        `by`; units, how many have a value; mean, the weighted one; lowest and highest; gap =
        highest − lowest; ratio = highest / lowest; p90, p10, p90_p10 = p90 − p10, and
        p90_p10_ratio; cv, the weighted coefficient of variation; gini = Σ sᵢ(2Cᵢ − pᵢ) − 1 and
        theil = Σ sᵢ ln(xᵢ/mean), with pᵢ a unit's part of inhabitants, sᵢ its part of the whole,
        and Cᵢ the sum of pᵢ up to and with it, from the lowest value to the highest.

        With fewer than two units only units and mean are given. ratio and p90_p10_ratio need what
        they divide by to be above 0; cv, gini and theil need a mean above 0 and no value below 0.

    Source:
        Definitions as in World Bank, Handbook on Poverty and Inequality (2009), chapter 6.
    """
    known = _known(units, by, columns)
    so_far = ibis.window(group_by=by, order_by=known["value"], rows=(None, 0))
    windows = {
        "below": known["weight"].sum().over(so_far),
        "least": known["value"].first().over(so_far),
    }
    if hundredths == "inhabitants":
        windows["weights"] = known["weight"].sum().over(ibis.window(group_by=by))
    placed = known.mutate(**windows)
    return _meaningful(placed.group_by(*by).aggregate(**_sums(placed, hundredths)), by)


def extremes(
    units: Table, *, by: Sequence[str], columns: Columns = COLUMNS, more_is_better: bool
) -> Table:
    """The best and the worst unit, one row for each value of `by`.

    Returns `by`, worst and best: the unit's code, of several with the same value the first by
    code; NULL with fewer than two units.
    """
    known = _known(units, by, columns)
    apart = ibis.window(group_by=by)
    ends = known.mutate(
        lowest=known["value"].min().over(apart), highest=known["value"].max().over(apart)
    )
    found = ends.group_by(*by).aggregate(
        n=ends.count(),
        low=ends["unit"].min(where=ends["value"] == ends["lowest"]),
        high=ends["unit"].min(where=ends["value"] == ends["highest"]),
    )
    worst, best = ("low", "high") if more_is_better else ("high", "low")
    several = found["n"] > 1
    return found.select(
        *by, worst=several.ifelse(found[worst], None), best=several.ifelse(found[best], None)
    )


def between_regions(
    units: Table, *, by: Sequence[str], region: str, columns: Columns = COLUMNS
) -> Table:
    """The part of Theil that is between regions; what is left of Theil is within them.

    Args:
        units: as for `spread`, with the column `region`; units without one are a region together.
        by: what is kept apart.
        region: the column that says where a unit lies.
        columns: what `units` calls its columns.

    Returns:
        `by`, theil_between and theil_within: the sum of both is theil, and both are NULL where
        theil is.
    """
    known = _known(units, by, columns, region)
    parts = known.group_by(*by, region).aggregate(
        n=known.count(),
        lowest=known["value"].min(),
        weight=known["weight"].sum(),
        whole=(known["value"] * known["weight"]).sum(),
        logs=_logs(known["value"] * known["weight"], known["value"]).sum(),
    )
    sums = parts.group_by(*by).aggregate(
        n=parts["n"].sum(),
        lowest=parts["lowest"].min(),
        weight=parts["weight"].sum(),
        whole=parts["whole"].sum(),
        logs=parts["logs"].sum(),
        region_logs=_logs(parts["whole"], parts["whole"] / parts["weight"]).sum(),
    )
    whole = _positive(sums["whole"])
    meaningful = (sums["n"] > 1) & (sums["lowest"] >= 0)
    between = sums["region_logs"].fill_null(0) / whole - (whole / sums["weight"]).ln()
    within = (sums["logs"].fill_null(0) - sums["region_logs"].fill_null(0)) / whole
    return sums.select(
        *by,
        theil_between=meaningful.ifelse(between, None).round(DECIMALS),
        theil_within=meaningful.ifelse(within, None).round(DECIMALS),
    )


def slope(units: Table, *, by: Sequence[str], order: str, columns: Columns = COLUMNS) -> Table:
    """The slope index: how much the value differs from the lowest in an order to the highest.

    Units are put in order by the number `order` (centrality with the least central lowest, size,
    or the number of an ordered category). Each stands at the middle of the part of all inhabitants
    that its place in the order takes up, equal ones together, and the weighted straight line
    through all is read off at both ends.

    Args:
        units: as for `spread`, with the column `order`; units where it is NULL are left out.
        by: what is kept apart.
        order: the column that puts units in order, lowest first.
        columns: what `units` calls its columns.

    Returns:
        `by` and slope, in the unit of the value, above 0 where it grows along the order; NULL with
        fewer than two places in the order.

    Source:
        The slope index of inequality, as in Harper and Lynch, Methods for Measuring Cancer
        Disparities (National Cancer Institute, 2005).
    """
    known = _known(units, by, columns, order)
    known = known.filter(known[order].notnull())
    places = known.group_by(*by, order).aggregate(
        weight=known["weight"].sum(), whole=(known["value"] * known["weight"]).sum()
    )
    so_far = ibis.window(group_by=by, order_by=places[order], rows=(None, 0))
    apart = ibis.window(group_by=by)
    placed = places.mutate(
        below=places["weight"].sum().over(so_far),
        weights=places["weight"].sum().over(apart),
        mean=places["whole"].sum().over(apart) / places["weight"].sum().over(apart),
    )
    middle = (placed["below"] - placed["weight"] / 2) / placed["weights"] - 0.5
    sums = placed.group_by(*by).aggregate(
        n=placed.count(),
        rise=(middle * (placed["whole"] - placed["mean"] * placed["weight"])).sum(),
        run=(middle * middle * placed["weight"]).sum(),
    )
    found = (sums["n"] > 1).ifelse(sums["rise"] / _positive(sums["run"]), None)
    return sums.select(*by, slope=found.round(DECIMALS))


def _known(units: Table, by: Sequence[str], columns: Columns, *more: str) -> Table:
    """The units that have a value and a weight, under names of our own, as floating point.

    Whole numbers up to 2⁵³ are exact so, and sums of them too.
    """
    value, weight = units[columns.value], units[columns.weight]
    kept = units.filter(value.notnull(), weight > 0)
    chosen = {
        "value": kept[columns.value].cast("float64"),
        "weight": kept[columns.weight].cast("float64"),
    }
    if columns.unit in units.columns:
        chosen["unit"] = kept[columns.unit]
    return kept.select(*by, *more, **chosen)


def _sums(placed: Table, hundredths: Hundredths) -> dict[str, Table]:
    """Sums of one pass. Values are taken from the least one for the variance, which would
    otherwise drown in how fractions are kept where all values are nearly the same.
    """
    value, weight, below = placed["value"], placed["weight"], placed["below"]
    part = value * weight
    beyond = value - placed["least"]
    if hundredths == "units":
        p90, p10 = value.quantile(0.9), value.quantile(0.1)
    else:
        p90 = value.min(where=below * 10 >= placed["weights"] * 9)
        p10 = value.min(where=below * 10 >= placed["weights"])
    return {
        "units": placed.count(),
        "lowest": value.min(),
        "highest": value.max(),
        "p90": p90,
        "p10": p10,
        "weight": weight.sum(),
        "whole": part.sum(),
        "first": (beyond * weight).sum(),
        "second": (beyond * beyond * weight).sum(),
        "ranked": (part * (below * 2 - weight)).sum(),
        "logs": _logs(part, value).sum(),
    }


def _meaningful(sums: Table, by: Sequence[str]) -> Table:
    units, lowest, highest, weight = (sums[n] for n in ("units", "lowest", "highest", "weight"))
    whole = _positive(sums["whole"])
    variance = sums["second"] / weight - (sums["first"] / weight) * (sums["first"] / weight)
    several = units > 1
    comparable = several & (lowest >= 0)

    def given(condition: Table, figure: Table) -> Table:
        return condition.ifelse(figure, None)

    return sums.select(
        *by,
        "units",
        mean=sums["whole"] / weight,
        lowest=given(several, lowest),
        highest=given(several, highest),
        gap=given(several, highest - lowest),
        ratio=given(several, highest / _positive(lowest)),
        p90=given(several, sums["p90"]),
        p10=given(several, sums["p10"]),
        p90_p10=given(several, sums["p90"] - sums["p10"]),
        p90_p10_ratio=given(several, sums["p90"] / _positive(sums["p10"])),
        cv=given(comparable, (_positive(variance).sqrt().fill_null(0) * weight / whole)).round(
            DECIMALS
        ),
        gini=given(comparable, sums["ranked"] / (whole * weight) - 1).round(DECIMALS),
        theil=given(comparable, sums["logs"] / whole - (whole / weight).ln()).round(DECIMALS),
    )


def _positive(number: Table) -> Table:
    """NULL unless above 0: engines differ in what dividing by 0 does, and none should have to."""
    return (number > 0).ifelse(number, None)


def _logs(factor: Table, number: Table) -> Table:
    """Give `factor` · ln(number), and NULL, which adds nothing, where the number is not above 0."""
    return factor * _positive(number).ln()
