"""The desk's page of one reply: its points beside the original, and what is done with each."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from veikart.consultations import acting, anchoring, confirming, originals, queries
from veikart.consultations.acting import VERBS, Chosen, brief, points_of
from veikart.consultations.forms import AddressForm, MissedForm
from veikart.consultations.models import Reply
from veikart.consultations.opening import Opened, for_handlers, last_deed, opened, reply_in
from veikart.consultations.words import LACKING
from veikart.design.point_words import POINT_KINDS
from veikart.engines.handling.settling import answer_of, counts, lacking, status_of
from veikart.engines.handling.state import Point, State, number

POINTS_A_PAGE = 100


@for_handlers
@require_safe
def show_reply(request: HttpRequest, code: str, no: int) -> HttpResponse:
    """One reply: the chosen point with all that can be done, its place in the original, all points."""
    at = opened(request, code)
    return _reply(request, at, reply_in(at, no))


@for_handlers
@require_POST
def act(request: HttpRequest, code: str, no: int, verb: str) -> HttpResponse:
    """Do with the chosen point what the form says, and go on to the next that lacks something."""
    at = opened(request, code)
    reply, does = reply_in(at, no), VERBS.get(verb)
    point = _point(at, reply, request.POST.get("punkt", ""))
    if does is None or point is None:
        raise Http404(verb)
    on = Chosen(at, reply, point, _found(request, at, point))
    form = does.form(on, request.POST)
    state = _done(on, does, form)
    if state is None:
        return _reply(request, at, reply, bound={verb: form})
    messages.success(request, str(does.says))
    return redirect(_address(at, reply, _follows(at.state, state, on, moves_on=does.moves_on)))


@for_handlers
@require_POST
def mark_missed(request: HttpRequest, code: str, no: int) -> HttpResponse:
    """Add a point that the reader had missed."""
    at = opened(request, code)
    reply = reply_in(at, no)
    form = MissedForm(request.POST, auto_id="oversett-%s")
    if form.is_valid():
        try:
            state = acting.mark_missed(at, reply, form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The point is marked."))
            return redirect(
                _address(at, reply, max(map(number, state.points.keys() - at.state.points)))
            )
    return _reply(request, at, reply, bound={"oversett": form})


def _done(on: Chosen, does: acting.Verb, form: forms.Form) -> State | None:
    """The state after; None if it was refused, and the form says why."""
    if not form.is_valid():
        return None
    try:
        return does.act(on, form)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None


def _follows(before: State, after: State, on: Chosen, *, moves_on: bool) -> int:
    """The number of the point to show next: the one that was made, the next that waits, or the same."""
    made = sorted(map(number, after.points.keys() - before.points.keys()))
    if made:
        return made[0]
    return acting.next_after(after, on.point) if moves_on else number(on.point.uid)


def _address(at: Opened, reply: Reply, point: int) -> str:
    return reverse("consultations:reply", args=[at.code, reply.no]) + f"?punkt={point}#punkt"


def _point(at: Opened, reply: Reply, given: str) -> Point | None:
    """The standing point of the number `given`."""
    found = at.state.points.get(f"{reply.uid}/punkt/{given}")
    return found if found and found.gone is None else None


def _found(request: HttpRequest, at: Opened, point: Point) -> tuple[Any, ...]:
    """The anchors that are looked for: by words, or what the engine proposes."""
    query = request.GET.get("sok", request.POST.get("sok"))
    if query is None:
        return ()
    if query.strip():
        return tuple(anchoring.searched(query))
    return tuple(anchoring.proposed(at.state.text_of(point), point.heading_path))


def _reply(
    request: HttpRequest, at: Opened, reply: Reply, *, bound: dict[str, forms.Form] | None = None
) -> HttpResponse:
    points = points_of(at.state, reply.uid)
    lacks = {each.point: each.lack for each in lacking(at.state)}
    chosen = _chosen(request, at, reply, points, lacks)
    page = Paginator(points, POINTS_A_PAGE).get_page(request.GET.get("side"))
    context = {
        "at": at,
        "reply": reply,
        "held": at.state.replies.get(reply.uid),
        "counts": counts(at.state, reply.uid),
        "replies": _neighbours(at, reply),
        "page": page,
        "query": f"punkt={number(chosen.uid)}&" if chosen else "",
        "rows": [_row(at.state, each, lacks) for each in page.object_list],
        "unconfirmed": sum(1 for each in points if not each.confirmed and each.aside is None),
        "last": last_deed(at),
        "here": _address(at, reply, number(chosen.uid) if chosen else 1),
        "confirming": confirming.standings(at.state, [reply])[reply.uid],
        "address_form": AddressForm(auto_id="adresse-%s"),
        "missed": (bound or {}).get("oversett") or MissedForm(auto_id="oversett-%s"),
        **(_beside(request, at, reply, chosen, points, bound or {}) if chosen else {}),
    }
    status = 422 if bound else 200
    return render(request, "consultations/reply.html", context, status=status)


def _chosen(
    request: HttpRequest, at: Opened, reply: Reply, points: list[Point], lacks: dict[str, Any]
) -> Point | None:
    """The point that is asked for; else the first that lacks something; else the first."""
    asked = _point(at, reply, request.POST.get("punkt") or request.GET.get("punkt", ""))
    waiting = (each for each in points if each.uid in lacks)
    return asked or next(waiting, points[0] if points else None)


def _beside(
    request: HttpRequest,
    at: Opened,
    reply: Reply,
    point: Point,
    points: list[Point],
    bound: dict[str, forms.Form],
) -> dict[str, Any]:
    """The chosen point, its forms, its neighbours and the page of the original it stands on."""
    on = Chosen(at, reply, point, _found(request, at, point))
    place = points.index(point)
    return {
        "point": point,
        "no": number(point.uid),
        "place": place + 1,
        "total": len(points),
        "text": on.text,
        "kind": POINT_KINDS[point.kind],
        "answer": answer_of(at.state, point),
        "themes": at.state.themes_of(point.uid),
        "before": number(points[place - 1].uid) if place else None,
        "after": number(points[place + 1].uid) if place + 1 < len(points) else None,
        "forms": {
            verb.replace("-", "_"): bound.get(verb) or does.form(on, None)
            for verb, does in VERBS.items()
        },
        "refused": bool(bound),
        "open": next(iter(bound), "anker" if "sok" in request.GET else None),
        "search": request.GET.get("sok", ""),
        **_original(at.state, reply, point, points),
    }


def _original(state: State, reply: Reply, chosen: Point, points: list[Point]) -> dict[str, Any]:
    """The page that the chosen point stands on, with the places of all points on it; else why not."""
    place = acting.place_of(state, chosen)
    document = originals.file_of(reply, place)
    if document is None:
        return {"sheets": []}
    found = originals.sheets(document)
    shown = [each for each in found if place and each.number == place.page] or list(found[:1])
    marked = (
        (each, originals.marked(each.text, _places(state, each, points, chosen))) for each in shown
    )
    sheets = [{"sheet": each, "text": originals.written(pieces)} for each, pieces in marked]
    return {"sheets": sheets, "original": document, "not_shown": originals.problem(document)}


def _places(
    state: State, sheet: originals.Sheet, points: list[Point], chosen: Point
) -> list[originals.Place]:
    found = []
    for point in points:
        place = acting.place_of(state, point)
        if place is None or place.page != sheet.number:
            continue
        if place.file in (None, sheet.document.sha256):
            is_chosen = point.uid == chosen.uid
            found.append(
                originals.Place(place.start, place.end, number(point.uid), is_chosen=is_chosen)
            )
    return found


def _row(state: State, point: Point, lacks: dict[str, Any]) -> dict[str, Any]:
    lack = lacks.get(point.uid)
    return {
        "no": number(point.uid),
        "text": brief(state.text_of(point)),
        "kind": POINT_KINDS[point.kind],
        "status": status_of(state, point),
        "lack": LACKING[lack] if lack else None,
    }


def _neighbours(at: Opened, reply: Reply) -> dict[str, int | None]:
    """The numbers of the replies before and after."""
    numbers = sorted({each.no for each in queries.newest_replies(at.hearing.uid).values()})
    place = numbers.index(reply.no)
    return {
        "before": numbers[place - 1] if place else None,
        "after": numbers[place + 1] if place + 1 < len(numbers) else None,
    }
