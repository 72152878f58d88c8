"""The first sentence of an indicator, where figures are not what one expects."""

from django.utils import translation
from msgspec.structs import replace

from tests.indicators import samples
from veikart.pages import indicator_words
from veikart.plan.indicators import Point


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
