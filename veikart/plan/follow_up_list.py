"""Follow-ups across bodies as a list that one can ask: those overdue first, then by due day or by who."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Literal, get_args
from urllib.parse import urlencode

import msgspec

from veikart.plan.council import FollowUp
from veikart.plan.decided import is_overdue
from veikart.plan.model import Plan

State = Literal["overdue", "open", "done", "dropped"]

STATES: tuple[State, ...] = get_args(State)
"""What a follow-up can be by a day, in the order of the list; overdue is open after its due day."""

BY_WHO = "hvem"
NOBODY = "ingen"
"""The value of `hvem` for follow-ups that name nobody."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader asks for: who is to do it and for which body; None keeps all.

    `unknown` are values in the query that say nothing in this plan, and were left out.
    """

    who: str | None = None
    body: str | None = None
    by_who: bool = False
    unknown: tuple[str, ...] = ()


def parse(query: Mapping[str, list[str]], plan: Plan) -> Wanted:
    """What `query` asks for."""
    said = {name: values[-1].strip() for name, values in query.items() if values}
    who, body = said.get("hvem") or None, said.get("organ") or None
    listed = plan.council.follow_ups
    knows_who = who is None or any(who_of(plan, one) == _meant(who) for one in listed)
    knows_body = body is None or any(one.body == f"organ/{body}" for one in listed)
    unknown = ((who, knows_who), (body, knows_body))
    return Wanted(
        who=who if knows_who else None,
        body=f"organ/{body}" if body and knows_body else None,
        by_who=said.get("rekkefolge") == BY_WHO,
        unknown=tuple(value for value, known in unknown if value and not known),
    )


def query(wanted: Wanted) -> str:
    """`wanted` as a query string, each from the other."""
    said = {
        "hvem": wanted.who,
        "organ": (wanted.body or "").removeprefix("organ/"),
        "rekkefolge": BY_WHO if wanted.by_who else "",
    }
    return urlencode({name: value for name, value in said.items() if value})


def listed(plan: Plan, wanted: Wanted) -> list[FollowUp]:
    """The follow-ups that fit `wanted`: by state, then by due day, or by who and due day.

    What has no due day comes last in its state; what is settled is told the newest first.
    """
    fitting = [one for one in plan.council.follow_ups if _fits(plan, one, wanted)]
    return sorted(fitting, key=lambda one: _place(plan, one, wanted))


def state_of(plan: Plan, follow_up: FollowUp) -> State:
    """Its state by the day of `plan`."""
    return "overdue" if is_overdue(follow_up, on=plan.head.as_of) else follow_up.state


def who_of(plan: Plan, follow_up: FollowUp) -> str:
    """Who is to do it: as it was said, or what the plan calls the organisation; empty where nobody is named."""
    organisation = plan.index.by_uid.get(follow_up.organisation or "")
    return follow_up.who or getattr(organisation, "name", None) or ""


def counts(plan: Plan, wanted: Wanted) -> tuple[Counter[str], Counter[str]]:
    """How many fit each value of who, and each of body, given the other that is asked for."""
    whos = Counter(
        who_of(plan, one) for one in plan.council.follow_ups if wanted.body in (None, one.body)
    )
    bodies = Counter(
        one.body
        for one in plan.council.follow_ups
        if wanted.who is None or who_of(plan, one) == _meant(wanted.who)
    )
    return whos, bodies


def _meant(who: str) -> str:
    return "" if who == NOBODY else who


def _fits(plan: Plan, one: FollowUp, wanted: Wanted) -> bool:
    fits_who = wanted.who is None or who_of(plan, one) == _meant(wanted.who)
    return fits_who and wanted.body in (None, one.body)


def _place(plan: Plan, one: FollowUp, wanted: Wanted) -> tuple[int, tuple[bool, str], int, str]:
    state = state_of(plan, one)
    who = who_of(plan, one).casefold() if wanted.by_who else ""
    if state in ("overdue", "open"):
        day = (one.due or dt.date.max).toordinal()
    else:
        day = -(one.answered_on or one.due or dt.date.min).toordinal()
    return STATES.index(state), (wanted.by_who and not who, who), day, one.uid
