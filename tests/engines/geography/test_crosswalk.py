import datetime as dt
import math
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veikart.engines.geography.crosswalk import crosswalk
from veikart.places import reference_geography, tables

YEARS = range(2010, 2027)
years = st.sampled_from(YEARS)


def new_year(year):
    return dt.date(year, 1, 1)


def between(geography, from_year, to_year, level="municipality"):
    return [
        step
        for step in crosswalk(geography, new_year(from_year), new_year(to_year))
        if step.level == level
    ]


def targets(geography, code, from_year, to_year, digits=6):
    return {
        step.to_code: round(step.share, digits)
        for step in crosswalk(geography, new_year(from_year), new_year(to_year))
        if step.from_code == code
    }


def cut(n, step):
    def up_to(share):
        return n if share == 1 else math.floor(n * share + 0.5)

    return up_to(step.share_to) - up_to(step.share_from)


def test_haram_comes_back_whole_and_is_not_cut_along_the_chain(geography):
    alesund = ("1504", "1523", "1529", "1534", "1546")

    assert {code: targets(geography, code, 2017, 2024) for code in alesund} == {
        "1504": {"1508": 1},
        "1523": {"1508": 1},
        "1529": {"1508": 1},
        "1534": {"1580": 1},
        "1546": {"1508": 1},
    }
    assert targets(geography, "1507", 2021, 2024) == {"1508": 0.8621, "1580": 0.1379}
    assert targets(geography, "1580", 2024, 2017) == {"1534": 1}


def test_the_population_of_2017_in_the_codes_of_2024_sums_exactly(geography):
    carried = defaultdict(int)
    for step in between(geography, 2017, 2024):
        carried[step.to_code] += cut(geography.population[step.from_code, 2017], step)

    assert len(carried) == 357
    assert sum(carried.values()) == 5_258_317
    assert 9_200 < carried["1580"] < 9_500


def test_a_divided_municipality_is_divided_by_the_shares_that_are_known_and_how_sure(geography):
    divided = [
        (step.from_code, step.to_code, round(step.share, 6), step.basis)
        for step in between(geography, 2017, 2024)
        if not step.whole
    ]

    assert divided == [
        ("1613", "5055", 0.2, "estimated"),
        ("1613", "5056", 0.31, "published"),
        ("1613", "5059", 0.49, "estimated"),
        ("1850", "1806", 0.46, "estimated"),
        ("1850", "1875", 0.54, "estimated"),
    ]


def test_backward_a_merged_municipality_is_divided_by_the_inhabitants_it_was_made_of(geography):
    parts = {
        code: geography.population[code, 2019] for code in ("0122", "0123", "0124", "0125", "0138")
    }

    found = between(geography, 2024, 2017)

    assert {step.to_code: step.share for step in found if step.from_code == "3118"} == {
        code: pytest.approx(n / sum(parts.values())) for code, n in parts.items()
    }
    assert {step.basis for step in found if step.from_code == "3118"} == {"estimated"}


def test_backward_over_a_split_counts_only_the_part_that_came(geography):
    narvik = {code: geography.population[code, 2019] for code in ("1805", "1854")}
    tysfjord = 0.46 * geography.population["1850", 2019]
    whole = sum(narvik.values()) + tysfjord

    found = targets(geography, "1806", 2020, 2019, digits=12)

    assert found == {
        "1805": pytest.approx(narvik["1805"] / whole),
        "1850": pytest.approx(tysfjord / whole),
        "1854": pytest.approx(narvik["1854"] / whole),
    }


def test_municipalities_merged_before_there_are_populations_are_divided_by_earlier_ones(geography):
    assert targets(geography, "1756", 2013, 2011, digits=3) == {"1723": 0.132, "1729": 0.868}
    assert targets(geography, "0720", 2016, 2017) == {"0704": 0.19, "0710": 0.81}


def test_the_packaged_crosswalk_to_2024_is_what_we_find_for_every_code_there_was(geography):
    packaged = defaultdict(dict)
    for row in tables.rows("municipality_crosswalk_2024"):
        packaged[row["from_code"]][row["to_code"]] = float(row["population_share"])

    found = {}
    for place in geography.municipalities_ever:
        day = max(place.valid_from, new_year(2010))
        found[place.code] = {
            step.to_code: pytest.approx(step.share)
            for step in crosswalk(geography, day, new_year(2024))
            if step.from_code == place.code
        }

    assert len(packaged) == 842
    assert dict(packaged) == found


