"""Each area on its own path to the target: as the whole country's series would be judged."""

import datetime as dt

import pytest

from tests.indicators.factories import INDICATOR
from tests.indicators.test_definitions import changed
from veikart.adapters import warehouse
from veikart.engines.progress.assessing import assess
from veikart.engines.progress.course import Aim, Course, Observed
from veikart.indicators.area_progress import is_told, progress_of_areas
from veikart.plan.figures import SCHEMA, Figures, Series, Slice
from veikart.plan.indicators import Target

PERIODS = ("2020", "2021", "2022", "2023")
SERIES = {
    "03": (50, 60, 70, 80),
    "11": (50, 50, 50, 50),
    "15": (50, 40, 30, 20),
    "18": (50, 60, None, None),
    "31": (None, 60, 70, 80),
    "34": (80, 85, 90, 92),
}
DEFINITION = changed(breaks=(), baseline_value=None)


def figures(kind="share", series=SERIES):
    listed = tuple(
        Series(area=area, numerator=numbers, denominator=(100,) * len(PERIODS))
        for area, numbers in series.items()
    )
    return Figures(
        schema=SCHEMA,
        indicator=INDICATOR.uid,
        version=1,
        kind=kind,
        per=None,
        borders=dt.date(2024, 1, 1),
        periods=PERIODS,
        slices=(Slice(level="county", series=listed), Slice(level="nation", series=listed[:1])),
    )


def told(definition=DEFINITION, **more):
    backend = warehouse.connect(threads=1)
    found = progress_of_areas(definition, figures(**more), level="county", backend=backend)
    return {one.area: one for one in found}


def slowly(numbers, breaks=()):
    """The same area, judged as one series."""
    known = [(p, n) for p, n in zip(PERIODS, numbers, strict=True) if n is not None]
    course = Course(
        series=tuple(Observed(period, number / 100) for period, number in known),
        direction="up",
        is_share=True,
        aims=(Aim(no=1, year=2030, value=0.9),),
        baseline_period="2020",
        breaks=breaks,
    )
    (found,) = assess(course)
    return found


def test_each_area_is_judged_as_its_series_alone_is():
    found = told()

    assert found.keys() == SERIES.keys()
    for area, numbers in SERIES.items():
        alone = slowly(numbers)
        assert (found[area].period, found[area].verdict, found[area].reason) == (
            alone.period, alone.verdict, alone.reason,
        )  # fmt: skip
        numbers_of = [(one.expected, one.progress) for one in (found[area], alone)]
        assert numbers_of[0] == (
            pytest.approx(numbers_of[1]) if None not in numbers_of[1] else numbers_of[1]
        )


def test_the_last_known_value_is_told_with_its_period():
    found = told()

    assert (found["18"].period, found["18"].value) == ("2021", 0.6)
    assert (found["15"].verdict, found["34"].verdict) == ("wrong_way", "reached")


def test_what_came_before_a_break_does_not_count():
    definition = changed(baseline_value=None)

    found = told(definition)

    assert {one.reason for one in found.values()} == {"no_baseline"}
    assert "18" not in found


@pytest.mark.parametrize(
    "fields",
    [
        {"direction": None},
        {"kind": "count"},
        {"targets": ()},
        {"targets": (Target(no=1, year=2030, value=0.9, kind="keep"),)},
    ],
)
def test_what_cannot_be_judged_is_said(fields):
    definition = changed(**fields)

    assert not is_told(definition)
    with pytest.raises(ValueError, match="Expected a target to reach"):
        told(definition)
