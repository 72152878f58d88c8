"""What can be done with councils: put in and change bodies, seats, meetings, cases, papers, decisions."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from veikart.core.kinds import Kind, present
from veikart.council import kinds
from veikart.people.models import User
from veikart.people.writing import Change, Item, Writer

_OWN_KIND = {
    "body": "prepares_for",
    "seat": "substitutes_for",
    "case": "came_from",
}
"""Fields that name another object of the same kind, which may come in the same file."""


def refuse(kind: Kind, values: Collection[Any]) -> None:
    """Raise ValidationError for a reference to another of the same kind that is not there."""
    field = _OWN_KIND.get(kind.name)
    if field is None:
        return
    wanted = {getattr(value, field): value.uid for value in values if getattr(value, field)}
    known = {value.uid for value in values} | present(kind.model, wanted.keys())
    for uid, by_whom in wanted.items():
        if uid not in known:
            raise ValidationError(
                _(
                    "Expected a known %(what)s for “%(field)s” of %(uid)s; found “%(found)s”. "
                    "Take it in first, or correct the reference."
                ),
                code="unknown_reference",
                params={
                    "what": kind.model._meta.verbose_name,
                    "field": field,
                    "uid": by_whom,
                    "found": uid,
                },
            )


WRITER = Writer(kinds.KINDS, kinds.PART_KINDS, check=refuse)


def put(
    kind: str, uid: str, values: Mapping[str, Any], *, by: User | None, verb: str = ""
) -> Change:
    """Create or change one object; see `put_many`."""
    return WRITER.put(kind, uid, values, by=by, verb=verb)


def put_many(items: Iterable[Item], *, by: User | None) -> list[Change]:
    """Create or change bodies, seats, cases, papers, meetings, decisions, follow-ups and work plans.

    All of it happens, or nothing. Raises ValueError for an unknown kind or field; ValidationError for
    values that do not fit, an unknown reference or a uid of the wrong form.
    """
    return WRITER.put_many(items, by=by)
