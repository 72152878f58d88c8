"""Who may do what with hearings."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from veikart.people import rules
from veikart.people.models import User


def can_handle(user: User | AnonymousUser) -> bool:
    """Whether `user` may handle points: confirm, split, theme, answer, clear replies."""
    return rules.can_edit(user)


def refuse_strangers(user: User) -> None:
    """Raise PermissionDenied if `user` may not handle points."""
    if not can_handle(user):
        raise PermissionDenied
