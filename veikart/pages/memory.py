"""What was made of a plan once need not be made again: kept with the plan, and gone with it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from veikart.plan.model import Plan

KEPT = 48
"""So many results are kept with a plan; the one that was used longest ago goes first."""

Made = TypeVar("Made")
_NAME = "made_of_it"
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
