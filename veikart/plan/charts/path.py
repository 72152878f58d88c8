"""The path from the baseline to the target: straight for numbers, straight on logits for shares."""

import math

from veikart.plan.charts.axes import SHARES, position
from veikart.plan.charts.frame import Place
from veikart.plan.indicators import Indicator, Point, Target

BENDS = 24
"""A path that bends is drawn through this many straight pieces."""


def baseline(indicator: Indicator, series: tuple[Point, ...]) -> Place | None:
    """Where the path begins: the baseline's own value, or what the series says there."""
    period = indicator.baseline_period
    if period is None:
        return None
    value = indicator.baseline_value
    if value is None:
        value = next((point.value for point in series if point.period == period), None)
    return None if value is None else (position(period), value)


def final(targets: tuple[Target, ...]) -> Target | None:
    """The target that the path leads to: the last one that is to be reached."""
    reached = [target for target in targets if target.kind == "reach"]
    return max(reached, key=lambda target: target.year, default=None)


def path(indicator: Indicator, series: tuple[Point, ...]) -> list[Place]:
    """The places of the path; none without a baseline, a target, or time between them."""
    start, target = baseline(indicator, series), final(indicator.targets)
    if start is None or target is None or target.year + 1 <= start[0]:
        return []
    end = (target.year + 1.0, target.value)
    inside = all(0 < value < 1 for value in (start[1], end[1]))
    if indicator.kind not in SHARES or not inside or start[1] == end[1]:
        return [start, end]
    low, high = _logit(start[1]), _logit(end[1])
    parts = [number / BENDS for number in range(1, BENDS)]
    between = [
        (start[0] + part * (end[0] - start[0]), _share(low + part * (high - low))) for part in parts
    ]
    return [start, *between, end]


def _logit(share: float) -> float:
    return math.log(share / (1 - share))


def _share(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))
