"""What those who have a seat may read and say: while the seat is theirs, of meetings in its time.

A member reads the papers of a case of their own body, withheld ones too, once it is on the agenda of a meeting
that was summoned for while the seat was theirs. Whoever has no seat any longer reads what everybody reads. No
member reads what another body withholds. Comments in advance are for members of the body and editors.
"""

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet

from veikart.council import rules
from veikart.council.models import Case, Comment, Meeting, Paper
from veikart.people.models import User

SUMMONED = (Meeting.State.SUMMONED, Meeting.State.HELD)
"""The states of a meeting in which its members have its agenda."""


def meetings_of(user: User | AnonymousUser, *, on: dt.date) -> "QuerySet[Meeting]":
    """The meetings that `user` is a member of: of bodies where they have a seat on the day `on`, and while it
    was theirs. Planned and cancelled ones are among them.
    """
    seats = rules.seats_of(user, on=on)
    in_time = Q(held_on=None) | (
        Q(body__seats__from_day=None) | Q(body__seats__from_day__lte=F("held_on"))
    ) & (Q(body__seats__until_day=None) | Q(body__seats__until_day__gt=F("held_on")))
    return Meeting.objects.filter(in_time, body__seats__in=seats).distinct()


def is_member_at(user: User | AnonymousUser, meeting: Meeting, *, on: dt.date) -> bool:
    """Whether `user` is a member at `meeting` on the day `on`. One query."""
    return meetings_of(user, on=on).filter(pk=meeting.pk).exists()


def can_read_meeting(user: User | AnonymousUser, meeting: Meeting, *, on: dt.date) -> bool:
    """Whether `user` may read the member's page of `meeting`: its members and editors."""
    return rules.can_prepare(user) or is_member_at(user, meeting, on=on)


def is_treated_for(user: User | AnonymousUser, case: Case, *, on: dt.date) -> bool:
    """Whether `case` is on the agenda of a meeting of its own body that `user` was summoned to. One query."""
    rows = meetings_of(user, on=on).filter(body=case.body_id, state__in=SUMMONED)
    return rows.filter(agenda__case=case).exists()


def can_read_paper(user: User | AnonymousUser, paper: Paper, *, on: dt.date) -> bool:
    """Whether `user` may read `paper`, with its case selected, on the day `on`."""
    if rules.can_prepare(user):
        return True
    if not paper.case.is_public:
        return False
    if paper.case.basis is None and rules.is_open(paper, on=on):
        return True
    return is_treated_for(user, paper.case, on=on)


def seat_to_comment(user: User | AnonymousUser, meeting: Meeting, *, on: dt.date) -> str | None:
    """The uid of the seat by which `user` comments on cases of `meeting` on the day `on`; None if they may not."""
    if not is_member_at(user, meeting, on=on):
        return None
    seats = rules.seats_of(user, on=on).filter(body=meeting.body_id)
    return seats.order_by("uid").values_list("uid", flat=True).first()


def comments_for(
    user: User | AnonymousUser, meeting: Meeting, *, on: dt.date
) -> "QuerySet[Comment]":
    """The comments in advance on the cases of `meeting` that `user` may read; none for others."""
    if not can_read_meeting(user, meeting, on=on):
        return Comment.objects.none()
    rows = Comment.objects.filter(withdrawn_at=None, case__agenda_items__meeting=meeting)
    return rows.filter(case__body=meeting.body_id).select_related("seat", "by").distinct()
