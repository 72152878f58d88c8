"""The desk's pages of what is to be followed up: the list, one of them with its answer, and a new one."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from veikart.council import following_up, member_rules
from veikart.council import rules as council
from veikart.council.following_up import Asked
from veikart.council.models import Case, Decision, FollowUp, Meeting
from veikart.council.opening import address, done, for_secretaries, opened_meeting, page
from veikart.council.treating_forms import AnswerForm, FilterForm, FollowUpForm, SaidForm
from veikart.people import rules

FOLLOW_UPS_A_PAGE = 50


@login_required
@require_safe
def list_follow_ups(request: HttpRequest) -> HttpResponse:
    """What is to be followed up, as far as one may see it; by body, state and whether it is overdue."""
    today = timezone.localdate()
    form = FilterForm(request.GET)
    rows = following_up.visible_to(request.user, on=today)
    shown = Paginator(_filtered(rows, form), FOLLOW_UPS_A_PAGE).get_page(request.GET.get("side"))
    asked = request.GET.copy()
    asked.pop("side", None)
    context = {
        "form": form,
        "page": shown,
        "today": today,
        "total": rows.count(),
        "overdue": rows.filter(state=FollowUp.State.OPEN, due__lt=today).count(),
        "is_secretary": council.can_prepare(request.user),
        "query": f"{asked.urlencode()}&" if asked else "",
    }
    return page(request, "follow_ups", context)


@login_required
def show_follow_up(request: HttpRequest, uid: str) -> HttpResponse:
    """One thing that is to be done: what, who, until when, and its answer; for those whose it is, and editors."""
    today = timezone.localdate()
    rows = following_up.visible_to(request.user, on=today)
    follow_up = get_object_or_404(rows.select_related("decision"), pk=uid)
    deeds = _deeds(follow_up, request)
    verb = request.POST.get("gjor", "") if request.method == "POST" else ""
    if request.method == "POST":
        if verb not in deeds:
            raise PermissionDenied
        form, act = deeds[verb]
        answered = done(request, form, lambda: _after(act, request.path))
        if answered:
            return answered
    context = {
        "follow_up": follow_up,
        "is_overdue": _is_overdue(follow_up, today),
        "forms": {name.replace("-", "_"): form for name, (form, _act) in deeds.items()},
        "refused": verb,
        "may_read_case": _may_read_case(request, follow_up),
        "is_withheld": any(case.basis for case in following_up.cases_of(follow_up)),
        "is_secretary": council.can_prepare(request.user),
    }
    return page(request, "follow_up", context, wrong=bool(verb))


@for_secretaries
def ask(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Have somebody do something: after a decision, in a case, or after the meeting as a whole."""
    meeting = opened_meeting(slug, key)
    decision, case = _comes_of(request, meeting)
    form = FollowUpForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        said, by = form.cleaned_data, rules.signed_in(request.user)
        organisation = said["organisation"]
        asked = Asked(
            what=said["what"],
            who=said["who"] or (organisation.name if organisation else None),
            organisation=organisation.pk if organisation else None,
            due=said["due"],
            due_said=said["due_said"] or None,
        )
        if decision is not None:
            following_up.ask_after_decision(decision, asked, by=by)
        elif case is not None:
            following_up.ask_in_case(case, meeting, asked, by=by)
        else:
            following_up.ask_after_meeting(meeting, asked, by=by)
        return address("treat", meeting.uid)

    answered = done(request, form, act) if form.is_bound else None
    context = {"meeting": meeting, "case": case, "decision": decision, "form": form}
    return answered or page(request, "ask", context, wrong=form.is_bound)


def _filtered(rows: "QuerySet[FollowUp]", form: FilterForm) -> "QuerySet[FollowUp]":
    if not form.is_valid():
        return rows
    said = form.cleaned_data
    if said["body"]:
        rows = rows.filter(body=said["body"])
    if said["state"] == "overdue":
        return rows.filter(state=FollowUp.State.OPEN, due__lt=timezone.localdate())
    return rows.filter(state=said["state"]) if said["state"] else rows


def _deeds(
    follow_up: FollowUp, request: HttpRequest
) -> dict[str, tuple[forms.Form, Callable[[], None]]]:
    """What `user` can do with it by now: the form of each deed, and the deed."""
    today, by = timezone.localdate(), rules.signed_in(request.user)
    verb = request.POST.get("gjor", "") if request.method == "POST" else ""
    found: dict[str, tuple[forms.Form, Callable[[], None]]] = {}

    def made(name: str, kind: type[forms.Form], **options: Any) -> forms.Form:
        return kind(request.POST if verb == name else None, auto_id=f"{name}-%s", **options)

    is_dropped = follow_up.state == FollowUp.State.DROPPED
    if not is_dropped and following_up.can_answer(by, follow_up, on=today):
        initial = {"answer": follow_up.answer or "", "is_done": _how_far(follow_up)}
        answer = made("svar", AnswerForm, initial=initial)
        found["svar"] = (
            answer,
            lambda: following_up.answer(
                follow_up,
                answer.cleaned_data["answer"],
                is_done=answer.cleaned_data["is_done"],
                by=by,
                on=today,
            ),
        )
    if council.can_prepare(by):
        is_open = follow_up.state == FollowUp.State.OPEN
        name = "legg-bort" if is_open else "ta-opp"
        deed = following_up.drop if is_open else following_up.take_up
        reason = made(name, SaidForm)
        found[name] = (
            reason,
            lambda: deed(follow_up, reason.cleaned_data["reason"], by=by, on=today),
        )
    return found


def _how_far(follow_up: FollowUp) -> str | None:
    if follow_up.state == FollowUp.State.DONE:
        return "ja"
    return "nei" if follow_up.answer else None


def _after(act: Callable[[], None], to: str) -> str:
    act()
    return to


def _is_overdue(follow_up: FollowUp, on: Any) -> bool:
    is_open = follow_up.state == FollowUp.State.OPEN
    return is_open and follow_up.due is not None and bool(follow_up.due < on)


def _may_read_case(request: HttpRequest, follow_up: FollowUp) -> bool:
    """Whether what it comes of may be named: a public case, or one of the reader's own body."""
    if council.can_prepare(request.user):
        return True
    today = timezone.localdate()
    return all(
        (case.is_public and case.basis is None)
        or member_rules.is_treated_for(request.user, case, on=today)
        for case in following_up.cases_of(follow_up)
    )


def _comes_of(request: HttpRequest, meeting: Meeting) -> tuple[Decision | None, Case | None]:
    """What the address says that a new follow-up comes of. Raises Http404 for what is not of the meeting."""
    given = cast("dict[str, str]", request.GET)
    decision, case = given.get("vedtak"), given.get("sak")
    if decision:
        rows = Decision.objects.select_related("case__body")
        found = rows.filter(pk=decision, meeting=meeting).first()
        if found is None:
            raise Http404(decision)
        return found, found.case
    if case:
        listed = Case.objects.filter(pk=case, agenda_items__meeting=meeting).first()
        if listed is None:
            raise Http404(case)
        return None, listed
    return None, None
