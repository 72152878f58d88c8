"""The pages of the council model: bodies and seats, meetings, and what a plan tells of them in order."""

import dataclasses
import datetime as dt
import html
import re

import pytest
from django.utils import translation
from msgspec.structs import replace

from tests.pages import council_samples as samples
from tests.pages.readings import alone, shelved
from veikart.pages import council_facts, council_words
from veikart.pages.render import render
from veikart.pages.seats import when
from veikart.plan.council import AgendaItem, Body, BodyName, Case, Meeting, Seat
from veikart.publishing.addresses import paths, places

PAGES = (
    "organ", samples.COUNCIL, f"{samples.COUNCIL}/2026", samples.LAST, samples.THIRD, samples.PLAN,
)  # fmt: skip
DAY = dt.date(2026, 8, 31)


def page(path, reading=None):
    return render(reading or samples.reading(), path)


def words_of(text):
    main = text.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", f"<main{main}")).split())


def part(text, start, end):
    assert start in text
    return text.partition(start)[2].partition(end)[0]


def with_(**parts):
    return samples.reading(plan=samples.with_council(**parts))


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_page_of_councils_is_published_in_every_language(language):
    reading = samples.reading(language)

    answers = {path: render(reading, path) for path in PAGES}

    assert set(PAGES) <= set(paths(reading))
    assert {answer.status for answer in answers.values()} == {200}
    assert all(answer.html.count("<h1") == 1 for answer in answers.values())
    assert all(f'<html lang="{language}"' in answer.html for answer in answers.values())


def test_every_link_between_councils_leads_to_a_page_and_a_place_that_is_there():
    reading = samples.reading("nb")
    made = {path: render(reading, path).html for path in paths(reading)}
    ids = {
        f"/{path}/" if path else "/": set(re.findall(r' id="([^"]+)"', text))
        for path, text in made.items()
    }

    broken = {
        (path, link, place)
        for path in made
        for link, place in re.findall(
            r'href="(/(?:organ|mote|sak|arbeidsplan|mal|leveranse|aktor)[^"#?.]*/)#?([^".?]*)"',
            made[path],
        )
        if link not in ids or (place and place not in ids[link])
    }

    assert broken == set()


def test_ids_are_told_once_on_a_page():
    for path in PAGES:
        found = re.findall(r' id="([^"]+)"', page(path).html)
        assert sorted(found) == sorted(set(found))


def test_every_place_leads_to_where_it_stands():
    reading = samples.reading("nb")

    led = {uid: render(reading, uid).moved_to for uid in places(reading)}

    assert led[f"{samples.THIRD}/vedtak"] == "/sak/radet/2-26/#vedtak"
    assert led[f"{samples.THIRD}/vedlegg/1a"] == "/sak/radet/2-26/#vedlegg-1a"
    assert led[f"{samples.LAST}/oppfolging/1"] == "/mote/radet/1-2026/#oppfolging-1"
    assert led[f"{samples.COUNCIL}/plass/5"] == "/organ/radet/#plass-5"
    assert None not in led.values()


@pytest.mark.django_db
def test_pages_of_councils_ask_no_table(django_assert_num_queries):
    for path in PAGES:
        with django_assert_num_queries(0):
            assert page(path).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "organ/finnes-ikke", f"{samples.COUNCIL}/1999", "mote/radet/9-2026", "sak/radet/9-26",
        "arbeidsplan/1999", f"{samples.THIRD}/vedlegg/9", f"{samples.THIRD}/vedtak/2",
    ],
)  # fmt: skip
def test_what_the_plan_does_not_have_is_not_found(path):
    assert page(path).status == 404


def test_the_council_model_lists_bodies_in_the_order_of_the_path():
    said = words_of(page("organ").html)

    assert "3 bodies treat cases of the strategy, in this order: NUFA, NUIT and Rådet." in said
    assert said.index("1 Fagutvalget") < said.index("2 Prioriteringsutvalget")
    assert said.index("2 Prioriteringsutvalget") < said.index("3 The council")
    assert "Any actor may bring a case." in said
    assert "2 follow-ups are open. 1 is overdue." in said


