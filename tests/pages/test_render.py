"""Every page of a reading, as HTML that says what the plan says and nothing else."""

import html
import re

import pytest
from msgspec.structs import replace

from tests.pages import readings
from tests.plan.samples import period, sample, with_deliverables, without
from veikart.pages.render import render
from veikart.plan.model import RelatedStrategy
from veikart.publishing.addresses import paths

FIRST_SENTENCES = """
path                  | the first sentence
                      | Utgave 2026-1: 8 leveranser på vei mot 2 mål. 1 er i bruk, 2 innføres nå
mal/1                 | 6 leveranser: 1 er i bruk, 2 innføres nå, 2 er i gang i tidligere faser og 1 kommer senere.
gruppering/1a-innsyn  | 2 leveranser: 1 er i bruk og 1 innføres nå.
leveranse/103         | Tilpasning og utvidet utprøving fra 2. kvartal 2026, tentativt. Eies av KS og Helse Nord RHF.
leveranse/108         | Konsept tidligst 2028, tentativt.
brukergruppe/fastleger | 3 leveranser: 2 er i gang i tidligere faser og 1 kommer senere.
veikart               | Viser alle 8 leveranser, 2025–2028.
utgaver/2026-1        | Utgave 2026-1, godkjent av Nasjonalt e-helseråd 31. august 2026.
"""


def rows(table):
    lines = [line for line in table.strip("\n").splitlines()[1:] if line.strip()]
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def words_of(page):
    """The text of a page's main part, with single spaces."""
    main = page.html.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.mark.parametrize(("path", "sentence"), rows(FIRST_SENTENCES))
def test_a_page_answers_its_question_in_a_sentence_with_numbers(path, sentence):
    page = render(readings.alone(), path)

    lead = re.search(r'<p class="lead"[^>]*>(.*?)</p>', page.html, re.DOTALL)
    said = " ".join(html.unescape(re.sub(r"<[^>]+>", "", lead[1])).split())
    assert (page.status, said[: len(sentence)]) == (200, sentence)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_page_of_an_edition_is_there_in_every_language(language):
    reading = readings.after_another(language)

    answers = {path: render(reading, path) for path in paths(reading)}

    assert {path for path, page in answers.items() if page.status != 200} == set()
    assert all(f'<html lang="{language}"' in page.html for page in answers.values())
    assert all(page.html.count("<h1") == 1 for page in answers.values())


def test_every_link_inside_a_page_leads_to_a_page_that_is_there():
    reading = readings.after_another()
    there = {f"/{path}/" if path else "/" for path in paths(reading)}

    broken = {
        (path, link)
        for path in paths(reading)
        for link in re.findall(r'href="(/[^"#?]*)', render(reading, path).html)
        if link not in there
        and not link.startswith(("/static/", "/nn/", "/en/", "/konto/"))
        and not re.fullmatch(r"/utgaver/[\w-]+/[\w.]+|/utgave/2026-1/.*", link)
    }

    assert broken == set()


def test_an_older_edition_and_the_draft_keep_their_readers_inside_them():
    draft = render(readings.draft(), "gruppering/1a-innsyn")

    assert 'href="/utkast/leveranse/101/"' in draft.html
    assert 'href="/leveranse/101/"' not in draft.html
    assert "Dette er arbeidsutkastet." in draft.html
    assert 'href="/gruppering/1a-innsyn/"' in draft.html  # the same page as approved


def test_a_name_that_is_not_translated_is_marked_as_bokmal():
    page = render(readings.alone("en"), "leveranse/101")

    assert '<h1><span lang="nb">Pasientens prøvesvar</span></h1>' in page.html


def test_what_the_source_does_not_say_is_said_to_be_missing():
    page = words_of(render(readings.alone(), "leveranse/102"))

    assert "ikke tidfestet" in page
    assert "Ingen sluttdato er oppgitt (slik er det for 5 av 8 leveranser)." in page


def test_an_end_before_its_start_is_said_on_the_page_and_in_the_roadmap():
    said = words_of(render(readings.alone(), "leveranse/105"))
    table = words_of(render(readings.alone(), "veikart"))

    assert "Kilden sier at" in said
    assert "slutter før" in table


