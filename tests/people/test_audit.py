import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from veikart.people import audit, services
from veikart.people.models import AuditEntry, AuditHead, User

pytestmark = pytest.mark.django_db


def tamper(number: int, **columns: str) -> None:
    """Change an entry as somebody with the database's keys could: by taking it out and back in."""
    entry = AuditEntry.objects.get(number=number)
    AuditEntry.objects.filter(number=number).delete()
    for name, value in columns.items():
        setattr(entry, name, value)
    AuditEntry.objects.bulk_create([entry])


def test_record_says_who_did_what_to_what():
    kari = User.objects.create_user("kari")

    audit.record("mal.changed", "mal/1", by=kari, before={"title": "A"}, after={"title": "Å"})

    entry = AuditEntry.objects.get()
    assert (entry.number, entry.by, entry.by_name, entry.verb, entry.uid) == (
        1,
        kari,
        "kari",
        "mal.changed",
        "mal/1",
    )
    assert (entry.before, entry.after) == ({"title": "A"}, {"title": "Å"})
    assert audit.verify() == []


def test_entries_follow_one_another_and_the_stamp_changes_with_each():
    stamps = [audit.stamp()]
    for number in range(3):
        audit.record("noted", f"mal/{number}", by=None)
        stamps.append(audit.stamp())

    first, second, third = AuditEntry.objects.order_by("number")
    assert [first.previous_hash, second.previous_hash] == ["", first.hash]
    assert third.previous_hash == second.hash
    assert len(set(stamps)) == 4
    assert audit.verify() == []


def test_the_stamp_is_one_query(django_assert_num_queries):
    audit.record("noted", "mal/1", by=None)

    with django_assert_num_queries(1):
        audit.stamp()


@pytest.mark.parametrize("change", ["verb", "uid", "by_name", "after"])
def test_verify_tells_which_entry_was_changed(change):
    for number in range(3):
        audit.record("noted", f"mal/{number}", by=None, after={"n": number})

    tamper(2, **{change: "x"})

    assert audit.verify() == [
        "Entry 2 of the record was changed after it was written; compare with a backup."
    ]


def test_verify_tells_of_a_changed_entry_even_with_its_hash_computed_anew():
    for number in range(3):
        audit.record("noted", f"mal/{number}", by=None)
    entry = AuditEntry.objects.get(number=2)
    entry.verb = "forged"

    tamper(2, verb="forged", hash=audit._hash_of(entry))

    assert audit.verify() == [
        "Entry 3 of the record does not follow from the one before. "
        "One of them was changed; compare with a backup."
    ]


def test_verify_tells_of_deleted_entries_in_the_middle_and_at_the_end():
    for number in range(4):
        audit.record("noted", f"mal/{number}", by=None)

    AuditEntry.objects.filter(number=2).delete()
    middle = audit.verify()
    AuditEntry.objects.filter(number=4).delete()
    end = audit.verify()

    assert middle == [
        "Expected entry 2 of the record, found 3. "
        "Entries between were deleted; compare with a backup."
    ]
    assert end[1:] == [
        "The record should end with entry 4, and ends with 3. "
        "Entries at its end were deleted or added by hand; compare with a backup."
    ]


def test_the_database_refuses_to_change_an_entry():
    audit.record("noted", "mal/1", by=None)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        AuditEntry.objects.update(verb="forged")

    assert AuditEntry.objects.get().verb == "noted"


def test_a_change_that_fails_leaves_no_entry():
    with pytest.raises(ValidationError):
        services.put_many(
            [
                ("user_group", "brukergruppe/fastleger", {"name": "fastleger"}),
                ("user_group", "brukergruppe/ukjent", {}),
            ],
            by=None,
        )

    assert not AuditEntry.objects.exists()
    assert not AuditHead.objects.exclude(number=0).exists()


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_make_one_unbroken_chain():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time; PostgreSQL has many")
    start = threading.Barrier(4)

    def write(name: str) -> None:
        start.wait()
        for number in range(10):
            services.put("user_group", f"brukergruppe/{name}-{number}", {"name": name}, by=None)
        connection.close()

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert AuditEntry.objects.count() == 40
    assert audit.verify() == []
