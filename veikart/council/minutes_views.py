"""The desk's page of a meeting's minutes: the draft beside what is written in each case, sending, approving."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from veikart.council import minutes_drafting, minuting
from veikart.council.minutes_drafting import Held
from veikart.council.models import Meeting, Minutes
from veikart.council.opening import address, for_secretaries, opened_meeting, page, refused
from veikart.council.treating_forms import ApproveMinutesForm
from veikart.people import rules
from veikart.people.desk import told
from veikart.plan.minutes_text import sections

NOTE = "notat:"
"""What the names of the fields for notes begin with; the key of the case follows."""


@for_secretaries
def show_minutes(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The minutes as they are now, and a field for what was said in each case; sent, that is kept."""
    meeting = opened_meeting(slug, key)
    if request.method != "POST":
        return _page(request, meeting)
    notes = {
        name.removeprefix(NOTE): said
        for name, said in request.POST.items()
        if name.startswith(NOTE) and isinstance(said, str)
    }
    held = minutes_drafting.held(meeting)
    known = {meeting.uid, *(each.key for each in held.treated)}
    try:
        minuting.write(
            meeting,
            {name: said for name, said in notes.items() if name in known},
            by=rules.signed_in(request.user),
        )
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        messages.success(request, _("It is kept."))
    return redirect(address("minutes", meeting.uid))


@for_secretaries
@require_POST
def send(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Put messages with the minutes in the outbox."""
    meeting = opened_meeting(slug, key)
    try:
        drafted = minuting.send(meeting, by=rules.signed_in(request.user))
    except ValidationError as refusal:
        refused(request, refusal)
        return redirect(address("minutes", meeting.uid))
    said = ngettext(
        "%(n)d message waits in the outbox. Read and approve it there.",
        "%(n)d messages wait in the outbox. Read and approve them there.",
        len(drafted),
    )
    messages.success(request, said % {"n": len(drafted)})
    return redirect(address("minutes", meeting.uid))


@for_secretaries
@require_POST
def approve(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Freeze the minutes, approved as the form says."""
    meeting = opened_meeting(slug, key)
    form = ApproveMinutesForm(request.POST, of=meeting, auto_id="godkjenn-%s")
    if form.is_valid():
        said = form.cleaned_data
        try:
            minuting.approve(
                meeting, by=rules.signed_in(request.user), on=said["on"], at=said["at"]
            )
        except ValidationError as refusal:
            told(form, refusal)
        else:
            messages.success(
                request, _("The minutes are approved. Nothing in them can change any more.")
            )
            return redirect(address("minutes", meeting.uid))
    return _page(request, meeting, approval=form)


@for_secretaries
@require_safe
def send_pdf(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The minutes as PDF: whole, or with `?offentlig=ja` as the public has them."""
    held = minutes_drafting.held(opened_meeting(slug, key))
    return pdf_answer(held, with_withheld=request.GET.get("offentlig") != "ja")


def pdf_answer(held: Held, *, with_withheld: bool) -> HttpResponse:
    """The minutes as a file that no proxy keeps."""
    content = minuting.pdf(held, with_withheld=with_withheld)
    name = f"{held.meeting.uid.replace('/', '-')}-referat.pdf"
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _page(
    request: HttpRequest, meeting: Meeting, *, approval: ApproveMinutesForm | None = None
) -> HttpResponse:
    held = minutes_drafting.held(meeting)
    minutes = held.minutes
    text = minuting.text_of(held, with_withheld=True)
    context = {
        "meeting": meeting,
        "held": held,
        "minutes": minutes,
        "is_approved": minutes is not None and minutes.state == Minutes.State.APPROVED,
        "is_sent": minutes is not None and minutes.state == Minutes.State.SENT,
        "is_held": meeting.state == Meeting.State.HELD,
        "text": text,
        "sections": sections(text.lines),
        "reachable": minuting.reachable(meeting),
        "waiting": minuting.waiting_messages(meeting),
        "approval": approval or ApproveMinutesForm(of=meeting, auto_id="godkjenn-%s"),
        "note": NOTE,
    }
    return page(request, "minutes", context, wrong=approval is not None)
