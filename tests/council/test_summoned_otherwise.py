"""A meeting that was summoned by other means than messages of Veikart, and one that was held without a summons."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from tests.council.preparing import BODY, MEETING, case, put, text
from veikart.council import agendas, kinds, queries
from veikart.council.models import Case, Meeting
from veikart.outbox.models import Message
from veikart.people.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.desk_urls")]

AFTER = "2026-06-10T08:00:00Z"
LETTER = "By letter on 20 May"
TREATED = "sak/nuit/1-26"


def to(name, *more):
    return reverse(f"council:{name}", args=["nuit", "1-2026", *more])


@pytest.fixture
def ready(meeting, editor):
    """A meeting with an agenda, of a body whose one seat has no address."""
    seat = {"body": BODY, "role": "leader", "organisation_name": "KS", "person": "Kari"}
    put(("seat", f"{BODY}/plass/1", seat))
    uid = case("Veikart", by=editor, proposal="NUIT anbefaler veikartet.")
    agendas.make(Meeting.objects.get(pk=meeting), [uid], by=editor, on=dt.date(2026, 6, 1))
    return meeting


def test_where_nobody_has_an_address_the_page_offers_to_say_how_it_was_summoned(desk, ready):
    page = desk.get(to("summons"))

    said = text(page)
    assert "so no message can be sent from here" in said
    assert '<form method="post" action="' + to("record-summons") in page.content.decode()
    assert "gjor-innkall" not in page.content.decode()


def test_the_meeting_is_summoned_and_its_cases_public_without_a_message(desk, ready):
    desk.post(to("record-summons"), {"how": LETTER})

    meeting = kinds.MEETING.load([MEETING])[MEETING]
    assert (meeting.state, [row.person for row in meeting.attendance]) == ("summoned", ["Kari"])
    assert Message.objects.count() == 0
    assert TREATED in [found.uid for found in queries.freeze(on=dt.date(2026, 6, 1)).cases]
    kept = AuditEntry.objects.get(uid=MEETING, verb="meeting.summoned_otherwise")
    assert (kept.after, kept.by_name) == ({"how": LETTER}, "editor")


def test_without_saying_how_nothing_is_kept_and_the_field_says_what_is_missing(desk, ready):
    answer = desk.post(to("record-summons"), {"how": "  "})

    assert answer.status_code == 422
    assert "Say how it was summoned, such as by letter." in text(answer)
    assert Meeting.objects.get(pk=MEETING).state == "planned"


def test_without_an_agenda_it_is_refused(desk, meeting):
    answer = desk.post(to("record-summons"), {"how": LETTER})

    assert answer.status_code == 422
    assert Meeting.objects.get(pk=MEETING).state == "planned"
    assert "The meeting has no agenda yet. Make it first." in text(answer)


@pytest.mark.parametrize("state", ["summoned", "cancelled"])
def test_what_is_summoned_already_or_cancelled_is_refused(desk, ready, state):
    put(("meeting", MEETING, {"state": state}))

    answer = desk.post(to("record-summons"), {"how": LETTER})

    assert answer.status_code == 422
    assert not AuditEntry.objects.filter(verb="meeting.summoned_otherwise").exists()


def test_what_was_decided_without_a_summons_is_said_to_be_hidden_until_somebody_says_how(
    desk, ready, editor
):
    key = TREATED.rpartition("/")[2]
    with time_machine.travel(AFTER):
        desk.force_login(editor)
        told = desk.post(
            to("decide", key),
            {
                "text": "NUIT anbefaler veikartet.",
                "decided_on": "2026-06-09",
                "virkning-TOTAL_FORMS": "0",
                "virkning-INITIAL_FORMS": "0",
                "dissens-TOTAL_FORMS": "0",
                "dissens-INITIAL_FORMS": "0",
            },
            follow=True,
        )
        hidden = queries.freeze(on=dt.date(2026, 6, 10))
        desk.post(to("record-summons"), {"how": LETTER})
        shown = queries.freeze(on=dt.date(2026, 6, 10))

        said = text(told)
        assert "The case is not public yet, so the public does not see it." in said
        assert "3 cases of this meeting are not public" in said
        assert "Say how it was summoned" in said
        assert hidden.decisions == ()
        assert [found.case for found in shown.decisions] == [TREATED]
        assert Meeting.objects.get(pk=MEETING).state == "held"
        assert "are not public" not in text(desk.get(to("treat")))


def test_a_withheld_case_stays_withheld_however_the_meeting_was_summoned(desk, ready):
    put(("case", TREATED, {"basis": "offentleglova § 23"}))

    desk.post(to("record-summons"), {"how": LETTER})

    published = queries.freeze(on=dt.date(2026, 6, 1))
    assert TREATED not in [found.uid for found in published.cases]
    assert Case.objects.get(pk=TREATED).basis == "offentleglova § 23"


def test_a_stranger_can_keep_nothing(client, ready):
    client.post(to("record-summons"), {"how": LETTER})

    assert Meeting.objects.get(pk=MEETING).state == "planned"


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("change-meeting", {"held_on": "2026-06-16", "starts_at": "10:00"}),
        ("cancel-meeting", {"reason": "Too few cases."}),
    ],
)
def test_moved_or_cancelled_the_secretariat_is_asked_to_tell_those_who_got_no_message(
    desk, ready, page, said
):
    desk.post(to("record-summons"), {"how": LETTER})

    answer = desk.post(to(page), said, follow=True)

    assert "Tell them in the way they were summoned." in text(answer)


def test_a_meeting_that_nobody_was_summoned_to_is_moved_without_asking(desk, ready):
    said = {"held_on": "2026-06-16", "starts_at": "10:00"}

    answer = desk.post(to("change-meeting"), said, follow=True)

    assert "Tell them in the way they were summoned." not in text(answer)
