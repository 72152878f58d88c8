"""What all charts are made in: a frame with its two axes, and the layers in it.

A specification is Vega-Lite. Its data hold only what is drawn: what is missing is left out before,
so no renderer has to know what a gap is. All room around the plot is set here, so that no text has
to be measured and the drawing does not depend on the fonts of a machine.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from veikart.plan.charts import tokens
from veikart.plan.charts.axes import Values, Years

Specification = dict[str, Any]
Place = tuple[float, float]
"""A place in the plot: years across, value up."""

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
WIDE, NARROW = 688, 320
"""Widths of the two drawings of a chart; the page shows the one that fits."""
SIZE = 14
"""Of numbers, in pixels; a narrow drawing on the smallest telephone still has them at 12."""


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """A picture's size in pixels, the room around its plot, and what lies along its two axes."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    years: Years
    values: Values
    axes: bool = True

    def encoding(self) -> dict[str, Any]:
        """How `x` and `y` of a row become a place."""
        air = (self.years.last - self.years.first) / 40 if self.axes else 0.0
        across = [round(self.years.first - air, 6), round(self.years.last + air, 6)]
        return {"x": measure("x", across), "y": measure("y", [self.values.low, self.values.high])}


def measure(field: str, domain: list[float], *, reverse: bool = False) -> dict[str, Any]:
    """How a number in a row becomes a place, from one end of `domain` to the other."""
    scale: dict[str, Any] = {"domain": domain, "nice": False, "zero": False}
    if reverse:
        scale["reverse"] = True
    return {"field": field, "type": "quantitative", "scale": scale, "axis": None}


def as_is(field: str) -> dict[str, Any]:
    """A field whose text or colour is used as it stands."""
    return {"field": field, "type": "nominal", "scale": None, "legend": None}


def framed(years: Years, values: Values, *, narrow: bool, height: int | None = None) -> Frame:
    """The frame of a chart with axes; the numbers to the left get the room they need."""
    longest = max(len(values.text(tick * 10.0**values.power)) for tick in values.ticks)
    return Frame(
        width=NARROW if narrow else WIDE,
        height=height or (240 if narrow else 340),
        left=round(longest * SIZE * 0.62) + 12,
        right=22 if narrow else 30,
        top=24,
        bottom=30,
        years=years,
        values=values,
    )


def assemble(
    frame: Frame,
    layers: Iterable[Specification | None],
    *,
    signs: Sequence[str] = (),
    names: Sequence[str] = (),
) -> Specification:
    """The whole specification. `signs` names what is in it, for the legend beside it.

    `names` are the codes of the groups or areas that the legend names, in order.
    """
    drawn = [layer for layer in layers if layer is not None]
    drawn = [*_furniture(frame), *drawn] if frame.axes else drawn or [_nothing(frame)]
    meta = {
        "signs": list(signs),
        "names": list(names),
        "power": frame.values.power,
        "percent": frame.values.percent,
    }
    room = (frame.left, frame.right, frame.top, frame.bottom)
    return wrapped(drawn, (frame.width, frame.height), room, meta)


def wrapped(
    layers: list[Specification],
    box: tuple[int, int],
    room: tuple[int, int, int, int],
    meta: dict[str, Any],
) -> Specification:
    """Layers in a picture of the size `box`, with `room` to the left, right, top and bottom."""
    left, right, top, bottom = room
    return {
        "$schema": SCHEMA,
        "usermeta": meta,
        "autosize": "none",
        "background": None,
        "width": box[0] - left - right,
        "height": box[1] - top - bottom,
        "padding": {"left": left, "right": right, "top": top, "bottom": bottom},
        "config": {
            "font": "Inter, system-ui, sans-serif",
            "view": {"stroke": None},
        },
        "layer": layers,
    }


def _furniture(frame: Frame) -> list[Specification]:
    """The lines behind the plot and the numbers along its two axes.

    They are layers of our own, since Vega's axes cost as much time to draw as all the rest.
    """
    width = frame.width - frame.left - frame.right
    height = frame.height - frame.top - frame.bottom
    place, values = frame.encoding(), frame.values
    ticks = [
        {"y": tick, "t": values.text(tick * 10.0**values.power), "c": tokens.GRID if tick else tokens.AXIS}
        for tick in values.ticks
    ]  # fmt: skip
    named = [{"x": x, "t": str(year)} for x, year in frame.years.labels]
    text = {"type": "text", "fill": tokens.QUIET, "fontSize": SIZE}
    beside = {**text, "align": "right", "baseline": "middle"}
    under = {**text, "align": "center", "baseline": "top"}
    found = (
        (ticks, {"type": "rule", "strokeWidth": 1},
         {"x": {"value": 0}, "x2": {"value": width}, "y": place["y"], "stroke": as_is("c")}),
        (ticks, beside, {"x": {"value": -8}, "y": place["y"], "text": as_is("t")}),
        (named, under, {"x": place["x"], "y": {"value": height + 9}, "text": as_is("t")}),
    )  # fmt: skip
    return [
        {"data": {"values": rows}, "mark": mark, "encoding": encoding}
        for rows, mark, encoding in found
        if rows
    ]


def _nothing(frame: Frame) -> Specification:
    """A layer that draws nothing, since a specification must have one."""
    rows = [{"x": frame.years.first, "y": frame.values.low}]
    mark = {"type": "point", "opacity": 0, "size": 0}
    return {"data": {"values": rows}, "mark": mark, "encoding": frame.encoding()}


def canonical(specification: Specification) -> bytes:
    """The specification as canonical JSON: equal ones give equal bytes."""
    return msgspec.json.encode(specification, order="sorted")


def fingerprint(specification: Specification) -> str:
    """The SHA-256 of the canonical specification, in hex."""
    return hashlib.sha256(canonical(specification)).hexdigest()
