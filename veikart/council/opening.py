"""Opening a body, a meeting, a case or a paper on the desk, for those who may prepare meetings."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from veikart.council import rules
from veikart.council.models import Body, Case, Meeting, Paper, Seat
from veikart.people import desk

for_secretaries = desk.for_those_who(rules.can_prepare)
"""A view for those who may prepare meetings."""


def opened_body(slug: str) -> Body:
    """The body of that part of an address. One query. Raises Http404 if there is none."""
    found = Body.objects.filter(pk=f"organ/{slug}").first()
    if found is None:
        raise Http404(slug)
    return found


def opened_meeting(slug: str, key: str) -> Meeting:
    """The meeting of a body, such as `1-2026`, with its body. One query. Raises Http404."""
    found = Meeting.objects.select_related("body").filter(pk=f"mote/{slug}/{key}").first()
    if found is None:
        raise Http404(key)
    return found


def opened_case(slug: str, key: str) -> Case:
    """The case of a body, such as `2-26`, with its body. One query. Raises Http404."""
    found = Case.objects.select_related("body").filter(pk=f"sak/{slug}/{key}").first()
    if found is None:
        raise Http404(key)
    return found


def opened_paper(slug: str, key: str, label: str) -> Paper:
    """The paper of a case, such as `1a`, with its case, body and file. One query. Raises Http404."""
    rows = Paper.objects.select_related("case__body", "document")
    found = rows.filter(pk=f"sak/{slug}/{key}/vedlegg/{label}").first()
    if found is None:
        raise Http404(label)
    return found


def opened_seat(slug: str, no: int) -> Seat:
    """The seat `no` of a body, with the body. One query. Raises Http404."""
    rows = Seat.objects.select_related("body", "organisation", "user")
    found = rows.filter(pk=f"organ/{slug}/plass/{no}").first()
    if found is None:
        raise Http404(str(no))
    return found


def parts(uid: str) -> list[str]:
    """What the uid of a body, meeting, case, paper or seat gives an address: `sak/nuit/2-26` nuit, 2-26."""
    return [part for part in uid.split("/")[1:] if part not in ("vedlegg", "plass")]


def address(name: str, uid: str, *more: object) -> str:
    """The address of the desk's page `name` about `uid`."""
    return reverse(f"council:{name}", args=[*parts(uid), *more])


def done(request: HttpRequest, form: forms.Form, act: Callable[[], str]) -> HttpResponse | None:
    """Do what a form says, and go on to the address that `act` gives; None as `people.desk.done` has it."""
    to = desk.done(request, form, act)
    return redirect(to) if to is not None else None


def refused(request: HttpRequest, refusal: ValidationError) -> None:
    """Say why something was refused."""
    messages.error(request, " ".join(refusal.messages))


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, wrong: bool = False
) -> HttpResponse:
    """The page; with 422 where what was sent is wrong and the page says why."""
    return render(request, f"council/{template}.html", context, status=422 if wrong else 200)


def form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    heading: str,
    says: str,
    back: str,
    about: Body | None = None,
) -> HttpResponse:
    """A page of one form: its heading, what its button says, and the way back."""
    context = {"form": form, "heading": heading, "says": says, "back": back, "about": about}
    return page(request, "form", context, wrong=form.is_bound)
