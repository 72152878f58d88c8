"""How unequal areas or groups are: one measure over time, and every area's line with the country's."""

from collections.abc import Sequence
from typing import Literal

from veikart.plan.charts import tokens
from veikart.plan.charts.axes import (
    SHARES,
    Values,
    counts,
    position,
    ratios,
    shares,
    values_axis,
    years,
)
from veikart.plan.charts.frame import Frame, Place, Specification, assemble, framed
from veikart.plan.charts.layers import lines, numbers, points
from veikart.plan.charts.reading import points_of, slice_of
from veikart.plan.charts.series import places, runs
from veikart.plan.figures import Figures, LevelName
from veikart.plan.indicators import Indicator, IndicatorKind, Spread

Measure = Literal["gap", "ratio", "p90_p10", "cv", "gini", "theil", "theil_between", "slope"]


def inequality(spread: Sequence[Spread], measure: Measure, *, kind: IndicatorKind) -> Specification:
    """One measure over time, small, to stand among others under its heading in words.

    `spread` is of one `across`. Gaps and slopes are in the indicator's own unit; cv, Gini and
    Theil are in per cent; ratios are plain numbers. A period without a value is a gap.
    """
    found = sorted(spread, key=lambda one: position(one.period))
    values = [getattr(one, measure) for one in found]
    known = [value for value in values if value is not None]
    axis = years([one.period for one in found], room=4)
    frame = framed(axis, _axis(measure, known, kind), narrow=True, height=200)
    paths = _paths([position(one.period) for one in found], values)
    last = paths[-1][-1:] if paths else []
    others = [place for path in paths for place in path if place not in last]
    layers = [
        lines(frame, paths, stroke=tokens.MEASURED),
        points(frame, others, fill=tokens.MEASURED, stroke=tokens.MEASURED, size=30),
        points(frame, last, fill=tokens.MEASURED, stroke=tokens.PAPER, size=110),
        numbers(frame, [(x, y, frame.values.text(y)) for x, y in last]),
    ]
    return assemble(frame, layers)


def _axis(measure: Measure, known: list[float], kind: IndicatorKind) -> Values:
    if measure in ("ratio", "p90_p10"):
        return ratios(known)
    if measure in ("gap", "slope") and kind not in SHARES:
        return counts(known)
    return shares(known)


def _paths(across: Sequence[float], values: Sequence[float | None]) -> list[list[Place]]:
    """Runs of known values."""
    found: list[list[Place]] = [[]]
    for x, value in zip(across, values, strict=True):
        if value is None:
            found.append([])
        else:
            found[-1].append((x, value))
    return [run for run in found if run]


def areas(
    indicator: Indicator, figures: Figures, *, level: LevelName, narrow: bool = False
) -> Specification:
    """Every area of `level` as a thin line, the country thick, and the best and worst marked.

    Best and worst are those of the last period in which areas have values; without a direction
    they are the highest and the lowest. `names` are their codes, best (or highest) first. For
    counties and larger areas; municipalities are too many for lines, and are `dots`.
    """
    drawn = _lines(indicator, figures, level)
    country = next(iter(_lines(indicator, figures, "nation").values()), [])
    best, worst = _ends(drawn, indicator)
    every = [place[1] for paths in (*drawn.values(), country) for path in paths for place in path]
    axis = years(figures.periods, room=5 if narrow else 9)
    frame = framed(axis, values_axis(figures.kind, every), narrow=narrow)
    others = [path for code, paths in drawn.items() if code not in (best, worst) for path in paths]
    layers = [
        lines(frame, others, stroke=tokens.FAINT, width=1),
        points(frame, _alone(others), fill=tokens.FAINT, stroke=tokens.FAINT, size=10),
        *_marked(frame, drawn.get(best or "", []), tokens.LOOKS[2]),
        *_marked(frame, drawn.get(worst or "", []), tokens.LOOKS[3]),
        lines(frame, country, stroke=tokens.MEASURED, width=3.5),
        points(frame, [path[-1] for path in country[-1:]], fill=tokens.MEASURED,
               stroke=tokens.PAPER, size=120),
    ]  # fmt: skip
    ends = ("best", "worst") if indicator.direction else ("highest", "lowest")
    signs = [
        *(["nation"] if country else []),
        *(ends if best and worst else []),
        *(["area"] if others else []),
    ]
    return assemble(frame, layers, signs=signs, names=[best, worst] if best and worst else [])


def _lines(
    indicator: Indicator, figures: Figures, level: LevelName
) -> dict[str, list[list[Place]]]:
    """The runs of known values of every area of `level`."""
    found = slice_of(figures, level)
    return {
        one.area: [
            places(run)
            for run in runs(points_of(figures, one), indicator.breaks, cadence=indicator.cadence)
        ]
        for one in (found.series if found else ())
    }


def _ends(
    drawn: dict[str, list[list[Place]]], indicator: Indicator
) -> tuple[str | None, str | None]:
    """The best and the worst area at the last place that any has; None with fewer than two.

    Of those that are equal the first by code, as the measures of inequality name them.
    """
    lasts = {code: paths[-1][-1] for code, paths in drawn.items() if paths}
    latest = max((x for x, _ in lasts.values()), default=None)
    now = [(y, code) for code, (x, y) in lasts.items() if x == latest]
    if len(now) < 2:
        return None, None
    low, high = min(now)[1], min(now, key=lambda end: (-end[0], end[1]))[1]
    return (low, high) if indicator.direction == "down" else (high, low)


def _alone(paths: Sequence[Sequence[Place]]) -> list[Place]:
    return [path[0] for path in paths if len(path) == 1]


def _marked(
    frame: Frame, paths: Sequence[Sequence[Place]], look: tokens.Look
) -> list[Specification | None]:
    ends = [path[-1] for path in paths[-1:]]
    return [
        lines(frame, paths, stroke=look.hue, width=2, dash=look.dash),
        points(frame, ends, fill=look.hue, stroke=tokens.PAPER, size=130, shape=look.shape),
    ]
