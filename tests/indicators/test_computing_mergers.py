"""No division changes a national figure: what is missing, and what is a total, is settled before."""

import random

import pytest

from tests.indicators.computed import AFTER, BEFORE, computed, definition, told
from veikart.adapters import warehouse


@pytest.fixture(scope="module")
def duckdb():
    return warehouse.connect(threads=1)


def in_both(indicator, text, backend):
    """What is computed in the division before the merger of 1111 and 1112, and in that after."""
    return [computed(indicator, text, backend=backend, borders=day) for day in (BEFORE, AFTER)]


@pytest.mark.parametrize("row", ["2019 | 1112 | - | -", ""], ids=["unknown", "absent"])
def test_a_count_is_missing_where_one_of_those_that_merged_is_missing(duckdb, row):
    visits = f"2019 | 0301 | 12 | -\n2019 | 1103 | 3 | -\n2019 | 1111 | 5 | -\n{row}"

    before, after = in_both(definition("count"), visits, duckdb)

    assert before.result.series == after.result.series
    assert told(after, "nation", "NO") is None
    assert told(after, "municipality", "1110") is None
    assert told(after, "municipality", "1103") == {"2019": (3, None)}


@pytest.mark.parametrize("row", ["2019 | 1112 | - | 10", ""], ids=["unknown", "absent"])
def test_a_share_is_estimated_where_one_of_those_that_merged_is_missing(duckdb, row):
    shares = f"2019 | 0301 | 7 | 10\n2019 | 1103 | 3 | 10\n2019 | 1111 | 5 | 10\n{row}"

    before, after = in_both(definition("share"), shares, duckdb)

    assert before.result.series == after.result.series
    assert (after.result.series[0].value, after.result.series[0].status) == (0.5, "estimated")


def test_a_group_is_missing_where_one_of_those_that_merged_says_nothing(duckdb):
    visits = """
        2019 | 0301 | k | 12 | -
        2019 | 1103 | k | 3  | -
        2019 | 1111 | k | 5  | -
    """
    before, after = in_both(definition("count", breakdowns="sex: k m"), visits, duckdb)

    women = (("sex", "k"),)
    assert told(before, "nation", "NO", women) == told(after, "nation", "NO", women) is None
    assert told(after, "county", "03", women) == {"2019": (12, None)}


def test_of_two_that_merged_one_may_say_a_total_and_the_other_only_parts(duckdb):
    visits = """
        2019 | 0301 | - | 7 | -
        2019 | 1103 | - | 3 | -
        2019 | 1111 | - | 9 | -
        2019 | 1112 | k | 2 | -
        2019 | 1112 | m | 2 | -
    """
    before, after = in_both(definition("count", breakdowns="sex: k m"), visits, duckdb)

    assert told(before, "nation", "NO") == told(after, "nation", "NO") == {"2019": (23, None)}
    assert told(after, "municipality", "1110") == {"2019": (13, None)}


def test_a_sum_of_groups_of_which_one_is_unknown_is_missing(duckdb):
    visits = """
        2020 | 0301 | - | 7 | -
        2020 | 1103 | k | 3 | -
        2020 | 1103 | m | - | -
        2020 | 1110 | - | 3 | -
    """
    found = computed(definition("count", breakdowns="sex: k m"), visits, backend=duckdb)

    assert found.result.series[0].status == "missing"
    assert told(found, "municipality", "1103", (("sex", "k"),)) == {"2020": (3, None)}
    assert told(found, "municipality", "1103") is None


def random_table(draw, kind):
    """Municipalities that say a total, parts, both, nothing, or that they do not know."""
    for area in ("0301", "1103", "1111", "1112"):
        patterns = draw.choice((("-",), ("k", "m"), ("-", "k", "m"), ("k",), ()))
        for sex in patterns:
            people = draw.randrange(1, 50)
            with_it = "-" if draw.random() < 0.15 else draw.randrange(people + 1)
            yield f"2019 | {area} | {sex} | {with_it} | {'-' if kind == 'count' else people}"


@pytest.mark.parametrize("kind", ["count", "share", "rate", "coverage"])
def test_no_national_figure_depends_on_the_division(duckdb, kind):
    draw = random.Random(7)
    indicator = definition(kind, breakdowns="sex: k m")

    for _ in range(20):
        text = "\n".join(random_table(draw, kind))
        before, after = in_both(indicator, text, duckdb)

        assert before.result.series == after.result.series, text
        for group in ((), (("sex", "k"),), (("sex", "m"),)):
            assert told(before, "nation", "NO", group) == told(after, "nation", "NO", group), text
