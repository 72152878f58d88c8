"""Periods: what files write, the form we keep, and the order in time."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veikart.engines.observations.periods import (
    PARTS,
    Period,
    looks_like_a_separated_year,
    order,
    parse,
    read,
)

WRITTEN = """
    2023            | 2023
    2023.0          | 2023
    2023M05         | 2023-05
    2023K1          | 2023-Q1
    2023T1          | 2023-T1
    2023H2          | 2023-H2
    2023-Q1         | 2023-Q1
    2023-S1         | 2023-H1
    2023-M05        | 2023-05
    2023-A1         | 2023
    Q1 2023         | 2023-Q1
    05.2023         | 2023-05
    05/2023         | 2023-05
    mai 2023        | 2023-05
    Mai  2023       | 2023-05
    May 2023        | 2023-05
    2023 desember   | 2023-12
    des. 2023       | 2023-12
    1. kvartal 2023 | 2023-Q1
    2023 1. kvartal | 2023-Q1
    2. tertial 2022 | 2022-T2
    1. halvår 2023  | 2023-H1
    2.024           | -
    2 024           | -
    2022/2023       | -
    2023M13         | -
    2023K5          | -
    01.05.2023      | -
    2023U05         | -
    1500            | -
    20234           | -
    våren 2023      | -
    ٢٠٢٣            | -
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in WRITTEN.strip().splitlines()]

periods = st.sampled_from(list(PARTS)).flatmap(
    lambda length: st.builds(
        Period,
        year=st.integers(1900, 2100),
        length=st.just(length),
        number=st.integers(1, PARTS[length]),
    )
)


@pytest.mark.parametrize(("written", "kept"), ROWS)
def test_a_written_period_is_kept_in_one_form_or_not_at_all(written, kept):
    assert read(written) == (None if kept == "-" else kept)


@pytest.mark.parametrize("written", ["2.024", "2 024", "2,024", "2\u00a0024", " 2.024 "])
def test_a_year_with_a_thousands_separator_is_told_from_other_faults(written):
    assert looks_like_a_separated_year(written)
    assert not looks_like_a_separated_year("2024")
    assert not looks_like_a_separated_year("12.024")


@given(periods)
def test_a_period_is_read_back_from_the_form_we_keep(period):
    assert parse(period.text) == period
    assert read(period.text) == period.text


@given(periods, periods)
def test_periods_of_one_length_sort_as_text_and_as_numbers_as_they_do_in_time(one, other):
    in_time = order(one.text) < order(other.text)

    if one.length == other.length:
        assert in_time == (one.text < other.text) == (one.index < other.index)


@given(periods)
def test_the_periods_of_a_year_follow_each_other_without_gap(period):
    following = period.end

    assert period.start < following
    if period.number < PARTS[period.length]:
        assert following == Period(period.year, period.length, period.number + 1).start
    else:
        assert following == dt.date(period.year + 1, 1, 1)


@given(st.text(max_size=20))
def test_no_text_makes_the_reader_fail(text):
    kept = read(text)

    assert kept is None or parse(kept).text == kept


def test_another_form_is_refused_where_we_wrote_it_ourselves():
    with pytest.raises(ValueError, match="Expected a period such as 2023"):
        parse("2023M05")
