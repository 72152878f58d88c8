"""The path from the baseline to the target: straight for numbers, straight on logits for shares."""

from veikart.engines.progress.scale import off_scale, on_scale
from veikart.plan.charts.axes import SHARES, position
from veikart.plan.charts.frame import Place
from veikart.plan.charts.series import rules
from veikart.plan.indicators import Indicator, Point, Target

BENDS = 12
"""A piece of the path that bends is drawn through this many straight ones."""


def baseline(indicator: Indicator, series: tuple[Point, ...]) -> Place | None:
    """Where the path begins: the baseline's own value, or what the series says there.

    None where the series has been measured in another way since, and no value is stated.
    """
    period = indicator.baseline_period
    if period is None:
        return None
    value, start = indicator.baseline_value, position(period)
    if value is None and not any(
        start < place for place, comparable in rules(series, indicator.breaks) if not comparable
    ):
        value = next((point.value for point in series if point.period == period), None)
    return None if value is None else (start, value)


def final(targets: tuple[Target, ...]) -> Target | None:
    """The target that the path leads to: the last one that is to be reached."""
    reached = [target for target in targets if target.kind == "reach"]
    return max(reached, key=lambda target: target.year, default=None)


def path(indicator: Indicator, series: tuple[Point, ...]) -> list[Place]:
    """The places of the path over its milestones; none without a baseline or a later target."""
    start = baseline(indicator, series)
    if start is None:
        return []
    is_share = indicator.kind in SHARES
    ends = sorted(
        (target.year + 1.0, target.value)
        for target in indicator.targets
        if target.kind == "reach" and target.year + 1 > start[0]
    )
    found = [start]
    for end in ends:
        found += _piece(found[-1], end, bends=BENDS if is_share else 1)
    return found if len(found) > 1 else []


def _piece(start: Place, end: Place, *, bends: int) -> list[Place]:
    """The places after `start` on the way to `end`."""
    low, high = (on_scale(value, is_share=bends > 1) for value in (start[1], end[1]))
    parts = [number / bends for number in range(1, bends)]
    between = [
        (start[0] + part * (end[0] - start[0]), off_scale(low + part * (high - low), is_share=True))
        for part in parts
    ]
    return [*between, end]
