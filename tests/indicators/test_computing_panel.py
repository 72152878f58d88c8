"""Arrays in this process and questions to a warehouse come to the same bytes."""

import random
from itertools import cycle

import pytest

from tests.indicators.computed import cells, computed, definition, told
from veikart.adapters import warehouse


class Far:
    """DuckDB as if it were somewhere else, so that it is asked for everything."""

    name = "far"

    def __init__(self):
        self._backend = warehouse.connect(threads=1)

    def to_pyarrow(self, expression):
        return self._backend.to_pyarrow(expression)


COMPLETE = """
    2019 | 0301 | k | 30 | 300
    2019 | 0301 | m | 20 | 400
    2019 | 1103 | k | 11 | 70
    2019 | 1103 | m | -  | 80
    2019 | 1111 | k | 7  | 30
    2019 | 1111 | m | 8  | 30
    2019 | 1112 | k | 4  | 20
    2019 | 1112 | m | 2  | 20
    2020 | 0301 | k | 41 | 300
    2020 | 0301 | m | 33 | 400
    2020 | 1103 | k | 17 | 70
    2020 | 1103 | m | 5  | 80
    2020 | 1110 | k | 9  | 50
    2020 | 1110 | m | 12 | 50
"""
WITH_TOTALS = f"""
    {COMPLETE.strip()}
    2019 | 11   | - | 31 | 250
    2019 | NO   | k | 51 | 420
    2019 | NO   | - | 99 | 1000
    2020 | 1103 | - | 23 | 150
"""
COUNTIES = """
    2019 | 03 | k | 30 | 300
    2019 | 11 | k | -  | 120
    2020 | 03 | m | 41 | 300
"""
NATION = "2019 | NO | - | 30 | 300"


@pytest.mark.parametrize("kind", ["share", "coverage", "rate", "survey_share"])
@pytest.mark.parametrize("text", [COMPLETE, WITH_TOTALS, COUNTIES, NATION], ids=len)
def test_both_ways_give_the_same_bytes(kind, text):
    fields = {
        "direction": "down",
        "breakdowns": "sex: k m",
        "per": 1000 if kind == "rate" else None,
    }
    indicator = definition(kind, **fields)

    near = computed(indicator, text, backend=warehouse.connect(threads=1))
    far = computed(indicator, text, backend=Far())

    assert near.figures_bytes == far.figures_bytes
    assert near.result == far.result


def test_counts_have_no_denominator_either_way():
    text = "\n".join(
        " | ".join([*(cell or "-" for cell in row[:4]), "-"]) for row in cells(COMPLETE)
    )
    indicator = definition("count", breakdowns="sex: k m")

    near = computed(indicator, text, backend=warehouse.connect(threads=1))
    far = computed(indicator, text, backend=Far())

    assert told(near, "nation", "NO")["2020"] == (117, None)
    assert near.figures_bytes == far.figures_bytes


def test_what_is_full_of_gaps_is_left_to_the_warehouse_and_adds_up_all_the_same():
    draw = random.Random(1)
    codes = [f"{no:03}" for no in range(400)]
    rows = [(f"2020-{month:02}", code) for month in range(1, 13) for code in draw.sample(codes, 30)]
    text = "\n".join(
        f"{period} | 0301 | {a} | {b} | 1 | 2" for (period, a), b in zip(rows, cycle(codes))
    )
    indicator = definition("share", breakdowns=f"one: {' '.join(codes)}; other: {' '.join(codes)}")

    found = computed(indicator, text, backend=warehouse.connect(threads=1))

    assert set(told(found, "nation", "NO").values()) == {(30, 60)}
