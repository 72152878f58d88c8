"""Progress towards a target: the path, Open SDG's ratio, Germany's gap rule, and what none can say."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from veikart.engines.progress.assessing import assess
from veikart.engines.progress.course import Aim, Assessment, Course, Observed, worst
from veikart.engines.progress.open_sdg import ratio

SHARES = st.integers(6, 994).map(lambda thousandths: thousandths / 1000)


def course_of(series, *aims, direction="up", is_share=True, base="2015", **stated):
    """A course from `2015: 0.4, 2024: 0.62`; a dash is a missing value."""
    pairs = [item.split(":") for item in series.split(",") if item.strip()]
    return Course(
        series=tuple(
            Observed(period.strip(), None if value.strip() == "-" else float(value))
            for period, value in pairs
        ),
        direction=direction,
        is_share=is_share,
        aims=aims,
        baseline_period=base,
        **stated,
    )


def reach(year, value, no=1):
    return Aim(no=no, year=year, value=value)


def keep(year, value, no=1):
    return Aim(no=no, year=year, value=value, kind="keep")


def band(year, lower, upper, no=1):
    return Aim(no=no, year=year, value=lower, upper=upper, kind="band")


def rows(text):
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


# The flaws of growth rates, 2015 → 2024, target 2030: the same facts by every method.
KNOWN_FLAWS = """
    A         | 40 | 62 | 90 | up   |  0.898 |  0.733 |  0.573
    B with    | 80 | 90 | 95 | up   |  1.143 |  1.111 |  0.867
    B without | 20 | 10 |  5 | down |  0.840 |  1.111 |  0.867
    C         | 40 | 45 | 90 | up   |  0.237 |  0.167 |  0.131
    D         | 40 | 35 | 90 | up   | -0.265 | -0.167 | -0.137
    E small   |  1 | 10 | 90 | up   |  0.833 |  0.169 |  0.588
    F zero    |  0 | 10 | 90 | up   |  1.565 |  0.185 |  -
"""


@pytest.mark.parametrize("row", rows(KNOWN_FLAWS), ids=lambda row: row[0])
def test_the_known_flaws_of_growth_rates_are_theirs_and_not_the_paths(row):
    _, base, latest, target, direction, *expected = row
    series = f"2015: {base}, 2024: {latest}"
    shares = f"2015: {float(base) / 100}, 2024: {float(latest) / 100}"
    numbers = course_of(series, reach(2030, float(target)), direction=direction, is_share=False)
    of_shares = course_of(shares, reach(2030, float(target) / 100), direction=direction)

    found = [
        assess(numbers, method="open_sdg")[0].progress,
        assess(numbers)[0].progress,
        assess(of_shares)[0].progress,
    ]

    assert ["-" if one is None else f"{one:.3f}" for one in found] == expected


def test_open_sdg_reads_shares_in_per_cent_so_that_their_rule_for_zero_is_theirs():
    found = assess(course_of("2015: 0, 2024: 0.1", reach(2030, 0.9)), method="open_sdg")

    assert (found[0].verdict, round(found[0].progress, 3)) == ("on_path", 1.565)


# series | aims | direction | kind | verdict | progress | expected
PATHS = """
    2015: 0.4, 2024: 0.62             | 0.9  | up   | share  | far_behind | 0.573  | 0.7606
    2015: 0.4, 2024: 0.9              | 0.9  | up   | share  | reached    | 1.667  | 0.7606
    2015: 0.4, 2031: 0.89             | 0.9  | up   | share  | on_path    | 0.959  | 0.9
    2015: 0.4, 2024: 1                | 1    | up   | share  | reached    | 1.667  | 0.9532
    2015: 0.4, 2024: 0.62             | 1    | up   | share  | far_behind | 0.262  | 0.9532
    2015: 0.4, 2024: 0                | 0.9  | up   | share  | wrong_way  | -3.130 | 0.7606
    2015: 0.4, 2024: 0                | 0    | down | share  | reached    | 1.667  | 0.0343
    2015: 40, 2024: 76                | 100  | up   | number | on_path    | 1.000  | 76
    2015: 40, 2024: 70                | 100  | up   | number | behind     | 0.833  | 76
    2015: 0, 2024: 6                  | 10   | up   | number | on_path    | 1.000  | 6
    2015: 10, 2024: 4                 | 0    | down | number | on_path    | 1.000  | 4
    2015: -10, 2024: 5                | 10   | up   | number | on_path    | 1.250  | 2
    2015: 40, 2024: 45                | 30   | up   | number | reached    | -      | 34
    2015: 40, 2024: 29                | 30   | up   | number | wrong_way  | -      | 34
    2015: 0.4, 2023: 0.6, 2024: -     | 0.9  | up   | share  | far_behind | 0.584  | 0.7276
    2015: 0.4, 2020-06: 0.55          | 0.9  | up   | share  | behind     | 0.776  | 0.5927
