"""From data sets to figures: one test for each kind of answer that an indicator gives."""

import datetime as dt
import math

import pyarrow as pa
import pytest
from msgspec.structs import replace

from tests.indicators.computed import (
    AFTER,
    BEFORE,
    GEOGRAPHY,
    computed,
    data_set,
    definition,
    observations,
    told,
)
from veikart.adapters import warehouse
from veikart.engines.observations.canonical import Layout, encode
from veikart.indicators.computing.compute import compute
from veikart.plan import figures as files
from veikart.plan.indicators import Break, Coverage, Target

WELFARE_TECHNOLOGY = """
    2019 | 0301 | 700 | 700
    2019 | 1103 | -   | 150
    2019 | 1111 | 0   | 60
    2019 | 1112 | 40  | 40
    2020 | 0301 | 700 | 700
    2020 | 1103 | -   | 150
    2020 | 1110 | 40  | 100
"""
"""Oslo and 1112 offer it, 1111 does not, and nobody knows of 1103; then 1111 and 1112 merge."""


@pytest.fixture(scope="module")
def duckdb():
    """One warehouse for all tests of this module."""
    return warehouse.connect(threads=1)


def test_a_merger_changes_the_count_of_municipalities_but_not_the_share_of_inhabitants(duckdb):
    found = computed(definition("coverage"), WELFARE_TECHNOLOGY, backend=duckdb, borders=BEFORE)
    merged = computed(definition("coverage"), WELFARE_TECHNOLOGY, backend=duckdb)

    in_2019 = {"covered": 740, "not_covered": 60, "unknown": 150}
    assert found.result.coverage[0] == Coverage(
        period="2019", units_offering=2, units_not=1, units_unknown=1, **in_2019
    )
    assert merged.result.coverage[0] == Coverage(
        period="2019", units_offering=1, units_not=1, units_unknown=1, **in_2019
    )
    assert found.result.series == merged.result.series
    assert found.result.series[0].value == 740 / 800


def test_the_unknown_widen_the_band_and_never_count_as_no(duckdb):
    known = WELFARE_TECHNOLOGY.replace("-  ", "150")

    point = computed(definition("coverage"), WELFARE_TECHNOLOGY, backend=duckdb).result.series[1]
    sure = computed(definition("coverage"), known, backend=duckdb).result.series[1]

    assert (point.value, point.lower, point.upper) == (0.925, 0.7789473684, 0.9368421053)
    assert (sure.value, sure.lower, sure.upper) == (0.9368421053, None, None)


def test_a_municipality_that_says_nothing_is_unknown_with_its_inhabitants(duckdb):
    silent = "\n".join(row for row in WELFARE_TECHNOLOGY.splitlines() if "1103" not in row)

    found = computed(definition("coverage"), silent, backend=duckdb)

    assert (
        found.result.coverage
        == computed(definition("coverage"), WELFARE_TECHNOLOGY, backend=duckdb).result.coverage
    )
    assert told(found, "municipality", "1103") is None


def test_coverage_is_told_of_every_area_above_municipalities(duckdb):
    found = computed(definition("coverage"), WELFARE_TECHNOLOGY, backend=duckdb)

    assert [(each.level, each.area) for each in found.figures.coverage] == [
        ("county", "03"), ("county", "11"), ("hospital_area", "stavanger"),
        ("region", "H03"), ("region", "H12"), ("nation", "NO"),
    ]  # fmt: skip


VISITS = """
    2019 | 0301 | 12
    2019 | 1103 | 3
    2019 | 1111 | 5
    2019 | 1112 | 7
    2020 | 0301 | 20
    2020 | 1103 | 4
    2020 | 1110 | 9
"""


def counted(text):
    """Counts have no denominator: an empty column beside the number."""
    return "\n".join(f"{line} | -" for line in text.strip().splitlines())


def test_a_count_adds_up_on_all_levels(duckdb):
    found = computed(definition("count"), counted(VISITS), backend=duckdb)

    sums = {}
    for each in found.figures.slices:
        for no, period in enumerate(found.figures.periods):
            numbers = [series.numerator[no] for series in each.series]
            sums.setdefault(period, {})[each.level] = sum(numbers)
    assert sums == {
        "2019": {"municipality": 27, "county": 27, "hospital_area": 15, "region": 27, "nation": 27},
        "2020": {"municipality": 33, "county": 33, "hospital_area": 13, "region": 33, "nation": 33},
    }
    assert told(found, "municipality", "1110") == {"2019": (12, None), "2020": (9, None)}
    assert found.result.spread == ()


