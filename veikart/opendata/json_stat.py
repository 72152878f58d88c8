"""Figures as JSON-stat 2.0, the form that statistics services answer in."""

from typing import Any

import msgspec
from django.utils.translation import gettext as _

from veikart.opendata.cube import Cube, Dimension, cube
from veikart.opendata.published import Published

CONTENTS = "contents"
SPARSE = 0.35
"""Below this part of cells with anything in them, values are given by their place: from there on a
null for each empty cell takes less room."""


def write(published: Published) -> bytes:
    """A JSON-stat 2.0 dataset of area, breakdowns, period and contents.

    Contents are the value; where it is a ratio, the numerator and denominator that it is read off,
    so that others can add areas up; and its bounds where it is uncertain. A cell without a value is null, and `status` says why: missing,
    not_applicable, not_reported or suppressed. A value may be rounded or estimated.
    """
    return msgspec.json.encode(dataset(published, cube(published))) + b"\n"


def dataset(published: Published, made: Cube) -> dict[str, Any]:
    """The same of a cube that is ready, as plain values."""
    contents = _contents(published, made)
    dimensions = [*made.dimensions, contents]
    return {
        "version": "2.0",
        "class": "dataset",
        "label": published.title,
        "source": published.source,
        "updated": published.result.as_of,
        "note": _notes(published),
        "id": [dimension.id for dimension in dimensions],
        "size": [len(dimension.codes) for dimension in dimensions],
        "role": {"time": ["period"], "geo": ["area"], "metric": [CONTENTS]},
        "dimension": {each.id: _dimension(each, published) for each in dimensions},
        "value": _values(list(made.measures.values())),
        "status": _status(made, len(contents.codes)),
        "extension": {
            "indicator": published.indicator.uid,
            "version": published.figures.version,
            "borders": published.figures.borders,
            "figures_sha256": published.result.figures,
            "data_sets": [data_set.sha256 for data_set in published.data_sets],
        },
    }


def measure_labels(published: Published) -> dict[str, str]:
    """What each measure of the cube is called."""
    return {
        "value": published.title,
        "numerator": published.indicator.numerator or _("Numerator"),
        "denominator": published.indicator.denominator or _("Denominator"),
        "lower": _("Lower bound"),
        "upper": _("Upper bound"),
    }


def _contents(published: Published, made: Cube) -> Dimension:
    labels = measure_labels(published)
    codes = tuple(made.measures)
    return Dimension(CONTENTS, _("Contents"), "group", codes, tuple(labels[code] for code in codes))


def _dimension(dimension: Dimension, published: Published) -> dict[str, Any]:
    category: dict[str, Any] = {
        "index": dimension.codes,
        "label": dict(zip(dimension.codes, dimension.labels, strict=True)),
    }
    if dimension.id == CONTENTS:
        category["unit"] = {"value": {"base": unit(published)}}
    return {"label": dimension.label, "category": category}


def unit(published: Published) -> str | None:
    """What a value is counted in. Shares are parts of 1, whatever a page says."""
    if published.figures.kind in ("share", "coverage", "survey_share"):
        return _("part of 1")
    if published.figures.kind == "rate":
        return _("per %(number)d") % {"number": published.figures.per or 1}
    return published.indicator.unit


def _values(measures: list[list[Any]]) -> list[Any] | dict[str, Any]:
    """Values in row order with contents last; by place if most cells are empty."""
    width = len(measures)
    flat: list[Any] = [None] * (len(measures[0]) * width)
    for offset, values in enumerate(measures):
        flat[offset::width] = values
    if len(flat) - flat.count(None) >= SPARSE * len(flat):
        return flat
    return {str(place): value for place, value in enumerate(flat) if value is not None}


def _status(made: Cube, width: int) -> dict[str, str]:
    return {
        str(place * width + offset): made.marked[place]
        for place in sorted(made.marked)
        for offset in range(width)
    }


def _notes(published: Published) -> list[str]:
    indicator = published.indicator
    breaks = (f"{each.period}: {each.reason}" for each in indicator.breaks)
    return [text for text in (indicator.definition, indicator.quality, *breaks) if text]
