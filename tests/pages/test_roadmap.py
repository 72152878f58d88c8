"""The roadmap: a table that says in words what its bars show, for every view."""

import datetime as dt
import html
import re

import pytest

from tests.pages import readings
from tests.plan.samples import sample
from veikart.pages import roadmap
from veikart.pages.bars import Window, drawing
from veikart.pages.memory import KEPT, remembered
from veikart.pages.render import render

SHOWN = """
query                        | which deliverables
delmal=1B                    | 105 106
eier=ks                      | 103 104
brukergruppe=fastleger       | 103 105 106
fase=konsept                 | 106 108
region=nord                  | 105 106
aar=2025                     | 101 102 104
sikkerhet=tentativ           | 103 108
q=dialog                     | 103 104
q=prøvesvar&udatert=skjul    | 101
"""


def rows(table):
    lines = [line for line in table.strip("\n").splitlines()[1:] if line.strip()]
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def query(text):
    pairs = [pair.split("=") for pair in text.split("&") if pair]
    return {name: [value for key, value in pairs if key == name] for name, _value in pairs}


def shown(page):
    return set(re.findall(r'<th scope="row"[^>]*><a href="[^"]*/(\d+)/"', page.html))


@pytest.mark.parametrize(("asked", "numbers"), rows(SHOWN))
def test_a_view_shows_what_it_asks_for(asked, numbers):
    page = render(readings.alone(), "veikart", query(asked))

    assert shown(page) == set(numbers.split())


def test_each_choice_has_a_link_that_takes_it_away():
    page = render(readings.alone(), "veikart", query("delmal=1A&sikkerhet=tentativ"))

    chips = re.findall(r'class="chip" href="([^"]*)"', page.html)
    assert [html.unescape(address) for address in chips] == [
        "/veikart/?sikkerhet=tentativ",
        "/veikart/?delmal=1A",
    ]


def test_every_filter_is_a_field_of_a_plain_form():
    page = render(readings.alone(), "veikart")
    form = page.html.partition('<form class="filters"')[2].partition("</form>")[0]

    names = set(re.findall(r'<(?:select|input) [^>]*name="(\w+)"', form))

    assert names == {
        "mal", "delmal", "gruppering", "eier", "brukergruppe", "region", "fase", "aar",
        "sikkerhet", "q", "grupper", "fra", "til", "zoom", "udatert",
    }  # fmt: skip
    assert names == set(re.findall(r'<label for="f-(\w+)"', form))


def test_an_unknown_choice_is_told_and_passed_over():
    page = render(readings.alone(), "veikart", query("delmal=9Z"))

    assert "«9Z»" in page.html
    assert len(shown(page)) == 8


def test_nothing_that_fits_is_said_in_words():
    page = render(readings.alone(), "veikart", query("q=finnesikke"))

    assert "Ingen leveranse" in page.html
    assert "<table" not in page.html


def test_those_without_dates_stand_last_in_their_group():
    page = render(readings.alone(), "veikart")
    first_group = page.html.partition("<tbody")[2].partition("</tbody>")[0]

    numbers = re.findall(r'href="/leveranse/(\d+)/"', first_group)

    assert numbers[-1] == "102"
    assert first_group.index("Ikke tidfestet") < first_group.index("/leveranse/102/")


def test_a_row_says_in_a_sentence_what_its_bar_shows():
    page = render(readings.alone(), "veikart", query("q=timebestilling"))

    assert "Utvikling til innføring fra andre halvår 2025 til og med 2027, planlagt." in page.html


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_rows_that_were_made_before_are_the_same_bytes_as_fresh_ones(language):
    kept, fresh = readings.alone(language), readings.alone(language)

    render(kept, "veikart", query("delmal=1A"))
    again = render(kept, "veikart", query("grupper=eier"))

    assert again.html == render(fresh, "veikart", query("grupper=eier")).html


def test_languages_and_years_do_not_share_rows():
    reading = readings.alone()
    plan = reading.plan
    english = readings.alone("en", plan=plan)

    first = roadmap.rows(reading, plan.roadmap.deliverables, 2025, 2029)
    other = roadmap.rows(english, plan.roadmap.deliverables, 2025, 2029)
    nearer = roadmap.rows(reading, plan.roadmap.deliverables, 2026, 2027)

    assert len({first[0], other[0], nearer[0]}) == 3


def test_what_is_remembered_is_bounded_and_made_once():
    plan = sample()
    made = []

    for number in range(KEPT + 5):
        remembered(plan, number, lambda number=number: made.append(number) or number)
    again = remembered(plan, KEPT, lambda: made.append("again"))
    gone = remembered(plan, 0, lambda: "made anew")

    assert (again, gone, "again" in made) == (KEPT, "made anew", False)


BARS = """
deliverable | what is drawn inside 2026
101         | s4 open
102         |
103         | s3 t open
104         | s2 s3 s4
105         | bad
106         |
107         | s0 open
"""


@pytest.mark.parametrize(("number", "drawn"), rows(BARS))
def test_a_bar_shows_phase_certainty_and_an_open_end(number, drawn):
    plan = sample()
    window = Window(dt.date(2026, 1, 1), dt.date(2026, 12, 31))

    svg = drawing(plan, plan.index.by_uid[f"leveranse/{number}"], window)

    found = [
        name for classes in re.findall(r'<rect class="([^"]*)"', svg) for name in classes.split()
    ]
    if 'fill="url(#o)"' in svg:
        found.append("open")
    assert " ".join(found) == drawn


def test_a_bar_lies_where_its_days_are():
    plan = sample()
    window = Window(dt.date(2025, 1, 1), dt.date(2026, 12, 31))

    svg = drawing(plan, plan.index.by_uid["leveranse/101"], window)

    first = re.search(r'<rect class="s2" x="([\d.]+)%" width="([\d.]+)%"', svg)
    assert (float(first[1]), float(first[2])) == (0, 50)
    assert '<use href="#d" x="' in svg  # the diamond of what is available


def test_the_roadmap_of_an_edition_links_to_its_downloads_and_the_draft_has_none():
    edition = render(readings.alone(), "veikart")
    draft = render(readings.draft(), "veikart")

    assert 'href="/utgaver/2026-1/veikart.xlsx"' in edition.html
    assert "veikart.xlsx" not in draft.html
