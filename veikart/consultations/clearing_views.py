"""The desk's page for clearing a reply: what the public will see, what is withheld, and withdrawing."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from msgspec.structs import replace

from veikart.consultations import services
from veikart.consultations.acting import points_of
from veikart.consultations.forms import ClearForm, ReasonForm, WithheldForm, WithheldRows
from veikart.consultations.hiding import Hiding
from veikart.consultations.models import Reply
from veikart.consultations.opening import Opened, for_handlers, last_deed, opened, reply_in
from veikart.engines.handling import actions as do
from veikart.engines.handling.state import Clearance, number
from veikart.engines.handling.withholding import Mask, telltales
from veikart.plan.consultations import WITHHELD

PREVIEW = "se"
"""The button that shows what the public would see, and keeps nothing."""


@for_handlers
def clear(request: HttpRequest, code: str, no: int) -> HttpResponse:
    """What the public will see of a reply; clear it so, or only look."""
    at = opened(request, code)
    reply = reply_in(at, no)
    form, rows = _forms(request, at, reply)
    looks = request.POST.get("verb") == PREVIEW
    valid = request.method == "POST" and form.is_valid() and rows.is_valid()
    if valid and not looks and _cleared(at, reply, form, rows):
        messages.success(request, _("The reply is cleared. It comes with the next edition."))
        return redirect("consultations:reply", code=code, no=no)
    is_refused = request.method == "POST" and not (valid and looks)
    return _page(request, at, reply, (form, rows), status=422 if is_refused else 200)


@for_handlers
@require_POST
def withdraw(request: HttpRequest, code: str, no: int) -> HttpResponse:
    """Take a reply back on its respondent's word; its points lapse, and a stone with the reason stays."""
    at = opened(request, code)
    reply = reply_in(at, no)
    reason = ReasonForm(request.POST, auto_id="trekk-%s")
    if reason.is_valid():
        try:
            said = reason.cleaned_data["reason"]
            services.withdraw(at.hearing.uid, reply.uid, reason=said, by=at.user)
        except ValidationError as refusal:
            reason.add_error(None, refusal)
        else:
            messages.success(request, _("The reply is withdrawn. Its files stay here."))
            return redirect("consultations:reply", code=code, no=no)
    return _page(request, at, reply, _unsent(at, reply), reason=reason, status=422)


def _cleared(at: Opened, reply: Reply, form: ClearForm, rows: Any) -> bool:
    """Whether it could be cleared; if not, the form says why."""
    clearance = do.Clear(
        reply=reply.uid, version=reply.version, withheld=_withheld(rows), **form.cleaned_data
    )
    try:
        services.clear(at.hearing.uid, clearance, by=at.user)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True


def _forms(request: HttpRequest, at: Opened, reply: Reply) -> tuple[ClearForm, Any]:
    if request.method != "POST":
        return _unsent(at, reply)
    return ClearForm(request.POST), WithheldRows(request.POST, prefix="ord")


def _unsent(at: Opened, reply: Reply) -> tuple[ClearForm, Any]:
    """The forms with what was said before; the name as it came, if nothing was."""
    held = at.state.replies.get(reply.uid)
    kept = held.clearance if held else None
    initial = {
        "shown_as": kept.shown_as if kept else reply.respondent,
        "is_initials": kept.is_initials if kept else reply.wants_initials,
        "has_consent": kept.has_consent if kept else False,
    }
    said = [
        {"words": each.words, "basis": each.basis, "reason": each.reason}
        for each in (held.withheld if held else ())
    ]
    return ClearForm(initial=initial), WithheldRows(initial=said, prefix="ord")


def _withheld(rows: Any) -> tuple[do.Withheld, ...]:
    """The words of the rows that are filled in; those of rows that are wrong are left out."""
    filled = (_said(form) for form in rows)
    return tuple(do.Withheld(**each) for each in filled if each.get("words"))


def _said(form: WithheldForm) -> dict[str, Any]:
    if not form.is_bound:
        return dict(form.initial or {})
    said = dict(form.cleaned_data) if form.is_valid() else {}
    return {} if said.pop("DELETE", False) else said


def _page(
    request: HttpRequest,
    at: Opened,
    reply: Reply,
    sent: tuple[ClearForm, Any],
    *,
    reason: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    form, rows = sent
    hidden = _hiding(at, reply, form, rows)
    points, answers = _shown(at, reply, hidden)
    said = [text for each in (*points, *answers) for text in each["texts"]]
    context = {
        "at": at,
        "reply": reply,
        "held": at.state.replies.get(reply.uid),
        "form": form,
        "rows": rows,
        "reason": reason or ReasonForm(auto_id="trekk-%s"),
        "shown_as": form["shown_as"].value(),
        "places": sum(text.count(WITHHELD) for text in said),
        "telltales": telltales(said),
        "points": points,
        "answers": answers,
        "last": last_deed(at),
        "here": reverse("consultations:clear", args=[at.code, reply.no]),
    }
    return render(request, "consultations/clear.html", context, status=status)


def _hiding(at: Opened, reply: Reply, form: ClearForm, rows: Any) -> Hiding:
    """What would be hidden if the reply were cleared as the forms say."""
    state = at.state.copied(last=at.state.last)
    held = state.replies.get(reply.uid)
    if held:
        clearance = Clearance(
            shown_as=form["shown_as"].value() or "",
            is_initials=bool(form["is_initials"].value()),
            has_consent=bool(form["has_consent"].value()),
            withheld=_withheld(rows),
            at=timezone.now(),
            by=at.user.get_username(),
        )
        state.replies[reply.uid] = replace(held, clearance=clearance)
    return Hiding(state, {reply.uid: reply.respondent})


Shown = list[dict[str, Any]]


def _shown(at: Opened, reply: Reply, hidden: Hiding) -> tuple[Shown, Shown]:
    """The points and the answers as the public will see them; `texts` are all their words."""
    mask = hidden.of(reply.uid) if reply.uid in at.state.replies else Mask((), mark=WITHHELD)
    points: Shown = []
    answers: Shown = []
    for point in points_of(at.state, reply.uid):
        told: dict[str, Any] = {
            "no": number(point.uid),
            "is_confirmed": point.confirmed,
            "headings": [mask.of(heading) for heading in point.heading_path],
            "text": hidden.text_of(point),
            "proposed": mask.of_any(point.proposed_wording),
        }
        told["texts"] = [*told["headings"], told["text"], told["proposed"] or ""]
        points.append(told)
    for answer in reply.answers:
        choice, text = (mask.of_any(answer.get(name)) for name in ("choice", "text"))
        given = {"question": answer.get("question"), "choice": choice, "text": text}
        answers.append({**given, "texts": [choice or "", text or ""]})
    return points, answers
