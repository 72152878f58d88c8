"""The desk's page of a meeting: its agenda, which is put in order by buttons and works by keyboard alone.

All lines are one form: whichever button is pressed, the minutes that were typed are kept too. What was moved is
told in the live region and keeps the focus.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from veikart.council import agenda_lines, agendas, coming_back, summoning
from veikart.council.agendas import Agenda
from veikart.council.fields import time_of
from veikart.council.meeting_forms import (
    AddCaseForm,
    BreakForm,
    ContinueForm,
    MakeForm,
    minutes_of,
)
from veikart.council.models import Case, Meeting
from veikart.council.opening import address, for_secretaries, opened_meeting, page, parts, refused
from veikart.people import rules
from veikart.people.desk import told as tell_form
from veikart.people.models import User

MOVE = re.compile(r"(opp|ned|forst|etter|ut)-(\d{1,4})")
"""What a button of a line says: up, down, first, after another, out; and the number of the line."""


@for_secretaries
@require_safe
def show_meeting(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One meeting: when and where, its agenda, and what is to be done with it."""
    return _page(request, opened_meeting(slug, key))


@for_secretaries
@require_POST
def make_agenda(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Make the agenda of what every meeting has and of the cases that were chosen."""
    meeting = opened_meeting(slug, key)
    form = MakeForm(request.POST, cases=_choices(agendas.waiting(meeting.body_id)))
    by = rules.signed_in(request.user)
    if form.is_valid():
        chosen = form.cleaned_data["cases"]
        try:
            agendas.make(meeting, chosen, by=by, on=timezone.localdate())
        except ValidationError as refusal:
            refused(request, refusal)
        else:
            messages.success(request, _("The agenda is made. Put it in order below."))
            return redirect(f"{address('meeting', meeting.pk)}?etter=laget")
    return redirect(address("meeting", meeting.pk))


@for_secretaries
@require_POST
def order(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Keep the minutes that were typed, and do what the pressed button says with its line."""
    meeting = opened_meeting(slug, key)
    by = rules.signed_in(request.user)
    typed, wrong = _typed(request.POST)
    if wrong:
        return _page(request, meeting, typed=request.POST, wrong=wrong)
    said = MOVE.fullmatch(request.POST.get("gjor", ""))
    try:
        now = _set(meeting, request.POST.get("stempel", ""), typed, by=by)
        here = _moved(request, meeting, now, said, by=by) if said else None
    except ValidationError as refusal:
        refused(request, refusal)
        return redirect(address("meeting", meeting.pk))
    if here is None and not said:
        messages.success(request, _("The times are kept."))
    to = address("meeting", meeting.pk)
    if here is None or said is None:
        return redirect(to)
    # Where nothing runs in the browser, the fragment gives the focus; htmx does by `autofocus`.
    button = "ned" if said[1] == "ned" else "opp"
    return redirect(f"{to}?linje={here}&knapp={button}#{button}-{here}")


@for_secretaries
@require_POST
def add(request: HttpRequest, slug: str, key: str, verb: str) -> HttpResponse:
    """Put a case, a break or the going on of a case into the agenda."""
    meeting = opened_meeting(slug, key)
    by = rules.signed_in(request.user)
    now = agendas.agenda_of(meeting)
    form = _forms(now, request.POST).get(verb)
    if form is None:
        return redirect(address("meeting", meeting.pk))
    if form.is_valid():
        stamp = request.POST.get("stempel", "")
        try:
            agendas.change(
                meeting, _ADDING[verb](form.cleaned_data), stamp=stamp, verb=_VERBS[verb], by=by
            )
        except ValidationError as refusal:
            tell_form(form, refusal)
        else:
            messages.success(request, _("It stands on the agenda."))
            return redirect(f"{address('meeting', meeting.pk)}?etter={verb}")
    return _page(request, meeting, bound={verb: form})


_ADDING: Mapping[str, Callable[[dict[str, Any]], agendas.Change]] = {
    "sak": lambda said: agendas.add_case(said["case"]),
    "pause": lambda said: agendas.add_break(
        said["title"], after=said["after"], minutes=said["minutes"]
    ),
    "forts": lambda said: agendas.continue_case(
        said["case"], after=said["after"], minutes=said["minutes"]
    ),
}
_VERBS = {"sak": "agenda.case_added", "pause": "agenda.break_added", "forts": "agenda.continued"}


def _typed(
    data: Mapping[str, str],
) -> tuple[dict[int, tuple[int | None, str | None]], dict[int, str]]:
    """The minutes and own times that were typed, by line; and what is wrong with those of a line."""
    typed: dict[int, tuple[int | None, str | None]] = {}
    wrong: dict[int, str] = {}
    for name in data:
        found = re.fullmatch(r"minutter-(\d{1,4})", name)
        if not found:
            continue
        no, own = int(found[1]), data.get(f"kl-{found[1]}", "").strip()
        try:
            typed[no] = minutes_of(data[name]), (time_of(own) if own else None)
        except ValidationError as refusal:
            wrong[no] = " ".join(refusal.messages)
    return typed, wrong


def _set(
    meeting: Meeting, stamp: str, typed: Mapping[int, tuple[int | None, str | None]], *, by: User
) -> Agenda:
    """The agenda with what was typed; kept only if that is something new."""
    now = agendas.agenda_of(meeting)
    same = all(
        typed.get(i.no, (i.minutes, i.starts_at)) == (i.minutes, i.starts_at) for i in now.lines
    )
    if same and stamp == now.stamp:
        return now
    return agendas.change(
        meeting, agendas.set_times(typed), stamp=stamp, verb="agenda.times_set", by=by
    )


def _moved(
    request: HttpRequest, meeting: Meeting, now: Agenda, said: re.Match[str], *, by: User
) -> int | None:
    """Do with a line what the button says; the number it has after that, or None if it is gone."""
    deed, no = said[1], int(said[2])
    name = next((now.title(item) for item in now.lines if item.no == no), "–")
    if deed == "ut":
        agendas.change(
            meeting, agendas.take_out(no), stamp=now.stamp, verb="agenda.taken_out", by=by
        )
        messages.success(request, _("“%(case)s” is off the agenda.") % {"case": name})
        return None
    after = _after(deed, no, request.POST.get(f"etter-{no}", ""))
    made = agendas.change(
        meeting, agendas.move(no, after=after), stamp=now.stamp, verb="agenda.moved", by=by
    )
    here = after + 1 if after < no else after
    line = made.times.lines[here - 1]
    facts = {"case": name, "no": here, "all": len(made.lines), "time": line.starts_at or ""}
    text = _("“%(case)s” is line %(no)d of %(all)d now, at %(time)s.") if line.starts_at else None
    messages.success(request, (text or _("“%(case)s” is line %(no)d of %(all)d now.")) % facts)
    return here


def _after(deed: str, no: int, chosen: str) -> int:
    """After which line the line `no` is to stand. Raises ValidationError where none is chosen."""
    if deed == "opp":
        return max(0, no - 2)
    if deed == "ned":
        return no + 1
    if deed == "forst":
        return 0
    if not (chosen.isascii() and chosen.isdecimal() and len(chosen) < 5):
        raise ValidationError(_("Choose the line that it is to come after."), code="no_place")
    return int(chosen)


def _forms(now: Agenda, data: Any = None) -> dict[str, forms.Form]:
    """The forms that put something into the agenda, by the last part of their address."""
    places = [(item.no, f"{item.no}. {now.title(item)}") for item in now.lines]
    on_it = [(uid, str(case)) for uid, case in now.cases.items() if not case.fixed]
    return {
        "sak": AddCaseForm(
            data, cases=_choices(agendas.waiting(now.meeting.body_id)), auto_id="sak-%s"
        ),
        "pause": BreakForm(data, places=places, auto_id="pause-%s"),
        "forts": ContinueForm(data, places=places, cases=on_it, auto_id="forts-%s"),
    }


def _choices(cases: list[Case]) -> list[tuple[str, str]]:
    return [(case.pk, str(case)) for case in cases]


def _page(
    request: HttpRequest,
    meeting: Meeting,
    *,
    typed: Mapping[str, str] | None = None,
    wrong: Mapping[int, str] | None = None,
    bound: dict[str, forms.Form] | None = None,
) -> HttpResponse:
    now = agendas.agenda_of(meeting)
    waiting = _choices(agendas.waiting(meeting.body_id))
    is_open = meeting.state in agendas.CHANGEABLE
    context = {
        "meeting": meeting,
        "slug": parts(meeting.pk)[0],
        "key": parts(meeting.pk)[1],
        "agenda": now,
        "rows": [_row(now, no, request, typed or {}, wrong or {}) for no in range(len(now.lines))],
        "is_open": is_open,
        "unpublished": summoning.missed(meeting, on=timezone.localdate()),
        "make": MakeForm(cases=waiting),
        "waiting": len(waiting),
        "forms": _forms(now) | (bound or {}),
        # What was done last stays open, so that the focus is not lost with it.
        "open": next(iter(bound or {}), request.GET.get("etter")),
        "wrong": bool(wrong),
    }
    return page(request, "meeting", context, wrong=bool(wrong or bound))


def _row(
    now: Agenda,
    index: int,
    request: HttpRequest,
    typed: Mapping[str, str],
    wrong: Mapping[int, str],
) -> dict[str, Any]:
    timed = now.times.lines[index]
    item = timed.item
    places = agenda_lines.places(now.lines, item.no, fixed=now.fixed)
    titles = {one.no: f"{one.no}. {now.title(one)}" for one in now.lines}
    own = item.starts_at or ""
    case = now.cases.get(item.case or "")
    return {
        "timed": timed,
        "item": item,
        "title": now.title(item),
        "case": case,
        "case_key": parts(case.pk)[1] if case else None,
        "minutes": typed.get(f"minutter-{item.no}", item.minutes or ""),
        "own": typed.get(f"kl-{item.no}", own),
        "wrong": wrong.get(item.no),
        "up": max(0, item.no - 2) in places and item.no > 1,
        "down": item.no + 1 in places,
        "first": 0 in places and item.no > 2,
        "places": [(after, titles[after]) for after in places if after],
        "returns": now.returned if coming_back.is_line(item) else (),
        "focus": request.GET.get("knapp") if request.GET.get("linje") == str(item.no) else None,
    }
