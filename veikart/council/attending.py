"""Who came to a meeting: its list of attendance, begun from the seats of its body."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from veikart.council import bodies, kinds, rules, services
from veikart.council.models import Meeting, Minutes, SeatRole
from veikart.people import audit
from veikart.people.models import User
from veikart.plan.council import Attendance

_ON_BEHALF = re.compile(r"\s+(?:pva|på vegne av|for)\.?\s+", re.IGNORECASE)


def stood_in(said: str) -> tuple[str, str | None]:
    """Who came and whom they stood in for: “N.N. pva M.M.” is N.N., for M.M."""
    person, *rest = _ON_BEHALF.split(said.strip(), maxsplit=1)
    return person, rest[0].strip() if rest else None


def proposed(meeting: Meeting) -> tuple[Attendance, ...]:
    """The attendance as it is kept; before anything is, those who have a seat on the meeting's day.

    At most four queries. Whether they came is not known of any of the latter.
    """
    kept: tuple[Attendance, ...] = kinds.MEETING.load([meeting.uid])[meeting.uid].attendance
    if kept:
        return kept
    day = meeting.held_on or timezone.localdate()
    seats = bodies.seats_on(meeting.body_id, day)
    # A substitute comes only where somebody stays away, and is written in with whom they stand in for.
    invited = [seat for seat in seats if seat.role != SeatRole.SUBSTITUTE]
    return tuple(
        Attendance(
            no=no,
            role=seat.role,  # type: ignore[arg-type]
            person=seat.person,
            organisation=seat.organisation_id,
            organisation_name=seat.organisation_name,
        )
        for no, seat in enumerate(invited, start=1)
    )


@transaction.atomic
def attend(meeting: Meeting, rows: Sequence[Attendance], *, by: User) -> None:
    """Keep who came to `meeting`; it counts as held once somebody came.

    Raises PermissionDenied, and ValidationError if the meeting is still to come or its minutes are approved.
    """
    rules.refuse_strangers(by)
    audit.lock()
    refuse_approved(meeting)
    values: dict[str, Any] = {"attendance": rows}
    if any(row.present for row in rows):
        refuse_to_come(meeting, on=timezone.localdate())
        values |= held(meeting)
    services.put("meeting", meeting.uid, values, by=by)


def held(meeting: Meeting) -> dict[str, str]:
    """What changes of a meeting when something in it is entered: it was held."""
    return {} if meeting.state == Meeting.State.HELD else {"state": str(Meeting.State.HELD)}


def refuse_to_come(meeting: Meeting, *, on: dt.date) -> None:
    """Raise ValidationError if `meeting` has no day, was called off, or is still to come on the day `on`."""
    if meeting.state == Meeting.State.CANCELLED:
        raise ValidationError(
            _("%(meeting)s was called off. Nothing was done in it."),
            code="cancelled",
            params={"meeting": meeting},
        )
    if meeting.held_on is None or meeting.held_on > on:
        raise ValidationError(
            _("%(meeting)s is still to come. Enter what was done once it is held."),
            code="to_come",
            params={"meeting": meeting},
        )


def refuse_approved(meeting: Meeting) -> None:
    """Raise ValidationError if the minutes of `meeting` are approved. One query."""
    approved = Minutes.objects.filter(meeting=meeting, state=Minutes.State.APPROVED)
    if approved.exists():
        raise ValidationError(
            _(
                "The minutes of %(meeting)s are approved and never change. "
                "Correct them in the minutes of a later meeting."
            ),
            code="minutes_approved",
            params={"meeting": meeting},
        )
