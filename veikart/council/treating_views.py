"""The desk's page of what is done in a meeting, and the list of who came."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from veikart.council import attending, minutes_drafting, summoning
from veikart.council.models import Case, Meeting
from veikart.council.opening import address, for_secretaries, opened_meeting, page
from veikart.council.treating_forms import attendance_forms, attendance_of
from veikart.people import rules


@for_secretaries
@require_safe
def show_treatment(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One meeting: who came, what was decided in each case, what is to be followed up, its minutes."""
    meeting = opened_meeting(slug, key)
    held = minutes_drafting.held(meeting)
    comments = _comments(meeting)
    cases = [each for each in held.treated if each.case]
    context = {
        "meeting": meeting,
        "held": held,
        "rows": [
            {"treated": each, "comments": comments.get(each.item.case_id or "", 0)}
            for each in held.treated
        ],
        "cases": len(cases),
        "decided": sum(1 for each in cases if each.decisions),
        "came": sum(1 for row in held.attendance if row.present),
        "unknown": sum(1 for row in held.attendance if row.present is None),
        "unpublished": summoning.missed(meeting, on=timezone.localdate()),
        "is_to_come": meeting.held_on is None or meeting.held_on > timezone.localdate(),
    }
    return page(request, "treat", context)


@for_secretaries
def attend(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Who came to a meeting; sent, it is kept."""
    meeting = opened_meeting(slug, key)
    data = request.POST if request.method == "POST" else None
    formset = attendance_forms(data, attending.proposed(meeting))
    problems: list[str] = []
    if data is not None and formset.is_valid():
        rows = attendance_of(formset, otherwise=True if "resten" in data else None)
        try:
            attending.attend(meeting, rows, by=rules.signed_in(request.user))
        except ValidationError as refusal:
            problems = refusal.messages
        else:
            messages.success(request, _("It is kept."))
            return redirect(address("treat", meeting.uid))
    elif data is not None:
        problems = [_("Nothing is kept yet. See what is said at the fields below.")]
    context = {"meeting": meeting, "formset": formset, "problems": problems}
    return page(request, "attendance", context, wrong=bool(problems))


def _comments(meeting: Meeting) -> dict[str, int]:
    """How many comments in advance there are of each case."""
    standing = Count("comments", filter=Q(comments__withdrawn_at=None), distinct=True)
    rows = Case.objects.filter(agenda_items__meeting=meeting).annotate(said=standing)
    return dict(rows.order_by().values_list("uid", "said"))
