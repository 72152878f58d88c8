"""Coverage, inequality, groups, dots and tiles: what is in their specifications."""

import math
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.plan.charts.samples import (
    COVERAGE,
    GROUPED,
    GROUPS,
    SPREAD,
    TILES,
    figures,
    indicator,
    places,
)
from tests.plan.charts.test_trend import drawn, layers, measured, signs
from veikart.plan.charts import areas, canonical, coverage, dots, groups, inequality, tiles, tokens
from veikart.plan.charts.classes import bounds, class_of
from veikart.plan.charts.coverage import share_of
from veikart.plan.charts.groups import spaced
from veikart.plan.charts.swarm import Circle, packed, swarm
from veikart.plan.figures import Series, Slice
from veikart.plan.indicators import Category, Coverage, Places

PEOPLE = {
    "0301": 717_710,
    "4601": 291_940,
    "1103": 149_048,
    "5001": 214_565,
    "1151": 212,
    "5501": 78_745,
}


def test_coverage_of_units_and_of_inhabitants_differ_and_unknown_is_a_band():
    units, people = (coverage(COVERAGE, of=of) for of in ("units", "people"))

    assert measured(units)[0][-1] == (2024, pytest.approx(190 / 326))
    assert measured(people)[0][-1] == (2024, pytest.approx(4_100_000 / 5_250_000))
    assert layers(units, "area", fill=tokens.UNKNOWN)
    assert signs(units) == ["known", "unknown"]


def test_where_nobody_has_told_all_is_possible_and_nothing_is_measured():
    nobody = Coverage(
        period="2023", units_offering=0, units_not=0, units_unknown=357, covered=0, not_covered=0, unknown=5_500_000,
    )  # fmt: skip

    assert share_of(nobody, of="units") == (2024, 0, 1, None)
    assert measured(coverage([nobody], of="units")) == []


def test_coverage_without_units_is_an_empty_chart():
    assert drawn(coverage([], of="units"), "text") == []


def test_a_measure_that_is_missing_is_a_gap():
    holed = [replace(one, gini=None) if one.period == "2021" else one for one in SPREAD]
    specification = inequality(holed, "gini", kind="share")

    assert [len(run) for run in measured(specification)] == [2, 2]


def test_ratios_stand_on_whole_numbers():
    specification = inequality(SPREAD, "ratio", kind="share")

    assert [row["t"] for row in specification["layer"][0]["data"]["values"]] == list("01234")


def test_the_country_is_thick_among_thin_areas_and_the_ends_are_marked():
    found = figures(PEOPLE)
    specification = areas(indicator(kind="share"), found, level="county")
    best, worst = specification["usermeta"]["names"]

    assert signs(specification) == ["nation", "best", "worst", "area"]
    assert len(layers(specification, "line", stroke=tokens.MEASURED, strokeWidth=3.5)) == 1
    assert best != worst
    assert areas(indicator(kind="share", direction="down"), found, level="county")["usermeta"][
        "names"
    ] == [worst, best]


def test_groups_are_told_apart_by_dash_shape_and_number():
    specification = groups(indicator(kind="share", **GROUPED), figures(PEOPLE), "age")
    lines = [layer["mark"].get("strokeDash") for layer in layers(specification, "line")]
    shapes = [layer["mark"]["shape"] for layer in layers(specification, "point")]
    numbers = [
        layer["data"]["values"][0]["t"] for layer in layers(specification, "text", fontWeight=600)
    ]

    assert len({str(dash) for dash in lines}) == len(set(shapes)) == len(GROUPS)
    assert numbers == ["1", "2", "3", "4", "5"]
    assert specification["usermeta"]["names"] == list(GROUPS)


def test_groups_in_one_period_are_rows():
    specification = groups(
        indicator(kind="share", **GROUPED), figures(PEOPLE, periods=("2023",)), "age"
    )

    assert signs(specification) == [f"row-{number}" for number in range(1, 6)]
    assert len(layers(specification, "rule", stroke=tokens.MEASURED)[0]["data"]["values"]) == 5


def test_more_groups_than_can_be_told_apart_are_rows():
    many = tuple(Category(no=n, column="age", code=f"a{n}", label="") for n in range(9))
    found = figures(PEOPLE)
    country = next(one for one in found.slices if one.level == "nation" and not one.group)
    slices = tuple(
        Slice(level="nation", group=(("age", one.code),), series=country.series) for one in many
    )
    specification = groups(
        indicator(kind="share", categories=many), replace(found, slices=slices), "age"
    )

    assert len(signs(specification)) == 9


def test_a_breakdown_that_has_no_figures_is_an_empty_chart():
    assert signs(groups(indicator(kind="share", **GROUPED), figures(PEOPLE), "sex")) == []


