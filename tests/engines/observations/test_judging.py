"""Validation: every fault of a file in one pass, and each check beside a slow, obvious one."""

import re
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.observations.tables import GEOGRAPHY, SEX, checked, counts
from tests.shared import REPOSITORY
from veikart.engines.observations.faults import CODES, Fault, Faults
from veikart.engines.observations.judging import Expected


def faults(done, code):
    return [fault for fault in done.faults if fault.code == code]


ALL_OF_IT = """
    år    | kommunenr | kjønn | teller | nevner
    2025  | 0301      |       | 5      | 10
    2025  | 1507      |       | 5      | 10
    2025  | Herøy     |       | 1      | 2
    2025  | 0301      |       | 5      | 10
    2025  | 4601      |       | -1     | 10
    2025  | 1508      |       | 11     | 10
    2.025 | 1580      |       | 1      | 2
    2025  | 1515      | x     | 1      | 2
    2025  | 1818      |       | 1,5    | 2
    2025  | 1580      |       | NaN    | 2
    2025  | 301       | m     | 1 000  | 2000
    tull  |           |       | ti     | 2
    2025  | 0301      | m     | 2      | 4
    2025  | 0301      | k     | 9      | 9
"""


def test_all_faults_of_a_file_are_told_in_one_pass_with_row_and_remedy():
    done = checked(ALL_OF_IT, "share", SEX, geography=GEOGRAPHY)

    assert counts(done) == {
        "separated_year": 1,
        "not_a_period": 1,
        "no_area": 1,
        "leading_zero": 1,
        "not_valid_then": 1,
        "name_for_code": 1,
        "unknown_code": 1,
        "unknown_group": 1,
        "not_whole": 1,
        "not_finite": 1,
        "not_a_number": 1,
        "negative": 1,
        "above_denominator": 1,
        "duplicate_key": 1,
        "two_totals": 1,
        "parts_above_total": 2,
    }
    assert done.refuses
    for fault in done.faults:
        assert fault.row is not None
        assert fault.expected
        assert fault.remedy
        assert fault.severity == CODES[fault.code]


def test_a_comma_among_points_is_told_in_its_row():
    done = checked("år|kommunenr|andel|nevner\n2023|0301|0.5|10\n2024|0301|0,5|10", "share")

    [fault] = faults(done, "decimal_comma")

    assert (fault.row, fault.column, fault.value) == (3, "andel", "0,5")


def test_1507_in_a_file_of_2025_says_what_it_became():
    [fault] = faults(checked(ALL_OF_IT, "share", SEX, geography=GEOGRAPHY), "not_valid_then")

    assert (fault.row, fault.column, fault.value) == (3, "area", "1507")
    assert "1508" in fault.remedy
    assert "1580" in fault.remedy


def test_a_name_that_is_not_unique_says_which_codes_it_may_be():
    [fault] = faults(checked(ALL_OF_IT, "share", SEX, geography=GEOGRAPHY), "name_for_code")

    assert (fault.row, fault.value) == (4, "Herøy")
    assert "1515" in fault.remedy
    assert "1818" in fault.remedy


def test_two_totals_name_the_other_row():
    done = checked(
        "år|kommunenr|kjønn|antall\n2024|0301|Alle|5\n2024|0301|Total|6\n2024|0301|k|2",
        "count",
        SEX,
    )

    [fault] = faults(done, "two_totals")

    assert (fault.row, fault.value) == (3, "2024, 0301, –")
    assert "row 2 too" in fault.expected


def test_municipalities_that_are_absent_are_counted_and_named():
    [fault] = faults(
        checked("år|kommunenr|antall\n2025|0301|5\n2025|1508|7", "count", geography=GEOGRAPHY),
        "missing_units",
    )

    assert fault.severity == "caution"
    assert "all 5 municipalities in 2025, found 2" in fault.expected
    assert "1580 Haram" in fault.expected


def test_a_county_is_more_than_its_municipalities_only_if_some_are_absent():
    text = "år|område|antall\n2025|15|{}\n2025|1508|7\n2025|1515|1\n2025|1580|2"

    more, less, same = (
        checked(text.format(total), "count", geography=GEOGRAPHY) for total in (11, 9, 10)
    )

    assert counts(more) == {"parts_below_total": 1, "missing_units": 1}
    assert counts(less) == {"parts_above_total": 1, "missing_units": 1}
    assert counts(same) == {"missing_units": 1}
    assert not more.refuses
    assert less.refuses


def test_a_jump_is_far_from_what_the_series_own_changes_have_been():
    steady = [100, 103, 101, 104, 106, 105, 108, 110]
    text = "år|kommunenr|antall\n" + "".join(
        f"{2016 + year}|0301|{number + (60 if year == 7 else 0)}\n"
        for year, number in enumerate(steady)
    )

    [fault] = faults(checked(text, "count"), "jump")

    assert (fault.row, fault.value, fault.severity) == (9, "170", "caution")
    assert counts(checked(text, "count", expected=Expected(breaks=("2023",)))) == {}
    assert counts(checked(text, "count", expected=Expected(deviations=None))) == {}


