"""The desk's pages of a round of prioritising: following it, counting it, and its result."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from veikart.consultations.forms import NothingMore, ReasonForm
from veikart.consultations.freezing_goals import Drafting, ballots
from veikart.consultations.models import Voter
from veikart.consultations.opening import Opened, for_handlers, opened
from veikart.consultations.prioritising import rounds
from veikart.consultations.prioritising.forms import LastDayForm
from veikart.consultations.prioritising.opening_views import FOLDER, links_page, listed
from veikart.design import priority_tables, priority_words
from veikart.engines.handling.state import Round
from veikart.engines.handling.withholding import mask
from veikart.plan.consultations import PriorityRound


@for_handlers
@require_safe
def show_round(request: HttpRequest, code: str, no: int) -> HttpResponse:
    """One round: who has voted, what can be done, and once it is counted its result."""
    at = opened(request, code)
    return _round(request, at, _found(at, no))


@for_handlers
@require_POST
def act_on_round(request: HttpRequest, code: str, no: int, verb: str) -> HttpResponse:
    """Count the votes, give more time, or give the round up."""
    at = opened(request, code)
    asked = _found(at, no)
    if verb not in VERBS:
        raise Http404(verb)
    form = _forms(asked, request, verb)[verb]
    if form.is_valid():
        try:
            VERBS[verb](at, asked, form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("It is kept."))
            return redirect("consultations:round", code=code, no=no)
    return _round(request, at, asked, bound={verb: form})


@for_handlers
@require_POST
def renew_link(request: HttpRequest, code: str, no: int) -> HttpResponse:
    """A new link for a voter; the old one stops working, and what was voted by it is taken away."""
    at = opened(request, code)
    asked = _found(at, no)
    voter = get_object_or_404(Voter, round=asked.uid, no=_whole(request.POST.get("velger", "")))
    try:
        invited = rounds.renew_link(at.hearing.uid, asked.uid, voter.no, by=at.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("consultations:round", code=code, no=no)
    return links_page(request, at, asked.uid, [invited])


@for_handlers
@require_safe
def send_result(request: HttpRequest, code: str, no: int, what: str) -> HttpResponse:
    """The result of a counted round, or the votes in it, as CSV.

    In a secret round a vote has a number in place of a name; the numbers follow what the votes say,
    and tell nothing of who voted.
    """
    at = opened(request, code)
    asked = _found(at, no)
    if asked.closed_at is None:
        raise Http404(what)
    content = (
        priority_tables.votes((asked.uid, ballot) for ballot in ballots(asked))
        if what == "stemmer"
        else priority_tables.results([_result(at, asked)])
    )
    name = f"{what}-{at.code}-{no}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


# --- What can be done -------------------------------------------------------------------------


def _close(at: Opened, asked: Round, _form: Any) -> object:
    return rounds.close(at.hearing.uid, asked.uid, by=at.user)


def _extend(at: Opened, asked: Round, form: Any) -> object:
    return rounds.extend(at.hearing.uid, asked.uid, closes_at=form.closes_at(), by=at.user)


def _cancel(at: Opened, asked: Round, form: Any) -> object:
    reason = form.cleaned_data["reason"]
    return rounds.cancel(at.hearing.uid, asked.uid, reason=reason, by=at.user)


VERBS: dict[str, Callable[[Opened, Round, Any], object]] = {
    "tell-opp": _close,
    "forleng": _extend,
    "gi-opp": _cancel,
}
"""By the last part of the address that it is sent to."""


def _forms(asked: Round, request: HttpRequest, sent: str | None) -> dict[str, forms.Form]:
    given = {verb: request.POST if verb == sent else None for verb in VERBS}
    return {
        "tell-opp": NothingMore(given["tell-opp"]),
        "forleng": LastDayForm(given["forleng"], auto_id="forleng-%s"),
        "gi-opp": ReasonForm(given["gi-opp"], auto_id="gi-opp-%s"),
    }


def _found(at: Opened, no: int) -> Round:
    asked = at.state.rounds.get(f"{at.hearing.uid}/prioritering/{no}")
    if asked is None:
        raise Http404(str(no))
    return asked


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0


# --- Pages ------------------------------------------------------------------------------------


def _round(
    request: HttpRequest, at: Opened, asked: Round, *, bound: dict[str, forms.Form] | None = None
) -> HttpResponse:
    voters = list(Voter.objects.filter(round=asked.uid))
    voted = set(asked.voted) or {each.name for each in voters if rounds.has_voted(each)}
    all_forms = _forms(asked, request, None) | (bound or {})
    result = _result(at, asked) if asked.closed_at else None
    context = {
        "at": at,
        **listed(asked),
        "asked": asked,
        "voters": [(each, each.name in voted) for each in voters],
        "turnout": priority_words.turnout(len(voters), len(voted)),
        "forms": {verb.replace("-", "_"): form for verb, form in all_forms.items()},
        "open": next(iter(bound or {}), None),
        "problems": _problems(bound or {}),
        "result": result,
        "rows": [
            {"one": each, **priority_words.cells(each), "span": priority_words.span_short(each)}
            for each in result.priorities
        ]
        if result
        else [],
        "said": priority_words.explained(result) if result else "",
        "weighed_in": priority_words.weighed_in(asked.case),
        "votes": _votes(asked) if asked.closed_at and not asked.is_secret else [],
    }
    return render(request, f"{FOLDER}/round.html", context, status=422 if bound else 200)


def _votes(asked: Round) -> list[tuple[str, str]]:
    """Who voted what in an open round that is counted, in words."""
    texts = {item.uid: item.text for item in asked.items}
    return [(each.voter, priority_words.vote(each, texts)) for each in ballots(asked)]


def _problems(bound: dict[str, forms.Form]) -> list[str]:
    """Why counting was refused; the other forms say it themselves."""
    refused = bound.get("tell-opp")
    return [str(error) for error in refused.non_field_errors()] if refused else []


def _result(at: Opened, asked: Round) -> PriorityRound:
    nothing = mask([], mark="")
    found = Drafting(at.hearing.uid, at.state, nothing).rounds
    return next(each for each in found if each.uid == asked.uid)
