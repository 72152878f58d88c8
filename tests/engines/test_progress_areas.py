"""Progress of whole tables of areas says what the progress of each one's series says."""

import random

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veikart.adapters import warehouse
from veikart.engines.progress.areas import assess_areas
from veikart.engines.progress.assessing import assess
from veikart.engines.progress.course import Aim, Course, Observed, end_of

KINDS = [
    (is_share, direction, milestones, target, based)
    for is_share in (True, False)
    for direction, target in (("up", 0.9), ("down", 0.0))
    for milestones in ((), ((2019, 0.5), (2024, 0.7)))
    for based in (True, False)
]


@pytest.fixture(scope="module")
def duckdb():
    return warehouse.connect(threads=1)


def random_series(draw, is_share):
    """Some years of an area, some missing, with a value that is often at a limit or repeated."""
    values = [0.0, 1.0, 0.4, 0.9, 0.002, 0.998, *(draw.random() for _ in range(6))]
    if not is_share:
        values += [-0.4, -2.0, 40.0]
    if draw.random() < 0.05:
        values.append(1.5)
    years = sorted(draw.sample(range(2014, 2034), draw.randint(1, 5)))
    if draw.random() < 0.8 and 2015 not in years:
        years = [2015, *(year for year in years if year > 2015)]
    return {str(year): None if draw.random() < 0.1 else draw.choice(values) for year in years}


def rows_of(areas):
    rows = [
        (area, end_of(period), value)
        for area, series in areas.items()
        for period, value in series.items()
    ]
    columns = dict(zip(("area", "end", "value"), zip(*rows, strict=True), strict=True))
    schema = pa.schema([("area", pa.string()), ("end", pa.float64()), ("value", pa.float64())])
    return ibis.memtable(pa.table(columns, schema=schema))


def slowly(series, kind, method):
    """Assess one area's series as any other series."""
    is_share, direction, milestones, target, based = kind
    known = [period for period, value in series.items() if value is not None]
    course = Course(
        series=tuple(Observed(*pair) for pair in series.items()),
        direction=direction,
        is_share=is_share,
        aims=aims_of(milestones if based else (), target),
        baseline_period="2015" if based else known[0],
    )
    return assess(course, method=method)[-1]


def aims_of(milestones, target):
    pairs = [*milestones, (2030, target)]
    return tuple(Aim(no=no, year=year, value=value) for no, (year, value) in enumerate(pairs, 1))


def check(backend, areas, kind):
    is_share, direction, milestones, target, based = kind
    expression = assess_areas(
        rows_of(areas),
        by=["area"],
        aims=aims_of(milestones, target),
        direction=direction,
        is_share=is_share,
        baseline_end=2016.0 if based else None,
    )
    found = {row["area"]: row for row in backend.to_pyarrow(expression).to_pylist()}
    assert set(found) == {
        area for area, s in areas.items() if any(v is not None for v in s.values())
    }
    for area, row in found.items():
        path = slowly(areas[area], kind, "path")
        ratio = slowly(areas[area], kind, "open_sdg")
        assert (row["verdict"], row["reason"]) == (path.verdict, path.reason), areas[area]
        assert row["ratio_verdict"] == ratio.verdict, areas[area]
        assert [row["now"], row["expected"], row["progress"], row["ratio"]] == [
            None if one is None else pytest.approx(one, rel=1e-9, abs=1e-9)
            for one in (path.value, path.expected, path.progress, ratio.progress)
        ], areas[area]


@settings(max_examples=5)
@given(seed=st.integers(0, 2**32), kind=st.sampled_from(KINDS))
def test_a_table_of_areas_says_what_each_series_says(duckdb, seed, kind):
    draw = random.Random(seed)

    check(duckdb, {f"{n:04}": random_series(draw, kind[0]) for n in range(60)}, kind)


def test_it_says_the_same_on_every_warehouse(backend):
    draw = random.Random(20230101)

    for kind in (KINDS[2], KINDS[-1]):
        check(backend, {f"{n:04}": random_series(draw, kind[0]) for n in range(300)}, kind)


def test_only_what_is_to_be_reached_is_assessed_by_the_table():
    values = rows_of({"0301": {"2015": 0.4}})
    given = {"by": ["area"], "direction": "up", "is_share": True}

    with pytest.raises(ValueError, match="found none"):
        assess_areas(values, aims=[], **given)
    with pytest.raises(ValueError, match="found keep"):
        assess_areas(values, aims=[Aim(no=1, year=2030, value=0.9, kind="keep")], **given)
