"""Look-ups in figures, and their agreement with looking through the file from end to end."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.indicators import samples
from veikart.plan.figures import SCHEMA, Figures, Series, Slice, value
from veikart.plan.reading_figures import AreaValue, FiguresRead, Place

STATUSES = (None, "suppressed", "estimated")


@st.composite
def files(draw):
    """A file of figures with one level, some areas and some periods."""
    periods = draw(st.integers(1, 4))
    number = st.one_of(st.none(), st.integers(0, 50))
    areas = draw(st.lists(st.sampled_from("ABCDEFGH"), unique=True, min_size=1))
    rows = st.lists(number, min_size=periods, max_size=periods).map(tuple)
    return Figures(
        schema=SCHEMA,
        indicator="indikator/9",
        version=1,
        kind=draw(st.sampled_from(["share", "rate", "count"])),
        per=1000,
        borders=samples.BORDERS,
        periods=tuple(str(2020 + place) for place in range(periods)),
        slices=(
            Slice(
                level="county",
                series=tuple(
                    Series(
                        area=area,
                        numerator=draw(rows),
                        denominator=draw(rows),
                        status=tuple(draw(st.sampled_from(STATUSES)) for _ in range(periods)),
                    )
                    for area in sorted(areas)
                ),
            ),
        ),
    )


@given(files())
def test_every_look_up_agrees_with_looking_through_the_file(figures):
    read = FiguresRead(figures)

    for place, period in enumerate(figures.periods):
        plain = [
            AreaValue(
                series.area,
                series.numerator[place],
                series.denominator[place],
                value(figures.kind, series.numerator[place], series.denominator[place], per=1000),
                series.status[place],
            )
            for series in figures.slices[0].series
        ]
        known = [one.value for one in plain if one.value is not None]

        assert list(read.values("county", period)) == plain
        assert [read.at("county", one.area, period) for one in plain] == plain
        assert [read.place_of("county", period, one) for one in known] == [
            Place(
                higher=sum(other > one for other in known),
                lower=sum(other < one for other in known),
                total=len(known),
            )
            for one in known
        ]
    assert read.latest("county") == max(
        (
            period
            for period in figures.periods
            if any(one.value is not None for one in read.values("county", period))
        ),
        default=None,
    )


def test_what_the_file_does_not_hold_gives_nothing():
    read = FiguresRead(samples.covered_figures())

    assert read.has("county")
    assert not FiguresRead(samples.consultations_figures()).has("region")
    assert read.series("county", "99") is None
    assert read.points("municipality", "9999") == ()
    assert read.at("county", "03", "1999") is None
    assert read.values("county", "1999") == ()
    assert read.latest("county", (("kjonn", "k"),)) is None
    assert read.coverage("county", "03") == ()
    assert read.groups("kjonn") == ()


def test_points_carry_the_value_and_why_there_is_none():
    points = FiguresRead(samples.consultations_figures()).points("municipality", "5601")

    assert [(point.period, point.value, point.status) for point in points] == [
        ("2022", pytest.approx(1_900 / 28_000), None),
        ("2024", None, "suppressed"),
    ]


def test_categories_and_the_spread_across_them_are_found_by_the_breakdown():
    read = FiguresRead(samples.consultations_figures())

    assert read.groups("kjonn") == ("k", "m")
    assert [one.period for one in read.spread("kjonn")] == ["2022", "2024"]
    assert read.spread("alder") == ()


def test_coverage_is_found_by_level_and_area():
    read = FiguresRead(samples.covered_figures())

    assert [one.units_unknown for one in read.coverage("county", "11")] == [1]


def test_the_data_of_a_page_are_read_in_a_millisecond():
    periods = tuple(f"{year}-{month:02}" for year in range(2015, 2027) for month in range(1, 13))
    numbers, people = tuple(range(144)), (1000,) * 144

    def level(name, count):
        rows = (Series(area=f"{n:04}", numerator=numbers, denominator=people) for n in range(count))
        return Slice(level=name, series=tuple(rows))

    figures = Figures(
        schema=SCHEMA,
        indicator="indikator/9",
        version=1,
        kind="share",
        per=None,
        borders=samples.BORDERS,
        periods=periods,
        slices=(level("municipality", 357), level("county", 15), level("nation", 1)),
    )
    taken = []
    for _ in range(9):
        read = FiguresRead(figures)
        begun = perf_counter()
        read.points("nation", "0000")
        municipalities = read.values("municipality", "2026-12")
        read.values("county", "2026-12")
        for one in municipalities[:20]:
            read.place_of("municipality", "2026-12", one.value)
        taken.append(perf_counter() - begun)

    assert sorted(taken)[4] < 0.003  # a third of it on a quiet machine
