"""Forecasts: by hand, held against what came, and never beyond what a share can be."""

import math
import random
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import stdtrit

from veikart.engines.forecast import Forecast, forecast
from veikart.engines.progress.course import Aim, Course, Observed

REACH = Aim(no=1, year=2030, value=20)


def course_of(series, *, is_share=False, direction="up", breaks=()):
    return Course(
        series=tuple(Observed(str(period), value) for period, value in series.items()),
        direction=direction,
        is_share=is_share,
        breaks=breaks,
    )


def yearly(*values, first=2015):
    return {first + n: value for n, value in enumerate(values)}


def test_a_straight_line_goes_on_without_a_doubt():
    found = forecast(course_of(yearly(1, 2, 3, 4, 5)), year=2030, aim=REACH)

    assert found == Forecast(
        year=2030, points=5, value=16, lower=16, upper=16, probability=0
    )  # fmt: skip


def test_a_forecast_is_what_one_can_work_out_by_hand():
    # Next forecast 2, 4.5, 5 1/3 where 3, 4, 7 came; variance grown 2, 1.5, 4/3 at one year.
    found = forecast(course_of(yearly(0, 1, 3, 4, 7)), year=2021, aim=Aim(no=1, year=2021, value=9))

    s2 = ((3 - 2) ** 2 / 2 + (4 - 4.5) ** 2 / 1.5 + (7 - 16 / 3) ** 2 / (4 / 3)) / 3
    half = 1.6377443536962 * math.sqrt(s2 * 2 * (1 + 2 / 4))
    assert (found.value, found.lower, found.upper) == pytest.approx(
        (10.5, 10.5 - half, 10.5 + half)
    )
    assert 0.5 < found.probability < 0.9


def test_the_interval_is_as_wide_below_as_the_probability_says():
    series = course_of(yearly(0, 1, 3, 4, 7, 6, 9))
    found = forecast(series, year=2030)

    def probability(value, direction="up"):
        aim = Aim(no=1, year=2030, value=value)
        return forecast(course_of(yearly(0, 1, 3, 4, 7, 6, 9), direction=direction), year=2030,
                        aim=aim).probability  # fmt: skip

    assert found.probability is None
    assert probability(found.lower) == pytest.approx(0.9)
    assert probability(found.value) == pytest.approx(0.5)
    assert probability(found.upper) == pytest.approx(0.1)
    assert probability(found.upper, "down") == pytest.approx(0.9)
    band = Aim(no=1, year=2030, value=found.lower, upper=found.upper, kind="band")
    assert forecast(series, year=2030, aim=band).probability == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("series", "is_share", "breaks", "points", "reason"),
    [
        (yearly(1, 2, 3, 4), False, (), 4, "too_few_points"),
        (yearly(1, 2, None, 3, 4), False, (), 4, "too_few_points"),
        (yearly(1, 2, 3, 4, 5, 6), False, ("2017",), 4, "too_few_points"),
        ({}, False, (), 0, "no_data"),
        (yearly(None, None), True, (), 0, "no_data"),
        (yearly(0.1, 0.2, 0.3, 0.4, 1.2), True, (), 5, "outside_limits"),
    ],
)
def test_what_cannot_be_forecast_says_why(series, is_share, breaks, points, reason):
    found = forecast(course_of(series, is_share=is_share, breaks=breaks), year=2030, aim=REACH)

    assert found == Forecast(year=2030, points=points, reason=reason)


def test_only_what_can_be_compared_is_learnt_from():
    broken = yearly(90, 95, 100, 1, 2, 3, 4, 5)

    found = forecast(course_of(broken, breaks=("2018",)), year=2030)
    later = forecast(course_of(broken, breaks=("2018", "2040")), year=2030)

    assert found == later
    assert (found.points, found.value) == (5, 13)


def test_periods_may_be_of_any_length_and_with_gaps():
    series = {"2015": 1.0, "2017": 3.0, "2018-H1": 3.5, "2019-06": 4.5, "2021": 7.0}

    found = forecast(course_of(series), year=2030)

    assert found.value == pytest.approx(16)


def test_when_the_year_has_come_what_came_is_given():
    series = course_of(yearly(0.2, 0.5, 1.0), is_share=True)

    assert forecast(series, year=2016, aim=Aim(no=1, year=2016, value=0.5)) == Forecast(
        year=2016, points=3, value=0.5, lower=0.5, upper=0.5, probability=1
    )
    assert forecast(series, year=2017, aim=Aim(no=1, year=2017, value=1)).probability == 1
    assert forecast(series, year=2010).reason == "no_data"