"""


@pytest.mark.parametrize("row", rows(PATHS), ids=lambda row: "; ".join(row[:4]))
def test_the_path_compares_the_latest_value_with_where_it_should_be(row):
    series, target, direction, kind, verdict, progress, expected = row
    course = course_of(
        series, reach(2030, float(target)), direction=direction, is_share=kind == "share"
    )

    found = assess(course)[0]

    assert found.verdict == verdict
    assert found.expected == pytest.approx(float(expected), abs=6e-5)
    assert found.progress == (None if progress == "-" else pytest.approx(float(progress), abs=6e-4))


# What cannot be assessed: series | base | aim | direction | is share | by path | open_sdg | germany
NOT_ASSESSABLE = """
    2015: 0.4, 2024: 0.5 | 2015 |      -     | up | share  | no_target              | no_target              | too_few_points
    2015: -              | 2015 | 2030: 0.9  | up | share  | no_data                | no_data                | no_data
                         | 2015 | 2030: 0.9  | up | share  | no_data                | no_data                | no_data
    2016: 0.4, 2024: 0.5 | 2015 | 2030: 0.9  | up | share  | no_baseline            | no_baseline            | too_few_points
    2015: 0.4, 2024: 0.5 |  -   | 2030: 0.9  | up | share  | no_baseline            | no_baseline            | too_few_points
    2015: 0.4            | 2015 | 2030: 0.9  | up | share  | no_newer_data          | no_newer_data          | too_few_points
    2015: 0.4, 2024: 0.5 | 2015 | 2030: 0.4  | up | share  | target_equals_baseline | target_equals_baseline | too_few_points
    2015: 0.4, 2024: 0.5 | 2015 | 2015: 0.9  | up | share  | target_before_baseline | target_before_baseline | too_few_points
    2015: 0.4, 2024: 0.5 | 2015 | 2012: 0.9  | up | share  | target_before_baseline | target_before_baseline | too_few_points
    2015: 0, 2024: 0.5   | 2015 | 2030: 0.9  | up | share  | zero_base              |                        | too_few_points
    2015: 1, 2024: 0.5   | 2015 | 2030: 0.9  | up | share  | zero_base              |                        | too_few_points
    2015: 0.4, 2024: 1.5 | 2015 | 2030: 0.9  | up | share  | outside_limits         |                        | too_few_points
    2015: 0.4, 2024: 0.5 | 2015 | 2030: 90   | up | share  | outside_limits         |                        | too_few_points
    2015: .996, 2024:.997| 2015 | 2030: .999 | up | share  | outside_limits         |                        | too_few_points
    2015: -4, 2024: 5    | 2015 | 2030: 9    | up | number |                        | sign_change            | too_few_points
    2015: 4, 2024: 5     | 2015 | 2030: 9    | -  | number | no_direction           | no_direction           | no_direction
