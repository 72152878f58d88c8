"""What holds after any sequence of actions on change areas, draft goals and rounds of prioritising."""

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.engines.handling.goal_logs import drawn_goals
from veikart.engines.handling import actions as do
from veikart.engines.handling.fold import fold, resting_on

LOGS = st.builds(drawn_goals, seed=st.integers(0, 2**32), length=st.integers(0, 70))


@given(log=LOGS)
@settings(max_examples=60, deadline=None)
def test_replaying_the_log_gives_the_same_state_in_parts_and_through_json(log):
    half = len(log.events) // 2
    read = [replace(each, action=do.decode(do.encode(each.action))) for each in log.events]

    assert fold(read) == log.state
    assert fold(log.events[half:], fold(log.events[:half])) == log.state


@given(log=LOGS)
@settings(max_examples=60, deadline=None)
def test_each_theme_is_in_one_area_or_in_none_and_no_draft_goal_loses_its_trail(log):
    state = log.state

    inside = [theme.uid for area in state.standing_areas() for theme in state.themes_in(area.uid)]
    everywhere = sorted([*inside, *(theme.uid for theme in state.themes_in(None))])

    assert everywhere == sorted(theme.uid for theme in state.standing_themes())
    assert all(state.areas_of(goal) for goal in state.standing_goals())


@given(log=LOGS)
@settings(max_examples=60, deadline=None)
def test_undoing_leads_to_the_state_of_a_log_in_which_the_event_never_was(log):
    for number in sorted(log.state.trails, reverse=True)[:6]:
        if resting_on(log.state, number):
            continue
        undo = do.Event(
            no=log.state.last + 1, at=log.events[-1].at, by=None, action=do.Undo(event=number)
        )
        undone = fold([undo], log.state)
        without = [each for each in log.events if each.no != number and _holds(log, each)]

        again = fold([replace(each, no=no) for no, each in enumerate(without, 1)])

        assert _content(undone) == _content(again)


@given(log=LOGS)
@settings(max_examples=60, deadline=None)
def test_a_round_that_is_counted_stays_as_it_is_whatever_is_done_after(log):
    counted, state = {}, fold([])
    for event in log.events:
        state = fold([event], state)
        for uid, one in counted.items():
            assert state.rounds[uid] == one
        counted |= {uid: one for uid, one in state.rounds.items() if not one.is_open}

    assert counted == {uid: one for uid, one in log.state.rounds.items() if not one.is_open}


def _holds(log, event):
    return event.no in log.state.trails or isinstance(event.action, do.LASTING)


def _content(state):
    """All that people see of areas, goals and rounds, and where each theme is."""
    return (
        state.themes,
        state.areas,
        state.goals,
        state.rounds,
        {uid: state.area_of(uid) for uid in state.themes},
    )
