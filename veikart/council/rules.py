"""Who may prepare meetings, who has which seat on a day, and which papers are for everybody.

What members may read is in `member_rules`.
"""

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from veikart.council.models import Access, Paper, Seat
from veikart.people import rules
from veikart.people.models import User


def can_prepare(user: User | AnonymousUser) -> bool:
    """Whether `user` may prepare meetings: bodies, seats, cases, agendas, papers and summons."""
    return rules.can_edit(user)


def refuse_strangers(user: User) -> None:
    """Raise PermissionDenied if `user` may not prepare meetings."""
    if not can_prepare(user):
        raise PermissionDenied


def holding(on: dt.date) -> Q:
    """What seats are held on the day `on`; one whose days are not known is."""
    begun = Q(from_day=None) | Q(from_day__lte=on)
    return begun & (Q(until_day=None) | Q(until_day__gt=on))


def seats_of(user: User | AnonymousUser, *, on: dt.date) -> "QuerySet[Seat]":
    """The seats that are the account's on the day `on`; none for who is nobody or shut out."""
    if not isinstance(user, User) or not user.is_active:
        return Seat.objects.none()
    return Seat.objects.filter(holding(on), user=user)


def is_open(paper: Paper, *, on: dt.date) -> bool:
    """Whether the paper itself, whatever its case is, is for everybody on the day `on`."""
    if paper.access == Access.FROM_DAY:
        return paper.public_from is not None and paper.public_from <= on
    return paper.access == Access.PUBLIC
