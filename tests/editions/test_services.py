import datetime as dt
import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from tests.editions.conftest import AS_OF, approved, change_a_byte, frozen
from veikart.editions import queries, services, shelf
from veikart.editions.models import Edition, State
from veikart.people.models import AuditEntry, User
from veikart.plan import codec

pytestmark = pytest.mark.django_db


def test_freezing_keeps_a_read_only_file_with_the_hash_that_the_row_says(editor):
    edition = frozen(editor, title="  Veikart 2026  ", note="Første")

    path = shelf.path_of("2026-1.json")
    content = path.read_bytes()
    assert edition.number == "2026-1"
    assert edition.state == State.FROZEN
    assert codec.fingerprint(content) == edition.sha256
    assert path.stat().st_mode & 0o777 == 0o444
    head = codec.decode(content).head
    assert (head.number, head.title, head.as_of, head.note) == (
        "2026-1",
        "Veikart 2026",
        AS_OF,
        "Første",
    )
    assert (head.previous, head.previous_sha256) == (None, None)
    assert shelf.names() == ["2026-1.json"]
    entry = AuditEntry.objects.get(verb="edition.frozen")
    assert entry.uid == "utgaver/2026-1"
    assert entry.after["sha256"] == edition.sha256


def test_each_edition_names_the_one_before_and_its_hash(approver):
    first = approved(approver)
    second = approved(approver, dt.date(2026, 9, 1))

    head = queries.plan("2026-2").head
    assert second.previous == first
    assert (head.previous, head.previous_sha256) == ("2026-1", first.sha256)
    assert queries.verify() == []


def test_numbers_run_within_the_year_of_the_day_they_are_as_of(approver):
    numbers = [
        approved(approver, day).number
        for day in (dt.date(2025, 3, 1), dt.date(2025, 9, 1), dt.date(2026, 1, 1))
    ]

    assert numbers == ["2025-1", "2025-2", "2026-1"]


def test_the_tenth_edition_of_a_year_comes_after_the_ninth(approver):
    for _serial in range(10):
        approved(approver)

    assert queries.current().number == "2026-10"
    assert [e.number for e in queries.editions()][:2] == ["2026-10", "2026-9"]


@pytest.mark.parametrize(
    ("as_of", "code"),
    [(dt.date(2026, 10, 6), "in_the_future"), (dt.date(2026, 8, 30), "before_the_last")],
)
def test_freezing_refuses_a_day_that_does_not_fit(approver, as_of, code):
    approved(approver)

    with pytest.raises(ValidationError) as refusal:
        frozen(approver, as_of)

    assert refusal.value.code == code
    assert shelf.names() == ["2026-1.approval.json", "2026-1.json"]


def test_freezing_refuses_while_another_edition_waits(editor):
    frozen(editor)

    with pytest.raises(ValidationError, match="2026-1 is frozen and waits") as refusal:
        frozen(editor)

    assert refusal.value.code == "another_waits"


def test_freezing_refuses_an_empty_title(editor):
    with pytest.raises(ValidationError):
        frozen(editor, title="  ")

    assert shelf.names() == []


@pytest.mark.parametrize("role", ["reader", "reporter"])
def test_only_editors_freeze_and_discard(role, editor):
    user = User.objects.create_user("other", role=role)
    edition = frozen(editor)

    with pytest.raises(PermissionDenied):
        frozen(user)
    with pytest.raises(PermissionDenied):
        services.discard(edition, by=user, reason="Feil")


@pytest.mark.parametrize("role", ["reader", "reporter", "editor"])
def test_only_approvers_approve(role, editor):
    edition = frozen(editor)

    with pytest.raises(PermissionDenied):
        services.approve(
            edition, by=User.objects.create_user("other", role=role), body="Rådet", on=AS_OF
        )

    assert Edition.objects.get().state == State.FROZEN


def test_approving_names_the_approver_in_the_row_and_beside_the_file(editor, approver):
    edition = services.approve(
        frozen(editor),
        by=approver,
        body="Nasjonalt e-helseråd",
        on=dt.date(2026, 9, 4),
        note="Sak 12/26",
    )

    path = shelf.path_of("2026-1.approval.json")
    assert json.loads(path.read_bytes()) == {
        "number": "2026-1",
        "sha256": edition.sha256,
        "approved_by": "Ada Nes",
        "body": "Nasjonalt e-helseråd",
        "on": "2026-09-04",
        "note": "Sak 12/26",
    }
    assert path.stat().st_mode & 0o777 == 0o444
    shelved = queries.current()
    assert (shelved.approved_by, shelved.approved_body, shelved.approved_on) == (
        "Ada Nes",
        "Nasjonalt e-helseråd",
        dt.date(2026, 9, 4),
    )
    assert shelved.plan.head.number == "2026-1"
    assert shelved.file_problem is None


