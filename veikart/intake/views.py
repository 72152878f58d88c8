"""The desk: what to do first, files that were taken in, and one proposal with its decisions."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from veikart.consultations import queries as consultations
from veikart.documents import queries as documents
from veikart.documents.models import Document
from veikart.editions import queries as editions
from veikart.engines.proposal import Unreadable
from veikart.engines.readers.choose import COUNCIL
from veikart.indicators import results
from veikart.intake import council_showing, queries, reply_views, services, showing, wording
from veikart.intake.forms import DecisionForm, TakeInForm, given_from
from veikart.intake.models import Change, Proposal, ProposalRow, ProposalState, RowState
from veikart.outbox import queries as outbox
from veikart.people import rules
from veikart.plan.compare import compare

ROWS_A_PAGE = 100
ONLY_SOURCE = "kilde"
"""The filter for changed rows that have only another version or source."""
PROPOSALS_A_PAGE = 50
NO_PLACE_YET = "no_place_yet"
"""The caution of a file that was kept before there was anywhere to put what it says: it can be read again."""
FAILURES_SHOWN = 20


@login_required
@require_safe
def show_home(request: HttpRequest) -> HttpResponse:
    """The desk's front page: what waits, and what to do first."""
    _refuse_strangers(request)
    draft, current = editions.draft(), editions.current()
    context = {
        "is_empty": not draft.roadmap.deliverables,
        "deliverables": len(draft.roadmap.deliverables),
        "open_proposals": queries.open_proposals(),
        "waiting": editions.waiting(),
        "current": current,
        "changes": len(compare(current.plan, draft).changes) if current else 0,
        "stale_indicators": len(results.stale()),
        "matters": consultations.number_needing_a_person(),
        "messages_waiting": outbox.number_waiting(),
        "can_edit": rules.can_edit(request.user),
        "can_approve": rules.can_approve(request.user),
    }
    return render(request, "intake/home.html", context)


@login_required
def list_proposals(request: HttpRequest) -> HttpResponse:
    """All proposals and unreadable files; a file that is posted here is taken in."""
    _refuse_strangers(request)
    if request.method == "POST":
        return _take_in(request)
    return _list(request, TakeInForm())


@login_required
@require_safe
def show_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal: what it would change, row by row."""
    _refuse_strangers(request)
    return _proposal(request, _found(pk))


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or reject rows as the form says."""
    _refuse_strangers(request)
    proposal = _found(pk)
    rows = list(proposal.rows.all())
    form = DecisionForm(request.POST, known=_by_group(rows))
    if not form.is_valid():
        problems = [str(error) for errors in form.errors.values() for error in errors]
        return _proposal(request, proposal, problems=problems, status=422)
    if form.cleaned_data["verb"] == DecisionForm.REJECT:
        _reject(request, proposal, form.cleaned_data)
    else:
        _accept(request, proposal, form.cleaned_data)
    query = request.GET.urlencode()
    return redirect(proposal.get_absolute_url() + (f"?{query}" if query else ""))


