"""The line of an indicator: what was measured, the path to the target, and where it is heading."""

from collections.abc import Sequence

from veikart.plan.charts import tokens
from veikart.plan.charts.axes import Years, values_axis, years
from veikart.plan.charts.frame import Frame, Specification, assemble, framed
from veikart.plan.charts.layers import band, bars, lines, numbers, points, uprights
from veikart.plan.charts.path import baseline, final, path
from veikart.plan.charts.series import bounds, numbers_of, places, rules, runs
from veikart.plan.indicators import Forecast, Indicator, Point, Result, Target

CROWDED = 30
"""With more points than this, only the last one is marked."""


def trend(indicator: Indicator, result: Result, *, narrow: bool = False) -> Specification:
    """The headline series of `result`, as Vega-Lite.

    Measured values are a solid line with points; a value that is missing is a gap. The path to
    the target is dashed, targets are diamonds, the baseline is a hollow square, a forecast is
    dotted inside its interval. A break is an upright rule; the line stops at it where the values
    are not comparable. Works with any number of points, none included, and without a target.

    Args:
        indicator: kind, baseline, targets and breaks are read from it.
        result: `series` and `forecast` are read from it.
        narrow: for a telephone.
    """
    frame = _frame(indicator, result, narrow=narrow)
    known = runs(result.series, indicator.breaks, cadence=indicator.cadence)
    layers = [
        *_kept(frame, indicator.targets),
        *_intervals(frame, known),
        *_forecast(frame, result.forecast, known),
        lines(frame, [path(indicator, result.series)], stroke=tokens.TARGET, width=2, dash=(6, 4)),
        uprights(
            frame,
            [place for place, _ in rules(result.series, indicator.breaks)],
            stroke=tokens.AXIS,
        ),
        lines(frame, [places(run) for run in known], stroke=tokens.MEASURED),
        *_ends(frame, indicator, result.series),
        *_points(frame, known),
    ]
    return assemble(frame, layers, signs=_signs(indicator, result, known))


def _frame(indicator: Indicator, result: Result, *, narrow: bool) -> Frame:
    drawn = [*numbers_of(result.series), *_aims(indicator.targets)]
    start, forecast = baseline(indicator, result.series), result.forecast
    if start is not None:
        drawn.append(start[1])
    if forecast is not None:
        ends = (forecast.value, forecast.lower, forecast.upper)
        drawn += [number for number in ends if number is not None]
    values = values_axis(indicator.kind, drawn)
    return framed(_years(indicator, result, room=5 if narrow else 9), values, narrow=narrow)


def _aims(targets: Sequence[Target]) -> list[float]:
    return [
        number
        for target in targets
        for number in (target.value, target.upper)
        if number is not None
    ]


def _years(indicator: Indicator, result: Result, *, room: int) -> Years:
    periods = [point.period for point in result.series]
    if indicator.baseline_period is not None:
        periods.append(indicator.baseline_period)
    ends = [target.year for target in indicator.targets]
    if result.forecast is not None and result.forecast.value is not None:
        ends.append(result.forecast.year)
    return years(periods, until=max(ends, default=None), room=room)


def _kept(frame: Frame, targets: Sequence[Target]) -> list[Specification | None]:
    """What is to be kept: a dashed line, or a band between two, from the start to the year's end."""
    begin = frame.years.first
    edges = [
        [(begin, value), (target.year + 1.0, value)]
        for target in targets
        if target.kind in ("keep", "band")
        for value in (target.value, target.upper)
        if value is not None
    ]
    inside = [
        [(x, target.value, target.upper) for x in (begin, target.year + 1.0)]
        for target in targets
        if target.kind == "band" and target.upper is not None
    ]
    return [
        band(frame, inside, fill=tokens.AIM),
        lines(frame, edges, stroke=tokens.TARGET, width=2, dash=(6, 4)),
    ]


def _intervals(frame: Frame, known: list[list[Point]]) -> list[Specification | None]:
    wide = [bounds(run) for run in known]
    alone = [place for run in wide if len(run) == 1 for place in run]
    return [
        band(frame, wide, fill=tokens.BAND),
        bars(frame, alone, stroke=tokens.MEASURED),
    ]


