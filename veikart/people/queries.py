"""What others may read of people: its part of the Plan."""

from collections.abc import Callable

from veikart.people import kinds
from veikart.people.models import User
from veikart.plan import model as plan


def freeze() -> tuple[tuple[plan.Organisation, ...], tuple[plan.UserGroup, ...]]:
    """The organisations and the user groups, each by uid."""
    return kinds.ORGANISATION.all(), kinds.USER_GROUP.all()


def names_of_those(may: Callable[[User], bool]) -> list[str]:
    """The user names of the active accounts that a rule of `veikart.people.rules` lets through."""
    active = User.objects.filter(is_active=True).order_by("username")
    return [user.username for user in active if may(user)]


def demo_accounts() -> list[str]:
    """The user names of the active try-out accounts; there must be none outside a try-out."""
    those = User.objects.filter(is_demo=True, is_active=True).order_by("username")
    return list(those.values_list("username", flat=True))
