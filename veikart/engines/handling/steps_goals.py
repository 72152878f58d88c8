"""What drafting, rewording, tracing, linking and giving up draft goals do to the state."""

from collections.abc import Iterable

from veikart.engines.handling.actions import (
    DraftGoal,
    Event,
    LinkGoal,
    RemoveGoal,
    RewordGoal,
    TraceGoal,
)
from veikart.engines.handling.refusal import Refusal
from veikart.engines.handling.state import Area, Goal, State
from veikart.engines.handling.stepping import (
    Step,
    area,
    changed,
    goal,
    made,
    named,
    numbers,
    said,
    standing,
)


def draft_goal(state: State, event: Event, action: DraftGoal) -> Step:
    """A goal drafted from change areas."""
    areas = _areas(state, action.areas)
    new = Goal(
        uid=action.goal,
        areas=tuple(each.uid for each in areas),
        text=named(action.text, action.goal),
        nn=_wording(action.nn),
        en=_wording(action.en),
    )
    return Step(
        (made("goals", new.uid, new),),
        rests=standing(*areas),
        used=numbers(state, [new.uid], segment="malutkast"),
    )


def reword_goal(state: State, event: Event, action: RewordGoal) -> Step:
    """The draft goal has this text."""
    found = goal(state, action.goal)
    new = {
        "text": named(action.text, action.goal),
        "nn": _wording(action.nn),
        "en": _wording(action.en),
    }
    if all(getattr(found, name) == value for name, value in new.items()):
        raise Refusal("nothing_changes")
    return Step(tuple(changed("goals", found.uid, name, value) for name, value in new.items()))


def trace_goal(state: State, event: Event, action: TraceGoal) -> Step:
    """The draft goal comes from these change areas."""
    found = goal(state, action.goal)
    areas = _areas(state, action.areas)
    if {each.uid for each in areas} == {each.uid for each in state.areas_of(found)}:
        raise Refusal("nothing_changes")
    uids = tuple(each.uid for each in areas)
    return Step((changed("goals", found.uid, "areas", uids),), rests=standing(*areas))


def link_goal(state: State, event: Event, action: LinkGoal) -> Step:
    """The draft goal became this in the strategy."""
    if goal(state, action.goal).became == action.uid:
        raise Refusal("nothing_changes")
    return Step((changed("goals", action.goal, "became", action.uid),))


def remove_goal(state: State, event: Event, action: RemoveGoal) -> Step:
    """The draft goal is given up."""
    found = goal(state, action.goal)
    said(action.reason, found.uid)
    return Step((changed("goals", found.uid, "gone", "removed"),))


def _areas(state: State, uids: Iterable[str]) -> list[Area]:
    found = [area(state, uid) for uid in dict.fromkeys(uids)]
    if not found:
        raise Refusal("empty")
    return found


def _wording(text: str | None) -> str | None:
    return (text or "").strip() or None
