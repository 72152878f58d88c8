"""The workload VK-IND-1 as an operator would have it: definitions, and data sets in official codes.

Its municipalities are given the codes of today's 357, so its years are moved to those that have
them: 2015 becomes 2024, and the target of 2030 one of 2039. Sexes are k, m and x, ages a1 to a6.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.utils import timezone

from bench.warehouse import workload
from veikart.documents import services as documents
from veikart.engines.observations import canonical
from veikart.indicators import services, shelf
from veikart.indicators.models import DataSet
from veikart.places import reference_geography
from veikart.plan import indicators as plan

MOVED = 9
DAY = dt.date(2026, 1, 1)
SEXES, AGES = ("k", "m", "x"), ("a1", "a2", "a3", "a4", "a5", "a6")
LAYOUT = canonical.Layout(kind="share", breakdowns=("sex", "age"))
AS_OF = dt.date(2036, 1, 31)


def uid(number: int) -> str:
    """The address of one of the workload's indicators, which are numbered from 1."""
    return f"indikator/v{number}"


def define(numbers: Sequence[int], *, smallest: int | None = None) -> None:
    """Put the definitions of these indicators into the tables."""
    services.put_many(
        [("indicator", uid(number), _definition(number, smallest)) for number in numbers], by=None
    )


def _definition(number: int, smallest: int | None) -> dict[str, Any]:
    columns = (("sex", "Kjønn", SEXES, False), ("age", "Alder", AGES, True))
    return {
        "code": f"v{number}",
        "title": f"Innbyggere med tilbud {number}",
        "definition": "Innbyggere som har tilbudet, av alle innbyggere.",
        "kind": "share",
        "direction": "up",
        "numerator": "innbyggere med tilbudet",
        "denominator": "innbyggere",
        "unit": "andel",
        "cadence": "yearly",
        "breakdowns": [
            {"no": no, "column": column, "label": label, "ordered": ordered}
            for no, (column, label, _codes, ordered) in enumerate(columns, start=1)
        ],
        "categories": [
            {"no": no, "column": column, "code": code, "label": f"{label} {code}"}
            for no, (column, label, code) in enumerate(
                (
                    (column, label, code)
                    for column, label, codes, _ordered in columns
                    for code in codes
                ),
                start=1,
            )
        ],
        "targets": [{"no": 1, "year": 2030 + MOVED, "value": 0.9}],
        "smallest": smallest,
    }


def observations(
    folder: Path, number: int, *, yearly: bool = False, years: Sequence[int] = workload.YEARS
) -> pa.Table:
    """The cells of one indicator in `folder`, canonical; periods are months, or years of one month.

    `years` are the workload's own. Numerators that it hides are missing.
    """
    wanted = [("ind", "==", number), ("year", "in", list(years))]
    found = pq.read_table(folder / "observations.parquet", filters=wanted)
    months = [f"-{month:02}" for month in range(13)]
    return canonical.arranged(
        pa.table(
            {
                "period": _named(
                    _places(found["year"]) * 13 + _places(found["month"]) * (not yearly),
                    [f"{year + MOVED}{month if not yearly else ''}"
                     for year in range(workload.YEARS[-1] + 1) for month in months],
                ),
                "area": _named(_places(found["muni"]) - 1, codes()),
                "sex": _named(_places(found["sex"]) - 1, SEXES),
                "age": _named(_places(found["age"]) - 1, AGES),
                "numerator": found["num"].cast(pa.int64()),
                "denominator": found["den"].cast(pa.int64()),
                "status": pc.if_else(pc.is_null(found["num"]), "missing", pa.scalar(None, pa.string())),
                "note": pa.nulls(found.num_rows, pa.string()),
            }
        ),
        layout=LAYOUT,
    )  # fmt: skip


def with_totals(cells: pa.Table) -> pa.Table:
    """`cells` with a row of everyone for each municipality, county and the nation in each period.

    As in the files of the platform that the build is measured against: 6,799 rows a period.
    """
    known = cells.filter(pc.is_valid(cells["numerator"]))
    levels = [
        known["area"],
        pc.utf8_slice_codeunits(known["area"], 0, 2),
        pa.array(["NO"] * known.num_rows),
    ]
    totals = [
        known.set_column(1, "area", area)
        .group_by(["period", "area"])
        .aggregate([("numerator", "sum"), ("denominator", "sum")])
        .rename_columns({"numerator_sum": "numerator", "denominator_sum": "denominator"})
        for area in levels
    ]
    every = pa.concat_tables([cells, *totals], promote_options="permissive")
    return canonical.arranged(every, layout=LAYOUT)


def repeated(table: pa.Table, times: int) -> pa.Table:
    """`table` of one month, and the same again in the months that follow."""
    months = [f"{2024 + no // 12}-{no % 12 + 1:02}" for no in range(times)]
    parts = [table.set_column(0, "period", pa.array([month] * table.num_rows)) for month in months]
    return pa.concat_tables(part.cast(LAYOUT.schema) for part in parts).combine_chunks()


def described(number: int, table: pa.Table) -> plan.DataSet:
    """A data set as the plan tells of it, for a table that is not kept."""
    return plan.DataSet(
        uid="datasett/0123456789abcdef", indicator=uid(number), version=1, sha256="0" * 64,
        rows=table.num_rows, as_of=AS_OF, source="VK-IND-1",
    )  # fmt: skip


def take_in(number: int, table: pa.Table, *, as_of: dt.date = AS_OF) -> None:
    """Keep `table` as a data set of the indicator, as if its file had been found without faults."""
    content = canonical.encode(table, layout=LAYOUT)
    periods = pc.min_max(table["period"]).as_py()
    sha256 = hashlib.sha256(content).hexdigest()
    shelf.keep_data_set(content)
    DataSet(
        uid=f"datasett/{sha256[:16]}",
        indicator_id=uid(number),
        version=1,
        sha256=sha256,
        rows=table.num_rows,
        as_of=as_of,
        source="VK-IND-1",
        document=documents.keep("vk-ind-1.txt", b"VK-IND-1", by=None),
        mapping={},
        first_period=periods["min"],
        last_period=periods["max"],
        taken_in_at=timezone.now(),
    ).save(force_insert=True)


@cache
def codes() -> tuple[str, ...]:
    """The codes of the municipalities, in order; the workload's number 1 is the first of them."""
    return tuple(sorted(place.code for place in reference_geography().municipalities(on=DAY)))


def _places(column: pa.ChunkedArray) -> Any:
    return np.asarray(column).astype(np.int64)


def _named(places: Any, names: Sequence[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(
        pa.array(places, pa.int32()), pa.array(names, pa.string())
    ).cast(pa.string())
