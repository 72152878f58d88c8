"""Meetings: planned, changed, moved and cancelled; each deed recorded.

Whoever was summoned is told of what changed by a message that waits in the outbox.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from veikart.council import agenda_times, services, summoning
from veikart.council.models import Meeting
from veikart.outbox.models import Message
from veikart.people import audit
from veikart.people.models import User

WHEN_AND_WHERE = ("held_on", "starts_at", "ends_at", "place")
"""Changing one of these moves a meeting, as calendars see it."""


def next_number(body: str, *, year: int) -> int:
    """The number after the highest that a meeting of the body has had in `year`. One query."""
    rows = Meeting.objects.filter(body=body, year=year)
    return (rows.aggregate(highest=Max("number"))["highest"] or 0) + 1


@transaction.atomic
def plan_meeting(
    body: str, number: int, values: Mapping[str, Any], *, link: str | None, by: User
) -> str:
    """Plan the meeting `number` of the year it is held in; answers its uid.

    Raises ValidationError for a number that is taken, with the next that is free, and for times that do not fit.
    """
    audit.lock()
    refuse_times(values)
    held_on: dt.date = values["held_on"]
    uid = f"mote/{body.partition('/')[2]}/{number}-{held_on.year}"
    same = Meeting.objects.filter(body=body, year=held_on.year, number=number)
    if same.exists() or Meeting.objects.filter(pk=uid).exists():
        raise ValidationError(
            {
                "number": ValidationError(
                    _(
                        "Another meeting of %(year)d has the number %(number)d. The next is %(next)d."
                    ),
                    code="number_taken",
                    params={
                        "year": held_on.year,
                        "number": number,
                        "next": next_number(body, year=held_on.year),
                    },
                )
            }
        )
    kept = {**values, "body": body, "year": held_on.year, "number": number}
    services.put("meeting", uid, kept, by=by)
    _keep_link(uid, link, by=by)
    return uid


@transaction.atomic
def change(
    meeting: Meeting, values: Mapping[str, Any], *, link: str | None, by: User
) -> list[Message]:
    """Change when, where and what kind a meeting is. Moved, its `sequence` is one more.

    Answers the messages that tell those who were summoned; they wait in the outbox. Raises ValidationError
    for times that do not fit, and for a meeting that was held or cancelled.
    """
    audit.lock()
    row = Meeting.objects.select_related("body").get(pk=meeting.pk)
    refuse_settled(row)
    refuse_times(values)
    given = dict(values)
    is_moved = any(name in given and given[name] != getattr(row, name) for name in WHEN_AND_WHERE)
    if is_moved:
        given["sequence"] = row.sequence + 1
    verb = "meeting.moved" if is_moved else "meeting.changed"
    services.WRITER.put("meeting", row.pk, given, by=by, verb=verb)
    _keep_link(row.pk, link, by=by)
    if not is_moved or row.state != Meeting.State.SUMMONED:
        return []
    return summoning.tell(row.pk, "moved", by=by)


@transaction.atomic
def cancel(meeting: Meeting, *, reason: str, by: User) -> list[Message]:
    """Cancel a meeting; answers the messages that tell those who were summoned, which wait in the outbox.

    Its cases wait for another. Raises ValidationError without a reason, and for a meeting that was held or cancelled.
    """
    audit.lock()
    row = Meeting.objects.select_related("body").get(pk=meeting.pk)
    refuse_settled(row)
    if not reason.strip():
        raise ValidationError(
            {"reason": ValidationError(_("Say why it is cancelled."), code="no_reason")}
        )
    was_summoned = row.state == Meeting.State.SUMMONED
    values = {"state": "cancelled", "sequence": row.sequence + 1}
    services.WRITER.put("meeting", row.pk, values, by=by, verb="meeting.cancelled")
    audit.record("meeting.cancelled_because", row.pk, by=by, after={"reason": reason.strip()})
    if not was_summoned:
        return []
    return summoning.tell(row.pk, "cancelled", reason=reason.strip(), by=by)


def refuse_settled(meeting: Meeting) -> None:
    """Raise ValidationError if the meeting was held or cancelled."""
    if meeting.state in (Meeting.State.HELD, Meeting.State.CANCELLED):
        raise ValidationError(
            _("The meeting is %(state)s, so this can be changed no more."),
            code="closed",
            params={"state": str(meeting.get_state_display()).lower()},
        )


def refuse_times(values: Mapping[str, Any]) -> None:
    """Raise ValidationError for a meeting that ends before it begins, or ends and has no beginning."""
    first, last = values.get("starts_at"), values.get("ends_at")
    if last is None:
        return
    if first is None or agenda_times.minute(last) <= agenda_times.minute(first):
        raise ValidationError(
            {
                "ends_at": ValidationError(
                    _("A meeting ends after it begins. Correct one of the two times."),
                    code="ends_before_it_begins",
                )
            }
        )


def _keep_link(uid: str, link: str | None, *, by: User) -> None:
    """Keep the address of the video meeting. The record says that it changed, never what it is."""
    row = Meeting.objects.get(pk=uid)
    if row.link == (link or None):
        return
    row.link = link or None
    row.save(update_fields=["link"])
    audit.record("meeting.link_kept", uid, by=by, after={"has_link": bool(link)})
