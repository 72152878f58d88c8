"""JSON-stat (2.0, and the older forms that PxWeb gives) as a raw table."""

import math
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa

from veikart.engines.observations.raw import MOST_ROWS, Column, Raw, Role
from veikart.engines.proposal import Unreadable

VALUE, STATUS = "value", "status"
ROLES: tuple[Role, ...] = ("time", "geo", "metric")

Json = dict[str, Any]


def read_json_stat(name: str, content: bytes) -> Raw:
    """The raw table in JSON-stat: a column of codes for each dimension, `value` and `status`.

    Takes a dataset, the first dataset in a collection, and the bundles of version 1; values and
    statuses may be lists or sparse. A cell without a value is null. The labels of codes are in the
    columns. Raises Unreadable (`not_json`, `no_dataset`, `too_many_rows`).
    """
    dataset = _dataset(name, _decoded(name, content))
    try:
        return _raw(name, dataset)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError) as problem:
        raise Unreadable(
            "broken_file",
            "Expected JSON-stat whose dimensions, sizes and values fit each other; in "
            f"{name} they do not ({type(problem).__name__}: {problem}). Fetch the table again.",
        ) from problem


def _decoded(name: str, content: bytes) -> Any:
    try:
        return msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as problem:
        raise Unreadable(
            "not_json", f"Expected JSON; {name} cannot be read ({problem}). Fetch the table again."
        ) from problem


def _dataset(name: str, decoded: Any) -> Json:
    if isinstance(decoded, dict):
        for item in (decoded, *_items(decoded)):
            if _is_dataset(item):
                dataset: Json = item
                return dataset
    raise Unreadable(
        "no_dataset",
        f"Expected JSON-stat with a dataset in it; {name} has none. Ask the service for the format "
        "json-stat2.",
    )


def _is_dataset(part: Any) -> bool:
    return (
        isinstance(part, dict)
        and isinstance(part.get("dimension"), dict)
        and ("id" in part or "id" in part["dimension"])
        and "value" in part
    )


def _items(decoded: Json) -> list[Any]:
    if decoded.get("class") == "collection":
        link = decoded.get("link")
        items = link.get("item") if isinstance(link, dict) else None
        return items if isinstance(items, list) else []
    return list(decoded.values())


def _raw(name: str, dataset: Json) -> Raw:
    dimension = dataset["dimension"]
    ids = [str(each) for each in dataset.get("id") or dimension["id"]]
    sizes = [_size(each) for each in dataset.get("size") or dimension["size"]]
    cells = math.prod(sizes)
    if len(ids) != len(sizes) or len(set(ids)) != len(ids) or {VALUE, STATUS} & set(ids):
        raise ValueError("the dimensions' names")
    if cells > MOST_ROWS:
        raise Unreadable(
            "too_many_rows",
            f"Expected at most {MOST_ROWS:,} cells; {name} has {cells:,}. Ask for fewer at a time.",
        )
    roles = _roles(dataset.get("role") or dimension.get("role") or {})
    columns = tuple(_column(each, dimension[each], roles.get(each)) for each in ids)
    table: dict[str, pa.Array] = {
        each: _codes(_ordered(dimension[each]), place, sizes) for place, each in enumerate(ids)
    }
    table[VALUE] = _values(dataset["value"], cells)
    table[STATUS] = _statuses(dataset.get("status"), cells)
    return Raw(
        name=name,
        form="json_stat",
        table=pa.table(table),
        rows=pa.array(np.arange(1, cells + 1)),
        columns=(*columns, Column(name=VALUE), Column(name=STATUS)),
        title=_text(dataset.get("label")),
        source=_text(dataset.get("source")),
        updated=_text(dataset.get("updated")),
        notes=_notes(dataset.get("note")),
    )


def _size(size: Any) -> int:
    if not isinstance(size, int) or isinstance(size, bool) or size < 0:
        raise ValueError(f"a size of {size!r}")
    return size


def _roles(role: Json) -> dict[str, Role]:
    return {str(each): kind for kind in ROLES for each in role.get(kind) or ()}


def _ordered(dimension: Json) -> list[str]:
    """The codes of a dimension in the order of its cells."""
    category = dimension["category"]
    index = category.get("index")
    if isinstance(index, dict):
        return [str(code) for code, _ in sorted(index.items(), key=lambda item: item[1])]
    if isinstance(index, list):
        return [str(code) for code in index]
    return [str(code) for code in category["label"]]


def _codes(codes: list[str], place: int, sizes: list[int]) -> pa.DictionaryArray:
    """The column of a dimension: its codes as often and in the order in which the cells need them."""
    if len(codes) != sizes[place]:
        raise ValueError(f"{len(codes)} codes for a size of {sizes[place]}")
    inner, outer = math.prod(sizes[place + 1 :]), math.prod(sizes[:place])
    indices = np.tile(np.repeat(np.arange(sizes[place], dtype=np.int32), inner), outer)
    return pa.DictionaryArray.from_arrays(pa.array(indices), pa.array(codes, pa.string()))


def _values(values: Any, cells: int) -> pa.Array:
    if isinstance(values, dict):
        listed: list[Any] = [None] * cells
        for place, value in values.items():
            listed[_place(place, cells)] = value
        values = listed
    if len(values) != cells:
        raise ValueError(f"{len(values):,} values for {cells:,} cells")
    try:
        return pa.array(values, pa.float64())
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return pa.array([None if each is None else _plain(each) for each in values], pa.string())


def _statuses(statuses: Any, cells: int) -> pa.Array:
    if isinstance(statuses, str):
        return pa.array([statuses] * cells, pa.string()).dictionary_encode()
    listed: list[str | None] = [None] * cells
    pairs = statuses.items() if isinstance(statuses, dict) else enumerate(statuses or ())
    for place, status in pairs:
        listed[_place(place, cells)] = None if status is None else _plain(status) or None
    return pa.array(listed, pa.string()).dictionary_encode()


def _place(place: Any, cells: int) -> int:
    number = int(place)
    if not 0 <= number < cells:
        raise ValueError(f"a cell {number:,} among {cells:,}")
    return number


def _column(name: str, dimension: Json, role: Role | None) -> Column:
    category = dimension["category"]
    labels = {str(code): _plain(text) for code, text in (category.get("label") or {}).items()}
    units = {
        str(code): _plain(unit.get("base") or unit.get("label") or "")
        for code, unit in (category.get("unit") or {}).items()
        if isinstance(unit, dict)
    }
    return Column(
        name=name, label=_text(dimension.get("label")), role=role, labels=labels, units=units
    )


def _text(value: Any) -> str | None:
    return _plain(value) if isinstance(value, str) and value.strip() else None


def _plain(value: Any) -> str:
    return " ".join(str(value).encode("utf-8", "replace").decode().split())


def _notes(note: Any) -> tuple[str, ...]:
    notes = [note] if isinstance(note, str) else note if isinstance(note, list) else []
    return tuple(text for each in notes if (text := _text(each)))