def test_a_count_of_which_a_part_is_missing_is_missing(duckdb):
    without_one = counted(VISITS).replace("2020 | 1103 | 4", "2020 | 1103 | -")

    found = computed(definition("count"), without_one, backend=duckdb)

    assert told(found, "nation", "NO") == {"2019": (27, None), "2020": (None, None)}
    assert found.result.series[1].status == "missing"
    assert told(found, "county", "03") == {"2019": (12, None), "2020": (20, None)}


def test_a_total_that_is_given_stands_where_parts_are_missing_and_is_not_added_to_them(duckdb):
    without_one = counted(VISITS).replace("2020 | 1103 | 4", "2020 | 1103 | -")
    given = without_one + "\n2019 | NO | 27 | -\n2020 | NO | 33 | -"

    found = computed(definition("count"), given, backend=duckdb)

    assert told(found, "nation", "NO") == {"2019": (27, None), "2020": (33, None)}
    assert told(found, "region", "H03") == {"2019": (15, None), "2020": (None, None)}


def test_a_count_of_the_whole_country_has_no_lower_levels(duckdb):
    visits = counted("2016 | NO | 12700000\n2018 | NO | 25600000")

    found = computed(definition("count"), visits, backend=duckdb)

    assert [(each.level, each.group) for each in found.figures.slices] == [("nation", ())]
    assert [point.value for point in found.result.series] == [12700000, 25600000]


def test_counties_alone_give_regions_and_the_country_and_no_hospital_areas(duckdb):
    shares = "2020 | 03 | 3 | 10\n2020 | 11 | 4 | 10"

    found = computed(definition("share"), shares, backend=duckdb)

    assert [each.level for each in found.figures.slices] == ["county", "region", "nation"]
    assert told(found, "nation", "NO") == {"2020": (7, 20)}


def test_a_survey_of_the_whole_country_is_read_off_its_answers(duckdb):
    survey = "2019 | NO | 383.46 | 1162\n2020 | NO | nan | 1614"

    found = computed(definition("survey_share"), survey, backend=duckdb)

    first, second = found.result.series
    assert (first.value, first.denominator, second.value) == (0.33, 1162, None)
    assert second.status == "missing"
    assert [each.level for each in found.figures.slices] == ["nation"]
    assert (first.lower, first.upper) == pytest.approx((0.3036, 0.3576), abs=5e-5)


def test_a_survey_s_share_is_stable_while_it_lies_within_the_margins(duckdb):
    waves = "2019 | NO | 330 | 1000\n2020 | NO | 540 | 1000\n2021 | NO | 545 | 1000"

    found = computed(definition("survey_share"), waves, backend=duckdb)

    assert found.result.stable_since == "2020"


BY_SEX = """
    2020 | 0301 | - | 9  | 20
    2020 | 0301 | k | 4  | 10
    2020 | 0301 | m | 5  | 10
    2020 | 1103 | k | 1  | 5
    2020 | 1103 | m | 2  | 5
    2020 | 1110 | - | 3  | 10
"""


def test_a_total_beside_its_parts_is_not_added_to_them(duckdb):
    found = computed(definition("share", breakdowns="sex: k m"), BY_SEX, backend=duckdb)

    assert told(found, "municipality", "0301") == {"2020": (9, 20)}
    assert told(found, "municipality", "1103") == {"2020": (3, 10)}
    assert told(found, "nation", "NO") == {"2020": (15, 40)}
    assert told(found, "nation", "NO", (("sex", "k"),)) == {"2020": (5, 15)}


def test_every_breakdown_is_told_alone_and_their_crosses_from_counties_up(duckdb):
    cells = "\n".join(
        f"2020 | {area} | {sex} | {age} | 1 | 2"
        for area in ("0301", "1103", "1110")
        for sex in "km"
        for age in ("0", "67")
    )

    found = computed(definition("share", breakdowns="sex: k m; age: 0 67"), cells, backend=duckdb)

    groups = {}
    for each in found.figures.slices:
        groups.setdefault(each.level, []).append(len(each.group))
    assert groups["municipality"] == [0, 1, 1, 1, 1]
    assert sorted(groups["nation"]) == [0, 1, 1, 1, 1, 2, 2, 2, 2]
    assert told(found, "nation", "NO", (("sex", "k"), ("age", "67"))) == {"2020": (3, 6)}
    assert told(found, "county", "11") == {"2020": (8, 16)}


