"""The editions' desk: what changed since the last edition, why dates moved, freeze and approve."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from veikart.editions import deciding, queries, services
from veikart.editions.forms import ApproveForm, DiscardForm, FreezeForm, causes_from
from veikart.editions.models import Edition, State
from veikart.editions.moves import moves
from veikart.people import rules
from veikart.plan.compare import compare
from veikart.roadmap.models import Cause

MOVES_A_PAGE = 50


@login_required
@require_safe
def show_desk(request: HttpRequest) -> HttpResponse:
    """Everything that leads to the next edition, and the editions there are."""
    return _desk(request)


@login_required
@require_POST
def freeze(request: HttpRequest) -> HttpResponse:
    """Freeze the working plan as the form says."""
    form = FreezeForm(request.POST)

    def act() -> str:
        edition = services.freeze(by=rules.signed_in(request.user), **form.cleaned_data)
        return _("Edition %(number)s is frozen. It waits for approval.") % {
            "number": edition.number
        }

    return _carry_out(request, form, act, shown_as="freeze_form")


@login_required
@require_POST
def approve(request: HttpRequest, number: str) -> HttpResponse:
    """Record the approval as the form says."""
    edition = get_object_or_404(Edition, number=number)
    form = ApproveForm(request.POST, decisions=deciding.offered(number))

    def act() -> str:
        services.approve(edition, by=rules.signed_in(request.user), **form.cleaned_data)
        return _("Edition %(number)s is approved. Nothing in it can change any more.") % {
            "number": number
        }

    return _carry_out(request, form, act, shown_as="approve_form")


@login_required
@require_POST
def discard(request: HttpRequest, number: str) -> HttpResponse:
    """Give up an edition that waits for approval."""
    edition = get_object_or_404(Edition, number=number)
    form = DiscardForm(request.POST)

    def act() -> str:
        services.discard(edition, by=rules.signed_in(request.user), **form.cleaned_data)
        return _("Edition %(number)s is discarded. The working plan is as it was.") % {
            "number": number
        }

    return _carry_out(request, form, act, shown_as="discard_form")


@login_required
@require_POST
def explain_moves(request: HttpRequest) -> HttpResponse:
    """Keep the causes that were filled in."""
    try:
        changed = services.explain_moves(
            causes_from(request.POST), by=rules.signed_in(request.user)
        )
    except ValidationError as refusal:
        return _desk(request, cause_problems=refusal.messages, status=422)
    said = ngettext("%(count)d cause is saved.", "%(count)d causes are saved.", changed)
    messages.success(request, said % {"count": changed})
    return redirect("editions:desk")


def _carry_out(
    request: HttpRequest, form: forms.Form, act: Callable[[], str], *, shown_as: str
) -> HttpResponse:
    """Do what the form asks for, or show it again with what is wrong."""
    if form.is_valid():
        try:
            messages.success(request, act())
            return redirect("editions:desk")
        except ValidationError as refusal:
            _show_refusal(form, refusal)
    return _desk(request, **{shown_as: form}, status=422)


def _show_refusal(form: forms.Form, refusal: ValidationError) -> None:
    """Put each sentence of `refusal` on the form; those of a model's field on the whole form."""
    for message in refusal.messages:
        form.add_error(None, message)


def _desk(request: HttpRequest, *, status: int = 200, **shown: Any) -> HttpResponse:
    if not rules.can_read_draft(request.user):
        raise PermissionDenied
    rows = list(Edition.objects.select_related("previous", "frozen_by"))
    last = next((row for row in rows if row.state == State.APPROVED), None)
    waiting = next((row for row in rows if row.state == State.FROZEN), None)
    context = {
        "editions": [(row, _shelved(row)) for row in rows],
        "last": last,
        "waiting": waiting,
        "can_edit": rules.can_edit(request.user),
        "can_approve": rules.can_approve(request.user),
        "causes": Cause.Code.choices,
        "freeze_form": FreezeForm(initial={"title": last.title if last else ""}),
        "approve_form": ApproveForm(decisions=deciding.offered(waiting.number) if waiting else ()),
        "discard_form": DiscardForm(),
        **_since(last, request),
        **shown,
    }
    return render(request, "editions/desk.html", context, status=status)


def _shelved(row: Edition) -> queries.Shelved | None:
    """The edition's file, to say what is wrong with it; a discarded one has none here."""
    return None if row.state == State.DISCARDED else queries.shelved(row)


def _since(last: Edition | None, request: HttpRequest) -> dict[str, Any]:
    """How the working plan differs from the last approved edition."""
    if last is None:
        return {}
    comparison = compare(queries.shelved(last).plan, queries.draft())
    moved = moves(comparison)
    pages = Paginator(moved, MOVES_A_PAGE)
    return {
        "comparison": comparison,
        "total": len(comparison.changes),
        "moved": pages.get_page(request.GET.get("side")),
        "moved_total": len(moved),
        "unexplained": sum(move.is_unexplained for move in moved),
    }
