"""How the Plan's structs lie in the working tables: read as structs, changed as structs, stored."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from veikart.plan.model import Part, Translations

CHUNK = 400
"""So many uids in one question to the database; SQLite allows 999."""

_NOT_TRANSLATED = Translations()


@dataclass(frozen=True)
class Table:
    """Which columns of `model` hold the fields of `struct`, and how a row becomes the struct.

    A field lies in the column of its name, a uid in the foreign key of that name, translations in
    two columns, `<stem>_nn` and `<stem>_en`.
    """

    struct: type[Part]
    model: type[models.Model]
    translated: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def columns(self) -> dict[str, str]:
        """Struct field → attribute of the model, for the fields that are one column each."""
        concrete = {f.name: f.attname for f in self.model._meta.concrete_fields}
        return {name: concrete[name] for name in self.struct.__struct_fields__ if name in concrete}

    @cached_property
    def references(self) -> dict[str, type[models.Model]]:
        """Struct field → the model that its uid must be found in."""
        columns = ((name, self.model._meta.get_field(name)) for name in self.columns)
        return {
            name: column.remote_field.model
            for name, column in columns
            if isinstance(column, models.ForeignKey)
        }

    @cached_property
    def attributes(self) -> list[str]:
        """All attributes of the model that hold something of the struct."""
        return [*self.columns.values(), *self._translation_columns]

    def read(
        self, rows: "models.QuerySet[Any]", *first: str
    ) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
        """For each row the columns `first`, and the struct's fields that lie in this table."""
        names, start = list(self.columns), len(first)
        end = start + len(names)
        for row in rows.values_list(*first, *self.attributes):
            values = dict(zip(names, row[start:end], strict=True))
            for name in self._listed:
                values[name] = tuple(values[name])
            for number, name in enumerate(self.translated):
                nn, en = row[end + 2 * number : end + 2 * number + 2]
                values[name] = Translations(nn=nn, en=en) if nn or en else _NOT_TRANSLATED
            yield row[:start], values

    def row(self, value: Part, **more: Any) -> models.Model:
        """An unsaved row that holds `value`."""
        columns = {attribute: getattr(value, name) for name, attribute in self.columns.items()}
        for name in self._listed:
            columns[name] = list(columns[name])
        for name, stem in self.translated.items():
            translations = getattr(value, name)
            columns |= {f"{stem}_nn": translations.nn, f"{stem}_en": translations.en}
        return self.model(**columns, **more)

    @cached_property
    def _listed(self) -> list[str]:
        get_field = self.model._meta.get_field
        return [name for name in self.columns if isinstance(get_field(name), models.JSONField)]

    @cached_property
    def _translation_columns(self) -> list[str]:
        return [f"{s}_{language}" for s in self.translated.values() for language in ("nn", "en")]


@dataclass(frozen=True)
class Rows:
    """A list with a table of its own, such as the benefits of a delmål.

    `owner` is the foreign key back, `order` the fields that the plan sorts the list by;
    `translated` is as in Table.
    """

    struct: type[Part]
    model: type[models.Model]
    owner: str
    order: tuple[str, ...] = ("no",)
    translated: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def table(self) -> Table:
        """The columns of one row."""
        return Table(self.struct, self.model, self.translated)

    def in_order(self, rows: Iterable[Any]) -> tuple[Any, ...]:
        """The rows as the plan sorts them; what is missing comes last."""
        return tuple(sorted(rows, key=self._place))

    def _place(self, row: Any) -> list[tuple[bool, Any]]:
        return [((value := getattr(row, name)) is None, value) for name in self.order]


@dataclass(frozen=True)
class Link:
    """A list of uids: the table of pairs it lies in, and its two columns."""

    model: type[models.Model]
    owner: str
    to: str
    target: type[models.Model]


@dataclass(frozen=True)
class Kind:
    """A kind of object with a uid: its struct, its table, and the tables of its lists.

    `uid` is the pattern of its uids, `uid_example` one of them, for messages. `uid_lists` are
    fields that hold uids without a table of pairs, since they may be of what is gone.
    """

    name: str
    struct: type[Part]
    model: type[models.Model]
    uid: str
    uid_example: str
    translated: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, Rows] = field(default_factory=dict)
    uid_lists: tuple[str, ...] = ()

    @cached_property
    def table(self) -> Table:
        """The columns of the object itself."""
        return Table(self.struct, self.model, self.translated)

    @cached_property
    def links(self) -> dict[str, Link]:
        """Struct field → the table of pairs that holds its uids."""
        return {
            f.name: _link(f)
            for f in self.model._meta.many_to_many
            if f.name in self.struct.__struct_fields__
        }

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The fields that may be given as values: all but the uid."""
        return tuple(name for name in self.struct.__struct_fields__ if name != "uid")

    def fits(self, uid: str) -> bool:
        """Whether `uid` looks like a uid of this kind."""
        return re.fullmatch(self.uid, uid) is not None

    def load(self, uids: Collection[str] | None = None) -> dict[str, Any]:
        """The objects with these uids, or all, as structs by uid; a fixed number of questions."""
        if uids is not None and len(uids) > CHUNK:
            wanted = set(uids)
            return {uid: value for uid, value in self.load().items() if uid in wanted}
        lists = {name: _rows_by_owner(rows, uids) for name, rows in self.rows.items()}
        lists |= {name: _uids_by_owner(link, uids) for name, link in self.links.items()}
        found = {}
        for _first, values in self.table.read(_those(self.model, "uid", uids)):
            uid = values["uid"]
            for name, listed in lists.items():
                values[name] = listed.get(uid, ())
            found[uid] = self.struct(**values)
        return found

    def all(self) -> tuple[Any, ...]:
        """All objects as structs in the plan's order: by uid, letter by letter."""
        found = self.load()
        return tuple(found[uid] for uid in sorted(found))

    def store(self, changes: Mapping[str, tuple[Any, Any]]) -> None:
        """Write the new structs of `changes`, which holds the old (or None) and the new by uid."""
        rows = [self.table.row(new) for _old, new in changes.values()]
        for row in rows:
            _clean(row, {*self.table.references, *self.links}, row.pk)
        self.model._default_manager.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["uid"],
            update_fields=[name for name in self.table.attributes if name != "uid"],
        )
        for name, listed in self.rows.items():
            changed = _changed_lists(changes, name)
            made = [
                listed.table.row(row, **{f"{listed.owner}_id": uid})
                for uid, (_old, new) in changed.items()
                for row in new
            ]
            for row in made:
                uid = getattr(row, f"{listed.owner}_id")
                _clean(row, {*listed.table.references, listed.owner}, uid)
            _replace(listed.model, f"{listed.owner}_id", changed, made)
        for name, link in self.links.items():
            changed = _changed_lists(changes, name)
            made = [
                link.model(**{link.owner: uid, link.to: to})
                for uid, (_old, new) in changed.items()
                for to in new
            ]
            _replace(link.model, link.owner, changed, made)


