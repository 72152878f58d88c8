"""Inequality between units: by hand, by a slow and obvious version, on DuckDB and on Spark."""

import math
import random

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veikart.adapters import warehouse
from veikart.engines.inequality import Columns, between_regions, extremes, slope, spread

COLUMNS = ("period", "unit", "value", "weight", "region", "place")
SCHEMA = pa.schema(
    [
        ("period", pa.string()),
        ("unit", pa.string()),
        ("value", pa.float64()),
        ("weight", pa.int64()),
        ("region", pa.string()),
        ("place", pa.int64()),
    ]
)


def units_of(rows):
    """The table of units with `rows`, in the order of COLUMNS."""
    columns = list(zip(*rows, strict=True)) or [[]] * len(COLUMNS)
    return ibis.memtable(pa.table(dict(zip(COLUMNS, columns, strict=True)), schema=SCHEMA))


def written(text):
    """Rows of a table written as text; a dash is a missing value."""
    for line in text.strip().splitlines():
        period, unit, value, weight, region, place = (
            None if cell.strip() == "-" else cell.strip() for cell in line.split("|")
        )
        yield (
            period, unit, None if value is None else float(value), int(weight), region,
            None if place is None else int(place),
        )  # fmt: skip


def by_period(backend, expression):
    """What an expression gives, by period."""
    rows = backend.to_pyarrow(expression).to_pylist()
    return {row.pop("period"): row for row in rows}


# --- The slow, obvious version ------------------------------------------------------------------


def slow_spread(rows, *, hundredths="inhabitants"):
    units = sorted((x, w) for _, _, x, w, *_ in rows)
    people = sum(w for _, w in units)
    mean = sum(x * w for x, w in units) / people
    found = {"units": len(units), "mean": mean}
    if len(units) > 1:
        lowest, highest = units[0][0], units[-1][0]
        p10, p90 = (hundredth(units, tenths, hundredths) for tenths in (1, 9))
        found |= {"lowest": lowest, "highest": highest, "gap": highest - lowest}
        found |= {"p10": p10, "p90": p90, "p90_p10": p90 - p10}
        found["ratio"] = highest / lowest if lowest > 0 else None
        found["p90_p10_ratio"] = p90 / p10 if p10 > 0 else None
        if lowest >= 0 and mean > 0:
            found["cv"] = math.sqrt(sum(w / people * (x - mean) ** 2 for x, w in units)) / mean
            found["gini"] = sum(
                v * w * abs(x - y) / people**2 / mean / 2 for x, v in units for y, w in units
            )
            found["theil"] = slow_theil(units)
    return found


def hundredth(units, tenths, hundredths):
    if hundredths == "units":
        place = (len(units) - 1) * tenths / 10
        low, high = units[math.floor(place)][0], units[math.ceil(place)][0]
        return low + (high - low) * (place - math.floor(place))
    people, so_far = sum(w for _, w in units), 0
    for x, w in units:
        so_far += w
        if so_far * 10 >= tenths * people:
            return x
    raise AssertionError


def slow_theil(units):
    people, whole = sum(w for _, w in units), sum(x * w for x, w in units)
    return sum(x * w / whole * math.log(x * people / whole) for x, w in units if x > 0)


def slow_between(rows):
    units = [(x, w) for _, _, x, w, *_ in rows]
    if len(units) < 2 or min(units)[0] < 0 or max(units)[0] <= 0:
        return {"theil_between": None, "theil_within": None}
    regions = {}
    for _, _, x, w, region, _ in rows:
        regions.setdefault(region, []).append((x, w))
    means = [
        (sum(x * w for x, w in inside) / sum(w for _, w in inside), sum(w for _, w in inside))
        for inside in regions.values()
    ]
    between = slow_theil(means)
    return {"theil_between": between, "theil_within": slow_theil(units) - between}


def slow_slope(rows):
    units = [(place, x, w) for _, _, x, w, _, place in rows if place is not None]
    people = sum(w for *_, w in units)
    if len({place for place, *_ in units}) < 2:
        return None
    points = []
    for place, x, w in units:
        before = sum(v for other, _, v in units if other < place)
        here = sum(v for other, _, v in units if other == place)
        points.append(((before + here / 2) / people, x, w))
    middle = sum(r * w for r, _, w in points) / people
    mean = sum(x * w for _, x, w in points) / people
    run = sum(w * (r - middle) ** 2 for r, _, w in points)
    return sum(w * (r - middle) * (x - mean) for r, x, w in points) / run


