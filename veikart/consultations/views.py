"""The desk of hearings: the list, one hearing with its replies, its log, and undoing."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from veikart.consultations import confirming, overview, queries, services
from veikart.consultations.models import HandlingEvent, IntakeItem
from veikart.consultations.opening import Opened, for_handlers, last_deed, opened, refused, short
from veikart.consultations.words import DEEDS, about, detail, finding
from veikart.engines.handling import actions
from veikart.engines.handling.fold import resting_on
from veikart.engines.handling.settling import counts, lacking
from veikart.people import rules
from veikart.plan import procedure

REPLIES_A_PAGE = 100
EVENTS_A_PAGE = 50


@for_handlers
@require_safe
def list_hearings(request: HttpRequest) -> HttpResponse:
    """Every hearing: received, handled and open; and what came in and needs a person."""
    hearings = queries.hearings()
    items = queries.needing_a_person()
    needs = Counter(item.hearing_id for item in items)
    states = queries.states(hearing.uid for hearing in hearings)
    listed = [
        overview.progress(hearing, states[hearing.uid], needs=needs[hearing.uid])
        for hearing in hearings
    ]
    here = reverse("consultations:hearings")
    context = {"listed": listed, "matters": overview.matters(items), "here": here}
    return render(request, "consultations/hearings.html", context)


@for_handlers
@require_safe
def show_hearing(request: HttpRequest, code: str) -> HttpResponse:
    """One hearing: its replies and how far each has come, what needs a person, how it was held."""
    return _hearing(request, opened(request, code))


@for_handlers
@require_safe
def show_log(request: HttpRequest, code: str) -> HttpResponse:
    """All that was done in a hearing, the newest first; each can be undone from here."""
    at = opened(request, code)
    rows = HandlingEvent.objects.filter(hearing=at.hearing).order_by("-no")
    page = Paginator(rows, EVENTS_A_PAGE).get_page(request.GET.get("side"))
    context = {"at": at, "page": page, "events": [_event(at, row) for row in page.object_list]}
    return render(request, "consultations/log.html", context)


@for_handlers
@require_POST
def undo(request: HttpRequest, code: str) -> HttpResponse:
    """Undo an event; if others rest on it, say which must be undone first."""
    at = opened(request, code)
    event = _whole(request.POST.get("event", ""))
    try:
        services.undo(at.hearing.uid, event, by=at.user)
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        messages.success(request, _("Event %(no)d is undone.") % {"no": event})
    return redirect(_back(request, reverse("consultations:log", args=[code])))


@for_handlers
@require_POST
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Say that the outcomes may be published; refused, naming them, while points lack something."""
    at = opened(request, code)
    try:
        services.publish(at.hearing.uid, by=at.user)
    except ValidationError as refusal:
        return _hearing(request, at, problems=refusal.messages)
    messages.success(request, _("The outcomes will be published with the next edition."))
    return redirect("consultations:hearing", code=code)


@for_handlers
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Take something off the list of what needs a person."""
    item = get_object_or_404(IntakeItem, pk=pk)
    by = rules.signed_in(request.user)
    services.settle(item, note=request.POST.get("note", ""), by=by)
    messages.success(request, _("It is off the list. Who settled it is kept."))
    return redirect(_back(request, reverse("consultations:hearings")))


def _hearing(
    request: HttpRequest, at: Opened, *, problems: list[str] | None = None
) -> HttpResponse:
    replies = list(queries.newest_replies(at.hearing.uid).values())
    page = Paginator(replies, REPLIES_A_PAGE).get_page(request.GET.get("side"))
    standings = confirming.standings(at.state, replies)
    lacks = lacking(at.state)
    first = overview.first_that_waits(lacks)
    context = {
        "at": at,
        "counts": counts(at.state),
        "themes": len(at.state.standing_themes()),
        "page": page,
        "rows": overview.rows(at.state, page.object_list, standings),
        "lacking": Counter(each.lack for each in lacks),
        "first_no": next((reply.no for reply in replies if reply.uid == first), None),
        "confirmations": confirming.confirmations(standings),
        "uncleared": sum(1 for held in at.state.replies.values() if _waits(held)),
        "matters": overview.matters(queries.needing_a_person(at.hearing.uid)),
        "findings": _findings(at),
        "last": last_deed(at),
        "here": reverse("consultations:hearing", args=[at.code]),
        "problems": problems,
    }
    status = 422 if problems else 200
    return render(request, "consultations/hearing.html", context, status=status)


def _waits(held: Any) -> bool:
    return held.clearance is None and held.withdrawn is None


def _findings(at: Opened) -> list[tuple[bool, str]]:
    """How the hearing was held, as far as the public may know who replied: a breach or not, and
    the sentence.
    """
    part = queries.as_held(at.hearing.uid, on=timezone.localdate())
    listed = [one for hearing in part.hearings for one in procedure.findings(part, hearing)]
    return [(one.is_breach, finding(one)) for one in listed]


def _event(at: Opened, row: HandlingEvent) -> dict[str, Any]:
    action = actions.decode(row.action)
    uids = about(action)
    named = ", ".join(short(at, uid) for uid in uids[:3])
    more = ngettext("and %(n)d more", "and %(n)d more", len(uids) - 3) % {"n": len(uids) - 3}
    return {
        "row": row,
        "deed": DEEDS[row.verb],
        "about": f"{named} {more}" if len(uids) > 3 else named,
        "detail": detail(action),
        "holds": row.no in at.state.trails,
        "stays": row.verb in ("receive", "undo"),
        "resting": resting_on(at.state, row.no),
    }


def _back(request: HttpRequest, otherwise: str) -> str:
    """Where the form was, if it says so and that is here."""
    back = request.POST.get("til", "")
    is_here = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_here else otherwise


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
