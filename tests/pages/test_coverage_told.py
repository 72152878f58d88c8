"""From a table written as text to the page: a merger changes the count, not the share of inhabitants."""

from dataclasses import replace

import pytest
from msgspec import structs

from tests.indicators import samples
from tests.indicators.computed import AFTER, BEFORE, computed, definition
from tests.pages import readings
from tests.pages.test_render import words_of
from veikart.adapters import warehouse
from veikart.pages.render import render
from veikart.plan.reading_figures import FiguresRead

THIN = "\N{NARROW NO-BREAK SPACE}"
IN_2019 = """
    2019 | 0301 | 700 | 700
    2019 | 1103 | {unknown} | 150
    2019 | 1111 | 0   | 60
    2019 | 1112 | 40  | 40
"""


def page(text, *, borders):
    """The words of the page of indicator 1.4 in English, after the figures in `text`."""
    indicator = definition("coverage", direction="up")
    found = computed(indicator, text, backend=warehouse.connect(threads=1), borders=borders)
    plan = samples.with_indicators()
    others = tuple(one for one in plan.indicators.definitions if one.code != "1.4")
    indicators = structs.replace(
        plan.indicators,
        definitions=tuple(sorted((*others, indicator), key=lambda one: one.uid)),
        results=tuple(sorted((*plan.indicators.results, found.result), key=lambda one: one.uid)),
    )
    return words_of(
        render(reading_of(structs.replace(plan, indicators=indicators), found), "indikator/1.4")
    ).replace(THIN, " ")


def reading_of(plan, found):
    """The plan as it is read, with the figures that were just computed among those that are kept."""
    kept = {found.result.figures: FiguresRead(found.figures)}
    return replace(
        readings.with_indicators("en", plan),
        look_ups=lambda sha256: kept.get(sha256) or samples.look_ups(sha256),
    )


@pytest.mark.parametrize(
    ("borders", "count"), [(BEFORE, "2 of 4"), (AFTER, "1 of 3")], ids=["before", "after"]
)
def test_the_page_tells_the_count_of_municipalities_and_the_same_share_of_inhabitants(
    borders, count
):
    said = page(IN_2019.format(unknown="0"), borders=borders)

    sentence = f"{count} municipalities offered it in 2019, with 77.9 percent of the inhabitants."
    assert sentence in said


@pytest.mark.parametrize("borders", [BEFORE, AFTER], ids=["before", "after"])
def test_the_page_tells_between_what_the_share_lies_where_a_municipality_is_unknown(borders):
    said = page(IN_2019.format(unknown="-"), borders=borders)

    assert "with 92.5 percent of the inhabitants it is known for." in said
    assert (
        "It is not known for 1 municipality with 150 inhabitants, so the share of all inhabitants "
        "lies between 77.9 percent and 93.7 percent."
    ) in said
