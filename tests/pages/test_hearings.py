"""The pages of hearings, replies and themes: from the letter to the changed sentence and back."""

import dataclasses
import html
import re

import pytest
from django.utils import translation
from msgspec.structs import replace

from tests.pages import hearing_samples as hearings
from tests.pages import readings
from veikart.design.marking import marked
from veikart.design.point_words import OUTCOMES
from veikart.pages.hearing_words import period, tally_sentence
from veikart.pages.render import render
from veikart.pages.replies import EXCERPTS
from veikart.plan.consultations import WITHHELD, Consultations, Tally
from veikart.publishing.addresses import paths

REPLY = f"{hearings.HEARING}/svar"
PAGES = (
    "horing", hearings.HEARING, f"{REPLY}/1", f"{REPLY}/2", f"{REPLY}/3", f"{hearings.HEARING}/tema/1",
)  # fmt: skip


def page(path, reading=None):
    return render(reading or hearings.answered("en"), path)


def words_of(text):
    main = text.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def part(text, start, end):
    return text.partition(start)[2].partition(end)[0]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_hearing_reply_and_theme_are_published_in_every_language(language):
    reading = hearings.answered(language)

    answers = {path: render(reading, path) for path in PAGES}

    assert set(PAGES) <= set(paths(reading))
    assert {answer.status for answer in answers.values()} == {200}
    assert all(answer.html.count("<h1") == 1 for answer in answers.values())
    assert all(f'<html lang="{language}"' in answer.html for answer in answers.values())


def test_every_link_of_what_was_said_leads_to_a_page_and_a_place_that_is_there():
    reading = hearings.answered()
    made = {path: render(reading, path).html for path in paths(reading)}
    places = {
        f"/{path}/" if path else "/": set(re.findall(r' id="([^"]+)"', text))
        for path, text in made.items()
    }

    broken = {
        (path, link, place)
        for path in (*PAGES, "mal/1", "delmal/1A")
        for link, place in re.findall(
            r'href="(/(?:horing|mal|delmal)[^"#?]*)#?([^"]*)"', made[path]
        )
        if link not in places or (place and place not in places[link])
    }

    assert broken == set()


def test_a_hearing_says_when_it_was_how_many_replied_and_what_became_of_it():
    lead = words_of(
        part(page(hearings.HEARING).html, '<p class="lead">', "</p>").join(("<main", "</main>"))
    )

    assert lead == (
        "The hearing was open from 1 May 2026 to 1 June 2026. 4 replies are taken in. "
        "What became of the points: 3 followed, 1 not followed and 1 noted."
    )


def test_received_is_handled_and_open_in_one_plain_sentence():
    said = words_of(page(hearings.HEARING).html)

    assert "7 points are received: 7 handled and 0 open." in said
    assert "5 are answered, 1 was set aside as no point to answer and 1 was in a reply" in said
    assert tally_sentence(Tally(received=0, answered=0, set_aside=0, lapsed=0, open=0)) != ""


def test_a_number_that_a_source_states_is_given_with_its_source():
    said = page(hearings.HEARING).html

    assert 'Mottatte svar: 9, according to <a href="https://no.invalid/">' in said


def test_a_hearing_tells_how_it_was_held():
    said = words_of(page(hearings.HEARING).html)

    assert "The period was 31 days; the rules ask for at least 6 weeks." in said
    assert "No reason is given for the short period." in said
    assert "3 points led to changes of the text. Material changes are heard again." in said


