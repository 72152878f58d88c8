"""Follow-ups across bodies: in which order, and what a question keeps."""

import datetime as dt

from msgspec.structs import replace

from tests.plan import council_samples as councils
from veikart.plan.council import FollowUp
from veikart.plan.follow_up_list import Wanted, counts, listed, parse, query, state_of, who_of

PLAN = councils.decided_plan()


def uids(wanted=Wanted(), plan=PLAN):  # noqa: B008 (a value that never changes)
    return [one.uid for one in listed(plan, wanted)]


def test_the_overdue_come_first_then_by_due_day_then_what_is_settled():
    assert uids() == [
        "sak/rad/13-26/oppfolging/1",
        "sak/rad/13-26/oppfolging/2",
        "mote/rad/2-2026/oppfolging/1",
        "sak/rad/12-26/oppfolging/1",
        "sak/rad/40-21/oppfolging/1",
    ]
    assert [state_of(PLAN, one) for one in listed(PLAN, Wanted())] == [
        "overdue",
        "open",
        "open",
        "done",
        "dropped",
    ]


def test_by_who_keeps_the_states_apart_and_puts_those_without_a_name_last():
    more = councils.with_follow_ups(
        PLAN,
        FollowUp(uid="sak/rad/1-26/oppfolging/1", body=councils.RAD, what="x", who="avdeling A"),
        FollowUp(
            uid="sak/rad/1-26/oppfolging/2", body=councils.RAD, what="x", who="Ås",
            due=dt.date(2020, 1, 1),
        ),
    )  # fmt: skip

    assert uids(Wanted(by_who=True), more)[:5] == [
        "sak/rad/13-26/oppfolging/1",
        "sak/rad/1-26/oppfolging/2",
        "sak/rad/1-26/oppfolging/1",
        "sak/rad/13-26/oppfolging/2",
        "mote/rad/2-2026/oppfolging/1",
    ]


def test_an_organisation_of_the_plan_is_who_where_nobody_else_is_named():
    assert who_of(PLAN, PLAN.index.follow_ups["sak/rad/13-26/oppfolging/2"]) == "Helse Nord RHF"
    assert uids(Wanted(who="Helse Nord RHF")) == ["sak/rad/13-26/oppfolging/2"]
    assert uids(Wanted(who="ingen")) == [
        "mote/rad/2-2026/oppfolging/1",
        "sak/rad/40-21/oppfolging/1",
    ]


def test_what_the_plan_does_not_know_is_told_and_keeps_all():
    wanted = parse({"hvem": ["Ingen slik"], "organ": ["nuit"], "rekkefolge": ["hvem"]}, PLAN)

    assert wanted == Wanted(by_who=True, unknown=("Ingen slik", "nuit"))
    assert len(uids(wanted)) == 5


def test_a_question_is_an_address_and_back():
    wanted = Wanted(who="KS", body=councils.RAD, by_who=True)

    assert query(wanted) == "hvem=KS&organ=rad&rekkefolge=hvem"
    assert parse({"hvem": ["KS"], "organ": ["rad"], "rekkefolge": ["hvem"]}, PLAN) == wanted


def test_the_day_is_the_plans_own():
    before = replace(PLAN, head=replace(PLAN.head, as_of=dt.date(2026, 8, 30)))

    assert state_of(before, before.index.follow_ups["sak/rad/13-26/oppfolging/1"]) == "open"


def test_choices_are_counted_given_the_other_choice():
    whos, bodies = counts(PLAN, Wanted(who="KS", body=councils.RAD))

    assert whos == {"KS": 1, "Sekretariatet": 1, "Helse Nord RHF": 1, "": 2}
    assert bodies == {councils.RAD: 1}
