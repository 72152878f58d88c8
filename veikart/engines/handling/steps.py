"""What each action does to the state: the cells it writes, or why it is refused."""

from collections.abc import Callable
from typing import Any

from veikart.engines.handling import actions
from veikart.engines.handling.actions import Event
from veikart.engines.handling.state import State
from veikart.engines.handling.stepping import Step
from veikart.engines.handling.steps_areas import (
    make_area,
    merge_areas,
    move_themes,
    remove_area,
    rename_area,
)
from veikart.engines.handling.steps_goals import (
    draft_goal,
    link_goal,
    remove_goal,
    reword_goal,
    trace_goal,
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
from veikart.engines.handling.steps_rounds import (
    cancel_round,
    close_round,
    extend_round,
    open_round,
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
    actions.RenameArea: rename_area,
    actions.MoveThemes: move_themes,
    actions.MergeAreas: merge_areas,
    actions.RemoveArea: remove_area,
    actions.DraftGoal: draft_goal,
    actions.RewordGoal: reword_goal,
    actions.TraceGoal: trace_goal,
    actions.LinkGoal: link_goal,
    actions.RemoveGoal: remove_goal,
    actions.OpenRound: open_round,
    actions.ExtendRound: extend_round,
    actions.CloseRound: close_round,
    actions.CancelRound: cancel_round,
}


def step_of(state: State, event: Event) -> Step:
    """What the action of `event` does to `state`. Raises Refusal if it does not fit."""
    return _STEPS[type(event.action)](state, event, event.action)