def test_what_is_gone_names_its_successor_and_the_last_edition_that_had_it():
    page = render(readings.after_another(), "leveranse/105")

    assert page.status == 404
    assert 'href="/leveranse/106/"' in page.html
    assert 'href="/utgave/2026-1/leveranse/105/"' in page.html
    assert "Slått sammen." in page.html


def test_what_never_was_gives_a_page_that_says_so():
    page = render(readings.alone(), "leveranse/999")

    assert page.status == 404
    assert "Vi fant ikke siden" in page.html


def test_a_comparison_counts_first_and_tells_each_change_with_its_cause():
    page = words_of(render(readings.after_another(), "endringer/2026-1..2026-2"))

    assert "1 utsatt (median 6 måneder)" in page
    assert (
        "Pasientens prøvesvar starter 6 måneder senere: juli 2026 i stedet for januar 2026. "
        "Innsynstjenester Årsak: leverandøren." in page
    )
    assert "Timer på nett het før «Timebestilling»." in page
    assert "er erstattet av «Egenbehandlingsplan»" in page


def test_an_edition_compared_with_itself_says_that_nothing_changed():
    page = words_of(render(readings.draft(), "endringer/2026-1..utkast"))

    assert "Ingenting er endret fra 2026-1 til arbeidsutkastet." in page


def test_a_moved_date_without_a_cause_is_shown_as_unexplained():
    reading = readings.after_another()
    plan = type(reading.plan)(**{**_fields(reading.plan), "causes": ()})
    second = readings.shelved(plan, previous="2026-1")
    unexplained = type(reading)(shelved=second, editions=(second, reading.editions[1]))

    page = words_of(render(unexplained, "endringer/2026-1..2026-2"))

    assert "Ingen har sagt hvorfor 1 dato er flyttet." in page


def test_a_deliverable_tells_its_way_through_the_editions():
    page = words_of(render(readings.after_another(), "leveranse/101"))

    history = page.partition("Gjennom utgavene")[2]
    assert "Utgave 2026-2 Pasientens prøvesvar starter 6 måneder senere" in history
    assert "Utgave 2026-1" in history


def test_a_page_tells_why_a_thing_is_here():
    page = words_of(render(readings.alone(), "leveranse/101")).partition("Hvorfor er dette her?")[2]

    assert page.index("Innsynstjenester") < page.index("Innbyggertjenester")
    assert page.index("Innbyggertjenester") < page.index("Aktiv medvirkning")


def test_dependencies_are_told_in_words_with_their_state():
    waits = words_of(render(readings.alone(), "leveranse/103"))
    awaited = words_of(render(readings.alone(), "leveranse/107"))

    assert "Felles grensesnitt bekreftet Trenger felles API" in waits
    assert "Digital dialog med fastlege bekreftet" in awaited


def test_text_of_the_plan_is_escaped():
    named = readings.alone(plan=with_deliverables(sample(), _named("<script>alert(1)</script>")))

    pages = [render(named, path) for path in ("veikart", "leveranse/101", "gruppering/1a-innsyn")]

    assert not any("<script>alert" in page.html for page in pages)


def test_an_empty_plan_still_has_all_its_pages():
    plan = without(sample(), *[d.uid for d in sample().roadmap.deliverables])

    reading = readings.alone(plan=plan)

    assert {render(reading, path).status for path in paths(reading)} == {200}


def _named(name):
    found = sample().index.by_uid["leveranse/101"]
    return type(found)(**{**_fields(found), "name": name, "periods": (period(1, "konsept"),)})


def _fields(thing):
    return {name: getattr(thing, name) for name in thing.__struct_fields__}


def test_a_related_strategy_of_which_little_is_known_begins_with_what_is():
    plan = sample()
    strategy = replace(
        plan.strategy,
        related_strategies=(
            RelatedStrategy(
                uid="strategi/plan", title="Plan", publisher=None, year=None, period=None,
                footnote=None, note="Den styrer.",
            ),
        ),
    )  # fmt: skip

    page = render(readings.alone(plan=replace(plan, strategy=strategy)), "om/datakilder")

    assert "Plan Den styrer." in words_of(page)
