"""Answering a hearing on the web: begin, fill in, look over, send, receipt. No account is needed."""

import logging
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from veikart.adapters.typesetting import TypesettingFailed
from veikart.consultations.answering import completing, drafts, sending, showing, throttling
from veikart.consultations.answering.asking import (
    Asked,
    Content,
    answers,
    asked,
    fields,
    own,
    text_fields,
)
from veikart.consultations.answering.attaching import KINDS, attach, attach_text
from veikart.consultations.answering.completing import Lack
from veikart.consultations.answering.holding import (
    Held,
    for_holder,
    private,
    public_hearing,
    too_often,
)
from veikart.consultations.answering.models import ReplyDraft
from veikart.consultations.answering.period import Period, expires_on, period
from veikart.consultations.models import Hearing
from veikart.consultations.papers.form import form_docx
from veikart.consultations.papers.receipt import receipt_pdf

LOG = logging.getLogger(__name__)
BY_ITSELF = "auto"
"""What the form says where it is saved by itself, while somebody writes."""
LONGEST_NUMBER = 12
UNCHECKED = ("who", "initials")
"""Fields that a browser leaves out where nothing is ticked; so are the choices."""
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CONFLICT, REFUSED = 409, 422


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, code: str) -> HttpResponse:
    """What a hearing asks and until when; begin a reply."""
    hearing, on = public_hearing(code), timezone.localdate()
    drafts.end_expired(on=on)
    now = period(hearing, on)
    if request.method == "POST" and now is Period.OPEN:
        if throttling.is_too_much(request, "begin"):
            return too_often(request)
        begun = drafts.begin(hearing, on=on)
        return private(redirect("answering:fill", code=code, token=begun.token))
    context = _of(hearing) | {
        "code": code,
        "period": now,
        "left": (hearing.closes_on - on).days,
        "questions": asked(hearing),
    }
    refused = request.method == "POST"
    template = "consultations/answering/start.html"
    return render(request, template, context, status=CONFLICT if refused else 200)


