"""Values in five classes with round bounds, for maps and tiles."""

import math
from collections.abc import Iterable

from veikart.plan.charts import tokens

COUNT = len(tokens.CLASSES)


def bounds(values: Iterable[float], *, percent: bool) -> tuple[float, ...]:
    """Six round numbers, evenly apart, that hold all `values`; the same step whatever the data.

    Equal steps, not equal numbers of areas: two areas in neighbouring classes then differ by what
    the numbers say. Shares have whole per cent.
    """
    known = list(values)
    low, high = min(known, default=0.0), max(known, default=1.0)
    least = 0.01 if percent else 1e-9
    rough = max((high - low) / COUNT, least)
    base = 10.0 ** math.floor(math.log10(rough) + 1e-9)
    for factor in (1, 2, 5, 10, 20):
        step = factor * base
        begin = math.floor(low / step + 1e-9) * step
        if begin + COUNT * step >= high - 1e-9 * abs(high):
            break
    if percent and low >= 0 and high <= 1 < begin + COUNT * step:
        begin = max(0.0, 1 - COUNT * step)
    return tuple(float(f"{begin + step * number:.10g}") for number in range(COUNT + 1))


def class_of(value: float, limits: tuple[float, ...]) -> int:
    """Which class `value` is in, from 0. A class holds its lower bound; the last holds both."""
    inside = sum(value >= limit - 1e-12 for limit in limits[1:-1])
    return min(inside, COUNT - 1)
