import datetime as dt

import pytest

from tests.editions.conftest import AS_OF, approved, frozen
from veikart.editions import opened, queries, shelf
from veikart.people import audit

pytestmark = pytest.mark.django_db


def test_before_there_is_an_edition_there_is_none():
    assert queries.current() is None
    assert queries.first() is None
    assert queries.waiting() is None
    assert queries.edition("2026-1") is None
    assert queries.plan("2026-1") is None
    assert queries.editions() == []
    assert queries.verify() == []


def test_a_waiting_edition_is_not_the_current_one(editor, approver):
    approved(approver)
    frozen(editor)

    assert queries.current().number == "2026-1"
    assert queries.waiting().number == "2026-2"
    assert queries.edition("2026-2").state == "frozen"
    assert [edition.number for edition in queries.editions()] == ["2026-1"]
    assert [edition.number for edition in queries.editions(with_waiting=True)] == [
        "2026-2",
        "2026-1",
    ]


def test_showing_an_edition_takes_one_query(approver, django_assert_num_queries):
    approved(approver)

    with django_assert_num_queries(1):
        shelved = queries.current()
        assert shelved.plan.head.number == "2026-1"
        assert shelved.file_problem is None


@pytest.mark.parametrize("count", [1, 3])
def test_listing_editions_takes_one_query_however_many(approver, django_assert_num_queries, count):
    for _number in range(count):
        approved(approver)

    with django_assert_num_queries(1):
        listed = [(e.number, e.previous, e.file_problem) for e in queries.editions()]

    assert len(listed) == count


def test_a_plan_is_read_from_its_file_once(approver):
    approved(approver)

    assert queries.plan("2026-1") is queries.plan("2026-1")


def test_plans_kept_in_memory_stay_within_their_budget(monkeypatch):
    monkeypatch.setattr(opened, "BUDGET", 25)
    for number in range(5):
        shelf.keep(f"{number}.json", b"0123456789")
        opened.open_file(f"{number}.json")

    assert [key[0][-6:] for key in opened._kept] == ["3.json", "4.json"]


def test_an_unchanged_draft_takes_one_query(editor, django_assert_num_queries):
    made = queries.draft()

    with django_assert_num_queries(1):
        assert queries.draft() is made

    audit.record("something.changed", "mal/1", by=editor)
    assert queries.draft() is not made


def test_the_draft_has_no_number_and_follows_the_last_approved_edition(approver):
    assert queries.draft().head.previous is None
    edition = approved(approver)

    head = queries.draft().head
    assert (head.number, head.previous, head.previous_sha256) == (None, "2026-1", edition.sha256)
    assert head.as_of == dt.date(2026, 10, 5)
    working = queries.working()
    assert (working.number, working.state, working.file_problem) == (None, "draft", None)
    assert working.plan is queries.draft()


def test_the_draft_says_the_day_it_is(time_machine):
    time_machine.move_to("2026-10-05T10:00:00Z")
    assert queries.draft().head.as_of == dt.date(2026, 10, 5)
    time_machine.move_to("2026-10-06T10:00:00Z")
    assert queries.draft().head.as_of == dt.date(2026, 10, 6)


def test_the_first_edition_is_the_oldest_approved(approver):
    approved(approver, dt.date(2025, 5, 1))
    approved(approver, AS_OF)

    assert queries.first().number == "2025-1"
    assert queries.current().number == "2026-1"
