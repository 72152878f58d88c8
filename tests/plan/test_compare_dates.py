"""Worked examples of dates: which kind of move it is, how far, and how sure."""

import pytest
from msgspec.structs import replace

from tests.plan.samples import fuzzy, period, sample
from tests.plan.test_compare import edited, in_roadmap, one, told
from veikart.plan import compare
from veikart.plan.model import Cause, KeyDate, Milestone
from veikart.plan.shift import shift_between


def rows(text: str) -> list[list[str]]:
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return [[cell.strip() for cell in line.split("|")] for line in lines[1:]]


DATES = """
before      | after       | told
2026-01-01  | 2026-04-01  | later start
2026-04-01  | 2026-01-01  | earlier start
2026Q2      | 2026Q3      | later start
2026Q2      | 2026        | less_precise start
2026        | 2026Q2      | more_precise start
2026        | 2026-12-31  | more_precise start
2026-07-01  | 2026H2      | less_precise start
2026-01-01  | 2026Q3      | later start
2026Q3      | 2026-03-15  | earlier start
>2026       | >2027       | later start
>2027       | >2026       | earlier start
>2027       | 2026Q1      | earlier start
>2027       | 2028Q2      | more_precise start
2026        | >2026       | later start
-           | 2026Q2      | dated start
2026Q2      | -           | undated start
2026Q2      | ~2026Q2     | less_certain
~2026Q2     | 2026Q2      | more_certain
2026Q2      | !2026Q2     | more_certain
!2026Q2     | ~2026Q2     | less_certain
2026Q2      | ~2026Q3     | less_certain + later start
~2026Q4     | !2026Q1     | more_certain + earlier start
"""


@pytest.mark.parametrize(("before", "after", "expected"), rows(DATES))
def test_a_start_date_is_told_with_the_right_kind(before, after, expected):
    plan = edited(sample(), "leveranse/104", periods=(period(1, "utvikling", before),))
    other = edited(plan, "leveranse/104", periods=(period(1, "utvikling", after),))
    item = "leveranse/104/periods/1"

    found = told(plan, other)

    wanted = [words.split() for words in expected.split(" + ")]
    assert sorted(found) == sorted((w[0], "/".join([item, *w[1:]])) for w in wanted)


SHIFTS = """
before     | after      | at_least | at_most | middle | months | strict
2026-01-01 | 2026-04-01 | 90       | 90      | 90     | 3      | yes
2026-04-01 | 2026-01-01 | -90      | -90     | -90    | -3     | yes
2026Q2     | 2026Q3     | 1        | 182     | 91     | 3      | yes
2026Q2     | 2026-08    | 32       | 152     | 92     | 3      | yes
2026H1     | 2026Q2     | -90      | 180     | 45     | 1      | no
2026-01-01 | >2026      | 365      | -       | 365    | 12     | yes
>2026      | >2027      | -        | -       | 365    | 12     | no
>2027      | 2026Q1     | -        | -641    | -686   | -23    | yes
"""


@pytest.mark.parametrize(
    ("before", "after", "at_least", "at_most", "middle", "months", "strict"), rows(SHIFTS)
)
def test_a_shift_is_an_interval_of_days(before, after, at_least, at_most, middle, months, strict):
    shift = shift_between(fuzzy(before), fuzzy(after))

    assert (shift.at_least, shift.at_most) == tuple(
        None if days == "-" else int(days) for days in (at_least, at_most)
    )
    assert (shift.middle, shift.months) == (int(middle), int(months))
    assert shift.strict is (strict == "yes")


def test_a_start_and_an_end_that_both_move_are_two_changes():
    later = period(1, "utvikling..innforing", "2026H1", "2028")
    after = edited(sample(), "leveranse/104", periods=(later,))

    assert told(sample(), after) == [
        ("later", "leveranse/104/periods/1/end"),
        ("later", "leveranse/104/periods/1/start"),
    ]


def test_certainty_of_a_period_and_its_dates_is_one_change():
    firm = period(1, "tilpasning", "2026Q2", None, "planned")
    after = edited(sample(), "leveranse/103", periods=(firm,))

    (change,) = compare.compare(sample(), after).changes

    assert (change.kind, change.what) == ("more_certain", "leveranse/103/periods/1")
    assert (change.before, change.after) == ("tentative", "planned")
    assert [edit.what for edit in change.edits] == [
        "leveranse/103/periods/1/start/certainty",
        "leveranse/103/periods/1/certainty",
    ]


def test_a_moved_date_carries_its_dates_its_shift_and_its_cause():
    what = "leveranse/107/periods/1/start"
    after = edited(sample(), "leveranse/107", periods=(period(1, None, "2027-01-01"),))
    cause = Cause(what=what, code="supplier", text="Leverandøren er forsinket")

    silent = compare.compare(sample(), after)
    explained = compare.compare(sample(), replace(after, causes=(cause,)))

    (change,) = explained.changes
    assert (change.date_before, change.date_after) == (fuzzy("2026-10-01"), fuzzy("2027-01-01"))
    assert (change.shift.at_least, change.shift.at_most, change.shift.months) == (92, 92, 3)
    assert change.cause == cause
    assert (explained.unexplained, silent.unexplained) == ((), (f"later:{what}",))
    assert silent.changes[0].cause is None


def test_a_milestone_and_a_key_date_that_move_are_moved_dates_too():
    plan = sample()
    moved = Milestone(no=1, kind="available", title="Tilgjengelig", date=fuzzy("2026-09"))
    after = edited(plan, "leveranse/101", milestones=(moved,))
    innsyn = one(plan, "gruppering/1a-innsyn")
    earlier = replace(innsyn, key_dates=(KeyDate(no=1, date=fuzzy("2028-03"), text="EHDS-krav"),))
    others = [g for g in plan.roadmap.groupings if g.uid != innsyn.uid]
    after = in_roadmap(after, groupings=tuple(sorted([*others, earlier], key=lambda g: g.uid)))

    assert told(plan, after) == [
        ("earlier", "gruppering/1a-innsyn/key_dates/1/date"),
        ("later", "leveranse/101/milestones/1/date"),
    ]
