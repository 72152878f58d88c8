"""What a file's items would change in a plan: new, changed and gone; no database, only values."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec
from django.core.exceptions import ValidationError

from veikart.core.kinds import PartKind
from veikart.core.values import given, given_part
from veikart.engines.proposal import Item, Unreadable
from veikart.intake.kinds import PARTS, TAKEN
from veikart.plan.index import KINDS, name_of, things
from veikart.plan.model import Part, Plan

SOURCE_FIELDS = {"register_version", "source"}
"""Fields that say where a value was read, and nothing about the plan itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One object that the file has otherwise than the plan; values as JSON holds them.

    `decided` are those values of the file that people decided about before; see `memory`.
    """

    kind: str
    key: str
    name: str
    change: str
    values: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    found_at: dict[str, Any] = field(default_factory=dict)
    decided: dict[str, Any] = field(default_factory=dict)

    @property
    def only_source(self) -> bool:
        """Whether it is the same as before, but read in another version or source."""
        return self.change == "changed" and self.values.keys() <= SOURCE_FIELDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An object of the plan and what people call it; a period is called as its deliverable."""

    thing: Part
    name: str


def objects(plan: Plan) -> dict[tuple[str, str], Held]:
    """Every object of `plan` by kind and uid, the periods and milestones of deliverables among them."""
    found = {}
    for thing in things(plan):
        kind = KINDS[type(thing)]
        found[kind, thing.uid] = Held(thing=thing, name=name_of(thing))
        for part in PARTS:
            if part.of.name == kind:
                for row in getattr(thing, part.field):
                    found[part.name, part.uid(thing.uid, row.no)] = Held(
                        thing=row, name=name_of(thing)
                    )
    return found


def differences(
    items: Iterable[Item], known: dict[tuple[str, str], Held], *, whole_kinds: Collection[str]
) -> tuple[list[Difference], int]:
    """How `items` differ from what the plan has (`known`, as `holding.held` gives it), and how many do not.

    An object that the plan has and `items` lack is gone if its kind is among `whole_kinds`; what
    is part of a gone object is not told apart. Raises Unreadable if an item has an unknown kind
    or field, or a value that does not fit.
    """
    seen = {(item.kind, item.key): item for item in items}
    names = {key: str(item.values.get("name") or key) for (_kind, key), item in seen.items()}
    made = [_compare(item, known, names) for item in seen.values()]
    different = [difference for difference in made if difference is not None]
    return different + _gone(known, seen, whole_kinds), len(made) - len(different)


def present(held: Held | None, fields: Iterable[str]) -> dict[str, Any]:
    """What the plan has in `fields`, as JSON holds it; empty for an object that is not there."""
    if held is None:
        return {}
    return {name: plain(getattr(held.thing, name)) for name in fields}


def missing(kind: str, change: str, values: Collection[str]) -> list[str]:
    """The fields that a new object of `kind` must have before it can be put, and `values` lack."""
    if change != "new" or kind not in TAKEN:
        return []
    return [
        info.name
        for info in msgspec.structs.fields(TAKEN[kind].struct)
        if info.required
        and info.name not in (*values, "uid", "no")
        and not _may_be_blank(info)
        and getattr(info.type, "__origin__", None) is not tuple
    ]


def plain(value: Any) -> Any:
    """`value` as JSON holds it."""
    return msgspec.json.decode(msgspec.json.encode(value))


def _gone(
    known: dict[tuple[str, str], Held],
    seen: dict[tuple[str, str], Item],
    whole_kinds: Collection[str],
) -> list[Difference]:
    gone = {place for place in known if place[0] in whole_kinds and place not in seen}
    parts = {part.name: part for part in PARTS}
    return [
        Difference(
            kind=kind,
            key=key,
            name=known[kind, key].name,
            change="gone",
            before=plain(known[kind, key].thing),
        )
        for kind, key in known
        if (kind, key) in gone and not _goes_with_its_owner(parts.get(kind), key, gone)
    ]


def _goes_with_its_owner(part: PartKind | None, key: str, gone: set[tuple[str, str]]) -> bool:
    place = part.split(key) if part else None
    return part is not None and place is not None and (part.of.name, place[0]) in gone


def _compare(
    item: Item, known: dict[tuple[str, str], Held], names: dict[str, str]
) -> Difference | None:
    _refuse_unknown(item)
    held = known.get((item.kind, item.key))
    old = held.thing if held else None
    values = _speaking(item)
    new = _made(item, old, values)
    place = msgspec.to_builtins(item.found_at)
    if held is None:
        return Difference(
            kind=item.kind,
            key=item.key,
            name=_name(item, known, names),
            change="new",
            values=plain({name: getattr(new, name, value) for name, value in values.items()}),
            found_at=place,
        )
    differing = [name for name in values if getattr(old, name) != getattr(new, name)]
    if not differing:
        return None
    return Difference(
        kind=item.kind,
        key=item.key,
        name=held.name,
        change="changed",
        values={name: plain(getattr(new, name)) for name in differing},
        before=present(held, differing),
        found_at=place,
    )


def _speaking(item: Item) -> dict[str, Any]:
    """The item's values but for what its key says already, and blanks where the plan has none."""
    struct = TAKEN[item.kind].struct
    infos = {info.name: info for info in msgspec.structs.fields(struct)}
    owner = _owner_field(item.kind)
    in_key = {"no", owner} if owner else set()
    values = {n: v for n, v in item.values.items() if n not in in_key}
    unknown = sorted(values.keys() - infos.keys())
    if unknown:
        raise Unreadable(
            "unknown_field",
            f"Expected fields of {item.kind} ({', '.join(infos)}); found {', '.join(unknown)} for "
            f"“{item.key}”. Mend the name of the field, or leave it out.",
        )
    return {
        name: value
        for name, value in values.items()
        if value is not None or _may_be_blank(infos[name])
    }


def _may_be_blank(info: msgspec.structs.FieldInfo) -> bool:
    return not info.required or type(None) in getattr(info.type, "__args__", ())


def _owner_field(kind: str) -> str | None:
    taken = TAKEN[kind].kind
    return taken.of.name if isinstance(taken, PartKind) else None


def _made(item: Item, old: Part | None, values: dict[str, Any]) -> Any:
    """The struct that the plan would have; None for a new object that lacks what it must have."""
    taken = TAKEN[item.kind].kind
    try:
        if isinstance(taken, PartKind):
            return given_part(taken.struct, item.key, old, values)
        return given(taken, item.key, old, values)
    except ValidationError as refusal:
        if refusal.code == "missing_value" and old is None:
            return None
        raise Unreadable("wrong_value", " ".join(refusal.messages)) from refusal


def _refuse_unknown(item: Item) -> None:
    if item.kind not in TAKEN:
        raise Unreadable(
            "unknown_object",
            f"Expected one of the kinds {', '.join(sorted(TAKEN))}; found “{item.kind}” for "
            f"“{item.key}”. Mend the kind in the file.",
        )


def _name(item: Item, known: dict[tuple[str, str], Held], names: dict[str, str]) -> str:
    """What people will call a new object; a period is called as its deliverable."""
    taken = TAKEN[item.kind].kind
    if isinstance(taken, PartKind) and (place := taken.split(item.key)):
        owner = known.get((taken.of.name, place[0]))
        return owner.name if owner else names.get(place[0], item.key)
    for name in ("title", "name", "text", "sentence", "on_text"):
        if isinstance(item.values.get(name), str):
            return str(item.values[name])
    return item.key
