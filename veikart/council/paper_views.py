"""The desk's pages for papers: putting files in, who may see them, and the file itself for those who may."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from veikart.council import paper_files
from veikart.council.case_forms import (
    AccessForm,
    PapersForm,
    ReasonForm,
    ReplaceForm,
    TitleForm,
)
from veikart.council.case_views import case_page, label_choices
from veikart.council.models import Paper
from veikart.council.opening import (
    address,
    done,
    for_secretaries,
    opened_case,
    opened_paper,
    page,
    parts,
)
from veikart.council.sending import sent
from veikart.people import rules
from veikart.people.models import User


@for_secretaries
@require_POST
def put_in(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Put one file or several to a case."""
    case = opened_case(slug, key)
    form = PapersForm(request.POST, request.FILES, labels=label_choices(case), auto_id="nye-%s")
    by = rules.signed_in(request.user)

    def act() -> str:
        said = form.cleaned_data
        label, title = said["label"].strip().upper() or None, said["title"].strip() or None
        files = [paper_files.File(file.name, file.read(), label, title) for file in said["chosen"]]
        paper_files.put_in(case, files, form.terms, under=said["under"] or None, by=by)
        return address("case", case.pk)

    return done(request, form, act) or case_page(request, case, putting=form)


@for_secretaries
@require_safe
def show_paper(request: HttpRequest, slug: str, key: str, label: str) -> HttpResponse:
    """One paper: who may see it, and what can be done with it."""
    return _page(request, opened_paper(slug, key, label))


@for_secretaries
@require_POST
def act_on_paper(request: HttpRequest, slug: str, key: str, label: str, verb: str) -> HttpResponse:
    """Do with a paper what the form says."""
    paper = opened_paper(slug, key, label)
    if verb not in _VERBS:
        raise Http404(verb)
    form = _forms(paper, request, verb)[verb]
    by = rules.signed_in(request.user)

    def act() -> str:
        _VERBS[verb](paper, form, by)
        is_gone = not Paper.objects.filter(pk=paper.pk).exists()
        return address("case", paper.case_id) if is_gone else address("paper", paper.pk)

    return done(request, form, act) or _page(request, paper, bound={verb: form})


@for_secretaries
@require_safe
def send_paper(request: HttpRequest, slug: str, key: str, label: str) -> HttpResponse:
    """The file of a paper, byte for byte. Members have an address of their own for it."""
    return sent(opened_paper(slug, key, label), shows_pdf=False)


def _change_access(paper: Paper, form: Any, by: User) -> None:
    paper_files.change_access(paper, form.terms, by=by)


def _change_title(paper: Paper, form: Any, by: User) -> None:
    paper_files.change_title(paper, form.cleaned_data["title"], by=by)


def _replace(paper: Paper, form: Any, by: User) -> None:
    file = form.cleaned_data["file"]
    paper_files.replace_file(paper, file.name, file.read(), by=by)


def _remove(paper: Paper, form: Any, by: User) -> None:
    paper_files.remove(paper, reason=form.cleaned_data["reason"], by=by)


_VERBS: dict[str, Callable[[Paper, Any, User], None]] = {
    "innsyn": _change_access,
    "tittel": _change_title,
    "bytt": _replace,
    "ta-bort": _remove,
}
"""By the last part of the address that it is sent to."""


def _forms(paper: Paper, request: HttpRequest, sent: str | None) -> dict[str, Any]:
    given = {verb: request.POST if verb == sent else None for verb in _VERBS}
    files = request.FILES if sent == "bytt" else None
    return {
        "innsyn": AccessForm(given["innsyn"], of=paper, auto_id="innsyn-%s"),
        "tittel": TitleForm(
            given["tittel"], initial={"title": paper.title or ""}, auto_id="tittel-%s"
        ),
        "bytt": ReplaceForm(given["bytt"], files, auto_id="bytt-%s"),
        "ta-bort": ReasonForm(given["ta-bort"], auto_id="ta-bort-%s"),
    }


def _page(
    request: HttpRequest, paper: Paper, *, bound: dict[str, Any] | None = None
) -> HttpResponse:
    slug, key, label = parts(paper.pk)
    all_forms = _forms(paper, request, None) | (bound or {})
    context = {
        "paper": paper,
        "case": paper.case,
        "slug": slug,
        "key": key,
        "label": label,
        "forms": {verb.replace("-", "_"): form for verb, form in all_forms.items()},
        "open": next(iter(bound or {}), None),
        "problems": _problems(paper, bound or {}),
    }
    return page(request, "paper", context, wrong=bool(bound))


def _problems(paper: Paper, bound: dict[str, Any]) -> list[str]:
    """Why a form was refused that the page has no more, since the case was summoned for."""
    gone = [form for verb, form in bound.items() if verb in ("bytt", "ta-bort")]
    return [str(said) for form in gone if paper.case.is_public for said in form.non_field_errors()]
