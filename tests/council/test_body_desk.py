"""The secretariat makes bodies, gives them names through time, and keeps who has which seat."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.council.preparing import BODY, put, text
from veikart.council import bodies, kinds, queries
from veikart.council.models import Body, Seat
from veikart.people.models import AuditEntry, User

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.desk_urls")]

SEAT = {"organisation_name": "Oslo kommune", "role": "member", "person": "Kari Nordmann"}


def to(name, *args):
    return reverse(f"council:{name}", args=args)


def held(uid=BODY):
    return kinds.BODY.load([uid])[uid]


def test_a_body_is_made_at_an_address_that_stays(desk):
    answer = desk.post(
        to("new-body"), {"name": "Nasjonalt e-helsestyre", "slug": "NE-HS"}, follow=True
    )

    assert answer.redirect_chain[-1][0].endswith("/arbeid/rad/ne-hs/")
    assert held("organ/ne-hs").name == "Nasjonalt e-helsestyre"


def test_an_address_that_is_taken_is_told(desk, body):
    for slug in ("nuit", "ny"):
        answer = desk.post(to("new-body"), {"name": "Et annet råd", "slug": slug})

        assert answer.status_code == 422
        assert f"Expected an address that is free; organ/{slug} is taken." in text(answer)
    assert Body.objects.count() == 1


def test_a_new_name_keeps_the_earlier_one_with_its_days(desk, body):
    for name, day in (("NUIT to", "2022-03-01"), ("NUIT tre", "01.05.2024")):
        desk.post(to("change-body", "nuit"), {"name": name, "renamed_on": day})

    assert held().name == "NUIT tre"
    assert [(one.name, one.from_day, one.until_day) for one in held().earlier_names] == [
        ("NUIT", None, dt.date(2022, 3, 1)),
        ("NUIT to", dt.date(2022, 3, 1), dt.date(2024, 5, 1)),
    ]
    assert "Called NUIT to until 1 May 2024." in text(desk.get(to("body", "nuit")))


def test_a_name_without_a_day_corrects_a_slip(desk, body):
    desk.post(to("change-body", "nuit"), {"name": "NUIT!"})

    assert held().name == "NUIT!"
    assert held().earlier_names == ()


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2022-02-01", "It has been called “NUIT to” since 01.03.2022. Give a later day."),
        (
            "2022-02-31",
            "Expected a day that the calendar has, such as 09.06.2026; found “2022-02-31”.",
        ),
        (
            "31.02.2023",
            "Expected a day that the calendar has, such as 09.06.2026; found “31.02.2023”.",
        ),
    ],
)
def test_a_day_that_cannot_be_is_told_and_nothing_is_kept(desk, body, day, says):
    desk.post(to("change-body", "nuit"), {"name": "NUIT to", "renamed_on": "2022-03-01"})

    answer = desk.post(to("change-body", "nuit"), {"name": "NUIT tre", "renamed_on": day})

    assert answer.status_code == 422
    assert says in text(answer)
    assert held().name == "NUIT to"


def test_a_seat_is_kept_and_whose_account_and_address_it_is_stays_private(desk, body, editor):
    member = User.objects.create_user("kari", password="k")
    private = {"email": "kari@oslo.example", "user": member.pk}

    desk.post(to("new-seat", "nuit"), {**SEAT, **private, "from_day": "2022-02-04"})

    seat = Seat.objects.get(pk=f"{BODY}/plass/1")
    assert (seat.person, seat.email, seat.user) == ("Kari Nordmann", "kari@oslo.example", member)
    published = queries.freeze(on=dt.date(2026, 6, 1))
    assert published.seats[0].person == "Kari Nordmann"
    assert "kari@oslo.example" not in str(published)
    record = AuditEntry.objects.filter(uid=seat.pk).order_by("number")
    assert list(record.values_list("verb", flat=True)) == ["seat.created", "seat.holder_kept"]
    assert "kari@" not in str(list(record.values_list("before", "after")))


def test_an_organisation_may_hold_several_seats_and_numbers_go_on(desk, body):
    for _each in range(2):
        desk.post(to("new-seat", "nuit"), SEAT)

    assert list(Seat.objects.order_by("uid").values_list("pk", flat=True)) == [
        f"{BODY}/plass/1",
        f"{BODY}/plass/2",
    ]


@pytest.mark.parametrize(
    ("values", "says"),
    [
        (
            {"from_day": "2026-02-01", "until_day": "2026-02-01"},
            "A seat must end after the day it began. Correct one of the two days.",
        ),
        ({"from_day": "31.02.2026"}, "found “31.02.2026”."),
        ({"organisation_name": ""}, "Choose the organisation, or write what it is called."),
        ({"email": "kari"}, "Enter a valid email address."),
    ],
)
def test_a_seat_that_cannot_be_says_why(desk, body, values, says):
    answer = desk.post(to("new-seat", "nuit"), {**SEAT, **values})

    assert answer.status_code == 422
    assert says in text(answer)
    assert not Seat.objects.exists()


def test_a_seat_is_ended_and_another_begins(desk, body):
    desk.post(to("new-seat", "nuit"), {**SEAT, "from_day": "2022-02-04"})

    said = {
        "on": "2026-03-01",
        "is_taken_over": "on",
        "person": "Ola Hansen",
        "email": "ola@oslo.example",
    }
    desk.post(to("end-seat", "nuit", 1), said)

    rows = Seat.objects.order_by("uid").values_list(
        "person", "organisation_name", "role", "from_day", "until_day", "email"
    )
    assert list(rows) == [
        ("Kari Nordmann", "Oslo kommune", "member", dt.date(2022, 2, 4), dt.date(2026, 3, 1), None),
        ("Ola Hansen", "Oslo kommune", "member", dt.date(2026, 3, 1), None, "ola@oslo.example"),
    ]
    today = [seat.person for seat in bodies.seats_on(BODY, dt.date(2026, 3, 1))]
    before = [seat.person for seat in bodies.seats_on(BODY, dt.date(2026, 2, 28))]
    assert (before, today) == (["Kari Nordmann"], ["Ola Hansen"])


def test_a_seat_cannot_end_before_it_begins(desk, body):
    desk.post(to("new-seat", "nuit"), {**SEAT, "from_day": "2022-02-04"})

    answer = desk.post(to("end-seat", "nuit", 1), {"on": "2022-02-04"})

    assert answer.status_code == 422
    assert "A seat must end after the day it began." in text(answer)
    assert Seat.objects.get().until_day is None


def test_a_substitute_stands_in_for_a_seat_of_the_same_body(desk, body):
    desk.post(to("new-seat", "nuit"), SEAT)
    other = {**SEAT, "role": "substitute", "person": "Ola"}

    right = desk.post(to("new-seat", "nuit"), {**other, "substitutes_for": f"{BODY}/plass/1"})
    wrong = desk.post(to("new-seat", "nuit"), {**other, "substitutes_for": "organ/x/plass/1"})

    assert right.status_code == 302
    assert wrong.status_code == 422
    assert Seat.objects.get(pk=f"{BODY}/plass/2").substitutes_for == f"{BODY}/plass/1"


def test_the_overview_tells_what_is_next_what_waits_and_what_is_overdue(desk, meeting, editor):
    put(
        (
            "follow_up",
            f"{meeting}/oppfolging/1",
            {"body": BODY, "what": "Lag en plan", "due": dt.date(2026, 5, 1)},
        ),
        ("case", "sak/nuit/1-26", {"body": BODY, "number": "1/26", "title": "Veikart"}),
    )

    page = text(desk.get(to("bodies")))

    assert (
        "Meeting 1/2026 9 June 2026 not made Planned 1 case waits 1 open follow-up, 1 overdue"
        in page
    )


def test_the_lists_ask_the_database_as_often_for_three_as_for_one(desk, body):
    def asked():
        found = []
        for page in (to("bodies"), to("body", "nuit"), to("seats", "nuit"), to("cases", "nuit")):
            with CaptureQueriesContext(connection) as queries:
                desk.get(page)
            found.append(len(queries))
        return found

    def add(no):
        put(
            ("body", f"organ/rad-{no}", {"name": f"Råd {no}"}),
            ("seat", f"{BODY}/plass/{no}", {"body": BODY, **SEAT}),
            ("case", f"sak/nuit/{no}-26", {"body": BODY, "number": f"{no}/26", "title": "Sak"}),
            (
                "meeting",
                f"mote/nuit/{no}-2026",
                {"body": BODY, "year": 2026, "number": no, "held_on": dt.date(2026, 6, no + 8)},
            ),
            ("follow_up", f"sak/nuit/{no}-26/oppfolging/1", {"body": BODY, "what": "Gjør det"}),
        )

    add(1)
    one = asked()
    add(2)
    add(3)

    assert asked() == one
