"""What members say of a case in advance: written, changed until the meeting begins, withdrawn. Never published."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from veikart.council import member_rules
from veikart.council.models import Case, Comment, Meeting
from veikart.people import audit
from veikart.people.models import User

LONGEST = 10_000
"""So many signs has a comment at most: what is longer is a paper."""


def begins(meeting: Meeting) -> dt.datetime | None:
    """When `meeting` begins, by the clock of the country; midnight where no time is told, None without a day."""
    if meeting.held_on is None:
        return None
    time = dt.time.fromisoformat(meeting.starts_at) if meeting.starts_at else dt.time()
    return timezone.make_aware(dt.datetime.combine(meeting.held_on, time))


def is_open(meeting: Meeting, *, at: dt.datetime) -> bool:
    """Whether comments on the cases of `meeting` can be written and changed at the time `at`."""
    if meeting.state != Meeting.State.SUMMONED:
        return False
    start = begins(meeting)
    return start is None or at < start


@transaction.atomic
def write(meeting: Meeting, case: Case, text: str, *, by: User, at: dt.datetime) -> Comment:
    """Say something of `case` before `meeting`, at the time `at`; what `by` said of it before is withdrawn.

    Raises PermissionDenied if `by` is no member at the meeting; ValidationError once it has begun, for a
    case that is not on its agenda, and for an empty or too long text.
    """
    seat = _seat(meeting, case, by, at)
    said = text.replace("\x00", "").strip()  # no database keeps NUL as text
    if not said:
        raise ValidationError(_("Write what you want to say."), code="empty")
    if len(said) > LONGEST:
        raise ValidationError(
            _("A comment has at most %(most)d signs; this has %(found)d. Send a paper instead."),
            code="too_long",
            params={"most": LONGEST, "found": len(said)},
        )
    audit.lock()
    before = _standing(case, by)
    verb = "comment.changed" if before.exists() else "comment.written"
    before.update(withdrawn_at=at)
    comment = Comment(case=case, seat_id=seat, by=by, text=said, written_at=at)
    comment.full_clean()
    comment.save()
    # The record is read by others than the comment: it tells that something was said, and not what.
    audit.record(verb, case.uid, by=by, after={"seat": seat, "comment": comment.pk})
    return comment


@transaction.atomic
def withdraw(meeting: Meeting, case: Case, *, by: User, at: dt.datetime) -> None:
    """Take back what `by` said of `case`. Raises as `write`, and ValidationError if there is nothing."""
    _seat(meeting, case, by, at)
    audit.lock()
    rows = list(_standing(case, by))
    if not rows:
        raise ValidationError(_("There is no comment of yours here any more."), code="nothing")
    for comment in rows:
        comment.withdrawn_at = at
        comment.save(update_fields=["withdrawn_at"])
        audit.record("comment.withdrawn", case.uid, by=by, after={"comment": comment.pk})


def _standing(case: Case, by: User) -> "QuerySet[Comment]":
    return Comment.objects.filter(case=case, by=by, withdrawn_at=None)


def _seat(meeting: Meeting, case: Case, by: User, at: dt.datetime) -> str:
    seat = member_rules.seat_to_comment(by, meeting, on=timezone.localdate(at))
    if seat is None:
        raise PermissionDenied
    if not is_open(meeting, at=at):
        raise ValidationError(
            _("The meeting has begun. What was said before it stays as it was."), code="begun"
        )
    if not meeting.agenda.filter(case=case).exists():
        raise ValidationError(_("The case is not on the agenda any more."), code="not_on_agenda")
    return seat
