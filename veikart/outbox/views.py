"""The desk's outbox: what waits, what goes to whom, approving it, sending it, and what became of it."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from veikart.design import words
from veikart.outbox import queries, rules, sending, services
from veikart.outbox.models import Message, State
from veikart.people import desk
from veikart.people.models import User

DRAFTS_A_PAGE = 50
"""So many are shown and approved at once: as many as somebody can be said to have seen."""
SENT_A_PAGE = 50
SECONDS = 20
"""So long may a page take to send; the rest goes with the next, or with `veikart send`."""


for_senders = desk.for_those_who(rules.can_send)
"""A view for those who may approve messages."""


@for_senders
@require_safe
def list_messages(request: HttpRequest) -> HttpResponse:
    """What needs a person, what waits, what is approved, and what was sent."""
    troubled = queries.in_state(State.UNCLEAR, State.FAILED)
    drafts = queries.in_state(State.DRAFT)
    under_way = queries.in_state(State.APPROVED, State.SENDING)
    sent = Message.objects.filter(state=State.SENT).order_by("-sent_at", "-pk")
    context = {
        "lacking": queries.lacking_settings(),
        "sender": settings.EMAIL_FROM,
        "troubled": troubled,
        "drafts": drafts[:DRAFTS_A_PAGE],
        "total": len(drafts),
        "approved": [each for each in under_way if each.state == State.APPROVED],
        "being_sent": [each for each in under_way if each.state == State.SENDING],
        "page": Paginator(sent, SENT_A_PAGE).get_page(request.GET.get("side")),
    }
    return render(request, "outbox/list.html", context)


@for_senders
@require_safe
def show_message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message as it goes out, and what became of it."""
    rows = Message.objects.select_related("made_by", "approved_by")
    message = get_object_or_404(rows.prefetch_related("attachments__document"), pk=pk)
    context = {
        "message": message,
        "others": queries.others(message),
        "sender": settings.EMAIL_FROM,
        "is_open": message.state in (State.DRAFT, State.FAILED),
        "can_discard": message.state in (State.DRAFT, State.APPROVED, State.FAILED, State.UNCLEAR),
    }
    return render(request, "outbox/message.html", context)


@for_senders
@require_POST
def approve(request: HttpRequest) -> HttpResponse:
    """Approve the messages that the page showed; nothing is sent yet."""
    shown = {
        int(each) for each in request.POST.getlist("melding") if each.isascii() and each.isdecimal()
    }
    done = services.approve(shown, by=cast(User, request.user))
    if done:
        said = ngettext(
            "%(n)s message is approved. It is not sent yet.",
            "%(n)s messages are approved. They are not sent yet.",
            len(done),
        )
        messages.success(request, said % {"n": words.number(len(done))})
    if len(done) < len(shown):
        messages.warning(request, _("Somebody else had decided on the rest meanwhile."))
    return redirect("outbox:list")


@for_senders
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Send what is approved, and say what became of it."""
    try:
        tally = sending.send_approved(by=cast(User, request.user), seconds=SECONDS)
    except sending.NoServer as problem:
        messages.error(request, str(problem))
        return redirect("outbox:list")
    sent = tally.endings["sent"]
    said = ngettext("%(n)s message is sent.", "%(n)s messages are sent.", sent)
    if sent:
        messages.success(request, said % {"n": words.number(sent)})
    if tally.troubled:
        messages.error(request, _("Some were not: see below what to do with each."))
    if tally.left:
        messages.warning(request, _("Some are left. Send once more, or let the timer do it."))
    return redirect("outbox:list")


@for_senders
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Do not send a message."""
    said = _("The message is discarded, and its address deleted.")
    return _done(request, lambda by: services.discard(pk, by=by), said)


@for_senders
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what became of a message of which nobody knows whether it was sent."""
    arrived = request.POST.get("kom_fram") == "ja"
    said = _("It counts as sent.") if arrived else _("It is sent once more with the next.")
    return _done(request, lambda by: services.settle(pk, arrived=arrived, by=by), said)


def _done(request: HttpRequest, act: Callable[[User], Message], said: str) -> HttpResponse:
    try:
        act(cast(User, request.user))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, said)
    return redirect("outbox:list")
