"""Open follow-ups come back on the next draft agenda, and go when they are answered."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from veikart.council import coming_back
from veikart.plan.council import AgendaItem, FollowUp

DAY = dt.date(2026, 6, 9)
AGENDA = (
    AgendaItem(no=1, kind="case", case="sak/nuit/1-26"),
    AgendaItem(no=2, kind="case", case="sak/nuit/2-26"),
)
days = st.none() | st.dates(DAY - dt.timedelta(days=90), DAY + dt.timedelta(days=90))
follow_ups = st.lists(
    st.builds(
        FollowUp,
        uid=st.integers(1, 99).map("sak/nuit/2-26/oppfolging/{}".format),
        body=st.just("organ/nuit"),
        what=st.just("Lag en plan"),
        due=days,
        state=st.sampled_from(["open", "done", "dropped"]),
    ),
    unique_by=lambda one: one.uid,
    max_size=8,
)


@given(follow_ups)
def test_all_that_is_open_comes_back_and_nothing_else(listed):
    found = coming_back.returned(listed, on=DAY)

    assert {one.follow_up.uid for one in found} == {f.uid for f in listed if f.state == "open"}
    for one in found:
        due = one.follow_up.due
        assert one.is_overdue == (due is not None and due < DAY)
        assert one.days == ((DAY - due).days if one.is_overdue else None)


@given(follow_ups)
def test_the_longest_overdue_comes_first_and_what_has_no_day_last(listed):
    found = [one.follow_up.due for one in coming_back.returned(listed, on=DAY)]

    assert found == sorted(found, key=lambda due: (due is None, due or DAY))


@given(follow_ups, st.integers(0, 1))
def test_the_line_is_there_exactly_when_something_is_open(listed, last):
    made = coming_back.with_follow_ups(AGENDA, listed, on=DAY, last=last)

    is_open = any(one.state == "open" for one in listed)
    assert any(coming_back.is_line(item) for item in made) == is_open
    assert [item.case for item in made if item.case] == [item.case for item in AGENDA]
    assert [item.no for item in made] == list(range(1, len(made) + 1))
    if is_open:
        assert coming_back.is_line(made[len(made) - 1 - last])


@given(follow_ups, follow_ups)
def test_it_is_a_function_of_follow_ups_day_and_agenda_alone(first, second):
    once = coming_back.with_follow_ups(AGENDA, first, on=DAY, last=1)

    again = coming_back.with_follow_ups(once, first, on=DAY, last=1)
    after = coming_back.with_follow_ups(once, second, on=DAY, last=1)

    assert again == once
    assert after == coming_back.with_follow_ups(AGENDA, second, on=DAY, last=1)


def test_the_line_stays_where_it_was_moved_to():
    line = AgendaItem(no=2, kind="other", title=coming_back.TITLE, minutes=25)
    agenda = (AGENDA[0], line, AgendaItem(no=3, kind="case", case="sak/nuit/2-26"))
    one = FollowUp(uid="sak/nuit/2-26/oppfolging/1", body="organ/nuit", what="Lag en plan")

    assert coming_back.with_follow_ups(agenda, [one], on=DAY, last=1) == agenda
