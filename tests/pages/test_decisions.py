"""The register of decisions and the follow-ups of all bodies, as a reader sees them."""

import html
import re

import pytest
from msgspec.structs import replace

from tests.pages.readings import alone, draft
from tests.plan import council_samples as councils
from tests.plan.samples import sample
from veikart.pages import decisions
from veikart.pages.render import render
from veikart.plan.council import Case, Decision, FollowUp
from veikart.publishing.addresses import paths


def page(path="vedtak", language="en", plan=None, **query):
    reading = alone(language, plan or councils.decided_plan())
    return render(reading, path, {name: [value] for name, value in query.items()})


def words_of(answer):
    main = answer.html.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def rows(answer):
    listed = answer.html.partition('<ul class="rows')[2].partition("</ul>")[0]
    return [
        " ".join(html.unescape(re.sub(r"<[^>]+>", " ", row)).split())
        for row in re.findall(r"<li>(.*?)</li>", listed, re.DOTALL)
    ]


def with_many(count):
    """So many decisions of one case each, with a follow-up to every one."""
    cases = [f"sak/rad/{no}-25" for no in range(1, count + 1)]
    plan = councils.decided_plan()
    part = replace(
        plan.council,
        cases=tuple(
            Case(uid=uid, body=councils.RAD, number=f"{no}/25", title=f"Sak {no}")
            for no, uid in enumerate(cases, start=1)
        ),
        decisions=tuple(
            Decision(uid=f"{uid}/vedtak", body=councils.RAD, case=uid, text="Ja.") for uid in cases
        ),
        follow_ups=tuple(
            FollowUp(uid=f"{uid}/oppfolging/1", body=councils.RAD, case=uid, what="Gjør det")
            for uid in cases
        ),
    )
    return replace(plan, council=part)


def test_a_row_tells_day_body_case_decision_effects_and_what_became_of_it():
    answer = page()

    assert "5 decisions, from all the councils." in words_of(answer)
    assert rows(answer)[1] == (
        "4 June 2026 Case 13/26: Rapportering Nasjonalt e-helseråd · Endorsement · As proposed "
        "Rådet ber om forenklet rapportering. Asks for a change: 1A Innbyggertjenester – Forenkles. "
        "Asks that what was said is taken along: Goal 1: Aktiv medvirkning "
        "The case is about: Pasientens prøvesvar 1 follow-up is overdue."
    )
    assert '<a href="/en/sak/rad/13-26/#vedtak">' in answer.html
    assert '<a href="/en/delmal/1A/">' in answer.html


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_register_and_follow_ups_are_published_in_every_language(language):
    reading = alone(language, councils.decided_plan())

    answers = [render(reading, path) for path in ("vedtak", "oppfolging")]

    assert {"vedtak", "oppfolging"} <= set(paths(reading))
    assert all(answer.status == 200 for answer in answers)
    assert all(answer.html.count("<h1") == 1 for answer in answers)
    assert all(f'<html lang="{language}"' in answer.html for answer in answers)


def test_what_is_chosen_can_be_taken_away_one_by_one_and_is_kept_by_the_form():
    answer = page(organ="rad", q="forenklet", rekkefolge="eldst")

    assert len(rows(answer)) == 1
    assert "Shows 1 of 5 decisions." in words_of(answer)
    chips = re.findall(r'class="chip" href="([^"]+)"', answer.html)
    assert [html.unescape(link) for link in chips] == [
        "/en/vedtak/?q=forenklet&rekkefolge=eldst",
        "/en/vedtak/?organ=rad&rekkefolge=eldst",
    ]
    assert '<option value="rad" selected>' in answer.html
    assert 'value="forenklet"' in answer.html
    assert '<input type="hidden" name="rekkefolge" value="eldst">' in answer.html


def test_a_search_that_finds_nothing_says_so_and_can_be_taken_away():
    answer = page(q="finnes ikke")

    assert "No decision fits what you ask for." in words_of(answer)
    assert 'class="chip clear" href="/en/vedtak/"' in answer.html


def test_what_the_register_does_not_know_is_told_and_is_no_markup():
    answer = page(om="<b>mal</b>")

    assert "No decision has “&lt;b&gt;mal&lt;/b&gt;”, so it was ignored." in answer.html
    assert "<b>mal</b>" not in answer.html
    assert len(rows(answer)) == 5


