"""The map of municipalities, when the operator has given a file of boundaries.

Written by ourselves and not as Vega-Lite: the specification would have to carry the whole file, and
its renderer writes each shared border twice with three decimals. Whole numbers from the place
before give the same picture in a fifth of the bytes and under a millisecond.
"""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from veikart.plan.charts import tokens
from veikart.plan.charts.axes import SHARES
from veikart.plan.charts.boundaries import Shapes
from veikart.plan.charts.classes import bounds, class_of
from veikart.plan.charts.reading import areas_at
from veikart.plan.charts.svg import opening
from veikart.plan.figures import Figures
from veikart.plan.indicators import Places


class Atlas(msgspec.Struct, frozen=True, kw_only=True):
    """A map as SVG, what its legend explains, and what the file and the plan do not share.

    `missing` are municipalities of the plan that the file has no shape for; `foreign` are codes of
    the file that the plan does not know. Neither is on the map: the page has to list them.
    """

    svg: str
    signs: tuple[str, ...]
    bounds: tuple[float, ...]
    percent: bool
    missing: tuple[str, ...]
    foreign: tuple[str, ...]


def atlas(shapes: Shapes, figures: Figures, places: Places, period: str) -> Atlas:
    """The municipalities in `period`, five classes by lightness, county borders on top.

    A municipality without a value has a dashed edge and no tint. Raises ValueError for a period
    that has no figures, and where the file and the plan share no municipality at all.
    """
    codes = {one.code for one in places.municipalities}
    foreign, missing = shapes.municipalities.keys() - codes, codes - shapes.municipalities.keys()
    if codes and not codes & shapes.municipalities.keys():
        raise ValueError(
            f"Expected boundaries of municipalities such as {min(codes)}, found "
            f"{', '.join(sorted(foreign)[:3])}. Give a file for the division of the plan's day."
        )
    told = {
        one.code: one.value
        for one in areas_at(figures, "municipality", period)
        if one.value is not None and one.code in codes & shapes.municipalities.keys()
    }
    percent = figures.kind in SHARES
    limits = bounds(told.values(), percent=percent)
    classed: dict[int, list[str]] = defaultdict(list)
    for code in sorted(codes & shapes.municipalities.keys()):
        level = class_of(told[code], limits) if code in told else -1
        classed[level].append(shapes.municipalities[code])
    return Atlas(
        svg=_svg(shapes, classed),
        signs=(*(("class",) if told else ()), *(("no-value",) if -1 in classed else ())),
        bounds=limits if told else (),
        percent=percent,
        missing=tuple(sorted(missing)),
        foreign=tuple(sorted(foreign)),
    )


def _svg(shapes: Shapes, classed: dict[int, list[str]]) -> str:
    parts = [_group(level, paths) for level, paths in sorted(classed.items(), reverse=True)]
    border = "".join(
        f'<path stroke="{hue}" stroke-width="{width}" d="{shapes.counties}"/>'
        for hue, width in ((tokens.PAPER, 5), (tokens.INK, 2))  # seen on light and on dark classes
    )
    return (
        opening(shapes.width, shapes.height)
        + f'<g fill-rule="evenodd" stroke-linejoin="round">{"".join(parts)}{border}</g></svg>'
    )


def _group(level: int, paths: Iterable[str]) -> str:
    """The municipalities of a class, each a path of its own, under one look."""
    look = f'fill="{tokens.CLASSES[level]}" stroke="{tokens.PAPER}" stroke-width="1"'
    if level < 0:
        look = (
            f'fill="{tokens.PAPER}" stroke="{tokens.AXIS}" stroke-width="2" stroke-dasharray="5,4"'
        )
    drawn = "".join(f'<path d="{path}"/>' for path in paths)
    return f"<g {look}>{drawn}</g>"