# --- Random tables ------------------------------------------------------------------------------


def random_period(draw, period):
    """Some units with the same values, none at all, no inhabitants, no region or below 0."""
    negative = draw.random() < 0.15
    of = draw.choice([1, 10, 1000, 10**7])
    for n in range(draw.randint(1, 12)):
        value = draw.randint(-5 if negative else 0, 10) * draw.choice([1, 0.1, of]) / 10
        yield (
            period,
            f"{n:04}",
            None if draw.random() < 0.1 else value,
            draw.choice([0, 1, 7, 500, 5_000, 700_000]),
            draw.choice(["A", "B", "C", None]),
            draw.choice([1, 2, 3, 4, None]),
        )


def check_against_the_slow_version(backend, rows):
    table = units_of(rows)
    found = {
        "units": by_period(backend, spread(table, by=["period"], hundredths="units")),
        "inhabitants": by_period(backend, spread(table, by=["period"])),
    }
    between = by_period(backend, between_regions(table, by=["period"], region="region"))
    slopes = by_period(backend, slope(table, by=["period"], order="place"))
    for period in {row[0] for row in rows}:
        known = [r for r in rows if r[0] == period and r[2] is not None and r[3] > 0]
        if not known:
            assert not any(period in one for one in (*found.values(), between, slopes))
            continue
        for hundredths, periods in found.items():
            slow = slow_spread(known, hundredths=hundredths)
            assert_same(periods[period], {key: slow.get(key) for key in periods[period]})
        assert_same(between[period], slow_between(known))
        assert_same(slopes.get(period, {"slope": None}), {"slope": slow_slope(known)})


def assert_same(found, slow):
    assert {key for key in found if found[key] is None} == {k for k in slow if slow[k] is None}
    assert {k: v for k, v in found.items() if v is not None} == pytest.approx(
        {k: v for k, v in slow.items() if v is not None}, rel=1e-9, abs=1e-9
    )


def test_random_tables_give_what_the_slow_version_gives(backend):
    draw = random.Random(20230101)
    rows = [row for n in range(150) for row in random_period(draw, f"{1900 + n}")]

    check_against_the_slow_version(backend, rows)


@pytest.fixture(scope="module")
def duckdb():
    return warehouse.connect(threads=1)


@settings(max_examples=5)
@given(seed=st.integers(0, 2**32), periods=st.integers(1, 30))
def test_any_table_gives_what_the_slow_version_gives(duckdb, seed, periods):
    draw = random.Random(seed)

    check_against_the_slow_version(
        duckdb, [row for n in range(periods) for row in random_period(draw, f"{1900 + n}")]
    )


# --- By hand ------------------------------------------------------------------------------------

BY_HAND = """
    2020 | 0301 | 0.8 | 100 | H12 | 2
    2020 | 1101 | 0.4 | 100 | H03 | 1
    2021 | 0301 | 0.8 | 100 | H12 | 2
    2022 | 0301 | 0.5 | 100 | H12 | 2
    2022 | 1101 | 0.5 | 900 | H03 | 1
    2023 | 0301 | 0.0 | 100 | H12 | 2
    2023 | 1101 | 0.4 | 300 | H03 | 1
    2023 | 1103 | -   | 300 | H03 | 1
    2024 | 0301 | 0   | 100 | H12 | 2
    2024 | 1101 | 0   | 100 | H03 | 1
    2025 | 0301 | -   | 100 | H12 | 2
    2026 | 0301 | -5  | 100 | H12 | 2
    2026 | 1101 | 10  | 100 | H03 | 2
"""


