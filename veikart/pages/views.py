"""The live pages: find what is to be read, render it, answer."""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_template
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from veikart.editions import queries
from veikart.pages.reading import Reading
from veikart.pages.render import render
from veikart.plan import follow_up_list, register, timeline
from veikart.plan.model import Plan

DRAFT = "utkast"
ABOUT_ONE = re.compile(r"(?:utgaver/|endringer/[\w-]+\.\.)(?P<number>[\w-]+)")
"""Pages about one edition, which may be one that waits for approval."""


@require_safe
def current(request: HttpRequest, path: str = "") -> HttpResponse:
    """A page of the edition that holds now. What is not public yet is for those signed in."""
    if path.startswith("endringer/") and path.endswith(f"..{DRAFT}"):
        return draft(request, path)
    editions = tuple(queries.editions())
    about = ABOUT_ONE.fullmatch(path)
    if about and about["number"] not in [kept.number for kept in editions]:
        return _waiting(request, about["number"], editions, path)
    if not editions:
        return render_template(request, "pages/unpublished.html", status=404)
    return _answer(request, _reading(editions[0], editions), path)


@require_safe
def edition(request: HttpRequest, number: str, path: str = "") -> HttpResponse:
    """A page as of another edition: an older one, or one that waits and the reader may see."""
    editions = tuple(queries.editions())
    wanted = next((kept for kept in editions if kept.number == number), None)
    if wanted is None:
        return _waiting(request, number, editions, path)
    return _answer(request, _reading(wanted, editions, f"utgave/{number}/"), path)


@require_safe
@login_required
def draft(request: HttpRequest, path: str = "") -> HttpResponse:
    """A page of the working draft, for those signed in."""
    reading = _reading(queries.working(), tuple(queries.editions()), f"{DRAFT}/")
    return _private(_answer(request, reading, path))


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing has this address: what to do now."""
    editions = tuple(queries.editions())
    if not editions:
        return render_template(request, "pages/unpublished.html", status=404)
    page = render(_reading(editions[0], editions), request.path.strip("/"))
    return HttpResponse(page.html, status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The one who is signed in may not do this."""
    return render_template(request, "design/403.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Something of ours failed; this page needs nothing that could fail too."""
    return render_template(request, "design/500.html", status=500)


def _waiting(
    request: HttpRequest, number: str, editions: tuple[queries.Shelved, ...], path: str
) -> HttpResponse:
    """A page of the edition that waits, for those who may read the draft; nobody else learns of it."""
    waiting = queries.waiting_for(request.user, number)
    if waiting is None:
        return missing(request)
    return _private(_answer(request, _reading(waiting, editions, f"utgave/{number}/"), path))


def _private(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "private, no-store"
    return answer


def _reading(
    shelved: queries.Shelved, editions: tuple[queries.Shelved, ...], prefix: str = ""
) -> Reading:
    return Reading(
        shelved=shelved, editions=editions, language=get_language() or "nb", prefix=prefix
    )


def _answer(request: HttpRequest, reading: Reading, path: str) -> HttpResponse:
    path = path.strip("/")
    asked = {name: request.GET.getlist(name) for name in request.GET}
    if path in PLAIN and asked:
        plain = PLAIN[path](asked, reading.plan)
        here = parse_qsl(request.META["QUERY_STRING"], keep_blank_values=True)
        if plain is not None and parse_qsl(plain) != here:
            address = "/" + request.path.lstrip("/")  # two slashes would be another host
            return HttpResponseRedirect(f"{address}?{plain}" if plain else address)
    page = render(reading, path, asked)
    if page.moved_to:
        return HttpResponseRedirect(page.moved_to)
    return HttpResponse(page.html, status=page.status)


def _plain_roadmap(asked: dict[str, list[str]], plan: Plan) -> str | None:
    view = timeline.parse(asked, plan)
    return None if view.unknown else timeline.query(view)


def _plain_register(asked: dict[str, list[str]], plan: Plan) -> str | None:
    found = register.parse(asked, plan)
    return None if found.unknown else register.query(found)


def _plain_follow_ups(asked: dict[str, list[str]], plan: Plan) -> str | None:
    wanted = follow_up_list.parse(asked, plan)
    return None if wanted.unknown else follow_up_list.query(wanted)


PLAIN: dict[str, Callable[[dict[str, list[str]], Plan], str | None]] = {
    "veikart": _plain_roadmap,
    "vedtak": _plain_register,
    "oppfolging": _plain_follow_ups,
}
"""The shortest query for the same view of a page; None where a value says nothing and the page tells so."""