@pytest.mark.parametrize(
    ("on", "code"),
    [(dt.date(2026, 10, 6), "in_the_future"), (dt.date(2026, 8, 30), "before_its_content")],
)
def test_approving_refuses_a_day_that_does_not_fit(approver, on, code):
    edition = frozen(approver)

    with pytest.raises(ValidationError) as refusal:
        services.approve(edition, by=approver, body="Rådet", on=on)

    assert refusal.value.code == code
    assert shelf.names() == ["2026-1.json"]


def test_approving_refuses_without_a_body(approver):
    edition = frozen(approver)

    with pytest.raises(ValidationError):
        services.approve(edition, by=approver, body=" ", on=AS_OF)

    assert shelf.names() == ["2026-1.json"]


def test_approving_twice_is_refused(approver):
    edition = approved(approver)

    with pytest.raises(ValidationError) as refusal:
        services.approve(edition, by=approver, body="Rådet", on=AS_OF)

    assert refusal.value.code == "not_waiting"


def test_approving_refuses_a_file_that_was_changed(approver):
    edition = frozen(approver)
    change_a_byte(shelf.path_of("2026-1.json"))

    with pytest.raises(ValidationError, match="expected sha256") as refusal:
        services.approve(edition, by=approver, body="Rådet", on=AS_OF)

    assert refusal.value.code == "file_changed"


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Et annet"},
        {"sha256": "0" * 64},
        {"approved_body": "Et annet råd"},
        {"state": State.FROZEN},
        {"decision_note": "Lagt til senere"},
    ],
)
def test_the_database_refuses_to_change_an_approved_edition(approver, change):
    approved(approver)

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Edition.objects.update(**change)

    assert queries.verify() == []


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": "0" * 64},
        {"number": "2026-9"},
        {"previous_sha256": "0" * 64},
        {"as_of": dt.date(2026, 1, 1)},
        {"title": "Et annet"},
    ],
)
def test_the_database_refuses_to_change_the_content_of_a_frozen_edition(editor, change):
    frozen(editor)

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Edition.objects.update(**change)


def test_an_approval_is_whole_or_refused_by_the_database(editor):
    frozen(editor)

    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.update(state=State.APPROVED, approved_on=AS_OF)


def test_a_discarded_edition_keeps_its_file_and_its_number(editor):
    edition = frozen(editor)
    content = shelf.path_of("2026-1.json").read_bytes()

    services.discard(edition, by=editor, reason="Feil dato")

    (kept,) = (shelf.folder() / "discarded").iterdir()
    assert kept.name == f"2026-1.{edition.sha256[:12]}.json"
    assert kept.read_bytes() == content
    assert shelf.names() == []
    assert queries.edition("2026-1") is None
    assert frozen(editor).number == "2026-2"
    assert queries.verify() == []
    assert AuditEntry.objects.get(verb="edition.discarded").after["reason"] == "Feil dato"


def test_discarding_refuses_an_approved_edition_and_asks_for_a_reason(approver):
    edition = frozen(approver)
    with pytest.raises(ValidationError):
        services.discard(edition, by=approver, reason=" ")
    services.approve(edition, by=approver, body="Rådet", on=AS_OF)

    with pytest.raises(ValidationError) as refusal:
        services.discard(edition, by=approver, reason="Feil")

    assert refusal.value.code == "not_waiting"
    assert shelf.names() == ["2026-1.approval.json", "2026-1.json"]


def test_a_freeze_that_ended_between_file_and_row_is_reported_and_can_be_repeated(editor):
    shelf.keep("2026-1.json", b"what a killed freeze had written")
    assert [problem.code for problem in queries.verify()] == ["stray_file"]

    edition = frozen(editor)

    assert edition.number == "2026-1"
    assert queries.verify() == []
    (aside,) = (shelf.folder() / "discarded").iterdir()
    assert aside.read_bytes() == b"what a killed freeze had written"


def test_a_freeze_never_takes_the_number_of_an_approved_file(editor):
    shelf.keep("2026-1.json", b"approved, and then the database was restored")
    shelf.keep("2026-1.approval.json", b"{}")

    with pytest.raises(ValidationError, match="newer backup") as refusal:
        frozen(editor)

    assert refusal.value.code == "approved_file_without_row"
    assert shelf.names() == ["2026-1.approval.json", "2026-1.json"]
    assert not Edition.objects.exists()


def test_an_approval_that_ended_between_file_and_row_can_be_repeated(approver):
    edition = frozen(approver)
    shelf.keep("2026-1.approval.json", b"what a killed approval had written")
    assert [problem.code for problem in queries.verify()] == ["approval_without_record"]

    services.approve(edition, by=approver, body="Rådet", on=AS_OF)

    assert queries.verify() == []


def test_a_freeze_that_fails_after_its_file_leaves_no_row(editor):
    with transaction.atomic():
        frozen(editor)
        transaction.set_rollback(True)

    assert not Edition.objects.exists()
    assert [problem.code for problem in queries.verify()] == ["stray_file"]
    assert frozen(editor).number == "2026-1"
    assert queries.verify() == []
