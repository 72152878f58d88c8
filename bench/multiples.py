"""A Plan made many times as large, to see how cost grows: more roadmap under the same goals."""

from collections.abc import Iterable
from operator import attrgetter
from typing import TypeVar

from msgspec.structs import replace

from veikart.plan.model import Deliverable, Dependency, Grouping, Plan

Copied = TypeVar("Copied", Grouping, Deliverable, Dependency)


def multiplied(plan: Plan, times: int) -> Plan:
    """`plan` with its groupings, deliverables and dependencies `times` times over.

    The first copy is the original; in copy 2 every uid of these kinds ends in `-2`, and so on.
    What they refer to among themselves follows along; goals, delmål and actors stay as they are.
    Raises ValueError if `times` is below one.
    """
    if times < 1:
        raise ValueError(f"Expected one or more copies, found {times}. Give a whole number from 1.")
    roadmap = plan.roadmap
    own = {grouping.uid for grouping in roadmap.groupings}
    own |= {deliverable.uid for deliverable in roadmap.deliverables}
    own |= {dependency.uid for dependency in roadmap.dependencies}
    copies = [_Copy(own, f"-{number}" if number > 1 else "") for number in range(1, times + 1)]
    return replace(
        plan,
        roadmap=replace(
            roadmap,
            groupings=_sorted(copy.grouping(g) for copy in copies for g in roadmap.groupings),
            deliverables=_sorted(
                copy.deliverable(d) for copy in copies for d in roadmap.deliverables
            ),
            dependencies=_sorted(
                copy.dependency(d) for copy in copies for d in roadmap.dependencies
            ),
        ),
    )


class _Copy:
    def __init__(self, own: set[str], ending: str) -> None:
        self.own, self.ending = own, ending

    def uid(self, uid: str) -> str:
        return uid + self.ending if uid in self.own else uid

    def grouping(self, grouping: Grouping) -> Grouping:
        return replace(grouping, uid=self.uid(grouping.uid), title=self._numbered(grouping.title))

    def deliverable(self, deliverable: Deliverable) -> Deliverable:
        return replace(
            deliverable,
            uid=self.uid(deliverable.uid),
            register_id=deliverable.register_id + self.ending,
            name=self._numbered(deliverable.name),
            grouping=self.uid(deliverable.grouping),
        )

    def dependency(self, dependency: Dependency) -> Dependency:
        return replace(
            dependency,
            uid=self.uid(dependency.uid),
            subject=self.uid(dependency.subject),
            on=self.uid(dependency.on) if dependency.on else None,
        )

    def _numbered(self, words: str) -> str:
        return f"{words} {self.ending[1:]}" if self.ending else words


def _sorted(things: Iterable[Copied]) -> tuple[Copied, ...]:
    return tuple(sorted(things, key=attrgetter("uid")))
