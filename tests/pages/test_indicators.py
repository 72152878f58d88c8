"""The pages about indicators: the sentence first, then how near, where, how unequal, and from what."""

import datetime as dt
import re
import time

import pytest
from msgspec.structs import replace

from tests.indicators import samples
from tests.pages import readings
from tests.pages.test_render import rows, words_of
from veikart.adapters.drawing import Picture
from veikart.pages import indicator_charts
from veikart.pages.render import render
from veikart.plan.figures import SCHEMA, Figures, Series, Slice
from veikart.plan.indicators import Assessment, DefinitionVersion, Forecast, Target
from veikart.publishing.addresses import paths

THIN = "\N{NARROW NO-BREAK SPACE}"
UNDRAWN = Picture(wide=None, narrow=None)

FIRST_SENTENCES = """
code | the first sentence
1.1  | 57 percent in 2023, up from 33 percent in 2019.
1.2  | 109.5 million besøk in 2023, up from 12.7 million besøk in 2016.
1.3  | 3 of 5 municipalities offered it in 2025, with 97.8 percent of the inhabitants it is known for.
1.4  | No data have been reported yet.
2.1  | 20 percent in 2024, up from 8.9 percent in 2022.
3.1  | The sources know only its number, not what it measures.
"""


def page(path, language="en", **changed):
    """The page at `path`, where an indicator or a result may be `changed` by its code."""
    return render(readings.with_indicators(language, with_changed(**changed)), path)


def with_changed(indicator=None, result=None):
    plan = samples.with_indicators()
    own = plan.indicators
    if indicator is not None:
        others = (one for one in own.definitions if one.uid != indicator.uid)
        own = replace(own, definitions=tuple(sorted((*others, indicator), key=lambda i: i.uid)))
    if result is not None:
        others = (one for one in own.results if one.uid != result.uid)
        own = replace(own, results=tuple(sorted((*others, result), key=lambda r: r.uid)))
    return replace(plan, indicators=own)


def definition(code):
    return next(one for one in samples.definitions() if one.code == code)


def said(path, language="en", **changed):
    return words_of(page(path, language, **changed)).replace(THIN, " ")


def lead_of(answer):
    lead = re.search(r'<p class="lead">(.*?)</p>', answer.html, re.DOTALL)[1]
    return " ".join(re.sub(r"<[^>]+>", "", lead).split()).replace(THIN, " ")


@pytest.mark.parametrize(("code", "sentence"), rows(FIRST_SENTENCES))
def test_an_indicator_answers_in_a_sentence_first(code, sentence):
    answer = page(f"indikator/{code}")

    assert (answer.status, lead_of(answer)) == (200, sentence)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_page_is_there_in_every_language_with_places_and_indicators(language):
    reading = readings.with_indicators(language)

    answers = {path: render(reading, path) for path in paths(reading)}

    assert {path for path, answer in answers.items() if answer.status != 200} == set()
    assert {"indikator/1.4", "kommune/0301", "fylke/03", "sykehusomrade/oslo"} <= answers.keys()
    assert all(answer.html.count("<h1") == 1 for answer in answers.values())


def test_every_link_inside_leads_to_a_page_or_a_file_of_the_indicator():
    reading = readings.with_indicators()
    there = {f"/{path}/" if path else "/" for path in paths(reading)}

    broken = {
        (path, link)
        for path in paths(reading)
        for link in re.findall(r'href="(/[^"#?]*)', render(reading, path).html)
        if link not in there
        and not link.startswith(("/static/", "/nn/", "/en/", "/konto/", "/arbeid/", "/data/"))
        and not re.fullmatch(r"/utgaver/[\w-]+/[\w.]+", link)
    }

    assert broken == set()


def test_the_overview_counts_first_and_says_who_is_to_report():
    answer = page("indikator")

    assert lead_of(answer) == (
        "6 indicators: 1 has reached its target, 1 is on the path, 1 is behind the path, "
        "1 has figures but no target and 2 have no data."
    )
    assert "To be reported by Helsedirektoratet. How to report" in words_of(answer)
    assert "No target is set. It has gone the wanted way since 2016." in words_of(answer)
    assert "Data as of 30 June 2026" in words_of(answer)


