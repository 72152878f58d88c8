"""The desk's pages for cases: new ones, what they say, what they are about, and withholding them."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from veikart.council import bodies, casework, choosing
from veikart.council.case_forms import CaseForm, PapersForm, WithholdForm
from veikart.council.choosing import Choice
from veikart.council.models import Body, Case, Meeting, Paper, SeatRole
from veikart.council.opening import (
    address,
    done,
    for_secretaries,
    form_page,
    opened_body,
    opened_case,
    page,
    parts,
    refused,
)
from veikart.council.paper_files import labels_of, next_labels
from veikart.people import rules

VOTING = (SeatRole.LEADER, SeatRole.MEMBER)
"""The roles that put things in order in a round of prioritising; observers and substitutes are added by hand."""
FROM = "fra"
"""The name in an address of the case that a new one comes from."""


@for_secretaries
def new_case(request: HttpRequest, slug: str) -> HttpResponse:
    """A form for a new case with the next number; what it comes from fills it in."""
    body = opened_body(slug)
    year = timezone.localdate().year
    origin = Case.objects.filter(pk=request.GET.get(FROM, "")).exclude(body=body).first()
    initial = {"number": casework.next_number(body.pk, year=year), **_taken_over(origin)}
    form = CaseForm(request.POST or None, body=body, initial=initial)
    by = rules.signed_in(request.user)

    def act() -> str:
        values = form.values() | _followed(form.cleaned_data["came_from"])
        number = form.cleaned_data["number"]
        return address("case", casework.create(body.pk, number, values, year=year, by=by))

    return done(request, form, act) or form_page(
        request,
        form,
        heading=_("A new case"),
        says=_("Make the case"),
        back=address("body", body.pk),
        about=body,
    )


@for_secretaries
@require_safe
def show_case(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One case: what it says, its papers, and what can be done with it."""
    return case_page(request, opened_case(slug, key))


