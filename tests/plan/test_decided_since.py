"""What was decided and done between two plans, and that comparing them still leads from one to the other."""

import datetime as dt

from msgspec.structs import replace

from tests.pages import hearing_samples
from tests.plan import council_samples as councils
from tests.plan.samples import sample
from veikart.plan.compare import apply, compare
from veikart.plan.consultations import LedTo
from veikart.plan.council import Effect
from veikart.plan.decided_since import DecidedSince, News, decided_since

PLAN = councils.decided_plan()


def uids(news):
    return [one.uid for one in news]


def test_the_first_decisions_of_a_plan_are_new_newest_first_with_what_is_to_follow():
    found = decided_since(sample(), PLAN)

    assert uids(found.decided) == [
        councils.APPROVAL,
        councils.ASKED,
        councils.NOTED,
        councils.ADVICE,
        councils.VISION,
    ]
    assert found.decided[-1].name == "Nasjonalt e-helseråd 40/21: Visjon og mål"
    assert uids(found.settled) == ["sak/rad/12-26/oppfolging/1", "sak/rad/40-21/oppfolging/1"]
    assert uids(found.given) == [
        "mote/rad/2-2026/oppfolging/1",
        "sak/rad/13-26/oppfolging/1",
        "sak/rad/13-26/oppfolging/2",
    ]
    assert found.fell_due == ()


def test_a_decision_that_changed_tells_which_of_its_fields_did():
    asked = PLAN.index.decisions[councils.ASKED]
    after = councils.with_decisions(PLAN, replace(asked, text="Nytt", effects=()))

    assert decided_since(PLAN, after) == DecidedSince(
        changed=(
            News(
                uid=councils.ASKED,
                name="Nasjonalt e-helseråd 13/26: Rapportering",
                fields=("text", "effects"),
            ),
        )
    )


def test_a_decision_that_is_shown_no_more_is_told_as_gone():
    without = replace(PLAN, council=replace(PLAN.council, decisions=PLAN.council.decisions[1:]))

    assert uids(decided_since(PLAN, without).gone) == [councils.ADVICE]


def test_a_follow_up_is_settled_once_and_falls_due_once():
    waiting = PLAN.index.follow_ups["sak/rad/13-26/oppfolging/2"]
    head = replace(PLAN.head, as_of=councils.AS_OF + dt.timedelta(days=30))
    later = replace(PLAN, head=head)
    settled = councils.with_follow_ups(later, replace(waiting, state="done", answer="Gjort."))

    assert uids(decided_since(PLAN, later).fell_due) == [waiting.uid]
    assert uids(decided_since(PLAN, settled).settled) == [waiting.uid]
    assert decided_since(later, later).is_empty
    assert decided_since(settled, settled).is_empty


def test_what_councils_do_is_no_change_of_content_and_is_carried():
    asked = PLAN.index.decisions[councils.ASKED]
    effects = (
        *asked.effects,
        Effect(no=3, kind="led_to", uid="visjon"),
        Effect(no=4, kind="led_to", note="x"),
    )
    more = councils.with_decisions(PLAN, replace(asked, effects=effects))
    other = replace(asked, effects=(replace(asked.effects[0], kind="led_to"), *asked.effects[1:]))
    changed = councils.with_decisions(PLAN, other)

    for before, after in ((sample(), PLAN), (PLAN, more), (more, changed), (PLAN, sample())):
        found = compare(before, after)

        assert found.changes == ()
        assert apply(before, found) == after


def test_a_change_that_a_point_led_to_is_no_change_of_what_it_names():
    before = hearing_samples.answered_plan()
    points = list(before.consultations.points)
    place, point = next(
        (n, p) for n, p in enumerate(points) if p.outcome is not None and p.outcome.led_to
    )
    led = (replace(point.outcome.led_to[0], after="Ny setning"), LedTo(uid="mal/1"))
    points[place] = replace(point, outcome=replace(point.outcome, led_to=led))
    after = replace(before, consultations=replace(before.consultations, points=tuple(points)))

    found = compare(before, after)

    assert found.changes == ()
    assert apply(before, found) == after
