"""Who may see and approve what is sent."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from veikart.people import rules
from veikart.people.models import User


def can_send(user: User | AnonymousUser) -> bool:
    """Whether `user` may see the outbox, and approve, send and discard what is in it."""
    return rules.can_edit(user)


def refuse_strangers(user: User) -> None:
    """Raise PermissionDenied if `user` may not approve messages."""
    if not can_send(user):
        raise PermissionDenied
