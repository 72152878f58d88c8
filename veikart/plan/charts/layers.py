"""What a chart is painted with: lines, bands, strokes, marks and numbers, each as a Vega-Lite layer.

A layer holds only what is drawn. One with nothing to draw is None, and is left out.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from veikart.plan.charts import tokens
from veikart.plan.charts.frame import SIZE, Frame, Place, Specification, as_is


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
    return _layer(frame, rows, mark, {"text": as_is("t")})


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
