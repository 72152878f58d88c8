"""A meeting is summoned by messages that wait for a person; moved or cancelled, it tells those who were summoned."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse

from tests.council.preparing import BODY, MEETING, case, put, text
from veikart.council import agendas, kinds, queries
from veikart.council.models import Case, Meeting, Seat
from veikart.outbox.models import Message
from veikart.people.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.desk_urls")]

WHEN = {"held_on": "2026-06-09", "starts_at": "10:00", "ends_at": "12:00", "place": "Oslo"}
SEATS = (
    ("leader", "Helsedirektoratet", "Kari Leder", "kari@hdir.example"),
    ("member", "Oslo kommune", "Ola Hansen", "ola@oslo.example"),
    ("member", "Oslo kommune", None, "ola@oslo.example"),
    ("observer", "HOD", "Per Observatør", None),
    ("substitute", "KS", "Vara Person", "vara@ks.example"),
)


def to(name, *args):
    return reverse(f"council:{name}", args=args or ["nuit", "1-2026"])


@pytest.fixture
def ready(meeting, editor):
    """A meeting with an agenda of three cases, and five seats; one of them has ended."""
    for no, (role, organisation, person, email) in enumerate(SEATS, start=1):
        values = {"body": BODY, "role": role, "organisation_name": organisation, "person": person}
        put(("seat", f"{BODY}/plass/{no}", values))
        Seat.objects.filter(pk=f"{BODY}/plass/{no}").update(email=email)
    gone = {"body": BODY, "role": "member", "organisation_name": "Bergen", "person": "Eva"}
    put(("seat", f"{BODY}/plass/9", {**gone, "until_day": dt.date(2026, 6, 9)}))
    Seat.objects.filter(pk=f"{BODY}/plass/9").update(email="eva@bergen.example")
    uid = case("Veikart", by=editor)
    agendas.make(Meeting.objects.get(pk=meeting), [uid], by=editor, on=dt.date(2026, 6, 1))
    return meeting


def summoned(desk, *seats, language="nb"):
    chosen = [f"{BODY}/plass/{no}" for no in seats or (1, 2, 3)]
    return desk.post(to("summons"), {"seats": chosen, "language": language}, follow=True)


def test_the_page_says_who_gets_it_who_cannot_and_what_it_says(desk, ready):
    page = desk.get(to("summons"))

    form = page.context["form"]
    assert form["seats"].value() == [f"{BODY}/plass/{no}" for no in (1, 2, 3)]
    said = text(page)
    assert "1 seat has no e-mail address and gets no message. Give addresses at the seats" in said
    assert "HOD: Per Observatør (Observer)" in said
    assert "Bergen" not in said
    assert "Innkalling: NUIT, møte 1/2026" in said or "Summons: NUIT, meeting 1/2026" in said


def test_messages_wait_in_the_outbox_and_nothing_is_sent(desk, ready):
    answer = summoned(desk, language="en")

    rows = Message.objects.order_by("pk").values_list("address", "name", "state", "about")
    assert sorted(rows) == [
        ("kari@hdir.example", "Kari Leder", "draft", MEETING),
        ("ola@oslo.example", "Ola Hansen", "draft", MEETING),
    ]
    assert mail.outbox == []
    assert "2 messages wait in the outbox. Nothing is sent before you approve them there." in text(
        answer
    )
    body = Message.objects.order_by("pk").first().body
    assert "you are summoned to meeting 1/2026 of NUIT." in body
    assert "Day: 9 June 2026" in body
    assert "10:05  1/26 Veikart" in body
    assert "Video meeting: https://video.example/nuit" in body
    assert "/en/arbeid/mine-moter/nuit/1-2026/" in body


def test_summoned_its_cases_are_public_and_the_attendance_is_made_of_the_seats(desk, ready):
    summoned(desk, 1, 2, 3, 5)

    meeting = kinds.MEETING.load([MEETING])[MEETING]
    assert meeting.state == "summoned"
    assert [(row.no, row.role, row.person, row.present) for row in meeting.attendance] == [
        (1, "leader", "Kari Leder", None),
        (2, "member", "Ola Hansen", None),
        (3, "member", None, None),
        (4, "observer", "Per Observatør", None),
        (5, "substitute", "Vara Person", None),
    ]
    assert not Case.objects.filter(is_public=False).exists()
    published = queries.freeze(on=dt.date(2026, 6, 1))
    assert [item.case for item in published.meetings[0].agenda] == [
        "sak/nuit/2-26",
        "sak/nuit/1-26",
        "sak/nuit/3-26",
    ]
    assert "video.example" not in str(published)
    verbs = AuditEntry.objects.filter(uid=MEETING).values_list("verb", flat=True)
    assert "meeting.summoned" in verbs


def test_the_public_agenda_tells_the_times_that_add_up(desk, ready):
    summoned(desk)

    [meeting] = queries.freeze(on=dt.date(2026, 6, 1)).meetings
    assert [item.starts_at for item in meeting.agenda] == ["10:00", "10:05", None]


def test_a_withheld_case_is_named_in_no_message(desk, ready, editor):
    put(("case", "sak/nuit/1-26", {"basis": "offentleglova § 23", "title": "Kjøp av Kvasir"}))
    put(
        (
            "follow_up",
            "sak/nuit/1-26/oppfolging/1",
            {"body": BODY, "case": "sak/nuit/1-26", "what": "Ring Kvasir"},
        )
    )

    summoned(desk, language="en")

    body = Message.objects.order_by("pk").first().body
    assert "1/26 withheld: offentleglova § 23" in body
    assert "Kvasir" not in body


def test_a_meeting_without_agenda_or_without_anybody_is_not_summoned(desk, meeting, editor):
    put(("seat", f"{BODY}/plass/1", {"body": BODY, "organisation_name": "Oslo", "role": "member"}))
    assert "The meeting has no agenda yet. Make it first." in text(desk.get(to("summons")))
    Seat.objects.update(email="ola@oslo.example")

    answer = summoned(desk, 1)

    assert answer.status_code == 422
    assert "The meeting has no agenda yet. Make it first." in text(answer)
    assert not Message.objects.exists()
    assert Meeting.objects.get().state == "planned"


def test_a_moved_meeting_is_a_later_version_and_tells_those_who_were_summoned(desk, ready):
    summoned(desk, 1, 2, language="nn")

    desk.post(to("change-meeting"), {**WHEN, "held_on": "2026-06-16"})

    assert Meeting.objects.get().sequence == 1
    moved = Message.objects.filter(kind="meeting-moved").order_by("pk")
    assert [(m.address, m.language, m.version, m.state) for m in moved] == [
        ("kari@hdir.example", "nn", 1, "draft"),
        ("ola@oslo.example", "nn", 1, "draft"),
    ]


def test_changing_no_more_than_the_video_link_moves_nothing(desk, ready):
    summoned(desk)

    desk.post(to("change-meeting"), {**WHEN, "link": "https://video.example/ny"})

    meeting = Meeting.objects.get()
    assert (meeting.sequence, meeting.link) == (0, "https://video.example/ny")
    assert not Message.objects.filter(kind="meeting-moved").exists()
    assert "video.example/ny" not in str(list(AuditEntry.objects.values_list("after", flat=True)))


def test_a_cancelled_meeting_tells_why_and_its_cases_wait_again(desk, ready):
    summoned(desk, 1, language="en")

    answer = desk.post(to("cancel-meeting"), {"reason": "For mange er syke."}, follow=True)

    assert "1 message waits in the outbox." in text(answer)
    assert Meeting.objects.get().state == "cancelled"
    [message] = Message.objects.filter(kind="meeting-cancelled")
    assert "is cancelled. The reason: For mange er syke." in message.body
    assert [each.number for each in agendas.waiting(BODY)] == ["1/26"]


def test_cancelling_needs_a_reason_and_a_meeting_that_was_held_stays(desk, ready):
    assert "Say why it is cancelled." in text(desk.post(to("cancel-meeting"), {"reason": ""}))
    put(("meeting", MEETING, {"state": "held"}))

    answer = desk.post(to("cancel-meeting"), {"reason": "Syke"})

    assert "The meeting is held, so this can be changed no more." in text(answer)
    assert Meeting.objects.get().state == "held"


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"number": "1"}, "Another meeting of 2026 has the number 1. The next is 2."),
        ({"held_on": "2026-02-31"}, "found “2026-02-31”."),
        ({"starts_at": "25:00"}, "Expected a time such as 10:30; found “25:00”."),
        ({"ends_at": "09:00"}, "A meeting ends after it begins. Correct one of the two times."),
        ({"starts_at": ""}, "A meeting ends after it begins."),
        ({"number": "0"}, "Ensure this value is greater than or equal to 1."),
    ],
)
def test_a_meeting_that_cannot_be_says_why(desk, meeting, values, says):
    answer = desk.post(to("new-meeting", "nuit"), {**WHEN, "number": "2", **values})

    assert answer.status_code == 422
    assert says in text(answer)
    assert Meeting.objects.count() == 1


def test_times_can_be_typed_as_people_do(desk, meeting):
    desk.post(
        to("new-meeting", "nuit"),
        {**WHEN, "number": "2", "starts_at": "9.05", "ends_at": "kl 11", "is_extra": "on"},
    )
    desk.post(
        to("new-meeting", "nuit"),
        {**WHEN, "number": "2", "starts_at": "9.05", "ends_at": "11.00", "is_extra": "on"},
    )

    made = Meeting.objects.get(pk="mote/nuit/2-2026")
    assert (made.starts_at, made.ends_at, made.is_extra) == ("09:05", "11:00", True)
