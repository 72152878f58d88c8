"""The page on which a respondent confirms what was read; and the desk’s ways to ask for it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from veikart.consultations import confirming, log, queries, services
from veikart.consultations.acting import points_of
from veikart.consultations.answering import showing
from veikart.consultations.answering.asking import Asked, asked
from veikart.consultations.answering.holding import private
from veikart.consultations.forms import AddressForm, ObjectionForm
from veikart.consultations.models import Reply
from veikart.consultations.opening import Opened, for_handlers, opened, refused, reply_in
from veikart.design import words
from veikart.engines.handling.state import State
from veikart.plan.consultations import Answer

WRONG = "feil"
"""The button that says that something is wrong; every other word of it confirms."""
RIGHT = "ja"


# --- For respondents --------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What was read of a reply, for who has its link: say that it is right, or what is wrong.

    Looking changes nothing. Every link that leads nowhere gets the same page.
    """
    reply = confirming.opened(token)
    if reply is None:
        return private(render(request, "consultations/confirm_gone.html", status=404))
    form = ObjectionForm(request.POST if request.POST.get("verb") == WRONG else None)
    if request.method == "POST" and _said(request, reply, form):
        return private(redirect("consultations:confirm", token=token))
    return private(_page(request, reply, form, status=422 if form.is_bound else 200))


def _said(request: HttpRequest, reply: Reply, form: ObjectionForm) -> bool:
    """Whether what the respondent says was kept; if not, the form says why."""
    verb = request.POST.get("verb")
    try:
        if verb == RIGHT:
            confirming.confirm(reply)
            return True
        if verb == WRONG and form.is_valid():
            confirming.object_to(reply, form.cleaned_data["said"])
            return True
    except ValidationError as refusal:
        if refusal.code in ("old_version", "gone"):
            return True  # it came meanwhile, and the page says that the link leads nowhere
        form.add_error(None, refusal)
    return False


def _page(request: HttpRequest, reply: Reply, form: ObjectionForm, *, status: int) -> HttpResponse:
    state = log.state_of(reply.hearing_id)
    answered, questions = showing.answered(reply), asked(reply.hearing)
    context = {
        "reply": reply,
        "hearing": reply.hearing,
        "held": state.replies[reply.uid],
        "said": showing.said(questions, answered) if answered else [],
        "rest": _rest(questions, answered),
        "points": [_point(state, point) for point in points_of(state, reply.uid)],
        "files": list(reply.files.values_list("name", flat=True)),
        "form": form,
    }
    return render(request, "consultations/confirm.html", context, status=status)


def _rest(questions: Sequence[Asked], answered: Sequence[Answer]) -> list[Answer]:
    """The answers that stand at no question: nothing that was read is left out."""
    places = {(each.no, text.goal) for each in questions for text in each.texts}
    last = {(answer.question, answer.goal): answer for answer in answered}
    shown = [answer for place, answer in last.items() if place in places]
    return [answer for answer in answered if not any(answer is each for each in shown)]


def _point(state: State, point: Any) -> dict[str, Any]:
    return {
        "text": state.text_of(point),
        "heading": " › ".join(point.heading_path),
        "wording": point.proposed_wording,
    }


# --- For the desk -----------------------------------------------------------------------------


@for_handlers
@require_POST
def act_on_reply(request: HttpRequest, code: str, no: int, verb: str) -> HttpResponse:
    """Ask who sent a reply, note what they said, or keep or delete their address."""
    at = opened(request, code)
    reply, act = reply_in(at, no), _VERBS.get(verb)
    if act is None:
        raise Http404(verb)
    try:
        said = act(request, at, reply)
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        messages.success(request, said)
    return redirect("consultations:reply", code=code, no=no)


@for_handlers
@require_POST
def ask_all(request: HttpRequest, code: str) -> HttpResponse:
    """Put a question in the outbox for each reply of the hearing that nobody was asked about."""
    at = opened(request, code)
    asked_now = len(confirming.ask_all(at.hearing.uid, by=at.user))
    said = ngettext(
        "%(n)s message is in the outbox. It is sent when somebody has approved it there.",
        "%(n)s messages are in the outbox. They are sent when somebody has approved them there.",
        asked_now,
    )
    messages.success(request, said % {"n": words.number(asked_now)})
    return redirect("outbox:list")


@for_handlers
@require_POST
def forget_all(request: HttpRequest, code: str) -> HttpResponse:
    """Delete the addresses of all who sent replies to the hearing."""
    at = opened(request, code)
    replies = list(queries.newest_replies(at.hearing.uid))
    number = confirming.forget_addresses(replies, by=at.user)
    said = ngettext("%(n)s address is deleted.", "%(n)s addresses are deleted.", number)
    messages.success(request, said % {"n": words.number(number)})
    return redirect("consultations:hearing", code=code)


def _ask(_request: HttpRequest, at: Opened, reply: Reply) -> str:
    confirming.ask(reply, by=at.user)
    return _("The question is in the outbox. It is sent when somebody has approved it there.")


def _confirm(_request: HttpRequest, at: Opened, reply: Reply) -> str:
    services.confirm_reply(at.hearing.uid, reply.uid, version=reply.version, by=at.user)
    return _("It is noted that the respondent has confirmed it.")


def _set_address(request: HttpRequest, at: Opened, reply: Reply) -> str:
    form = AddressForm(request.POST)
    if not form.is_valid():
        raise ValidationError(list(form.errors.as_data()["email"]))
    confirming.set_address(reply, form.cleaned_data["email"], by=at.user)
    return _("The address is kept. Links that were sent to another work no more.")


def _forget(_request: HttpRequest, at: Opened, reply: Reply) -> str:
    confirming.forget_addresses([reply.uid], by=at.user)
    return _("The address is deleted, also in the outbox. What was sent and when stays.")


_VERBS = {"be": _ask, "pa-ord": _confirm, "adresse": _set_address, "slett-adresse": _forget}
"""By the last part of the address that it is sent to."""
