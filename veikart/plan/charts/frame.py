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
LOCALE = {
    "decimal": ",", "thousands": "\u2009", "grouping": [3], "currency": ["", ""],
    "percent": "\u202f%", "minus": "−",
}  # fmt: skip
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
        return {
            "x": {
                "field": "x",
                "type": "quantitative",
                "scale": {"domain": list(self._across()), "nice": False},
                "axis": self._year_axis(),
            },
            "y": {
                "field": "y",
                "type": "quantitative",
                "scale": {
                    "domain": [self.values.low, self.values.high],
                    "nice": False,
                    "zero": False,
                },
                "axis": self._value_axis(),
            },
        }

    def _across(self) -> Place:
        """The ends of the axis of time, with a little air outside the first and last points."""
        air = (self.years.last - self.years.first) / 40 if self.axes else 0.0
        return round(self.years.first - air, 6), round(self.years.last + air, 6)

    def _year_axis(self) -> dict[str, Any] | None:
        if not self.axes:
            return None
        shift = 1 if all(place == year + 1 for place, year in self.years.labels) else 0.5
        return {
            "values": [place for place, _ in self.years.labels],
            "labelExpr": f"format(datum.value - {shift:g}, 'd')",
            "labelPadding": 8,
        }

    def _value_axis(self) -> dict[str, Any] | None:
        if not self.axes:
            return None
        return {
            "values": list(self.values.ticks),
            "format": ".0%" if self.values.percent else ",.0f",
            "grid": True,
            "gridColor": {
                "condition": {"test": "datum.value === 0", "value": tokens.AXIS},
                "value": tokens.GRID,
            },
            "labelPadding": 8,
        }


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
    meta = {
        "signs": list(signs),
        "names": list(names),
        "power": frame.values.power,
        "percent": frame.values.percent,
    }
    room = (frame.left, frame.right, frame.top, frame.bottom)
    return wrapped(drawn or [ghost(frame)], (frame.width, frame.height), room, meta)


def wrapped(
    layers: list[Specification],
    box: tuple[int, int],
    room: tuple[int, int, int, int],
    meta: dict[str, Any],
) -> Specification:
    """Layers in a picture of the size `box`, with `room` to the left, right, top and bottom."""
    left, right, top, bottom = room
    axis = {
        "title": None, "domain": False, "ticks": False, "labelColor": tokens.QUIET,
        "labelFontSize": SIZE, "labelOverlap": False, "labelFlush": False,
        "labelBound": False, "grid": False, "gridWidth": 1,
    }  # fmt: skip
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
            "locale": {"number": LOCALE},
            "view": {"stroke": None},
            "axis": axis,
        },
        "layer": layers,
    }


def ghost(frame: Frame) -> Specification:
    """A layer without anything, so that the axes are drawn when there is nothing to draw."""
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
    detail = {"detail": {"field": "s", "type": "nominal"}}
    return _layer(frame, rows, mark, detail)


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
    detail = {"detail": {"field": "s", "type": "nominal"}, "y2": {"field": "y2"}}
    return _layer(frame, rows, mark, detail)


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
