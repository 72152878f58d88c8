"""Every municipality as a dot: its place says its value, its size how many live there.

Needs no boundaries, and gives no more room to wide land than to many people. Municipalities whose
value is not known, or not shown, lie in a lane of their own below the axis: hollow circles are not
known, hollow squares are too small to be shown.
"""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from veikart.plan.charts import tokens
from veikart.plan.charts.axes import Values, values_axis
from veikart.plan.charts.frame import NARROW, SIZE, WIDE, Specification, as_is, measure, wrapped
from veikart.plan.charts.reading import AreaValue, areas_at
from veikart.plan.charts.swarm import Circle, packed, swarm
from veikart.plan.figures import Figures
from veikart.plan.indicators import Places

LARGEST = 27.0
"""The radius of the largest municipality on a wide drawing, in pixels."""
SMALLEST = 1.6
FEW = 1000
"""Inhabitants of a municipality whose population is not given, so that it is seen and not large."""
TALLEST = 300
"""Pixels; a taller swarm is drawn with smaller dots."""
SIDE = 24
AXIS = 34
"""Pixels for the numbers under the swarm."""


class Sized(NamedTuple):
    """An area's value and how many live there."""

    area: AreaValue
    people: int


def dots(figures: Figures, places: Places, period: str, *, narrow: bool = False) -> Specification:
    """The municipalities in `period`. Raises ValueError for a period that has no figures.

    A municipality of `places` that the figures do not have is drawn as not known. `names` are the
    codes of those with a value, from the lowest up.
    """
    people = {one.code: one.population or FEW for one in places.municipalities}
    told = {one.code: one for one in areas_at(figures, "municipality", period)}
    every = [
        Sized(told.get(code, AreaValue(code, None, "missing")), people.get(code, FEW))
        for code in sorted(people.keys() | told.keys())
    ]
    known = [one for one in every if one.area.value is not None]
    scale = values_axis(
        figures.kind, [one.area.value for one in known if one.area.value is not None]
    )
    nation = next((one.value for one in areas_at(figures, "nation", period)), None)
    silent = [one for one in every if one.area.value is None]
    silent.sort(key=lambda one: (one.area.status == "suppressed", -one.people, one.area.code))
    return _drawn(known, silent, scale, nation, narrow)


def _drawn(
    known: list[Sized], silent: list[Sized], scale: Values, nation: float | None, narrow: bool
) -> Specification:
    width = NARROW if narrow else WIDE
    plot, largest = width - 2 * SIDE, max((o.people for o in [*known, *silent]), default=FEW)
    radius = (LARGEST if not narrow else LARGEST * 0.6) / math.sqrt(largest)
    circles = _swarmed(known, scale, plot, radius)
    half = max((abs(c.across) + c.radius for c in circles), default=20.0)
    swarm_height = 2 * math.ceil(half) + 8
    rows = [
        {"x": scale.scaled(one.area.value or 0), "y": round(swarm_height / 2 + c.across, 1),
         "a": _area(c.radius)}
        for one, c in zip(known, circles, strict=True)
    ]  # fmt: skip
    below, tall = _lane(silent, radius, scale, plot, swarm_height + AXIS)
    height = swarm_height + (AXIS + tall + 6 if silent else 0)
    layers = [
        *_axis(scale, swarm_height),
        *_country(scale, nation, swarm_height),
        *_marks(rows, below, scale, height),
    ]
    bottom = 10 if silent else AXIS
    meta = _meta(known, below, scale, nation)
    return wrapped(layers, (width, height + 28 + bottom), (SIDE, SIDE, 28, bottom), meta)


def _lane(
    silent: list[Sized], radius: float, scale: Values, plot: int, top: int
) -> tuple[list[dict[str, Any]], int]:
    """The rows of those without a value, side by side under the axis, and how high they are."""
    radii = [_radius(one, radius) for one in silent]
    lane, tall = packed(radii, width=plot)
    span = (scale.high - scale.low) / plot
    rows = [
        {"x": scale.low + x * span, "y": round(top + y, 1), "a": _area(r),
         "shown": one.area.status != "suppressed"}
        for one, r, (x, y) in zip(silent, radii, lane, strict=True)
    ]  # fmt: skip
    return rows, math.ceil(tall)


