"""A small line for a list of indicators: the direction and the last point, without axes."""

from veikart.plan.charts import tokens
from veikart.plan.charts.axes import SHARES, Values, years
from veikart.plan.charts.frame import Frame, Specification, assemble
from veikart.plan.charts.layers import lines, points
from veikart.plan.charts.series import places, runs
from veikart.plan.indicators import Indicator, Result

WIDTH, HEIGHT, ROOM = 132, 36, 6


def spark(indicator: Indicator, result: Result) -> Specification:
    """The headline series of `result`, small. Its height tells direction, not size: see the axis.

    The values fill the height, but never less than ten percentage points of a share, or a tenth of
    the largest number, fill it: what hardly moves looks as if it hardly moves.
    """
    known = runs(result.series, indicator.breaks, cadence=indicator.cadence)
    drawn = [point for run in known for point in run]
    values = [point.value for point in drawn if point.value is not None]
    frame = Frame(
        width=WIDTH, height=HEIGHT, left=ROOM, right=ROOM, top=ROOM, bottom=ROOM,
        years=years([point.period for point in result.series], room=1),
        values=_heights(values, share=indicator.kind in SHARES), axes=False,
    )  # fmt: skip
    alone = [place for run in known if len(run) == 1 for place in places(run)]
    last = places(drawn[-1:])
    layers = [
        lines(frame, [places(run) for run in known], stroke=tokens.MEASURED, width=2),
        points(frame, [p for p in alone if p not in last], fill=tokens.MEASURED,
               stroke=tokens.MEASURED, size=12),
        points(frame, last, fill=tokens.MEASURED, stroke=tokens.PAPER, size=64),
    ]  # fmt: skip
    return assemble(frame, layers, signs=["measured"] if drawn else [])


def _heights(values: list[float], *, share: bool) -> Values:
    low, high = min(values, default=0.0), max(values, default=1.0)
    least = 0.1 if share else max(abs(low), abs(high)) / 10 or 1.0
    lacking = max(least - (high - low), 0.0) / 2
    return Values(low=low - lacking, high=high + lacking, ticks=())