@for_secretaries
def change_case(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The form of a case that there is. Its number stays."""
    case = opened_case(slug, key)
    form = CaseForm(request.POST or None, body=case.body, of=case)
    by = rules.signed_in(request.user)

    def act() -> str:
        casework.change(case, form.values(), by=by)
        return address("case", case.pk)

    return done(request, form, act) or form_page(
        request,
        form,
        heading=str(case),
        says=_("Keep the changes"),
        back=address("case", case.pk),
        about=case.body,
    )


@for_secretaries
def choose_about(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """What of the plan a case is about: looked for by words, chosen by boxes."""
    case = opened_case(slug, key)
    words = request.GET.get("q", "")
    found, chosen = choosing.about(words), choosing.named(case.about)
    return _choose(request, case, "about", found, chosen, name_all=choosing.named)


@for_secretaries
def choose_decisions(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Which earlier decisions a case cites."""
    case = opened_case(slug, key)
    words = request.GET.get("q", "")
    found, chosen = choosing.decisions(words), choosing.named_decisions(case.cites)
    return _choose(request, case, "cites", found, chosen, name_all=choosing.named_decisions)


@for_secretaries
@require_POST
def withhold(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Withhold a case as a whole, on a legal basis."""
    case = opened_case(slug, key)
    form = WithholdForm(request.POST)
    by = rules.signed_in(request.user)

    def act() -> str:
        casework.withhold(case, **form.cleaned_data, by=by)
        return f"{address('case', case.pk)}?etter=unnta"

    return done(request, form, act) or case_page(request, case, withholding=form)


@for_secretaries
@require_POST
def release(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Withhold a case no more."""
    case = opened_case(slug, key)
    casework.release(case, by=rules.signed_in(request.user))
    messages.success(request, _("The case is withheld no more."))
    return redirect(f"{address('case', case.pk)}?etter=unnta")


def case_page(
    request: HttpRequest, case: Case, *, withholding: Any = None, putting: Any = None
) -> HttpResponse:
    """The page of a case, with the forms that were sent and are wrong."""
    papers = Paper.objects.filter(case=case).select_related("document").order_by("no")
    slug, key = parts(case.pk)
    context = {
        "case": case,
        "slug": slug,
        "key": key,
        "questions": case.questions.all(),
        "about": choosing.named(case.about),
        "cites": choosing.named_decisions(case.cites),
        "origin": Case.objects.filter(pk=case.came_from).select_related("body").first(),
        "followed_by": Case.objects.filter(came_from=case.pk).select_related("body"),
        "papers": [(paper, parts(paper.pk)[-1]) for paper in papers],
        "meetings": _meetings(case),
        "withholding": withholding or WithholdForm(auto_id="unnta-%s"),
        "putting": putting or PapersForm(labels=label_choices(case), auto_id="nye-%s"),
        "open": "unnta" if withholding else ("nye" if putting else None),
        "bodies": Body.objects.exclude(pk=case.body_id),
        "from": FROM,
        "after": request.GET.get("etter"),
        "voting": _voting(case),
    }
    return page(request, "case", context, wrong=bool(withholding or putting))


def label_choices(case: Case) -> list[tuple[str, str]]:
    """The labels that new papers can begin with: the next number, or a letter under one there is."""
    taken = labels_of(case)
    mains = [label for label in taken if label.isdecimal()]
    own = _("%(label)s: a paper of its own") % {"label": next(next_labels(taken))}
    under = [
        (main, _("%(label)s: belongs to %(main)s") % {"label": label, "main": main})
        for main in dict.fromkeys(mains)
        if (label := next(next_labels(taken, under=main), None))
    ]
    return [("", own), *under]


def _voting(case: Case) -> str:
    """Where a round of prioritising is opened for the case, with those who hold a seat of its body as voters."""
    held = bodies.seats_on(case.body_id, timezone.localdate())
    names = [seat.person or seat.organisation_name for seat in held if seat.role in VOTING]
    said = urlencode({"case": case.pk, "voters": "\n".join(dict.fromkeys(names))})
    return f"{reverse('consultations:choose-hearing')}?{said}"


def _meetings(case: Case) -> list[tuple[Meeting, list[str]]]:
    rows = Meeting.objects.filter(agenda__case=case).select_related("body").distinct()
    return [(meeting, parts(meeting.pk)) for meeting in rows]


def _choose(
    request: HttpRequest,
    case: Case,
    field: str,
    found: list[Choice],
    chosen: list[Choice],
    *,
    name_all: Callable[[Iterable[str]], list[Choice]],
) -> HttpResponse:
    if request.method == "POST":
        uids = tuple(dict.fromkeys(request.POST.getlist("valgt")))
        try:
            _keep_chosen(case, field, uids, name_all(uids), by=rules.signed_in(request.user))
        except ValidationError as refusal:
            refused(request, refusal)
        else:
            messages.success(request, _("It is kept."))
        return redirect(address("case", case.pk))
    known = {choice.uid for choice in chosen}
    context = {
        "case": case,
        "is_about": field == "about",
        "chosen": chosen,
        "found": [choice for choice in found if choice.uid not in known],
        "words": request.GET.get("q", ""),
        "back": address("case", case.pk),
        "most": choosing.MOST,
    }
    return page(request, "choose", context)


def _keep_chosen(
    case: Case, field: str, uids: tuple[str, ...], found: list[Choice], *, by: Any
) -> None:
    """Keep what was chosen. Raises ValidationError for what is not there and was not before."""
    before = set(getattr(case, field))
    for choice in found:
        if choice.name == choice.uid and choice.uid not in before:
            raise ValidationError(
                _("Nothing lies at %(uid)s. Look for it and choose it anew."),
                code="unknown_address",
                params={"uid": choice.uid},
            )
    casework.change(case, {field: uids}, by=by, verb=f"case.{field}_chosen")


def _taken_over(origin: Case | None) -> dict[str, Any]:
    """What a case gets from the one that it comes from, to begin with."""
    if origin is None:
        return {}
    named = ("title", "purpose", "text", "proposal", "presenter", "case_officer", "sender")
    taken = {name: getattr(origin, name) for name in named}
    questions = [question.text for question in origin.questions.all()]
    return {**taken, "questions": questions, "came_from": origin.pk}


def _followed(came_from: str) -> dict[str, Any]:
    """What a case is about and cites, from the one that it comes from."""
    origin = Case.objects.filter(pk=came_from).first()
    return {"about": origin.about, "cites": origin.cites} if origin else {}