@require_safe
def form_file(request: HttpRequest, code: str) -> HttpResponse:
    """The same form as DOCX, to fill in and send by e-mail. Raises Http404 where nothing is asked."""
    try:
        content = form_docx(public_hearing(code))
    except ValueError as lack:
        raise Http404(str(lack)) from lack
    headers = {"Content-Disposition": content_disposition_header(True, f"svar-{code}.docx") or ""}
    return HttpResponse(content, content_type=DOCX, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@for_holder
def fill(request: HttpRequest, at: Held) -> HttpResponse:
    """The form. Whatever is done with it, all that was typed is saved first."""
    if request.method != "POST":
        return _form(request, at, at.draft.content)
    typed, verb = _typed(request.POST, at.questions), request.POST.get("verb", "")
    try:
        at.draft = drafts.save(
            at.draft, typed, at.questions, since=_whole(request.POST.get("version", ""))
        )
    except drafts.Overtaken:
        if verb == BY_ITSELF:
            template = "consultations/answering/not_saved.html"
            return render(request, template, status=CONFLICT)
        return _overtaken(request, at, typed)
    if verb == BY_ITSELF:
        context = {"at": at, "is_auto": True}
        return render(request, "consultations/answering/saved.html", context)
    return _done(request, at, verb)


@require_http_methods(["GET", "HEAD", "POST"])
@for_holder
def review(request: HttpRequest, at: Held) -> HttpResponse:
    """All that will be sent; send it."""
    lacks = _lacks(at)
    if lacks:
        return _form(request, at, at.draft.content, lacks, status=REFUSED)
    if request.method != "POST":
        return _review(request, at)
    if not request.POST.get("terms"):
        said = _("Tick that you have read how your reply will be shown.")
        return _review(request, at, [Lack("terms", said)], status=REFUSED)
    return _send(request, at)


@require_safe
@for_holder
def receipt(request: HttpRequest, at: Held) -> HttpResponse:
    """What was received, when, and its fingerprint."""
    reply = at.draft.reply
    if reply is None:
        return redirect("answering:review", code=at.code, token=at.token)
    return _receipt(request, at, sending.Sent(reply))


@require_safe
@for_holder
def receipt_file(request: HttpRequest, at: Held) -> HttpResponse:
    """The receipt as PDF."""
    reply = at.draft.reply
    if reply is None:
        return redirect("answering:review", code=at.code, token=at.token)
    try:
        content = receipt_pdf(reply)
    except (TypesettingFailed, FileNotFoundError):
        LOG.exception("The receipt of %s could not be made as PDF.", reply.uid)
        messages.error(request, _("The PDF could not be made just now. Print this page instead."))
        return redirect("answering:receipt", code=at.code, token=at.token)
    name = f"kvittering-{at.code}-{reply.no}-{reply.version}.pdf"
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@for_holder
def delete(request: HttpRequest, at: Held) -> HttpResponse:
    """Delete what is in the draft, after asking once more."""
    if request.method == "POST":
        drafts.end(at.draft)
        context = {"at": at, "title": own(at.hearing, "title")}
        return render(request, "consultations/answering/deleted.html", context)
    context = {"at": at, "title": own(at.hearing, "title")}
    return render(request, "consultations/answering/delete.html", context)


def _done(request: HttpRequest, at: Held, verb: str) -> HttpResponse:
    """What the button asked for, after saving; `verb` is a word, or a word and what it is about."""
    word, _colon, about = verb.partition(":")
    form = reverse("answering:fill", args=[at.code, at.token])
    refused = _attach(request, at)
    if word == "as-file" and about in text_fields(at.questions):
        refused += _attach_text(at, about)
    if refused:
        return _form(request, at, at.draft.content, refused, status=REFUSED)
    if word == "review":
        return redirect("answering:review", code=at.code, token=at.token)
    if word == "remove":
        at.draft.files.filter(pk=_whole(about)).delete()
        return redirect(f"{form}#vedlegg")
    if word in ("attach", "as-file"):
        return redirect(f"{form}#vedlegg")
    messages.success(request, _("Saved. You can close the page, and go on by your link later."))
    return redirect(form)


def _attach(request: HttpRequest, at: Held) -> list[Lack]:
    """Attach the files that came; what was refused of them."""
    refused: list[Lack] = []
    for upload in request.FILES.getlist("files"):
        if throttling.is_too_much(request, "attach"):
            said = _("So many files came that no more are taken for an hour. The others are kept.")
            return [*refused, Lack("files", said)]
        try:
            attach(at.draft, upload)
        except ValidationError as refusal:
            refused += [Lack("files", said) for said in refusal.messages]
    return refused


def _attach_text(at: Held, field: str) -> list[Lack]:
    """Make a file of a text; why not, if it could not be attached."""
    try:
        attach_text(at.draft, at.questions, field)
    except ValidationError as refusal:
        return [Lack("files", said) for said in refusal.messages]
    return []


def _send(request: HttpRequest, at: Held) -> HttpResponse:
    if throttling.is_too_much(request, "send"):
        return too_often(request)
    try:
        sent = sending.send(at.draft, at=timezone.now())
    except sending.TooLate:
        return _review(request, at, status=CONFLICT)
    if not sent.is_own:
        return _receipt(request, at, sent)
    if sent.is_same:
        messages.info(request, _("Exactly this was received before. It is not received twice."))
    return redirect("answering:receipt", code=at.code, token=at.token)


def _lacks(at: Held) -> list[Lack]:
    return completing.lacks(at.draft.content, at.questions, files=at.draft.files.count())


def _overtaken(request: HttpRequest, at: Held, typed: Content) -> HttpResponse:
    """The form with what was typed here, when something else was saved meanwhile; nothing is lost."""
    at.draft = ReplyDraft.objects.select_related("hearing", "reply").get(pk=at.draft.pk)
    said = _(
        "This reply was saved from another window or by somebody else with the link since you opened it. "
        "Below is what you wrote here, and it is not saved yet. Save to keep it in place of the other; open "
        "the link in another window first if you want to see that."
    )
    content = {**at.draft.content, **typed}
    return _form(request, at, content, [Lack("skjema", said)], status=CONFLICT)


def _form(
    request: HttpRequest,
    at: Held,
    content: Content,
    problems: Sequence[Lack] = (),
    *,
    status: int = 200,
) -> HttpResponse:
    context = _common(at) | showing.form(at.questions, content, problems)
    context["accept"] = ",".join(KINDS)
    context["kinds_of_files"] = ", ".join(ending[1:].upper() for ending in KINDS)
    return render(request, "consultations/answering/form.html", context, status=status)


def _review(
    request: HttpRequest, at: Held, problems: Sequence[Lack] = (), *, status: int = 200
) -> HttpResponse:
    content = at.draft.content
    context = _common(at) | {
        "content": content,
        "kind": dict(completing.organisation_kinds()).get(content.get("kind", ""), ""),
        "said": showing.said(at.questions, answers(at.questions, content)),
        "may_send": sending.may_send(at.draft, at.on),
        "problems": problems,
    }
    return render(request, "consultations/answering/review.html", context, status=status)


def _receipt(request: HttpRequest, at: Held, sent: sending.Sent) -> HttpResponse:
    files = [file for file in sent.reply.files.select_related("document") if file.role != "form"]
    context = _common(at) | {
        "reply": sent.reply,
        "is_own": sent.is_own,
        "said": showing.said(at.questions, showing.answered(sent.reply)),
        "sent_files": files,
        "is_changed": sent.is_own and sending.is_changed(at.draft),
        "may_change": sent.is_own and sending.may_send(at.draft, at.on),
    }
    return render(request, "consultations/answering/receipt.html", context)


def _common(at: Held) -> dict[str, Any]:
    link = showing.link(at.draft, at.token)
    return _of(at.hearing) | {
        "at": at,
        "code": at.code,
        "link": link,
        "mail": _mail(link),
        "files": showing.attached(list(at.draft.files.defer("content"))),
        "period": at.period,
        "last_day": expires_on(at.hearing),
    }


def _mail(link: str) -> str:
    """A letter to oneself with the link, which the reader’s own e-mail program opens; we send nothing."""
    subject = _("My reply to the hearing")
    return "mailto:?" + urlencode({"subject": subject, "body": link}, quote_via=quote)


def _of(hearing: Hearing) -> dict[str, Any]:
    return {"hearing": hearing, "title": own(hearing, "title")}


def _whole(said: str) -> int:
    """The number that a form says; -1, which nothing has, for what is no number of ours."""
    return int(said) if said.isascii() and said.isdigit() and len(said) < LONGEST_NUMBER else -1


def _typed(posted: QueryDict, questions: Sequence[Asked]) -> dict[str, str]:
    """What was typed, each line ended by a line feed, and no null character, which no table holds."""
    unchecked = {*UNCHECKED, *(question.choice for question in questions)}
    return {
        name: posted.get(name, "").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
        for name in fields(questions)
        if name in posted or name in unchecked
    }
