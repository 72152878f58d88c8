"""What themes led to, for the public: draft goals with their trail, rounds of prioritising, and a table of them."""

import csv
import html
import io
import re

import pytest
from msgspec.structs import replace

from tests.pages import hearing_samples as hearings
from tests.pages import readings
from veikart.pages.render import render
from veikart.publishing import hearing_data

HEARING = hearings.HEARING
GOALS = [f"{HEARING}/malutkast/{no}" for no in (1, 2)]


def words_of(text):
    main = text.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def with_pairs(language="en"):
    """The sample with a second round, pair by pair, in which the other goal came first."""
    plan = hearings.answered_plan()
    said = plan.consultations
    (first,) = said.priority_rounds
    one, two = first.priorities
    pairs = replace(
        first,
        uid=f"{HEARING}/prioritering/2",
        no=2,
        title="Møte 2",
        method="pairs",
        is_secret=False,
        points=None,
        most=None,
        priorities=(
            replace(two, rank=1, share=0.75, got=3.5, given=5, best=1, worst=1),
            replace(one, rank=None, share=None, got=0, given=0, best=None, worst=None),
        ),
    )
    said = replace(said, priority_rounds=(first, pairs))
    return readings.alone(language, replace(plan, consultations=said))


def test_a_theme_tells_the_draft_goals_it_led_to_and_their_priority():
    said = words_of(render(hearings.answered("en"), f"{HEARING}/tema/1").html)

    assert "The draft goals that it led to Alle ser sin journal" in said
    assert "Number 1 of 2 by points on 10 June 2026. 5 of 6 members voted." in said
    assert "It became Goal 1, bullet 1 ." in said


def test_each_round_is_shown_the_newest_first_and_the_goals_by_the_newest():
    page = render(with_pairs(), HEARING).html
    said = words_of(page)

    assert page.index('id="prioritering-2"') < page.index('id="prioritering-1"')
    assert page.index('id="malutkast-2"') < page.index('id="malutkast-1"')
    assert "Members chose between two at a time." in said
    assert "Fewer forms 1 1 75 % 3.5 of 5 Alle ser sin journal – – – 0 of 0" not in said
    assert re.search(r"Færre skjemaer 1 1 75 % 3.5 of 5 Alle ser sin journal – – – 0 of 0", said)
    assert "Not compared on 10 June 2026." in said
    assert "Who voted is known, what each one voted is not." in said


def test_an_earlier_round_stands_unchanged_beside_a_later_one():
    said = words_of(render(with_pairs(), HEARING).html)

    assert "Rådets møte 3. juni , 10 June 2026 Each member shared out 10 points" in said
    assert "Alle ser sin journal 1 1–2 30 5 Færre skjemaer 2 1–2 20 4" in said


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_all_rounds_are_given_out_as_one_table(language):
    content = hearing_data.priorities(with_pairs(language), HEARING, "csv")

    heads, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert len({len(row) for row in (heads, *rows)}) == 1
    assert [(row[0], row[10], row[12], row[15]) for row in rows] == [
        (f"{HEARING}/prioritering/1", GOALS[0], "1", "0.6"),
        (f"{HEARING}/prioritering/1", GOALS[1], "2", "0.4"),
        (f"{HEARING}/prioritering/2", GOALS[1], "1", "0.75"),
        (f"{HEARING}/prioritering/2", GOALS[0], "", ""),
    ]


def test_only_the_table_of_a_hearing_of_the_edition_is_given_out():
    reading = hearings.answered("en")

    for uid, ending in (("horing/99-1", "csv"), (HEARING, "xlsx")):
        with pytest.raises(LookupError, match="Expected a hearing"):
            hearing_data.priorities(reading, uid, ending)
    assert f"{HEARING}/prioriteringer.csv" in dict(hearing_data.files(reading))
