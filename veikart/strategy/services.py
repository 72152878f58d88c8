"""What can be done with the strategy: put in and change its objects, remove them, name its sources."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from veikart.core.kinds import Kind, present
from veikart.people import audit
from veikart.people.models import User
from veikart.people.writing import Change, Item, Writer
from veikart.plan import model as plan
from veikart.plan.index import name_of
from veikart.strategy import kinds
from veikart.strategy.models import Source, Strategy, Tombstone


def buried(uids: Collection[str]) -> set[str]:
    """Those of `uids` that were removed before."""
    return present(Tombstone, uids)


def refuse_most_direct_beside_goals(kind: Kind, values: Collection[Any]) -> None:
    """Raise ValidationError where a goal contributes the most to an SDG and not at all."""
    for value in values if kind is kinds.SDG else ():
        beside = sorted(set(value.most_direct) - set(value.goals))
        if beside:
            raise ValidationError(
                _(
                    "Expected the goals that contribute the most to %(uid)s among those that "
                    "contribute; found %(found)s. Add them to the goals, too."
                ),
                code="most_direct_beside_goals",
                params={"uid": value.uid, "found": ", ".join(beside)},
            )


WRITER = Writer(kinds.KINDS, buried=buried, check=refuse_most_direct_beside_goals)


def put(kind: str, uid: str, values: Mapping[str, Any], *, by: User | None) -> Change:
    """Create or change an object of the strategy; only the given fields change.

    Raises ValueError for an unknown kind or field, ValidationError for values that do not fit,
    an unknown reference, or a uid that was removed before.
    """
    return WRITER.put(kind, uid, values, by=by)


def put_many(items: Iterable[Item], *, by: User | None) -> list[Change]:
    """As `put`, for many at once: all of it happens, or nothing."""
    return WRITER.put_many(items, by=by)


def remove(
    kind: str, uid: str, *, reason: str, successors: Collection[str] = (), by: User | None
) -> Change:
    """Take an object out of the strategy and leave a stone with the reason and the successors.

    Raises ValueError for an unknown kind; ValidationError if there is no such object, no reason
    is given, or something still refers to it.
    """
    return bury(WRITER.kind(kind), uid, reason=reason, successors=successors, by=by)


@transaction.atomic
def bury(
    kind: Kind, uid: str, *, reason: str, successors: Collection[str] = (), by: User | None
) -> Change:
    """`remove` for an object of any kind, for the apps above."""
    audit.lock()
    value = kind.load([uid]).get(uid)
    if value is None:
        raise ValidationError(
            _("Expected a known %(kind)s; found “%(uid)s”. It may have been removed before."),
            code="unknown_object",
            params={"kind": kind.name, "uid": uid},
        )
    _refuse_in_use(kind, uid)
    stone = Tombstone(
        uid=uid,
        kind=kind.name,
        name=name_of(value),
        reason=reason.strip(),
        successors=sorted(set(successors)),
    )
    stone.full_clean()
    kind.model._default_manager.filter(pk=uid).delete()
    stone.save(force_insert=True)
    before = msgspec.to_builtins(value)
    after = {"reason": stone.reason, "successors": stone.successors}
    audit.record(f"{kind.name}.removed", uid, by=by, before=before, after=after)
    return Change(kind.name, uid, "removed", before, after)


@transaction.atomic
def set_strategy(values: Mapping[str, Any], *, by: User | None) -> Strategy:
    """Say which strategy is in force: title, version, publisher, from_year, to_year.

    A version that is not known yet becomes the one in force, and the one before stays beside it;
    without a version, the one in force is changed. Raises ValueError for an unknown field,
    ValidationError for values that do not fit.
    """
    fields = ("title", "version", "publisher", "from_year", "to_year")
    _refuse_unknown_fields(values, fields)
    audit.lock()
    current = Strategy.objects.select_for_update().filter(is_current=True).first()
    version = values.get("version") or (current.version if current else "")
    strategy = Strategy.objects.filter(version=version).first() or Strategy(version=version)
    before = _columns(strategy, fields) if strategy.pk else None
    for name, value in values.items():
        setattr(strategy, name, value or None)
    after = _columns(strategy, fields)
    if before == after and strategy.is_current:
        return strategy
    Strategy.objects.exclude(pk=strategy.pk).update(is_current=False)
    strategy.is_current = True
    strategy.full_clean()
    strategy.save()
    audit.record("strategy.set", "strategi", by=by, before=before, after=after)
    return strategy


@transaction.atomic
def cite(source: plan.Source, *, by: User | None) -> Source:
    """Name a source of the plan's content; again with the same title and version changes it.

    Raises ValidationError for values that do not fit.
    """
    audit.lock()
    fields = plan.Source.__struct_fields__
    row = Source.objects.filter(title=source.title, version=source.version).first() or Source()
    before = _columns(row, fields) if row.pk else None
    for name in fields:
        setattr(row, name, getattr(source, name))
    after = _columns(row, fields)
    if before == after:
        return row
    row.full_clean()
    row.save()
    audit.record("source.cited", "kilde", by=by, before=before, after=after)
    return row


def _columns(row: models.Model, fields: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in fields}


def _refuse_unknown_fields(values: Mapping[str, Any], fields: Collection[str]) -> None:
    unknown = sorted(set(values) - set(fields))
    if unknown:
        raise ValueError(f"Expected {', '.join(fields)}; found {', '.join(unknown)}.")


def _refuse_in_use(kind: Kind, uid: str) -> None:
    own = {rows.model for rows in kind.rows.values()}
    users = [
        f"{relation.related_model._meta.verbose_name}: {found}"
        for relation in kind.model._meta.related_objects
        if relation.related_model not in own
        for found in relation.related_model._default_manager.filter(
            **{relation.field.name: uid}
        ).order_by("pk")[:3]
    ]
    if users:
        raise ValidationError(
            _(
                "%(uid)s is still referred to (%(users)s). "
                "Let them refer to something else first, or remove them, too."
            ),
            code="in_use",
            params={"uid": uid, "users": "; ".join(users)},
        )
