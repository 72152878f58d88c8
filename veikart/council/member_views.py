"""The member's own pages: my meetings, their papers, what I follow up, and what I say of a case in advance."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from veikart.council import (
    commenting,
    following_up,
    member_pages,
    member_rules,
    minutes_drafting,
    minuting,
    rules,
)
from veikart.council.minutes_views import pdf_answer
from veikart.council.models import Case, FollowUp, Meeting, Minutes
from veikart.council.opening import address, opened_meeting, opened_paper, page, refused
from veikart.council.sending import sent
from veikart.people.rules import signed_in
from veikart.plan.minutes_text import sections

EARLIER = 20
"""So many meetings that were held are listed."""


@login_required
@require_safe
def show_mine(request: HttpRequest) -> HttpResponse:
    """My bodies, my meetings with the next first, and what I or my organisation follow up."""
    now = timezone.now()
    today = timezone.localdate(now)
    seats = list(
        rules.seats_of(request.user, on=today).select_related("body").order_by("body__name")
    )
    meetings = member_rules.meetings_of(request.user, on=today).select_related("body", "minutes")
    to_come = meetings.exclude(state=Meeting.State.HELD).filter(held_on__gte=today)
    held = meetings.filter(held_on__isnull=False).exclude(pk__in=to_come)
    mine = FollowUp.objects.filter(
        organisation__in=following_up.answering_for(request.user, on=today)
    )
    context = {
        "seats": seats,
        "to_come": list(to_come.order_by("held_on", "starts_at")),
        "held": list(held.order_by("-held_on")[:EARLIER]),
        "follow_ups": list(mine.filter(state=FollowUp.State.OPEN).select_related("body")),
        "today": today,
    }
    return page(request, "mine", context)


@login_required
@require_safe
def show_meeting(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One meeting as its members have it: agenda, papers, comments in advance, minutes."""
    return _meeting(request, _mine(request, slug, key))


@login_required
@require_POST
def comment(request: HttpRequest, slug: str, key: str, case: str) -> HttpResponse:
    """Say something of a case in advance, or take it back."""
    meeting = _mine(request, slug, key)
    rows = Case.objects.filter(agenda_items__meeting=meeting, uid__endswith=f"/{case}")
    found = rows.first()
    if found is None:
        raise Http404(case)
    by, at = signed_in(request.user), timezone.now()
    text = request.POST.get("text", "")
    try:
        if "trekk" in request.POST:
            commenting.withdraw(meeting, found, by=by, at=at)
            messages.success(request, _("Your comment is withdrawn."))
        else:
            commenting.write(meeting, found, text, by=by, at=at)
            messages.success(
                request, _("Your comment is kept. Members and the secretariat see it.")
            )
    except ValidationError as refusal:
        refused(request, refusal)
        return _meeting(request, meeting, typed={found.pk: text})
    return redirect(f"{address('my-meeting', meeting.pk)}#sak-{case}")


@login_required
@require_safe
def send_paper(request: HttpRequest, slug: str, key: str, label: str) -> HttpResponse:
    """The file of a paper, for those who may read it; for all others there is none."""
    paper = opened_paper(slug, key, label)
    if not member_rules.can_read_paper(request.user, paper, on=timezone.localdate()):
        raise Http404(label)
    return sent(paper, shows_pdf=True)


@login_required
@require_safe
def send_minutes(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The minutes as PDF, once the members have them; withheld cases with them."""
    held = minutes_drafting.held(_mine(request, slug, key))
    if not _is_given(held.minutes):
        raise Http404(key)
    return pdf_answer(held, with_withheld=True)


def _mine(request: HttpRequest, slug: str, key: str) -> Meeting:
    """The meeting, if its member's page is for whoever asks. Raises Http404."""
    meeting = opened_meeting(slug, key)
    if not member_rules.can_read_meeting(request.user, meeting, on=timezone.localdate()):
        raise Http404(key)
    return meeting


def _is_given(minutes: Minutes | None) -> bool:
    """Whether the members have the minutes."""
    return minutes is not None and minutes.state != Minutes.State.DRAFT


def _meeting(
    request: HttpRequest, meeting: Meeting, *, typed: dict[str, str] | None = None
) -> HttpResponse:
    user, now = signed_in(request.user), timezone.now()
    today = timezone.localdate(now)
    is_shown = meeting.state in member_rules.SUMMONED or rules.can_prepare(user)
    held = minutes_drafting.held(meeting)
    given = _is_given(held.minutes)
    text = minuting.text_of(held, with_withheld=True) if given else None
    lines = member_pages.agenda(meeting, user, on=today, typed=typed) if is_shown else []
    context: dict[str, Any] = {
        "meeting": meeting,
        "is_shown": is_shown,
        "lines": lines,
        "has_papers": any(line.papers for line in lines),
        "seat": member_rules.seat_to_comment(user, meeting, on=today),
        "is_open": commenting.is_open(meeting, at=now),
        "minutes": held.minutes if given else None,
        "sections": sections(text.lines) if text else (),
        "is_secretary": rules.can_prepare(user),
    }
    return page(request, "my_meeting", context, wrong=typed is not None)
