"""Whole figures of the real country: every level is what adding up by hand gives, in any division."""

import datetime as dt
import random

import pytest

from tests.indicators.computed import data_set, definition, told
from veikart.adapters import warehouse
from veikart.engines.observations.canonical import Layout, table
from veikart.indicators.computing.compute import compute
from veikart.places import reference_geography

YEARS = (2018, 2021, 2024)
SEXES = ("k", "m")


def municipalities(year):
    return reference_geography().municipalities(on=dt.date(year, 1, 1))


def random_rows(seed):
    """Women and men of every municipality, some unknown."""
    draw = random.Random(seed)
    for year in YEARS:
        for place in municipalities(year):
            for sex in SEXES:
                people = draw.randrange(1, 10**6)
                numerator = None if draw.random() < 0.02 else draw.randrange(people + 1)
                yield {
                    "period": str(year), "area": place.code, "sex": sex,
                    "numerator": numerator, "denominator": people,
                }  # fmt: skip


def obvious(rows, wanted):
    """The known pairs of the rows that are wanted, added up by period."""
    sums = {}
    for row in rows:
        numerator, denominator = sums.setdefault(row["period"], (0, 0))
        if wanted(row) and row["numerator"] is not None:
            sums[row["period"]] = numerator + row["numerator"], denominator + row["denominator"]
    return sums


@pytest.fixture(scope="module")
def rows():
    return list(random_rows(1))


@pytest.fixture(scope="module", params=[dt.date(2019, 1, 1), dt.date(2024, 1, 1)], ids=str)
def found(request, rows):
    """The figures of the same observations, told in an earlier and in today's division."""
    return compute(
        definition("share", breakdowns="sex: k m"),
        [(data_set("1"), table(rows, layout=Layout(kind="share", breakdowns=("sex",))))],
        geography=reference_geography(), borders=request.param,
        backend=warehouse.connect(threads=1),
    )  # fmt: skip


def test_the_country_is_what_all_municipalities_of_each_year_add_up_to(found, rows):
    assert told(found, "nation", "NO") == obvious(rows, lambda row: True)
    for sex in SEXES:
        women_or_men = obvious(rows, lambda row, sex=sex: row["sex"] == sex)
        assert told(found, "nation", "NO", (("sex", sex),)) == women_or_men


def test_every_level_adds_up_to_the_country(found):
    sums = {}
    for each in found.figures.slices:
        pairs = [
            [sum(number or 0 for number in column) for column in zip(*columns, strict=True)]
            for columns in (
                [series.numerator for series in each.series],
                [series.denominator for series in each.series],
            )
        ]
        sums.setdefault(each.group, {})[each.level] = pairs
    assert set(sums) == {(), (("sex", "k"),), (("sex", "m"),)}
    for levels in sums.values():
        assert levels["municipality"] == levels["county"] == levels["region"] == levels["nation"]
        if found.figures.borders.year == 2024:  # in which every municipality has a hospital area
            assert levels["hospital_area"] == levels["nation"]


def test_a_county_is_what_its_municipalities_add_up_to_where_no_border_was_moved(found, rows):
    stayed = {
        2019: {"2018": ("03", "12")},
        2024: {"2021": ("03", "11"), "2024": ("50", "15")},
    }

    for year, counties in stayed[found.figures.borders.year].items():
        for county in counties:
            by_hand = obvious(rows, lambda row, county=county: row["area"].startswith(county))
            assert told(found, "county", county)[year] == by_hand[year]


def test_what_was_cut_off_by_shares_of_inhabitants_says_so(found, rows):
    said = {
        (found.figures.periods[no], series.area)
        for each in found.figures.slices
        if each.level == "municipality" and each.group == ()
        for series in each.series
        for no, status in enumerate(series.status)
        if status == "estimated"
    }
    if found.figures.borders.year == 2024:
        assert {("2018", "1806"), ("2018", "1875"), ("2021", "1580")} <= said
        in_part = {row["area"] for row in rows if row["period"] == "2024" and lacks(row)}
        assert {area for period, area in said if period == "2024"} <= in_part


CUT_THROUGH = {
    # 2018 in today's division: Tysfjord lay where two hospital areas meet.
    (2018, dt.date(2024, 1, 1)): {("hospital_area", "unn"), ("hospital_area", "nordland")},
    # 2021 in today's: Ålesund and Haram lie in one county and one hospital area.
    (2021, dt.date(2024, 1, 1)): set(),
}


@pytest.mark.parametrize(("year", "borders"), CUT_THROUGH)
def test_sums_of_areas_that_were_cut_through_by_shares_say_so_and_others_do_not(year, borders):
    ones = [
        {"period": str(year), "area": place.code, "numerator": 1000}
        for place in municipalities(year)
    ]
    found = compute(
        definition("count"), [(data_set("1"), table(ones, layout=Layout(kind="count")))],
        geography=reference_geography(), borders=borders, backend=warehouse.connect(threads=1),
    )  # fmt: skip

    said = {
        (each.level, series.area)
        for each in found.figures.slices
        if each.level != "municipality"
        for series in each.series
        if "estimated" in series.status
    }
    assert said == CUT_THROUGH[year, borders]


def lacks(row):
    return row["numerator"] is None
