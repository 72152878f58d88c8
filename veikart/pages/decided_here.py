"""What councils decided of one thing of the plan, what was treated in cases about it, and what waits to be decided."""

from collections.abc import Iterable
from typing import Any

from veikart.pages import points
from veikart.pages.council_facts import year_of_case
from veikart.pages.decision_told import Does, Told, ToldCase, does, told, told_case
from veikart.pages.reading import Reading
from veikart.plan import decided
from veikart.plan.decided import Touch
from veikart.plan.register import Asked, query, register

SHOWN = 10
"""So many decisions on a thing are here; the register has all of them."""


def of(reading: Reading, *uids: str, above: Iterable[str] = ()) -> dict[str, Any]:
    """What touches each of `uids`, and apart from it what touches what they are under, with where all of it is."""
    own = [_group(reading, uid) for uid in uids]
    higher = [_group(reading, uid) for uid in above]
    return {
        "groups": [group for group in own if group["count"]],
        "above": [group for group in higher if group["count"]],
        "has_parts": len(uids) > 1,
    }


def _group(reading: Reading, uid: str) -> dict[str, Any]:
    index = reading.plan.index
    touches = decided.touching(index, uid)
    effects = [touch for touch in touches if touch.effects]
    about = [touch for touch in touches if not touch.effects]
    waiting = decided.pending(index, uid)
    return {
        "name": points.named(reading, uid)[0],
        "count": len(touches) + len(waiting),
        "effects": _rows(reading, effects),
        "about": _rows(reading, about),
        "waiting": _cases(reading, waiting),
        "more": _all(reading, uid) if max(len(effects), len(about)) > SHOWN else None,
    }


def _rows(reading: Reading, touches: list[Touch]) -> list[tuple[Told, list[Does]]]:
    """Each decision with what it does to the thing; nothing where its case is about it alone."""
    shown = touches[:SHOWN]
    listed = told(reading, [touch.decision for touch in shown])
    return [
        (one, [_to_this(reading, touch, place) for place in range(len(touch.effects))])
        for one, touch in zip(listed, shown, strict=True)
    ]


def _to_this(reading: Reading, touch: Touch, place: int) -> Does:
    """An effect without the name of the thing, on whose own page it stands."""
    found = does(reading, touch.effects[place])
    return Does(found.said, None, None, found.note)


def _cases(reading: Reading, waiting: list[Any]) -> list[ToldCase]:
    """The cases that wait, the newest first."""
    newest = sorted(waiting, key=lambda case: (-year_of_case(case.uid), case.uid))
    return [told_case(reading, case) for case in newest[:SHOWN]]


def _all(reading: Reading, uid: str) -> str | None:
    """Where the register has all that touches `uid` and what is under it."""
    if uid not in register(reading.plan).values["theme"]:
        return None
    return f"{reading.address('vedtak')}?{query(Asked(theme=uid))}"
