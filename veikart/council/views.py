"""The desk of councils: all bodies, one of them, and its cases."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from veikart.council import overview
from veikart.council.opening import for_secretaries, opened_body, page, parts

CASES_A_PAGE = 100


@for_secretaries
@require_safe
def list_bodies(request: HttpRequest) -> HttpResponse:
    """Every body: its next meeting, what waits for an agenda, and what is overdue."""
    return page(request, "bodies", {"listed": overview.standings(on=timezone.localdate())})


@for_secretaries
@require_safe
def show_body(request: HttpRequest, slug: str) -> HttpResponse:
    """One body: meetings, cases that wait, open follow-ups, and who has the seats today."""
    body = opened_body(slug)
    today = timezone.localdate()
    context = {
        "whole": overview.whole(body, on=today),
        "names": body.earlier_names.all(),
        "today": today,
    }
    return page(request, "body", context)


@for_secretaries
@require_safe
def list_cases(request: HttpRequest, slug: str) -> HttpResponse:
    """Every case of a body, the newest first."""
    body = opened_body(slug)
    rows = Paginator(overview.cases_of(body), CASES_A_PAGE).get_page(request.GET.get("side"))
    listed = [(parts(uid)[1], number, title) for uid, number, title in rows.object_list]
    return page(request, "cases", {"body": body, "slug": slug, "page": rows, "listed": listed})
