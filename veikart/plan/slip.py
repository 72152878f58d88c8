"""Slip: how far dates have moved since the first and since the last approved edition, and how often."""

import datetime as dt
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Literal

import msgspec
from msgspec.structs import replace

from veikart.engines.dates import FuzzyDate
from veikart.plan.model import Deliverable, PhasePeriod, Plan
from veikart.plan.placing import goals_of, owners_of
from veikart.plan.shift import Shift, move_between, slip_between

FEWEST = 5
"""Statistics of fewer dates than this are withheld: a handful says nothing, and points at people."""

SIX_MONTHS = 184
"""Days in the longest half-year: more than this is later than six months, wherever it starts."""

UNBOUNDED = 10**12
"""Days that stand for no bound while quartiles are found; a part of it is no bound either."""


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """A start or an end that has a date now, and its slip; more than zero is later.

    `first` and `last` are the slip since the first and the last approved edition, None where that
    edition is not given or had no date here. `moves` is how often it moved through the history.
    """

    what: str
    uid: str
    name: str
    edge: Literal["start", "end"]
    date: FuzzyDate
    first: Shift | None
    last: Shift | None
    moves: int


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    """A figure in days that lies between two; None is without a bound."""

    at_least: float | None
    at_most: float | None


class Statistics(msgspec.Struct, frozen=True, kw_only=True):
    """The slip of `n` dates that both editions have, in days, for one goal, owner, phase or edge.

    `late_at_least` is the share (0–1) that is surely more than six months later, `late_at_most`
    the share that may be. With fewer than five dates all figures are None, and `withheld` says so.
    """

    uid: str | None
    n: int
    lower_quartile: Spread | None = None
    median: Spread | None = None
    upper_quartile: Spread | None = None
    late_at_least: float | None = None
    late_at_most: float | None = None
    withheld: Literal["fewer than five"] | None = None


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the deliverables: those in both editions are `stayed` or, since, `finished`.

    `finished` are completed, or have come into the last phase. Those only in the earlier edition
    are `merged` if a tombstone names a successor, else `removed`; those only in this one `joined`.
    """

    stayed: int
    joined: int
    finished: int
    removed: int
    merged: int


class Against(msgspec.Struct, frozen=True, kw_only=True):
    """Slip against one edition: what became of the deliverables, and statistics of their dates."""

    number: str | None
    as_of: dt.date
    flow: Flow
    all: Statistics
    by_edge: tuple[Statistics, ...]
    by_goal: tuple[Statistics, ...]
    by_owner: tuple[Statistics, ...]
    by_phase: tuple[Statistics, ...]


class Slip(msgspec.Struct, frozen=True, kw_only=True):
    """The slip of every dated start and end, and what it amounts to."""

    edges: tuple[Edge, ...]
    first: Against | None
    last: Against | None


class _Dated(msgspec.Struct, frozen=True):
    deliverable: Deliverable
    period: PhasePeriod
    edge: Literal["start", "end"]
    date: FuzzyDate


def slip(
    plan: Plan, *, first: Plan | None, last: Plan | None, history: Sequence[Plan] = ()
) -> Slip:
    """The slip of `plan` against the `first` and the `last` approved edition.

    `history` are the editions before `plan`, the oldest first; moves are counted through them.
    A date that only became more or less precise has not slipped.
    """
    return Slip(
        edges=tuple(
            Edge(
                what=what,
                uid=dated.deliverable.uid,
                name=dated.deliverable.name,
                edge=dated.edge,
                date=dated.date,
                first=_shift(what, dated, first),
                last=_shift(what, dated, last),
                moves=_moves(what, [*history, plan]),
            )
            for what, dated in _edges(plan).items()
        ),
        first=_against(plan, first) if first else None,
        last=_against(plan, last) if last else None,
    )


def _edges(plan: Plan) -> dict[str, _Dated]:
    return plan.index.kept("slip edges", lambda: dict(_dated(plan)))


def _dated(plan: Plan) -> Iterable[tuple[str, _Dated]]:
    for deliverable in plan.roadmap.deliverables:
        for period in deliverable.periods:
            here = f"{deliverable.uid}/periods/{period.no}"
            if period.start:
                yield f"{here}/start", _Dated(deliverable, period, "start", period.start)
            if period.end:
                yield f"{here}/end", _Dated(deliverable, period, "end", period.end)


def _shift(what: str, dated: _Dated, reference: Plan | None) -> Shift | None:
    before = _edges(reference).get(what) if reference else None
    return slip_between(before.date, dated.date) if before else None


def _moves(what: str, plans: Iterable[Plan]) -> int:
    """How often the date moved from one edition that has it to the next that has it."""
    dates = [dated.date for plan in plans if (dated := _edges(plan).get(what))]
    moves = (move_between(before, after) for before, after in pairwise(dates))
    return sum(move in ("earlier", "later") for move in moves)


def _against(plan: Plan, reference: Plan) -> Against:
    shifts = {
        what: (dated, shift)
        for what, dated in _edges(plan).items()
        if (shift := _shift(what, dated, reference))
    }
    pairs = list(shifts.values())
    index = plan.index
    return Against(
        number=reference.head.number,
        as_of=reference.head.as_of,
        flow=flow(plan, reference),
        all=_statistics(None, [shift for _, shift in pairs]),
        by_edge=_grouped(pairs, lambda dated: (dated.edge,)),
        by_goal=_grouped(pairs, lambda dated: goals_of(dated.deliverable, index)),
        by_owner=_grouped(pairs, lambda dated: owners_of(dated.deliverable, index)),
        by_phase=_grouped(pairs, lambda dated: _phases(plan, dated)),
    )


def _phases(plan: Plan, dated: _Dated) -> tuple[str, ...]:
    alone = replace(dated.deliverable, periods=(dated.period,))
    return tuple(phase.uid for phase in plan.index.phases_of(alone))


def _grouped(
    pairs: list[tuple[_Dated, Shift]], uids: Callable[[_Dated], tuple[str, ...]]
) -> tuple[Statistics, ...]:
    """One statistic for each uid in order; None, for dates that have none, comes last."""
    listed: dict[str | None, list[Shift]] = defaultdict(list)
    for dated, shift in pairs:
        for uid in uids(dated) or (None,):
            listed[uid].append(shift)
    order = sorted(listed, key=lambda uid: (uid is None, uid or ""))
    return tuple(_statistics(uid, listed[uid]) for uid in order)


def _statistics(uid: str | None, shifts: list[Shift]) -> Statistics:
    n = len(shifts)
    if n < FEWEST:
        return Statistics(uid=uid, n=n, withheld="fewer than five")
    least = [-UNBOUNDED if s.at_least is None else s.at_least for s in shifts]
    most = [UNBOUNDED if s.at_most is None else s.at_most for s in shifts]
    lower, median, upper = (
        Spread(at_least=_bounded(low), at_most=_bounded(high))
        for low, high in zip(_quartiles(least), _quartiles(most), strict=True)
    )
    return Statistics(
        uid=uid,
        n=n,
        lower_quartile=lower,
        median=median,
        upper_quartile=upper,
        late_at_least=sum(days > SIX_MONTHS for days in least) / n,
        late_at_most=sum(days > SIX_MONTHS for days in most) / n,
    )


def _quartiles(days: list[int]) -> list[float]:
    return statistics.quantiles(days, n=4, method="inclusive")


def _bounded(days: float) -> float | None:
    return days if abs(days) < UNBOUNDED / 8 else None


def flow(plan: Plan, reference: Plan) -> Flow:
    """What became of the deliverables of `reference` in `plan`."""
    before = {deliverable.uid: deliverable for deliverable in reference.roadmap.deliverables}
    after = {deliverable.uid: deliverable for deliverable in plan.roadmap.deliverables}
    stones = plan.index.tombstones
    both = [uid for uid in after if uid in before]
    gone = [uid for uid in before if uid not in after]
    finished = sum(
        _is_finished(after[uid], plan) and not _is_finished(before[uid], reference) for uid in both
    )
    merged = sum(uid in stones and bool(stones[uid].successors) for uid in gone)
    return Flow(
        stayed=len(both) - finished,
        joined=len(after) - len(both),
        finished=finished,
        removed=len(gone) - merged,
        merged=merged,
    )


def _is_finished(deliverable: Deliverable, plan: Plan) -> bool:
    """Completed, or wholly in the last phase of the value chain."""
    last = plan.index.phases[-1].uid if plan.index.phases else None
    phases = {period.first_phase for period in deliverable.periods}
    return deliverable.lifecycle == "completed" or (last is not None and phases == {last})
