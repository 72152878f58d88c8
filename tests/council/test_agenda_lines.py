"""The order of an agenda, and its times."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tests.languages import in_english  # noqa: F401 (a fixture that is used by itself)
from veikart.council import agenda_lines as lines
from veikart.council.agenda_times import added_up, clock, minute
from veikart.plan.council import AgendaItem

FIXED = {"s": "summons", "m": "minutes", "e": "other_business", "a": None, "b": None, "c": None}


def agenda(*cases):
    return lines.numbered(
        AgendaItem(no=0, kind="case", case=case)
        if case in FIXED
        else AgendaItem(no=0, kind="break", title=case)
        for case in cases
    )


def told(items):
    return [
        f"{item.case or item.title}{'+' if item.is_continued else ''}"
        for item in sorted(items, key=lambda item: item.no)
    ]


def test_a_line_comes_right_after_the_one_that_was_chosen():
    before = agenda("s", "a", "b", "c", "e")

    assert told(lines.moved(before, 4, after=1, fixed=FIXED)) == ["s", "c", "a", "b", "e"]
    assert told(lines.moved(before, 2, after=4, fixed=FIXED)) == ["s", "b", "c", "a", "e"]


@pytest.mark.parametrize(("no", "after"), [(2, 0), (1, 2), (5, 2), (3, 5)])
def test_what_every_meeting_begins_and_ends_with_keeps_its_place(no, after):
    before = agenda("s", "a", "b", "c", "e")

    with pytest.raises(ValidationError, match="Approval of the summons comes first") as refusal:
        lines.moved(before, no, after=after, fixed=FIXED)

    assert refusal.value.code == "fixed_place"


def test_an_agenda_that_came_in_another_order_can_still_be_put_in_order():
    before = agenda("a", "s", "e")

    assert told(lines.moved(before, 1, after=2, fixed=FIXED)) == ["s", "a", "e"]


def test_a_case_that_is_moved_before_its_continuation_is_continued_there():
    before = agenda("s", "a", "Lunsj", "a", "b", "e")
    assert told(before) == ["s", "a", "Lunsj", "a+", "b", "e"]

    after = lines.moved(before, 2, after=4, fixed=FIXED)

    assert told(after) == ["s", "Lunsj", "a", "a+", "b", "e"]


def test_new_lines_come_where_they_belong():
    before = agenda("s", "a", "Oppfølging av vedtak", "e")
    follow_up = lines.numbered(
        AgendaItem(no=0, kind="other", title=i.title) if i.title else i for i in before
    )

    with_case = lines.put_in(follow_up, AgendaItem(no=0, kind="case", case="b"), fixed=FIXED)
    with_minutes = lines.put_in(with_case, AgendaItem(no=0, kind="case", case="m"), fixed=FIXED)

    assert told(with_minutes) == ["s", "m", "a", "b", "Oppfølging av vedtak", "e"]


def test_a_line_that_is_not_there_is_told():
    with pytest.raises(ValidationError, match="found number 9") as refusal:
        lines.without(agenda("s", "e"), 9)

    assert refusal.value.code == "unknown_line"


@given(st.permutations("abc"), st.data())
def test_wherever_a_line_may_stand_nothing_is_lost_and_the_fixed_keep_their_places(middle, draw):
    before = agenda("s", "m", *middle, "e")
    no = draw.draw(st.sampled_from([item.no for item in before]))

    for after in lines.places(before, no, fixed=FIXED):
        made = lines.moved(before, no, after=after, fixed=FIXED)
        assert sorted(told(made)) == sorted(told(before))
        assert told(made)[:2] + told(made)[-1:] == ["s", "m", "e"]
        assert [item.no for item in made] == [1, 2, 3, 4, 5, 6]
        assert made != before


@given(st.lists(st.one_of(st.none(), st.integers(1, 60)), max_size=12))
def test_times_add_up_as_one_would_by_hand(lengths):
    items = [
        AgendaItem(no=no, kind="other", title="x", minutes=length)
        for no, length in enumerate(lengths, start=1)
    ]

    found = added_up(items, starts_at="08:00", ends_at="16:00")

    known = 480
    for length, line in zip(lengths, found.lines, strict=True):
        assert line.starts_at == (None if known is None else clock(known))
        known = None if known is None or length is None else known + length
    assert found.minutes == sum(length or 0 for length in lengths)
    assert found.unknown == lengths.count(None)
    assert found.over == (None if known is None else known - 960)


def test_a_line_with_a_time_of_its_own_tells_what_is_late_and_what_is_spare():
    items = (
        AgendaItem(no=1, kind="other", title="a", minutes=40),
        AgendaItem(no=2, kind="other", title="b", minutes=20, starts_at="10:30"),
        AgendaItem(no=3, kind="other", title="c", minutes=10, starts_at="11:00"),
    )

    found = added_up(items, starts_at="10:00", ends_at="11:00")

    assert [(one.starts_at, one.ends_at, one.late, one.spare) for one in found.lines] == [
        ("10:00", "10:40", 0, 0),
        ("10:30", "10:50", 10, 0),
        ("11:00", "11:10", 0, 10),
    ]
    assert found.over == 10
    assert found.left == 0


def test_there_is_no_time_after_midnight():
    assert clock(minute("23:59")) == "23:59"
    assert clock(24 * 60) is None
