"""What deciding an outcome, and publishing the outcomes, do to the state."""

from veikart.engines.handling.actions import Decide, Event, Publish
from veikart.engines.handling.refusal import Refusal
from veikart.engines.handling.settling import lacking
from veikart.engines.handling.state import Cell, Decision, State, Table, Write
from veikart.engines.handling.stepping import Step, changed, point, theme


def decide(state: State, event: Event, action: Decide) -> Step:
    """The outcome of a point or of a theme; the ones before it are kept."""
    is_theme = action.on in state.themes
    found = theme(state, action.on) if is_theme else point(state, action.on)
    if not is_theme and state.points[action.on].aside is not None:
        raise Refusal("set_aside", uid=action.on)
    for led in action.led_to:
        if led.before is not None and led.before == led.after:
            raise Refusal("change_missing", uid=led.uid)
    new = Decision(
        value=action.value,
        reason=(action.reason or "").strip() or None,
        led_to=action.led_to,
        case=action.case,
        event=event.no,
        at=event.at,
        by=event.by,
    )
    if found.outcome and _content(found.outcome) == _content(new):
        raise Refusal("nothing_changes")
    table: Table = "themes" if is_theme else "points"
    rests = () if is_theme else (Cell("points", action.on, "aside"),)
    return Step((changed(table, action.on, "outcomes", (*found.outcomes, new)),), rests=rests)


def _content(decision: Decision) -> tuple[object, ...]:
    return (decision.value, decision.reason, decision.led_to, decision.case)


def publish(state: State, event: Event, action: Publish) -> Step:
    """The outcomes may be published; refused while a point lacks something."""
    lacks = lacking(state)
    if lacks:
        raise Refusal("not_all_answered", lacking=lacks)
    if state.published_at is not None:
        raise Refusal("nothing_changes")
    return Step((Write(Cell("hearing", "published_at"), event.at),), rests=_all_settled(state))


def _all_settled(state: State) -> tuple[Cell, ...]:
    """Everything that tells whether each point is settled."""
    return (
        *(
            Cell("points", uid, name)
            for uid in state.points
            for name in ("gone", "confirmed", "aside", "outcomes")
        ),
        *(Cell("themes", uid, name) for uid in state.themes for name in ("gone", "outcomes")),
        *(Cell("members", pair) for pair in state.members),
    )
