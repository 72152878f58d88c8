"""What change areas, draft goals and the members' votes do to the state."""

from veikart.engines.handling.actions import (
    DraftGoal,
    Event,
    LinkGoal,
    MakeArea,
    RewordGoal,
    VotePairs,
    VotePoints,
)
from veikart.engines.handling.refusal import Refusal
from veikart.engines.handling.state import Area, Cell, Goal, State, Write
from veikart.engines.handling.stepping import (
    Step,
    changed,
    made,
    named,
    numbers,
    standing,
    theme,
)


def make_area(state: State, event: Event, action: MakeArea) -> Step:
    """A change area out of themes."""
    themes = [theme(state, uid) for uid in dict.fromkeys(action.themes)]
    if not themes:
        raise Refusal("empty", uid=action.area)
    new = Area(
        uid=action.area,
        title=named(action.title, action.area),
        themes=tuple(each.uid for each in themes),
    )
    return Step(
        (made("areas", new.uid, new),),
        rests=standing(*themes),
        used=numbers(state, [new.uid], segment="endringsomrade"),
    )


def draft_goal(state: State, event: Event, action: DraftGoal) -> Step:
    """A goal drafted from an area."""
    if action.area not in state.areas:
        raise Refusal("unknown", uid=action.area)
    new = Goal(uid=action.goal, area=action.area, text=named(action.text, action.goal))
    return Step(
        (made("goals", new.uid, new),),
        rests=(Cell("areas", action.area),),
        used=numbers(state, [new.uid], segment="malutkast"),
    )


def reword_goal(state: State, event: Event, action: RewordGoal) -> Step:
    """The draft goal has this text."""
    text = named(action.text, action.goal)
    if _goal(state, action.goal).text == text:
        raise Refusal("nothing_changes")
    return Step((changed("goals", action.goal, "text", text),))


def link_goal(state: State, event: Event, action: LinkGoal) -> Step:
    """The draft goal became this in the strategy."""
    if _goal(state, action.goal).became == action.uid:
        raise Refusal("nothing_changes")
    return Step((changed("goals", action.goal, "became", action.uid),))


def vote_points(state: State, event: Event, action: VotePoints) -> Step:
    """How a member deals out points among the draft goals."""
    if any(given < 0 for given in action.points.values()) or not sum(action.points.values()):
        raise Refusal("wrong_vote", member=action.member)
    return _vote(state, Write(Cell("points_votes", _member(action)), action.points), action.points)


def vote_pairs(state: State, event: Event, action: VotePairs) -> Step:
    """Which of two draft goals a member prefers, pair by pair."""
    pairs = [frozenset(pair) for pair in action.pairs]
    if not pairs or any(len(pair) < 2 for pair in pairs) or len(set(pairs)) < len(pairs):
        raise Refusal("wrong_vote", member=action.member)
    goals = {uid for pair in action.pairs for uid in pair}
    return _vote(state, Write(Cell("pairs_votes", _member(action)), action.pairs), goals)


def _vote(state: State, write: Write, goals: "set[str] | dict[str, int]") -> Step:
    for uid in goals:
        if uid not in state.goals:
            raise Refusal("wrong_vote", member=write.cell.key, uid=uid)
    if getattr(state, write.cell.table).get(write.cell.key) == write.value:
        raise Refusal("nothing_changes")
    return Step((write,), rests=tuple(Cell("goals", uid) for uid in sorted(goals)))


def _member(action: VotePoints | VotePairs) -> str:
    return named(action.member, "member")


def _goal(state: State, uid: str) -> Goal:
    if uid not in state.goals:
        raise Refusal("unknown", uid=uid)
    return state.goals[uid]