def test_a_rate_is_told_per_so_many(duckdb):
    rates = "2020 | 0301 | 7 | 700\n2020 | 1103 | 3 | 150\n2020 | 1110 | 0 | 150"

    found = computed(definition("rate", per=1000), rates, backend=duckdb)

    assert found.result.series[0].value == 10
    assert [each.worst for each in found.result.spread] == [None, None]
    assert found.result.spread[0].gap == 20


def test_a_later_data_set_corrects_and_adds_to_an_earlier_one(duckdb):
    later = counted("2020 | 1110 | 10\n2021 | NO | 40")

    found = computed(definition("count"), counted(VISITS), later, backend=duckdb)

    assert [point.value for point in found.result.series] == [27, 34, 40]
    assert found.result.as_of == dt.date(2024, 2, 1)
    assert found.result.data_sets == (data_set("1").uid, data_set("2").uid)


def test_months_are_not_taken_for_later_years(duckdb):
    with pytest.raises(ValueError, match=r"one length .* found 2020-12 \(month\), 2020 \(year\)"):
        computed(definition("count"), counted(VISITS), counted("2020-12 | NO | 3"), backend=duckdb)


def test_without_data_there_is_an_empty_result(duckdb):
    indicator = definition(
        "share", direction="up", baseline_period="2020", baseline_value=0.2,
        targets=(Target(no=1, year=2030, value=0.9),),
    )  # fmt: skip

    for found in (computed(indicator, backend=duckdb), computed(indicator, "", backend=duckdb)):
        assert (found.figures.slices, found.result.series, found.figures.periods) == ((), (), ())
        assert {each.reason for each in found.result.assessments} == {"no_data"}
        assert found.result.forecast.reason == "no_data"


def test_without_a_target_nothing_is_assessed_on_a_path(duckdb):
    found = computed(definition("count"), counted(VISITS), backend=duckdb)

    path = found.result.assessments[0]
    assert (path.method, path.target, path.verdict) == ("path", 0, "not_assessable")
    assert path.reason == "no_target"
    assert found.result.forecast is None


def test_all_targets_are_assessed_by_every_method_the_definition_s_own_first(duckdb):
    indicator = definition(
        "count", direction="up", baseline_period="2019", method="germany",
        targets=(Target(no=1, year=2025, value=60), Target(no=2, year=2030, value=90)),
    )  # fmt: skip

    found = computed(indicator, counted(VISITS), backend=duckdb)

    assert [(each.method, each.target) for each in found.result.assessments] == [
        ("germany", 1), ("germany", 2), ("path", 1), ("path", 2), ("open_sdg", 1), ("open_sdg", 2),
    ]  # fmt: skip
    assert found.result.assessments[2].progress == pytest.approx((33 - 27) / ((60 - 27) / 6))
    assert found.result.forecast.year == 2030
    assert found.result.forecast.reason == "too_few_points"


def test_a_baseline_before_a_break_counts_only_if_it_is_stated(duckdb):
    broken = Break(no=1, period="2020", reason="Ny måte å telle på", comparable=False)
    indicator = definition(
        "count", direction="up", baseline_period="2019", breaks=(broken,),
        targets=(Target(no=1, year=2025, value=60),),
    )  # fmt: skip

    found = computed(indicator, counted(VISITS), backend=duckdb)
    stated = computed(replace(indicator, baseline_value=27), counted(VISITS), backend=duckdb)

    assert found.result.assessments[0].reason == "no_baseline"
    assert stated.result.assessments[0].verdict == "on_path"


def test_the_same_inputs_give_the_same_bytes_whatever_the_order_of_rows(duckdb):
    indicator = definition("coverage")
    table = observations(WELFARE_TECHNOLOGY, kind="coverage")
    turned = table.take(pa.array(range(table.num_rows - 1, -1, -1)))

    one, other = (
        compute(
            indicator, [(data_set("1"), rows)], geography=GEOGRAPHY, borders=AFTER, backend=duckdb
        )
        for rows in (table, turned)
    )

    assert one.figures_bytes == other.figures_bytes
    assert one.result == other.result
    assert one.result.figures == files.fingerprint(one.figures_bytes)
    assert files.decode(one.figures_bytes) == one.figures


