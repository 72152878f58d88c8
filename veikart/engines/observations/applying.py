"""A mapping applied: a raw table becomes rows of the canonical kind, and every fault on the way
is kept with its row.
"""

from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa

from veikart.engines.observations.canonical import Layout
from veikart.engines.observations.coding import by_distinct, coded, constant, nulls, where
from veikart.engines.observations.faults import Faults, Rows
from veikart.engines.observations.mapping import Group, Mapping, lacking
from veikart.engines.observations.pairs import pairs, tell_silent
from veikart.engines.observations.periods import looks_like_a_separated_year
from veikart.engines.observations.periods import read as read_period
from veikart.engines.observations.raw import Raw
from veikart.engines.observations.shaping import Shaped, lacking_columns, same_headings, shape
from veikart.engines.observations.words import (
    EVERYONE,
    NATION,
    area_code,
    folded,
    lacks_leading_zero,
)

NOT_FIT = ("column_missing", "same_heading", "not_mapped", "empty")
"""The faults of a file that cannot be read with its mapping at all."""


class Mapped(msgspec.Struct, frozen=True):
    """Canonical rows that are not judged yet, with each one's row in the file.

    `table` has the columns of the layout in their types, unsorted; keys are dictionary-coded. What
    could not be read is null. `rows` are row numbers (int64).
    """

    table: pa.Table
    rows: Rows
    layout: Layout


def apply(
    raw: Raw, *, mapping: Mapping, faults: Faults, inhabitants: pa.Table | None = None
) -> Mapped:
    """The canonical rows of `raw`; what is wrong with them goes into `faults`.

    Args:
        raw: what a reader gave.
        mapping: which column is what.
        faults: the collector, which also takes over the reader's own faults.
        inhabitants: for coverage from yes and no: area, period (the year) and inhabitants (int64);
            a row's year decides.
    """
    faults.include(raw.faults)
    if _not_fit(raw, mapping, faults):
        return Mapped(mapping.layout.schema.empty_table(), np.empty(0, np.int64), mapping.layout)
    shaped = shape(raw, mapping=mapping)
    columns: dict[str, Any] = {
        "period": _periods(shaped, mapping, faults),
        "area": _areas(shaped, mapping, faults),
    }
    for group in mapping.groups:
        columns[group.column] = _categories(shaped, group, faults)
    columns |= pairs(shaped, mapping=mapping, faults=faults, inhabitants=inhabitants, keys=columns)
    layout = mapping.layout
    table = pa.table({name: columns[name] for name in layout.columns})
    tell_silent(columns["silent"], shaped, faults)
    kept = ~columns["silent"]
    if not kept.all():
        table = table.filter(pa.array(kept))
    return Mapped(table, shaped.rows[kept], layout)


def _not_fit(raw: Raw, mapping: Mapping, faults: Faults) -> bool:
    for column in lacking_columns(raw, mapping=mapping):
        faults.add(
            "column_missing",
            column=column,
            expected=f"a column “{column}”, as the mapping says",
            remedy="Choose another column in the mapping, or add the column to the file.",
            details={"wanted": column},
        )
    for names in same_headings(raw, mapping=mapping):
        faults.add(
            "same_heading",
            column=names[0],
            value=", ".join(names),
            expected=f"one column with the heading “{names[0]}”, found {len(names)}",
            remedy="Give each a heading of its own in the file, or delete what is not meant.",
        )
    for sentence in lacking(mapping):
        faults.add(
            "not_mapped",
            expected=sentence.removeprefix("Expected ").removesuffix("."),
            remedy="Choose the column in the mapping.",
            details={"needs": sentence.removeprefix("Expected ").removesuffix(".")},
        )
    if raw.table.num_rows == 0:
        faults.add(
            "empty", expected="rows below the headings, found none", remedy="Fill in the table."
        )
    return any(each.code in NOT_FIT for each in faults.all())


def _periods(shaped: Shaped, mapping: Mapping, faults: Faults) -> pa.DictionaryArray:
    if "period" not in shaped.parts:
        return constant(read_period(mapping.one_period or ""), len(shaped.rows))
    written = coded(shaped.parts["period"])
    read = by_distinct(written, read_period)
    wrong = nulls(read)
    separated = where(written, looks_like_a_separated_year) & wrong
    empty = nulls(written)

    def tell(expected: str, remedy: str) -> Callable[[int], dict[str, Any]]:
        return lambda at: {
            "row": int(shaped.rows[at]),
            "column": shaped.name("period", at),
            "value": written[at].as_py(),
            "expected": expected,
            "remedy": remedy,
        }

    faults.add_where("no_period", empty, tell=tell("a period, found an empty cell", "Fill it in."))
    faults.add_where(
        "separated_year",
        separated,
        tell=tell(
            "a year such as 2024, found one with a thousands separator",
            "Format the column as text or as a number without separators.",
        ),
    )
    faults.add_where(
        "not_a_period",
        wrong & ~separated & ~empty,
        tell=tell(
            "a period such as 2023, 2023K1, 2023M05 or 2023-Q1",
            "Write the period in one of these forms.",
        ),
    )
    return read


def _areas(shaped: Shaped, mapping: Mapping, faults: Faults) -> pa.DictionaryArray:
    """Codes; a text that holds none stays as it is, so that the check of areas can name it."""
    if "area" not in shaped.parts:
        return constant(area_code(mapping.one_area or ""), len(shaped.rows))
    written = coded(shaped.parts["area"])
    faults.add_where(
        "no_area",
        nulls(written),
        tell=lambda at: {
            "row": int(shaped.rows[at]),
            "column": shaped.name("area", at),
            "expected": "an area’s code, found an empty cell",
            "remedy": "Fill it in, with NO for the whole country.",
        },
    )
    shortened = where(written, lambda text: _padded(text) is not None)
    faults.add_where(
        "leading_zero",
        shortened,
        tell=lambda at: {
            "row": int(shaped.rows[at]),
            "column": shaped.name("area", at),
            "value": written[at].as_py(),
            "expected": f"{_padded(written[at].as_py())}, with its first zero, and is read so",
            "remedy": "Format the column as text before the codes are written.",
            "details": {"code": _padded(written[at].as_py())},
        },
    )
    return by_distinct(written, lambda text: _padded(text) or area_code(text) or text)


def _padded(text: str) -> str | None:
    return None if folded(text) in NATION else lacks_leading_zero(text)


def _categories(shaped: Shaped, group: Group, faults: Faults) -> pa.DictionaryArray:
    written = coded(shaped.parts[f"group:{group.column}"])
    everyone = {folded(text) for text in group.everyone} or EVERYONE - set(group.codes)
    codes = {folded(text): code for text, code in group.codes.items()}

    def read(text: str) -> str | None:
        plain = folded(text)
        if plain in everyone and plain not in codes:
            return None
        return codes.get(plain) if codes else " ".join(text.split())

    def unknown(text: str) -> bool:
        return read(text) is None and folded(text) not in everyone

    faults.add_where(
        "unknown_group",
        where(written, unknown),
        tell=lambda at: {
            "row": int(shaped.rows[at]),
            "column": group.source,
            "value": written[at].as_py(),
            "expected": f"one of {', '.join(list(group.codes)[:12])}",
            "remedy": "Say in the mapping which category it is, or that it means everyone.",
            "details": {"known": list(group.codes)[:12]},
        },
    )
    return by_distinct(written, read)
