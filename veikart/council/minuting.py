"""The minutes of a meeting: written on, sent to the members, approved at a later meeting, and then never changed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from veikart.council import attending, bodies, minutes_drafting, rules
from veikart.council.minutes_drafting import Held
from veikart.council.models import Meeting, Minutes, Seat
from veikart.council.opening import address, parts
from veikart.council.papers.minutes import minutes_pdf
from veikart.council.verifying import APPROVED
from veikart.documents import services as documents
from veikart.documents.models import Document
from veikart.outbox import services as outbox
from veikart.outbox.models import Message
from veikart.outbox.models import State as Sending
from veikart.people import audit
from veikart.people.models import User
from veikart.plan.minutes_text import fingerprint

KIND = "minutes"
"""What the outbox calls messages with minutes."""


@dataclass(frozen=True)
class Text:
    """Minutes as they are now: lines, whether withheld cases are in them, and how far they have come."""

    lines: tuple[str, ...]
    has_withheld: bool
    minutes: Minutes | None


def text_of(held: Held, *, with_withheld: bool) -> Text:
    """The minutes of `held`: as they were approved, or as they would be now; with or without withheld cases."""
    minutes = held.minutes
    if minutes is None or minutes.state != Minutes.State.APPROVED:
        shown = with_withheld and held.has_withheld
        return Text(minutes_drafting.written(held, with_withheld=shown), shown, minutes)
    if with_withheld and minutes.whole_lines:
        return Text(tuple(minutes.whole_lines), True, minutes)
    return Text(tuple(minutes.lines), False, minutes)


def pdf(held: Held, *, with_withheld: bool) -> bytes:
    """The same as PDF."""
    text = text_of(held, with_withheld=with_withheld)
    return minutes_pdf(held.meeting, text.lines, text.minutes, has_withheld=text.has_withheld)


@transaction.atomic
def write(meeting: Meeting, notes: Mapping[str, str], *, by: User) -> Minutes:
    """Keep what was said in each case, by the keys of `minutes_drafting.Treated`; empty notes are none.

    Raises PermissionDenied, and ValidationError once the minutes are approved.
    """
    rules.refuse_strangers(by)
    audit.lock()
    attending.refuse_approved(meeting)
    minutes = _row(meeting)
    before = dict(minutes.notes)
    said = {key: text.replace("\x00", "").strip() for key, text in notes.items()}
    minutes.notes = {key: text for key, text in said.items() if text}
    if minutes.pk and minutes.notes == before:
        return minutes
    minutes.full_clean()
    minutes.save()
    changed = {
        k for k in before.keys() | minutes.notes.keys() if before.get(k) != minutes.notes.get(k)
    }
    audit.record(
        "minutes.written",
        meeting.uid,
        by=by,
        before={key: before[key] for key in sorted(changed) if key in before},
        after={key: minutes.notes[key] for key in sorted(changed) if key in minutes.notes},
    )
    return minutes


@transaction.atomic
def send(meeting: Meeting, *, by: User) -> list[Message]:
    """Put a message with the minutes in the outbox for each who had a seat at the meeting and has an address.

    The paper with it is the public's: what is withheld is read by those who may at their own page, and goes
    in no e-mail. Raises PermissionDenied, and ValidationError if the minutes are approved, the meeting was not
    held, nobody has an address, or messages about it still wait in the outbox.
    """
    rules.refuse_strangers(by)
    audit.lock()
    attending.refuse_approved(meeting)
    _refuse_not_held(meeting)
    _refuse_waiting(meeting)
    seats = reachable(meeting)
    if not seats:
        raise ValidationError(
            _("Nobody with a seat that day has an e-mail address. Give addresses at the seats."),
            code="nobody",
        )
    minutes = _row(meeting)
    minutes.state = Minutes.State.SENT
    minutes.full_clean()
    minutes.save()
    held = minutes_drafting.held(meeting)
    name = f"{meeting.uid.replace('/', '-')}-referat.pdf"
    content = pdf(held, with_withheld=False)
    document = documents.keep_for_editors(name, content, by=by)
    audit.record("minutes.sent", meeting.uid, by=by, after={"document": document.sha256})
    return [_letter(held, seat, document, name, by=by) for seat in seats]


@transaction.atomic
def approve(meeting: Meeting, *, by: User, on: dt.date, at: Meeting | None = None) -> Minutes:
    """Freeze the minutes of `meeting`, which were approved on the day `on`, at the meeting `at` if it was at one.

    From then on the database refuses any change of them. Raises PermissionDenied, and ValidationError if
    they are approved already, the meeting was not held, or the day or the other meeting does not fit.
    """
    rules.refuse_strangers(by)
    audit.lock()
    attending.refuse_approved(meeting)
    _refuse_not_held(meeting)
    _refuse_wrong_approval(meeting, on, at)
    held = minutes_drafting.held(meeting)
    minutes = _row(meeting)
    minutes.lines = list(minutes_drafting.written(held, with_withheld=False))
    minutes.sha256 = fingerprint(minutes.lines)
    if held.has_withheld:
        minutes.whole_lines = list(minutes_drafting.written(held, with_withheld=True))
        minutes.whole_sha256 = fingerprint(minutes.whole_lines)
    minutes.state, minutes.approved_on, minutes.approved_at = Minutes.State.APPROVED, on, at
    minutes.full_clean()
    minutes.save()
    after = {
        "on": on.isoformat(),
        "at": at.uid if at else None,
        "sha256": minutes.sha256,
        "whole_sha256": minutes.whole_sha256,
    }
    audit.record(APPROVED, meeting.uid, by=by, after=after)
    return minutes


def to_approve(body: str, *, before: Meeting) -> list[Meeting]:
    """The meetings of `body` that were held before the meeting `before` and whose minutes are not approved.

    The latest first. One query.
    """
    if before.held_on is None:
        return []
    rows = Meeting.objects.filter(
        body=body, state=Meeting.State.HELD, held_on__lte=before.held_on
    ).exclude(pk=before.pk)
    waiting = rows.exclude(minutes__state=Minutes.State.APPROVED).select_related("minutes", "body")
    return list(waiting.order_by("-held_on", "-uid"))


def reachable(meeting: Meeting) -> list[Seat]:
    """The seats held on the meeting's day that can be written to, each address once. One query."""
    seats = bodies.seats_on(meeting.body_id, meeting.held_on or timezone.localdate())
    by_address = {seat.email: seat for seat in reversed(seats) if seat.email}
    return list(reversed(by_address.values()))