def test_a_data_set_on_disk_gives_the_same_as_its_table(duckdb, tmp_path):
    table = observations(WELFARE_TECHNOLOGY, kind="coverage")
    path = tmp_path / "datasett.parquet"
    path.write_bytes(encode(table, layout=Layout(kind="coverage")))

    from_disk, from_memory = (
        compute(
            definition("coverage"), [(data_set("1"), content)], geography=GEOGRAPHY,
            borders=AFTER, backend=duckdb,
        )
        for content in (path, table)
    )  # fmt: skip

    assert from_disk == from_memory


def test_small_numbers_are_in_no_figure(duckdb):
    shares = """
        2020 | 0301 | 300 | 700
        2020 | 1103 | 2   | 150
        2020 | 1110 | 60  | 100
    """
    found = computed(definition("share", smallest=5), shares, backend=duckdb)

    assert told(found, "municipality", "1103") == {"2020": (None, 150)}
    assert told(found, "municipality", "1110") == {"2020": (None, 100)}
    assert found.figures.suppressed >= 2
    assert found.result.series[0].numerator == 362
    assert b'"suppressed"' in found.figures_bytes


def test_where_the_definition_rounds_every_figure_is_a_multiple_and_none_is_left_blank(duckdb):
    shares = """
        2020 | 0301 | 301 | 700
        2020 | 1103 | 2   | 150
        2020 | 1110 | 63  | 100
    """
    rounding = definition("share", smallest=5, disclosure="round")

    found = computed(rounding, shares, backend=duckdb)

    assert told(found, "municipality", "0301") == {"2020": (300, 700)}
    assert told(found, "municipality", "1103") == {"2020": (0, 150)}
    assert told(found, "municipality", "1110") == {"2020": (65, 100)}
    assert told(found, "county", "11") == {"2020": (65, 250)}
    assert (found.result.series[0].numerator, found.result.series[0].status) == (365, "rounded")
    assert found.figures.suppressed == 0
    every = [series for part in found.figures.slices for series in part.series]
    assert {status for series in every for status in series.status} == {"rounded"}
    assert all(number % 5 == 0 for series in every for number in series.numerator)


def test_a_period_that_cannot_be_rounded_so_that_it_adds_up_is_blanked(duckdb):
    apart = "".join(
        f"2020 | 1103 | {group} | {numbers}\n"
        for group, numbers in {
            "k | -": "5 | 9", "m | -": "5 | 3009", "- | -": "10 | 3018",
            "- | 0": "4 | 4", "- | 40": "4 | 4", "- | 67": "2 | 4", "- | 80": "0 | 3006",
        }.items()
    )  # fmt: skip
    rounding = definition(
        "share", breakdowns="sex: k m; age: 0 40 67 80", smallest=5, disclosure="round"
    )

    found = computed(rounding, apart, backend=duckdb)

    assert found.figures.suppressed > 0
    assert b'"rounded"' not in found.figures_bytes


def test_coverage_of_whole_municipalities_is_not_told_beside_rounded_figures(duckdb):
    rounding = definition("coverage", smallest=5, disclosure="round")

    found = computed(rounding, WELFARE_TECHNOLOGY, backend=duckdb)

    assert found.figures.coverage == found.result.coverage == ()


def test_a_definition_without_a_kind_and_a_table_of_another_are_refused(duckdb):
    with pytest.raises(ValueError, match=r"Expected the kind of indikator/1\.4, found none"):
        computed(definition(None), backend=duckdb)
    with pytest.raises(ValueError, match="sex is missing"):
        compute(
            definition("count", breakdowns="sex: k m"),
            [(data_set("1"), observations(counted(VISITS), kind="count"))],
            geography=GEOGRAPHY, borders=AFTER, backend=duckdb,
        )  # fmt: skip


def test_no_figure_is_infinite_or_no_number(duckdb):
    found = computed(definition("share"), "2020 | NO | 0 | 0\n2021 | NO | 1 | 2", backend=duckdb)

    values = [point.value for point in found.result.series]
    assert values == [None, 0.5]
    assert not any(value is not None and math.isnan(value) for value in values)


def test_a_municipality_that_was_not_there_then_is_refused_with_what_became_of_it(duckdb):
    with pytest.raises(ValueError, match=r"in force on 1 January 2020, found 1111\..*1110"):
        computed(definition("count"), counted("2020 | 1111 | 5"), backend=duckdb)