def test_a_class_is_said_in_words_and_drawn_in_a_shape_of_its_own():
    shapes = {
        code: re.search(rf'class="verdict v-{code}"><svg[^>]*>(.*?)</svg>', page("indikator").html)[
            1
        ]
        for code in ("reached", "on_path", "behind", "far_behind", "wrong_way", "not_assessable")
    }

    assert len(set(shapes.values())) == len(shapes)


def test_a_survey_tells_its_margin_and_what_is_stable():
    answer = said("indikator/1.1")

    assert (
        "1 608 people answered; with the margin of error the share lies between "
        "54 percent and 60 percent." in answer
    )
    assert "Stable since 2022: the change lies inside the margin of error." in answer
    assert "The target is 80 percent by the end of 2030. Decided by Nasjonalt e-helseråd." in answer
    assert (
        "If things go on as they have, it will be 86 percent in 2030; with 80 percent probability "
        "between 71 percent and 95 percent." in answer
    )
    assert "The probability of reaching the target is 74 percent." in answer


def test_other_methods_stand_beside_ours_by_name():
    answer = said("indikator/1.1")

    assert "Open SDG: ratio of growth rates (R) 1.76 On the path" in answer
    assert "Germany: gap at the target year – Cannot be assessed. There are too few" in answer


def test_coverage_is_in_municipalities_and_inhabitants_and_unknown_is_never_no():
    answer = said("indikator/1.3")

    assert (
        "It is not known for 1 municipality with 150 000 inhabitants, so the share of all "
        "inhabitants lies between 81.6 percent and 98.1 percent." in answer
    )
    assert "2025 97.8 % 741 000 757 900 81.6 % to 98.1 % 3 1 1" in answer
    assert "Stavanger not known 150 000" in answer
    assert "There is no forecast: it takes at least five periods, and there are 3." in answer


def test_each_version_of_a_definition_is_told_with_its_own_series():
    answer = said("indikator/1.3")

    assert (
        "Version 2 In force since 1 January 2019. Teller innbyggere, ikke kommuner. "
        "3 periods with figures. Version 1 In force since 1 January 2017." in answer
    )


def test_places_stand_in_order_with_the_hidden_last_and_why():
    answer = said("indikator/2.1")

    assert "Highest in Oslo with 20.8 percent, lowest in Finnmark with 16.7 percent." in answer
    assert "The figures of 2 municipalities are hidden, since they are about so few" in answer
    assert "Stavanger 17.8 % 32 000 180 000 Eigersund 15.0 % 3 000 20 000" in answer
    assert "Vardø hidden, too few people" in answer
    assert "Figures about fewer than 5 people are hidden" in answer


def test_inequality_is_said_in_plain_words_before_its_measures():
    answer = said("indikator/2.1")

    assert (
        "Finnmark had 16.7 percent in 2024 and Oslo 20.8 percent: a gap of 4.2 percentage points. "
        "It was 3.9 percentage points in 2022: the difference has grown." in answer
    )
    assert "Lowest in 2024: Menn with 16.7 percent. Highest: Kvinner with 22.6 percent." in answer
    assert "Gini 0 if all have the same" in answer


def test_a_breakdown_ends_with_everyone():
    assert "Kvinner 10.0 % 22.6 % Menn 7.5 % 16.7 % All 8.9 % 20.0 %" in said("indikator/2.1")


def test_an_indicator_without_data_says_who_reports_how_and_that_the_method_is_ready():
    answer = said("indikator/1.4")

    assert "Helsedirektoratet is to report. Every year." in answer
    assert "Fill in the template" in answer
    assert "The method stands ready" in answer
    assert 'href="/en/arbeid/indikatorer/1.4/"' in page("indikator/1.4").html
    assert "Coverage: municipalities that offer it, and their inhabitants" in answer
    assert "Download" not in answer


def test_what_is_known_by_number_only_stays_blank():
    answer = said("indikator/3.1")

    assert "nothing is guessed" in answer
    assert "Bare nummeret er kjent." in answer


