"""Whether approved minutes stand as they were approved: by their own fingerprint, and by the record."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from veikart.council.models import Minutes
from veikart.people.models import AuditEntry
from veikart.plan.minutes_text import fingerprint

APPROVED = "minutes.approved"
"""What the record calls it when minutes are approved."""


def problems() -> Iterator[str]:
    """What is wrong with the approved minutes, one sentence each; nothing if all are whole. Two queries."""
    entries = AuditEntry.objects.filter(verb=APPROVED).values_list("uid", "after")
    recorded = {
        uid: tuple(after[name] for name in ("sha256", "whole_sha256", "on", "at"))
        for uid, after in entries
        if after
    }
    approved = {}
    for row in Minutes.objects.filter(state=Minutes.State.APPROVED).order_by("meeting_id"):
        on = row.approved_on.isoformat() if row.approved_on else None
        approved[row.meeting_id] = (row.sha256, row.whole_sha256, on, row.approved_at_id)
        if not _is_whole(row):
            yield _(
                "The minutes of %(meeting)s were changed after they were approved; "
                "compare with a backup."
            ) % {"meeting": row.meeting_id}
    for meeting in sorted(recorded.keys() | approved.keys()):
        if recorded.get(meeting) != approved.get(meeting):
            yield _(
                "The minutes of %(meeting)s do not stand as the record says that they were "
                "approved; compare with a backup."
            ) % {"meeting": meeting}


def _is_whole(row: Minutes) -> bool:
    whole = fingerprint(row.whole_lines) if row.whole_lines else None
    return row.sha256 == fingerprint(row.lines) and row.whole_sha256 == whole
