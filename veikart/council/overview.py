"""What the desk shows of all bodies, and of one: meetings to come, cases that wait, what is overdue, and seats."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from veikart.council import agendas, bodies, casework, coming_back, kinds
from veikart.council.models import Body, Case, FollowUp, Meeting, Seat

HELD_SHOWN = 10
"""So many of the last meetings are on a body's page."""


@dataclass(frozen=True)
class Standing:
    """A body as the list has it: the next meeting and how many lines its agenda has, what waits and what is overdue."""

    body: Body
    slug: str
    meeting: Meeting | None
    lines: int
    waiting: int
    open: int
    overdue: int


@dataclass(frozen=True)
class Whole:
    """A body as its page has it; `passed` are meetings that nobody has said were held, though their day is over."""

    body: Body
    slug: str
    coming: Sequence[Meeting]
    passed: Sequence[Meeting]
    held: Sequence[Meeting]
    waiting: Sequence[Case]
    returned: Sequence[coming_back.Returned]
    seats: Sequence[Seat]


def standings(*, on: dt.date) -> list[Standing]:
    """Every body on the day `on`, by name. Four queries."""
    listed = list(Body.objects.order_by("name"))
    coming = Meeting.objects.filter(state__in=agendas.CHANGEABLE).exclude(held_on__lt=on)
    coming = coming.annotate(lines=Count("agenda"))
    by_body: dict[str, Meeting] = {}
    for meeting in sorted(coming, key=_when, reverse=True):
        by_body[meeting.body_id] = meeting
    waiting = Counter(agendas.all_waiting().values_list("body", flat=True))
    rows = FollowUp.objects.filter(state=FollowUp.State.OPEN).values_list("body", "due")
    due = [(body, day is not None and day < on) for body, day in rows]
    is_open, overdue = (
        Counter(body for body, _late in due),
        Counter(body for body, late in due if late),
    )
    return [
        Standing(
            body,
            slug_of(body),
            next_one := by_body.get(body.pk),
            getattr(next_one, "lines", 0),
            waiting[body.pk],
            is_open[body.pk],
            overdue[body.pk],
        )
        for body in listed
    ]


def whole(body: Body, *, on: dt.date) -> Whole:
    """A body on the day `on`. Six queries."""
    rows = Meeting.objects.filter(body=body)
    ahead = sorted(rows.filter(state__in=agendas.CHANGEABLE), key=_when)
    passed = [meeting for meeting in ahead if meeting.held_on and meeting.held_on < on]
    past = rows.exclude(state__in=agendas.CHANGEABLE)
    uids = FollowUp.objects.filter(body=body, state=FollowUp.State.OPEN).values_list(
        "pk", flat=True
    )
    return Whole(
        body,
        slug_of(body),
        [meeting for meeting in ahead if meeting not in passed],
        passed,
        list(past.order_by("-held_on", "-year", "-number")[:HELD_SHOWN]),
        agendas.waiting(body.pk),
        coming_back.returned(kinds.FOLLOW_UP.load(list(uids)).values(), on=on),
        bodies.seats_on(body.pk, on),
    )


def cases_of(body: Body) -> list[tuple[str, str, str]]:
    """The uid, number and title of every case of a body, the newest first. One query."""
    rows = Case.objects.filter(body=body).only("uid", "number", "title")
    found = sorted(rows, key=casework.place, reverse=True)
    return [(case.pk, case.number, case.title) for case in found]


def slug_of(body: Body) -> str:
    """The body's part of an address on the desk."""
    return body.pk.partition("/")[2]


def _when(meeting: Meeting) -> tuple[dt.date, str]:
    return meeting.held_on or dt.date.max, meeting.pk
