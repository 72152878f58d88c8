import datetime as dt

import pytest

from veikart.engines.geography.places import county_of


def test_places_in_force_on_new_years_day_are_those_that_were(geography):
    counted = {
        year: (
            len(geography.municipalities(on=dt.date(year, 1, 1))),
            len(geography.counties(on=dt.date(year, 1, 1))),
        )
        for year in (2010, 2013, 2017, 2018, 2019, 2020, 2023, 2024, 2026)
    }

    assert counted == {
        2010: (430, 19),
        2013: (428, 19),
        2017: (426, 19),
        2018: (422, 18),
        2019: (422, 18),
        2020: (356, 11),
        2023: (356, 11),
        2024: (357, 15),
        2026: (357, 15),
    }


@pytest.mark.parametrize(
    ("year", "inhabitants"),
    [(2017, 5_258_317), (2020, 5_367_580), (2024, 5_550_203), (2026, 5_627_400)],
)
def test_populations_are_of_the_municipalities_in_force_and_sum_to_the_nations(
    geography, year, inhabitants
):
    of_the_year = {code: n for (code, y), n in geography.population.items() if y == year}

    in_force = {place.code for place in geography.municipalities(on=dt.date(year, 1, 1))}
    assert set(of_the_year) == in_force
    assert sum(of_the_year.values()) == inhabitants


def test_a_code_is_valid_from_its_first_day_and_not_on_its_last(geography):
    days = [dt.date(2019, 12, 31), dt.date(2020, 1, 1), dt.date(2023, 12, 31), dt.date(2024, 1, 1)]

    assert [geography.valid("1507", on=day) for day in days] == [False, True, True, False]


def test_every_municipality_lies_in_a_county_in_force_and_each_county_in_a_region(geography):
    for year in range(2010, 2027):
        day = dt.date(year, 1, 1)
        counties = {place.code for place in geography.counties(on=day)}
        assert {county_of(place.code) for place in geography.municipalities(on=day)} == counties
        assert all(geography.region_of(code, on=day) for code in counties)
