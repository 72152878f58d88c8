"""The desk's pages on which a decision is entered, and corrected."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from veikart.council import deciding, kinds, minuting, passing_on
from veikart.council.decision_forms import DecisionForm, dissent_forms, effect_forms
from veikart.council.models import Case, Comment, Decision, Fixed, Meeting
from veikart.council.opening import (
    address,
    for_secretaries,
    opened_case,
    opened_meeting,
    page,
)
from veikart.design.marking import marked
from veikart.people import rules
from veikart.people.desk import told
from veikart.people.models import User


@dataclass(frozen=True)
class Filled:
    """The forms of a decision as they were filled in."""

    form: DecisionForm
    dissents: Any
    effects: Any

    def is_valid(self) -> bool:
        """Whether all of them are; each is asked, so that each says what is wrong."""
        return all([self.form.is_valid(), self.dissents.is_valid(), self.effects.is_valid()])

    def said(self, proposal: str | None) -> deciding.Said:
        """What services take."""
        return self.form.said(proposal, self.dissents, self.effects)


@for_secretaries
def decide(request: HttpRequest, slug: str, key: str, case: str) -> HttpResponse:
    """What was decided in a case at a meeting: the proposal filled in; sent, it is kept."""
    meeting = opened_meeting(slug, key)
    treated = _on_agenda(meeting, case)
    waiting = []
    if treated.fixed == Fixed.MINUTES:
        waiting = minuting.to_approve(meeting.body_id, before=meeting)
    data = request.POST if request.method == "POST" else None
    initial = {
        "text": treated.proposal or "",
        "decided_on": meeting.held_on,
        "minutes": [each.pk for each in waiting[:1]],
    }
    filled = Filled(
        DecisionForm(data, minutes=waiting, initial=initial),
        dissent_forms(data),
        effect_forms(data),
    )
    if data is not None and filled.is_valid():
        try:
            _decide(meeting, treated, filled, by=rules.signed_in(request.user))
        except ValidationError as refusal:
            told(filled.form, refusal)
        else:
            messages.success(request, _kept(treated))
            return redirect(address("treat", meeting.uid))
    return _page(request, filled, treated, meeting=meeting)


@for_secretaries
def correct(request: HttpRequest, slug: str, key: str, no: int) -> HttpResponse:
    """A decision that there is. Once others may have read it, correcting it needs a reason."""
    case = opened_case(slug, key)
    uid = f"{case.uid}/vedtak" if no == 1 else f"{case.uid}/vedtak/{no}"
    decision = get_object_or_404(Decision.objects.select_related("meeting__body"), pk=uid)
    held = kinds.DECISION.load([uid])[uid]
    why = deciding.why_reason(decision)
    data = request.POST if request.method == "POST" else None
    names = ("text", "title", "decided_on", "votes_for", "votes_against", "votes_blank")
    initial = {name: getattr(held, name) for name in names}
    if held.result not in (None, deciding.result_of(held.text, held.proposal)):
        initial["result"] = held.result
    filled = Filled(
        DecisionForm(data, is_given=why is not None, initial=initial),
        dissent_forms(data, of=held.dissents),
        effect_forms(data, of=held.effects),
    )
    if data is not None and filled.is_valid():
        reason = filled.form.cleaned_data.get("reason", "")
        by = rules.signed_in(request.user)
        try:
            deciding.correct(decision, filled.said(held.proposal), by=by, reason=reason)
        except ValidationError as refusal:
            told(filled.form, refusal)
        else:
            messages.success(request, _("It is kept. How it was before is in the record."))
            to = address("treat", decision.meeting_id) if decision.meeting_id else request.path
            return redirect(to)
    return _page(request, filled, case, meeting=decision.meeting, decision=decision, why=why)


@transaction.atomic
def _decide(meeting: Meeting, case: Case, filled: Filled, *, by: User) -> None:
    """Enter the decision, and freeze the minutes that it approves."""
    said = filled.said(case.proposal)
    deciding.decide(meeting, case, said, by=by)
    on = said.decided_on or meeting.held_on or timezone.localdate()
    for earlier in filled.form.cleaned_data.get("minutes", ()):
        minuting.approve(earlier, by=by, on=on, at=meeting)


def _kept(case: Case) -> str:
    """What is said of a decision that is kept: whether the public sees it."""
    if case.basis is not None:
        return _("The decision is kept. The case is withheld, so the public does not see it.")
    if not case.is_public:
        return _("The decision is kept. The case is not public yet, so the public does not see it.")
    return _("The decision is kept. The public sees it with the next edition.")


def _on_agenda(meeting: Meeting, key: str) -> Case:
    rows = Case.objects.filter(agenda_items__meeting=meeting, uid__endswith=f"/{key}")
    found = rows.select_related("body").first()
    if found is None:
        raise Http404(key)
    return found


def _page(
    request: HttpRequest,
    filled: Filled,
    case: Case,
    *,
    meeting: Meeting | None,
    decision: Decision | None = None,
    why: str | None = None,
) -> HttpResponse:
    others = Decision.objects.filter(case=case).exclude(pk=decision.pk if decision else None)
    is_sent = filled.form.is_bound
    context = {
        "form": filled.form,
        "dissents": filled.dissents,
        "effects": filled.effects,
        "case": case,
        "meeting": meeting,
        "decision": decision,
        "why": why,
        "others": others.order_by("uid"),
        "steps": passing_on.path(case),
        "comments": Comment.objects.filter(case=case, withdrawn_at=None).select_related("seat"),
        "compared": _compared(decision) if decision else None,
        "versions": deciding.versions(decision) if decision else (),
    }
    return page(request, "decide", context, wrong=is_sent)


def _compared(decision: Decision) -> Any:
    """The proposal and the decision with the words that differ marked; None where they say the same."""
    proposal, text = decision.proposal, decision.text
    return marked(proposal, text) if proposal and proposal.split() != text.split() else None
