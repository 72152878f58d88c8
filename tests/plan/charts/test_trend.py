"""The line of an indicator: what is in its specification, and what never is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plan.charts.samples import BREAK, DIGITAL_CONTACT, FORECAST, indicator, result
from veikart.plan.charts import canonical, fingerprint, spark, tokens, trend
from veikart.plan.charts.axes import position
from veikart.plan.charts.path import path
from veikart.plan.indicators import Break, Point, Target


def layers(specification, kind, **look):
    """The layers of a kind of mark with this look."""
    return [
        layer
        for layer in specification["layer"]
        if layer["mark"]["type"] == kind
        and all(layer["mark"].get(name) == value for name, value in look.items())
    ]


def drawn(specification, kind, **look):
    """The places in those layers, in order."""
    return [
        (row["x"], row["y"])
        for layer in layers(specification, kind, **look)
        for row in layer["data"]["values"]
        if "x" in row and "y" in row
    ]


def measured(specification):
    """The runs of the measured line: lists of places."""
    found = {}
    for layer in layers(specification, "line", stroke=tokens.MEASURED, strokeWidth=2.5):
        for row in layer["data"]["values"]:
            found.setdefault(row["s"], []).append((row["x"], row["y"]))
    return list(found.values())


def signs(specification):
    return specification["usermeta"]["signs"]


def test_the_line_goes_through_what_was_measured():
    specification = trend(indicator(), result())

    assert measured(specification) == [
        [(2020, 0.33), (2021, 0.41), (2022, 0.48), (2023, 0.52), (2024, 0.57)]
    ]
    assert "strokeDash" not in layers(specification, "line", stroke=tokens.MEASURED)[0]["mark"]
    assert signs(specification) == ["measured", "interval", "baseline", "path", "target"]


def test_the_path_is_dashed_and_leads_over_milestones_to_the_target():
    milestone = Target(no=2, year=2026, value=0.7)
    specification = trend(indicator(targets=(*indicator().targets, milestone)), result())
    way = drawn(specification, "line", stroke=tokens.TARGET)

    assert (way[0], way[-1]) == ((2020, 0.33), (2031, pytest.approx(0.9)))
    assert (2027, pytest.approx(0.7)) in way
    assert layers(specification, "line", stroke=tokens.TARGET)[0]["mark"]["strokeDash"]
    assert sorted(drawn(specification, "point", shape="diamond")) == [(2027, 0.7), (2031, 0.9)]


def test_the_path_of_a_share_bends_and_that_of_a_count_does_not():
    share, count = indicator(), indicator(kind="count")

    assert len(path(share, result().series)) > 10
    assert path(count, result().series) == [(2020, 0.33), (2031, 0.9)]


def test_a_missing_value_is_a_gap():
    text = DIGITAL_CONTACT.replace("2021   | 0.48  | 0.46  | 0.50", "2021 | | |")
    specification = trend(indicator(), result(text))

    assert measured(specification) == [[(2020, 0.33), (2021, 0.41)], [(2023, 0.52), (2024, 0.57)]]


def test_a_year_that_is_not_there_is_a_gap_in_a_yearly_series_only():
    text = "period | value\n2016 | 0.1\n2018 | 0.2\n2019 | 0.3"

    assert measured(trend(indicator(), result(text))) == [[(2019, 0.2), (2020, 0.3)]]
    irregular = trend(indicator(cadence="irregular"), result(text))
    assert measured(irregular) == [[(2017, 0.1), (2019, 0.2), (2020, 0.3)]]


def test_a_break_is_an_upright_rule_and_a_gap():
    specification = trend(indicator(breaks=(BREAK,)), result())
    rules = layers(specification, "rule", stroke=tokens.AXIS)

    assert [row["x"] for rule in rules for row in rule["data"]["values"]] == [2022.5]
    assert [len(run) for run in measured(specification)] == [3, 2]
    assert "break" in signs(specification)


def test_a_comparable_break_is_a_rule_without_a_gap():
    broken = Break(no=1, period="2022", reason="Another form.", comparable=True)
    specification = trend(indicator(breaks=(broken,)), result())

    assert layers(specification, "rule", stroke=tokens.AXIS)
    assert [len(run) for run in measured(specification)] == [5]


def test_no_path_begins_at_a_value_that_was_measured_in_another_way():
    specification = trend(indicator(breaks=(BREAK,)), result())

    assert not layers(specification, "line", stroke=tokens.TARGET)
    assert "baseline" not in signs(specification)


def test_a_forecast_is_dotted_inside_its_interval():
    specification = trend(indicator(), result(forecast=FORECAST))
    ahead = layers(specification, "line", stroke=tokens.MEASURED, strokeDash=[1, 4])
    cone = layers(specification, "area", fill=tokens.FORECAST)

    assert [(row["x"], row["y"]) for row in ahead[0]["data"]["values"]] == [
        (2024, 0.57),
        (2031, 0.84),
    ]
    assert [(row["y"], row["y2"]) for row in cone[0]["data"]["values"]] == [
        (0.57, 0.57),
        (0.72, 0.93),
    ]


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize(
    "text", ["period | value", "period | value\n2023 | 0.57", "period | value\n2023 |"]
)
def test_one_point_or_none_without_target_is_a_chart(text, narrow):
    specification = trend(indicator(targets=(), baseline_period=None), result(text), narrow=narrow)

    assert measured(specification) == []
    assert len(drawn(specification, "text", fontWeight=600)) == (1 if "0.57" in text else 0)


def test_a_band_and_a_floor_are_dashed():
    band = Target(no=1, year=2027, value=0.45, upper=0.65, kind="band")
    specification = trend(indicator(targets=(band,)), result())

    assert {y for _, y in drawn(specification, "line", stroke=tokens.TARGET)} == {0.45, 0.65}
    assert layers(specification, "area", fill=tokens.AIM)
    assert "band" in signs(specification)


def test_estimated_points_are_hollow():
    text = "period | value | status\n2022 | 0.5 | estimated\n2023 | 0.6 |"
    specification = trend(indicator(), result(text))

    assert (2023, 0.5) in drawn(specification, "point", fill=tokens.PAPER, stroke=tokens.MEASURED)
    assert "estimated" in signs(specification)


def test_equal_charts_have_equal_bytes():
    one, other = trend(indicator(), result()), trend(indicator(), result())

    assert canonical(one) == canonical(other)
    assert fingerprint(one) == fingerprint(other)
    assert fingerprint(one) != fingerprint(trend(indicator(), result(), narrow=True))


VALUES = st.one_of(st.none(), st.floats(0, 1), st.just(0.0))
POINTS = st.dictionaries(
    st.one_of(
        st.integers(1990, 2035).map(str),
        st.builds("{}-{:02}".format, st.integers(2018, 2026), st.integers(1, 12)),
    ),
    st.tuples(VALUES, st.booleans(), st.sampled_from([None, "estimated", "suppressed", "missing"])),
    max_size=12,
)
TARGETS = st.lists(
    st.builds(
        Target,
        no=st.integers(1, 9),
        year=st.integers(2000, 2040),
        value=st.floats(0, 1),
        kind=st.sampled_from(["reach", "keep", "band"]),
        upper=st.one_of(st.none(), st.floats(0, 1)),
    ),
    max_size=3,
)


@given(
    POINTS,
    TARGETS,
    st.sampled_from(["share", "count", "survey_share", "coverage", "rate", "amount", None]),
    st.sampled_from([None, "2019", "2022-05"]),
    st.booleans(),
)
def test_no_series_breaks_a_chart_and_no_missing_value_is_drawn(
    found, targets, kind, base, comparable
):
    series = tuple(
        Point(period=p, numerator=v, denominator=None, value=v, status=s,
              lower=v if bound else None, upper=v if bound else None)
        for p, (v, bound, s) in found.items()
    )  # fmt: skip
    broken = Break(no=1, period="2021", reason="", comparable=comparable)
    said = indicator(
        kind=kind, targets=tuple(targets), baseline_period=base, cadence=None, breaks=(broken,)
    )
    known = {round(position(p.period), 6) for p in series if p.value is not None}
    wholes = result(series=series, forecast=FORECAST)

    for specification in (
        trend(said, wholes),
        trend(said, wholes, narrow=True),
        spark(said, wholes),
    ):
        canonical(specification)
        through = drawn(specification, "line", stroke=tokens.MEASURED)
        ahead = {2031.0}
        assert {x for x, _ in through} <= known | ahead
        points = drawn(specification, "point", fill=tokens.MEASURED)
        assert {x for x, _ in points} <= known
