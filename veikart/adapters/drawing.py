"""Charts drawn to SVG: each once, and kept under the hash of what it shows.

A drawing is named by its specification and by what draws it, so nothing in the folder ever grows
old: it can be deleted at any time, and is made again. Our own charts are drawn in this process, in
a millisecond (`veikart.plan.charts.sketch`). Whatever else is Vega-Lite is drawn by vl-convert in a
process of its own (`veikart.adapters.pen_process`), so that no web worker ever loads V8.
"""

import hashlib
import os
import tempfile
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec

from veikart.adapters.pen import DrawingFailed, Pen
from veikart.plan.charts import Specification, canonical
from veikart.plan.charts.atlas import atlas
from veikart.plan.charts.boundaries import Shapes, shapes
from veikart.plan.charts.sketch import NotOurs, sketch
from veikart.plan.figures import Figures
from veikart.plan.indicators import Places

DRAWING = "1"
"""Raised when `slim` or the pen begins to draw the same specification in another way."""
REMEMBERED = 512
"""Drawings that a process keeps in memory, some 5 kB each."""


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A chart for a page: two drawings of which the page shows the one that fits, and its legend.

    `wide` and `narrow` are SVG, None where drawing failed (`problem` says why). `signs` names what
    the legend explains, in order, and `names` the codes of its groups or areas; `bounds` are those
    of the classes of a map. Numbers along the axis are counted in 10 to the `power`, and are `percent` or not.
    `missing` and `foreign` are codes that a map's file lacks, and that the plan does not know.
    """

    wide: str | None
    narrow: str | None
    signs: tuple[str, ...] = ()
    power: int = 0
    percent: bool = False
    names: tuple[str, ...] = ()
    bounds: tuple[float, ...] = ()
    missing: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    problem: str | None = None


def picture(wide: Specification, narrow: Specification | None = None, *, folder: Path) -> Picture:
    """The chart `wide`, and `narrow` for small screens, drawn. Never raises DrawingFailed."""
    meta = wide.get("usermeta", {})
    told: dict[str, Any] = {
        name: tuple(meta.get(name, ())) for name in ("signs", "names", "bounds")
    } | {"power": meta.get("power", 0), "percent": meta.get("percent", False)}
    try:
        small = svg(narrow, folder=folder) if narrow is not None else None
        return Picture(wide=svg(wide, folder=folder), narrow=small, **told)
    except DrawingFailed as problem:
        return Picture(wide=None, narrow=None, problem=str(problem), **told)


def map_picture(figures: Figures, places: Places, period: str, *, boundaries: Path) -> Picture:
    """The map of municipalities in the operator's file `boundaries`, written in this process.

    What is wrong with the file is in `problem`; the tile map and the table stand without it.
    """
    try:
        kept = boundaries.stat()
        drawn = atlas(_shapes(boundaries, kept.st_mtime_ns, kept.st_size), figures, places, period)
    except (OSError, ValueError) as problem:
        return Picture(wide=None, narrow=None, problem=str(problem))
    return Picture(
        wide=drawn.svg,
        narrow=None,
        signs=drawn.signs,
        bounds=drawn.bounds,
        percent=drawn.percent,
        missing=drawn.missing,
        foreign=drawn.foreign,
    )


@lru_cache(maxsize=2)
def _shapes(boundaries: Path, changed: int, size: int) -> Shapes:
    """The shapes in a file, read again when the file has changed; some 60 kB."""
    return shapes(boundaries.read_bytes())


def svg(specification: Specification, *, folder: Path) -> str:
    """The drawing of `specification`: from memory, from `folder`, or drawn now and kept there.

    Raises DrawingFailed with what was wrong, and with what to do next.
    """
    return _remembered(canonical(specification), folder)


def name_of(document: bytes) -> str:
    """The file name of the drawing of a canonical specification."""
    return hashlib.sha256(document + _maker().encode()).hexdigest() + ".svg"


@lru_cache(maxsize=REMEMBERED)
def _remembered(document: bytes, folder: Path) -> str:
    name = name_of(document)
    try:
        return (folder / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        drawn = _drawn(document)
        keep(folder, name, drawn)
        return drawn


def _drawn(document: bytes) -> str:
    try:
        return _sketched(document)
    except NotOurs:
        return _pen().draw(document)


def _sketched(document: bytes) -> str:
    """The drawing made here. Raises NotOurs if only Vega can, DrawingFailed if nobody should."""
    try:
        return sketch(msgspec.json.decode(document))
    except NotOurs:
        raise
    except ValueError as problem:
        raise DrawingFailed(f"A chart could not be drawn: {problem}") from problem


def keep(folder: Path, name: str, drawn: str) -> None:
    """Write the drawing whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=folder, delete=False, encoding="utf-8") as file:
        written = Path(file.name)
        try:
            file.write(drawn)
            file.flush()
            os.fsync(file.fileno())
            written.replace(folder / name)
        except BaseException:
            written.unlink(missing_ok=True)
            raise


@cache
def _pen() -> Pen:
    return Pen()


@cache
def _maker() -> str:
    return f"\n{DRAWING} vl-convert {version('vl-convert-python')}"
