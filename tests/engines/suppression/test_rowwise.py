import random
from collections import defaultdict

import ibis
import pyarrow as pa
import pytest

from veikart.engines.suppression.rowwise import rowwise

SCHEMA = pa.schema(
    [
        ("area", pa.string()),
        ("sex", pa.string()),
        ("numerator", pa.int64()),
        ("denominator", pa.int64()),
    ]
)


def drawn(count):
    chance = random.Random(5)
    rows = []
    for _ in range(count):
        denominator = chance.choice([None, chance.randint(0, 40)])
        numerator = chance.choice(
            [None, *[chance.randint(0, 9 if denominator is None else denominator)] * 9]
        )
        rows.append((f"{chance.randrange(200):04}", chance.choice("12"), numerator, denominator))
    return rows


def slowly(rows, smallest, hide_zeros):
    """Row by row, in plain Python."""
    groups = defaultdict(list)
    for area, sex, numerator, denominator in rows:
        if numerator is not None:
            sides = [numerator] + ([] if denominator is None else [denominator - numerator])
            least = 0 if hide_zeros else 1
            groups[area, sex].append(any(least <= side < smallest for side in sides))
    return {
        key: (len(few), sum(few), int(sum(few) == 1 and len(few) > 1))
        for key, few in groups.items()
    }


@pytest.mark.parametrize("hide_zeros", [False, True])
def test_rowwise_agrees_with_going_through_the_rows(backend, hide_zeros):
    rows = drawn(1500)
    table = ibis.memtable(
        pa.Table.from_pylist([dict(zip(SCHEMA.names, r, strict=True)) for r in rows], SCHEMA)
    )

    counted = backend.to_pyarrow(
        rowwise(table, within=("area", "sex"), smallest=5, hide_zeros=hide_zeros)
    ).to_pylist()

    assert {
        (row["area"], row["sex"]): (row["cells"], row["small"], row["secondary"]) for row in counted
    } == slowly(rows, 5, hide_zeros)