def test_an_edition_without_councils_says_so():
    reading = alone("en")

    answer = render(reading, "organ")

    assert answer.status == 200
    assert "This edition holds no councils." in words_of(answer.html)
    assert 'href="/en/organ/"' not in render(reading, "mal").html
    assert 'href="/en/organ/"' in page("mal").html


def test_bodies_that_prepare_for_each_other_in_a_ring_are_listed_once():
    ring = tuple(
        Body(uid=f"organ/{a}", name=a.upper(), prepares_for=f"organ/{b}")
        for a, b in (("a", "b"), ("b", "a"))
    )
    plan = samples.with_council(
        bodies=ring, seats=(), meetings=(), cases=(), papers=(), decisions=(), follow_ups=(),
        work_plans=(),
    )  # fmt: skip

    assert [body.uid for body in council_facts.in_order(plan)] == ["organ/a", "organ/b"]


def test_a_body_tells_when_it_meets_and_what_is_left_to_do():
    said = words_of(page(samples.COUNCIL).html)

    assert (
        "It meets next 20 January 2027, and met last 20 May 2026. "
        "The plan holds 2 decisions of it. 2 follow-ups are open. 1 is overdue." in said
    )
    assert "Gets cases from Prioriteringsutvalget" in said
    assert "Called before Styret (through 31 December 2025, since when is not known)" in said
    assert "2025 1 meeting, 1 case and 1 decision." in said


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"from_day": DAY}, "now"),
        ({"from_day": DAY + dt.timedelta(days=1)}, "later"),
        ({"from_day": dt.date(2020, 1, 1), "until_day": DAY}, "former"),
        ({"until_day": DAY + dt.timedelta(days=1)}, "now"),
        ({"seen_on": dt.date(2022, 2, 4)}, "seen"),
        ({"seen_on": dt.date(2022, 2, 4), "until_day": dt.date(2023, 1, 1)}, "former"),
        ({}, "unknown"),
    ],
)
def test_a_seat_is_told_by_what_is_known_of_it(facts, expected):
    seat = Seat(
        uid="organ/a/plass/1", body="organ/a", organisation_name="KS", role="member", **facts
    )

    assert when(seat, DAY) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((dt.date(2020, 1, 1), dt.date(2024, 1, 1), None), "1 January 2020 – 31 December 2023"),
        ((dt.date(2020, 1, 1), None, dt.date(2022, 2, 4)), "from 1 January 2020"),
        ((None, dt.date(2024, 1, 1), None), "through 31 December 2023, since when is not known"),
        (
            (None, None, dt.date(2022, 2, 4)),
            "known on 4 February 2022; since when and until when is not known",
        ),
        ((None, None, None), "since when and until when is not known"),
    ],
)
def test_how_long_a_seat_was_held_is_said_with_what_is_not_known(days, expected):
    with translation.override("en"):
        assert council_words.span(*days) == expected


def test_leaders_come_first_and_substitutes_tell_whom_they_stand_in_for():
    table = part(page(samples.COUNCIL).html, "Seats now", "</table>")

    said = words_of(f"<main{table}</main>")

    assert said.index("Ola Li") < said.index("Kari Nes") < said.index("Per By")
    assert "Substitute for Kari Nes" in said


def test_seats_that_one_day_shows_are_not_called_seats_of_now():
    seats = tuple(s for s in samples.council().seats if s.seen_on)

    said = words_of(page(samples.COUNCIL, with_(seats=seats)).html)

    assert "Who sits here now is not known." in said
    assert "On 4 February 2022 A source shows these seats on that day." in said


def test_what_is_still_to_be_done_leads_to_the_case_or_the_meeting_it_comes_of():
    left = part(page(samples.COUNCIL).html, 'id="oppfolging"', "</ul>")

    assert '<a href="/en/sak/radet/2-26/">Case 2/26' in left
    assert '<a href="/en/mote/radet/1-2026/">Extra meeting 1/2026</a>' in left
    assert "Kunngjøre" not in left


