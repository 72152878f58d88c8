"""What can be done with people: organisations and user groups put in, accounts made, roles given."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from veikart.people import audit, kinds
from veikart.people.models import User
from veikart.people.writing import Change, Item, Writer

WRITER = Writer(kinds.KINDS)


def put(kind: str, uid: str, values: Mapping[str, Any], *, by: User | None) -> Change:
    """Create or change an `organisation` or a `user_group`; only the given fields change.

    Raises ValueError for an unknown kind or field, ValidationError for values that do not fit.
    """
    return WRITER.put(kind, uid, values, by=by)


def put_many(items: Iterable[Item], *, by: User | None) -> list[Change]:
    """As `put`, for many at once: all of it happens, or nothing."""
    return WRITER.put_many(items, by=by)


def is_staff(user: User) -> bool:
    """Whether `user` gets into the desk's tables: editors and approvers do."""
    return user.is_superuser or user.role in {User.Role.EDITOR, User.Role.APPROVER}


@transaction.atomic
def give_role(user: User, *, role: str, by: User | None) -> User:
    """Let `user` do what `role` may. Editors and approvers get into the desk's tables.

    Raises ValidationError for an unknown role.
    """
    audit.lock()  # before the user: who records takes the record first, then those it names
    user = User.objects.select_for_update().get(pk=user.pk)
    before = user.role
    user.role = role
    user.is_staff = is_staff(user)
    user.full_clean(exclude=["password"])
    user.save(update_fields=["role", "is_staff"])
    audit.record(
        "user.role_given",
        f"bruker/{user.username}",
        by=by,
        before={"role": before},
        after={"role": role},
    )
    return user


@transaction.atomic
def make_demo_accounts(*, by: User | None = None) -> list[tuple[str, str, str]]:
    """One try-out account a role, as username, password and role; each time with new passwords.

    `veikart check` refuses such accounts outside a try-out.
    """
    audit.lock()
    made = []
    for role in User.Role:
        username, password = f"demo-{role.value}", secrets.token_urlsafe(12)
        user, _new = User.objects.select_for_update().get_or_create(
            username=username, defaults={"is_demo": True}
        )
        user.is_demo, user.is_active = True, True
        user.set_password(password)
        user.full_clean()
        user.save()
        give_role(user, role=role.value, by=by)
        made.append((username, password, role.value))
    return made
