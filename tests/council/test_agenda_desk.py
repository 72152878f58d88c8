"""The secretariat makes an agenda and puts it in order, without a mouse and without JavaScript."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.council.preparing import BODY, MEETING, agenda, case, put, stamp, text
from veikart.council import agendas
from veikart.council.models import AgendaItem, Meeting
from veikart.people.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.desk_urls")]

SUMMONS = "Godkjenning av innkalling og dagsorden"


def here(name="meeting", *more):
    return reverse(f"council:{name}", args=["nuit", "1-2026", *more])


def made(desk, *cases):
    return desk.post(here("make-agenda"), {"cases": list(cases)}, follow=True)


def pressed(desk, button, **typed):
    data = {"gjor": button, "stempel": stamp(), **typed}
    return desk.post(here("order-agenda"), data, follow=True)


@pytest.fixture
def made_agenda(desk, meeting, editor):
    """3/26 approval of the summons, 1/26 the roadmap, 2/26 the indicators, 4/26 any other business."""
    cases = [case(title, by=editor) for title in ("Veikart", "Indikatorer")]
    made(desk, *cases)
    return desk


def test_an_agenda_is_made_of_what_every_meeting_has_with_case_numbers(desk, meeting, editor):
    first, second = case("Veikart", by=editor), case("Indikatorer", by=editor)

    answer = made(desk, first, second)

    assert "The agenda is made." in text(answer)
    assert agenda() == [
        f"3/26 {SUMMONS}",
        "1/26 Veikart",
        "2/26 Indikatorer",
        "4/26 Eventuelt",
    ]


def test_the_minutes_of_the_last_meeting_are_approved_second_where_they_wait_for_it(
    desk, meeting, editor
):
    put(
        (
            "meeting",
            "mote/nuit/3-2025",
            {
                "body": BODY,
                "year": 2025,
                "number": 3,
                "state": "held",
                "held_on": dt.date(2025, 12, 2),
            },
        )
    )

    made(desk)

    assert agenda()[:2] == [f"1/26 {SUMMONS}", "2/26 Godkjenning av referat fra møte 3/2025"]


def test_a_line_is_moved_told_and_keeps_the_focus(made_agenda):
    answer = pressed(made_agenda, "ned-2")

    assert agenda()[1:3] == ["2/26 Indikatorer", "1/26 Veikart"]
    page = answer.content.decode()
    told = re.search(r'role="status" id="beskjed".*?</div>\s*</div>', page, re.DOTALL)
    assert told is not None
    assert "“1/26 Veikart” is line 3 of 4 now." in told[0]
    assert answer.redirect_chain[-1][0].endswith("?linje=3&knapp=ned#ned-3")
    assert re.search(r'id="ned-3"[^>]*autofocus', page)
    assert page.count("autofocus") == 1


def test_a_line_goes_to_after_the_one_that_is_chosen(made_agenda, editor):
    add = {"title": "Lunsj", "minutes": "30", "after": "3", "stempel": stamp()}
    made_agenda.post(here("add-to-agenda", "pause"), add)

    pressed(made_agenda, "etter-4", **{"etter-4": "2"})

    assert agenda()[1:4] == ["1/26 Veikart", "Lunsj", "2/26 Indikatorer"]


def test_a_case_goes_on_after_a_break(made_agenda):
    lunch = {"title": "Lunsj", "minutes": "30", "after": "3", "stempel": stamp()}
    made_agenda.post(here("add-to-agenda", "pause"), lunch)
    goes_on = {"case": "sak/nuit/1-26", "minutes": "20", "after": "4", "stempel": stamp()}

    made_agenda.post(here("add-to-agenda", "forts"), goes_on)

    assert agenda()[3:] == ["Lunsj", "1/26 forts. Veikart", "4/26 Eventuelt"]


def test_minutes_and_times_that_are_typed_are_kept_with_whichever_button(made_agenda):
    answer = pressed(
        made_agenda,
        "ned-2",
        **{"minutter-2": "45", "kl-2": "", "minutter-3": "30", "kl-3": "10.30"},
    )

    lines = AgendaItem.objects.order_by("no").values_list("minutes", "starts_at")
    assert list(lines) == [(5, None), (30, "10:30"), (45, None), (5, None)]
    assert "85 minutes in all." in text(answer)
    assert "It fits: 10 minutes are left before 12:00." in text(answer)
    assert "11:00–11:45" in text(answer)


def test_an_agenda_that_is_too_long_says_by_how_much(made_agenda):
    answer = pressed(made_agenda, "tider", **{"minutter-2": "90", "minutter-3": "45"})

    assert "It ends 25 minutes after 12:00, when the meeting ends." in text(answer)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"minutter-2": "en halv time"}, "Expected minutes from 1 to 600; found “en halv time”."),
        ({"minutter-2": "0"}, "Expected minutes from 1 to 600; found “0”."),
        ({"minutter-2": "10", "kl-2": "25:00"}, "Expected a time such as 10:30; found “25:00”."),
        ({"minutter-2": "10", "kl-2": "ti"}, "Expected a time such as 10:30; found “ti”."),
    ],
)
def test_what_are_no_minutes_and_no_time_is_told_at_the_line_and_nothing_is_kept(
    made_agenda, typed, says
):
    answer = pressed(made_agenda, "ned-2", **typed)

    assert answer.status_code == 422
    assert says in text(answer)
    assert agenda()[1] == "1/26 Veikart"
    assert f'value="{next(iter(typed.values()))}"' in answer.content.decode()


def test_what_was_changed_by_another_meanwhile_is_refused(made_agenda):
    old = stamp()
    pressed(made_agenda, "ned-2")

    answer = made_agenda.post(here("order-agenda"), {"gjor": "ned-2", "stempel": old}, follow=True)

    assert "The agenda was changed meanwhile." in text(answer)
    assert agenda()[1:3] == ["2/26 Indikatorer", "1/26 Veikart"]


@pytest.mark.parametrize("button", ["ned-1", "opp-2", "opp-4", "forst-3", "ned-4"])
def test_the_fixed_cases_stay_where_they_belong(made_agenda, button):
    before = agenda()

    answer = pressed(made_agenda, button)

    assert agenda() == before
    assert "Approval of the summons comes first" in text(answer) or "found number 5" in text(answer)


def test_a_case_that_is_taken_off_waits_with_its_number(made_agenda):
    answer = pressed(made_agenda, "ut-3")

    assert "“2/26 Indikatorer” is off the agenda." in text(answer)
    assert [each.number for each in agendas.waiting(BODY)] == ["2/26"]

    data = {"case": "sak/nuit/2-26", "stempel": stamp()}
    made_agenda.post(here("add-to-agenda", "sak"), data)

    assert agenda()[2] == "2/26 Indikatorer"


def test_what_is_open_comes_back_by_itself_and_goes_when_it_is_answered(made_agenda):
    follow_up = "sak/nuit/1-26/oppfolging/1"
    put(
        (
            "follow_up",
            follow_up,
            {
                "body": BODY,
                "what": "Lag en plan",
                "who": "Helsedirektoratet",
                "due": dt.date(2026, 5, 10),
            },
        )
    )

    page = text(made_agenda.get(here()))

    assert agenda()[-2:] == ["Oppfølging av vedtak", "4/26 Eventuelt"]
    assert "Lag en plan" in page
    assert "Helsedirektoratet · due 10 May 2026 · overdue for 30 days" in page
    pressed(made_agenda, "opp-4")
    assert agenda()[2] == "Oppfølging av vedtak"

    put(("follow_up", follow_up, {"state": "done", "answer": "Planen er her."}))

    assert "Oppfølging av vedtak" not in agenda()


def test_what_is_open_comes_back_on_the_next_meeting_alone(made_agenda, editor):
    put(
        ("follow_up", "sak/nuit/1-26/oppfolging/1", {"body": BODY, "what": "Lag en plan"}),
        (
            "meeting",
            "mote/nuit/2-2026",
            {"body": BODY, "year": 2026, "number": 2, "held_on": dt.date(2026, 9, 1)},
        ),
    )
    later = Meeting.objects.get(pk="mote/nuit/2-2026")
    agendas.make(later, by=editor, on=dt.date(2026, 6, 1))

    assert "Oppfølging av vedtak" in agenda()
    assert "Oppfølging av vedtak" not in agenda("mote/nuit/2-2026")


def test_the_agenda_of_a_meeting_that_was_held_is_only_read(made_agenda, editor):
    put(("meeting", MEETING, {"state": "held"}))

    with pytest.raises(ValidationError, match="The meeting is held") as refusal:
        agendas.change(
            Meeting.objects.get(pk=MEETING), agendas.take_out(2), stamp=stamp(), verb="x", by=editor
        )

    assert refusal.value.code == "closed"
    assert "order-agenda" not in made_agenda.get(here()).content.decode()


def test_each_deed_is_in_the_record(made_agenda):
    pressed(made_agenda, "ned-2")
    pressed(made_agenda, "ut-3")

    verbs = AuditEntry.objects.filter(uid=MEETING).order_by("number").values_list("verb", flat=True)
    assert list(verbs) == [
        "meeting.created",
        "meeting.link_kept",
        "agenda.made",
        "agenda.moved",
        "agenda.taken_out",
    ]


def test_a_meeting_asks_the_database_as_often_for_three_cases_as_for_one(desk, meeting, editor):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            desk.get(here())
        return len(asked)

    made(desk, case("Veikart", by=editor))
    one = queries()
    for title in ("Indikatorer", "Økonomi"):
        data = {"case": case(title, by=editor), "stempel": stamp()}
        desk.post(here("add-to-agenda", "sak"), data)

    assert len(agenda()) == 5
    assert queries() == one


def test_minutes_of_a_meeting_without_a_number_are_called_by_its_day(desk, meeting):
    before = {"body": BODY, "year": 2025, "state": "held", "held_on": dt.date(2025, 9, 2)}
    put(("meeting", "mote/nuit/2025-09-02", before))

    desk.post(here("make-agenda"))

    assert agenda()[1] == "2/26 Godkjenning av referat fra møtet 2. september 2025"


def test_what_was_put_in_stays_open_and_the_agenda_that_was_made_has_the_focus(desk, meeting):
    made = desk.post(here("make-agenda"), follow=True).content.decode()
    said = {"title": "Pause", "minutes": "15", "after": "1", "stempel": stamp()}
    added = desk.post(here("add-to-agenda", "pause"), said, follow=True)

    assert '<h2 id="dagsorden" tabindex="-1" autofocus>' in made
    assert "<details open><summary>A break</summary>" in added.content.decode()
