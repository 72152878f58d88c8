"""What holds after any sequence of actions on the points of a hearing."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.engines.handling.logs import drawn
from veikart.engines.handling import actions as do
from veikart.engines.handling.fold import fold, resting_on
from veikart.engines.handling.settling import counts, lacking, statuses
from veikart.engines.handling.state import State

LOGS = st.builds(drawn, seed=st.integers(0, 2**32), length=st.integers(0, 60))


@given(log=LOGS)
@settings(max_examples=60)
def test_replaying_the_log_gives_the_same_state_at_once_in_parts_and_through_json(log):
    half = len(log.events) // 2
    written = [(e.no, e.at, e.by, do.encode(e.action)) for e in log.events]
    read = [
        do.Event(no=no, at=at, by=by, action=do.decode(action)) for no, at, by, action in written
    ]

    assert fold(log.events) == log.state
    assert fold(log.events[half:], fold(log.events[:half])) == log.state
    assert fold(read) == log.state


@given(log=LOGS)
@settings(max_examples=60)
def test_every_original_stays_whole_and_each_word_of_it_is_in_one_point(log):
    state = log.state
    first_read = {one.uid: one for one in _all_originals(log.events)}

    assert state.originals.items() <= first_read.items()
    assert all(
        one.uid in state.originals
        for event in log.events
        if isinstance(event.action, do.Receive)
        for one in event.action.points
    )
    for uid, original in state.originals.items():
        held = Counter(
            place
            for point in state.points.values()
            if point.gone in (None, "lapsed")
            for extract in point.extracts
            if extract.origin == uid
            for place in range(extract.start, extract.end)
            if not original.text[place].isspace()
        )
        letters = [place for place, sign in enumerate(original.text) if not sign.isspace()]
        assert held == dict.fromkeys(letters, 1)


@given(log=LOGS)
@settings(max_examples=60)
def test_what_was_received_is_what_is_handled_and_what_is_open(log):
    state = log.state
    whole = counts(state)
    by_reply = [counts(state, uid) for uid in state.replies]

    assert whole.received == whole.handled + whole.open == len(state.originals)
    assert statuses(state).keys() == state.originals.keys()
    assert [sum(getattr(one, name) for one in by_reply) for name in do_fields(whole)] == [
        getattr(whole, name) for name in do_fields(whole)
    ]
    open_points = {lack.point for lack in lacking(state) if lack.lack != "confirmation"}
    origins = {origin for uid in open_points for origin in state.points[uid].origins}
    assert whole.open == len(origins)


@given(log=LOGS)
@settings(max_examples=60)
def test_undoing_leads_to_the_state_of_a_log_in_which_the_event_never_was(log):
    for number in log.state.trails:
        undo = do.Event(
            no=log.state.last + 1,
            at=log.events[-1].at,
            by=None,
            action=do.Undo(event=number),
        )
        if resting_on(log.state, number):
            continue
        undone = fold([undo], log.state)
        holding = [e for e in log.events if e.no in log.state.trails or _is_receipt(e)]
        without = [e for e in holding if e.no != number]
        assert _content(undone) == _content(fold(_renumbered(without)))


@given(log=LOGS)
@settings(max_examples=60)
def test_what_stands_is_of_the_version_that_holds_of_a_reply_that_was_not_withdrawn(log):
    replies = log.state.replies

    for point in log.state.standing():
        assert replies[point.reply].withdrawn is None
        assert point.version == replies[point.reply].version


def do_fields(counted):
    return counted.__struct_fields__


def _all_originals(events):
    for event in events:
        if isinstance(event.action, do.Receive):
            yield from event.action.points
        if isinstance(event.action, do.MarkMissed):
            yield event.action.point


def _is_receipt(event):
    return isinstance(event.action, do.Receive)


def _renumbered(events):
    return [replace(event, no=no) for no, event in enumerate(events, 1)]


def _content(state: State):
    """All that people see of a state: everything but the numbers of events."""

    def numberless(thing):
        outcomes = tuple(replace(one, event=0) for one in thing.outcomes)
        return replace(thing, outcomes=outcomes)

    return (
        state.originals,
        state.replies,
        {uid: numberless(point) for uid, point in state.points.items()},
        {uid: numberless(theme) for uid, theme in state.themes.items()},
        state.members,
        state.hearing,
    )
