"""What the working plan holds of objects that a file speaks of: of the draft, and of tables that know more than it.

A draft holds what may be published. Councils keep more than that, so what is said of them is compared with the tables.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from veikart.consultations import kinds as consultation_kinds
from veikart.core.kinds import Kind, PartKind
from veikart.council import kinds as council_kinds
from veikart.editions import queries as editions
from veikart.evaluation import kinds as evaluation_kinds
from veikart.intake.difference import Held, objects
from veikart.plan.index import name_of

_PARTS: dict[str, PartKind] = {
    part.name: part for part in (*council_kinds.PART_KINDS, *evaluation_kinds.PART_KINDS)
}
_TABLES: dict[str, Kind] = {
    kind.name: kind
    for kind in (*consultation_kinds.KINDS, *council_kinds.KINDS, *evaluation_kinds.KINDS)
}

Place = tuple[str, str]
"""A kind and a uid."""


def held(places: Iterable[Place]) -> dict[Place, Held]:
    """What the plan holds at `places`; of kinds that are in the draft, everything."""
    by_kind: dict[str, set[str]] = defaultdict(set)
    for kind, uid in places:
        by_kind[kind].add(uid)
    found = {}
    if by_kind.keys() - _TABLES.keys() - _PARTS.keys() or not by_kind:
        found = objects(editions.draft())
    for name, uids in by_kind.items():
        if name in _TABLES:
            found |= _of_table(_TABLES[name], uids)
        elif name in _PARTS:
            found |= _of_part(_PARTS[name], uids)
    return found


def _of_table(kind: Kind, uids: Collection[str]) -> dict[Place, Held]:
    return {
        (kind.name, uid): Held(thing=thing, name=name_of(thing))
        for uid, thing in kind.load(uids).items()
    }


def _of_part(part: PartKind, uids: Collection[str]) -> dict[Place, Held]:
    owners = {place[0] for uid in uids if (place := part.split(uid))}
    loaded: Mapping[str, Any] = part.of.load(owners)
    return {
        (part.name, part.uid(uid, row.no)): Held(thing=row, name=name_of(owner))
        for uid, owner in loaded.items()
        for row in getattr(owner, part.field)
    }
