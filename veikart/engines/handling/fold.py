"""The fold: a log of events becomes a state, one event at a time.

Each action is turned into the cells it writes and the cells it rests on (`veikart.engines.handling
.steps`). That makes undoing exact: an event can be undone as long as no later event that holds has
written or rested on a cell that it wrote, and undoing puts back what was there. So the state after
an undo is the state of a log in which the event never was.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from veikart.engines.handling.actions import LASTING, Event, Undo
from veikart.engines.handling.refusal import Refusal
from veikart.engines.handling.state import EMPTY, Cell, State, Trail, Write
from veikart.engines.handling.steps import step_of


def fold(events: Iterable[Event], start: State = EMPTY) -> State:
    """The state that `events` lead to from `start`, which stays as it is.

    Args:
        events: in the order of their numbers, which follow `start.last` without gaps.
        start: the state to go on from; the empty one if not given.

    Returns:
        The state after the last event; `start` itself if there are none.

    Raises:
        Refusal: an event does not fit the state before it.
    """
    listed = list(events)
    if not listed:
        return start
    state = start.copied(last=listed[-1].no)
    for number, event in enumerate(listed, start.last + 1):
        if event.no != number:
            raise Refusal("gap", expected=number, found=event.no)
        _apply(state, event)
    state.kept.clear()
    return state


def _apply(state: State, event: Event) -> None:
    state.kept.clear()
    if isinstance(event.action, Undo):
        _undo(state, event.action.event)
        return
    step = step_of(state, event)
    for prefix, number in step.used:
        state.used[prefix] = max(state.used.get(prefix, 0), number)
    before = tuple(Write(write.cell, _put(state, write)) for write in step.writes)
    cells = tuple(_with_owners((*(write.cell for write in step.writes), *step.rests)))
    for cell in cells:
        state.touched[cell] = (*state.touched.get(cell, ()), event.no)
    if not isinstance(event.action, LASTING):
        state.trails[event.no] = Trail(before, cells)


def _with_owners(cells: Iterable[Cell]) -> dict[Cell, None]:
    """`cells` and those that say that the things are there which they are about."""
    found: dict[Cell, None] = {}
    for cell in cells:
        found[cell] = None
        if cell.field is not None:
            found[Cell(cell.table, cell.key)] = None
        if cell.table == "members":
            found[Cell("themes", cell.key[0])] = None
            found[Cell("points", cell.key[1])] = None
        if cell.table == "placed":
            found[Cell("themes", cell.key)] = None
    return found


def _put(state: State, write: Write) -> object:
    """Put the value into its cell; answers what was there."""
    table, key, name = write.cell
    things = getattr(state, table)
    old = things.get(key)
    if name is not None:
        things[key] = replace(old, **{name: write.value})
        return getattr(old, name)
    if write.value is None:
        things.pop(key, None)
    else:
        things[key] = write.value
    return old


def _undo(state: State, number: int) -> None:
    trail = state.trails.get(number)
    if trail is None:
        raise Refusal("not_undoable", event=number)
    resting = resting_on(state, number)
    if not _voted_in(state).isdisjoint(resting):
        raise Refusal("stays", event=number)
    if resting:
        raise Refusal("rested_on", event=number, events=resting)
    for write in reversed(trail.before):
        _put(state, write)
    for cell in trail.cells:
        left = tuple(event for event in state.touched[cell] if event != number)
        if left:
            state.touched[cell] = left
        else:
            del state.touched[cell]
    del state.trails[number]


def _voted_in(state: State) -> set[int]:
    """The events that are about rounds of prioritising, which stay."""
    return {
        event
        for cell, events in state.touched.items()
        if cell.table == "rounds"
        for event in events
    }


def resting_on(state: State, number: int) -> tuple[int, ...]:
    """The later events that rest on the event `number`: they must be undone before it, latest first."""
    trail = state.trails.get(number)
    written = {write.cell for write in trail.before} if trail else set()
    later = {n for cell in written for n in state.touched.get(cell, ()) if n > number}
    return tuple(sorted(later, reverse=True))
