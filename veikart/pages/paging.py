"""Long lists on pages of their own: `…/side/2/` after the address of the first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from veikart.pages.missing import NotInPlan
from veikart.pages.reading import Reading

PER_PAGE = 100
"""So many points are listed on a page."""
NEAR = 2
"""So many pages on each side of the one that is read are offered, beside the first and the last."""

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Paged(Generic[Thing]):
    """A page of a list: what is on it, its number from 1, and the address of each page there is."""

    things: Sequence[Thing]
    number: int
    addresses: tuple[str, ...]

    @property
    def offered(self) -> list[tuple[int, str | None]]:
        """The first pages, those near this one and the last: number and address, None where some are left out."""
        near = range(self.number - NEAR, self.number + NEAR + 1)
        shown = sorted({1, self.count, *near} & set(range(1, self.count + 1)))
        found: list[tuple[int, str | None]] = []
        for number in shown:
            if found and number > found[-1][0] + 1:
                found.append((number - 1, None))
            found.append((number, self.addresses[number - 1]))
        return found

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


def paths(path: str, count: int, *, per_page: int = PER_PAGE) -> Iterator[str]:
    """The path of each page of a list of `count` things that begins at `path`."""
    yield path
    for number in range(2, -(-count // per_page) + 1):
        yield f"{path}/side/{number}"


def paged(
    reading: Reading,
    path: str,
    things: Sequence[Thing],
    page: str | None,
    *,
    per_page: int = PER_PAGE,
    query_string: str = "",
) -> Paged[Thing]:
    """The page numbered `page` (None: the first) of `things`. Raises NotInPlan where there is none.

    `query_string` is what was asked for, with its question mark; it goes with each page's address.
    """
    addresses = tuple(
        f"{reading.address(one)}{query_string}"
        for one in paths(path, len(things), per_page=per_page)
    )
    number = int(page or 1)
    if not 1 <= number <= len(addresses) or page == "1":
        raise NotInPlan(f"{path}/side/{page}")
    start = (number - 1) * per_page
    return Paged(things[start : start + per_page], number, addresses)