def test_a_long_register_has_pages_that_keep_the_question():
    plan = with_many(3 * decisions.PER_PAGE + 1)
    second = page("vedtak/side/2", plan=plan, organ="rad")
    last = page("vedtak/side/4", plan=plan)

    assert len(rows(second)) == decisions.PER_PAGE
    assert len(rows(last)) == 1
    assert 'rel="next" href="/en/vedtak/side/3/?organ=rad"' in second.html
    assert {page(f"vedtak/side/{no}", plan=plan).status for no in (0, 1, 5)} == {404}
    listed = [path for path in paths(alone("nb", plan)) if path.startswith(("vedtak", "oppf"))]
    assert listed == [
        "vedtak", "vedtak/side/2", "vedtak/side/3", "vedtak/side/4",
        "oppfolging", "oppfolging/side/2",
    ]  # fmt: skip


def test_pages_far_away_are_left_out_of_the_pager_but_the_first_and_the_last():
    middle = page("vedtak/side/6", plan=with_many(12 * decisions.PER_PAGE))

    pager = middle.html.partition('<nav aria-label="Pages of the list"')[2].partition("</nav>")[0]
    assert re.findall(r">(\d+|…)</", pager) == ["1", "…", "4", "5", "6", "7", "8", "…", "12"]


def test_an_edition_without_decisions_says_so():
    answer = page(plan=sample())

    assert "No decision is in this edition yet." in words_of(answer)
    assert "<form" not in answer.html.partition("<main")[2].partition("</main>")[0]
    assert "vedtak.csv" not in answer.html


def test_the_draft_has_no_downloads_and_its_links_stay_in_it():
    reading = draft("en")
    shelved = reading.shelved
    plan = replace(reading.plan, council=councils.council())
    own = type(shelved)(
        number=None, title="x", state="draft", as_of=plan.head.as_of, working_plan=plan
    )

    answer = render(type(reading)(shelved=own, language="en", prefix="utkast/"), "vedtak")

    assert "vedtak.csv" not in answer.html
    assert "atom.xml" not in answer.html.partition("<main")[2]
    assert '<form class="filters" action="/en/utkast/vedtak/"' in answer.html


def test_follow_ups_are_told_as_of_the_editions_day_the_overdue_first():
    answer = page("oppfolging")

    assert (
        "5 follow-ups: 1 is overdue, 2 are open, 1 is done and 1 was dropped as of 31 August 2026."
        in words_of(answer)
    )
    heads = re.findall(r"<h2>(.*?)</h2>", answer.html)
    assert heads[:4] == [
        "The deadline has passed, and nothing is reported",
        "Still to be done",
        "Done",
        "Dropped",
    ]
    assert rows(answer) == [
        "Legge fram et forslag KS . Deadline 30 August 2026. Nasjonalt e-helseråd , Case 13/26: Rapportering"
    ]


def test_a_late_answer_a_missing_day_and_a_missing_name_are_told():
    plan = councils.decided_plan()
    done = plan.index.follow_ups["sak/rad/12-26/oppfolging/1"]
    late = councils.with_follow_ups(plan, replace(done, answered_on=councils.AS_OF))

    words = words_of(page("oppfolging", plan=late))

    assert "Answered 31 August 2026, after the deadline. Publisert 12. juni." in words
    assert "When it was answered is not told. Ikke lenger aktuelt." in words
    assert "Nobody is named. No deadline was given." in words


def test_follow_ups_of_one_are_asked_for_by_name():
    answer = page("oppfolging", hvem="KS")

    assert "1 follow-up: 1 is overdue as of 31 August 2026." in words_of(answer)
    assert '<option value="KS" selected>KS (1)</option>' in answer.html


def test_every_link_of_what_was_decided_leads_to_a_page_and_a_place_that_is_there():
    reading = alone("nb", councils.decided_plan())
    made = {path: render(reading, path).html for path in paths(reading)}
    places = {
        f"/{path}/" if path else "/": set(re.findall(r' id="([^"]+)"', text))
        for path, text in made.items()
    }
    looked_at = (
        "vedtak",
        "oppfolging",
        "mal",
        "mal/1",
        "delmal/1A",
        "leveranse/101",
        "utgaver/2026-1",
    )

    broken = {
        (path, link)
        for path in looked_at
        for link in re.findall(r'href="(/[^"?]*)[^"]*"', made[path].partition("<main")[2])
        if not link.startswith(("/data/", "/vedtak/atom", "/konto", "/nn/", "/en/", "/arbeid"))
        and not link.endswith((".json", ".csv", ".xlsx"))
        for page, _hash, place in [link.partition("#")]
        if page not in places or (place and place not in places[page])
    }

    assert broken == set()
