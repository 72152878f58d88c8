"""The papers of a meeting as one PDF: what is in it and what is not and why, and the file."""

from typing import Literal

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from veikart.council import member_rules, rules
from veikart.council.models import Meeting
from veikart.council.opening import for_secretaries, opened_meeting, page, parts
from veikart.council.papers.gathered import gathered


@for_secretaries
@require_safe
def show_papers(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """What is in the bound PDF and what is not, of the members' version or of the public's."""
    meeting = opened_meeting(slug, key)
    version: Literal["medlemmer", "offentlig"] = (
        "offentlig" if request.GET.get("for") == "offentlig" else "medlemmer"
    )
    context = {
        "meeting": meeting,
        "slug": slug,
        "key": key,
        "version": version,
        "papers": gathered(meeting, version, on=timezone.localdate()),
    }
    return page(request, "papers", context)


@login_required
@require_safe
def send_members(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The bound PDF with all papers, for the secretariat and for members with a seat in the body."""
    meeting = opened_meeting(slug, key)
    is_member = meeting.state in member_rules.SUMMONED and member_rules.is_member_at(
        request.user, meeting, on=timezone.localdate()
    )
    if not (is_member or rules.can_prepare(request.user)):
        raise PermissionDenied
    return _sent(meeting, "medlemmer")


@for_secretaries
@require_safe
def send_public(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The bound PDF with the public papers alone, for the secretariat to put where it wants."""
    return _sent(opened_meeting(slug, key), "offentlig")


def _sent(meeting: Meeting, version: Literal["medlemmer", "offentlig"]) -> HttpResponse:
    found = gathered(meeting, version, on=timezone.localdate())
    name = f"{'-'.join(parts(meeting.pk))}-{version}.pdf"
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(found.content, content_type="application/pdf", headers=headers)
