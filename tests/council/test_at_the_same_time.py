"""Several secretaries at the same time, each in a transaction of its own on PostgreSQL."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tests.council.preparing import BODY, MEETING, agenda, case, put, stamp
from veikart.council import agendas, casework, following_up, meetings, minuting, paper_files
from veikart.council.following_up import Asked
from veikart.council.models import Case, FollowUp, Meeting, Minutes, Paper
from veikart.people import audit

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 5
TODAY = dt.date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _on_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time; PostgreSQL has many")


def at_once(*doings):
    """What each of `doings` answers or is refused with, all begun at the same moment."""
    start, found = threading.Barrier(len(doings)), {}

    def run(number, doing):
        start.wait()
        try:
            found[number] = doing()
        except ValidationError as refusal:
            found[number] = refusal.error_dict if hasattr(refusal, "error_dict") else refusal.code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(doings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(doings)
    assert audit.verify() == []
    return [found[number] for number in range(len(doings))]


def test_new_cases_get_different_numbers(meeting, editor):
    at_once(*[lambda: case("Ny sak", by=editor)] * MANY)

    numbers = sorted(Case.objects.filter(body=BODY).values_list("number", flat=True))
    assert numbers == [f"{no}/26" for no in range(1, MANY + 1)]


def test_one_of_those_who_ask_for_a_number_gets_it(meeting, editor):
    found = at_once(*[lambda: case("Ny sak", number="7/26", by=editor)] * MANY)

    assert [one for one in found if isinstance(one, str)] == ["sak/nuit/7-26"]
    assert [list(one) for one in found if isinstance(one, dict)] == [["number"]] * (MANY - 1)


def test_papers_and_follow_ups_get_different_labels_and_numbers(meeting, editor):
    uid = case("Sak", by=editor)
    found, row = Case.objects.get(pk=uid), Meeting.objects.get(pk=MEETING)
    terms, file = paper_files.Terms(access="public"), paper_files.File("a.txt", b"a")
    asked = Asked(what="Skrive et notat")

    at_once(*[lambda: paper_files.put_in(found, [file], terms, by=editor)] * MANY)
    at_once(*[lambda: following_up.ask_in_case(found, row, asked, by=editor)] * MANY)

    expected = [str(no) for no in range(1, MANY + 1)]
    assert sorted(Paper.objects.values_list("label", flat=True)) == expected
    assert FollowUp.objects.count() == MANY


def test_one_of_two_who_move_the_same_agenda_is_told_that_it_changed(meeting, editor):
    for title in ("A", "B", "C"):
        case(title, by=editor)
    row = Meeting.objects.get(pk=MEETING)
    agendas.make(row, Case.objects.values_list("pk", flat=True), by=editor, on=TODAY)
    seen, before = stamp(), agenda()

    def moved(no, after):
        change = agendas.move(no, after=after)
        return agendas.change(row, change, stamp=seen, verb="agenda.moved", by=editor)

    found = at_once(lambda: moved(2, 3), lambda: moved(4, 1))

    assert [one for one in found if isinstance(one, str)] == ["changed_meanwhile"]
    assert sorted(agenda()) == sorted(before)
    assert agenda() != before


def test_an_agenda_and_minutes_are_made_and_approved_once(meeting, editor):
    row = Meeting.objects.get(pk=MEETING)
    made = at_once(*[lambda: agendas.make(row, by=editor, on=TODAY)] * MANY)
    assert made.count("is_made") == MANY - 1

    put(("meeting", MEETING, {"state": "held", "held_on": TODAY}))
    row = Meeting.objects.get(pk=MEETING)
    approved = at_once(*[lambda: minuting.approve(row, by=editor, on=TODAY)] * MANY)

    assert sum(isinstance(one, Minutes) for one in approved) == 1
    assert Minutes.objects.get().state == "approved"


def test_new_meetings_get_different_numbers(body, editor, a_day_in_june):
    said = {"held_on": dt.date(2026, 9, 1)}

    def plan():
        return meetings.plan_meeting(BODY, 3, said, link=None, by=editor)

    found = at_once(*[plan] * MANY)

    assert [one for one in found if isinstance(one, str) and one.startswith("mote/")] == [
        "mote/nuit/3-2026"
    ]
    assert Meeting.objects.count() == 1


def test_a_case_that_is_withheld_while_it_changes_stays_withheld(meeting, editor):
    uid = case("Kjøp", by=editor, is_public=True)
    found = Case.objects.get(pk=uid)

    at_once(
        lambda: casework.withhold(found, basis="§ 23", reason="", by=editor),
        *[lambda: casework.change(found, {"text": "Ny tekst"}, by=editor)] * MANY,
    )

    kept = Case.objects.get(pk=uid)
    assert (kept.basis, kept.text) == ("§ 23", "Ny tekst")