def _forecast(
    frame: Frame, forecast: Forecast | None, known: list[list[Point]]
) -> list[Specification | None]:
    if forecast is None or forecast.value is None or not known:
        return []
    start, end = places(known[-1])[-1], forecast.year + 1.0
    if end <= start[0]:
        return []
    cone = []
    if forecast.lower is not None and forecast.upper is not None:
        cone = [[(start[0], start[1], start[1]), (end, forecast.lower, forecast.upper)]]
    ahead = (end, forecast.value)
    return [
        band(frame, cone, fill=tokens.FORECAST),
        lines(frame, [[start, ahead]], stroke=tokens.MEASURED, width=2, dash=(1, 4)),
        points(frame, [ahead], fill=tokens.PAPER, stroke=tokens.MEASURED, size=50),
    ]


def _ends(
    frame: Frame, indicator: Indicator, series: tuple[Point, ...]
) -> list[Specification | None]:
    start, last = baseline(indicator, series), final(indicator.targets)
    reached = [target for target in indicator.targets if target.kind == "reach"]
    diamonds = [(target.year + 1.0, target.value) for target in reached]
    named = [(last.year + 1.0, last.value, frame.values.text(last.value))] if last else []
    return [
        points(
            frame,
            [start] if start else [],
            fill=tokens.PAPER,
            stroke=tokens.TARGET,
            size=130,
            shape="square",
        ),
        points(frame, diamonds, fill=tokens.PAPER, stroke=tokens.TARGET, size=110, shape="diamond"),
        numbers(frame, named, fill=tokens.TARGET, align="right", shift=(8, -18)),
    ]


def _points(frame: Frame, known: list[list[Point]]) -> list[Specification | None]:
    every = [point for run in known for point in run]
    if not every:
        return []
    alone = [run[0] for run in known if len(run) == 1]
    marked = every if len(every) <= CROWDED else alone
    last = every[-1]
    rough = [point for point in marked if point.status in ("estimated", "rounded")]
    plain = [point for point in marked if point not in rough and point is not last]
    hollow = last in rough
    return [
        points(frame, places(plain), fill=tokens.MEASURED, stroke=tokens.MEASURED),
        points(frame, places(rough), fill=tokens.PAPER, stroke=tokens.MEASURED),
        points(
            frame,
            places([last]),
            fill=tokens.PAPER if hollow else tokens.MEASURED,
            stroke=tokens.MEASURED if hollow else tokens.PAPER,
            size=110,
        ),
        _last_number(frame, last, alone=last in alone),
    ]


def _last_number(frame: Frame, last: Point, *, alone: bool) -> Specification | None:
    """The last value above its point, above its interval if it stands alone; inside the plot."""
    x, value = places([last])[0]
    above = last.upper if alone and last.upper is not None else value
    at_end = x > frame.years.last - (frame.years.last - frame.years.first) / 20
    align, right = ("right", 8) if at_end else ("center", 0)
    return numbers(frame, [(x, above, frame.values.text(value))], align=align, shift=(right, -18))


def _signs(indicator: Indicator, result: Result, known: list[list[Point]]) -> list[str]:
    """What the legend has to explain, in order."""
    kinds = {target.kind for target in indicator.targets}
    drawn = [point for run in known for point in run]
    ahead = result.forecast is not None and result.forecast.value is not None and bool(drawn)
    unknown = indicator.kind == "coverage"
    found = {
        "measured": bool(drawn),
        "estimated": any(point.status in ("estimated", "rounded") for point in drawn),
        "unknown": unknown and any(bounds(run) for run in known),
        "interval": not unknown and any(bounds(run) for run in known),
        "baseline": baseline(indicator, result.series) is not None,
        "path": bool(path(indicator, result.series)),
        "target": "reach" in kinds,
        "keep": "keep" in kinds,
        "band": "band" in kinds,
        "forecast": ahead,
        "break": bool(rules(result.series, indicator.breaks)),
    }
    return [sign for sign, there in found.items() if there]
