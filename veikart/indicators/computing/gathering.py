"""The data sets of one version of an indicator become one table of observations.

Keys are kept as dictionaries, each different text once: what follows looks at places in them.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from veikart.engines.observations import periods
from veikart.engines.observations.canonical import Layout, arranged
from veikart.engines.observations.coding import coded
from veikart.engines.observations.keys import row_keys
from veikart.plan.indicators import DataSet, Indicator

Source = tuple[DataSet, pa.Table | Path]


def layout_of(definition: Indicator) -> Layout:
    """The canonical columns of the indicator. Raises ValueError if it has no kind."""
    if definition.kind is None:
        raise ValueError(
            f"Expected the kind of {definition.uid}, found none. "
            "Say in its definition whether it is a share, a count or something else."
        )
    return Layout(
        kind=definition.kind,
        breakdowns=tuple(each.column for each in sorted(definition.breakdowns, key=lambda b: b.no)),
    )


def gathered(definition: Indicator, data_sets: Sequence[Source]) -> pa.Table:
    """All observations, canonical: of equal keys the one in the data set of the latest date counts.

    Of the same date, the one whose hash comes last in order. What is no number counts as missing.
    Raises ValueError for a table that is not canonical, and for periods of several lengths: a month
    is no later value of a series of years.
    """
    layout = layout_of(definition)
    in_order = sorted(data_sets, key=lambda source: (source[0].as_of, source[0].sha256))
    tables = [_read(source, layout) for source in in_order]
    if not tables:
        return schema_of(layout).empty_table()
    every = tables[0]
    if len(tables) > 1:
        every = _latest(pa.concat_tables(tables).unify_dictionaries().combine_chunks(), layout)
    _refuse_mixed_lengths(every, definition)
    return every


def schema_of(layout: Layout) -> pa.Schema:
    """The canonical columns, their keys as dictionaries."""
    return pa.schema(
        field.with_type(_CODED) if field.name in layout.keys else field
        for field in layout.schema.remove_metadata()
    )


_CODED = pa.dictionary(pa.int32(), pa.string())


def _refuse_mixed_lengths(table: pa.Table, definition: Indicator) -> None:
    """A file of several lengths is not taken in; two files of one each are told apart here only."""
    texts = coded(table["period"]).dictionary.to_pylist()
    examples = {periods.parse(text).length: text for text in sorted(texts)}
    if len(examples) > 1:
        found = ", ".join(f"{text} ({length})" for length, text in sorted(examples.items()))
        raise ValueError(
            f"Expected periods of one length in the data sets of {definition.uid}, found {found}. "
            "Take those of the other length in under a new version of its definition."
        )


def _read(source: Source, layout: Layout) -> pa.Table:
    data_set, content = source
    if isinstance(content, pa.Table):
        return _coded(arranged(_without_nan(content), layout=layout), layout)
    found = pq.ParquetFile(content, read_dictionary=layout.keys).read(use_threads=False)
    lacking = [name for name in layout.columns if name not in found.column_names]
    if lacking:
        raise ValueError(
            f"Expected the columns {', '.join(layout.columns)} in {data_set.uid}; "
            f"{', '.join(lacking)} is missing. Take the file in again with this definition."
        )
    # It was checked when it was kept, and its hash says that it is still the same.
    return _without_nan(_coded(found.select(layout.columns), layout))


def _coded(table: pa.Table, layout: Layout) -> pa.Table:
    for no, name in enumerate(layout.columns):
        if name in layout.keys:
            table = table.set_column(no, name, coded(table[name]))
    return table.cast(schema_of(layout))


def _without_nan(table: pa.Table) -> pa.Table:
    for name in ("numerator", "denominator"):
        if name in table.column_names and pa.types.is_floating(table[name].type):
            column = table[name]
            cleaned = pc.if_else(pc.is_finite(column), column, pa.scalar(None, column.type))
            table = table.set_column(table.schema.get_field_index(name), name, cleaned)
    return table


def _latest(table: pa.Table, layout: Layout) -> pa.Table:
    keys = row_keys([table[name] for name in layout.keys])
    _, from_the_end = np.unique(keys[::-1], return_index=True)
    return table.take(pa.array(len(keys) - 1 - from_the_end))
