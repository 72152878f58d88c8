"""What others may read of people: its part of the Plan."""

from veikart.people import kinds
from veikart.plan import model as plan


def freeze() -> tuple[tuple[plan.Organisation, ...], tuple[plan.UserGroup, ...]]:
    """The organisations and the user groups, each by uid."""
    return kinds.ORGANISATION.all(), kinds.USER_GROUP.all()