@login_required
@require_POST
def read_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a file that was kept, and compare it with the working plan as it is now."""
    _refuse_strangers(request)
    document = _found(pk).document
    try:
        proposal = services.take_in(
            document.name, documents.content(document), by=rules.signed_in(request.user)
        )
    except (Unreadable, FileNotFoundError, ValueError) as problem:
        messages.error(request, _("The file cannot be read: %(why)s") % {"why": problem})
        return redirect("intake:proposal", pk)
    if proposal.state == ProposalState.CLOSED:
        messages.info(request, _("The file proposes nothing that is not decided already."))
    return redirect(proposal)


@login_required
@require_safe
def send_document(request: HttpRequest, sha256: str) -> HttpResponse:
    """A file as it was taken in, byte for byte, for those who may see it."""
    document = get_object_or_404(Document.objects.visible_to(request.user), sha256=sha256)
    try:
        content = documents.content(document)
    except (FileNotFoundError, ValueError) as problem:
        raise Http404(str(problem)) from problem
    return HttpResponse(
        content,
        content_type="application/octet-stream",
        headers={"Content-Disposition": _attachment(document.name)},
    )


def _take_in(request: HttpRequest) -> HttpResponse:
    form = TakeInForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, form, status=422)
    file = form.cleaned_data["file"]
    content = file.read()
    try:
        proposal = services.take_in(file.name, content, by=rules.signed_in(request.user))
    except Unreadable as refusal:
        if refusal.code in reply_views.REPLIES:
            return reply_views.received(request, file.name, content)
        for said in wording.refusal_sentences(refusal):
            form.add_error("file", said)
        form.add_error("file", _("The file is kept. The working plan is as it was."))
        return _list(request, form, status=422)
    if proposal.state == ProposalState.CLOSED:
        messages.info(request, _("The file proposes nothing that is not decided already."))
    return redirect(proposal)


def _accept(request: HttpRequest, proposal: Proposal, decision: dict[str, Any]) -> None:
    outcome = services.accept(
        proposal,
        _meant(request, proposal, decision),
        by=rules.signed_in(request.user),
        reason=decision["reason"],
        given=given_from(request.POST),
    )
    accepted, refused = len(outcome.accepted), len(outcome.refused)
    said = ngettext(
        "%(count)d row is accepted and in the working plan.",
        "%(count)d rows are accepted and in the working plan.",
        accepted,
    )
    messages.success(request, said % {"count": accepted})
    if refused:
        said = ngettext(
            "%(count)d row could not be accepted: %(why)s",
            "%(count)d rows could not be accepted, and each says why. The first: %(why)s",
            refused,
        )
        why = outcome.refused[0].message
        messages.warning(request, said % {"count": refused, "why": why})


def _by_group(rows: Iterable[ProposalRow]) -> dict[str, list[int]]:
    """The rows that can be decided, by the group that they are shown in."""
    found: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        found[council_showing.code_of(row)].append(row.pk)
    return found


def _meant(request: HttpRequest, proposal: Proposal, decision: dict[str, Any]) -> list[int]:
    """The rows that a decision is about; “all” are those of the filter that are not decided."""
    if decision["verb"] == DecisionForm.ACCEPT_ALL:
        rows = _rows(proposal, *_filters(request.GET))
    elif decision["verb"] == DecisionForm.ACCEPT_SOURCE:
        rows = _rows(proposal, ONLY_SOURCE, "")
    else:
        chosen: list[int] = decision["rows"]
        return chosen
    return list(rows.filter(state=RowState.PENDING).values_list("pk", flat=True))


def _reject(request: HttpRequest, proposal: Proposal, decision: dict[str, Any]) -> None:
    rows = services.reject(
        proposal, decision["rows"], by=rules.signed_in(request.user), reason=decision["reason"]
    )
    said = ngettext("%(count)d row is rejected.", "%(count)d rows are rejected.", len(rows))
    messages.success(request, said % {"count": len(rows)})


def _list(request: HttpRequest, form: TakeInForm, *, status: int = 200) -> HttpResponse:
    page = Paginator(queries.proposals(), PROPOSALS_A_PAGE).get_page(request.GET.get("side"))
    context = {
        "form": form,
        "proposals": page,
        "failed": list(queries.failed_readings()[:FAILURES_SHOWN]),
        "can_edit": rules.can_edit(request.user),
    }
    return render(request, "intake/list.html", context, status=status)


def _proposal(
    request: HttpRequest,
    proposal: Proposal,
    *,
    problems: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    counted = queries.tally(proposal)
    change, state = _filters(request.GET)
    rows = _rows(proposal, change, state)
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("side"))
    context = {
        "proposal": proposal,
        "page": page,
        **_shown(proposal, page.object_list),
        "cautions": showing.general(_said_now(proposal)),
        "can_read_again": proposal.state == ProposalState.CLOSED and rules.can_edit(request.user),
        "other_cautions": _other_cautions(proposal),
        "tally": counted,
        "pending_shown": rows.filter(state=RowState.PENDING).count(),
        "by_change": [
            *((code, label, counted.by_change.get(code, 0)) for code, label in Change.choices),
            (ONLY_SOURCE, _("Changed, but only the version or the source"), counted.only_source),
        ],
        "by_state": [
            (code, label, counted.by_state.get(code, 0)) for code, label in RowState.choices
        ],
        "change": change,
        "state": state,
        "query": _query(endring=change, tilstand=state),
        "can_edit": rules.can_edit(request.user),
        "can_decide": proposal.rows.exclude(state=RowState.ACCEPTED).exists(),
        "problems": problems,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "intake/proposal.html", context, status=status)


def _said_now(proposal: Proposal) -> list[dict[str, Any]]:
    """The cautions but for that of files that were kept before the plan had a place for councils."""
    return [caution for caution in proposal.cautions if caution["code"] != NO_PLACE_YET]


def _is_of_council(proposal: Proposal) -> bool:
    return proposal.reader in COUNCIL


def _shown(proposal: Proposal, rows: Iterable[ProposalRow]) -> dict[str, Any]:
    """The rows of a page: in groups for what a council treats, else one by one."""
    draft = editions.draft()
    if _is_of_council(proposal):
        everything = proposal.rows.all()
        return {"groups": council_showing.groups(rows, everything, proposal.cautions, draft)}
    return {"rows": showing.shown(rows, proposal.cautions, draft)}


def _other_cautions(proposal: Proposal) -> list[tuple[str, dict[str, Any]]]:
    """The cautions about what is as before, each with its place in the file."""
    if not proposal.cautions:
        return []
    places = proposal.rows.values_list("found_at", flat=True)
    find = council_showing.elsewhere if _is_of_council(proposal) else showing.about_unchanged
    others = find(proposal.cautions, places)
    return [(showing.place(caution), caution) for caution in others]


def _rows(proposal: Proposal, change: str, state: str) -> "QuerySet[Any]":
    rows = proposal.rows.select_related("decided_by", "rejected_before__proposal")
    if change == ONLY_SOURCE:
        rows = rows.filter(only_source=True)
    elif change:
        rows = rows.filter(change=change)
    return rows.filter(state=state) if state else rows


def _filters(given: QueryDict) -> tuple[str, str]:
    """The change and the decision that are asked for; empty for all."""
    change = _filter(given, "endring", [*Change.values, ONLY_SOURCE])
    return change, _filter(given, "tilstand", RowState.values)


def _filter(given: QueryDict, name: str, known: Collection[str]) -> str:
    value = str(given.get(name, ""))
    return value if value in known else ""


def _query(**given: str) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in given.items() if value})
    return f"{query.urlencode()}&" if query else ""


def _found(pk: int) -> Proposal:
    found: Proposal = get_object_or_404(
        Proposal.objects.select_related("document", "made_by"), pk=pk
    )
    return found


def _attachment(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"


def _refuse_strangers(request: HttpRequest) -> None:
    if not rules.can_read_draft(request.user):
        raise PermissionDenied
