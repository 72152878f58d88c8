"""The record of who did what: append-only, numbered without gaps, each entry holding the last one's hash."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from veikart.people.models import AuditEntry, AuditHead, User


@dataclass(frozen=True)
class Deed:
    """Something that was done to the object `uid`, with its values before and after."""

    verb: str
    uid: str
    before: Any = None
    after: Any = None


def record(
    verb: str, uid: str, *, by: User | None, before: Any = None, after: Any = None
) -> AuditEntry:
    """Add one entry. `by` is None for the system itself.

    `before` and `after` are anything that JSON can hold, or structs of the Plan.
    Other writers wait until the transaction ends. Raises TypeError for other values.
    """
    return record_many([Deed(verb, uid, before, after)], by=by)[0]


@transaction.atomic
def record_many(deeds: Iterable[Deed], *, by: User | None) -> list[AuditEntry]:
    """Add an entry for each of `deeds`, in their order; see `record`."""
    head = lock()
    at = timezone.now()
    entries = []
    for deed in deeds:
        entry = AuditEntry(
            number=head.number + 1,
            at=at,
            by=by,
            by_name=by.get_username() if by else "",
            verb=deed.verb,
            uid=deed.uid,
            before=msgspec.to_builtins(deed.before),
            after=msgspec.to_builtins(deed.after),
            previous_hash=head.hash,
        )
        entry.hash = _hash_of(entry)
        head.number, head.hash = entry.number, entry.hash
        entries.append(entry)
    AuditEntry.objects.bulk_create(entries)
    head.save(update_fields=["number", "hash"])
    return entries


def lock() -> AuditHead:
    """Hold the end of the record until the transaction ends; every writer takes it first."""
    head, _made = AuditHead.objects.select_for_update().get_or_create(pk=1)
    return head


def stamp() -> str:
    """What the working tables' state is known by; it changes with every change. One query."""
    head = AuditHead.objects.filter(pk=1).values_list("number", "hash").first()
    number, hashed = head or (0, "")
    return f"{number}-{hashed[:16]}"


def verify() -> list[str]:
    """What is wrong with the record, one sentence each; nothing if it is whole."""
    return list(_problems())


def _problems() -> Iterator[str]:
    number, hashed = 0, ""
    for entry in AuditEntry.objects.order_by("number").iterator(chunk_size=2000):
        if entry.number != number + 1:
            yield _(
                "Expected entry %(expected)d of the record, found %(found)d. "
                "Entries between were deleted; compare with a backup."
            ) % {"expected": number + 1, "found": entry.number}
        elif entry.previous_hash != hashed:
            yield _(
                "Entry %(number)d of the record does not follow from the one before. "
                "One of them was changed; compare with a backup."
            ) % {"number": entry.number}
        if entry.hash != _hash_of(entry):
            yield _(
                "Entry %(number)d of the record was changed after it was written; "
                "compare with a backup."
            ) % {"number": entry.number}
        number, hashed = entry.number, entry.hash
    head = AuditHead.objects.filter(pk=1).first() or AuditHead()
    if (head.number, head.hash) != (number, hashed):
        yield _(
            "The record should end with entry %(expected)d, and ends with %(found)d. "
            "Entries at its end were deleted or added by hand; compare with a backup."
        ) % {"expected": head.number, "found": number}


def _hash_of(entry: AuditEntry) -> str:
    content = {
        "number": entry.number,
        "at": entry.at.astimezone(dt.UTC).isoformat(),
        "by": entry.by_id,
        "by_name": entry.by_name,
        "verb": entry.verb,
        "uid": entry.uid,
        "before": entry.before,
        "after": entry.after,
    }
    text = entry.previous_hash.encode() + msgspec.json.encode(content, order="sorted")
    return hashlib.sha256(text).hexdigest()
