"""Collects what a reader wants a person to look at, without drowning anybody in it."""

from collections import Counter

from veikart.engines.proposal import Caution, FoundAt

MOST_OF_A_KIND = 10_000


class Cautions:
    """The cautions of one file, in the order they were found, at most 10,000 of a code."""

    def __init__(self) -> None:
        self._cautions: list[Caution] = []
        self._found: Counter[str] = Counter()

    def add(
        self,
        code: str,
        message: str,
        remedy: str,
        *,
        row: int | None = None,
        page: int | None = None,
        line: int | None = None,
    ) -> None:
        """Keep one caution."""
        self._found[code] += 1
        if self._found[code] <= MOST_OF_A_KIND:
            self._cautions.append(
                Caution(code=code, message=message, remedy=remedy, row=row, page=page, line=line)
            )

    def add_at(self, found_at: FoundAt, code: str, message: str, remedy: str) -> None:
        """Keep one caution on what was found there."""
        self.add(code, message, remedy, row=found_at.row, page=found_at.page, line=found_at.line)

    def all(self) -> tuple[Caution, ...]:
        """All that were kept, and one more for each code of which there were too many."""
        return tuple(self._cautions) + tuple(
            Caution(
                code=code,
                message=f"{found - MOST_OF_A_KIND:,} more of the kind “{code}” are not listed.",
                remedy="Mend those that are listed, then take the file in again.",
            )
            for code, found in self._found.items()
            if found > MOST_OF_A_KIND
        )
