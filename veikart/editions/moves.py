"""The dates that moved since the last approved edition, each with the cause that was given."""

from dataclasses import dataclass

from veikart.engines.dates import FuzzyDate
from veikart.plan.change import MOVES, Change
from veikart.plan.compare import Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A date that moved: of what, from when to when, and why as far as anybody has said."""

    what: str
    uid: str
    name: str
    edge: str
    is_later: bool
    months: int
    days: int
    before: FuzzyDate
    after: FuzzyDate
    code: str = ""
    text: str = ""

    @property
    def is_unexplained(self) -> bool:
        """Whether nobody has said why."""
        return not self.code


@dataclass(frozen=True, slots=True)
class GivenCause:
    """A cause as somebody gives it for the moved date `what`."""

    what: str
    code: str
    text: str


def moves(comparison: Comparison) -> list[Move]:
    """Every date in `comparison` that moved, those without a cause first."""
    found = [_move(change) for change in comparison.changes if change.kind in MOVES]
    return sorted((move for move in found if move), key=lambda move: not move.is_unexplained)


def _move(change: Change) -> Move | None:
    if change.date_before is None or change.date_after is None or change.shift is None:
        return None
    return Move(
        what=change.what,
        uid=change.uid,
        name=change.name,
        edge=change.what.rpartition("/")[2],
        is_later=change.kind == "later",
        months=abs(change.shift.months),
        days=abs(change.shift.middle),
        before=change.date_before,
        after=change.date_after,
        code=change.cause.code if change.cause else "",
        text=(change.cause.text or "") if change.cause else "",
    )
