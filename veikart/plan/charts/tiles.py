"""A map of counties as equal tiles: a class by its lightness, and the value as a number in the tile.

Each tile carries the county's number above its value, so that the table beside it can be found.
A county without a value is a tile with a dashed edge. Large numbers are counted in thousands or more,
and where classes are close the numbers have a decimal, so that a number is seen to be in its class.
"""

from typing import Any

from msgspec.structs import replace

from veikart.plan.charts import tokens
from veikart.plan.charts.axes import SHARES, TIGHT, Values, counts, shares
from veikart.plan.charts.classes import bounds, class_of
from veikart.plan.charts.frame import NARROW, Specification, as_is, measure, wrapped
from veikart.plan.charts.reading import AreaValue, areas_at
from veikart.plan.figures import Figures
from veikart.plan.indicators import Places

AIR = 4
"""Pixels between two tiles."""
CLOSE = 5
"""Where classes are narrower than this, as they are counted, the numbers have a decimal."""


def tiles(figures: Figures, places: Places, period: str) -> Specification:
    """The counties in `period`, one drawing for all screens. `bounds` are those of the classes.

    A county that the figures do not have is drawn as one without a value; one without a tile is
    left out, and its value stands in the table. Raises ValueError for a period without figures.
    """
    told = {one.code: one for one in areas_at(figures, "county", period)}
    placed = {one.code: one.tile for one in places.counties if one.tile is not None}
    known = [one.value for code, one in told.items() if code in placed and one.value is not None]
    limits = bounds(known, percent=figures.kind in SHARES)
    scale = _scale(known, limits, percent=figures.kind in SHARES)
    columns = max((tile[0] for tile in placed.values()), default=0) + 1
    lines = max((tile[1] for tile in placed.values()), default=0) + 1
    side = (NARROW - 2 * AIR) // columns
    rows = [
        _tile(told.get(code, AreaValue(code, None, "missing")), tile, side, limits, scale)
        for code, tile in sorted(placed.items())
    ]
    silent = any(not row["known"] for row in rows)
    meta = {
        "signs": [*(["class"] if known else []), *(["no-value"] if silent else [])],
        "bounds": list(limits) if known else [],
        "power": scale.power,
        "percent": scale.percent,
    }
    box = (columns * side + 2 * AIR, lines * side + 2 * AIR)
    return wrapped(_layers(rows, side, box), box, (AIR, AIR, AIR, AIR), meta)


def _scale(known: list[float], limits: tuple[float, ...], *, percent: bool) -> Values:
    scale = shares(known) if percent else counts(known, large=TIGHT)
    step = (limits[1] - limits[0]) * (100 if percent else 10**-scale.power)
    return replace(scale, decimals=max(scale.decimals, 1)) if step < CLOSE else scale


def _tile(
    area: AreaValue, tile: tuple[int, int], side: int, limits: tuple[float, ...], scale: Values
) -> dict[str, Any]:
    level = None if area.value is None else class_of(area.value, limits)
    return {
        "x": tile[0] * side,
        "y": tile[1] * side,
        "x2": (tile[0] + 1) * side - AIR,
        "y2": (tile[1] + 1) * side - AIR,
        "middle": tile[0] * side + (side - AIR) / 2,
        "known": level is not None,
        "fill": tokens.PAPER if level is None else tokens.CLASSES[level],
        "ink": tokens.QUIET if level is None else _ink(level),
        "code": area.code,
        "t": "" if area.value is None else scale.text(area.value),
    }


def _ink(level: int) -> str:
    return tokens.ON_LIGHT if level < 3 else tokens.ON_DARK


def _layers(rows: list[dict[str, Any]], side: int, box: tuple[int, int]) -> list[Specification]:
    def place(field: str, length: int, *, down: bool = False) -> dict[str, Any]:
        return measure(field, [0, length - 2 * AIR], reverse=down)

    def number(field: str, drop: float, size: int, weight: int) -> Specification:
        mark = {"type": "text", "baseline": "middle", "fontSize": size, "fontWeight": weight,
                "dy": round(side * drop)}  # fmt: skip
        encoding = {
            "x": place("middle", box[0]),
            "y": place("y", box[1], down=True),
            "text": as_is("t" if weight > 400 else "code"),
            "fill": as_is("ink"),
        }
        return {"data": {"values": rows}, "mark": mark, "encoding": encoding}

    corners = {
        "x": place("x", box[0]), "x2": {"field": "x2"},
        "y": place("y", box[1], down=True), "y2": {"field": "y2"},
    }  # fmt: skip
    known = [row for row in rows if row["known"]]
    silent = [row for row in rows if not row["known"]]
    rect = {"type": "rect", "stroke": tokens.AXIS, "strokeWidth": 1}
    dashed = {**rect, "strokeDash": [3, 3]}
    boxes = [
        {"data": {"values": values}, "mark": mark, "encoding": {**corners, "fill": as_is("fill")}}
        for values, mark in ((known, rect), (silent, dashed))
        if values
    ]
    return [*boxes, number("code", 0.26, 12, 400), number("t", 0.62, 15, 600)] if rows else boxes
