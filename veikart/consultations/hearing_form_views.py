"""The desk's pages for opening a hearing and changing its terms."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from veikart.consultations import services
from veikart.consultations.hearing_forms import (
    HearingForm,
    questions,
    questions_forms,
    terms_form,
    terms_of,
)
from veikart.consultations.models import Hearing
from veikart.consultations.opening import Opened, for_handlers, opened
from veikart.people import rules


@for_handlers
def open_hearing(request: HttpRequest) -> HttpResponse:
    """A form for a new hearing; sent, the hearing is there."""
    data = request.POST if request.method == "POST" else None
    form, asked = terms_form(data), questions_forms(data)
    here = reverse("consultations:open")
    if data is None or not (form.is_valid() and asked.is_valid()):
        return _page(request, form, asked, here=here)
    uid = form.new_uid
    if Hearing.objects.filter(uid=uid).exists():
        form.add_error(
            "case_number" if form.cleaned_data["kind"] == "hearing" else "title",
            _("There is one of this name already: %(uid)s. Change that, or give another.")
            % {"uid": uid},
        )
        return _page(request, form, asked, here=here)
    return _put(request, uid, form, asked) or _page(request, form, asked, here=here)


@for_handlers
def change_hearing(request: HttpRequest, code: str) -> HttpResponse:
    """The form of a hearing that there is. What replies refer to cannot be changed any more."""
    at = opened(request, code)
    held = terms_of(at.hearing.uid)
    data = request.POST if request.method == "POST" else None
    form, asked = terms_form(data, of=held), questions_forms(data, asked=held.questions)
    here = reverse("consultations:change", args=[code])
    if data is not None and form.is_valid() and asked.is_valid():
        kept = _put(request, at.hearing.uid, form, asked, before=held)
        if kept:
            return kept
    return _page(request, form, asked, here=here, at=at)


def _put(
    request: HttpRequest, uid: str, form: HearingForm, asked: Any, *, before: Any = None
) -> HttpResponse | None:
    """On to the hearing, once it is kept; None if it was refused, and the form says why."""
    values = form.values(invited=before.invited if before else ())
    values["questions"] = questions(asked)
    try:
        services.put("hearing", uid, values, by=rules.signed_in(request.user))
    except ValidationError as refusal:
        form.add_error(None, ValidationError(refusal.messages))
        return None
    messages.success(request, _("The hearing is kept. The public sees it with the next edition."))
    return redirect("consultations:hearing", code=uid.partition("/")[2])


def _page(
    request: HttpRequest, form: HearingForm, asked: Any, *, here: str, at: Opened | None = None
) -> HttpResponse:
    context = {"form": form, "asked": asked, "here": here, "at": at}
    status = 422 if form.is_bound else 200
    return render(request, "consultations/hearing_form.html", context, status=status)
