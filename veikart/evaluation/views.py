"""The desk of evaluations: what was asked, rated and found, the principles, and holding them against a draft."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from veikart.evaluation import forms, queries, services
from veikart.people import desk, rules

REFUSED = 422


for_editors = desk.for_those_who(rules.can_edit)
"""A view for those who may change the working plan."""


@for_editors
def show_evaluations(request: HttpRequest) -> HttpResponse:
    """All evaluations and principles, with how each principle was answered last."""
    held = queries.freeze()
    context = {
        "evaluations": sorted(held.evaluations, key=lambda each: each.uid, reverse=True),
        "principles": queries.answered(held),
    }
    return render(request, "evaluation/evaluations.html", context)


@for_editors
def change_evaluation(request: HttpRequest, code: str | None = None) -> HttpResponse:
    """The form of an evaluation, new where there is no `code`."""
    before = queries.evaluation(f"evaluering/{code}") if code else None
    if code and before is None:
        raise Http404(code)
    data = request.POST if request.method == "POST" else None
    form = forms.evaluation_form(data, of=before)
    parts = forms.Parts(data, of=before)
    if data is not None and form.is_valid() and parts.is_valid():
        uid = before.uid if before else queries.new_uid(form.cleaned_data["as_of"].year)
        values = {**form.values(), **parts.values()}
        if _kept(request, form, "evaluation", uid, values):
            return redirect("evaluation:evaluations")
    context = {"form": form, "parts": parts, "before": before, "here": request.path}
    return _page(request, "evaluation/evaluation.html", context)


@for_editors
def change_principle(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """The form of a principle, new where there is no `number`."""
    held = {each.number: each for each in queries.freeze().principles}
    before = held.get(number) if number else None
    if number and before is None:
        raise Http404(number)
    data = request.POST if request.method == "POST" else None
    form = forms.principle_form(data, of=before, number=max(held, default=0) + 1)
    if data is not None and form.is_valid():
        told = form.cleaned_data["number"]
        if before is None and told in held:
            form.add_error("number", _("There is a principle of this number. Give another."))
        elif _kept(request, form, "principle", f"evalueringsprinsipp/{told}", form.values()):
            return redirect("evaluation:evaluations")
    return _page(request, "evaluation/principle.html", {"form": form, "before": before})


@for_editors
def check_draft(request: HttpRequest) -> HttpResponse:
    """The checklist: every principle held against the working draft. Earlier answers stay."""
    principles = queries.freeze().principles
    if not principles:
        messages.warning(request, _("There is no principle to hold the draft against. Write one."))
        return redirect("evaluation:new-principle")
    data = request.POST if request.method == "POST" else None
    rows = forms.checklist(principles, data)
    if data is not None and all(form.is_valid() for _each, form in rows):
        answers = {each.uid: form.cleaned_data for each, form in rows}
        services.check(answers, by=rules.signed_in(request.user), on=timezone.localdate())
        messages.success(
            request, _("The answers are kept. The public sees them with the next edition.")
        )
        return redirect("evaluation:evaluations")
    context = {"rows": rows, "form": rows[0][1], "here": reverse("evaluation:check")}
    return _page(request, "evaluation/checklist.html", context)


def _kept(request: HttpRequest, form: Any, kind: str, uid: str, values: dict[str, Any]) -> bool:
    """Whether it was put into the plan; if it was refused, the form says why."""
    try:
        services.put(kind, uid, values, by=rules.signed_in(request.user))
    except ValidationError as refusal:
        form.add_error(None, ValidationError(refusal.messages))
        return False
    messages.success(request, _("It is kept. The public sees it with the next edition."))
    return True


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    status = REFUSED if context["form"].is_bound else 200
    return render(request, template, context, status=status)
