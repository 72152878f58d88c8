"""What a user may do. Each role may do what the one before may: reader, reporter, editor, approver."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from veikart.people.models import User

_ORDER = [str(role) for role in User.Role.values]


def can_read_draft(user: User | AnonymousUser) -> bool:
    """Whether `user` may read the working plan and the documents behind it, but for those of figures."""
    return _has(user, User.Role.READER)


def can_read_what_figures_rest_on(user: User | AnonymousUser) -> bool:
    """Whether `user` may read the files and observations behind figures, small numbers included."""
    return can_edit(user)


def can_report(user: User | AnonymousUser) -> bool:
    """Whether `user` may report on what their organisation owns."""
    return _has(user, User.Role.REPORTER)


def can_edit(user: User | AnonymousUser) -> bool:
    """Whether `user` may change the working plan and accept proposals."""
    return _has(user, User.Role.EDITOR)


def can_approve(user: User | AnonymousUser) -> bool:
    """Whether `user` may approve an edition."""
    return _has(user, User.Role.APPROVER)


def signed_in(user: User | AnonymousUser) -> User:
    """`user`, who is somebody. Raises PermissionDenied if nobody is signed in."""
    if not isinstance(user, User):
        raise PermissionDenied
    return user


def _has(user: User | AnonymousUser, least: User.Role) -> bool:
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.is_superuser or _ORDER.index(user.role) >= _ORDER.index(least.value)
