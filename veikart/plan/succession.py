"""What became of objects that are gone: their living successors, found through the tombstones."""

from collections import defaultdict
from functools import cached_property

from veikart.plan.model import Delmal, Plan


class Succession:
    """The threads from objects that only the first plan has to objects in the second."""

    def __init__(self, before: Plan, after: Plan) -> None:
        self.before, self.after = before.index, after.index

    @cached_property
    def _replacing(self) -> dict[str, list[str]]:
        replacing = defaultdict(list)
        for thing in self.after.by_uid.values():
            if isinstance(thing, Delmal):
                for uid in thing.replaces:
                    replacing[uid].append(thing.uid)
        return replacing

    def successors(self, uid: str) -> tuple[str, ...]:
        """What took the place of `uid`, followed until it is alive in the second plan.

        A successor that is named but nowhere to be found is given as it is named.
        """
        found: dict[str, None] = {}
        seen, waiting = {uid}, self._next(uid)
        while waiting:
            named = waiting.pop(0)
            if named in seen:
                continue
            seen.add(named)
            following = () if named in self.after.by_uid else self._next(named)
            if following:
                waiting[:0] = following
            else:
                found[named] = None
        return tuple(found)

    def follows(self, before: str | None, after: str | None) -> bool:
        """Whether `after` is the one and only successor of `before`, which is gone."""
        if before is None or after is None:
            return before is after
        if before == after:
            return True
        return before not in self.after.by_uid and self.successors(before) == (after,)

    def is_recoded(self, before: str, after: str) -> bool:
        """Whether `after` is the delmål `before` under another code."""
        delmal = self.after.by_uid.get(after)
        return isinstance(delmal, Delmal) and before in delmal.replaces

    def _next(self, uid: str) -> list[str]:
        stone = self.after.tombstones.get(uid)
        named = stone.successors if stone else ()
        return list(dict.fromkeys((*named, *self._replacing.get(uid, ()))))
