"""Our charts drawn without a browser's engine: the small part of Vega-Lite that they use, in plain Python.

Every specification of ours says where all is: its scales, its ticks, its room, its colours. So
drawing it is arithmetic, and takes a thousandth of a second where Vega takes fifty. The drawing is
the same to the byte as Vega's own after `slim`; tests compare the two for every chart.
"""

import math
from collections.abc import Callable, Iterator
from typing import Any

from veikart.plan.charts.frame import Specification
from veikart.plan.charts.svg import (
    Look,
    Shape,
    finished,
    look_of,
    moved,
    near,
    stroke,
    written_circle,
    written_text,
)

Row = dict[str, Any]
BASELINE = {"top": 0.79, "middle": 0.3, "bottom": -0.21}
"""How far under its place a text stands, in parts of its size, rounded to whole pixels."""
ANCHOR = {"left": "start", "center": "middle", "right": "end"}
NAMES = {
    "fill": "fill", "stroke": "stroke", "strokeWidth": "stroke-width", "strokeCap": "stroke-linecap",
    "strokeJoin": "stroke-linejoin", "fontSize": "font-size", "fontWeight": "font-weight",
}  # fmt: skip

MARK = {
    *NAMES, "type", "clip", "line", "filled", "opacity", "shape", "size", "align", "baseline", "dx",
    "dy", "strokeDash",
}  # fmt: skip
CHANNELS = {"x", "y", "x2", "y2", "fill", "stroke", "text", "size", "detail"}
CHANNEL = {"field", "value", "type", "scale", "axis", "legend"}
SCALE = {"domain", "reverse", "nice", "zero"}
"""All that is understood. Whatever else a layer says, Vega draws it, so that nothing is passed over."""


class NotOurs(ValueError):
    """A specification that is not made of what our charts are made of; Vega has to draw it."""


def sketch(specification: Specification) -> str:
    """The SVG of one of our specifications. Raises NotOurs for another."""
    try:
        room = specification["padding"]
        width, height = specification["width"], specification["height"]
        shapes = [
            shape
            for layer in specification["layer"]
            for shape in _Layer(layer, width, height, room["left"], room["top"]).shapes()
        ]
    except (KeyError, TypeError, AttributeError) as problem:
        raise NotOurs(f"Expected one of our charts, found one without {problem}.") from problem
    whole = width + room["left"] + room["right"], height + room["top"] + room["bottom"]
    return finished(shapes, *whole)


