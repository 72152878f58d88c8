"""The desk's pages on figures: how each indicator stands, and taking in a file of them."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from veikart.documents import queries as documents
from veikart.documents import services as keeping
from veikart.documents.models import Document
from veikart.engines.proposal import Unreadable
from veikart.indicators import definitions, queries, results, withdrawing
from veikart.indicators.models import Indicator
from veikart.intake import wording
from veikart.intake.fault_words import by_code
from veikart.intake.series_forms import (
    FiguresFileForm,
    KeepFiguresForm,
    MappingForm,
    TemplateForm,
    WithdrawalForm,
)
from veikart.people import rules
from veikart.plan.indicators import DataSet

if TYPE_CHECKING:
    from veikart.indicators.previewing import Preview
    from veikart.indicators.small_numbers import SmallNumbers

AT_ONCE = 20_000
"""At most so many rows of data are computed while the person waits; more by command."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def list_indicators(request: HttpRequest) -> HttpResponse:
    """Every indicator and the state of its data."""
    _refuse_strangers(request)
    stale = set(results.stale())
    listed = [
        {
            "standing": standing,
            "kind": dict(Indicator.Kind.choices).get(standing.indicator.kind or ""),
            "last": standing.current[-1] if standing.current else None,
            "is_stale": standing.indicator.uid in stale,
            "cautions": len(definitions.cautions(standing.indicator)),
        }
        for standing in queries.standings()
    ]
    return render(request, "intake/series_list.html", {"listed": listed})