"""


@pytest.mark.parametrize("row", rows(NOT_ASSESSABLE), ids=lambda row: "; ".join(row[:5]))
def test_what_cannot_be_assessed_says_why(row):
    series, base, aim, direction, kind, *expected = row
    aims = [] if aim == "-" else [reach(int(aim.split(":")[0]), float(aim.split(":")[1]))]
    course = course_of(
        series,
        *aims,
        base=None if base == "-" else base,
        direction=None if direction == "-" else direction,
        is_share=kind == "share",
    )

    found = [assess(course, method=method)[0] for method in ("path", "open_sdg", "germany")]

    assert [one.reason or "" for one in found] == expected
    assert all((one.verdict == "not_assessable") == (one.reason is not None) for one in found)
    assert all(one.progress is None for one in found if one.reason)


def test_an_assessment_is_whole():
    found = assess(course_of("2015: 40, 2024: 70", reach(2030, 100, no=3), is_share=False))

    assert found == (
        Assessment(
            method="path", target=3, period="2024", value=70, expected=76,
            progress=30 / 36, verdict="behind",
        ),
    )  # fmt: skip


def test_the_path_goes_by_its_milestones_and_each_milestone_has_a_path_of_its_own():
    course = course_of(
        "2020: 0, 2027: 40",
        reach(2030, 100, no=1), reach(2025, 20, no=2),
        is_share=False, base="2020",
    )  # fmt: skip

    found = assess(course)

    assert [(one.target, one.expected, one.verdict) for one in found] == [
        (2, 20, "reached"),
        (1, 52, "behind"),
    ]


def test_while_a_path_is_level_there_is_no_part_of_the_way_but_still_a_class():
    level = (reach(2025, 50, no=1), reach(2030, 100, no=2))

    def found(value):
        course = course_of(f"2020: 50, 2024: {value}", *level, is_share=False, base="2020")
        return [(one.progress, one.verdict, one.reason) for one in assess(course)]

    assert found(49) == [
        (None, "not_assessable", "target_equals_baseline"),
        (None, "wrong_way", None),
    ]
    assert found(50)[1] == (None, "on_path", None)


def test_a_stated_baseline_holds_over_a_break_and_a_measured_one_does_not():
    series = "2015: 0.4, 2020: 0.5, 2024: 0.62"

    measured = assess(course_of(series, reach(2030, 0.9), breaks=("2020",)))[0]
    stated = assess(course_of(series, reach(2030, 0.9), breaks=("2020",), baseline_value=0.45))[0]
    after = assess(course_of(series, reach(2030, 0.9), breaks=("2020",), base="2020"))[0]

    assert measured.reason == "no_baseline"
    assert (stated.verdict, after.verdict) == ("far_behind", "far_behind")


# series | aim | direction | path | germany
KEPT = """
    2021: 60, 2022: 60, 2023: 61, 2024: 62 | keep 60     | up   | on_path   | on_path
    2021: 70, 2022: 66, 2023: 63, 2024: 62 | keep 60     | up   | on_path   | behind
    2021: 50, 2022: 52, 2023: 55, 2024: 56 | keep 60     | up   | behind    | far_behind
    2021: 70, 2022: 62, 2023: 55, 2024: 50 | keep 60     | up   | wrong_way | wrong_way
    2021: 70, 2022: 62, 2023: 55, 2024: 50 | keep 60     | down | on_path   | on_path
    2024: 50                               | keep 60     | up   | behind    | too_few_points
    2021: 5, 2022: 5, 2023: 5, 2024: 5     | band 4 to 6 | -    | on_path   | on_path
    2021: 2, 2022: 3, 2023: 4, 2024: 6     | band 4 to 6 | -    | on_path   | behind
    2021: 9, 2022: 8, 2023: 7, 2024: 6.5   | band 4 to 6 | -    | behind    | far_behind
    2021: 5, 2022: 5, 2023: 6, 2024: 6.5   | band 4 to 6 | -    | wrong_way | wrong_way
    2021: 5, 2022: 5, 2023: 5, 2030: 6     | band 4 to 6 | -    | reached   | reached
    2021: 61, 2022: 62, 2023: 63, 2030: 64 | keep 60     | up   | reached   | reached
    2021: 5, 2022: 5, 2023: 5, 2024: 5     | keep 5      | -    | no_direction | no_direction
"""


@pytest.mark.parametrize("row", rows(KEPT), ids=lambda row: "; ".join(row[:3]))
def test_what_is_to_be_kept_and_bands_are_judged_by_where_the_value_is_and_goes(row):
    series, aim, direction, *expected = row
    kind, lower, *upper = aim.replace(" to", "").split()
    target = (
        band(2030, float(lower), float(upper[0])) if kind == "band" else keep(2030, float(lower))
    )
    course = course_of(
        series, target, is_share=False, base=None, direction=None if direction == "-" else direction
    )

    found = [assess(course, method=method)[0] for method in ("path", "germany")]

    assert [one.reason or one.verdict for one in found] == expected
    assert assess(course, method="open_sdg")[0].reason == "no_target"


# series | target | progress | verdict: the mean change of five years, carried on to 2030
GAPS = """
    2019: 50, 2020: 52, 2021: 54, 2022: 56, 2023: 58, 2024: 60            | 72    | 1.000  | on_path
    2018: 0, 2019: 50, 2020: 52, 2021: 54, 2022: 56, 2023: 58, 2024: 60   | 72    | 1.000  | on_path
    2019: 50, 2020: 52, 2021: 54, 2022: 56, 2023: 58, 2024: 60            | 72.6  | 0.952  | on_path
    2019: 50, 2020: 52, 2021: 54, 2022: 56, 2023: 58, 2024: 60            | 73    | 0.923  | behind
    2019: 50, 2020: 52, 2021: 54, 2022: 56, 2023: 58, 2024: 60            | 75    | 0.800  | behind
    2019: 50, 2020: 52, 2021: 54, 2022: 56, 2023: 58, 2024: 60            | 76    | 0.750  | far_behind
    2019: 70, 2020: 68, 2021: 66, 2022: 64, 2023: 62, 2024: 60            | 72    | -1.000 | wrong_way
    2021: 60, 2022: 60, 2023: 60, 2024: 60                                | 72    | 0.000  | wrong_way
    2021: 70, 2022: 70, 2023: 71, 2024: 73                                | 72    | -      | reached
    2021: 80, 2022: 78, 2023: 77, 2024: 74                                | 72    | -      | behind
    2012: 36, 2016: 44, 2020: 52, 2024: 60                                | 72    | 1.000  | on_path