def test_without_a_direction_only_a_band_has_a_probability():
    series = course_of(yearly(1, 3, 2, 4, 5), direction=None)

    assert forecast(series, year=2030, aim=REACH).probability is None
    band = Aim(no=1, year=2030, value=0, upper=100, kind="band")
    assert forecast(series, year=2030, aim=band).probability > 0.9


def test_a_number_that_was_never_negative_is_not_forecast_below_zero():
    falling = yearly(9, 7, 6, 3, 1)

    found = forecast(course_of(falling, direction="down"), year=2030)
    signed = forecast(course_of(yearly(9, 7, 6, 3, -1), direction="down"), year=2030)

    assert (found.value, found.lower) == (0, 0)
    assert signed.lower < signed.value < 0


SHARES = st.lists(st.integers(0, 1000).map(lambda n: n / 1000), min_size=5, max_size=15)


@settings(max_examples=60)
@given(values=SHARES, year=st.integers(2030, 2060))
def test_a_share_stays_one_and_its_complement_mirrors_it(values, year):
    aim = Aim(no=1, year=year, value=0.8)
    found = forecast(course_of(yearly(*values), is_share=True), year=year, aim=aim)
    mirrored = forecast(
        course_of(yearly(*(1 - v for v in values)), is_share=True, direction="down"),
        year=year, aim=Aim(no=1, year=year, value=0.2),
    )  # fmt: skip

    assert 0 <= found.lower <= found.value <= found.upper <= 1
    assert 0 <= found.probability <= 1
    assert (found.value, found.lower, found.upper) == pytest.approx(
        (1 - mirrored.value, 1 - mirrored.upper, 1 - mirrored.lower), abs=1e-9
    )
    assert found.probability == pytest.approx(mirrored.probability, abs=1e-6)


STEPS = st.lists(
    st.tuples(st.integers(1, 4), st.integers(-50, 50)), min_size=4, max_size=12
)  # fmt: skip


@given(steps=STEPS, ahead=st.integers(1, 10))
def test_the_interval_is_that_of_a_random_walk_with_drift(steps, ahead):
    years = list(accumulate((gap for gap, _ in steps), initial=2000))
    values = list(accumulate((move for _, move in steps), initial=-1000))
    drift = (values[-1] - values[0]) / (years[-1] - years[0])
    variance = sum((move - drift * gap) ** 2 / gap for gap, move in steps) / (len(steps) - 1)
    growth = ahead * (1 + ahead / (years[-1] - years[0]))

    found = forecast(
        course_of(dict(zip(years, values, strict=True))), year=years[-1] + ahead
    )  # fmt: skip

    half = float(stdtrit(len(steps) - 1, 0.9)) * math.sqrt(variance * growth)
    assert found.value == pytest.approx(values[-1] + drift * ahead)
    assert found.upper - found.lower == pytest.approx(2 * half, rel=1e-9, abs=1e-9)


# Held against what came: kind of series, how often of 100 the interval held it, at least and most.
BACK_TESTS = [("walk", 0.76, 0.84), ("trend", 0.78, 1.0), ("wave", 0.78, 1.0)]


@pytest.mark.parametrize(("kind", "least", "most"), BACK_TESTS)
@pytest.mark.parametrize("points", [5, 8, 15])
def test_four_of_five_intervals_hold_what_came(kind, least, most, points):
    draw = random.Random(f"{kind} {points}")
    tries, held = 500, 0

    for _ in range(tries):
        horizon = draw.choice([1, 4, 7])
        values = simulated(draw, kind, points + horizon)
        known = yearly(*values[:points], first=2000)
        found = forecast(course_of(known), year=1999 + points + horizon)
        held += found.lower <= values[-1] <= found.upper

    assert least <= held / tries <= most


def simulated(draw, kind, length):
    """A random walk with a drift, a trend with noise, or a trend with noise that lasts."""
    noise = [draw.gauss(0, 1) for _ in range(length)]
    if kind == "walk":
        return [-1e6 + level for level in accumulate(one + 0.1 for one in noise)]
    if kind == "wave":
        noise = list(accumulate(noise, lambda level, one: 0.6 * level + one))
    return [-1e6 + 0.5 * year + one for year, one in enumerate(noise)]