@login_required
def show_indicator(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: its data sets and what to do; a file that is posted here is kept and read."""
    _refuse_strangers(request)
    standing = _found(code)
    if request.method != "POST":
        return _indicator(request, standing, FiguresFileForm())
    _refuse_readers(request)
    form = FiguresFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _indicator(request, standing, form, status=422)
    file, by = form.cleaned_data["file"], rules.signed_in(request.user)
    document = keeping.keep_for_editors(file.name, file.read(), by=by)
    return redirect("intake:figures", code=code, sha256=document.sha256)


@login_required
def show_figures(request: HttpRequest, code: str, sha256: str) -> HttpResponse:
    """A kept file as figures: how its columns are read, what that gives, and keeping it."""
    _refuse_strangers(request)
    standing = _found(code)
    document = get_object_or_404(Document.objects.visible_to(request.user), sha256=sha256)
    if request.method == "POST":
        _refuse_readers(request)
    try:
        return _figures(request, standing, document)
    except Unreadable as refusal:
        context = {
            "standing": standing,
            "document": document,
            "problems": wording.refusal_sentences(refusal),
        }
        return render(request, "intake/series_unreadable.html", context, status=422)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("intake:indicator", code=code)


@login_required
@require_safe
def send_template(request: HttpRequest, code: str) -> HttpResponse:
    """The XLSX for owners to fill in for a year."""
    _refuse_strangers(request)
    standing = _found(code)
    form = TemplateForm(request.GET)
    if not form.is_valid():
        return _indicator(request, standing, FiguresFileForm(), template=form, status=422)
    # It loads Arrow, which only those need who work with figures.
    from veikart.indicators import owners_workbook  # noqa: PLC0415

    uid, year = standing.indicator.uid, form.cleaned_data["aar"]
    try:
        name, content = owners_workbook.template(uid, year=year)
    except ValidationError as refusal:
        form.add_error("aar", refusal)
        return _indicator(request, standing, FiguresFileForm(), template=form, status=422)
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})


@login_required
@require_POST
def compute(request: HttpRequest, code: str) -> HttpResponse:
    """Compute one indicator from its data sets."""
    _refuse_readers(request)
    _compute(request, _found(code))
    return redirect("intake:indicator", code=code)


@login_required
def withdraw(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Withdraw a data set that proved wrong, and compute the figures from what is left."""
    _refuse_readers(request)
    standing = _found(code)
    data_set = _data_set(standing, f"datasett/{number}")
    form = WithdrawalForm(request.POST or None)
    if form.is_valid():
        try:
            by = rules.signed_in(request.user)
            withdrawing.withdraw(data_set.uid, reason=form.cleaned_data["reason"], by=by)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The data set is withdrawn. Its file stays."))
            _compute_what_is_left(request, _found(code))
            return redirect("intake:indicator", code=code)
    context = {"standing": standing, "data_set": data_set, "form": form}
    return render(
        request, "intake/series_withdraw.html", context, status=422 if form.errors else 200
    )


def _figures(request: HttpRequest, standing: queries.Standing, document: Document) -> HttpResponse:
    # It loads Arrow, which only those need who work with figures.
    from veikart.indicators import previewing  # noqa: PLC0415

    uid, content = standing.indicator.uid, _content(document)
    if request.method != "POST":
        preview = previewing.preview(uid, document.name, content)
        initial = {"as_of": timezone.localdate(), "source": preview.raw.source or document.name}
        return _page(request, standing, document, preview, KeepFiguresForm(initial=initial))
    columns = previewing.read(document.name, content).table.column_names
    mapping_form = MappingForm(request.POST, columns=columns, indicator=standing.indicator)
    keep_form = KeepFiguresForm(request.POST if request.POST.get("verb") == "keep" else None)
    if request.POST.get("verb") != "keep":
        keep_form = KeepFiguresForm(initial=request.POST.dict())
    mapping = mapping_form.cleaned_data["mapping"] if mapping_form.is_valid() else None
    preview = previewing.preview(uid, document.name, content, mapping=mapping)
    if mapping and keep_form.is_bound and keep_form.is_valid() and not preview.refused:
        try:
            return _keep(request, standing, document, mapping, keep_form.cleaned_data)
        except ValidationError as refusal:
            keep_form.add_error(None, refusal)
    return _page(request, standing, document, preview, keep_form, mapping_form=mapping_form)


def _keep(
    request: HttpRequest,
    standing: queries.Standing,
    document: Document,
    mapping: Any,
    given: dict[str, Any],
) -> HttpResponse:
    from veikart.indicators import taking_in  # noqa: PLC0415 (as above)

    taken = taking_in.take_in_data_set(
        standing.indicator.uid,
        document.name,
        _content(document),
        mapping=mapping,
        as_of=given["as_of"],
        source=given["source"],
        address=given["address"] or None,
        note=given["note"] or None,
        by=rules.signed_in(request.user),
    )
    if taken.is_new:
        _tell_kept(request, taken.data_set.rows)
        _compute_what_is_left(request, _found(standing.indicator.code))
    else:
        _tell_known(request, _data_set(standing, taken.data_set.uid))
    return redirect("intake:indicator", code=standing.indicator.code)


def _tell_kept(request: HttpRequest, rows: int) -> None:
    said = ngettext(
        "The data set is kept: %(count)d row.", "The data set is kept: %(count)d rows.", rows
    )
    messages.success(request, said % {"count": rows})


def _tell_known(request: HttpRequest, data_set: DataSet) -> None:
    if data_set.withdrawn is None:
        messages.info(
            request,
            _("These figures were taken in already. Nothing is changed, nothing is stored."),
        )
        return
    said = _("These figures were withdrawn: %(reason)s Nothing is changed, nothing is stored.")
    messages.warning(request, said % {"reason": data_set.withdrawn})


def _compute_what_is_left(request: HttpRequest, standing: queries.Standing) -> None:
    """Compute the indicator while the person waits, if it is small enough."""
    if sum(each.rows for each in standing.current) <= AT_ONCE:
        _compute(request, standing)
        return
    messages.warning(
        request,
        _("It is large, so compute it with the command: veikart indicators compute %(uid)s")
        % {"uid": standing.indicator.uid},
    )


def _compute(request: HttpRequest, standing: queries.Standing) -> None:
    by = rules.signed_in(request.user)
    (outcome,) = results.compute_many([standing.indicator.uid], by=by)
    if outcome.verb == "failed":
        said = _("The figures could not be computed: %(why)s")
        messages.error(request, said % {"why": outcome.problem})
    elif outcome.verb == "no_data":
        messages.warning(request, _("There is nothing to compute yet: no data are reported."))
    else:
        messages.success(request, _("The figures are computed. The working draft shows them."))


def _indicator(
    request: HttpRequest,
    standing: queries.Standing,
    form: FiguresFileForm,
    *,
    template: TemplateForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "standing": standing,
        "cautions": definitions.cautions(standing.indicator),
        "data_sets": list(reversed(standing.data_sets)),
        "is_stale": results.is_stale(standing),
        "form": form,
        "template": template or TemplateForm(initial={"aar": timezone.localdate().year}),
        "can_edit": rules.can_edit(request.user),
    }
    return render(request, "intake/series_one.html", context, status=status)


def _page(
    request: HttpRequest,
    standing: queries.Standing,
    document: Document,
    preview: "Preview",
    keep_form: KeepFiguresForm,
    *,
    mapping_form: MappingForm | None = None,
) -> HttpResponse:
    if mapping_form is None or mapping_form.is_valid():
        mapping_form = MappingForm(
            initial=MappingForm.values_of(preview.mapping),
            columns=preview.raw.table.column_names,
            indicator=standing.indicator,
        )
    posted = request.method == "POST"
    context = {
        "standing": standing,
        "document": document,
        "preview": preview,
        "faults": by_code(preview.counts, preview.faults),
        "small": _small_numbers(preview, standing),
        "mapping_form": mapping_form,
        "form": keep_form,
        "can_edit": rules.can_edit(request.user),
    }
    wrong = posted and request.POST.get("verb") == "keep"
    return render(request, "intake/series_file.html", context, status=422 if wrong else 200)


def _small_numbers(preview: "Preview", standing: queries.Standing) -> "SmallNumbers | None":
    if preview.refused or standing.indicator.smallest is None:
        return None
    # It loads the calculation engine, which only those need whose figures hide something.
    from veikart.indicators.small_numbers import small_numbers  # noqa: PLC0415

    return small_numbers(
        preview.table, definition=standing.indicator, backend=results.Backend().get()
    )


def _content(document: Document) -> bytes:
    try:
        return documents.content(document)
    except (FileNotFoundError, ValueError) as problem:
        raise Http404(str(problem)) from problem


def _found(code: str) -> queries.Standing:
    found = queries.standing(f"indikator/{code}")
    if found is None:
        raise Http404(reverse("intake:indicators"))
    return found


def _data_set(standing: queries.Standing, uid: str) -> DataSet:
    found = next((each for each in standing.data_sets if each.uid == uid), None)
    if found is None:
        raise Http404(uid)
    return found


def _refuse_strangers(request: HttpRequest) -> None:
    if not rules.can_read_draft(request.user):
        raise PermissionDenied


def _refuse_readers(request: HttpRequest) -> None:
    if not rules.can_edit(request.user):
        raise PermissionDenied
