"""What is done with change areas and draft goals: each answers the state after.

As in `services`, whatever is done is an event in the hearing's log; here the next uid is found, and what a
draft goal became is looked up in the plan.
"""

from collections.abc import Sequence

from django.db import transaction

from veikart.consultations import log, pointing
from veikart.consultations.services import act
from veikart.engines.handling import actions as do
from veikart.engines.handling.state import State
from veikart.engines.handling.stepping import next_uid
from veikart.people import audit
from veikart.people.models import User


@transaction.atomic
def make_area(hearing: str, *, title: str, themes: Sequence[str] = (), by: User) -> State:
    """Make a change area of themes that ask for the same change; they leave the areas they were in."""
    area = _next(hearing, "endringsomrade")
    return act(hearing, do.MakeArea(area=area, title=title, themes=tuple(themes)), by=by)


@transaction.atomic
def merge_areas(hearing: str, areas: Sequence[str], *, title: str, by: User) -> State:
    """Make one change area of `areas`, with all their themes and draft goals."""
    into = _next(hearing, "endringsomrade")
    return act(hearing, do.MergeAreas(areas=tuple(areas), into=into, title=title), by=by)


@transaction.atomic
def draft_goal(
    hearing: str,
    *,
    areas: Sequence[str],
    text: str,
    nn: str | None = None,
    en: str | None = None,
    by: User,
) -> State:
    """Draft a goal from one or more change areas."""
    goal = _next(hearing, "malutkast")
    drafted = do.DraftGoal(goal=goal, areas=tuple(areas), text=text, nn=nn, en=en)
    return act(hearing, drafted, by=by)


@transaction.atomic
def link_goal(hearing: str, goal: str, *, uid: str | None, by: User) -> State:
    """Say what a draft goal became in the strategy; `uid` None takes it back.

    Raises ValidationError if the plan holds nothing at `uid` that a draft goal can become.
    """
    if uid is not None:
        pointing.refuse_unknown(uid)
    return act(hearing, do.LinkGoal(goal=goal, uid=uid), by=by)


def _next(hearing: str, segment: str) -> str:
    """The next uid of its kind; nobody else writes until the transaction ends."""
    audit.lock()
    return next_uid(log.state_of(hearing), hearing, segment)
