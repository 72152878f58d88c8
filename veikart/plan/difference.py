"""Where two Plans differ, field by field: the edits that make one into the other, and applying them.

The recursion is the same for every struct, so a field added to the model is compared from then on.
Objects in a collection are told apart by `uid`, else by `no`; all else is compared whole: a tuple
of texts or of ownerships, a date, a number. Equal parts are passed by in one step.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any, Literal, get_args

import msgspec
from msgspec.structs import replace

from veikart.plan.consultations import LedTo
from veikart.plan.council import Effect
from veikart.plan.model import Part, Plan, Tombstone

REFERRING = (LedTo, Effect)
"""Structs whose `uid` is not their own: it names another thing, that they did something to."""

Verb = Literal["set", "add", "remove", "order"]


class Edit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One step from the plan before to the plan after, as plain JSON values.

    `what` is an address such as `leveranse/568/periods/1/start/earliest`, and `uid` the object it
    is in (`strategy`, `head`, `causes`, `sources` and `tombstones/<uid>` where there is none).
    `set` puts a value in place of another. `add` and `remove` put an object into the collection
    `within`, or take it out. `order` lists the keys of a collection that is not in key order.
    """

    what: str
    uid: str
    verb: Verb = "set"
    within: str | None = None
    before: Any = None
    after: Any = None


def differences(before: Part, after: Part, *, uid: str = "") -> list[Edit]:
    """The edits that make `before` into `after`, two Plans or two editions of the object `uid`."""
    found: list[Edit] = []
    _structs(before, after, uid, uid, found)
    return found


@cache
def key_field(kind: Any) -> str | None:
    """The field by which members of a collection are told apart, if they are."""
    names = getattr(kind, "__struct_fields__", ())
    keys = ("no",) if kind in REFERRING else ("uid", "no")
    return next((name for name in keys if name in names), None)


def plain(value: Any) -> Any:
    """`value` as JSON has it: dates as text, tuples as lists, structs as objects."""
    if value is None or isinstance(value, str | int | float):
        return value
    if type(value) is dt.date:
        return value.isoformat()
    return msgspec.json.decode(msgspec.json.encode(value))


def _structs(before: Any, after: Any, here: str, uid: str, found: list[Edit]) -> None:
    for name in type(before).__struct_fields__:
        old, new = getattr(before, name), getattr(after, name)
        if old is new or old == new:
            continue
        _values(old, new, f"{here}/{name}" if here else name, uid, found)


def _values(old: Any, new: Any, here: str, uid: str, found: list[Edit]) -> None:
    if isinstance(old, tuple) and isinstance(new, tuple):
        field = key_field((old or new)[0].__class__)
        if field and _is_keyed(old, field) and _is_keyed(new, field):
            _collections(old, new, field, here, uid, found)
            return
    elif isinstance(old, msgspec.Struct) and isinstance(new, msgspec.Struct):
        named = getattr(old, "uid", None)
        if named is None or named == getattr(new, "uid", None):
            _structs(old, new, named or here, named or uid or here, found)
            return
    elif _one_is_named(old, new):
        found.append(_membership(old, new, (old or new).uid, (old or new).uid, here))
        return
    found.append(Edit(what=here, uid=uid or here, before=plain(old), after=plain(new)))


def _is_keyed(members: tuple[Any, ...], field: str) -> bool:
    keys = {getattr(member, field) for member in members}
    return len(keys) == len(members)


def _one_is_named(old: Any, new: Any) -> bool:
    return (old is None and hasattr(new, "uid")) or (new is None and hasattr(old, "uid"))


def _collections(
    old: tuple[Any, ...],
    new: tuple[Any, ...],
    field: str,
    here: str,
    uid: str,
    found: list[Edit],
) -> None:
    befores = {getattr(member, field): member for member in old}
    afters = {getattr(member, field): member for member in new}
    for key, member in befores.items():
        other = afters.get(key)
        if other is None:
            address, owner = _address(member, key, here, uid)
            found.append(_membership(member, None, address, owner, here))
        elif member is not other and member != other:
            address, owner = _address(member, key, here, uid)
            _structs(member, other, address, owner, found)
    for key, member in afters.items():
        if key not in befores:
            address, owner = _address(member, key, here, uid)
            found.append(_membership(None, member, address, owner, here))
    order = list(afters)
    if order != _order_after(list(befores), order):
        found.append(
            Edit(
                what=f"{here}/order",
                uid=uid or here,
                verb="order",
                within=here,
                before=list(befores),
                after=order,
            )
        )


def _order_after(old: list[Any], new: Iterable[Any]) -> list[Any]:
    """The order that follows by itself: as it was, or by key where members came or went."""
    members = set(new)
    return old if members == set(old) else sorted(members)


