"""Summons to a meeting, and news of one that is moved or cancelled: drafts in the outbox, sent by nobody but a person.

Summoned, a meeting is public with its agenda and cases, and its attendance has a row for each seat. A summons that
went in another way, such as by letter, is recorded instead, and no message is drafted.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from veikart.council import agendas, bodies, casework, services
from veikart.council.agendas import Agenda
from veikart.council.coming_back import Returned
from veikart.council.models import Case, Meeting, Seat, SeatRole
from veikart.council.opening import address, parts
from veikart.engines.readers import agenda_values
from veikart.outbox import services as messages
from veikart.outbox.models import Message, State
from veikart.people import audit
from veikart.people.models import User
from veikart.plan import council as plan
from veikart.plan.council_lessening import cases_named

KINDS = {"summons": "summons", "moved": "meeting-moved", "cancelled": "meeting-cancelled"}
"""What the outbox calls each kind of message."""
What = Literal["summons", "moved", "cancelled"]
USUAL = (SeatRole.LEADER, SeatRole.MEMBER, SeatRole.OBSERVER, SeatRole.SECRETARY)
"""The roles that are summoned as a rule; a substitute is, where somebody cannot come."""


@dataclass(frozen=True)
class Recipients:
    """The seats held on the meeting's day: those that can be written to, and those without an address."""

    reachable: tuple[Seat, ...]
    without_address: tuple[Seat, ...]


def recipients(meeting: Meeting) -> Recipients:
    """Whom a summons to `meeting` can go to. One query."""
    held = bodies.seats_on(meeting.body_id, meeting.held_on or timezone.localdate())
    return Recipients(
        tuple(seat for seat in held if seat.email),
        tuple(seat for seat in held if not seat.email),
    )


@transaction.atomic
def summon(meeting: Meeting, seats: Iterable[str], *, language: str, by: User) -> list[Message]:
    """Summon the holders of `seats`: a message to each waits in the outbox, and the meeting is summoned.

    Its cases become public, what comes back stays on the agenda, and the attendance has a row for each seat
    that is held on the day, reachable or not. A meeting that is summoned already gets messages for those chosen alone.
    Raises ValidationError without an agenda, day or time, or where nobody is chosen that has an address.
    """
    audit.lock()
    row = Meeting.objects.select_related("body").get(pk=meeting.pk)
    agendas.refuse_closed(row)
    _refuse_unready(row)
    wanted = set(seats)
    held = recipients(row)
    chosen = [seat for seat in held.reachable if seat.pk in wanted]
    if not chosen:
        raise ValidationError(
            _(
                "Choose at least one who has an e-mail address. Give addresses at the seats, "
                "or say that the meeting was summoned in another way."
            ),
            code="nobody",
        )
    if row.state == Meeting.State.PLANNED:
        _open(row, [*held.reachable, *held.without_address], wanted, by=by)
    row = Meeting.objects.select_related("body").get(pk=meeting.pk)
    return _draft(row, chosen, "summons", language=language, by=by)


@transaction.atomic
def record_summons(meeting: Meeting, *, how: str, by: User) -> None:
    """Record that `meeting` was summoned in another way than by messages of Veikart; `how` says in which.

    As with `summon`, its cases become public, and it is summoned. One that was held without a summons stays held,
    and its cases become public. Raises ValidationError without `how`, an agenda, day or time, for a meeting that is
    cancelled, and for one whose summons is kept already.
    """
    audit.lock()
    row = Meeting.objects.select_related("body").get(pk=meeting.pk)
    is_held = row.state == Meeting.State.HELD
    if not is_held:
        agendas.refuse_closed(row)
    _refuse_recorded(row)
    _refuse_unready(row)
    if not how.strip():
        raise ValidationError(
            {
                "how": ValidationError(
                    _("Say how it was summoned, such as by letter."), code="no_how"
                )
            }
        )
    if is_held:
        for case in unpublished(row):
            make_public(case, by=by)
    else:
        held = recipients(row)
        _open(row, [*held.reachable, *held.without_address], set(), by=by)
    audit.record("meeting.summoned_otherwise", row.pk, by=by, after={"how": how.strip()})


def unpublished(meeting: Meeting) -> list[Case]:
    """The cases on the agenda that nobody was summoned for, and that are therefore not public though no basis withholds them. One query."""
    rows = Case.objects.filter(agenda_items__meeting=meeting, is_public=False, basis=None)
    return sorted(rows.distinct(), key=casework.place)


def was_sent(meeting: Meeting) -> bool:
    """Whether there is a summons to `meeting` in the outbox, sent or waiting. One query."""
    found = Message.objects.filter(kind=KINDS["summons"], about=meeting.pk)
    return found.exclude(state=State.DISCARDED).exists()


def missed(meeting: Meeting, *, on: dt.date) -> int:
    """How many cases the public does not see though the meeting is over on the day `on`, since nobody was summoned. One query."""
    is_over = meeting.held_on is not None and meeting.held_on < on
    is_unsummoned = is_over and meeting.state == Meeting.State.PLANNED
    if meeting.state == Meeting.State.HELD or is_unsummoned:
        return len(unpublished(meeting))
    return 0


def preview(meeting: Meeting, *, language: str) -> tuple[str, str]:
    """The subject and the text that a summons to `meeting` would have now."""
    return said(meeting, "summons", agendas.agenda_of(meeting), language=language)


