"""Slip against the first and the last approved edition, and its statistics."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from tests.plan.samples import deliverable, period, sample, with_deliverables, without
from tests.plan.strategies import editions
from veikart.plan.model import Plan, Tombstone
from veikart.plan.slip import Flow, Spread, Statistics, slip


def plan_of(text: str) -> Plan:
    """A plan whose deliverables are the rows: number, start, end."""
    bare = sample()
    bare = without(bare, *(d.uid for d in bare.roadmap.deliverables))
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return with_deliverables(
        bare,
        *(
            deliverable(
                int(number), f"Nr. {number}", "1a-innsyn", "1A", period(1, "konsept", start, end)
            )
            for number, start, end in rows
        ),
    )


FIRST = """
    1 | 2026-01-01 | 2026-12-31
    2 | 2026Q1     | -
    3 | 2026       | -
    4 | 2026-01-01 | -
    5 | -          | -
    6 | 2026-01-01 | -
"""
LAST = """
    1 | 2026-01-01 | 2027-06-30
    2 | 2026Q2     | -
    3 | 2026       | -
    4 | >2026      | -
    5 | -          | -
    7 | 2027-01-01 | -
"""
NOW = """
    1 | 2026-02-01 | 2027-12-31
    2 | 2026Q3     | -
    3 | 2026H2     | -
    4 | >2027      | -
    5 | 2028       | -
    7 | 2026-07-01 | -
"""


def test_each_dated_edge_has_its_slip_against_both_editions_and_its_moves():
    first, last, now = plan_of(FIRST), plan_of(LAST), plan_of(NOW)

    found = slip(now, first=first, last=last, history=[first, last])

    def days(shift):
        return None if shift is None else (shift.at_least, shift.at_most)

    assert [
        (edge.what.removeprefix("leveranse/"), days(edge.first), days(edge.last), edge.moves)
        for edge in found.edges
    ] == [
        ("1/periods/1/start", (31, 31), (31, 31), 1),
        ("1/periods/1/end", (365, 365), (184, 184), 2),
        ("2/periods/1/start", (92, 272), (1, 182), 2),
        ("3/periods/1/start", (0, 0), (0, 0), 0),
        ("4/periods/1/start", (730, None), (None, None), 2),
        ("5/periods/1/start", None, None, 0),
        ("7/periods/1/start", None, (-184, -184), 1),
    ]


def test_statistics_keep_the_interval_and_leave_no_bound_open():
    found = slip(plan_of(NOW), first=plan_of(FIRST), last=None)

    assert found.last is None
    assert found.first.all == Statistics(
        uid=None,
        n=5,
        lower_quartile=Spread(at_least=31, at_most=31),
        median=Spread(at_least=92, at_most=272),
        upper_quartile=Spread(at_least=365, at_most=365),
        late_at_least=2 / 5,
        late_at_most=3 / 5,
    )
    assert [(s.uid, s.n) for s in found.first.by_edge] == [("end", 1), ("start", 4)]
    assert (found.first.number, found.first.as_of) == ("2026-1", dt.date(2026, 8, 31))


def test_an_open_date_makes_a_quartile_open():
    five = "\n".join(f"{number} | >202{number} | -" for number in range(1, 6))
    later = "\n".join(f"{number} | >203{number} | -" for number in range(1, 6))

    found = slip(plan_of(later), first=plan_of(five), last=None).first.all

    assert (found.median, found.late_at_least, found.late_at_most) == (
        Spread(at_least=None, at_most=None),
        0,
        1,
    )


def test_fewer_than_five_dates_are_withheld_with_the_reason():
    found = slip(plan_of(NOW), first=None, last=plan_of(LAST))

    by_edge = {statistics.uid: statistics for statistics in found.last.by_edge}
    assert by_edge["end"] == Statistics(uid="end", n=1, withheld="fewer than five")
    assert by_edge["start"].median is not None
    assert [s.uid for s in found.last.by_goal] == ["mal/1"]
    assert [s.uid for s in found.last.by_owner] == ["aktor/norsk-helsenett"]
    assert [s.uid for s in found.last.by_phase] == ["fase/konsept"]


def test_flow_counts_every_deliverable_once():
    before = sample()
    in_use = replace(before.index.by_uid["leveranse/107"], periods=(period(1, "i-bruk", "2026"),))
    done = replace(before.index.by_uid["leveranse/108"], lifecycle="completed")
    new = deliverable(201, "Ny", "1a-innsyn", "1A")
    after = without(with_deliverables(before, in_use, done, new), "leveranse/101", "leveranse/103")
    stone = Tombstone(
        uid="leveranse/103", kind="deliverable", name="x", reason="y", successors=(new.uid,)
    )

    found = slip(replace(after, tombstones=(stone,)), first=before, last=before)

    assert found.first.flow == Flow(stayed=4, joined=1, finished=2, removed=1, merged=1)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(editions())
def test_flows_add_up_and_a_plan_has_no_slip_against_itself(two):
    before, after = two

    flow = slip(after, first=before, last=None).first.flow
    same = slip(after, first=after, last=after, history=[after])

    assert flow.stayed + flow.finished + flow.joined == len(after.roadmap.deliverables)
    assert flow.stayed + flow.finished + flow.removed + flow.merged == len(
        before.roadmap.deliverables
    )
    assert {(e.first.at_least, e.first.at_most, e.moves) for e in same.edges} <= {(0, 0, 0)}
    assert same.first.all.median in (None, Spread(at_least=0, at_most=0))


def test_later_than_six_months_is_more_than_the_longest_half_year():
    def starting(*days):
        rows = (f"{number} | {day} | -" for number, day in enumerate(days, 1))
        return plan_of("\n".join(rows))

    before = starting(*["2026-07-01"] * 5)
    after = starting("2027-01-01", "2027-01-01", "2027-01-01", "2027-01-02", "2027-02")

    found = slip(after, first=before, last=None).first.all

    assert (found.late_at_least, found.late_at_most) == (2 / 5, 2 / 5)


@pytest.mark.parametrize("count", [4, 5])
def test_the_fewest_dates_that_are_shown_are_five(count):
    rows = "\n".join(f"{number} | 2026-01-01 | -" for number in range(1, count + 1))

    found = slip(plan_of(rows), first=plan_of(rows), last=None).first.all

    assert (found.withheld is None) is (count == 5)
