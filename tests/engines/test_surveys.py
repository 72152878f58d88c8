"""Margins of surveys, on real ones and in general."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veikart.engines.surveys import Wave, change, margin, stable_since

# Share of inhabitants (15+) in digital contact with the health service the last 12 months, and how
# many answered: helsedirektoratet.no, Innbyggerundersøkelsen om e-helse 2023.
DIGITAL_CONTACT = """
    2019 | 0.33 | 1162
    2020 | 0.47 | 1614
    2021 | 0.46 | 1504
    2022 | 0.54 | 1524
    2023 | 0.57 | 1608
"""
ANY_CONTACT = """
    2019 | 0.90 | 1162
    2020 | 0.89 | 1614
    2021 | 0.87 | 1504
    2022 | 0.91 | 1524
    2023 | 0.92 | 1608
"""


def waves(text):
    for line in text.strip().splitlines():
        period, share, respondents = (cell.strip() for cell in line.split("|"))
        yield Wave(period, float(share), int(respondents))


def test_margins_of_digital_contact_2019_to_2023():
    found = [margin(wave.share, wave.respondents) for wave in waves(DIGITAL_CONTACT)]

    assert [(round(one.lower, 3), round(one.upper, 3)) for one in found] == [
        (0.304, 0.358),
        (0.446, 0.494),
        (0.435, 0.485),
        (0.515, 0.565),
        (0.546, 0.594),
    ]


def test_changes_of_digital_contact_from_wave_to_wave():
    listed = list(waves(DIGITAL_CONTACT))

    found = [change(*pair) for pair in pairwise(listed)]

    assert [
        (
            round(one.difference, 2),
            round(one.margin.lower, 3),
            round(one.margin.upper, 3),
            one.stable,
        )
        for one in found
    ] == [
        (0.14, 0.103, 0.176, False),
        (-0.01, -0.045, 0.025, True),
        (0.08, 0.044, 0.115, False),
        (0.03, -0.005, 0.065, True),
    ]


def test_digital_contact_is_stable_since_2022_and_any_contact_too():
    assert stable_since(list(waves(DIGITAL_CONTACT))) == "2022"
    assert stable_since(list(waves(DIGITAL_CONTACT))[:4]) is None
    assert stable_since(list(waves(ANY_CONTACT))) == "2022"


def test_a_slow_drift_is_not_stable_though_each_step_is():
    drift = [Wave(str(2010 + n), 0.40 + 0.02 * n, 1500) for n in range(6)]

    steps = [change(*pair) for pair in pairwise(drift)]

    assert all(step.stable for step in steps)
    assert stable_since(drift) == "2014"


def test_a_design_effect_makes_margins_wider_and_changes_stable():
    before, after = list(waves(DIGITAL_CONTACT))[2:4]

    assert margin(0.5, 2000, design_effect=2) == margin(0.5, 1000)
    assert not change(before, after).stable
    assert change(before, after, design_effect=6).stable


def test_waves_without_a_share_or_answers_are_passed_over():
    listed = [
        Wave("2023", 0.57, 1608), Wave("2020", None, 1600), Wave("2021", 0.5, None),
        Wave("2022", 0.54, 1524), Wave("2019", 0.5, 0),
    ]  # fmt: skip

    assert margin(None, 100) is None
    assert margin(0.5, None) is None
    assert margin(0.5, 0) is None
    assert change(listed[1], listed[0]) is None
    assert stable_since(listed) == "2022"
    assert stable_since(listed[:2]) is None
    assert stable_since([]) is None


def test_nobody_of_many_and_everybody_of_few_still_have_a_margin():
    assert margin(0, 100) == pytest.approx((0, 0.0370), abs=5e-5)
    assert margin(1, 10) == pytest.approx((0.7225, 1), abs=5e-5)


def test_per_cent_and_a_design_effect_of_nothing_are_refused():
    with pytest.raises(ValueError, match="Is it in per cent"):
        margin(57, 1608)
    with pytest.raises(ValueError, match="design effect above 0"):
        margin(0.57, 1608, design_effect=0)


@given(
    share=st.floats(0, 1), other=st.floats(0, 1), n=st.integers(1, 10**6), m=st.integers(1, 10**6)
)
def test_margins_hold_the_share_and_are_the_same_for_those_without(share, other, n, m):
    found, mirrored = margin(share, n), margin(1 - share, n)

    assert 0 <= found.lower <= share <= found.upper <= 1
    assert found == pytest.approx((1 - mirrored.upper, 1 - mirrored.lower), abs=1e-9)
    moved = change(Wave("2022", share, n), Wave("2023", other, m))
    back = change(Wave("2023", other, m), Wave("2022", share, n))
    assert moved.margin.lower <= moved.difference <= moved.margin.upper
    assert moved.margin == pytest.approx((-back.margin.upper, -back.margin.lower), abs=1e-12)


@given(share=st.floats(0.001, 0.999), n=st.integers(1, 10**6))
def test_a_margin_ends_where_the_share_is_just_1_96_standard_errors_away(share, n):
    for end in margin(share, n):
        assert abs(share - end) == pytest.approx(
            1.959964 * math.sqrt(end * (1 - end) / n), rel=1e-5, abs=1e-9
        )