"""


@pytest.mark.parametrize("row", rows(GAPS), ids=lambda row: "; ".join(row[:2]))
def test_germanys_rule_asks_by_how_much_the_gap_will_be_missed(row):
    series, target, progress, verdict = row

    found = assess(course_of(series, reach(2030, float(target)), is_share=False), method="germany")[
        0
    ]

    assert found.verdict == verdict
    assert found.progress == (None if progress == "-" else pytest.approx(float(progress), abs=5e-4))


def test_germanys_rule_without_a_target_asks_for_the_direction_of_the_mean_and_of_the_last_change():
    def found(*values):
        series = ", ".join(f"{2020 + n}: {value}" for n, value in enumerate(values))
        return assess(course_of(series, is_share=False), method="germany")[0]

    assert [
        found(1, 2, 3, 4).verdict, found(1, 2, 4, 3).verdict,
        found(4, 3, 1, 2).verdict, found(4, 3, 2, 1).verdict,
    ] == ["on_path", "behind", "far_behind", "wrong_way"]  # fmt: skip
    assert found(1, 2, 3, 4).target == 0


def test_of_several_targets_the_worst_counts_and_what_cannot_be_assessed_only_if_all_cannot():
    course = course_of(
        "2020: 50, 2024: 70", reach(2030, 80, no=1), keep(2030, 75, no=2), reach(2030, 50, no=3),
        is_share=False, base="2020",
    )  # fmt: skip

    found = assess(course)

    assert [(one.target, one.verdict) for one in found] == [
        (1, "on_path"), (2, "behind"), (3, "not_assessable"),
    ]  # fmt: skip
    assert worst(found) == found[1]
    assert worst(found[2:]) == found[2]
    assert worst([]) is None


def test_growth_of_negative_values_is_turned_round_as_open_sdg_does():
    assert ratio(-10, -5, -2, years=5, years_due=10, up=True) == pytest.approx(0.870, abs=1e-3)
    assert ratio(10, 0, 0, years=5, years_due=10, up=False) > 1
    assert ratio(10, -1, 20, years=5, years_due=10, up=True) is None


def test_two_values_of_a_period_bands_without_ends_and_unknown_methods_are_refused():
    with pytest.raises(ValueError, match="found several for 2015"):
        assess(course_of("2015: 1, 2015: 2", reach(2030, 3)))
    with pytest.raises(ValueError, match="Give target 1 both ends"):
        assess(course_of("2015: 1, 2016: 2", band(2030, 3, 2)))
    with pytest.raises(ValueError, match="found “stars”"):
        assess(course_of("2015: 1", reach(2030, 3)), method="stars")


@given(base=SHARES, latest=SHARES, target=SHARES, years=st.integers(1, 20), up=st.booleans())
@example(base=0.8, latest=0.9, target=0.95, years=9, up=True)
def test_it_is_the_same_to_count_those_with_and_those_without(base, latest, target, years, up):
    of_those_with = course_of(
        f"2015: {base}, {2015 + years}: {latest}", reach(2030, target),
        direction="up" if up else "down",
    )  # fmt: skip
    of_those_without = course_of(
        f"2015: {1 - base}, {2015 + years}: {1 - latest}", reach(2030, 1 - target),
        direction="down" if up else "up",
    )  # fmt: skip

    one, other = assess(of_those_with)[0], assess(of_those_without)[0]

    assert (one.verdict, one.reason) == (other.verdict, other.reason)
    assert one.progress == (
        None if other.progress is None else pytest.approx(other.progress, rel=1e-9, abs=1e-9)
    )


@given(base=SHARES, target=SHARES, values=st.lists(SHARES, min_size=2, max_size=5))
def test_a_better_value_is_never_assessed_as_worse(base, target, values):
    order = ("wrong_way", "far_behind", "behind", "on_path", "reached")
    found = [
        assess(course_of(f"2015: {base}, 2024: {value}", reach(2030, target)))[0]
        for value in sorted(values)
    ]

    ranks = [order.index(one.verdict) for one in found if one.verdict != "not_assessable"]
    assert ranks == sorted(ranks)