class _Layer:
    """One layer: its rows, how they look, and where its numbers lie in the picture."""

    def __init__(self, layer: Row, width: float, height: float, left: float, top: float) -> None:
        self.mark, self.encoding = layer["mark"], layer["encoding"]
        _refuse_unknown(self.mark, self.encoding)
        self.rows: list[Row] = layer["data"]["values"]
        self.width, self.height, self.left, self.top = width, height, left, top
        self.dash = ",".join(f"{part:g}" for part in self.mark.get("strokeDash", ()))

    def shapes(self) -> Iterator[Shape]:
        """What is painted, in order."""
        if self.mark.get("opacity") == 0:
            return
        draw: dict[str, Callable[[], Iterator[Shape]]] = {
            "line": self._lines, "area": self._areas, "rule": self._rules, "point": self._points,
            "text": self._texts, "rect": self._rects,
        }  # fmt: skip
        if self.mark["type"] not in draw:
            raise NotOurs(f"Expected lines, areas, points or numbers, found {self.mark['type']}.")
        yield from draw[self.mark["type"]]()

    def place(self, channel: str, row: Row) -> float:
        """Where a row lies across (x, x2) or down (y, y2), in pixels from the plot's corner."""
        said = self.encoding[channel]
        if "value" in said:
            return float(said["value"])
        scale = self.encoding[channel[0]]["scale"]
        low, high = scale["domain"]
        part = (row[said["field"]] - low) / (high - low)
        if channel[0] == "x":
            return float(part * self.width)
        return float((part if scale.get("reverse") else 1 - part) * self.height)

    def look(self, row: Row) -> Look:
        """How a row looks: what the mark says, and what its own fields say."""
        said = {name: self.mark[key] for key, name in NAMES.items() if key in self.mark}
        for channel in ("fill", "stroke"):
            if channel in self.encoding:
                said[channel] = row[self.encoding[channel]["field"]]
        said["stroke-dasharray"] = self.dash
        said["text-anchor"] = ANCHOR[self.mark.get("align", "center")] if self._is_text else ""
        return look_of({n: f"{v:g}" if isinstance(v, int | float) else v for n, v in said.items()})

    @property
    def _is_text(self) -> bool:
        return bool(self.mark["type"] == "text")

    def _paths(self) -> Iterator[list[Row]]:
        """The rows of each line or band by themselves, from left to right."""
        field = self.encoding.get("detail", {}).get("field")
        found: dict[Any, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row[field] if field else None, []).append(row)
        for rows in found.values():
            yield sorted(rows, key=lambda row: float(row[self.encoding["x"]["field"]]))

    def _lines(self) -> Iterator[Shape]:
        for rows in self._paths():
            path = "L".join(self._pair(self.place("x", r), self.place("y", r)) for r in rows)
            yield self._shape(self.look(rows[0]), f"M{path}")

    def _areas(self) -> Iterator[Shape]:
        for rows in self._paths():
            there = [self._pair(self.place("x", r), self.place("y", r)) for r in rows]
            back = [self._pair(self.place("x", r), self.place("y2", r)) for r in reversed(rows)]
            yield self._shape(self.look(rows[0]), f"M{'L'.join([*there, *back])}Z")

    def _rules(self) -> Iterator[Shape]:
        for row in self.rows:
            x, y = self.place("x", row), self.place("y", row)
            x2 = self.place("x2", row) if "x2" in self.encoding else x
            y2 = self.place("y2", row) if "y2" in self.encoding else y
            x, y, x2, y2 = x + self.left, y + self.top, x2 + self.left, y2 + self.top
            yield "path", self.look(row), f"M{near(x)},{near(y)}" + stroke(x, y, x2 - x, y2 - y)

    def _rects(self) -> Iterator[Shape]:
        for row in self.rows:
            x, y = self.place("x", row), self.place("y", row)
            wide, tall = self.place("x2", row) - x, self.place("y2", row) - y
            path = f"M{self._pair(x, y)}h{_three(wide)}v{_three(tall)}h{_three(-wide)}Z"
            yield self._shape(self.look(row), path)

    def _points(self) -> Iterator[Shape]:
        for row in self.rows:
            x, y = self.place("x", row) + self.left, self.place("y", row) + self.top
            size = (
                row[self.encoding["size"]["field"]]
                if "size" in self.encoding
                else self.mark["size"]
            )
            half, shape = math.sqrt(size) / 2, self.mark.get("shape", "circle")
            if shape == "circle":
                yield written_circle(self.look(row), _near3(half), x, y)
            else:
                yield "shape", self.look(row), f'<path d="{moved(_symbol(shape, half), x, y)}"/>'

    def _texts(self) -> Iterator[Shape]:
        drop = math.floor(BASELINE[self.mark["baseline"]] * self.mark["fontSize"] + 0.5)
        for row in self.rows:
            x = self.place("x", row) + self.left + self.mark.get("dx", 0)
            y = self.place("y", row) + self.top + self.mark.get("dy", 0) + drop
            words = row[self.encoding["text"]["field"]]
            if words:
                yield written_text(self.look(row), words, x, y)

    def _shape(self, look: Look, path: str) -> Shape:
        return "shape", look, f'<path d="{moved(path, self.left, self.top)}"/>'

    def _pair(self, x: float, y: float) -> str:
        return f"{_three(x)},{_three(y)}"


def _refuse_unknown(mark: Row, encoding: Row) -> None:
    """Raise NotOurs for what would be passed over, and the drawing be wrong without a word."""
    scales = [said.get("scale") or {} for said in encoding.values()]
    strange = {*mark} - MARK | {*encoding} - CHANNELS
    strange |= {key for said in encoding.values() for key in said} - CHANNEL
    strange |= {key for scale in scales for key in scale} - SCALE
    if mark.get("opacity", 1) not in (0, 1) or mark.get("clip") or mark.get("line"):
        strange |= {"opacity", "clip", "line"} & mark.keys()
    if any(scale.get("nice") or scale.get("zero") for scale in scales):
        strange |= {"nice", "zero"}
    if strange:
        raise NotOurs(f"Expected one of our charts, found {', '.join(sorted(strange))} in it.")


def _symbol(shape: str, half: float) -> str:
    """The outline of a point's mark around 0, as Vega draws it."""
    tall, arm = half * math.sqrt(3) / 2, half / 2.5
    if shape == "square":
        side = _three(2 * half)
        return f"M{_three(-half)},{_three(-half)}h{side}v{side}h-{side}Z"
    corners = {
        "diamond": [(-half, 0), (0, -half), (half, 0), (0, half)],
        "triangle-up": [(0, -tall), (-half, tall), (half, tall)],
        "triangle-down": [(0, tall), (-half, -tall), (half, -tall)],
        "cross": [
            (-half, -arm), (-half, arm), (-arm, arm), (-arm, half), (arm, half), (arm, arm),
            (half, arm), (half, -arm), (arm, -arm), (arm, -half), (-arm, -half), (-arm, -arm),
        ],
    }  # fmt: skip
    if shape not in corners:
        raise NotOurs(f"Expected one of our marks, found {shape}.")
    return "M" + "L".join(f"{_three(x)},{_three(y)}" for x, y in corners[shape]) + "Z"


def _near3(number: float) -> float:
    """To three decimals, as Vega writes paths."""
    return math.floor(number * 1000 + 0.5) / 1000


def _three(number: float) -> str:
    return f"{_near3(number):.10g}"
