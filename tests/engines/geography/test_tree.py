import datetime as dt
from collections import Counter

from veikart.engines.geography.hospital_areas import hospital_areas_of_municipalities
from veikart.engines.geography.tree import tree


def rows(geography, year):
    return {
        (row["level"], row["area"]): row
        for row in tree(geography, on=dt.date(year, 1, 1)).to_pylist()
    }


def test_the_tree_has_every_area_once_with_all_that_it_lies_in(geography):
    found = rows(geography, 2024)

    assert Counter(level for level, _ in found) == {
        "municipality": 357, "county": 15, "hospital_area": 19, "region": 4, "nation": 1,
    }  # fmt: skip
    assert [
        found["municipality", "1580"],
        found["county", "03"],
        found["hospital_area", "unn"],
    ] == [
        row("1580", "municipality", "15", "more-og-romsdal", "H04", municipality="1580"),
        row("03", "county", "03", None, "H12"),
        row("unn", "hospital_area", None, "unn", "H05"),
    ]


def row(area, level, county, hospital_area, region, municipality=None):
    return {
        "area": area, "level": level, "municipality": municipality, "county": county,
        "hospital_area": hospital_area, "region": region, "nation": "NO",
    }  # fmt: skip


def test_municipalities_of_every_year_lie_in_a_hospital_area_of_their_own_region(geography):
    without = set()
    for year in range(2010, 2027):
        found = rows(geography, year)
        for (level, code), place in found.items():
            if level != "municipality":
                continue
            if place["hospital_area"] is None:
                without.add(code)
                continue
            area = found["hospital_area", place["hospital_area"]]
            assert (area["region"], place["nation"]) == (place["region"], "NO")

    assert without == {"1444"}  # Hornindal, which came to Volda, and so to another region


def test_a_municipality_that_was_divided_lies_where_most_of_it_came_to(geography):
    areas = hospital_areas_of_municipalities(geography, on=dt.date(2019, 1, 1))

    assert areas["1850"] == areas["1849"] == "nordland"
    assert areas["1805"] == "unn"
