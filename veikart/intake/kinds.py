"""The kinds that a file may speak of: how each is compared, and which app puts it into the plan."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from veikart.consultations import kinds as consultation_kinds
from veikart.consultations import services as consultations
from veikart.core.kinds import Kind, PartKind
from veikart.council import kinds as council_kinds
from veikart.council import services as council
from veikart.evaluation import kinds as evaluation_kinds
from veikart.evaluation import services as evaluation
from veikart.indicators import kinds as indicator_kinds
from veikart.indicators import services as indicators
from veikart.people import kinds as people_kinds
from veikart.people import services as people
from veikart.people.models import User
from veikart.people.writing import Change, Item
from veikart.roadmap import kinds as roadmap_kinds
from veikart.roadmap import services as roadmap
from veikart.strategy import kinds as strategy_kinds
from veikart.strategy import services as strategy


class PutMany(Protocol):
    """Creates and changes objects: all of them, or none."""

    def __call__(self, items: Iterable[Item], *, by: User | None) -> list[Change]: ...


class Remove(Protocol):
    """Takes an object out of the plan and leaves a stone."""

    def __call__(
        self, kind: str, uid: str, *, reason: str, successors: Collection[str] = (), by: User | None
    ) -> Change: ...


@dataclass(frozen=True)
class Taken:
    """A kind that can be taken in. `place` is its turn: what is referred to comes first."""

    kind: Kind | PartKind
    place: int
    put_many: PutMany
    remove: Remove | None

    @property
    def struct(self) -> type[Any]:
        """The struct in the plan."""
        return self.kind.struct


_IN_ORDER: list[tuple[Kind | PartKind, PutMany, Remove | None]] = [
    *((kind, people.put_many, None) for kind in people_kinds.KINDS),
    *((kind, strategy.put_many, strategy.remove) for kind in strategy_kinds.KINDS),
    *((kind, indicators.put_many, indicators.remove) for kind in indicator_kinds.KINDS),
    *((kind, roadmap.put_many, roadmap.remove) for kind in roadmap_kinds.KINDS),
    *((kind, roadmap.put_many, roadmap.remove) for kind in roadmap_kinds.PART_KINDS),
    *((kind, consultations.put_many, None) for kind in consultation_kinds.KINDS),
    *((kind, council.put_many, None) for kind in council_kinds.KINDS),
    *((kind, council.put_many, None) for kind in council_kinds.PART_KINDS),
    *((kind, evaluation.put_many, None) for kind in evaluation_kinds.KINDS),
    *((kind, evaluation.put_many, None) for kind in evaluation_kinds.PART_KINDS),
]
TAKEN: dict[str, Taken] = {
    kind.name: Taken(kind=kind, place=place, put_many=put_many, remove=remove)
    for place, (kind, put_many, remove) in enumerate(_IN_ORDER)
}
PARTS: tuple[PartKind, ...] = roadmap_kinds.PART_KINDS