def test_a_year_tells_each_meeting_with_its_cases():
    said = words_of(page(f"{samples.COUNCIL}/2026").html)

    assert said.count("Case 2/26: Veikart <2026>") == 1
    assert "It was planned; the plan does not tell whether it was held." in said
    assert "It is cancelled." in said
    assert 'rel="prev" href="/en/organ/radet/2025/"' in page(f"{samples.COUNCIL}/2026").html


def test_a_case_on_no_agenda_stands_under_the_year_of_its_number():
    loose = Case(uid="sak/radet/9-25", body=samples.COUNCIL, number="9/25", title="Løs sak")
    reading = with_(cases=(*samples.council().cases, loose))

    said = words_of(page(f"{samples.COUNCIL}/2025", reading).html)

    assert "Cases that no meeting has on its agenda Case 9/25: Løs sak" in said


def test_a_meeting_tells_when_it_was_that_it_was_moved_and_what_it_treated():
    said = words_of(page(samples.LAST).html)

    assert "Extra meeting 1/2026 The council met 20 May 2026 at 10:30–13:00." in said
    assert "Place: Videomøte. The plan holds 2 cases and 1 decision of it." in said
    assert "was changed 2 times since the meeting was made known." in said


def test_the_agenda_has_breaks_continued_cases_and_withheld_lines():
    table = part(page(samples.LAST).html, '<table class="ds-table table">', "</table>")

    rows = [
        " ".join(html.unescape(re.sub(r"<[^>]+>", " ", row)).split())
        for row in re.findall(r"<tr>(.*?)</tr>", table.partition("<tbody>")[2])
    ]

    assert rows == [
        "10:30 2/26 Veikart <2026> Presented by Ada Nes Approval",
        "11:30 Lunsj",
        "11:50 2/26 Veikart <2026> (continued) Approval",
        "12:30 Withheld from the public. Legal basis: offentleglova § 23",
        "12:55 3/26 Eventuelt",
    ]


def test_a_line_without_a_legal_basis_is_not_said_to_be_withheld():
    line = AgendaItem(no=1, kind="withheld", starts_at="10:00")

    said = words_of(page("mote/radet/3-2026", _to_come(state="held", agenda=(line,))).html)

    assert "Not public." in said
    assert "Withheld from the public." not in said


def test_attendance_tells_who_came_and_for_whom():
    said = words_of(page(samples.LAST).html)

    assert "1 of the 2 who were summoned were there." in said
    assert "Kari Nes KS Member Was not there" in said
    assert "Per By KS Substitute for Kari Nes Was there" in said


def test_attendance_that_nobody_has_told_of_is_not_absence():
    meetings = tuple(
        replace(m, attendance=tuple(replace(a, present=None) for a in m.attendance))
        for m in samples.council().meetings
    )

    said = words_of(page(samples.LAST, with_(meetings=meetings)).html)

    assert "2 people were summoned. The plan does not tell who came." in said
    assert "Was not there" not in said


def test_approved_minutes_are_shown_with_their_fingerprint():
    said = words_of(page(samples.LAST).html)

    assert "Approved 17 June 2026. Meeting 2/2026 Read the minutes Møtet ble satt." in said
    assert "Saken ble <drøftet>." in said
    assert "cd" * 32 in said


def test_a_meeting_without_minutes_and_agenda_says_so():
    said = words_of(page("mote/radet/8-2025").html)

    assert "Styret met 9 December 2025." in said
    assert "The plan does not have the agenda." in said
    assert "No approved minutes are in the plan." in said


def test_a_meeting_to_come_shows_its_agenda_once_it_is_summoned():
    said = words_of(page("mote/radet/2-2026").html)

    assert "The council is to meet 20 January 2027." in said
    assert "The agenda is shown once the meeting is summoned." in said


def test_a_cancelled_meeting_says_so_first():
    said = words_of(page("mote/radet/3-2026").html)

    assert "The meeting of The council, 1 February 2027, is cancelled." in said
    assert "The meeting is cancelled" in said
    assert "Agenda" not in said
    assert "What was decided" not in said


