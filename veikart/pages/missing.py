"""What is not there: the page that says so, and what took its place."""

import re
from typing import Any

from veikart.editions.queries import Shelved
from veikart.pages.reading import Reading
from veikart.plan.index import name_of
from veikart.plan.model import Tombstone

REPLY = re.compile(r"(?:horing|arbeidsmote)/[\w-]+/(?:svar|bidrag)/\d+")
"""The uid of a reply, and what the uids of its points begin with."""


class NotInPlan(LookupError):
    """The plan has nothing at this address."""

    def __init__(self, uid: str) -> None:
        super().__init__(uid)
        self.uid = uid


def page(reading: Reading, uid: str) -> dict[str, Any]:
    """Why `uid` is not there, its successors, and the last edition that had it."""
    index = reading.plan.index
    stone = index.tombstones.get(uid) or _stone_of_reply(reading, uid)
    successors = [
        {"name": name_of(index.by_uid[other]), "address": reading.link(other)}
        for other in (stone.successors if stone else ())
        if other in index.by_uid
    ]
    is_withdrawn = stone is not None and stone.kind == "reply"
    last = None if is_withdrawn else _last(reading, uid)
    thing = last.plan.index.by_uid[uid] if last else None
    return {
        "stone": stone,
        "is_withdrawn": is_withdrawn,
        "successors": successors,
        "last": last,
        "name": stone.name if stone else (name_of(thing) if thing else None),
        "uid": uid,
    }


def _last(reading: Reading, uid: str) -> Shelved | None:
    return next((kept for kept in reading.editions if uid in kept.plan.index.by_uid), None)


def _stone_of_reply(reading: Reading, uid: str) -> Tombstone | None:
    """The stone of a reply, and of what lay under it, that was withdrawn after the edition that is read."""
    reply = REPLY.match(uid)
    plans = [reading.plan, *(kept.plan for kept in reading.editions[:1])]
    stones = (plan.index.tombstones.get(reply[0]) for plan in plans if reply)
    return next((stone for stone in stones if stone), None)


def found(reading: Reading, uid: str, kind: type[Any]) -> Any:
    """The thing called `uid`. Raises NotInPlan where the plan has none of that kind."""
    thing = reading.plan.index.by_uid.get(uid)
    if not isinstance(thing, kind):
        raise NotInPlan(uid)
    return thing
