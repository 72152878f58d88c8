import datetime as dt

import pytest

from veikart.engines.geography.codes import CodeFault, check_code, codes_in_force, is_in_force


def check(geography, text, year, *levels):
    return check_code(
        geography,
        text,
        period_from=dt.date(year, 1, 1),
        period_to=dt.date(year + 1, 1, 1),
        levels=levels or ("municipality",),
    )


def test_a_code_in_force_all_through_its_period_is_no_fault(geography):
    assert check(geography, "1507", 2023) is None
    assert check(geography, "1508", 2024) is None
    assert check(geography, "39", 2024, "county") is None
    assert check(geography, "stavanger", 2024, "hospital_area") is None
    assert check(geography, "H12", 2024, "region", "nation") is None
    assert check(geography, "NO", 2024, "region", "nation") is None


def test_a_code_that_was_divided_is_told_with_what_it_became_and_what_to_give(geography):
    assert check(geography, "1507", 2025) == CodeFault(
        code="not_valid_then",
        found="1507",
        expected="the code of a municipality in force on 2025-01-01",
        remedy="1507 Ålesund was divided on 2024-01-01 into 1508 Ålesund and 1580 Haram. "
        "For 2025, give figures for each of 1508 and 1580, or correct the period.",
        proposals=("1508", "1580"),
    )


REMEDIES = """
1580 | 2021 | not_valid_then | 1507 | 1580 Haram began on 2024-01-01, out of 1507 Ålesund. For 2021, give figures for 1507, or correct the period.
1534 | 2021 | not_valid_then | 1507 | 1534 Haram became part of 1507 Ålesund on 2020-01-01. For 2021, give figures for 1507, or correct the period.
1534 Haram | 2021 | not_valid_then | 1507 | 1534 Haram became part of 1507 Ålesund on 2020-01-01. For 2021, give figures for 1507, or correct the period.
1534 | 2024 | not_valid_then | 1580 | 1534 Haram became part of 1507 Ålesund on 2020-01-01. For 2024, give figures for 1580, or correct the period.
0101 | 2024 | not_valid_then | 3101 | 0101 Halden became 3001 Halden on 2020-01-01. For 2024, give figures for 3101, or correct the period.
101  | 2024 | not_valid_then | 3101 | 0101 Halden became 3001 Halden on 2020-01-01. For 2024, give figures for 3101, or correct the period.
301  | 2024 | leading_zero | 0301 | 301 is probably 0301 Oslo without its leading zero. Keep the column as text, or confirm it.
15   | 2024 | another_level | | 15 is the county Møre og Romsdal. Give figures for each of the level that is expected, or say that the file is by county.
NO   | 2024 | another_level | | NO is the nation. Give figures for each of the level that is expected, or say that the file is by nation.
Viken | 2023 | another_level | | “Viken” is the name of a county. Give figures for each of the level that is expected, or say that the file is by county.
Bodø | 2024 | name_for_code | 1804 | “Bodø” is probably 1804 Bodø. Give the code, or confirm it.
0301 Oslo | 2024 | name_for_code | 0301 | Give the code alone: 0301.
Herøy | 2024 | name_for_code | 1515 1818 | “Herøy” may be 1515 Herøy or 1818 Herøy. Give the code of the one meant.
Våler | 2024 | name_for_code | 3114 3419 | “Våler” may be 3114 Våler or 3419 Våler. Give the code of the one meant.
2100 | 2024 | unknown_code | | 2100 is Svalbard, which is no municipality. Leave the row out.
8888 | 2024 | unknown_code | | No place has had the code or name “8888” since 2010. Look it up in Statistics Norway's list of municipalities.
"""


@pytest.mark.parametrize("line", REMEDIES.strip().splitlines())
def test_a_fault_says_what_the_code_is_or_was_and_what_to_do(geography, line):
    text, year, code, proposals, remedy = (cell.strip() for cell in line.split("|"))

    fault = check(geography, text, int(year))

    assert (fault.code, fault.proposals) == (code, tuple(proposals.split()))
    assert fault.remedy == remedy


def test_a_county_that_was_divided_is_told_in_a_file_by_county(geography):
    fault = check(geography, "30", 2025, "county")

    assert (fault.code, fault.proposals) == ("not_valid_then", ("31", "32", "33"))


def test_a_code_that_ended_within_the_period_is_a_fault_of_its_end(geography):
    fault = check_code(
        geography, "1507", period_from=dt.date(2023, 7, 1), period_to=dt.date(2024, 7, 1)
    )

    assert fault.expected == "the code of a municipality in force on 2024-06-30"
    assert fault.proposals == ("1508", "1580")


def test_codes_in_force_are_those_that_are_told_one_by_one(geography):
    levels = ("municipality", "county", "region")
    day = dt.date(2022, 1, 1)

    in_force = codes_in_force(geography, on=day, levels=levels)

    asked = {*geography.by_code, *in_force, "stavanger", "NO"}
    assert in_force == {c for c in asked if is_in_force(geography, c, on=day, levels=levels)}


def test_codes_in_force_are_those_of_the_levels_asked_for(geography):
    day = dt.date(2024, 1, 1)

    assert len(codes_in_force(geography, on=day)) == 357
    assert len(codes_in_force(geography, on=day, levels=("county",))) == 15
    assert len(codes_in_force(geography, on=day, levels=("hospital_area",))) == 19
    assert codes_in_force(geography, on=day, levels=("region", "nation")) == {
        "H03", "H04", "H05", "H12", "NO",
    }  # fmt: skip
