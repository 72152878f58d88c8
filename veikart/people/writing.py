"""Puts values into the working tables and records who did it; every app's `put` is made of this."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import msgspec
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from veikart.core.kinds import CHUNK, Kind, PartKind
from veikart.core.refusals import explained
from veikart.core.values import given, given_part
from veikart.people import audit
from veikart.people.models import User

Item: TypeAlias = tuple[str, str, Mapping[str, Any]]
"""A kind, a uid, and values by field name."""


@dataclass(frozen=True)
class Change:
    """What became of one object: the fields that changed, before and after, as plain JSON values."""

    kind: str
    uid: str
    verb: Literal["created", "changed", "unchanged", "removed"]
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


def nothing_buried(uids: Collection[str]) -> set[str]:
    """For apps whose objects are never removed."""
    return set()


def nothing_to_check(kind: Kind, values: Collection[Any]) -> None:
    """For apps whose tables say all there is to say."""


@dataclass(frozen=True)
class Writer:
    """Writes objects of `kinds`, in that order, and of the lists `parts` in them.

    `buried` tells which of some uids were removed before. `check` may refuse new structs of a
    kind with a ValidationError.
    """

    kinds: Sequence[Kind]
    parts: Sequence[PartKind] = ()
    buried: Callable[[Collection[str]], set[str]] = nothing_buried
    check: Callable[[Kind, Collection[Any]], None] = nothing_to_check

    def put(
        self, kind: str, uid: str, values: Mapping[str, Any], *, by: User | None, verb: str = ""
    ) -> Change:
        """Create or change one object; see `put_many`."""
        return self.put_many([(kind, uid, values)], by=by, verb=verb)[0]

    def put_many(self, items: Iterable[Item], *, by: User | None, verb: str = "") -> list[Change]:
        """Create or change objects; only the given fields change. All of it happens, or nothing.

        Each object that changed has an entry in the record: `verb`, or else its kind and what
        became of it. Answers what changed, by kind in the order of the map, then as given.
        Raises ValueError for an unknown kind or field; ValidationError for values that do not
        fit, an unknown reference, a uid of the wrong form or one that was removed before.
        """
        by_kind: dict[str, list[tuple[str, Mapping[str, Any]]]] = defaultdict(list)
        for name, uid, values in items:
            by_kind[name].append((uid, values))
        known = [*(kind.name for kind in self.kinds), *(part.name for part in self.parts)]
        for name in by_kind:
            if name not in known:
                raise ValueError(f"Expected one of the kinds {', '.join(known)}; found {name}.")
        changes: list[Change] = []
        with transaction.atomic():
            audit.lock()
            for kind in self.kinds:
                if kind.name in by_kind:
                    changes += self._put_objects(kind, by_kind[kind.name])
            for part in self.parts:
                if part.name in by_kind:
                    changes += self._put_parts(part, by_kind[part.name])
            audit.record_many(
                (
                    audit.Deed(verb or f"{c.kind}.{c.verb}", c.uid, c.before, c.after)
                    for c in changes
                    if c.verb != "unchanged"
                ),
                by=by,
            )
        return changes

    @transaction.atomic
    def take_out(self, part: PartKind, uid: str, *, reason: str, by: User | None) -> Change:
        """Take a row out of its owner's list, with the reason in the record.

        Raises ValidationError if there is no such row, or no reason is given.
        """
        audit.lock()
        owner_uid, no = _place(part, uid)
        owner = part.of.load([owner_uid]).get(owner_uid)
        rows = {row.no: row for row in getattr(owner, part.field, ())}
        if no not in rows or not reason.strip():
            raise ValidationError(
                _("Expected a known %(kind)s and a reason; found “%(uid)s” and “%(reason)s”."),
                code="unknown_object" if no not in rows else "missing_value",
                params={"kind": part.name, "uid": uid, "reason": reason},
            )
        gone = rows.pop(no)
        self._store(part.of, {owner_uid: (owner, _with_rows(part, owner, rows.values()))})
        before, after = msgspec.to_builtins(gone), {"reason": reason.strip()}
        audit.record(f"{part.name}.removed", uid, by=by, before=before, after=after)
        return Change(part.name, uid, "removed", before, after)

    def kind(self, name: str) -> Kind:
        """The kind of that name. Raises ValueError if there is none."""
        for kind in self.kinds:
            if kind.name == name:
                return kind
        raise ValueError(
            f"Expected one of the kinds {', '.join(k.name for k in self.kinds)}; found {name}."
        )

    def _put_objects(
        self, kind: Kind, items: Sequence[tuple[str, Mapping[str, Any]]]
    ) -> list[Change]:
        current = kind.load({uid for uid, _values in items})
        known = dict(current)
        self.refuse_new(kind, {uid for uid, _values in items} - known.keys())
        for uid, values in items:
            current[uid] = given(kind, uid, current.get(uid), values)
        pairs = {uid: (known.get(uid), current[uid]) for uid, _values in items}
        self._store(kind, {uid: pair for uid, pair in pairs.items() if pair[0] != pair[1]})
        return [difference(kind.name, uid, old, new) for uid, (old, new) in pairs.items()]

    def _put_parts(
        self, part: PartKind, items: Sequence[tuple[str, Mapping[str, Any]]]
    ) -> list[Change]:
        places = {uid: _place(part, uid) for uid, _values in items}
        owners = part.of.load({owner for owner, _no in places.values()})
        _refuse_unknown_owners(part, places, owners)
        rows = {
            owner: {row.no: row for row in getattr(value, part.field)}
            for owner, value in owners.items()
        }
        before = {uid: rows[owner].get(no) for uid, (owner, no) in places.items()}
        for uid, values in items:
            owner, no = places[uid]
            rows[owner][no] = given_part(part.struct, uid, rows[owner].get(no), values)
        changed = {
            owner: (value, _with_rows(part, value, rows[owner].values()))
            for owner, value in owners.items()
        }
        self._store(part.of, {uid: pair for uid, pair in changed.items() if pair[0] != pair[1]})
        return [
            difference(part.name, uid, before[uid], rows[owner][no])
            for uid, (owner, no) in places.items()
        ]

    def refuse_new(self, kind: Kind, uids: Collection[str]) -> None:
        """Raise ValidationError for a uid of the wrong form, or one that was removed before."""
        for uid in sorted(uids):
            if not kind.fits(uid):
                raise ValidationError(
                    _("Expected an address such as %(example)s for %(kind)s; found %(uid)s."),
                    code="wrong_uid",
                    params={"example": kind.uid_example, "kind": kind.name, "uid": uid},
                )
        for uid in sorted(self.buried(uids)):
            raise ValidationError(
                _(
                    "%(uid)s was removed, and an address is never used again. "
                    "Give the new object an address of its own."
                ),
                code="removed_before",
                params={"uid": uid},
            )

    def _store(self, kind: Kind, changes: Mapping[str, tuple[Any, Any]]) -> None:
        if not changes:
            return
        new = [value for _old, value in changes.values()]
        refuse_unknown_references(kind, new)
        self.check(kind, new)
        try:
            with transaction.atomic():
                kind.store(changes)
        except IntegrityError as refusal:
            tables = [kind.model, *(rows.model for rows in kind.rows.values())]
            raise explained(refusal, tables) from refusal


def refuse_unknown_references(kind: Kind, values: Collection[Any]) -> None:
    """Raise ValidationError for each uid in `values` that should be in the tables and is not."""
    wanted: dict[type[models.Model], dict[str, tuple[str, str]]] = defaultdict(dict)
    for value in values:
        for name, target in kind.table.references.items():
            wanted[target].setdefault(getattr(value, name), (value.uid, name))
        for name, link in kind.links.items():
            for uid in getattr(value, name):
                wanted[link.target].setdefault(uid, (value.uid, name))
        for listed, rows in kind.rows.items():
            for name, target in rows.table.references.items():
                for row in getattr(value, listed):
                    wanted[target].setdefault(getattr(row, name), (value.uid, name))
    problems = [
        ValidationError(
            _(
                "Expected a known %(what)s for “%(field)s” of %(uid)s; found “%(found)s”. "
                "Take it in first, or correct the reference."
            ),
            code="unknown_reference",
            params={"what": target._meta.verbose_name, "field": f, "uid": u, "found": found},
        )
        for target, places in wanted.items()
        for found, (u, f) in _unknown(target, places).items()
    ]
    if problems:
        raise problems[0] if len(problems) == 1 else ValidationError(problems)


def _unknown(
    target: type[models.Model], places: Mapping[str, tuple[str, str]]
) -> dict[str, tuple[str, str]]:
    uids = [uid for uid in places if uid is not None]
    known: set[str] = set()
    for start in range(0, len(uids), CHUNK):
        those = target._default_manager.filter(pk__in=uids[start : start + CHUNK])
        known.update(those.values_list("pk", flat=True))
    return {uid: places[uid] for uid in uids if uid not in known}


def _refuse_unknown_owners(
    part: PartKind, places: Mapping[str, tuple[str, int]], owners: Mapping[str, Any]
) -> None:
    for uid, (owner, _no) in places.items():
        if owner not in owners:
            raise ValidationError(
                _("Expected %(owner)s to be known before %(uid)s; it is not. Take it in first."),
                code="unknown_reference",
                params={"owner": owner, "uid": uid},
            )


def _place(part: PartKind, uid: str) -> tuple[str, int]:
    place = part.split(uid)
    if place is None:
        example = part.uid(part.of.uid_example, 1)
        raise ValidationError(
            _("Expected an address such as %(example)s for %(kind)s; found %(uid)s."),
            code="wrong_uid",
            params={"example": example, "kind": part.name, "uid": uid},
        )
    return place


def _with_rows(part: PartKind, owner: Any, rows: Iterable[Any]) -> Any:
    listed = part.of.rows[part.field].in_order(rows)
    return msgspec.structs.replace(owner, **{part.field: listed})


def difference(kind: str, uid: str, old: Any, new: Any) -> Change:
    """What became of the object `uid` from the struct `old`, or None, to `new`."""
    if old == new:
        return Change(kind, uid, "unchanged")
    if old is None:
        return Change(kind, uid, "created", None, msgspec.to_builtins(new))
    fields = [f for f in new.__struct_fields__ if getattr(old, f) != getattr(new, f)]
    before = {name: msgspec.to_builtins(getattr(old, name)) for name in fields}
    after = {name: msgspec.to_builtins(getattr(new, name)) for name in fields}
    return Change(kind, uid, "changed", before, after)
