"""Indicators in comparisons and traces: new figures are one change, and places are none."""

import datetime as dt

from msgspec.structs import replace

from tests.plan.samples import sample
from veikart.plan.compare import apply, compare
from veikart.plan.indicators import (
    County,
    DataSet,
    Indicator,
    Indicators,
    Municipality,
    Places,
    Point,
    Result,
    Target,
)
from veikart.plan.model import Plan
from veikart.plan.trace import why

COVERAGE = Indicator(
    uid="indikator/1.4",
    code="1.4",
    title="Innbyggere med tilbud",
    version=1,
    kind="coverage",
    measures=("mal/1",),
    targets=(Target(no=1, year=2030, value=0.9),),
)


def result(*values: float) -> Result:
    points = (
        Point(period=str(2020 + no), numerator=value, denominator=1.0, value=value)
        for no, value in enumerate(values)
    )
    return Result(
        uid="indikator/1.4/serie/1",
        indicator="indikator/1.4",
        version=1,
        inputs="a" * 64,
        engine="1",
        figures="b" * 64,
        data_sets=("datasett/1",),
        as_of=dt.date(2026, 1, 1),
        series=tuple(points),
    )


def with_indicators(
    *definitions: Indicator, results: tuple[Result, ...] = (), population: int = 1000
) -> Plan:
    data_set = DataSet(
        uid="datasett/1",
        indicator="indikator/1.4",
        version=1,
        sha256="c" * 64,
        rows=len(results),
        as_of=dt.date(2026, 1, 1),
        source="SSB",
    )
    oslo = Municipality(
        uid="kommune/0301",
        code="0301",
        name="Oslo",
        county="fylke/03",
        hospital_area=None,
        region="helseregion/sor-ost",
        population=population,
    )
    county = County(uid="fylke/03", code="03", name="Oslo", region="helseregion/sor-ost")
    return replace(
        sample(),
        indicators=Indicators(definitions=definitions, data_sets=(data_set,), results=results),
        places=Places(counties=(county,), municipalities=(oslo,)),
    )


def test_new_figures_are_one_change_of_their_indicator_and_new_inhabitants_are_none():
    before = with_indicators(COVERAGE, results=(result(0.4, 0.5),), population=1000)
    after = with_indicators(COVERAGE, results=(result(0.4, 0.5, 0.6),), population=1001)

    comparison = compare(before, after)

    (change,) = comparison.changes
    assert (change.kind, change.uid, change.goals) == ("measured", "indikator/1.4", ("mal/1",))
    assert change.before == {"period": "2021", "value": 0.5}
    assert change.after == {"period": "2022", "value": 0.6}
    assert apply(before, comparison) == after


def test_an_indicator_that_comes_with_its_figures_is_one_change():
    before, after = with_indicators(), with_indicators(COVERAGE, results=(result(0.4),))

    kinds = [(change.kind, change.uid) for change in compare(before, after).changes]
    back = [(change.kind, change.uid) for change in compare(after, before).changes]

    assert kinds == [("added", "indikator/1.4")]
    assert back == [("removed", "indikator/1.4")]


def test_targets_definition_and_what_is_measured_change_in_kinds_of_their_own():
    changed = replace(
        COVERAGE,
        version=2,
        title="Andel med tilbud",
        targets=(Target(no=1, year=2030, value=0.8),),
        measures=("mal/2",),
        quality="Bare kommuner som har svart.",
    )

    comparison = compare(with_indicators(COVERAGE), with_indicators(changed))

    assert comparison.counts == {
        "renamed": 1,
        "goal_link": 1,
        "definition": 1,
        "target": 1,
        "wording": 1,
    }


def test_a_goal_is_measured_by_its_indicator_and_a_municipality_lies_in_its_county():
    plan = with_indicators(COVERAGE)

    measuring = [step.uid for step in why(plan, "mal/1").down if step.relation == "measured_by"]
    (measured, *_more) = why(plan, "indikator/1.4").up
    (county,) = why(plan, "kommune/0301").up

    assert measuring == ["indikator/1.4"]
    assert (measured.relation, measured.uid) == ("measures", "mal/1")
    assert (county.relation, county.uid) == ("part_of", "fylke/03")


def test_indicators_are_listed_as_people_count():
    codes = ("1.10", "1.4", "e1", "3.1")
    plan = with_indicators(*(replace(COVERAGE, uid=f"indikator/{c}", code=c) for c in codes))

    assert [indicator.code for indicator in plan.index.indicators] == ["1.4", "1.10", "3.1", "e1"]
