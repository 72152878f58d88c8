"""Opening a round of prioritising at the desk: the list of all rounds, the form, and the links to send."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from veikart.consultations import queries
from veikart.consultations.answering.holding import private
from veikart.consultations.opening import Opened, for_handlers, last_deed, opened
from veikart.consultations.prioritising import rounds
from veikart.consultations.prioritising.forms import RoundForm
from veikart.design import priority_words
from veikart.engines.handling.state import Round, number
from veikart.engines.handling.words import Weighing

FOLDER = "consultations/prioritising"
ASKED_OF: dict[str, Weighing] = {
    "malutkast": "goals",
    "endringsomrader": "areas",
    "valg": "options",
}
"""What is weighed, by its word in the address."""
HANDED_OVER = ("case", "voters")
"""What an address may say of a round that is to be opened: the case it is for, and who votes."""


@for_handlers
@require_safe
def choose_hearing(request: HttpRequest) -> HttpResponse:
    """Whose goals, areas or options are to be weighed: each hearing and workshop, the newest first.

    What the address says of the case and the voters goes on to the form of the chosen one.
    """
    handed = {name: request.GET[name] for name in HANDED_OVER if name in request.GET}
    query = f"?{urlencode(handed)}" if handed else ""
    listed = [
        (row, reverse("consultations:rounds", args=[row.uid.partition("/")[2]]) + query)
        for row in queries.hearings()
    ]
    return render(request, f"{FOLDER}/choose.html", {"listed": listed, "case": handed.get("case")})


@for_handlers
def list_rounds(request: HttpRequest, code: str) -> HttpResponse:
    """All rounds, and the form that opens one; the links are shown once, where it was opened.

    The address may say `case` (a uid) and `voters` (names, one on each line), with which the form begins.
    """
    at = opened(request, code)
    of = ASKED_OF.get(request.GET.get("av", "")) or _first_kind(at)
    form = RoundForm(
        request.POST or None,
        items=_choices(at, of),
        initial={name: request.GET[name] for name in HANDED_OVER if name in request.GET},
        auto_id="runde-%s",
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = rounds.open_round(at.hearing.uid, _asking(form, of), by=at.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return links_page(request, opened(request, code), made.round, made.invited)
    context = {
        "at": at,
        "rounds": [listed(each) for each in reversed(at.state.rounds.values())],
        "of": of,
        "kinds": [(word, kind, priority_words.WEIGHINGS[kind]) for word, kind in ASKED_OF.items()],
        "to": _address(request, of),
        "few": _are_few(at, of),
        "form": form,
        "last": last_deed(at),
        "here": reverse("consultations:rounds", args=[code]),
    }
    return render(request, f"{FOLDER}/rounds.html", context, status=422 if form.errors else 200)


def listed(asked: Round) -> dict[str, Any]:
    """What the desk says of a round, wherever it names one."""
    return {
        "no": number(asked.uid),
        "round": asked,
        "method": priority_words.METHODS[asked.method],
        "of": priority_words.WEIGHINGS[asked.of],
        "is_late": rounds.is_late(asked),
    }


def links_page(
    request: HttpRequest, at: Opened, uid: str, invited: list[rounds.Invited]
) -> HttpResponse:
    """The links to send to voters; they are shown this once."""
    found = [
        (each.name, settings.ADDRESS + reverse("prioritising:vote", args=[each.token]))
        for each in invited
    ]
    context = {
        "at": at,
        "no": number(uid),
        "links": found,
        "text": "\n".join(f"{name}\t{link}" for name, link in found),
    }
    return private(render(request, f"{FOLDER}/links.html", context))


def _asking(form: RoundForm, of: Weighing) -> rounds.Asking:
    said = form.cleaned_data
    return rounds.Asking(
        title=said["title"],
        of=of,
        items=said["options"] if of == "options" else said["items"],
        method=said["method"],
        voters=said["voters"],
        closes_at=form.closes_at(),
        is_secret=said["is_secret"],
        points=said["points"],
        most=said["most"],
        case=said["case"],
    )


def _choices(at: Opened, of: Weighing) -> list[tuple[str, str]] | None:
    """What can be marked; None where the round itself names its options."""
    if of == "goals":
        return [(each.uid, each.text) for each in at.state.standing_goals()]
    if of == "areas":
        return [(each.uid, each.title) for each in at.state.standing_areas()]
    return None


def _address(request: HttpRequest, of: Weighing) -> str:
    """Where the form is sent: to a page of the same kind, also if there is more to weigh meanwhile."""
    query = request.GET.copy()
    query["av"] = next(word for word, kind in ASKED_OF.items() if kind == of)
    return f"{request.path}?{query.urlencode()}"


def _are_few(at: Opened, of: Weighing) -> bool:
    """Whether there is nothing to weigh, yet; options are written when the round is opened."""
    choices = _choices(at, of)
    return choices is not None and len(choices) < 2


def _first_kind(at: Opened) -> Weighing:
    """What is offered to be weighed where nothing is said: the first kind that there is enough of."""
    return next(kind for kind in ASKED_OF.values() if not _are_few(at, kind))
