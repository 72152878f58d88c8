"""Where periods and values lie, and which numbers are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veikart.plan.charts.axes import counts, length, position, ratios, shares, values_axis, years


@pytest.mark.parametrize(
    ("period", "place", "long"),
    [
        ("2023", 2024.0, 1.0),
        ("2023-H1", 2023.5, 0.5),
        ("2023-T2", 2023 + 2 / 3, 1 / 3),
        ("2023-Q3", 2023.75, 0.25),
        ("2023-12", 2024.0, 1 / 12),
    ],
)
def test_a_period_lies_at_its_end(period, place, long):
    assert position(period) == pytest.approx(place)
    assert length(period) == pytest.approx(long)


def test_what_is_no_period_is_refused():
    with pytest.raises(ValueError, match="2023-X1"):
        position("2023-X1")


def test_years_stand_under_yearly_points_and_the_target_year_has_one():
    axis = years(["2019", "2020", "2023"], until=2030, room=9)

    assert (axis.first, axis.last) == (2020, 2031)
    assert axis.labels == (
        (2021, 2020),
        (2023, 2022),
        (2025, 2024),
        (2027, 2026),
        (2029, 2028),
        (2031, 2030),
    )


def test_years_stand_under_the_middle_of_their_months():
    axis = years(["2022-03", "2023-11"], room=9)

    assert axis.labels == ((2022.5, 2022), (2023.5, 2023))


@pytest.mark.parametrize("periods", [[], ["2023"], ["2023-07"]])
def test_one_period_or_none_has_an_axis(periods):
    axis = years(periods, room=5)

    assert axis.first < axis.last
    assert len(axis.labels) <= 5


def test_shares_end_at_all_or_at_a_round_number_above_low_ones():
    assert [shares([top]).high for top in (0.03, 0.09, 0.28, 0.5, 0.51, 1)] == [
        0.05,
        0.1,
        0.3,
        0.5,
        1,
        1,
    ]
    assert shares([0.57]).ticks == (0, 0.2, 0.4, 0.6, 0.8, 1)


def test_differences_of_shares_go_below_zero():
    axis = shares([-0.07, 0.12])

    assert (axis.low, axis.high) == (-0.1, 0.15)
    assert 0 in axis.ticks


def test_large_counts_are_counted_in_millions():
    axis = counts([109_500_000])

    assert axis.power == 6
    assert axis.ticks == (0, 50, 100, 150)
    assert axis.text(109_500_000) == "110"


def test_small_rates_have_the_decimals_that_they_need():
    axis = counts([0.07])

    assert [axis.text(tick) for tick in axis.ticks] == ["0", "0,02", "0,04", "0,06", "0,08"]


def test_numbers_beside_points_have_norwegian_form():
    assert shares([0.9]).text(0.57) == "57\u202f%"
    assert shares([0.03]).text(0.0284) == "2,8\u202f%"
    assert counts([12_034]).text(12_034) == "12\u2009034"
    assert counts([-3, 8]).text(-3) == "−3"
    assert ratios([1.9]).text(1.9) == "1,9"


@given(st.lists(st.floats(-1e12, 1e12), max_size=5))
def test_every_value_lies_on_its_axis_and_no_two_numbers_along_it_are_the_same(values):
    axis = values_axis("count", values)

    air = (axis.high - axis.low) * 1e-6

    assert all(axis.low - air <= axis.scaled(value) <= axis.high + air for value in values)
    assert 2 <= len(axis.ticks) <= 8
    assert len({axis.text(tick * 10.0**axis.power) for tick in axis.ticks}) == len(axis.ticks)


@given(st.lists(st.floats(-1, 1), max_size=5))
def test_every_share_lies_on_its_axis(values):
    axis = values_axis("share", values)

    assert all(axis.low - 1e-9 <= value <= axis.high + 1e-9 for value in values)
    assert 2 <= len(axis.ticks) <= 12
