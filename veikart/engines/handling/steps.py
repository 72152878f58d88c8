"""What each action does to the state: the cells it writes, or why it is refused."""

from collections.abc import Callable
from typing import Any

from veikart.engines.handling import actions
from veikart.engines.handling.actions import Event
from veikart.engines.handling.state import State
from veikart.engines.handling.stepping import Step
from veikart.engines.handling.steps_goals import (
    draft_goal,
    link_goal,
    make_area,
    reword_goal,
    vote_pairs,
    vote_points,
)
from veikart.engines.handling.steps_outcomes import decide, publish
from veikart.engines.handling.steps_points import (
    change_kind,
    confirm,
    mark_missed,
    merge,
    reanchor,
    set_aside,
    split,
    take_up,
)
from veikart.engines.handling.steps_replies import (
    clear,
    confirm_reply,
    object_to_reply,
    receive,
    withdraw,
)
from veikart.engines.handling.steps_themes import (
    make_theme,
    merge_themes,
    put_in_theme,
    remove_theme,
    rename_theme,
    split_theme,
    take_out_of_theme,
)

_STEPS: dict[type, Callable[[State, Event, Any], Step]] = {
    actions.Receive: receive,
    actions.ConfirmReply: confirm_reply,
    actions.ObjectToReply: object_to_reply,
    actions.Clear: clear,
    actions.Withdraw: withdraw,
    actions.Confirm: confirm,
    actions.Split: split,
    actions.Merge: merge,
    actions.Reanchor: reanchor,
    actions.ChangeKind: change_kind,
    actions.MarkMissed: mark_missed,
    actions.SetAside: set_aside,
    actions.TakeUp: take_up,
    actions.MakeTheme: make_theme,
    actions.RenameTheme: rename_theme,
    actions.PutInTheme: put_in_theme,
    actions.TakeOutOfTheme: take_out_of_theme,
    actions.MergeThemes: merge_themes,
    actions.SplitTheme: split_theme,
    actions.RemoveTheme: remove_theme,
    actions.Decide: decide,
    actions.Publish: publish,
    actions.MakeArea: make_area,
    actions.DraftGoal: draft_goal,
    actions.RewordGoal: reword_goal,
    actions.LinkGoal: link_goal,
    actions.VotePoints: vote_points,
    actions.VotePairs: vote_pairs,
}


def step_of(state: State, event: Event) -> Step:
    """What the action of `event` does to `state`. Raises Refusal if it does not fit."""
    return _STEPS[type(event.action)](state, event, event.action)
