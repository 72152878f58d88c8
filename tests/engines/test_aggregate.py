"""Sums level by level, against adding up by hand, on every warehouse."""

import random

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veikart.adapters import warehouse
from veikart.engines.aggregate import LEVELS, Columns, Level, latest, roll_up

TREE = """
    0301 | 03 |           | H12
    3201 | 32 | akershus  | H12
    1103 | 11 | stavanger | H03
    1106 | 11 | fonna     | H03
    4613 | 46 | fonna     | H03
"""
PLACES = ("municipality", "county", "hospital_area", "region")
SCHEMA = pa.schema(
    [("table", "int64"), ("period", "string"), ("area", "string"), ("sex", "string"),
     ("numerator", "int64"), ("denominator", "int64")]
)  # fmt: skip
DUCKDB = warehouse.connect(threads=1)
MUNICIPALITIES = ("0301", "3201", "1103", "1106", "4613")


def cells(text):
    return [[cell.strip() or None for cell in line.split("|")] for line in text.split("\n") if line]


def places():
    return [dict(zip(PLACES, row, strict=True)) for row in cells(TREE) if len(row) == len(PLACES)]


def tree():
    return ibis.memtable(pa.Table.from_pylist(places()))


def observed(rows):
    return ibis.memtable(pa.Table.from_pylist(rows, schema=SCHEMA))


def obvious(rows, keys):
    """For every row and every area that it lies in: add it up."""
    above = {each["municipality"]: {**each, "nation": "NO"} for each in places()}
    found = {}
    for row in rows:
        for level, code in above[row["area"]].items():
            if code is not None:
                key = (*(row[name] for name in keys), level, code)
                found.setdefault(key, []).append(row)
    return {key: _added(inside) for key, inside in found.items()}


def _added(rows):
    known = [row for row in rows if row["numerator"] is not None]
    unknown = [row["denominator"] for row in rows if row["numerator"] is None]
    denominators = [row["denominator"] for row in known if row["denominator"] is not None]
    silent = {row["area"] for row in rows if row["numerator"] is None}
    return (
        sum(row["numerator"] for row in known) if known else None,
        sum(denominators) if denominators else None,
        sum(filter(None, unknown)),
        len({row["area"] for row in rows} - silent),
        len(silent),
    )


def by_key(table, keys):
    sums = ("numerator", "denominator", "unknown", "units", "units_unknown")
    return {
        tuple(row[name] for name in (*keys, "level", "area")): tuple(row[name] for name in sums)
        for row in table.to_pylist()
    }


@st.composite
def row_lists(draw):
    """Rows of shares, or of counts: those have no denominators."""
    is_count = draw(st.booleans())
    known = st.tuples(st.integers(-5, 2**40), st.none() if is_count else st.integers(0, 2**40))
    unknown = st.tuples(st.none(), st.none() if is_count else st.none() | st.integers(0, 2**40))
    listed = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["2023", "2024"]), st.sampled_from(MUNICIPALITIES),
                st.sampled_from(["k", "m"]), st.one_of(known, unknown),
            ),
            max_size=30,
        )
    )  # fmt: skip
    return [
        dict(zip(SCHEMA.names, (0, period, area, sex, *pair), strict=True))
        for period, area, sex, pair in listed
    ]


def random_rows(*, tables, seed):
    """Many tables in one, told apart by a key, so that a slow warehouse is asked once."""
    draw = random.Random(seed)
    for table in range(tables):
        for _ in range(draw.randrange(40)):
            denominator = draw.randrange(10**6)
            numerator = draw.choice((None, draw.randrange(denominator + 1)))
            place = (draw.choice(("2023", "2024")), draw.choice(MUNICIPALITIES), draw.choice("km"))
            yield dict(zip(SCHEMA.names, (table, *place, numerator, denominator), strict=True))


@pytest.mark.parametrize("keys", [("table", "period"), ("table", "period", "sex")], ids=len)
def test_random_tables_give_what_adding_up_by_hand_gives(backend, keys):
    rows = list(random_rows(tables=50, seed=1))

    summed = backend.to_pyarrow(roll_up(observed(rows), tree(), keys=keys))

    assert by_key(summed, keys) == obvious(rows, keys)


@settings(max_examples=12)
@given(rows=row_lists())
def test_any_table_gives_what_adding_up_by_hand_gives(rows):
    summed = DUCKDB.to_pyarrow(roll_up(observed(rows), tree(), keys=["period"]))

    assert by_key(summed, ["period"]) == obvious(rows, ["period"])


def test_sums_of_small_numbers_do_not_stop_at_32_bits(backend):
    many = 3
    rows = pa.table(
        {
            "ind": pa.array([1] * many, pa.int16()),
            "muni": pa.array([1, 1, 2], pa.int16()),
            "num": pa.array([2**31 - 1] * many, pa.int32()),
            "den": pa.array([2**31 - 1] * many, pa.int32()),
        }
    )
    division = pa.table(
        {"muni": pa.array([1, 2], pa.int16()), "county": pa.array([7, 7], pa.int16())}
    )
    levels = (Level("muni", "muni"), Level("county", "county", "muni"),
              Level("nation", None, "county", 0))  # fmt: skip

    summed = backend.to_pyarrow(
        roll_up(
            ibis.memtable(rows), ibis.memtable(division), keys=["ind"], levels=levels,
            columns=Columns("muni", "num", "den"),
        ).order_by("level", "area")
    )  # fmt: skip

    largest = 2**31 - 1
    assert summed.column("numerator").to_pylist() == [
        3 * largest,
        2 * largest,
        largest,
        3 * largest,
    ]
    assert {str(summed.schema.field(name).type) for name in ("numerator", "denominator")} == {
        "int64"
    }


def test_the_latest_is_the_last_period_that_is_known(backend):
    rows = [
        dict(zip(SCHEMA.names, (0, *row), strict=True))
        for row in (
            ("2022", "0301", "k", 1, 10),
            ("2023", "0301", "k", 2, 10),
            ("2024", "0301", "k", None, 10),
            ("2024", "1103", "k", None, 20),
        )
    ]
    summed = roll_up(observed(rows), tree(), keys=["period"])

    found = backend.to_pyarrow(latest(summed, keys=[], period="period")).to_pylist()

    assert {row["level"]: row for row in found}["nation"] == {
        "level": "nation", "area": "NO", "period": "2023", "numerator": 2, "denominator": 10,
    }  # fmt: skip
    assert {row["area"] for row in found} == {"0301", "03", "H12", "NO"}


def test_a_level_before_the_one_it_rests_on_is_refused():
    with pytest.raises(ValueError, match="Expected the level that region is summed from before it"):
        roll_up(observed([]), tree(), keys=["period"], levels=(LEVELS[0], LEVELS[3]))