def tell(uid: str, what: What, *, reason: str = "", by: User) -> list[Message]:
    """Draft a message to each who was summoned and can still be written to, in the language of their summons."""
    meeting = Meeting.objects.select_related("body").get(pk=uid)
    summoned = Message.objects.filter(kind=KINDS["summons"], about=uid)
    languages = dict(summoned.exclude(state=State.DISCARDED).values_list("address", "language"))
    drafted = []
    for language in dict.fromkeys(languages.values()):
        seats = [s for s in recipients(meeting).reachable if languages.get(s.email) == language]
        drafted += _draft(meeting, seats, what, language=language, by=by, reason=reason)
    return drafted


def said(
    meeting: Meeting, what: What, agenda: Agenda, *, language: str, reason: str = ""
) -> tuple[str, str]:
    """The subject and the text of a message about `meeting`, in `language`."""
    with translation.override(language):
        context = {
            "meeting": meeting,
            "what": what,
            "reason": reason,
            "rows": [(line, _named(agenda, line.item)) for line in agenda.times.lines],
            "returned": _told(agenda.returned),
            "link": settings.ADDRESS + member_page(meeting),
        }
        return _subject(meeting, what), render_to_string("council/summons_message.txt", context)


def member_page(meeting: Meeting) -> str:
    """Where a member reads about `meeting`: their own page of it, in the active language."""
    slug, key = parts(meeting.pk)
    try:
        return reverse("council:my-meeting", args=[slug, key])
    except NoReverseMatch:
        return reverse("council:meeting", args=[slug, key])


def _named(agenda: Agenda, item: plan.AgendaItem) -> str:
    """What an e-mail calls a line: a withheld case by its number and legal basis alone."""
    case = agenda.cases.get(item.case or "")
    if item.kind == "withheld":
        return _("Withheld: %(basis)s") % {"basis": item.basis or "–"}
    if case is None or case.basis is None:
        return agenda.title(item)
    return _("%(number)s withheld: %(basis)s") % {"number": case.number, "basis": case.basis}


def _told(returned: Sequence[Returned]) -> list[Returned]:
    """What comes back, as far as an e-mail may tell: not of withheld cases."""
    cases = {one.follow_up.uid: _cases_of(one.follow_up) for one in returned}
    named = set[str]().union(*cases.values())
    withheld = set(
        Case.objects.filter(pk__in=named).exclude(basis=None).values_list("pk", flat=True)
    )
    return [one for one in returned if cases[one.follow_up.uid].isdisjoint(withheld)]


def _cases_of(follow_up: plan.FollowUp) -> set[str]:
    return cases_named(follow_up.case, follow_up.decision, follow_up.uid)


def _subject(meeting: Meeting, what: What) -> str:
    name = {"body": meeting.body.name, "number": f"{meeting.number or '–'}/{meeting.year}"}
    if what == "moved":
        return _("Changed: %(body)s, meeting %(number)s") % name
    if what == "cancelled":
        return _("Cancelled: %(body)s, meeting %(number)s") % name
    return _("Summons: %(body)s, meeting %(number)s") % name


def _draft(
    meeting: Meeting,
    seats: Sequence[Seat],
    what: What,
    *,
    language: str,
    by: User,
    reason: str = "",
) -> list[Message]:
    agenda = agendas.agenda_of(meeting)
    subject, body = said(meeting, what, agenda, language=language, reason=reason)
    with translation.override(settings.LANGUAGE_CODE):  # of the desk, not of who summons
        page = address("meeting", meeting.pk)
    # One who has several seats is written to once.
    by_address = {seat.email: seat for seat in reversed(seats) if seat.email}
    return [
        messages.draft(
            messages.Letter(
                kind=KINDS[what],
                about=meeting.pk,
                version=meeting.sequence,
                page=page,
                name=seat.person or seat.organisation_name,
                address=email,
                language=language,
                subject=subject,
                body=body,
            ),
            by=by,
        )
        for email, seat in reversed(by_address.items())
    ]


def _refuse_unready(meeting: Meeting) -> None:
    if not meeting.agenda.exists():
        raise ValidationError(_("The meeting has no agenda yet. Make it first."), code="no_agenda")
    if meeting.held_on is None or meeting.starts_at is None:
        raise ValidationError(
            _("The meeting has no day, or no time at which it begins. Give both first."),
            code="no_time",
        )


def _refuse_recorded(meeting: Meeting) -> None:
    is_held = meeting.state == Meeting.State.HELD
    if meeting.state == Meeting.State.SUMMONED or (is_held and not unpublished(meeting)):
        raise ValidationError(
            _("The meeting is summoned already, and its cases are public."), code="summoned_already"
        )


def _open(meeting: Meeting, held: Sequence[Seat], wanted: set[str], *, by: User) -> None:
    """Let the meeting be summoned, its cases public, and its attendance those of the usual roles and those chosen."""
    agenda = agendas.keep_what_comes_back(meeting, by=by)
    present = [seat for seat in held if seat.role in USUAL or seat.pk in wanted]
    values = {"state": "summoned", "attendance": _attendance(sorted(present, key=bodies.place))}
    services.WRITER.put("meeting", meeting.pk, values, by=by, verb="meeting.summoned")
    for case in agenda.cases.values():
        make_public(case, by=by)


def make_public(case: Case, *, by: User) -> None:
    """Let a case be public, since a meeting that treats it is summoned; its papers each as they say."""
    if not case.is_public:
        services.WRITER.put("case", case.pk, {"is_public": True}, by=by, verb="case.made_public")
        casework.let_editions_look_changed()


def _attendance(seats: Iterable[Seat]) -> tuple[plan.Attendance, ...]:
    return tuple(
        plan.Attendance(
            no=no,
            role=cast(agenda_values.SeatRole, seat.role),
            person=seat.person,
            organisation=seat.organisation_id,
            organisation_name=seat.organisation_name,
        )
        for no, seat in enumerate(seats, start=1)
    )
