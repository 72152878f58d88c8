"""What all charts are made of: a frame with its two axes, and layers of lines, bands, marks and numbers.

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


def lines(
    frame: Frame,
    paths: Iterable[Sequence[Place]],
    *,
    stroke: str,
    width: float = 2.5,
    dash: Sequence[int] = (),
) -> Specification | None:
    """Each of `paths` as a line of its own; those of fewer than two places are left out."""
    rows = [
        _row(frame, place, s=number)
        for number, path in enumerate(paths)
        if len(path) > 1
        for place in path
    ]
    mark: dict[str, Any] = {
        "type": "line", "stroke": stroke, "strokeWidth": width, "strokeJoin": "round",
        "strokeCap": "butt" if dash else "round",
    }  # fmt: skip
    if dash:
        mark["strokeDash"] = list(dash)
    return _layer(frame, rows, mark, _apart(rows))


def band(
    frame: Frame, paths: Iterable[Sequence[tuple[float, float, float]]], *, fill: str
) -> Specification | None:
    """Each of `paths` (years, lower, upper) as a filled band."""
    rows = [
        {**_row(frame, (x, low), s=number), "y2": frame.values.scaled(high)}
        for number, path in enumerate(paths)
        if len(path) > 1
        for x, low, high in path
    ]
    mark = {"type": "area", "fill": fill, "line": False}
    return _layer(frame, rows, mark, {**_apart(rows), "y2": {"field": "y2"}})


def bars(
    frame: Frame,
    ends: Iterable[tuple[float, float, float]],
    *,
    stroke: str,
    width: float = 2,
    dash: Sequence[int] = (),
) -> Specification | None:
    """Upright strokes (years, lower, upper): intervals of values that stand alone."""
    rows = [{**_row(frame, (x, low)), "y2": frame.values.scaled(high)} for x, low, high in ends]
    mark: dict[str, Any] = {"type": "rule", "stroke": stroke, "strokeWidth": width}
    if dash:
        mark["strokeDash"] = list(dash)
    return _layer(frame, rows, mark, {"y2": {"field": "y2"}})


def uprights(frame: Frame, places: Iterable[float], *, stroke: str) -> Specification | None:
    """Thin rules from top to bottom, at places in years."""
    rows = [{"x": _near(x)} for x in places]
    mark = {"type": "rule", "stroke": stroke, "strokeWidth": 1.5}
    height = frame.height - frame.top - frame.bottom
    if not rows:
        return None
    encoding = {"x": frame.encoding()["x"], "y": {"value": 0}, "y2": {"value": height}}
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}


def points(
    frame: Frame,
    places: Iterable[Place],
    *,
    fill: str,
    stroke: str,
    size: float = 42,
    shape: str = "circle",
) -> Specification | None:
    """A mark at each of `places`; `size` is its area in square pixels."""
    mark = {
        "type": "point", "shape": shape, "filled": True, "fill": fill, "stroke": stroke,
        "strokeWidth": 1.75, "size": size, "opacity": 1,
    }  # fmt: skip
    return _layer(frame, [_row(frame, place) for place in places], mark)


def numbers(
    frame: Frame,
    labels: Iterable[tuple[float, float, str | None]],
    *,
    fill: str = tokens.INK,
    align: str = "center",
    shift: tuple[int, int] = (0, -14),
) -> Specification | None:
    """Numbers (years, value, text) beside their places, `shift` pixels to the right and down."""
    rows = [{**_row(frame, (x, y)), "t": text} for x, y, text in labels if text is not None]
    mark = {
        "type": "text", "fill": fill, "fontSize": SIZE, "fontWeight": 600,
        "align": align, "baseline": "middle", "dx": shift[0], "dy": shift[1],
    }  # fmt: skip
    return _layer(frame, rows, mark, {"text": {"field": "t", "type": "nominal"}})


def _apart(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Draw each path by itself, where there are several."""
    several = len({row["s"] for row in rows}) > 1
    return {"detail": {"field": "s", "type": "nominal"}} if several else {}


def _layer(
    frame: Frame,
    rows: list[dict[str, Any]],
    mark: dict[str, Any],
    more: dict[str, Any] | None = None,
) -> Specification | None:
    if not rows:
        return None
    return {
        "data": {"values": rows},
        "mark": {**mark, "clip": False},
        "encoding": {**frame.encoding(), **(more or {})},
    }


def _row(frame: Frame, place: Place, **more: Any) -> dict[str, Any]:
    return {"x": _near(place[0]), "y": frame.values.scaled(place[1]), **more}


def _near(years: float) -> float:
    return round(years, 6)


def canonical(specification: Specification) -> bytes:
    """The specification as canonical JSON: equal ones give equal bytes."""
    return msgspec.json.encode(specification, order="sorted")


def fingerprint(specification: Specification) -> str:
    """The SHA-256 of the canonical specification, in hex."""
    return hashlib.sha256(canonical(specification)).hexdigest()
