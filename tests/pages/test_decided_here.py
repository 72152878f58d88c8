"""“Decisions that touch this” on the pages of the plan: effects, cases about it, cases that wait, and what is above."""

import html
import re

import pytest
from msgspec.structs import replace

from tests.pages.readings import alone, with_indicators
from tests.plan import council_samples as councils
from tests.plan.samples import sample
from veikart.pages.decided_here import SHOWN
from veikart.pages.render import render


def here(path, plan=None):
    """The words of the section, and its links."""
    answer = render(alone("en", plan or councils.decided_plan()), path).html
    section = answer.partition('<h2 id="vedtak">')[2]
    section = re.split(r"<h2", section)[0]
    words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", section)).split())
    return words.replace(" ,", ","), re.findall(r'href="([^"]+)"', section)


def test_a_delmal_shows_what_was_decided_of_it_and_what_waits():
    words, links = here("delmal/1A")

    assert words.startswith(
        "Decisions that touch this 4 June 2026 Nasjonalt e-helseråd, Case 13/26: Rapportering "
        "Rådet ber om forenklet rapportering. Asks for a change: Forenkles. 1 follow-up is overdue. "
        "20 May 2026 NUIT, Case 3/26: Nasjonalt veikart NUIT anbefaler veikartet. Recommends"
    )
    assert (
        "Cases about it in which no decision is known: Case 15/26: Kommunenes tempo Nasjonalt e-helseråd · Discussion"
        in words
    )
    assert "Also about Goal 1: Aktiv medvirkning (1)" in words
    assert links[:2] == ["/en/sak/rad/13-26/#vedtak", "/en/sak/nuit/3-26/#vedtak"]


def test_a_deliverable_tells_its_own_apart_from_what_is_decided_above_it():
    own, above = here("leveranse/101")[0].split("Also about 1A Innbyggertjenester (3)")

    assert "In cases about it: 4 June 2026 Nasjonalt e-helseråd, Case 13/26" in own
    assert "Recommends" not in own
    assert "NUIT anbefaler veikartet. Recommends" in above


def test_a_deliverable_with_nothing_of_its_own_shows_what_is_above_unfolded():
    answer = render(alone("en", councils.decided_plan()), "leveranse/103").html

    section = answer.partition('<h2 id="vedtak">')[2].partition("<h2")[0]
    assert section.count("<details open>") == 1


def test_a_goal_shows_those_on_its_statements_and_on_the_vision():
    words, _links = here("mal/1")

    assert "Goal 1: Aktiv medvirkning 4 June 2026" in words
    assert (
        "Goal 1, bullet 1 In cases about it: 4 June 2026 Nasjonalt e-helseråd, Case 14/26" in words
    )
    assert "Also about Sammen skaper vi helse (2)" in words


def test_the_vision_shows_its_decision_on_the_page_of_goals():
    words, _links = here("mal")

    assert "Sammen skaper vi helse 9 December 2021 Nasjonalt e-helseråd, Case 40/21" in words
    assert "Rådet slutter seg til visjonen. Led to" in words


def test_an_indicator_shows_the_case_about_it():
    plan = with_indicators().plan
    words, _links = here("indikator/1.4", replace(plan, council=councils.council()))

    assert "In cases about it: 4 June 2026 Nasjonalt e-helseråd, Case 14/26: Måling" in words


@pytest.mark.parametrize(
    "path", ["mal", "mal/1", "delmal/1A", "leveranse/101", "gruppering/1a-innsyn"]
)
def test_nothing_is_said_where_nothing_is_decided(path):
    assert here(path, sample()) == ("", [])


def test_much_that_is_decided_leads_to_the_register():
    plan = councils.decided_plan()
    asked = plan.index.decisions[councils.ASKED]
    many = [replace(asked, uid=f"sak/rad/13-26/vedtak/{no}") for no in range(SHOWN)]

    words, links = here("delmal/1A", councils.with_decisions(plan, *many))

    assert words.count("Asks for a change: Forenkles.") == SHOWN
    assert "/en/vedtak/?om=delmal/1A" in links
