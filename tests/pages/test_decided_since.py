"""What was decided and done between editions, and by which decision an edition was approved, as readers see it."""

import dataclasses
import datetime as dt
import html
import re

from msgspec.structs import replace

from tests.pages.readings import shelved
from tests.plan import council_samples as councils
from tests.plan.samples import sample
from veikart.editions.queries import ApprovingDecision
from veikart.pages.reading import Reading
from veikart.pages.render import render


def second_plan(council=None):
    plan = councils.decided_plan()
    head = replace(plan.head, number="2026-2", previous="2026-1", as_of=councils.AS_OF)
    return replace(plan, head=head, council=council or plan.council)


def reading(first=None, second=None, language="en", **approval):
    one = dataclasses.replace(shelved(first or sample()), **approval)
    two = shelved(second or second_plan(), previous="2026-1")
    return Reading(shelved=two, editions=(two, one), language=language)


def words_of(text):
    main = text.partition("<main")[2].partition("</main>")[0]
    said = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())
    return said.replace(" ,", ",").replace(" .", ".")


def test_a_comparison_tells_what_was_decided_and_done_in_a_section_of_its_own():
    answer = render(reading(), "endringer/2026-1..2026-2").html

    words = words_of(answer)
    assert "Nothing changed in the plan from 2026-1 to 2026-2." in words
    assert (
        "Decided and done 5 new decisions, 2 follow-ups settled and 3 new follow-ups. New decisions "
        "4 June 2026 Case 12/26: Nasjonalt veikart" in words
    )
    assert "Follow-ups that were settled Publisere veikartet" in words
    assert '<section class="flow" id="vedtak">' in answer


def test_corrections_and_what_became_overdue_are_told():
    before = second_plan()
    asked = before.index.decisions[councils.ASKED]
    corrected = councils.with_decisions(before, replace(asked, text="Nytt.", votes_for=3))
    later = replace(
        corrected, head=replace(before.head, number="2026-3", as_of=dt.date(2026, 12, 1))
    )
    one, two = shelved(before), shelved(later, previous="2026-2")
    both = Reading(shelved=two, editions=(two, one), language="en")

    words = words_of(render(both, "endringer/2026-2..2026-3").html)

    assert "1 decision corrected and 1 follow-up now overdue." in words
    assert "Case 13/26: Rapportering Corrected: the wording and the vote." in words
    assert "Follow-ups that became overdue Spørre kommunene" in words


def test_nothing_is_said_of_councils_where_they_did_nothing():
    quiet = reading(second=replace(sample(), head=second_plan().head))

    assert 'id="vedtak"' not in render(quiet, "endringer/2026-1..2026-2").html
    assert "Nothing changed from 2026-1 to 2026-2." in words_of(
        render(quiet, "endringer/2026-1..2026-2").html
    )


def test_an_edition_names_the_decision_that_a_later_plan_knows():
    words = words_of(render(reading(), "utgaver/2026-1").html)
    listed = render(reading(), "utgaver").html

    said = "Approved by decision of Nasjonalt e-helseråd in case 12/26, 4 June 2026."
    assert f"{said} Rådet godkjenner veikartet." in words
    assert f'<a href="/en/sak/rad/12-26/#vedtak">{said}</a>' in listed
    assert "Councils since then: 5 new decisions" in words_of(
        render(reading(), "utgaver/2026-2").html
    )


def test_the_decision_that_the_approval_names_comes_first_and_its_words_only_from_a_plan():
    kept = ApprovingDecision(
        uid="sak/rad/99-26/vedtak",
        case="99/26",
        body="Rådet",
        text="Holdt tilbake siden.",
        on=dt.date(2026, 9, 4),
    )

    answer = render(reading(decision=kept), "utgaver/2026-1").html

    assert "Approved by decision of Rådet in case 99/26, 4 September 2026." in words_of(answer)
    assert "Holdt tilbake siden." not in answer
    assert "sak/rad/99-26" not in answer


def test_an_edition_that_no_decision_is_known_of_says_who_approved_it_and_no_more():
    words = words_of(
        render(reading(second=replace(sample(), head=second_plan().head)), "utgaver/2026-1").html
    )

    assert "Approved by Nasjonalt e-helseråd on 31 August 2026" in words
    assert "Approved by decision" not in words