@pytest.mark.parametrize(
    ("reason", "needed"),
    [
        ("no_baseline", "A value for the period that the path begins at is needed."),
        ("target_equals_baseline", "A target that is another than the baseline"),
        ("no_direction", "The definition must say which way is wanted."),
        ("zero_base", "The distance to the path can be used in its place."),
    ],
)
def test_what_cannot_be_assessed_says_why_and_what_is_needed(reason, needed):
    found = Assessment(
        method="path", target=1, period="2023", value=0.57, expected=None, progress=None,
        verdict="not_assessable", reason=reason,
    )  # fmt: skip

    answer = said("indikator/1.1", result=replace(samples.survey(), assessments=(found,)))

    assert "Cannot be assessed" in answer
    assert needed in answer


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        (Target(no=1, year=2030, value=0.9, kind="keep"),
         "The target is to keep 90 percent or more through 2030."),
        (Target(no=1, year=2030, value=0.4, kind="band", upper=0.6),
         "The target is to stay between 40 percent and 60 percent through 2030."),
        (Target(no=1, year=2028, value=0.9), "The target is 90 percent by the end of 2028."),
    ],
)  # fmt: skip
def test_a_target_is_said_by_its_kind(target, sentence):
    answer = said("indikator/1.1", indicator=replace(definition("1.1"), targets=(target,)))

    assert sentence in answer


def test_a_forecast_that_cannot_be_made_says_why():
    forecast = Forecast(
        year=2030, points=6, value=None, lower=None, upper=None, probability=None,
        reason="no_target",
    )  # fmt: skip

    answer = said("indikator/1.1", result=replace(samples.survey(), forecast=forecast))

    assert "There is no forecast. No target is set." in answer


def test_what_sources_say_is_shown_as_text_and_never_run():
    nasty = '<script>alert("x")</script>%(value)s'

    answer = page(
        "indikator/1.2", indicator=replace(definition("1.2"), title=nasty, unit=nasty, note=nasty)
    )

    assert "<script" not in answer.html
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;%(value)s" in answer.html


def test_a_page_stands_where_the_file_of_figures_is_missing():
    reading = readings.with_indicators("en")

    answer = render(replace_reading(reading, look_ups=lambda _sha256: None), "indikator/2.1")

    assert answer.status == 200
    assert "20 percent in 2024" in words_of(answer)
    assert "Around the country" not in words_of(answer)


def replace_reading(reading, **changed):
    kept = ("shelved", "editions", "language", "prefix", "look_ups", "draw")
    return type(reading)(**{name: getattr(reading, name) for name in kept} | changed)


def test_what_is_known_of_one_region_only_is_no_figure_of_the_country():
    region = Slice(level="region", series=(Series(area="H12", numerator=(8_776,)),))
    some = Figures(
        schema=SCHEMA, indicator="indikator/1.2", version=1, kind="count", per=None,
        borders=samples.BORDERS, periods=("2026-05",), slices=(region,),
    )  # fmt: skip
    found = samples.look_ups_of(some)
    result = replace(samples.visits(), figures=found[0], series=())
    reading = replace_reading(
        readings.with_indicators("en", with_changed(result=result)),
        look_ups=lambda sha256: found[1] if sha256 == found[0] else None,
    )

    answer = render(reading, "indikator/1.2")

    assert lead_of(answer) == (
        "8 776 besøk in Helse Sør-Øst in May 2026. No figure is given for the whole country."
    )
    assert "Health regions, May 2026 (1)" in words_of(answer)
    assert "Over time" not in words_of(answer)


def test_goal_delmal_region_and_front_page_show_the_indicators_that_touch_them():
    assert "1.3 Digital hjemmeoppfølging 3 of 5 municipalities" in said("mal/1")
    assert "1.1 People in digital contact 57 percent in 2023" in said("mal/1")
    assert "2.1 E-konsultasjoner" not in said("mal/1")
    assert "1.2 Besøk på Helsenorge" in said("delmal/1A")
    assert "Digital hjemmeoppfølging 2025 91.7 % 97.8 %" in said("helseregion/nord")
    assert "Are we getting nearer? 6 indicators: 1 has reached its target" in said("")