def test_counties_agree_with_the_shares_of_their_changes(geography):
    for row in tables.rows("county_changes"):
        day = dt.date.fromisoformat(row["date"])
        shares = targets(geography, row["from_code"], day.year - 1, day.year)
        assert shares[row["to_code"]] == pytest.approx(float(row["population_share"]), abs=1e-6)


def test_a_county_is_carried_by_its_municipalities_and_not_along_a_chain_of_counties(geography):
    # Oppland's Jevnaker and Lunner went to Viken, and with it to Akershus; Viken's rest is not theirs.
    assert targets(geography, "05", 2019, 2024, digits=4) == {"32": 0.0839, "34": 0.9161}
    assert targets(geography, "18", 2019, 2024, digits=4) == {"18": 0.9948, "55": 0.0052}
    # Tysfjord was divided inside Nordland, which says nothing of Nordland's own border.
    assert {s.basis for s in between(geography, 2019, 2024, "county")} == {"exact"}


def slow_forward(geography, from_year, to_year):
    """Follow the changes one by one, but for those that are known to lie straight."""
    shares = {
        place.code: {(place.code,): 1.0}
        for place in geography.municipalities(on=new_year(from_year))
    }
    changes = [c for c in geography.changes if c.level == "municipality" and c.kind != "boundary"]
    for year in range(from_year + 1, to_year + 1):
        became = defaultdict(list)
        for change in changes:
            if change.on == new_year(year):
                became[change.from_code].append((change.to_code, change.share))
        for code, paths in shares.items():
            moved = defaultdict(float)
            for path, share in paths.items():
                after = became.get(path[-1], [(path[-1], 1.0)])
                straight = [c for c in map(geography.straight.get, path) if c in dict(after)]
                for to_code, part in [(straight[0], 1.0)] if straight else after:
                    moved[*path, to_code] += share * part
            shares[code] = moved
    found = defaultdict(float)
    for code, paths in shares.items():
        for path, share in paths.items():
            found[code, path[-1]] += share
    return found


def test_forward_agrees_with_following_the_changes_one_by_one(geography):
    for from_year, to_year in [
        (2010, 2026),
        (2012, 2020),
        (2017, 2024),
        (2019, 2020),
        (2021, 2024),
    ]:
        found = {
            (step.from_code, step.to_code): step.share
            for step in between(geography, from_year, to_year)
        }
        assert found == pytest.approx(dict(slow_forward(geography, from_year, to_year)))


@settings(max_examples=60)
@given(years, years)
def test_the_steps_of_each_area_lie_end_to_end_and_lead_to_all_areas_in_force(from_year, to_year):
    geography = reference_geography()

    for level, in_force in (
        ("municipality", geography.municipalities),
        ("county", geography.counties),
    ):
        steps = between(geography, from_year, to_year, level)
        ends = {}
        for step in steps:
            assert step.share_from == ends.get(step.from_code, 0.0)
            assert step.share_to > step.share_from
            ends[step.from_code] = step.share_to
        assert ends == {place.code: 1.0 for place in in_force(on=new_year(from_year))}
        assert {s.to_code for s in steps} == {p.code for p in in_force(on=new_year(to_year))}


@settings(max_examples=60)
@given(years, years, st.integers(-(10**15), 10**15))
def test_whole_numbers_keep_their_total_between_any_two_years(from_year, to_year, n):
    geography = reference_geography()
    sums = defaultdict(int)

    for step in crosswalk(geography, new_year(from_year), new_year(to_year)):
        sums[step.from_code] += cut(n, step)

    assert set(sums.values()) == {n}


@settings(max_examples=40)
@given(years, years)
def test_there_and_back_is_the_same_place_for_those_that_were_neither_merged_nor_split(one, other):
    geography = reference_geography()
    there, back = between(geography, one, other), between(geography, other, one)
    sources = defaultdict(list)
    for step in there:
        sources[step.to_code].append(step)
    alone = {
        step.from_code: step.to_code
        for step in there
        if step.whole and len(sources[step.to_code]) == 1
    }

    returned = {step.to_code: step.from_code for step in back if step.whole}

    assert len(alone) > 200
    assert {code: returned[code] for code in alone} == alone


def test_a_day_before_2010_is_refused_with_the_first_day_that_is_known(geography):
    with pytest.raises(ValueError, match="Expected a day from 2010-01-01 on, found 2009-12-31"):
        crosswalk(geography, dt.date(2009, 12, 31), new_year(2024))