def test_invited_and_replies_stand_beside_each_other_by_kind():
    table = part(page(hearings.HEARING).html, 'id="svar"', "</table>")
    table = part(table, "<tbody>", "</tbody>")

    rows = [
        [words_of(f"<main{cell}</main>") for cell in re.findall(r"<t[hd][^>]*(>.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", table)
    ]
    assert [[cell.strip("> ") for cell in row] for row in rows] == [
        ["Municipality", "1", "0", "0", "0"],
        ["Vendor", "0", "0", "1", "2"],
        ["Interest organisation", "1", "1", "1", "2"],
        ["Private person", "0", "0", "1", "1"],
    ]


def test_the_text_stands_in_paragraphs_with_addresses_and_the_points_on_each():
    text = page(hearings.HEARING).html
    paragraph = part(text, 'id="om-mal-1-oppna-1"', "</ul>")

    assert f'href="/en/{REPLY}/1/#punkt-1"' in paragraph
    assert f'href="/en/{REPLY}/2/#punkt-2"' in paragraph
    assert 'punkt-1">A. N.' not in paragraph
    assert words_of(text).index("Goal 1, bullet 1") < words_of(text).index("No longer in the text")


def test_a_reply_shows_each_point_with_outcome_reason_and_the_sentence_from_and_to():
    said = words_of(page(f"{REPLY}/1").html)

    assert (
        "Followed Det blir tydeligere. It led to a change of Goal 1, bullet 1 "
        "From Innbyggere får innsyn To Innbyggere får innsyn i egen journal "
        "Decided 1 July 2026 in case 26/9." in said
    )
    assert "About: Goal 1, bullet 1 (edited since edition 2026-1)" in said
    assert "(unchanged since edition 2026-1)" in said


def test_a_point_on_what_is_gone_is_told_where_its_text_is_now():
    said = words_of(page(f"{REPLY}/2").html)

    assert "About: Hjemmesykehus (edited since edition 2026-1; now Egenbehandlingsplan )" in said


@pytest.mark.parametrize(
    ("before", "after", "gone", "come"),
    [
        ("A b c", "A b c d", "A b c", "A b c <ins>d</ins>"),
        ("A b c", "A c", "A <del>b</del> c", "A c"),
        ("<i>", "&", "<del>&lt;i&gt;</del>", "<ins>&amp;</ins>"),
    ],
)
def test_the_changed_words_are_marked_by_more_than_colour(before, after, gone, come):
    assert marked(before, after) == (gone, come)


def test_words_of_a_reply_keep_their_language_and_do_no_harm():
    text = page(f"{REPLY}/2", hearings.answered("nb")).html

    assert '<blockquote class="said" lang="en">' in text
    assert "&lt;b&gt;too high&lt;/b&gt;" in text
    assert 'lang="en"' not in part(
        page(f"{REPLY}/2").html, '<blockquote class="said"', "</blockquote>"
    )


def test_withheld_words_are_told_with_their_basis_and_reason():
    text = page(f"{REPLY}/2").html

    assert f'<span role="img" aria-label="withheld">{WITHHELD}</span>' in text
    assert "In 2 places, because of business secrets: Priser i et anbud." in words_of(text)


def test_what_is_retold_is_said_to_be_in_our_words():
    said = words_of(page(f"{REPLY}/3").html)

    assert "Retold in our words" in said
    assert "Shown by initials, as the respondent asked." in said
    assert "Retold" not in words_of(page(f"{REPLY}/1").html)


def test_a_withdrawn_reply_is_gone_and_says_why_and_nothing_else():
    gone = page(f"{REPLY}/4")

    assert gone.status == 410
    assert "Reason: Sendt ved en feil." in words_of(gone.html)
    assert f"{REPLY}/4" not in paths(hearings.answered())


def test_a_reply_withdrawn_later_is_not_shown_by_an_older_edition_either():
    later = hearings.answered_plan()
    first = replace(later.consultations.replies[0], uid=f"{REPLY}/4", no=4, respondent="Angrer AS")
    point = replace(
        later.consultations.points[0], uid=f"{REPLY}/4/punkt/1", reply=first.uid, text="Trukket."
    )
    said = replace(
        later.consultations,
        replies=(*later.consultations.replies, first),
        points=(*later.consultations.points, point),
    )
    older = replace(
        later,
        head=replace(later.head, number="2026-1", previous=None),
        tombstones=(),
        consultations=said,
    )
    old, new = readings.shelved(older), readings.shelved(later, previous="2026-1")
    reading = replace_reading(hearings.answered(), old, new)

    shown = {path: render(reading, path) for path in (*PAGES, f"{REPLY}/4", "mal/1", "delmal/1A")}

    assert shown[f"{REPLY}/4"].status == 410
    assert all("Angrer AS" not in one.html and "Trukket." not in one.html for one in shown.values())


def replace_reading(reading, old, new):
    return type(reading)(shelved=old, editions=(new, old), language="nb", prefix="utgave/2026-1/")


def test_the_address_of_a_point_or_a_statement_leads_to_its_place_on_the_page():
    found = {
        path: (page(path).status, page(path).moved_to)
        for path in (
            f"{REPLY}/1/punkt/2",
            f"{REPLY}/2/punkt/9",
            "mal/1/oppna/2",
            f"{REPLY}/1/punkt/77",
        )
    }

    assert found == {
        f"{REPLY}/1/punkt/2": (302, f"/en/{REPLY}/1/#punkt-2"),
        f"{REPLY}/2/punkt/9": (302, f"/en/{REPLY}/2/#punkt-1"),  # it became point 1
        "mal/1/oppna/2": (302, "/en/mal/1/#oppna-2"),
        f"{REPLY}/1/punkt/77": (404, None),
    }


def test_a_theme_opens_with_excerpts_of_different_respondents():
    reading = hearings.answered("en")
    plan = reading.plan
    more = tuple(
        replace(plan.consultations.points[0], uid=f"{REPLY}/1/punkt/{no}", no=no)
        for no in range(10, 14)
    )
    theme = plan.consultations.themes[0]
    theme = replace(theme, points=(*theme.points, *(point.uid for point in more)))
    said = replace(plan.consultations, points=(*plan.consultations.points, *more), themes=(theme,))
    text = page(
        f"{hearings.HEARING}/tema/1", readings.alone("en", replace(plan, consultations=said))
    ).html

    first = part(text, "In their words", "</ul>")
    assert re.findall(r">(KS|Medtech Ltd|A\. N\.)</a>", first) == ["KS", "Medtech Ltd", "A. N."]
    assert EXCERPTS == 3
    assert "4 more points" in words_of(text)


def test_change_areas_and_draft_goals_tell_what_they_came_from_and_became():
    said = words_of(page(hearings.HEARING).html)

    assert "Alle ser sin journal From the change area Mer innsyn ." in said
    assert (
        "Number 1 of 2 by points on 10 June 2026. 5 of 6 members voted. "
        "Without any one member: number 1 to 2. It became Goal 1, bullet 1 ." in said
    )
    assert "Fewer forms From the change area Mer innsyn . Number 2 of 2" in said


def test_before_it_is_answered_a_hearing_says_that_nothing_is_published_yet():
    plan = hearings.answered_plan()
    open_ = replace(plan.consultations.hearings[0], stage="handling", answered_on=None)
    points = tuple(
        replace(p, outcome=None, outcome_of_theme=None) for p in plan.consultations.points
    )
    said = replace(plan.consultations, hearings=(open_,), points=points)
    reading = readings.alone("en", replace(plan, consultations=said))

    assert "What became of the points is not published yet." in words_of(
        page(hearings.HEARING, reading).html
    )
    assert "What became of them is not published yet." in words_of(page(f"{REPLY}/1", reading).html)


@pytest.mark.parametrize(
    ("stage", "sentence"),
    [
        ("planned", "The hearing opens 1 May 2026, and the last day for replies is 1 June 2026."),
        ("open", "The hearing is open: the last day for replies is 1 June 2026."),
        ("handling", "The hearing was open from 1 May 2026 to 1 June 2026."),
    ],
)
def test_the_period_is_told_as_it_is_now(stage, sentence):
    hearing = replace(hearings.consultations().hearings[0], stage=stage)

    with translation.override("en"):
        assert period(hearing) == sentence


def test_a_goal_shows_the_points_on_it_and_its_statements_and_what_changed_after_them():
    text = page("mal/1").html
    said = words_of(part(text, 'id="innspill"', "</aside>").join(("<main", "</main>")))

    assert (
        "Goal 1, bullet 1 was changed after what was said in a hearing. "
        "From Innbyggere får innsyn To Innbyggere får innsyn i egen journal "
        "After what was said by KS , Medtech Ltd , A. N." in said
    )
    assert "Goal 1: Aktiv medvirkning – 2 points: 1 followed and 1 noted" in said
    assert "Goal 1, bullet 1 – 2 points: 2 followed" in said
    assert 'id="om-mal-1-oppna-1"' in text


@pytest.mark.parametrize(
    ("path", "who"), [("delmal/1A", ["A. N., point 1"]), ("mal/4", []), ("leveranse/101", [])]
)
def test_a_page_lists_the_points_about_it_and_no_others(path, who):
    here = part(page(path).html, 'id="innspill"', "</details>")

    assert re.findall(r'<a href="[^"]*/svar/[^"]*">([^<]*)</a>', here) == who


def test_a_round_of_workshops_has_the_same_pages_under_addresses_of_its_own():
    plan = hearings.answered_plan()
    said = plan.consultations
    uid, brought = "arbeidsmote/2026-hosten", "arbeidsmote/2026-hosten/bidrag/1"
    meetings = replace(said.hearings[0], uid=uid, kind="workshop", case_number=None, questions=())
    reply = replace(said.replies[0], uid=brought, hearing=uid, answers=())
    point = replace(said.points[0], uid=f"{brought}/punkt/1", hearing=uid, reply=brought, themes=())
    held = Consultations(hearings=(meetings,), replies=(reply,), points=(point,))
    reading = readings.alone("en", replace(plan, consultations=held))

    pages = {path: render(reading, path) for path in ("horing", uid, brought)}

    assert {page.status for page in pages.values()} == {200}
    assert {uid, brought} <= set(paths(reading))
    assert "The meetings were held from 1 May 2026 to 1 June 2026." in words_of(pages[uid].html)
    assert f'href="/en/{brought}/"' in pages[uid].html
    assert "the rules ask for" not in words_of(pages[uid].html)  # meetings have no rules to keep
    assert 'aria-current="true">Hearings</a>' in pages[brought].html


def test_the_draft_shows_a_hearing_without_downloads():
    kept = readings.shelved(hearings.answered_plan())
    draft = replace_reading(hearings.answered(), kept, kept)
    draft = dataclasses.replace(
        draft, shelved=dataclasses.replace(kept, number=None, state="draft"), prefix="utkast/"
    )

    text = render(draft, hearings.HEARING).html

    assert f'href="/utkast/{REPLY}/1/"' in text
    assert "last-ned" not in text


def test_an_edition_without_hearings_says_so():
    reading = readings.alone("en", replace(readings.sample(), consultations=Consultations()))

    assert "This edition holds no hearing." in words_of(page("horing", reading).html)
    assert page(hearings.HEARING, reading).status == 404


def test_the_method_tells_what_each_outcome_means_and_how_points_are_counted():
    said = words_of(page("om/metode").html)

    with translation.override("en"):
        names = [str(name) for name in OUTCOMES.values()]
    for name in names:
        assert f" {name} " in said
    assert "Received = handled + open." in said
    assert 'href="/en/om/metode/#horinger"' in page(hearings.HEARING).html