def waiting_messages(meeting: Meeting) -> int:
    """How many messages with the minutes of `meeting` wait in the outbox. One query."""
    open_states = (Sending.DRAFT, Sending.APPROVED, Sending.FAILED, Sending.UNCLEAR)
    rows = Message.objects.filter(kind=KIND, about=meeting.uid, state__in=open_states)
    return rows.count()


def _row(meeting: Meeting) -> Minutes:
    found = Minutes.objects.select_for_update().filter(meeting=meeting).first()
    return found or Minutes(meeting=meeting)


def _refuse_not_held(meeting: Meeting) -> None:
    state = Meeting.objects.values_list("state", flat=True).get(pk=meeting.pk)
    if state != Meeting.State.HELD:
        raise ValidationError(
            _("%(meeting)s is not held yet. Enter first who came."),
            code="not_held",
            params={"meeting": meeting},
        )


def _refuse_waiting(meeting: Meeting) -> None:
    if waiting_messages(meeting):
        raise ValidationError(
            _(
                "Messages with these minutes wait in the outbox. Approve or discard them there first."
            ),
            code="waiting",
        )


def _refuse_wrong_approval(meeting: Meeting, on: dt.date, at: Meeting | None) -> None:
    if on > timezone.localdate():
        raise ValidationError(
            {"on": _("The day is still to come. Give the day on which they were approved.")},
            code="in_the_future",
        )
    if meeting.held_on and on < meeting.held_on:
        raise ValidationError(
            {"on": _("The minutes cannot be approved before the meeting was held.")},
            code="before_the_meeting",
        )
    if at is not None and (at.body_id != meeting.body_id or at.pk == meeting.pk):
        raise ValidationError(
            {"at": _("Minutes are approved at another meeting of the same body.")},
            code="another_body",
        )


def _letter(held: Held, seat: Seat, document: Document, name: str, *, by: User) -> Message:
    meeting = held.meeting
    with override(settings.LANGUAGE_CODE):
        context = {
            "meeting": meeting,
            "seat": seat,
            "has_withheld": held.has_withheld,
            "link": settings.ADDRESS + reverse("council:my-meeting", args=parts(meeting.uid)),
        }
        facts = {"body": meeting.body.name, "number": f"{meeting.number or '–'}/{meeting.year}"}
        letter = outbox.Letter(
            kind=KIND,
            about=meeting.uid,
            page=address("minutes", meeting.uid),
            name=seat.person or seat.organisation_name,
            address=seat.email or "",
            language=settings.LANGUAGE_CODE,
            subject=_("Minutes: %(body)s, meeting %(number)s") % facts,
            body=render_to_string("council/minutes_message.txt", context),
            attachments=((document, name),),
        )
    return outbox.draft(letter, by=by)
