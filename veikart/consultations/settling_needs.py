"""Settling what waited for its file to be read, once a reply is received from that file."""

from django.utils import timezone
from django.utils.translation import gettext as _

from veikart.consultations.models import IntakeItem, Reply
from veikart.people import audit
from veikart.people.models import User

WAITED = ("waits_for_recognition", "not_read")
"""What a file on the list waits for that is over when a reply was read from it."""


def settle_read(reply: Reply, *, by: User | None) -> list[IntakeItem]:
    """Take off the list what waited for the file that `reply` was read from; answers what was.

    What came along and could not be read stays on the list: nobody has read it.
    The row tells which reply it became. `by` is None for the system itself.
    """
    read_from = reply.files.order_by("pk").values("document")[:1]
    found = IntakeItem.objects.filter(settled_at=None, code__in=WAITED, document__in=read_from)
    settled = []
    for item in found.select_for_update():
        item.settled_at, item.settled_by = timezone.now(), by
        item.note = _("It was read later, and is %(reply)s.") % {"reply": reply.uid}
        item.full_clean()
        item.save(update_fields=["settled_at", "settled_by", "note"])
        after = {"item": item.pk, "code": item.code}
        audit.record("intake_item.settled", item.hearing_id or reply.hearing_id, by=by, after=after)
        settled.append(item)
    return settled
