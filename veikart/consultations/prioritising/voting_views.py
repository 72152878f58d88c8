"""The pages on which a member votes, opened by a private link, without an account."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from veikart.consultations.answering import throttling
from veikart.consultations.answering.holding import private, too_often
from veikart.consultations.prioritising import casting
from veikart.consultations.prioritising.casting import Ballot
from veikart.consultations.prioritising.rounds import has_voted, is_late
from veikart.consultations.prioritising.voting_forms import PointsForm, RankingForm
from veikart.design import priority_words

View = Callable[..., HttpResponse]
FOLDER = "consultations/prioritising"


def for_voter(view: View) -> View:
    """`view` for who has a voter's link; all others get the same page, whatever they tried."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **options: Any) -> HttpResponse:
        ballot = casting.find(token)
        if ballot is not None:
            return private(view(request, ballot, token, **options))
        if throttling.is_too_much(request, "wrong_link"):
            return too_often(request)
        return private(render(request, f"{FOLDER}/no_link.html", status=404))

    return opened


@for_voter
def vote(request: HttpRequest, ballot: Ballot, token: str) -> HttpResponse:
    """The vote: points for each, an order, or the pairs with what was chosen; a form that is sent is kept."""
    if ballot.asked.method == "pairs" or not ballot.is_open:
        return _page(request, ballot, token, status=409 if request.method == "POST" else 200)
    form = _form(ballot, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            _cast(ballot, form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Your vote is kept."))
            return redirect("prioritising:vote", token=token)
    return _page(request, ballot, token, form=form, status=422 if form.errors else 200)


@for_voter
def compare(request: HttpRequest, ballot: Ballot, token: str, no: int) -> HttpResponse:
    """One pair, by its number from 1; a choice is kept at once, and the next pair follows."""
    pairs = ballot.voter.asked
    if not ballot.is_open:
        return _page(request, ballot, token, status=409 if request.method == "POST" else 200)
    if not 1 <= no <= len(pairs):
        raise Http404(str(no))
    problems: list[str] = []
    if request.method == "POST":
        try:
            chosen = request.POST.get("valg") or None
            casting.cast_choice(ballot.voter, no - 1, chosen)  # type: ignore[arg-type]  # (it is checked there)
        except ValidationError as refusal:
            problems = refusal.messages
        else:
            return _next(token, no, len(pairs))
    texts = _texts(ballot)
    first, second = pairs[no - 1]
    context = {
        "ballot": ballot,
        "token": token,
        "no": no,
        "total": len(pairs),
        "first": texts[first],
        "second": texts[second],
        "chosen": ballot.choices[no - 1],
        "problems": problems,
    }
    return render(request, f"{FOLDER}/pair.html", context, status=422 if problems else 200)


def _next(token: str, no: int, total: int) -> HttpResponse:
    """The next pair; after the last one, the list of all."""
    if no < total:
        return redirect("prioritising:compare", token=token, no=no + 1)
    return redirect("prioritising:vote", token=token)


def _form(ballot: Ballot, sent: QueryDict | None) -> PointsForm | RankingForm:
    if ballot.asked.method == "ranking":
        return RankingForm(sent, asked=ballot.asked, given=ballot.ranking, auto_id="stem-%s")
    return PointsForm(sent, asked=ballot.asked, given=ballot.points)


def _cast(ballot: Ballot, form: PointsForm | RankingForm) -> None:
    if isinstance(form, RankingForm):
        casting.cast_ranking(ballot.voter, form.vote())
        return
    casting.cast_points(ballot.voter, form.vote())


def _page(
    request: HttpRequest,
    ballot: Ballot,
    token: str,
    *,
    form: PointsForm | RankingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    asked, choices = ballot.asked, ballot.choices if ballot.asked.method == "pairs" else []
    texts = _texts(ballot)
    waiting = [no for no, choice in enumerate(choices, 1) if choice is None]
    context = {
        "ballot": ballot,
        "asked": asked,
        "token": token,
        "weighed_in": priority_words.weighed_in(asked.case),
        "form": form,
        "is_late": asked.is_open and is_late(asked),
        "has_voted": has_voted(ballot.voter) or ballot.voter.name in asked.voted,
        "pairs": [
            (no, texts[one], texts[other], choice)
            for no, ((one, other), choice) in enumerate(
                zip(ballot.voter.asked, choices, strict=False), 1
            )
        ],
        "made": len(choices) - len(waiting),
        "next": waiting[0] if waiting else None,
    }
    return render(request, f"{FOLDER}/vote.html", context, status=status)


def _texts(ballot: Ballot) -> dict[str, str]:
    return {item.uid: item.text for item in ballot.asked.items}
