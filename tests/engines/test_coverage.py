"""Coverage in units and in inhabitants, against counting by hand, on every warehouse."""

import random

import ibis
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from veikart.adapters import warehouse
from veikart.engines.aggregate import Columns, Level
from veikart.engines.coverage import COUNTS, cover

PLACES = {
    "0301": {"county": "03", "hospital_area": None, "region": "H12"},
    "1103": {"county": "11", "hospital_area": "stavanger", "region": "H03"},
    "1106": {"county": "11", "hospital_area": "fonna", "region": "H03"},
    "4613": {"county": "46", "hospital_area": "fonna", "region": "H03"},
}
SCHEMA = pa.schema(
    [("period", "string"), ("area", "string"), ("numerator", "int64"), ("denominator", "int64")]
)
DUCKDB = warehouse.connect(threads=1)


def tree():
    rows = [{"municipality": area, **above} for area, above in PLACES.items()]
    return ibis.memtable(pa.Table.from_pylist(rows))


def observed(rows):
    columns = {name: [row[no] for row in rows] for no, name in enumerate(SCHEMA.names)}
    return ibis.memtable(pa.table(columns, schema=SCHEMA))


def found_on(backend, rows):
    """What `cover` says, by period, level and area."""
    table = backend.to_pyarrow(cover(observed(rows), tree(), keys=["period"]))
    return {
        (row["period"], row["level"], row["area"]): tuple(row[name] for name in COUNTS)
        for row in table.to_pylist()
    }


def obvious(rows):
    """Each unit by itself, then counted in every area that it lies in."""
    units = {}
    for period, area, covered, inhabitants in rows:
        units.setdefault((period, area), []).append((covered, inhabitants))
    sums = {}
    for (period, area), parts in units.items():
        counted = _counted(parts)
        for level, code in {"municipality": area, **PLACES[area], "nation": "NO"}.items():
            if code is not None:
                before = sums.get((period, level, code), (0,) * len(COUNTS))
                sums[period, level, code] = tuple(map(sum, zip(before, counted, strict=True)))
    return sums


def _counted(parts):
    covered = sum(number for number, _ in parts if number is not None)
    unknown = sum(inhabitants for number, inhabitants in parts if number is None)
    everyone = sum(inhabitants for _, inhabitants in parts)
    silent = all(number is None for number, _ in parts)
    offers = covered > 0 and covered >= everyone / 2
    may_offer = covered + unknown >= everyone / 2 if everyone else silent
    return (
        int(offers), int(not may_offer), int(may_offer and not offers),
        covered, everyone - unknown - covered, unknown, everyone if offers else 0,
    )  # fmt: skip


def random_rows(seed, *, periods):
    draw = random.Random(seed)
    for period in range(periods):
        for area in PLACES:
            for _ in range(draw.randrange(3)):
                inhabitants = draw.choice((0, draw.randrange(1, 1000)))
                covered = draw.choice((None, 0, inhabitants, draw.randrange(inhabitants + 1)))
                yield f"{2000 + period}", area, covered, inhabitants


def test_random_units_give_what_counting_by_hand_gives(backend):
    rows = list(random_rows(1, periods=60))

    assert found_on(backend, rows) == obvious(rows)


@settings(max_examples=12)
@given(
    rows=st.lists(
        st.tuples(
            st.just("2024"),
            st.sampled_from(sorted(PLACES)),
            st.none() | st.integers(0, 2**31),
            st.integers(0, 2**32),
        ).map(lambda row: (*row[:2], row[2] and min(row[2], row[3]), row[3])),
        max_size=12,
    )
)
def test_any_units_give_what_counting_by_hand_gives(rows):
    assert found_on(DUCKDB, rows) == obvious(rows)


def test_a_unit_that_is_partly_covered_offers_from_half_of_its_inhabitants_on():
    rows = [("2024", "1103", 50, 100), ("2024", "1106", 49, 100), ("2024", "4613", 0, 10)]

    nation = found_on(DUCKDB, rows)["2024", "nation", "NO"]

    assert dict(zip(COUNTS, nation, strict=True)) == {
        "units_offering": 1, "units_not": 2, "units_unknown": 0,
        "covered": 99, "not_covered": 111, "unknown": 0, "in_offering": 100,
    }  # fmt: skip


def test_the_unknown_are_neither_with_nor_without():
    rows = [("2024", "1103", None, 100), ("2024", "1106", 30, 60), ("2024", "1106", None, 40)]

    county = found_on(DUCKDB, rows)["2024", "county", "11"]

    assert dict(zip(COUNTS, county, strict=True)) == {
        "units_offering": 0, "units_not": 0, "units_unknown": 2,
        "covered": 30, "not_covered": 30, "unknown": 140, "in_offering": 0,
    }  # fmt: skip


def test_a_warehouse_of_integers_is_counted_by_the_same_expression():
    cells = pa.table(
        {
            "ind": pa.array([1, 1, 1], pa.int16()),
            "muni": pa.array([1, 1, 2], pa.int16()),
            "num": pa.array([3, 2, None], pa.int32()),
            "den": pa.array([5, 5, 7], pa.int32()),
        }
    )
    division = pa.table(
        {"muni": pa.array([1, 2], pa.int16()), "county": pa.array([7, 7], pa.int16())}
    )
    levels = (
        Level("muni", "muni"),
        Level("county", "county", "muni"),
        Level("nation", None, "county", 0),
    )

    found = cover(
        ibis.memtable(cells), ibis.memtable(division), keys=["ind"], levels=levels,
        columns=Columns("muni", "num", "den"),
    )  # fmt: skip

    rows = {row["level"]: row for row in DUCKDB.to_pyarrow(found).to_pylist()}
    assert rows["nation"] == {
        "ind": 1, "level": "nation", "area": 0, "units_offering": 1, "units_not": 0,
        "units_unknown": 1, "covered": 5, "not_covered": 5, "unknown": 7, "in_offering": 10,
    }  # fmt: skip