def test_pages_without_indicators_and_places_are_as_they_were():
    reading = readings.alone("en")

    assert "Are we getting nearer?" not in words_of(render(reading, ""))
    assert "Are we getting nearer?" not in words_of(render(reading, "mal/1"))
    assert "The plan has no indicators." in words_of(render(reading, "indikator"))
    assert render(reading, "kommune").status == 200


def test_the_method_page_publishes_the_thresholds():
    answer = said("om/metode")

    assert "Between 60 and 95 percent of the way that should be gone by now is gone." in answer
    assert "never made from fewer than five periods" in answer


def test_a_page_of_a_large_indicator_is_light(benchmark_reading):
    render(benchmark_reading, "indikator/2.1")

    taken = []
    for _ in range(5):
        begun = time.process_time()
        answer = render(benchmark_reading, "indikator/2.1")
        taken.append(time.process_time() - begun)

    assert len(answer.html) < 150_000
    assert min(taken) < 0.06  # a third of it on a quiet machine


@pytest.fixture
def benchmark_reading():
    """The sample with 357 municipalities in `2.1`."""
    plan, people = samples.many_municipalities()
    found = samples.look_ups_of(people)
    result = replace(samples.consultations(), figures=found[0])
    plan = replace(
        plan,
        indicators=replace(
            plan.indicators,
            results=tuple(
                result if one.indicator == result.indicator else one
                for one in plan.indicators.results
            ),
        ),
    )
    reading = readings.with_indicators("nb", plan)
    return replace_reading(reading, look_ups=lambda _sha256: found[1])


def test_how_far_groups_are_apart_is_told_where_the_groups_are():
    answer = said("indikator/2.1")

    assert answer.index("By kjønn") < answer.index("Lowest in 2024: Menn with 16.7 percent")


def test_municipalities_that_have_all_or_nothing_are_not_said_to_be_far_apart():
    answer = said("indikator/1.3")

    assert "Between counties" in answer
    assert "Between municipalities" not in answer


def test_what_follows_from_a_goal_is_told_once_however_many_ways_lead_to_it():
    answer = page("indikator/1.1").html.partition('id="hvorfor"')[2]
    answer = answer.partition("</aside>")[0]

    assert answer.count('href="/en/mal/1/"') > 1
    assert answer.count("which serves") == 1


def test_the_parts_of_a_long_page_are_linked_to_before_them():
    html = page("indikator/2.1").html
    links = html.partition('<nav class="jump"')[2].partition("</nav>")[0]

    assert re.findall(r'href="#([\w-]+)"', links) == ["steder", "ulikhet", "slik", "last-ned"]
    assert all(f'id="{part}"' in html for part in ("steder", "ulikhet", "slik", "last-ned"))
    assert html.index('class="jump"') < html.index('id="steder"')


def test_a_new_version_is_told_of_also_where_nobody_wrote_down_the_first():
    second = DefinitionVersion(no=2, since=dt.date(2024, 1, 1), change="Tannleger telles med.")
    renewed = replace(definition("1.2"), version=2, versions=(second,))

    answer = said("indikator/1.2", indicator=renewed)

    assert "History of the definition" in answer
    assert "Version 2 In force since 1 January 2024. Tannleger telles med." in answer


@pytest.mark.parametrize(("code", "is_mapped"), [("1.3", True), ("2.1", True), ("1.2", False)])
def test_a_map_is_drawn_of_what_does_not_follow_from_how_many_live_there(code, is_mapped):
    asked = []
    own = Slice(
        level="municipality", series=(Series(area="1103", numerator=(9,), denominator=(10,)),)
    )
    figures = Figures(
        schema=SCHEMA, indicator=f"indikator/{code}", version=1, kind=definition(code).kind, per=None,
        borders=samples.BORDERS, periods=("2024",), slices=(own,),
    )  # fmt: skip
    read = samples.look_ups_of(figures)[1]
    reading = replace_reading(readings.with_indicators("en"), look_ups=lambda _sha256: read)
    places = indicator_charts.of_places(
        replace_reading(reading, draw_map=lambda *what: asked.append(what) or UNDRAWN),
        definition(code), read, "2024",
    )  # fmt: skip

    assert ("map" in places) == is_mapped
    assert bool(asked) == is_mapped