def test_cancelling_a_meeting_is_not_told_as_moving_it():
    said = words_of(page("mote/radet/3-2026", _to_come(state="cancelled", sequence=1)).html)

    assert "since the meeting was made known" not in said


def test_of_a_meeting_to_come_nothing_is_told_as_if_it_were_over():
    last = next(m for m in samples.council().meetings if m.uid == samples.LAST)
    one = (replace(last.attendance[0], present=None),)

    said = words_of(page("mote/radet/3-2026", _to_come(state="summoned", attendance=one)).html)

    assert "Who is summoned 1 person is summoned." in said
    assert "What was decided" not in said
    assert "who came" not in said


def _to_come(**facts):
    """The plan in which the meeting of 1 February 2027 has `facts`."""
    meetings = samples.council().meetings
    return with_(
        meetings=tuple(
            replace(one, **facts) if one.uid == "mote/radet/3-2026" else one for one in meetings
        )
    )


@pytest.mark.parametrize(
    ("facts", "english", "bokmal"),
    [
        ({"number": 1}, "Meeting 1/2022", "Møte 1/2022"),
        ({"number": 1, "is_extra": True}, "Extra meeting 1/2022", "Ekstra møte 1/2022"),
        ({"held_on": dt.date(2022, 2, 4)}, "Meeting, 4 February 2022", "Møte, 4. februar 2022"),
        ({}, "Meeting, 2022", "Møte, 2022"),
    ],
)
def test_a_meeting_is_called_by_its_number_or_its_day(facts, english, bokmal):
    found = Meeting(uid="mote/a/1-2022", body="organ/a", year=2022, **facts)

    with translation.override("en"):
        assert council_words.meeting(found) == english
    with translation.override("nb"):
        assert council_words.meeting(found) == bokmal


def test_a_body_has_its_name_of_the_day_where_that_is_known():
    body = Body(
        uid="organ/a",
        name="Rådet",
        earlier_names=(
            BodyName(no=1, name="Styret", until_day=dt.date(2023, 1, 1)),
            BodyName(no=2, name="Nemnda"),
        ),
    )

    assert council_words.name_on(body, dt.date(2022, 2, 4)) == "Styret"
    assert council_words.name_on(body, dt.date(2023, 1, 1)) is None
    assert council_words.name_on(body, None) is None


def test_cases_follow_one_another_as_people_count():
    uids = ["sak/a/10-22", "sak/a/2-22", "sak/a/40-21", "sak/a/71-99"]

    assert sorted(uids, key=council_facts.counted) == [
        "sak/a/71-99", "sak/a/40-21", "sak/a/2-22", "sak/a/10-22",
    ]  # fmt: skip


def test_the_front_page_tells_the_next_meeting_and_the_latest_decisions():
    text = page("").html
    said = words_of(text)

    assert "From the councils Next meetings: Rådet, 20 January 2027" in said
    assert 'href="/en/mote/radet/2-2026/"' in text
    assert 'href="/en/sak/radet/2-26/#vedtak"' in text
    assert "From the councils" not in words_of(render(alone("en"), "").html)


def test_one_can_subscribe_to_what_is_in_force_and_to_nothing_else():
    reading = samples.reading()
    newer = replace(reading.plan, head=replace(reading.plan.head, number="2026-2"))
    older = dataclasses.replace(
        reading, editions=(shelved(newer), reading.shelved), prefix="utgave/2026-1/"
    )

    assert 'href="/en/organ/radet/moter.ics"' in page(samples.COUNCIL).html
    assert 'href="/en/vedtak/atom.xml"' in page("organ").html
    assert ".ics" not in page(samples.COUNCIL, older).html
    assert 'href="/en/utgave/2026-1/vedtak/?organ=radet"' in page(samples.COUNCIL, older).html


def test_the_menu_marks_the_part_that_a_case_belongs_to():
    menu = part(page(samples.THIRD).html, 'aria-label="Main menu"', "</nav>")

    assert '<a href="/en/organ/" aria-current="true">Councils</a>' in menu
