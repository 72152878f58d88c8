"""Long lists on pages of their own: `…/side/2/` after the address of the first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from veikart.pages.missing import NotInPlan
from veikart.pages.reading import Reading

PER_PAGE = 100
"""So many points are listed on a page."""

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Paged(Generic[Thing]):
    """A page of a list: what is on it, its number from 1, and the address of each page there is."""

    things: Sequence[Thing]
    number: int
    addresses: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self.addresses)

    @property
    def previous(self) -> str | None:
        """Where the page before is."""
        return self.addresses[self.number - 2] if self.number > 1 else None

    @property
    def following(self) -> str | None:
        """Where the page after is."""
        return self.addresses[self.number] if self.number < self.count else None


def paths(path: str, count: int) -> Iterator[str]:
    """The path of each page of a list of `count` things that begins at `path`."""
    yield path
    for number in range(2, -(-count // PER_PAGE) + 1):
        yield f"{path}/side/{number}"


def paged(reading: Reading, path: str, things: Sequence[Thing], page: str | None) -> Paged[Thing]:
    """The page numbered `page` (None: the first) of `things`. Raises NotInPlan where there is none."""
    addresses = tuple(reading.address(one) for one in paths(path, len(things)))
    number = int(page or 1)
    if not 1 <= number <= len(addresses) or page == "1":
        raise NotInPlan(f"{path}/side/{page}")
    start = (number - 1) * PER_PAGE
    return Paged(things[start : start + PER_PAGE], number, addresses)
