"""Traces that lead to decisions and from them: both ways, through bodies, and from editions."""

import datetime as dt
import random

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from tests.plan import council_samples as councils
from tests.plan.samples import sample
from tests.plan.strategies import plans
from tests.plan.test_trace import lines, outline
from veikart.plan.council import Effect
from veikart.plan.evaluation import Evaluations, Principle
from veikart.plan.model import Plan, Tombstone
from veikart.plan.trace import Approval, why

PLAN = councils.decided_plan()
DECIDED = ("decided_by", "touched_by")


def decisions_in(steps):
    """The uids of every decision on the way."""
    for step in steps:
        if step.relation in DECIDED:
            yield step.uid
        yield from decisions_in(step.steps)


def test_the_vision_leads_up_to_the_decision_and_the_decision_down_to_the_vision():
    assert outline(why(PLAN, "visjon").up) == lines("""
        decided_by sak/rad/40-21/vedtak (Rådet slutter seg til visjonen.)
        raised_in sak/rad/15-26
    """)
    assert outline(why(PLAN, councils.VISION).down) == lines("""
        led_to visjon
        followed_up_by sak/rad/40-21/oppfolging/1 (Ikke lenger aktuelt.)
    """)
    assert outline(why(PLAN, councils.VISION).up) == ["decided_in sak/rad/40-21"]


def test_a_deliverable_finds_decisions_on_each_thing_above_it():
    found = set(decisions_in(why(PLAN, "leveranse/101").up))

    assert found == {councils.ASKED, councils.ADVICE, councils.VISION, councils.NOTED}


def test_an_effect_is_told_apart_from_a_case_that_is_about_it_and_from_one_that_waits():
    own = [(s.relation, s.uid, s.effect) for s in why(PLAN, "delmal/1A").up][1:]

    assert own == [
        ("decided_by", councils.ASKED, "asks_for_change"),
        ("decided_by", councils.ADVICE, "recommends"),
        ("raised_in", councils.UNDECIDED, None),
    ]
    assert [(s.relation, s.uid) for s in why(PLAN, "leveranse/101").up][-1] == (
        "touched_by",
        councils.ASKED,
    )


def test_an_edition_leads_to_the_decision_that_approved_it_and_on_through_the_bodies():
    assert outline(why(PLAN, "utgave/2026-1").up) == lines("""
        decided_by sak/rad/12-26/vedtak (Rådet godkjenner veikartet.)
          decided_in sak/rad/12-26
            came_from sak/nuit/3-26 (NUIT anbefaler veikartet.)
    """)
    assert why(PLAN, "utgave/2026-1").kind == "edition"
    assert why(PLAN, "utgave/2026-1").up[0].effect == "approves"


def test_what_is_kept_beside_an_edition_is_handed_in():
    plan = sample()
    approval = Approval(
        edition="2026-1", body="Nasjonalt e-helseråd", on=dt.date(2026, 9, 4),
        decision="sak/rad/12-26/vedtak", case="12/26", text="Godkjent.",
    )  # fmt: skip

    (step,) = why(plan, "utgave/2026-1", approvals=[approval]).up

    assert (step.uid, step.name, step.reason) == (
        "sak/rad/12-26/vedtak",
        "Nasjonalt e-helseråd 12/26",
        "Godkjent.",
    )
    assert why(plan, "utgave/2026-1").up == ()
    known = why(PLAN, "utgave/2026-1", approvals=[approval])
    assert [one.uid for one in known.up] == [councils.APPROVAL]


def test_an_approval_that_names_no_decision_tells_the_body():
    approval = Approval(edition="2025-2", body="Styret")

    (step,) = why(PLAN, "utgave/2025-2", approvals=[approval]).up

    assert (step.uid, step.kind, step.name) == (None, "body", "Styret")
    known = why(PLAN, "utgave/2026-1", approvals=[Approval(edition="2026-1", body="Styret")])
    assert [one.uid for one in known.up] == [councils.APPROVAL]


def test_an_edition_that_nothing_tells_of_is_refused():
    with pytest.raises(LookupError, match="found “utgave/1999-1”"):
        why(PLAN, "utgave/1999-1")


