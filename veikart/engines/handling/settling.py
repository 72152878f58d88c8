"""What is settled and what is open: each point's outcome, the counts, and what a point lacks."""

from typing import Literal, NamedTuple

import msgspec

from veikart.engines.handling.state import Decision, Point, State

Lack = Literal["confirmation", "outcome", "reason"]
Status = Literal["open", "answered", "set_aside", "lapsed"]
_MOST_OPEN_FIRST: tuple[Status, ...] = ("open", "answered", "set_aside", "lapsed")


class Lacking(NamedTuple):
    """A point that cannot be published yet, and what it lacks first."""

    point: str
    lack: Lack


class Answer(NamedTuple):
    """The outcome that holds for a point; `theme` is the uid of the theme it comes from, if any."""

    decision: Decision
    theme: str | None


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How many originals came, and what became of them; `received` is the sum of all the others."""

    received: int
    answered: int
    set_aside: int
    lapsed: int
    open: int

    @property
    def handled(self) -> int:
        """All that are not open."""
        return self.answered + self.set_aside + self.lapsed


def answer_of(state: State, point: Point) -> Answer | None:
    """The outcome that holds for `point`: its own, else the first theme's that has one."""
    if point.outcome:
        return Answer(point.outcome, None)
    for theme in state.themes_of(point.uid):
        if theme.outcome:
            return Answer(theme.outcome, theme.uid)
    return None


def status_of(state: State, point: Point) -> Status:
    """How far `point`, which was not split or merged, has come."""
    if point.gone == "lapsed":
        return "lapsed"
    if point.aside is not None:
        return "set_aside"
    answer = answer_of(state, point)
    return "answered" if answer and answer.decision.reason else "open"


def lacking(state: State) -> list[Lacking]:
    """The standing points that cannot be published yet, in the order they came."""
    return [
        Lacking(point.uid, lack)
        for point in state.standing()
        if (lack := _lack_of(state, point)) is not None
    ]


def _lack_of(state: State, point: Point) -> Lack | None:
    if point.aside is not None:
        return None
    answer = answer_of(state, point)
    if answer is None:
        return "outcome"
    if answer.decision.reason is None:
        return "reason"
    return None if point.confirmed else "confirmation"


def statuses(state: State) -> dict[str, Status]:
    """How far each original has come: as far as the part of it that has come the least."""
    found: dict[str, Status] = {}
    for point in state.points.values():
        if point.gone in ("split", "merged"):
            continue
        status = status_of(state, point)
        for origin in point.origins:
            known = found.get(origin, status)
            found[origin] = min(known, status, key=_MOST_OPEN_FIRST.index)
    return found


def counts(state: State, reply: str | None = None) -> Counts:
    """The counts of the whole hearing, or of one reply.

    An original without a point that stands for it would be lost; it counts as open.
    """
    found = statuses(state)
    listed = [
        found.get(uid, "open")
        for uid in state.originals
        if reply is None or uid.startswith(f"{reply}/")
    ]
    return Counts(
        received=len(listed),
        answered=listed.count("answered"),
        set_aside=listed.count("set_aside"),
        lapsed=listed.count("lapsed"),
        open=listed.count("open"),
    )
