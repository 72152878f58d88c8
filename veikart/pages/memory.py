"""What was made of a plan once need not be made again: kept with the plan, and gone with it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from veikart.plan.model import Plan

if TYPE_CHECKING:
    from veikart.pages.reading import Reading

KEPT = 48
"""So many results are kept with a plan; the one that was used longest ago goes first."""

Made = TypeVar("Made")
_NAME = "made_of_it"


class HasUid(Protocol):
    """A thing of the plan."""

    @property
    def uid(self) -> str:
        """Its address."""


Thing = TypeVar("Thing", bound=HasUid)
_lock = Lock()


def remembered(plan: Plan, key: Hashable, make: Callable[[], Made]) -> Made:
    """What `make` gives, made once for each `key` as long as `plan` is in memory."""
    kept: OrderedDict[Hashable, Any] = plan.__dict__.setdefault(_NAME, OrderedDict())
    with _lock:
        if key in kept:
            kept.move_to_end(key)
            found: Made = kept[key]
            return found
    made = make()
    with _lock:
        kept[key] = made
        while len(kept) > KEPT:
            kept.popitem(last=False)
    return made


def each_remembered(
    reading: "Reading", what: str, things: Iterable[Thing], make: Callable[["Reading", Thing], Made]
) -> list[Made]:
    """What `make` gives of each of `things`, made once for a plan, a language and a place in the site."""
    known: dict[str, Made] = remembered(
        reading.plan, (what, reading.language, reading.prefix), dict
    )
    found = []
    for thing in things:
        if thing.uid not in known:
            known[thing.uid] = make(reading, thing)
        found.append(known[thing.uid])
    return found
