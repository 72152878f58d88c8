"""The map of municipalities, when the operator has given a file of boundaries.

Written by ourselves and not as Vega-Lite: the specification would have to carry the whole file, and
its renderer writes each shared border twice with three decimals. Whole numbers from the place
before give the same picture in a fifth of the bytes and under a millisecond.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from veikart.plan.charts import tokens
from veikart.plan.charts.axes import SHARES
from veikart.plan.charts.boundaries import Shapes
from veikart.plan.charts.classes import bounds, class_of
from veikart.plan.charts.reading import areas_at
from veikart.plan.charts.svg import opening
from veikart.plan.figures import Figures
from veikart.plan.indicators import IndicatorKind, Places

NO_VALUE = -1
OFFERS = {"offers": 4, "offers-part": 2, "offers-not": 0}
"""What a map of coverage explains, and the class that each is tinted as."""


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
    """The municipalities in `period`, classes by lightness, county borders on top.

    There are five classes; of coverage, which a municipality has or has not, there are those two,
    and one between them for what only a part of it has.

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
    levels, limits = _levels(told, figures.kind)
    classed: dict[int, list[str]] = defaultdict(list)
    for code in sorted(codes & shapes.municipalities.keys()):
        classed[levels.get(code, NO_VALUE)].append(shapes.municipalities[code])
    if figures.kind == "coverage":
        signs = tuple(sign for sign, level in OFFERS.items() if level in classed)
    else:
        signs = ("class",) if told else ()
    return Atlas(
        svg=_svg(shapes, classed),
        signs=(*signs, *(("no-value",) if NO_VALUE in classed else ())),
        bounds=limits,
        percent=figures.kind in SHARES,
        missing=tuple(sorted(missing)),
        foreign=tuple(sorted(foreign)),
    )


def _levels(
    told: Mapping[str, float], kind: IndicatorKind | None
) -> tuple[dict[str, int], tuple[float, ...]]:
    """The class of each municipality with a value, and the bounds of the classes."""
    if kind == "coverage":
        between = {0.0: OFFERS["offers-not"], 1.0: OFFERS["offers"]}
        return {code: between.get(value, OFFERS["offers-part"]) for code, value in told.items()}, ()
    limits = bounds(told.values(), percent=kind in SHARES) if told else ()
    return {code: class_of(value, limits) for code, value in told.items()}, limits


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