def _address(member: Any, key: Any, here: str, uid: str) -> tuple[str, str]:
    if isinstance(member, Tombstone):
        return f"tombstones/{key}", f"tombstones/{key}"
    is_named = key_field(member.__class__) == "uid"
    return (key, key) if is_named else (f"{here}/{key}", uid)


def _membership(old: Any, new: Any, address: str, uid: str, within: str) -> Edit:
    return Edit(
        what=address,
        uid=uid,
        verb="add" if old is None else "remove",
        within=within,
        before=plain(old),
        after=plain(new),
    )


def apply_edits(plan: Plan, edits: Iterable[Edit]) -> Plan:
    """`plan` with every edit made.

    Raises ValueError if `plan` is not the one that the edits start from: a value that is to be
    replaced is another one, or an object to change is not there.
    """
    book = _Book(edits)
    changed: Plan = book.struct(plan, "")
    if book.open:
        raise _misfit(min(book.open), "nothing there")
    return changed


def _misfit(what: str, found: str) -> ValueError:
    return ValueError(
        f"The difference does not start from this plan: at {what} it expects another value, "
        f"found {found}. Compare the two plans anew."
    )


class _Book:
    """The edits by address, and the way down to each."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        self.settings: dict[str, Edit] = {}
        self.members: dict[str, list[Edit]] = defaultdict(list)
        self.orders: dict[str, Edit] = {}
        self.on_the_way: set[str] = set()
        self.open: set[str] = set()
        for edit in edits:
            self._enter(edit)

    def _enter(self, edit: Edit) -> None:
        self.open.add(edit.what)
        within = edit.within or ""
        if edit.verb == "set":
            self.settings[edit.what] = edit
        elif edit.verb == "order":
            self.orders[within] = edit
        else:
            self.members[within].append(edit)
        for address in (edit.what, within):
            while address and address not in self.on_the_way:
                self.on_the_way.add(address)
                address = address.rpartition("/")[0]

    def struct(self, part: Any, here: str) -> Any:
        changes = {}
        for name, kind in _types(part.__class__).items():
            address = f"{here}/{name}" if here else name
            value = getattr(part, name)
            changed = self._value(value, kind, address)
            if changed is not value:
                changes[name] = changed
        return replace(part, **changes) if changes else part

    def _value(self, value: Any, kind: Any, here: str) -> Any:
        if here in self.settings:
            edit = self.settings[here]
            self._check(edit, value)
            return _typed(edit.after, kind)
        if isinstance(value, tuple):
            return self._collection(value, kind, here)
        if here in self.members:
            return self._single(value, kind, here)
        if isinstance(value, msgspec.Struct):
            address = getattr(value, "uid", here)
            is_passed = "/" in here and address not in self.on_the_way
            return value if is_passed else self.struct(value, address)
        return value

    def _single(self, value: Any, kind: Any, here: str) -> Any:
        for edit in self.members[here]:
            self._check(edit, value)
            value = _typed(edit.after, kind)
        return value

    def _collection(self, old: tuple[Any, ...], kind: Any, here: str) -> tuple[Any, ...]:
        of = get_args(kind)[0]
        field = key_field(of)
        if not field:
            return old
        members, is_changed = {}, here in self.members or here in self.orders
        for member in old:
            key = getattr(member, field)
            address, _ = _address(member, key, here, "")
            changed = self.struct(member, address) if address in self.on_the_way else member
            is_changed = is_changed or changed is not member
            members[key] = changed
        if not is_changed:
            return old
        keys = list(members)
        for edit in self.members.get(here, ()):
            self._come_or_go(edit, members, of, field)
        return tuple(members[key] for key in self._order(here, keys, members))

    def _come_or_go(self, edit: Edit, members: dict[Any, Any], of: Any, field: str) -> None:
        key = (edit.before or edit.after)[field]
        self._check(edit, members.get(key))
        if edit.verb == "remove":
            del members[key]
        else:
            members[key] = _typed(edit.after, of)

    def _order(self, here: str, old: list[Any], members: dict[Any, Any]) -> list[Any]:
        edit = self.orders.get(here)
        if edit is None:
            return _order_after(old, members)
        self.open.discard(edit.what)
        if edit.before != old or set(edit.after) != set(members):
            raise _misfit(edit.what, str(old))
        return list(edit.after)

    def _check(self, edit: Edit, value: Any) -> None:
        if plain(value) != edit.before:
            raise _misfit(edit.what, repr(plain(value)))
        self.open.discard(edit.what)


def _typed(value: Any, kind: Any) -> Any:
    return msgspec.convert(value, kind) if value is not None else None


@cache
def _types(kind: Any) -> dict[str, Any]:
    return {field.name: field.type for field in msgspec.structs.fields(kind)}
