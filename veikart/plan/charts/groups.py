"""An indicator by groups: a line each over time, or a row each where there is one period or many groups.

Groups are told apart by dashes, by the shape of their points, and by a number at the end of each
line or row; the legend beside the chart has the same marks with the groups' names.
"""

from collections.abc import Sequence
from typing import Any

from veikart.plan.charts import tokens
from veikart.plan.charts.axes import Values, values_axis, years
from veikart.plan.charts.frame import (
    NARROW,
    SIZE,
    WIDE,
    Frame,
    Place,
    Specification,
    as_is,
    assemble,
    framed,
    measure,
    wrapped,
)
from veikart.plan.charts.layers import lines, numbers, points
from veikart.plan.charts.reading import points_of, slice_of
from veikart.plan.charts.series import places, runs
from veikart.plan.figures import Figures
from veikart.plan.indicators import Indicator, Point

ROW = 34
"""Pixels from one row to the next."""
AIR = 16
"""Pixels between the numbers at the ends of two lines, at the least."""

Group = tuple[str, tuple[Point, ...]]
"""A category's code, and the whole country's points in it."""


def groups(
    indicator: Indicator, figures: Figures, column: str, *, narrow: bool = False
) -> Specification:
    """The whole country's values in each category of the breakdown `column`.

    Lines where there are two periods or more and not more groups than can be told apart; else
    rows of the last period that has a value. `names` are the categories' codes, in the order of
    the numbers in the chart.
    """
    found = _groups(indicator, figures, column)
    periods = {p.period for _, points in found for p in points if p.value is not None}
    if len(periods) > 1 and len(found) <= len(tokens.LOOKS):
        return _over_time(indicator, figures, found, narrow=narrow)
    return _rows(indicator, found, max(periods, default=None), narrow=narrow)


def _groups(indicator: Indicator, figures: Figures, column: str) -> list[Group]:
    ordered = sorted(
        (one for one in indicator.categories if one.column == column), key=lambda one: one.no
    )
    found = []
    for category in ordered:
        piece = slice_of(figures, "nation", [(column, category.code)])
        if piece is not None and piece.series:
            found.append((category.code, points_of(figures, piece.series[0])))
    return found


def _over_time(
    indicator: Indicator, figures: Figures, found: list[Group], *, narrow: bool
) -> Specification:
    values = [p.value for _, every in found for p in every if p.value is not None]
    axis = years(figures.periods, room=5 if narrow else 9)
    frame = framed(axis, values_axis(indicator.kind, values), narrow=narrow)
    layers: list[Specification | None] = []
    ends: list[Place | None] = []
    for (_, every), look in zip(found, tokens.LOOKS, strict=False):
        paths = [places(run) for run in runs(every, indicator.breaks, cadence=indicator.cadence)]
        ends.append(paths[-1][-1] if paths else None)
        marked = [place for path in paths for place in path]
        layers += [
            lines(frame, paths, stroke=look.hue, dash=look.dash),
            points(
                frame,
                marked,
                fill=look.hue,
                stroke=tokens.PAPER,
                shape=look.shape,
                size=90 if look.shape in ("circle", "square") else 140,
            ),
        ]
    layers += _end_numbers(frame, ends)
    signs = [f"group-{number}" for number in range(1, len(found) + 1)]
    return assemble(frame, layers, signs=signs, names=[code for code, _ in found])


def _end_numbers(frame: Frame, ends: Sequence[Place | None]) -> list[Specification | None]:
    """The groups' numbers to the right of their lines, moved apart where they would meet."""
    height = frame.height - frame.top - frame.bottom
    scale = height / (frame.values.high - frame.values.low)
    there = [(number, end) for number, end in enumerate(ends) if end is not None]
    wanted = [(frame.values.high - frame.values.scaled(end[1])) * scale for _, end in there]
    return [
        numbers(
            frame,
            [(end[0], end[1], str(number + 1))],
            fill=tokens.LOOKS[number].hue,
            align="left",
            shift=(9, round(place - want)),
        )
        for (number, end), want, place in zip(there, wanted, spaced(wanted, AIR), strict=True)
    ]


def spaced(wanted: Sequence[float], air: float) -> list[float]:
    """Places as near as may be to those `wanted`, in the same order, at least `air` apart."""
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    clusters: list[list[int]] = [[number] for number in order]

    def begin(cluster: list[int]) -> float:
        middle = sum(wanted[number] for number in cluster) / len(cluster)
        return middle - air * (len(cluster) - 1) / 2

    merged = True
    while merged:
        merged = False
        for left in range(len(clusters) - 1):
            first, second = clusters[left], clusters[left + 1]
            if begin(first) + air * len(first) > begin(second) + 1e-9:
                clusters[left : left + 2] = [first + second]
                merged = True
                break
    found = dict.fromkeys(order, 0.0)
    for cluster in clusters:
        for place, number in enumerate(cluster):
            found[number] = begin(cluster) + air * place
    return [found[number] for number in range(len(wanted))]


def _rows(
    indicator: Indicator, found: list[Group], period: str | None, *, narrow: bool
) -> Specification:
    """A bar for each group, one under another, with its number before it and its value after it."""
    values = [next((p.value for p in every if p.period == period), None) for _, every in found]
    scale = values_axis(indicator.kind, [value for value in values if value is not None])
    box = (NARROW if narrow else WIDE, max(len(found), 1) * ROW + 40)
    room = (26, 62, 4, 32)
    rows = [
        {"n": str(place + 1), "row": place * ROW + ROW / 2, **_bar(value, scale)}
        for place, value in enumerate(values)
    ]
    meta = {
        "signs": [f"row-{place + 1}" for place in range(len(found))],
        "names": [code for code, _ in found],
        "power": scale.power,
        "percent": scale.percent,
    }
    return wrapped(_row_layers(rows, scale, len(found) * ROW), box, room, meta)


def _bar(value: float | None, scale: Values) -> dict[str, Any]:
    if value is None:
        return {}
    return {"x": scale.scaled(value), "zero": 0, "t": scale.text(value)}


def _row_layers(rows: list[dict[str, Any]], scale: Values, height: int) -> list[Specification]:
    across = measure("x", [scale.low, scale.high])
    down = measure("row", [0, max(height, 1)], reverse=True)
    ticks = [{"x": tick, "t": scale.text(tick * 10.0**scale.power)} for tick in scale.ticks]
    words = {"type": "text", "baseline": "middle", "fontSize": SIZE, "fill": tokens.INK}
    known = [row for row in rows if "x" in row]
    bar = {"type": "rule", "stroke": tokens.MEASURED, "strokeWidth": 16}
    grid = {"type": "rule", "stroke": tokens.GRID, "strokeWidth": 1}
    ends = {"y": {"value": 0}, "y2": {"value": height}}
    under = {**words, "fill": tokens.QUIET, "baseline": "top"}
    layers = [
        (ticks, grid, {"x": across, **ends}),
        (ticks, under, {"x": across, "y": {"value": height + 9}, "text": as_is("t")}),
        (known, bar, {"x": across, "x2": {"field": "zero"}, "y": down}),
        (known, {**words, "align": "left", "dx": 8, "fontWeight": 600},
         {"x": across, "y": down, "text": as_is("t")}),
        (rows, {**words, "align": "right", "dx": -8, "fontWeight": 600},
         {"x": {"value": 0}, "y": down, "text": as_is("n")}),
    ]  # fmt: skip
    return [
        {"data": {"values": values}, "mark": mark, "encoding": encoding}
        for values, mark, encoding in layers
        if values
    ]
