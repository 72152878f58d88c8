"""What decisions say of the things of a plan, and what became of the decisions: pure reading of one Plan.

A day to judge by is always handed in: a follow-up is overdue when it is open after its due day.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Literal, get_args

import msgspec

from veikart.plan.council import Case, Decision, Effect, FollowUp
from veikart.plan.index import Index

Standing = Literal["none", "overdue", "open", "done", "dropped"]
"""How far what follows from a decision has come: nothing is to follow, some of it is overdue, some is open,
all is settled and at least one done, all was dropped."""

STANDINGS: tuple[Standing, ...] = get_args(Standing)


class Touch(msgspec.Struct, frozen=True, kw_only=True):
    """A decision that touches a thing: by its `effects` on it or, where it has none, since its case is about it."""

    decision: Decision
    effects: tuple[Effect, ...] = ()


def touching(index: Index, uid: str) -> list[Touch]:
    """The decisions that touch the thing `uid`, those with an effect on it first, each part newest first."""
    found = [
        Touch(decision=one, effects=tuple(e for e in one.effects if e.uid == uid))
        for one in newest_first(index, index.decisions_on.get(uid, ()))
    ]
    return sorted(found, key=lambda touch: not touch.effects)


def pending(index: Index, uid: str) -> list[Case]:
    """The cases about the thing `uid` in which nothing is decided yet."""
    return [case for case in index.cases_about.get(uid, ()) if case.uid not in index.decisions_in]


def newest_first(index: Index, decisions: Iterable[Decision]) -> list[Decision]:
    """`decisions` by day, the newest first and those without a day last; those of one day by address."""
    by_uid = sorted(decisions, key=lambda one: one.uid)
    return sorted(by_uid, key=lambda one: day_of(index, one) or dt.date.min, reverse=True)


def day_of(index: Index, decision: Decision) -> dt.date | None:
    """The day it was decided: its own, or that of its meeting; None where neither is known."""
    meeting = index.meetings.get(decision.meeting or "")
    return decision.decided_on or (meeting.held_on if meeting else None)


def following(index: Index, decision: Decision) -> list[FollowUp]:
    """What is to follow from `decision`: its own follow-ups, and those of its case that name no decision."""
    own = index.follow_ups_of.get(decision.uid, ())
    of_case = index.kept("follow-ups without a decision", lambda: _of_cases(index))
    return [*own, *of_case.get(decision.case, ())]


def is_overdue(follow_up: FollowUp, *, on: dt.date) -> bool:
    """Whether it is open after its due day."""
    return follow_up.state == "open" and follow_up.due is not None and follow_up.due < on


def standing(follow_ups: Iterable[FollowUp], *, on: dt.date) -> Standing:
    """How far all of `follow_ups` have come by the day `on`."""
    listed = tuple(follow_ups)
    states = {one.state for one in listed}
    if "open" in states:
        return "overdue" if any(is_overdue(one, on=on) for one in listed) else "open"
    if "done" in states:
        return "done"
    return "dropped" if states else "none"


def called(index: Index, decision: Decision) -> str:
    """What a person calls it: the body, the case number and the title."""
    case = index.cases.get(decision.case)
    title = decision.title or (case.title if case else None) or decision.text
    return _named(index, decision.body, case.number if case else None, title)


def case_called(index: Index, case: Case) -> str:
    """What a person calls a case: the body, its number and its title."""
    return _named(index, case.body, case.number, case.title)


def _named(index: Index, body: str, number: str | None, title: str) -> str:
    found = index.bodies.get(body)
    name = found.name if found else body.rpartition("/")[2]
    return f"{name} {number}: {title}" if number else f"{name}: {title}"


def _of_cases(index: Index) -> dict[str, list[FollowUp]]:
    listed: dict[str, list[FollowUp]] = {}
    for one in index.follow_ups.values():
        if one.case and one.decision is None:
            listed.setdefault(one.case, []).append(one)
    return listed
