"""The pages about places: a municipality beside its county and the country, and how one finds it."""

import re
import time

import pytest
from msgspec.structs import replace

from tests.indicators import samples
from tests.pages import readings
from tests.pages.test_indicators import THIN, definition, lead_of, replace_reading, with_changed
from tests.pages.test_render import rows, words_of
from veikart.pages.render import render
from veikart.plan.figures import SCHEMA, Figures, Series, Slice


def page(path, query=None, language="en", plan=None):
    return render(readings.with_indicators(language, plan), path, query)


def said(path, query=None):
    return words_of(page(path, query)).replace(THIN, " ")


def hits(asked):
    """The names that a search for `asked` finds, in order."""
    found = page("kommune", {"q": [asked]}).html.partition('class="callout"')[2]
    return re.findall(r"<li><a[^>]*>([^<]+)</a>", found.partition("</section>")[0])


def test_a_municipality_stands_beside_its_county_and_the_whole_country():
    answer = said("kommune/1103")

    assert "Stavanger had 150 000 inhabitants on 1 January 2026." in answer
    assert "Indicator Stavanger Rogaland The whole country" in answer
    assert "Digital hjemmeoppfølging 2025 not known 0.0 % 97.8 %" in answer
    assert "E-konsultasjoner 2024. 1 of 2 others are higher 17.8 % 17.5 % 20.0 %" in answer
    assert "County Rogaland Hospital area Stavanger Health region Helse Vest" in answer


LEADS = """
path                    | the first sentence
kommune/0301            | Oslo is ahead of the whole country in 2 of 2 indicators that can be compared.
kommune/1103            | Stavanger is not ahead of the whole country in the indicator that can be compared.
kommune/5601            | Alta is ahead of the whole country in 1 of 1 indicator that can be compared.
fylke/11                | Rogaland is ahead of the whole country in none of the 2 indicators that can be compared.
sykehusomrade/finnmark  | Finnmark is not ahead of the whole country in the indicator that can be compared.
kommune                 | 5 municipalities in 3 counties.
"""


@pytest.mark.parametrize(("path", "sentence"), rows(LEADS))
def test_a_place_answers_in_a_sentence_first(path, sentence):
    assert lead_of(page(path)) == sentence


def test_what_is_hidden_or_not_known_says_so_where_the_figure_would_be():
    assert "E-konsultasjoner 2024 hidden, too few people 16.7 % 20.0 %" in said("kommune/5634")


def test_a_municipality_offers_something_or_does_not():
    assert "Digital hjemmeoppfølging 2025 yes 91.7 % 97.8 %" in said("kommune/5601")
    assert "Digital hjemmeoppfølging 2025 no 91.7 % 97.8 %" in said("kommune/5634")


def test_a_county_and_a_hospital_area_list_their_municipalities():
    assert "2 municipalities with 165 000 inhabitants on 1 January 2026." in said("fylke/11")
    assert "Municipalities Eigersund Stavanger" in said("fylke/11")
    assert "Municipalities Alta Vardø" in said("sykehusomrade/finnmark")
    assert "Finnmark Finnmárku" in said("fylke/56")


def test_a_place_is_found_by_the_beginning_of_its_name_its_code_and_its_sami_name():
    assert hits("sta") == ["Stavanger"]
    assert hits("56") == ["Alta", "Vardø", "Finnmark, county"]
    assert hits("  FINNMÁ ") == ["Finnmark, county"]
    assert hits("ger") == ["Eigersund", "Stavanger"]
    assert hits("ge") == []


def test_a_search_without_hits_says_so_and_shows_all():
    answer = said("kommune", {"q": ["Haram"]})

    assert "No place is called “Haram”" in answer
    assert "Finnmark Alta Vardø" in answer


def test_what_is_asked_is_shown_as_text_and_never_run():
    answer = page("kommune", {"q": ["<script>" + "x" * 500]})

    assert "<script" not in answer.html
    assert "x" * 101 not in answer.html


def test_what_is_found_stands_alone_and_all_stand_where_nothing_is():
    assert 'class="county"' not in page("kommune", {"q": ["sta"]}).html
    assert 'class="county"' in page("kommune", {"q": ["ingensteds"]}).html
    assert 'class="county"' in page("kommune").html


def test_the_other_languages_keep_what_was_asked():
    assert 'href="/nn/kommune/?q=sta+va"' in page("kommune", {"q": ["sta va"]}).html


def test_municipalities_of_the_same_name_are_told_apart():
    plan = samples.with_indicators()
    alike = tuple(
        replace(one, name="Herøy") if one.code in ("1101", "5634") else one
        for one in plan.places.municipalities
    )
    plan = replace(plan, places=replace(plan.places, municipalities=alike))

    found = page("kommune", {"q": ["herøy"]}, plan=plan).html

    assert "Herøy (Rogaland)" in found
    assert "Herøy (Finnmark)" in found


def test_a_place_that_is_not_there_says_so():
    assert page("kommune/9999").status == 404
    assert page("fylke/99").status == 404
    assert page("sykehusomrade/ingensteds").status == 404


def test_a_place_without_figures_says_so():
    reading = replace_reading(readings.with_indicators("en"), look_ups=lambda _sha256: None)

    assert lead_of(render(reading, "kommune/0301")) == "No indicator has figures for Oslo yet."


def test_a_municipality_is_rendered_quickly():
    reading = readings.with_indicators()
    render(reading, "kommune/0301")

    taken = []
    for _ in range(9):
        begun = time.process_time()
        render(reading, "kommune/1103")
        taken.append(time.process_time() - begun)

    assert min(taken) < 0.02  # a quarter of it on a quiet machine


@pytest.mark.parametrize(
    ("kind", "unit", "said"),
    [
        ("count", "besøk", "2024, besøk 375 307 500"),
        ("amount", "kroner", "2024, kroner 375.3 million"),
    ],
)
def test_what_is_counted_says_in_what_and_money_has_few_digits(kind, unit, said):
    own = Slice(level="municipality", series=(Series(area="1103", numerator=(375_307_500,)),))
    found = Figures(
        schema=SCHEMA, indicator="indikator/1.2", version=1, kind=kind, per=None,
        borders=samples.BORDERS, periods=("2024",), slices=(own,),
    )  # fmt: skip
    sha256, read = samples.look_ups_of(found)
    plan = with_changed(
        indicator=replace(definition("1.2"), kind=kind, unit=unit),
        result=replace(samples.visits(), figures=sha256),
    )
    reading = replace_reading(
        readings.with_indicators("en", plan),
        look_ups=lambda asked: read if asked == sha256 else None,
    )

    assert said in words_of(render(reading, "kommune/1103")).replace(THIN, " ")
