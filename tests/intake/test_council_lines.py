"""Lines of an agenda put together: what is said goes in, what people did stays."""

from hypothesis import given
from hypothesis import strategies as st

from veikart.intake.council_lines import agenda_line, attendance_line, merged
from veikart.plan.council import AgendaItem, Attendance


def held(*lines):
    return [AgendaItem(no=no, **line) for no, line in enumerate(lines, start=1)]


def line(case, time=None, **more):
    return {
        "kind": "case",
        "case": case,
        "title": None,
        "starts_at": time,
        "is_continued": False,
        **more,
    }


def put(held_lines, said, before=()):
    found = merged(held_lines, said, before, same=agenda_line)
    assert [one["no"] for one in found] == list(range(1, len(found) + 1))
    return [(one["case"], one["starts_at"]) for one in found]


def test_a_new_line_comes_behind_the_one_it_follows():
    there = held(line("a", "10:00"), line("c", "12:00"))

    assert put(there, [line("a"), line("b", "11:00"), line("c")]) == [
        ("a", "10:00"), ("b", "11:00"), ("c", "12:00"),
    ]  # fmt: skip


def test_a_first_line_comes_first():
    assert put(held(line("b")), [line("a"), line("b")]) == [("a", None), ("b", None)]


def test_a_line_that_is_not_mentioned_stays():
    assert put(held(line("a"), line("b")), [line("b", "09:00")]) == [("a", None), ("b", "09:00")]


def test_what_a_person_changed_since_is_not_changed_back():
    before = [line("a", "10:00"), line("b", "11:00")]

    assert put(held(line("a", "10:30")), before, before) == [("a", "10:30")]
    assert put(held(line("a", "10:30")), [line("a", "10:15")], before) == [("a", "10:15")]


def test_a_case_that_goes_on_is_another_line_than_its_beginning():
    twice = [line("a", "10:00"), line("a", "12:00", is_continued=True)]

    assert put(held(*twice), twice) == [("a", "10:00"), ("a", "12:00")]


def test_who_came_is_known_by_name():
    there = [Attendance(no=1, role="member", person="Kari Nes", organisation_name="KS")]
    said = [{"role": "leader", "person": "Kari Nes", "organisation_name": "KS", "present": True}]

    (found,) = merged(there, said, (), same=attendance_line)

    assert (found["role"], found["present"], found["no"]) == ("leader", True, 1)


LINES = st.lists(
    st.builds(line, st.sampled_from("abcde"), st.sampled_from([None, "09:00", "10:00"])), max_size=6
)


@given(LINES, LINES, LINES)
def test_saying_it_again_changes_nothing_and_nothing_is_lost(there, said, before):
    first = merged(held(*there), said, before, same=agenda_line)

    again = merged([AgendaItem(**one) for one in first], said, said, same=agenda_line)

    # msgspec gives every field back, the lines that came in only those that were said.
    assert [AgendaItem(**one) for one in again] == [AgendaItem(**one) for one in first]
    assert {one["case"] for one in there} <= {one["case"] for one in first}
    assert len(first) <= len(there) + len(said)