def test_a_period_in_which_most_series_jump_is_a_break_without_a_note():
    codes = ["0301", "1103", "4601", "5001", "5501", "1507"]
    lines = [
        f"{year}|{code}|{500 + 3 * (year % 2) + (400 if year >= 2022 else 0)}"
        for code in codes
        for year in range(2010, 2025)
    ]

    done = checked("år|kommunenr|antall\n" + "\n".join(lines), "count")

    assert counts(done) == {"break_without_note": 1}
    assert done.faults[0].value == "2022"


def test_years_and_months_in_one_file_are_pointed_out():
    done = checked("tid|kommunenr|antall\n2024|0301|5\n2024M01|0301|1", "count")

    assert counts(done) == {"mixed_lengths": 1}


def test_faults_of_one_kind_are_capped_and_still_counted():
    text = "år|kommunenr|antall\n" + "".join(f"2024|{4000 + i}|fem\n" for i in range(250))

    done = checked(text, "count", most=7)

    [count] = done.counts
    assert (count.code, count.count, count.shown) == ("not_a_number", 250, 7)
    assert [fault.row for fault in done.faults] == list(range(2, 9))


def test_every_code_has_a_severity_and_no_other_code_can_be_told():
    collector = Faults()

    with pytest.raises(KeyError):
        collector.add("odd", expected="x", remedy="y")
    assert set(CODES.values()) == {"refuses", "caution"}


def test_faults_that_refuse_come_first_then_by_row():
    collector = Faults()
    collector.add("jump", expected="x", remedy="y", row=1)
    collector.add("negative", expected="x", remedy="y", row=9, value="z" * 200)
    collector.add("negative", expected="x", remedy="y", row=3)

    assert [(fault.code, fault.row) for fault in collector.all()] == [
        ("negative", 3), ("negative", 9), ("jump", 1),
    ]  # fmt: skip
    assert isinstance(collector.all()[0], Fault)
    assert len(collector.all()[1].value) == 80


AREAS = ("NO", "03", "0301", "15", "1508", "1515", "1580")
tables = st.lists(
    st.tuples(
        st.sampled_from(("2024", "2025")),
        st.sampled_from(AREAS),
        st.sampled_from(("", "k", "m")),
        st.one_of(st.none(), st.integers(0, 5)),
    ),
    min_size=1,
    max_size=24,
)


def slow_duplicates(rows):
    seen, again, totals = set(), 0, 0
    for year, area, sex, _ in rows:
        if (year, area, sex) in seen:
            totals += sex == ""
            again += sex != ""
        seen.add((year, area, sex))
    return again, totals


def slow_totals(rows):
    """Totals that are less than their known parts, and more than all of their parts, by hand."""
    kept = {}
    for year, area, sex, number in rows:
        kept.setdefault((year, area, sex), number)
    above = below = 0
    groups, levels = defaultdict(list), defaultdict(list)
    for (year, area, sex), number in kept.items():
        if sex:
            groups[year, area, ""].append(number)
        parent = area[:2] if len(area) == 4 else "NO" if area.isdecimal() else None
        levels[year, parent, sex].append(number)
    whole = {"03": 1, "15": 3, "NO": 3}
    for parts in (groups, levels):
        for key, numbers in parts.items():
            total = kept.get(key)
            if total is None:
                continue
            known = [number for number in numbers if number is not None]
            above += sum(known) > total
            complete = len(known) == len(numbers) > 1 and (
                parts is groups or len(numbers) == whole[key[1]]
            )
            below += complete and sum(known) < total
    return above, below


@settings(max_examples=80, deadline=None)
@given(tables)
def test_duplicates_and_totals_are_found_as_by_hand(rows):
    text = "år|område|kjønn|antall|merknad\n" + "".join(
        f"{year}|{area}|{sex}|{'..' if number is None else number}|n\n"
        for year, area, sex, number in rows
    )

    found = counts(checked(text, "count", SEX, geography=GEOGRAPHY))

    again, totals = slow_duplicates(rows)
    above, below = slow_totals(rows)
    assert found.get("duplicate_key", 0) == again
    assert found.get("two_totals", 0) == totals
    assert found.get("parts_above_total", 0) == above
    assert found.get("parts_below_total", 0) == below


def slow_jumps(values, deviations):
    """Which values are jumps, by leaving each change out and looking at the others."""
    changes = np.diff(values)
    level = np.mean(np.abs(values[1:]))
    found = []
    for place, change in enumerate(changes):
        others = np.delete(changes, place)
        spread = max(np.std(others), 0.01 * level)
        if len(changes) >= 6 and abs(change - np.mean(others)) > deviations * spread + 1e-9:
            found.append(place + 1)
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 60), min_size=5, max_size=12))
def test_jumps_are_those_that_stand_out_when_left_out(values):
    text = "år|kommunenr|antall\n" + "".join(
        f"{2000 + year}|0301|{value}\n" for year, value in enumerate(values)
    )

    done = checked(text, "count", expected=Expected(deviations=3.0000001))

    rows = [fault.row - 2 for fault in faults(done, "jump")]
    assert rows == slow_jumps(np.array(values, float), 3.0000001)


def test_the_methods_page_tells_of_every_code_and_of_no_other():
    page = (REPOSITORY / "docs/methods/validation.md").read_text(encoding="utf-8")

    assert dict(re.findall(r"^\| `(\w+)` \| (refuses|caution) \|", page, re.MULTILINE)) == CODES