def _meta(
    known: list[Sized], below: list[dict[str, Any]], scale: Values, nation: float | None
) -> dict[str, Any]:
    """What the page has to explain."""
    found = {
        "municipality": bool(known),
        "nation-line": nation is not None,
        "unknown-dot": any(row["shown"] for row in below),
        "suppressed-dot": any(not row["shown"] for row in below),
    }
    ordered = sorted(known, key=lambda one: (one.area.value or 0, one.area.code))
    return {
        "signs": [sign for sign, there in found.items() if there],
        "names": [one.area.code for one in ordered],
        "power": scale.power,
        "percent": scale.percent,
    }


def _swarmed(known: list[Sized], scale: Values, plot: int, radius: float) -> list[Circle]:
    """The dots without overlap; all made smaller until the swarm is low enough."""
    span = scale.high - scale.low
    while True:
        circles = [
            Circle(
                (scale.scaled(one.area.value or 0) - scale.low) / span * plot, _radius(one, radius)
            )
            for one in known
        ]
        laid = swarm(circles)
        tall = 2 * max((abs(c.across) + c.radius for c in laid), default=0)
        if tall <= TALLEST or radius * math.sqrt(max(o.people for o in known)) < 2 * SMALLEST:
            return laid
        radius *= 0.85


def _radius(one: Sized, radius: float) -> float:
    return max(round(math.sqrt(one.people) * radius, 1), SMALLEST)


def _area(radius: float) -> float:
    return round(math.pi * radius * radius, 2)


def _across(scale: Values) -> dict[str, Any]:
    return measure("x", [scale.low, scale.high])


def _axis(scale: Values, swarm_height: int) -> list[Specification]:
    """Thin uprights behind the swarm, with their numbers under it."""
    named = [{"x": tick, "t": scale.text(tick * 10.0**scale.power)} for tick in scale.ticks]
    ends = {"y": {"value": 0}, "y2": {"value": swarm_height}}
    text = {
        "type": "text", "baseline": "top", "fill": tokens.QUIET,
        "fontSize": SIZE,
    }  # fmt: skip
    return [
        {
            "data": {"values": named},
            "mark": {"type": "rule", "stroke": tokens.GRID, "strokeWidth": 1},
            "encoding": {"x": _across(scale), **ends},
        },
        {
            "data": {"values": named},
            "mark": text,
            "encoding": {
                "x": _across(scale),
                "y": {"value": swarm_height + 8},
                "text": as_is("t"),
            },
        },
    ]


def _country(scale: Values, nation: float | None, swarm_height: int) -> list[Specification]:
    """The whole country's value: an upright through the swarm with its number on top."""
    if nation is None:
        return []
    rows = [{"x": scale.scaled(nation), "t": scale.text(nation)}]
    rule = {"type": "rule", "stroke": tokens.INK, "strokeWidth": 2}
    text = {
        "type": "text", "baseline": "bottom", "fill": tokens.INK, "fontSize": SIZE,
        "fontWeight": 600,
    }  # fmt: skip
    return [
        {
            "data": {"values": rows},
            "mark": rule,
            "encoding": {"x": _across(scale), "y": {"value": -6}, "y2": {"value": swarm_height}},
        },
        {
            "data": {"values": rows},
            "mark": text,
            "encoding": {
                "x": _across(scale),
                "y": {"value": -10},
                "text": as_is("t"),
            },
        },
    ]


def _marks(
    rows: Sequence[dict[str, Any]],
    below: Sequence[dict[str, Any]],
    scale: Values,
    height: int,
) -> list[Specification]:
    size = {"size": {"field": "a", "type": "quantitative", "scale": None, "legend": None}}
    solid = {
        "type": "point", "filled": True, "fill": tokens.MEASURED, "stroke": tokens.PAPER,
        "strokeWidth": 0.75, "opacity": 1,
    }  # fmt: skip
    hollow = {**solid, "fill": tokens.PAPER, "stroke": tokens.AXIS, "strokeWidth": 1.25}
    shown = [row for row in below if row["shown"]]
    hidden = [row for row in below if not row["shown"]]
    wanted = [
        (rows, solid),
        (shown, hollow),
        (hidden, {**hollow, "shape": "square"}),
    ]
    return [
        {
            "data": {"values": [{k: row[k] for k in ("x", "y", "a")} for row in values]},
            "mark": mark,
            "encoding": {"x": _across(scale), "y": measure("y", [0, height], reverse=True), **size},
        }
        for values, mark in wanted
        if values
    ]