def test_a_case_leads_to_what_was_decided_and_to_where_it_went_on():
    assert outline(why(PLAN, "sak/nuit/3-26").down) == lines("""
        decision sak/nuit/3-26/vedtak (NUIT anbefaler veikartet.)
          recommends delmal/1A
        went_on_to sak/rad/12-26
    """)
    assert outline(why(PLAN, "sak/rad/12-26").up) == [
        "came_from sak/nuit/3-26 (NUIT anbefaler veikartet.)"
    ]
    assert outline(why(PLAN, councils.UNDECIDED).down) == ["about delmal/1A", "about visjon"]


def test_a_follow_up_leads_up_to_what_it_follows_also_where_it_names_its_case_alone():
    for uid in ("sak/rad/13-26/oppfolging/1", "sak/rad/13-26/oppfolging/2"):
        assert [(s.relation, s.uid) for s in why(PLAN, uid).up] == [("follows", councils.ASKED)]
    assert why(PLAN, "mote/rad/2-2026/oppfolging/1").up == ()


def test_cases_that_came_from_one_another_in_a_circle_end():
    nuit = PLAN.index.cases["sak/nuit/3-26"]
    cases = [replace(nuit, came_from="sak/rad/12-26"), *PLAN.council.cases[1:]]
    circle = replace(PLAN, council=replace(PLAN.council, cases=tuple(cases)))

    assert outline(why(circle, "sak/rad/12-26").up) == [
        "came_from sak/nuit/3-26 (NUIT anbefaler veikartet.)"
    ]
    assert outline(why(circle, councils.ADVICE).down)[-1] == "went_on_to sak/rad/12-26"


def test_what_is_gone_and_what_lies_beside_the_plan_lead_to_their_decisions():
    decision = PLAN.index.decisions[councils.NOTED]
    gone = Tombstone(uid="leveranse/9", kind="deliverable", name="Gammel", reason="Ut")
    effects = (
        Effect(no=1, kind="led_to", uid="leveranse/9"),
        Effect(no=2, kind="takes_along", note="Det muntlige."),
    )
    plan = replace(
        councils.with_decisions(PLAN, replace(decision, effects=effects)),
        tombstones=(gone,),
        evaluation=Evaluations(
            principles=(
                Principle(
                    uid="evalueringsprinsipp/1", number=1, title="Enkelt", decision=councils.NOTED
                ),
            )
        ),
    )

    down = [(s.relation, s.uid, s.kind, s.name) for s in why(plan, councils.NOTED).down]

    assert down[:3] == [
        ("led_to", "leveranse/9", "deliverable", "Gammel"),
        ("takes_along", None, "text", "Det muntlige."),
        ("led_to", "evalueringsprinsipp/1", "principle", "Enkelt"),
    ]
    for uid in ("leveranse/9", "evalueringsprinsipp/1"):
        assert [(s.relation, s.uid) for s in why(plan, uid).up] == [("decided_by", councils.NOTED)]


QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@QUICK
@given(plans())
def test_each_step_down_from_a_decision_to_a_thing_is_a_step_up_from_the_thing(plan: Plan):
    back = (*DECIDED, "follows")
    for uid in plan.index.decisions:
        for step in why(plan, uid).down:
            if step.uid is None or step.kind == "text" or step.relation == "went_on_to":
                continue
            up = [s.uid for s in why(plan, step.uid).up if s.relation in back]
            assert uid in up, (uid, step)


@pytest.mark.parametrize("seed", range(3))
def test_both_ways_agree_where_much_is_decided(seed):
    plan = councils.at_random(random.Random(seed))
    steps = {uid: [s.uid for s in why(plan, uid).down if s.uid] for uid in plan.index.decisions}

    up = {
        uid: {s.uid for s in why(plan, uid).up if s.relation in (*DECIDED, "follows")}
        for uid in {uid for down in steps.values() for uid in down}
    }

    assert sum(map(len, steps.values())) > 60
    assert all(decision in up[uid] for decision, down in steps.items() for uid in down)


@QUICK
@given(plans())
def test_each_step_up_from_a_thing_to_a_decision_is_a_step_down_from_the_decision(plan: Plan):
    for uid in plan.index.by_uid:
        for step in why(plan, uid).up:
            if step.relation in DECIDED:
                assert uid in [s.uid for s in why(plan, step.uid).down]
