"""The desk's pages for planning, changing and cancelling meetings, and summoning to them."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from veikart.council import meetings, summoning
from veikart.council.meeting_forms import CancelForm, MeetingForm, OtherwiseForm, SummonsForm
from veikart.council.models import Meeting
from veikart.council.opening import (
    address,
    done,
    for_secretaries,
    form_page,
    opened_body,
    opened_meeting,
    page,
)
from veikart.outbox.models import Message
from veikart.people import rules


@for_secretaries
def new_meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """A form for a new meeting, with the number it can have; sent, the meeting is planned."""
    body = opened_body(slug)
    number = meetings.next_number(body.pk, year=timezone.localdate().year)
    form = MeetingForm(request.POST or None, initial={"number": number})
    by = rules.signed_in(request.user)

    def act() -> str:
        said = form.cleaned_data
        uid = meetings.plan_meeting(
            body.pk, said["number"], form.values(), link=said["link"], by=by
        )
        return address("meeting", uid)

    return done(request, form, act) or form_page(
        request,
        form,
        heading=_("A new meeting"),
        says=_("Plan the meeting"),
        back=address("body", body.pk),
        about=body,
    )


@for_secretaries
def change_meeting(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The form of a meeting; moving one that was summoned drafts messages that tell so."""
    meeting = opened_meeting(slug, key)
    form = MeetingForm(request.POST or None, of=meeting)
    by = rules.signed_in(request.user)

    def act() -> str:
        link = form.cleaned_data["link"]
        _tell(request, meetings.change(meeting, form.values(), link=link, by=by))
        _ask_to_tell(request, meeting)
        return address("meeting", meeting.pk)

    return done(request, form, act) or form_page(
        request,
        form,
        heading=_("Day, time and place"),
        says=_("Keep the changes"),
        back=address("meeting", meeting.pk),
        about=meeting.body,
    )


@for_secretaries
def cancel_meeting(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """A form that cancels a meeting; its cases wait for another, and who was summoned is told."""
    meeting = opened_meeting(slug, key)
    form = CancelForm(request.POST or None)
    by = rules.signed_in(request.user)

    def act() -> str:
        reason = form.cleaned_data["reason"]
        _tell(request, meetings.cancel(meeting, reason=reason, by=by))
        _ask_to_tell(request, meeting)
        return address("meeting", meeting.pk)

    return done(request, form, act) or form_page(
        request,
        form,
        heading=_("Cancel the meeting"),
        says=_("Cancel the meeting"),
        back=address("meeting", meeting.pk),
        about=meeting.body,
    )


@for_secretaries
def summon(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Who a summons goes to, who cannot be reached, and what it says; sent, it waits in the outbox."""
    meeting = opened_meeting(slug, key)
    found = summoning.recipients(meeting)
    form = SummonsForm(request.POST or None, reachable=found.reachable, usual=summoning.USUAL)
    by = rules.signed_in(request.user)

    def act() -> str:
        said = form.cleaned_data
        _tell(request, summoning.summon(meeting, said["seats"], language=said["language"], by=by))
        return address("meeting", meeting.pk)

    return done(request, form, act) or _summons(request, meeting, found, form=form)


@for_secretaries
@require_POST
def record_summons(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Keep that the meeting was summoned in another way; no message is drafted."""
    meeting = opened_meeting(slug, key)
    otherwise = OtherwiseForm(request.POST, auto_id="annet-%s")
    by = rules.signed_in(request.user)

    def act() -> str:
        summoning.record_summons(meeting, how=otherwise.cleaned_data["how"], by=by)
        return address("meeting", meeting.pk)

    found = summoning.recipients(meeting)
    return done(request, otherwise, act) or _summons(request, meeting, found, otherwise=otherwise)


def _summons(
    request: HttpRequest,
    meeting: Meeting,
    found: summoning.Recipients,
    *,
    form: SummonsForm | None = None,
    otherwise: OtherwiseForm | None = None,
) -> HttpResponse:
    form = form or SummonsForm(reachable=found.reachable, usual=summoning.USUAL)
    language = form["language"].value()
    known = language if language in Message.Language.values else "nb"
    subject, text = summoning.preview(meeting, language=known)
    state, states = meeting.state, Meeting.State
    context = {
        "meeting": meeting,
        "form": form,
        "otherwise": otherwise or OtherwiseForm(auto_id="annet-%s"),
        "can_write": state in (states.PLANNED, states.SUMMONED),
        "can_record": state == states.PLANNED
        or (state == states.HELD and bool(summoning.unpublished(meeting))),
        "found": found,
        "subject": subject,
        "text": text,
        "back": address("meeting", meeting.pk),
        "seats": address("seats", meeting.body_id),
        "has_agenda": meeting.agenda.exists(),
        "day": meeting.held_on or dt.date.max,
    }
    return page(request, "summons", context, wrong=form.is_bound or otherwise is not None)


def _ask_to_tell(request: HttpRequest, before: Meeting) -> None:
    """Say that somebody must tell those who were summoned in another way that a meeting moved or is cancelled."""
    is_moved = Meeting.objects.get(pk=before.pk).sequence > before.sequence
    if is_moved and before.state == Meeting.State.SUMMONED and not summoning.was_sent(before):
        messages.warning(
            request,
            _(
                "Nobody was summoned by a message from here. Tell them in the way they were summoned."
            ),
        )


def _tell(request: HttpRequest, drafted: list[Message]) -> None:
    """Say how many messages wait in the outbox now."""
    if drafted:
        said = ngettext(
            "%(n)d message waits in the outbox. Nothing is sent before you approve it there.",
            "%(n)d messages wait in the outbox. Nothing is sent before you approve them there.",
            len(drafted),
        )
        messages.info(request, said % {"n": len(drafted)})