@given(st.lists(st.floats(0, 300), max_size=7))
def test_numbers_at_the_ends_of_lines_never_meet(wanted):
    found = spaced(wanted, 16)
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    moved = [found[number] for number in order]

    assert all(b - a >= 16 - 1e-6 for a, b in pairwise(moved))


@given(
    st.lists(
        st.tuples(st.floats(0, 600), st.floats(1, 30)).map(lambda pair: Circle(*pair)), max_size=25
    )
)
def test_circles_of_a_swarm_never_overlap_and_stay_at_their_values(circles):
    laid = swarm(circles, air=0)

    assert [(c.along, c.radius) for c in laid] == [(c.along, c.radius) for c in circles]
    for one, other in combinations(laid, 2):
        apart = math.hypot(one.along - other.along, one.across - other.across)
        assert apart >= one.radius + other.radius - 1e-6


def test_packed_circles_stay_inside_their_width():
    middles, height = packed([10, 5, 5, 3], width=35)

    assert all(x - r >= 0 and x + r <= 35 for (x, _), r in zip(middles, [10, 5, 5, 3], strict=True))
    assert height > 20


def test_each_municipality_is_a_dot_by_value_sized_by_inhabitants():
    found = figures(PEOPLE, silent=["5001"], hidden=["1151"])
    specification = dots(found, places(PEOPLE), "2023")
    solid, circle, square = layers(specification, "point")

    assert len(solid["data"]["values"]) == 4
    assert max(row["a"] for row in solid["data"]["values"]) == pytest.approx(
        math.pi * 27**2, rel=0.01
    )
    assert len(circle["data"]["values"]) == len(square["data"]["values"]) == 1
    assert square["mark"]["shape"] == "square"
    assert signs(specification) == ["municipality", "nation-line", "unknown-dot", "suppressed-dot"]
    assert set(specification["usermeta"]["names"]) == {"0301", "4601", "1103", "5501"}


def test_a_municipality_without_figures_is_not_known():
    specification = dots(figures({"0301": 700_000}), places(PEOPLE), "2023")

    assert "unknown-dot" in signs(specification)


def test_no_municipalities_is_an_empty_strip():
    canonical(dots(figures({}), Places(), "2023"))


def test_a_period_without_figures_is_refused():
    with pytest.raises(ValueError, match="2019, 2020, 2021, 2022, 2023, found “1999”"):
        dots(figures(PEOPLE), places(PEOPLE), "1999")


def test_each_county_is_a_tile_with_its_number_and_value():
    specification = tiles(figures(PEOPLE), places(PEOPLE), "2023")
    known, silent = (layer["data"]["values"] for layer in layers(specification, "rect"))

    assert {row["code"] for row in known} == {"03", "46", "11", "50", "55"}
    assert len(known) + len(silent) == len(TILES)
    assert all(row["t"].endswith("%") for row in known)
    assert layers(specification, "rect")[1]["mark"]["strokeDash"]
    assert signs(specification) == ["class", "no-value"]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_classes_hold_every_value_and_are_round(values):
    limits = bounds(values, percent=True)

    assert len(limits) == 6
    assert limits[0] <= min(values) + 1e-9
    assert max(values) <= limits[-1] + 1e-9
    assert all(abs(limit * 100 - round(limit * 100)) < 1e-6 for limit in limits)
    for value in values:
        level = class_of(value, limits)
        assert limits[level] <= value + 1e-9
        assert value <= limits[level + 1] + 1e-9


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=6))
def test_classes_of_counts_hold_every_value(values):
    limits = bounds(values, percent=False)
    air = 1e-6 * max(abs(limit) for limit in limits) + 1e-9

    assert limits[0] - air <= min(values) <= max(values) <= limits[-1] + air


def test_large_numbers_in_tiles_are_counted_in_thousands_so_that_they_have_room():
    people = replace(figures(PEOPLE), kind="count")
    specification = tiles(people, places(PEOPLE), "2023")
    known = layers(specification, "rect")[0]["data"]["values"]

    assert specification["usermeta"]["power"] == 3
    assert all(len(row["t"]) <= 5 for row in known)


def test_numbers_in_tiles_have_a_decimal_where_classes_are_close():
    near = replace(figures(PEOPLE), kind="share", slices=(
        Slice(level="county", series=tuple(
            Series(area=code, numerator=(part,), denominator=(1000,))
            for code, part in (("03", 207), ("46", 212), ("11", 218))
        )),
    ), periods=("2023",))  # fmt: skip
    known = layers(tiles(near, places(PEOPLE), "2023"), "rect")[0]["data"]["values"]

    assert [row["t"].replace("\u202f", " ") for row in known] == ["20,7 %", "21,8 %", "21,2 %"]