def test_small_tables_give_what_one_can_work_out_by_hand(duckdb):
    found = by_period(duckdb, spread(units_of(written(BY_HAND)), by=["period"]))

    keys = ("units", "mean", "gap", "ratio", "p90_p10", "p90_p10_ratio", "cv", "gini", "theil")
    third = math.log(4 / 3) * 2 / 3 + math.log(2 / 3) / 3
    assert {period: [row[key] for key in keys] for period, row in found.items()} == {
        "2020": pytest.approx([2, 0.6, 0.4, 2, 0.4, 2, 1 / 3, 1 / 6, third]),
        "2021": [1, 0.8, None, None, None, None, None, None, None],
        "2022": [2, 0.5, 0, 1, 0, 1, 0, 0, 0],
        "2023": [2, pytest.approx(0.3), 0.4, None, 0.4, None,
                 pytest.approx(1 / math.sqrt(3)), 0.25, pytest.approx(math.log(4 / 3))],
        "2024": [2, 0, 0, None, 0, None, None, None, None],
        "2026": [2, 2.5, 15, None, 15, None, None, None, None],
    }  # fmt: skip


def test_theil_is_divided_between_and_within_regions(duckdb):
    rows = list(written(BY_HAND))
    found = by_period(duckdb, between_regions(units_of(rows), by=["period"], region="region"))
    within = by_period(
        duckdb, between_regions(units_of([(*r[:4], "H", r[5]) for r in rows]), by=["period"],
                                region="region"),
    )  # fmt: skip

    third = pytest.approx(math.log(4 / 3) * 2 / 3 + math.log(2 / 3) / 3)
    assert found["2020"] == {"theil_between": third, "theil_within": 0}
    assert within["2020"] == {"theil_between": 0, "theil_within": third}
    assert found["2021"] == {"theil_between": None, "theil_within": None}


def test_the_slope_goes_from_the_lowest_place_to_the_highest(duckdb):
    found = by_period(duckdb, slope(units_of(written(BY_HAND)), by=["period"], order="place"))

    assert {period: row["slope"] for period, row in found.items()} == {
        "2020": pytest.approx(0.8),  # 0.4 at a quarter and 0.8 at three quarters of inhabitants
        "2021": None,
        "2022": 0,
        "2023": pytest.approx(-0.8),
        "2024": 0,
        "2026": None,
    }


def test_best_and_worst_are_named_the_first_by_code_of_equals(duckdb):
    table = units_of(written(BY_HAND))

    up = by_period(duckdb, extremes(table, by=["period"], more_is_better=True))
    down = by_period(duckdb, extremes(table, by=["period"], more_is_better=False))

    assert up == {
        "2020": {"worst": "1101", "best": "0301"},
        "2021": {"worst": None, "best": None},
        "2022": {"worst": "0301", "best": "0301"},
        "2023": {"worst": "0301", "best": "1101"},
        "2024": {"worst": "0301", "best": "0301"},
        "2026": {"worst": "0301", "best": "1101"},
    }
    assert down["2020"] == {"worst": "0301", "best": "1101"}


def test_columns_may_be_called_otherwise_and_several_be_kept_apart(duckdb):
    table = ibis.memtable(
        pa.table(
            {"no": [1, 1, 2, 2], "year": [2020] * 4, "area": [5, 6, 5, 6],
             "share": [0.4, 0.8, 0.1, 0.1], "people": [1.5, 1.5, 1, 2]}
        )
    )  # fmt: skip

    called = Columns(unit="area", value="share", weight="people")
    found = duckdb.to_pyarrow(spread(table, by=["no", "year"], columns=called).order_by("no"))

    assert found["no"].to_pylist() == [1, 2]
    assert found["gini"].to_pylist() == [pytest.approx(1 / 6), 0]


@settings(max_examples=10)
@given(
    st.lists(
        st.tuples(st.integers(1, 999), st.integers(1, 10**6)), min_size=2, max_size=8
    ),
    st.integers(2, 9),
)  # fmt: skip
def test_inequality_is_the_same_in_any_unit_and_among_any_multiple_of_people(duckdb, units, times):
    plain = [("1", f"{n}", x / 1000, w, "A", 1) for n, (x, w) in enumerate(units)]
    more = [("2", code, x * times, w * times, *rest) for _, code, x, w, *rest in plain]

    found = by_period(duckdb, spread(units_of(plain + more), by=["period"]))

    alike = ("ratio", "p90_p10_ratio", "cv", "gini", "theil")
    assert [found["1"][key] for key in alike] == pytest.approx(
        [found["2"][key] for key in alike], rel=1e-9, abs=1e-9
    )
    assert 0 <= found["1"]["gini"] < 1
