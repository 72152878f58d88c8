"""The first sentence of an indicator, where figures are not what one expects."""

import pytest
from django.utils import translation
from msgspec.structs import replace

from tests.indicators import samples
from veikart.pages import indicator_judgement, indicator_words
from veikart.plan.indicators import Assessment, Break, Point


def test_coverage_of_the_whole_country_alone_is_told_without_a_count_of_municipalities():
    plan = samples.with_indicators()
    indicator = plan.index.by_uid["indikator/1.3"]
    later = Point(period="2026", numerator=800_000, denominator=1_000_000, value=0.8)
    covered = samples.covered()

    with translation.override("en"):
        said = indicator_words.headline(
            indicator, replace(covered, series=(*covered.series, later)), "en"
        )

    assert said == "80 percent in 2026, up from 4 percent in 2019."


@pytest.mark.parametrize(
    ("progress", "verdict", "said"),
    [
        (0.597, "far_behind", "That is 59.7 percent"),
        (0.5999, "far_behind", "That is 59.9 percent"),
        (0.6, "behind", "That is 60 percent"),
        (0.9461, "behind", "That is 94.6 percent"),
        (0.9449, "behind", "That is 94 percent"),
        (0.951, "on_path", "That is 95 percent"),
        (1.186, "on_path", "That is 119 percent"),
    ],
)
def test_the_part_of_the_way_is_never_said_to_be_more_than_its_class_allows(
    progress, verdict, said
):
    assert said in path_sentence(progress, verdict)


def test_what_goes_the_wrong_way_has_gone_no_part_of_it():
    assert path_sentence(-0.76, "wrong_way").endswith("; it was 50 percent.")


def path_sentence(progress, verdict):
    found = Assessment(
        method="path",
        target=1,
        verdict=verdict,
        period="2025",
        value=0.5,
        expected=0.6,
        progress=progress,
    )
    with translation.override("en"):
        return indicator_judgement.path_sentence(samples.definitions()[0], found, "en")


BROKEN = """
comparable | period | the first sentence
yes        | 2021   | 57 percent in 2023, up from 33 percent in 2019.
no         | 2021   | 57 percent in 2023, up from 46 percent in 2021.
no         | 2023   | 57 percent in 2023.
"""


@pytest.mark.parametrize(("comparable", "period", "sentence"), samples.table(BROKEN))
def test_nothing_is_compared_over_a_break_that_values_cannot_be_compared_over(
    comparable, period, sentence
):
    plan = samples.with_indicators()
    broken = Break(no=1, period=period, reason="Nytt utvalg.", comparable=comparable == "yes")
    indicator = replace(plan.index.by_uid["indikator/1.1"], breaks=(broken,))

    with translation.override("en"):
        said = indicator_words.headline(indicator, plan.index.result_of(indicator), "en")

    assert said == sentence
