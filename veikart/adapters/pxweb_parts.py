"""A question to a PxWeb service cut into parts within its limit, and the answers put together."""

import math
from typing import Any

import msgspec
import numpy as np

Selection = dict[str, list[str]]
"""For each variable of a table, in its order, the codes that are asked for."""


def cells_in(selection: Selection) -> int:
    """How many cells a selection has."""
    return math.prod(len(codes) for codes in selection.values())


def parts_of(selection: Selection, limit: int) -> list[Selection]:
    """Selections of at most `limit` cells each (at least one cell) that together are `selection`.

    The variable with the most codes is cut first, into runs of about the same length.
    """
    cells = cells_in(selection)
    if cells <= max(limit, 1):
        return [selection]
    longest = max(selection, key=lambda code: len(selection[code]))
    codes = selection[longest]
    pieces = min(math.ceil(cells / max(limit, 1)), len(codes))
    length = math.ceil(len(codes) / pieces)
    parts: list[Selection] = []
    for start in range(0, len(codes), length):
        parts += parts_of(selection | {longest: codes[start : start + length]}, limit)
    return parts


def merged(answers: list[bytes], selection: Selection) -> bytes:
    """One JSON-stat 2.0 dataset out of the answers to the parts of `selection`.

    Everything but the cells and the categories is the first answer's. Raises ValueError if a part
    is no JSON-stat, or holds a code that was not asked for.
    """
    try:
        datasets: list[dict[str, Any]] = [msgspec.json.decode(answer) for answer in answers]
        return _merged(datasets, selection)
    except (KeyError, TypeError, AttributeError, IndexError) as problem:
        raise ValueError(
            f"Expected JSON-stat 2.0 in each part of the answer, found another form ({problem!r})."
        ) from problem


def _merged(datasets: list[dict[str, Any]], selection: Selection) -> bytes:
    first = datasets[0]
    ids: list[str] = list(first["id"])
    codes = {code: selection.get(code) or _codes(first["dimension"][code]) for code in ids}
    sizes = [len(codes[code]) for code in ids]
    cells = math.prod(sizes)
    values: list[Any] = [None] * cells
    statuses: dict[str, str] = {}
    for dataset in datasets:
        places = _places(dataset, ids, codes, sizes)
        for place, value in _pairs(dataset["value"]):
            values[places[place]] = value
        for place, status in _pairs(dataset.get("status") or {}):
            if status is not None:
                statuses[str(places[place])] = status
    whole = {
        **first,
        "size": sizes,
        "dimension": {code: _dimension(datasets, code, codes[code]) for code in ids},
        "value": values,
    }
    whole.pop("status", None)
    if statuses:
        whole["status"] = statuses
    return msgspec.json.encode(whole)


def _codes(dimension: dict[str, Any]) -> list[str]:
    index = dimension["category"].get("index") or list(dimension["category"]["label"])
    return sorted(index, key=index.__getitem__) if isinstance(index, dict) else list(index)


def _places(
    dataset: dict[str, Any], ids: list[str], codes: dict[str, list[str]], sizes: list[int]
) -> list[int]:
    """Where each cell of a part stands in the whole."""
    places = np.zeros(1, dtype=np.int64)
    for code, size in zip(ids, sizes, strict=True):
        where = {each: number for number, each in enumerate(codes[code])}
        mine = np.array(
            [where[each] for each in _codes(dataset["dimension"][code])], dtype=np.int64
        )
        places = (places[:, None] * size + mine[None, :]).ravel()
    found: list[int] = places.tolist()
    return found


def _pairs(cells: Any) -> list[tuple[int, Any]]:
    if isinstance(cells, dict):
        return [(int(place), value) for place, value in cells.items()]
    return list(enumerate(cells))


def _dimension(datasets: list[dict[str, Any]], code: str, codes: list[str]) -> dict[str, Any]:
    """A dimension with the categories of all parts."""
    first = datasets[0]["dimension"][code]
    category = dict(first["category"])
    for part in ("label", "unit", "note"):
        together: dict[str, Any] = {}
        for dataset in datasets:
            together |= dataset["dimension"][code]["category"].get(part) or {}
        if together:
            category[part] = together
    category["index"] = {each: number for number, each in enumerate(codes)}
    return {**first, "category": category}
