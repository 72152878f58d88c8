"""What is not there: the page that says so, and what took its place."""

from typing import Any

from veikart.pages.reading import Reading
from veikart.plan.index import name_of


class NotInPlan(LookupError):
    """The plan has nothing at this address."""

    def __init__(self, uid: str) -> None:
        super().__init__(uid)
        self.uid = uid


def page(reading: Reading, uid: str) -> dict[str, Any]:
    """Why `uid` is not there, its successors, and the last edition that had it."""
    index = reading.plan.index
    stone = index.tombstones.get(uid)
    successors = [
        {"name": name_of(index.by_uid[other]), "address": reading.link(other)}
        for other in (stone.successors if stone else ())
        if other in index.by_uid
    ]
    last = next((kept for kept in reading.editions if uid in kept.plan.index.by_uid), None)
    thing = last.plan.index.by_uid[uid] if last else None
    return {
        "stone": stone,
        "successors": successors,
        "last": last,
        "name": stone.name if stone else (name_of(thing) if thing else None),
        "uid": uid,
    }


def found(reading: Reading, uid: str, kind: type[Any]) -> Any:
    """The thing called `uid`. Raises NotInPlan where the plan has none of that kind."""
    thing = reading.plan.index.by_uid.get(uid)
    if not isinstance(thing, kind):
        raise NotInPlan(uid)
    return thing
