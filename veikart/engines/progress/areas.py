"""Progress of all areas at once: the path and Open SDG's ratio as Ibis expressions."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import ibis
import ibis.expr.operations as ops

from veikart.engines.progress import course as words
from veikart.engines.progress.course import Aim, Direction
from veikart.engines.progress.open_sdg import PER_CENT, ZERO
from veikart.engines.progress.scale import MARGIN, on_scale

Table = Any
"""An Ibis table or column; Ibis comes without types."""


def assess_areas(
    values: Table,
    *,
    by: Sequence[str],
    aims: Sequence[Aim],
    direction: Direction,
    is_share: bool,
    baseline_end: float | None = None,
) -> Table:
    """Assess the latest value of each area by the path, with Open SDG's ratio beside it.

    Each area starts from its own baseline; the aims are the same for all. Says of an area what
    `assess` says of the same series.

    Args:
        values: one row for each area and period: `by`, end DOUBLE (when the period ends, in years,
            as `end_of` gives it) and value DOUBLE, NULL where it is missing.
        by: what tells areas apart, such as the level, the area and the group.
        aims: what is to be reached; the last by year is the target, the others are milestones.
        direction: whether more or less is better.
        is_share: whether values are shares, for which the path is straight on log odds.
        baseline_end: when the baseline's period ends; if None, each area starts at its first
            value, and goes straight to the target.

    Returns:
        `by`; start and start_end, now and now_end: the baseline, the latest value and when;
        expected, where the path is; progress, the part of the way gone; verdict and reason; ratio,
        Open SDG's R, and ratio_verdict, by its classes. NULL and not_assessable as in `assess`;
        an area without any value has no row.

    Raises:
        ValueError: there is no aim, or one that is not to be reached.
    """
    way = _way(aims, baseline_end)
    better = words.sign(direction)
    ends = _ends(values, by, baseline_end)
    due_end, target = words.end_of_year(way[-1].year), float(way[-1].value)
    placed = ends.mutate(
        begun=_on_scale(ends["start"], is_share),
        reason=_reason(ends, due_end, target, is_share),
        is_met=(ends["now"] - target) * better >= -_slack(target),
    )
    placed = placed.mutate(wanted=_path_at(placed, way, is_share))
    due = placed["wanted"] - placed["begun"]
    gone = _on_scale(placed["now"], is_share) - placed["begun"]
    placed = placed.mutate(
        progress=_none_if(due * better <= 0, gone / _none_if(due == 0, due)),
        keeps_up=(gone - due) * better >= -(10**-words.DIGITS),
        ratio=_ratio(placed, due_end, target, better, PER_CENT if is_share else 1),
    )
    return _answer(placed, by, due_end, target, is_share)


def _way(aims: Sequence[Aim], baseline_end: float | None) -> list[Aim]:
    if not aims or any(aim.kind != "reach" for aim in aims):
        raise ValueError(
            "Expected one or more aims to be reached, found "
            f"{', '.join(aim.kind for aim in aims) or 'none'}. Assess what is to be kept by series."
        )
    way = sorted(aims, key=lambda aim: aim.year)
    milestones = [
        aim
        for aim in way[:-1]
        if baseline_end is not None
        and baseline_end < words.end_of_year(aim.year)
        and aim.year < way[-1].year
    ]
    return [*milestones, way[-1]]


def _ends(values: Table, by: Sequence[str], baseline_end: float | None) -> Table:
    known = values.filter(values["value"].notnull())
    end, value = known["end"], known["value"]
    latest = {"now": value.argmax(end), "now_end": end.max()}
    if baseline_end is None:
        first = {"start": value.argmin(end), "start_end": end.min()}
        return known.group_by(*by).aggregate(**first, **latest)
    stated = value.max(where=(end - baseline_end).abs() < 10**-words.DIGITS)
    ends = known.group_by(*by).aggregate(start=stated, **latest)
    return ends.mutate(start_end=_double(baseline_end))


def _reason(ends: Table, due_end: float, target: float, is_share: bool) -> Table:
    start, now = ends["start"], ends["now"]
    cases = [
        (start.isnull(), "no_baseline"),
        (ends["start_end"] >= due_end, "target_before_baseline"),
        (ends["now_end"] <= ends["start_end"], "no_newer_data"),
        ((start - target).abs() <= _slack(target), "target_equals_baseline"),
    ]
    if is_share:
        limits = start.between(0, 1) & now.between(0, 1) & ibis.literal(0 <= target <= 1)
        same = _on_scale(start, is_share) == on_scale(target, is_share=True)
        cases += [
            (~limits, "outside_limits"),
            (start.isin([0.0, 1.0]), "zero_base"),
            (same, "outside_limits"),
        ]
    return ibis.cases(*cases, else_=None)


def _path_at(placed: Table, way: Sequence[Aim], is_share: bool) -> Table:
    """Where the path is at the end of the latest period, on the scale."""
    corners = [(placed["start_end"], placed["begun"])]
    corners += [
        (words.end_of_year(aim.year), on_scale(float(aim.value), is_share=is_share)) for aim in way
    ]
    now = placed["now_end"]
    legs = [
        (now < right, low + (high - low) * ((now - left) / _positive(right - left)))
        for (left, low), (right, high) in pairwise(corners)
    ]
    return ibis.cases(*legs, else_=corners[-1][1])


def _ratio(placed: Table, due_end: float, target: float, better: int, unit: int) -> Table:
    base = (placed["start"] == 0).ifelse(ZERO, placed["start"] * unit)
    latest, aim = placed["now"] * unit, target * unit or ZERO
    years = _positive(placed["now_end"] - placed["start_end"])
    years_due = _positive(due_end - placed["start_end"])
    observed = _none_if(latest / base < 0, latest / base) ** (1 / years) - 1
    required = _none_if(aim / base < 0, aim / base) ** (1 / years_due) - 1
    sign = (base > 0).ifelse(better, -better)
    return sign * observed / _positive(required.abs())


def _answer(
    placed: Table, by: Sequence[str], due_end: float, target: float, is_share: bool
) -> Table:
    refused, reason = placed["reason"].notnull(), placed["reason"]
    own_way = ibis.cases(
        (refused, "not_assessable"),
        (placed["is_met"], "reached"),
        (placed["progress"].notnull(), _verdict(placed["progress"])),
        (placed["keeps_up"], "on_path"),
        else_="wrong_way",
    )
    general = ("no_baseline", "target_before_baseline", "no_newer_data", "target_equals_baseline")
    ratio = _none_if(reason.isin(general), placed["ratio"])
    theirs = ibis.cases(
        (ratio.isnull(), "not_assessable"),
        (placed["is_met"], "reached"),
        else_=_verdict(ratio),
    )
    expected = (placed["now_end"] >= due_end).ifelse(target, _off_scale(placed["wanted"], is_share))
    return placed.select(
        *by,
        "start",
        "start_end",
        "now",
        "now_end",
        expected=_none_if(refused, expected),
        progress=_none_if(refused, placed["progress"]),
        verdict=own_way,
        reason=reason,
        ratio=ratio,
        ratio_verdict=theirs,
    )


def _verdict(progress: Table) -> Table:
    ratio = progress.round(words.DIGITS)
    return ibis.cases(
        (ratio >= words.ON_PATH, "on_path"),
        (ratio >= words.BEHIND, "behind"),
        (ratio >= 0, "far_behind"),
        else_="wrong_way",
    )


def _on_scale(value: Table, is_share: bool) -> Table:
    if not is_share:
        return value
    inside = ibis.greatest(ibis.least(value, 1 - MARGIN), MARGIN)
    return (inside / (1 - inside)).ln()


def _off_scale(measured: Table, is_share: bool) -> Table:
    return 1 / (1 + (-measured).exp()) if is_share else measured


def _slack(value: float) -> float:
    """How far from `value` is as good as there."""
    return float(10**-words.DIGITS * max(1.0, abs(value)))


def _double(value: float) -> Table:
    """A constant as floating point, which Spark would else take for a decimal, and round."""
    return ops.Cast(ibis.literal(float(value)), to="float64").to_expr()


def _none_if(condition: Table, value: Table) -> Table:
    return condition.ifelse(None, value)


def _positive(number: Table) -> Table:
    """NULL unless above 0: engines differ in what dividing by 0 does. A constant is above 0."""
    if isinstance(number, float):
        return number
    return (number > 0).ifelse(number, None)
