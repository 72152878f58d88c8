import datetime as dt
import math
import random
from collections import defaultdict

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veikart.adapters import warehouse
from veikart.engines.aggregate import Columns
from veikart.engines.geography.carry import carry, redistrict, steps_table
from veikart.engines.geography.crosswalk import crosswalk
from veikart.places import reference_geography

KINDS = ("share", "coverage", "rate", "count", "amount", "survey_share")
YEARS = range(2010, 2027)
DAY = dt.date(2024, 1, 1)


def table(rows, kind="count", breakdowns=()):
    number = pa.float64() if kind == "survey_share" else pa.int64()
    text = pa.string()
    fields = [("period", text), ("area", text), *((name, text) for name in breakdowns)]
    fields += [("numerator", number), ("denominator", number), ("status", text)]
    schema = pa.schema(fields)
    return pa.Table.from_pylist(
        [{name: row.get(name) for name in schema.names} for row in rows], schema=schema
    )


def written(text):
    heading, *lines = [
        [cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()
    ]
    return [
        {
            name: int(cell) if name in ("numerator", "denominator") else cell
            for name, cell in zip(heading, line, strict=True)
            if cell != "-"
        }
        for line in lines
    ]


def carried(backend, rows, *, kind, to=DAY, codes_of=None, columns=None):
    years = {int(row["period"][:4]) for row in rows}
    steps = steps_table(reference_geography(), years=years, to=to, codes_of=codes_of)
    expression = carry(ibis.memtable(table(rows, kind)), ibis.memtable(steps), kind=kind)
    columns = columns or ("period", "area", "numerator", "denominator", "estimated")
    found = backend.to_pyarrow(expression.select(*columns))
    return sorted((tuple(row.values()) for row in found.to_pylist()), key=str)


def slow(rows, *, kind, to, breakdowns=()):
    """Row by row, in plain Python: what `carry` says, in no hurry."""
    geography = reference_geography()
    sums = defaultdict(list)
    for row in rows:
        steps = [
            (step.to_code, step.share_from, step.share_to)
            for step in crosswalk(geography, dt.date(int(row["period"][:4]), 1, 1), to)
            if step.from_code == row["area"]
        ]
        for area, start, end in steps or [(row["area"], 0.0, 1.0)]:
            numerator, denominator = slow_parts(row, kind, start, end)
            key = (row["period"], area, *(row[name] for name in breakdowns), row["status"])
            sums[*key, numerator is not None].append(
                (numerator, denominator, (start, end) != (0.0, 1.0))
            )
    return {
        (
            *key[:-2],
            slow_sum(n for n, _, _ in parts),
            slow_denominator(parts, is_known=key[-1]),
            key[-2],
            any(estimated for *_, estimated in parts),
        )
        for key, parts in sums.items()
    }


def slow_parts(row, kind, start, end):
    def part(n):
        if n is None:
            return None
        if isinstance(n, float):
            return n if (start, end) == (0.0, 1.0) else n * (end - start)
        last = n if end == 1.0 else math.floor(n * end + 0.5)
        return last - math.floor(n * start + 0.5)

    numerator, denominator = row["numerator"], row["denominator"]
    if kind in ("share", "coverage") and numerator is not None and denominator is not None:
        return part(numerator), part(numerator) + part(denominator - numerator)
    return part(numerator), part(denominator)


def slow_sum(numbers):
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def slow_denominator(parts, *, is_known):
    """That of the unknown is missing where there is nobody of whom it is not known."""
    found = slow_sum(denominator for _, denominator, _ in parts)
    return found if is_known else found or None


def some_rows(kind, *, rng, many):
    geography = reference_geography()
    keys = set()
    while len(keys) < many:
        year = rng.randrange(2010, 2027)
        day = dt.date(year, 1, 1)
        places = (*geography.municipalities(on=day), *geography.counties(on=day))
        area = rng.choice([*(place.code for place in places), "1507", "1850", "3118", "H12", "NO"])
        keys.add((f"{year}{rng.choice(['', '-07'])}", area, rng.choice([None, "f", "m"])))
    return [
        {"period": period, "area": area, "sex": sex, **some_numbers(kind, rng)}
        for period, area, sex in sorted(keys, key=str)
    ]


def some_numbers(kind, rng):
    denominator = rng.choice([0, 1, rng.randrange(100), rng.randrange(10**6)])
    numerator = rng.randrange(denominator + 1)
    if kind == "amount":
        numerator = rng.choice([-1, 1]) * rng.randrange(2**60)
    if kind == "survey_share":
        numerator, denominator = numerator * 0.37, float(denominator)
    status = rng.choice(["missing", "not_reported", None]) if rng.random() < 0.2 else "known"
    return {
        "numerator": numerator if status == "known" else None,
        "denominator": None if kind in ("count", "amount") else denominator,
        "status": None if status == "known" else status,
    }


def test_each_periods_codes_are_carried_to_one_day_in_one_expression(backend):
    rows = written("""
        period | area | numerator | denominator
        2017   | 1534 |      9000 |        9300
        2017   | 1504 |     40000 |       47000
        2021   | 1507 |     60001 |       66999
        2024   | 1508 |     50000 |       58509
        2024   | 1580 |      9000 |        9357
        2023   | 38   |       100 |         100
        2023   | NO   |   1000000 |     5488984
    """)

    assert carried(backend, rows, kind="share") == [
        ("2017", "1508", 40_000, 47_000, False),
        ("2017", "1580", 9_000, 9_300, False),
        ("2021", "1508", 51_727, 57_760, True),
        ("2021", "1580", 8_274, 9_239, True),
        ("2023", "39", 59, 59, True),
        ("2023", "40", 41, 41, True),
        ("2023", "NO", 1_000_000, 5_488_984, False),
        ("2024", "1508", 50_000, 58_509, False),
        ("2024", "1580", 9_000, 9_357, False),
    ]


def test_what_is_unknown_stays_beside_what_is_known_and_is_never_a_no(backend):
    rows = written("""
        period | area | numerator | denominator | status
        2019   | 0122 |      5000 |        5000 | -
        2019   | 0123 |         0 |        6000 | -
        2019   | 0124 |         - |       15000 | not_reported
        2019   | 0125 |         - |       11000 | -
    """)
    columns = ("period", "area", "status", "numerator", "denominator", "estimated")

    assert carried(backend, rows, kind="coverage", columns=columns) == [
        ("2019", "3118", "not_reported", None, 15_000, False),
        ("2019", "3118", None, 5_000, 11_000, False),
        ("2019", "3118", None, None, 11_000, False),
    ]


def test_a_series_in_the_codes_of_one_day_is_carried_from_that_day(backend):
    rows = written("""
        period | area | numerator
        2015   | 3118 |       100
        2016   | 3118 |       200
    """)

    found = carried(backend, rows, kind="count", codes_of=DAY, to=dt.date(2020, 1, 1))

    assert found == [("2015", "3014", 100, None, False), ("2016", "3014", 200, None, False)]


def test_carrying_agrees_with_a_slow_version_on_random_observations(backend):
    rng, expressions, expected = random.Random(7), [], {}
    for kind in KINDS:
        rows = some_rows(kind, rng=rng, many=300)
        steps = steps_table(reference_geography(), years=YEARS, to=DAY)
        found = carry(
            ibis.memtable(table(rows, kind, ["sex"])),
            ibis.memtable(steps),
            kind=kind,
            breakdowns=["sex"],
        )
        floating = {name: found[name].cast("float64") for name in ("numerator", "denominator")}
        exact = {f"exact_{name}": found[name].cast("string") for name in floating}
        expressions.append(found.mutate(kind=ibis.literal(kind), **exact).mutate(**floating))
        expected[kind] = slow(rows, kind=kind, to=DAY, breakdowns=["sex"])

    answers = defaultdict(list)
    for row in backend.to_pyarrow(ibis.union(*expressions)).to_pylist():
        answers[row["kind"]].append(row)

    for kind in KINDS:
        assert sorted(map(comparable(kind), answers[kind]), key=str) == [
            tuple(pytest.approx(cell) if isinstance(cell, float) else cell for cell in row)
            for row in sorted(expected[kind], key=comparable_text)
        ]


def comparable_text(row):
    return str(row)


def comparable(kind):
    names = ("period", "area", "sex", "numerator", "denominator", "status", "estimated")

    def read(row):
        if kind != "survey_share":
            for name in ("numerator", "denominator"):
                exact = row[f"exact_{name}"]
                row[name] = None if exact is None else int(exact)
        return tuple(row[name] for name in names)

    return read


@pytest.fixture(scope="session")
def duckdb():
    return warehouse.connect(threads=1)


@settings(max_examples=12)
@given(seed=st.integers(0, 2**32), kind=st.sampled_from(KINDS), year=st.sampled_from(YEARS))
def test_no_total_is_moved_and_no_numerator_goes_above_its_denominator(duckdb, seed, kind, year):
    rows = some_rows(kind, rng=random.Random(seed), many=40)
    steps = steps_table(reference_geography(), years=YEARS, to=dt.date(year, 1, 1))

    found = duckdb.to_pyarrow(
        carry(ibis.memtable(table(rows, kind)), ibis.memtable(steps), kind=kind)
    ).to_pylist()

    assert totals(found, kind) == totals(rows, kind)
    if kind in ("share", "coverage"):
        known = [row for row in found if row["numerator"] is not None]
        assert all(0 <= row["numerator"] <= row["denominator"] for row in known)


def totals(rows, kind):
    sums = [slow_sum(row[name] for row in rows) for name in ("numerator", "denominator")]
    return [round(total, 4) if kind == "survey_share" else total for total in sums]


def test_observations_of_the_days_own_division_come_back_as_they_went_in(backend):
    rows = [
        row
        for row in some_rows("rate", rng=random.Random(3), many=200)
        if row["period"] >= "2024" and row["area"] not in ("1507", "1850") and row["sex"] is None
    ]

    found = carried(
        backend,
        rows,
        kind="rate",
        columns=("area", "period", "numerator", "denominator", "status"),
    )

    assert found == sorted(
        (
            (
                r["area"],
                r["period"],
                r["numerator"],
                r["denominator"] if r["status"] is None else r["denominator"] or None,
                r["status"],
            )
            for r in rows
        ),
        key=str,
    )


def test_a_table_with_whole_numbers_for_codes_is_carried_and_summed_as_text_is(backend):
    rows = [
        row for row in some_rows("share", rng=random.Random(5), many=300) if row["area"].isdecimal()
    ]
    wide = pa.Table.from_pylist(
        [
            {
                "year": int(row["period"][:4]),
                "place": int(row["area"]),
                "n": row["numerator"],
                "d": row["denominator"],
            }
            for row in rows
        ]
    )
    steps = ibis.memtable(steps_table(reference_geography(), years=YEARS, to=DAY))
    codes = ("year", "from_code", "to_code")
    expression = redistrict(
        ibis.memtable(wide),
        steps.mutate(**{name: steps[name].cast("int64") for name in codes}),
        keys=["year"],
        year="year",
        kind="share",
        columns=Columns(area="place", numerator="n", denominator="d"),
    )

    found = backend.to_pyarrow(expression).to_pylist()

    expected = defaultdict(lambda: [None, None, 0, False])
    for period, area, numerator, denominator, *_, estimated in slow(rows, kind="share", to=DAY):
        sums = expected[int(period[:4]), int(area)]
        if numerator is None:
            sums[2] += denominator or 0
        else:
            sums[:2] = (sums[0] or 0) + numerator, (sums[1] or 0) + denominator
        sums[3] |= estimated
    assert {tuple(row.values())[:2]: list(row.values())[2:] for row in found} == expected
