"""What the steps of all actions need: looking things up, checking uids, and what a step consists of."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from veikart.engines.handling.refusal import Refusal
from veikart.engines.handling.state import (
    Area,
    Cell,
    Goal,
    Point,
    Reply,
    State,
    Table,
    Theme,
    Write,
)

Thing = TypeVar("Thing", Point, Theme, Area, Goal)


@dataclass(frozen=True, slots=True)
class Step:
    """The cells that an action writes, those it rests on beside them, and the numbers it uses up."""

    writes: tuple[Write, ...]
    rests: tuple[Cell, ...] = ()
    used: tuple[tuple[str, int], ...] = ()


def reply(state: State, uid: str) -> Reply:
    """The reply `uid`, which was not withdrawn. Raises Refusal."""
    found = state.replies.get(uid)
    if found is None:
        raise Refusal("unknown", uid=uid)
    if found.withdrawn is not None:
        raise Refusal("gone", uid=uid, how="withdrawn")
    return found


def point(state: State, uid: str) -> Point:
    """The standing point `uid`. Raises Refusal."""
    return _standing(state.points, uid)


def points(state: State, uids: Iterable[str], *, least: int = 1) -> list[Point]:
    """The standing points `uids`, each once. Raises Refusal, also if they are fewer than `least`."""
    found = [point(state, uid) for uid in dict.fromkeys(uids)]
    if len(found) < least:
        raise Refusal("empty" if least == 1 else "too_few", found=len(found))
    return found


def theme(state: State, uid: str) -> Theme:
    """The standing theme `uid`. Raises Refusal."""
    return _standing(state.themes, uid)


def area(state: State, uid: str) -> Area:
    """The standing change area `uid`. Raises Refusal."""
    return _standing(state.areas, uid)


def goal(state: State, uid: str) -> Goal:
    """The standing draft goal `uid`. Raises Refusal."""
    return _standing(state.goals, uid)


def _standing(things: Mapping[str, Thing], uid: str) -> Thing:
    found = things.get(uid)
    if found is None:
        raise Refusal("unknown", uid=uid)
    if found.gone:
        raise Refusal("gone", uid=uid, how=found.gone)
    return found


def made(table: Table, uid: str, thing: object) -> Write:
    """Making a thing."""
    return Write(Cell(table, uid), thing)


def changed(table: Table, uid: str, field: str, value: object) -> Write:
    """Changing a field of a thing."""
    return Write(Cell(table, uid, field), value)


_TABLES: dict[type, Table] = {Point: "points", Theme: "themes", Area: "areas", Goal: "goals"}


def standing(*things: Point | Theme | Area | Goal) -> tuple[Cell, ...]:
    """The cells that say that these things stand."""
    return tuple(
        Cell(_TABLES[type(thing)], thing.uid, name) for thing in things for name in (None, "gone")
    )


def numbers(
    state: State, uids: Iterable[str], *, segment: str, of: str | None = None
) -> tuple[tuple[str, int], ...]:
    """The numbers that new `uids` use up: each the owner's uid, `segment` and a number not used yet.

    Raises Refusal for a uid of another form, and for one that was used before.
    """
    used: dict[str, int] = {}
    for uid in uids:
        found = re.fullmatch(rf"(.+)/{segment}/([1-9]\d*)", uid)
        if found is None or (of is not None and found[1] != of):
            raise Refusal("wrong_uid", uid=uid)
        prefix, number = f"{found[1]}/{segment}", int(found[2])
        if number <= max(used.get(prefix, 0), state.used.get(prefix, 0)):
            raise Refusal("uid_taken", uid=uid)
        used[prefix] = number
    return tuple(used.items())


def next_uid(state: State, owner: str, segment: str, *, after: int = 0) -> str:
    """The next uid of its kind; `after` more of them are already in use by the same action."""
    prefix = f"{owner}/{segment}"
    return f"{prefix}/{state.used.get(prefix, 0) + 1 + after}"


def said(text: str | None, uid: str) -> str:
    """The reason given for something about `uid`. Raises Refusal if there is none."""
    if text is None or not text.strip():
        raise Refusal("missing_reason", uid=uid)
    return text.strip()


def named(text: str, uid: str) -> str:
    """The title given to `uid`. Raises Refusal if there is none."""
    if not text.strip():
        raise Refusal("missing_title", uid=uid)
    return text.strip()