@dataclass(frozen=True)
class PartKind:
    """A kind whose objects are rows in a list of another kind, such as a deliverable's periods.

    Its uids are the owner's, then `segment` and the number: `leveranse/568/periode/1`.
    """

    name: str
    of: Kind
    field: str
    segment: str

    @property
    def struct(self) -> type[Part]:
        """The struct of one row."""
        return self.of.rows[self.field].struct

    def split(self, uid: str) -> tuple[str, int] | None:
        """The owner's uid and the number in `uid`; None if it does not look like one."""
        found = re.fullmatch(rf"({self.of.uid})/{self.segment}/(\d+)", uid)
        return (found[1], int(found[2])) if found else None

    def uid(self, owner: str, no: int) -> str:
        """The uid of the row `no` of `owner`."""
        return f"{owner}/{self.segment}/{no}"


def present(model: type[models.Model], uids: Collection[str]) -> set[str]:
    """Those of `uids` that have a row in the table of `model`."""
    found: set[str] = set()
    listed = list(uids)
    for start in range(0, len(listed), CHUNK):
        rows = model._default_manager.filter(pk__in=listed[start : start + CHUNK])
        found.update(rows.values_list("pk", flat=True))
    return found


def known_to(kinds: Iterable["Kind"], uids: Collection[str]) -> set[str]:
    """Those of `uids` that are objects of one of `kinds` in the working tables."""
    found: set[str] = set()
    for kind in kinds:
        found |= present(kind.model, [uid for uid in uids if kind.fits(uid)])
    return found


def _changed_lists(
    changes: Mapping[str, tuple[Any, Any]], name: str
) -> dict[str, tuple[tuple[Any, ...], tuple[Any, ...]]]:
    pairs = {
        uid: (getattr(old, name) if old else (), getattr(new, name))
        for uid, (old, new) in changes.items()
    }
    return {uid: (old, new) for uid, (old, new) in pairs.items() if old != new}


def _clean(row: models.Model, exclude: set[str], uid: str) -> None:
    """Raise ValidationError, with the uid and the field, for a value that the column cannot hold."""
    try:
        row.clean_fields(exclude=exclude)
    except ValidationError as problem:
        name, said = next(iter(problem.message_dict.items()))
        raise ValidationError(
            _("The value given for “%(field)s” of %(uid)s does not fit: %(problem)s"),
            code="wrong_value",
            params={"field": name, "uid": uid, "problem": " ".join(said)},
        ) from problem


def _replace(
    model: type[models.Model],
    owner: str,
    changed: Mapping[str, tuple[tuple[Any, ...], tuple[Any, ...]]],
    made: list[models.Model],
) -> None:
    emptied = [uid for uid, (old, _new) in changed.items() if old]
    for start in range(0, len(emptied), CHUNK):
        those = {f"{owner}__in": emptied[start : start + CHUNK]}
        model._default_manager.filter(**those).delete()
    model._default_manager.bulk_create(made)


def _model(field: "models.ManyToManyField[Any, Any]") -> type[models.Model]:
    found: type[models.Model] = field.remote_field.model
    return found


def _link(pairs: Any) -> Link:
    """The table of pairs of a ManyToManyField."""
    model, target = pairs.remote_field.through, pairs.remote_field.model
    return Link(model, pairs.m2m_column_name(), pairs.m2m_reverse_name(), target)


def _those(
    model: type[models.Model], column: str, uids: Collection[str] | None
) -> "models.QuerySet[Any]":
    rows = model._default_manager.order_by()
    return rows if uids is None else rows.filter(**{f"{column}__in": list(uids)})


def _rows_by_owner(rows: Rows, uids: Collection[str] | None) -> dict[str, tuple[Any, ...]]:
    owner = f"{rows.owner}_id"
    listed: dict[str, list[Part]] = defaultdict(list)
    for (uid,), values in rows.table.read(_those(rows.model, owner, uids), owner):
        if uid is not None:
            listed[uid].append(rows.struct(**values))
    return {uid: rows.in_order(found) for uid, found in listed.items()}


def _uids_by_owner(link: Link, uids: Collection[str] | None) -> dict[str, tuple[str, ...]]:
    listed: dict[str, list[str]] = defaultdict(list)
    for owner, to in _those(link.model, link.owner, uids).values_list(link.owner, link.to):
        listed[owner].append(to)
    return {uid: tuple(sorted(found)) for uid, found in listed.items()}
