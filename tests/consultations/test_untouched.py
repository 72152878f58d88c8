"""Whatever is done to the strategy and the roadmap, no point is deleted or altered by it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.consultations.conftest import incoming
from veikart.consultations import log, queries, services
from veikart.consultations.models import HandlingEvent, Hearing, IntakeItem, Reply
from veikart.engines.handling import actions as do
from veikart.engines.handling.actions import Anchor, Original
from veikart.roadmap import services as roadmap
from veikart.roadmap.models import Deliverable, Grouping
from veikart.strategy import services as strategy
from veikart.strategy.models import Delmal, Statement, StrategicGoal

pytestmark = pytest.mark.django_db

STATEMENT, DELIVERABLE = "mal/1/oppna/1", "leveranse/1"
ABOUT = ("mal/1", STATEMENT, "delmal/1A", DELIVERABLE)


@pytest.fixture
def answered(hearing, editor):
    """A hearing with points on a goal, a statement, a delmål and a deliverable, each answered."""
    strategy.put_many(
        [
            ("strategic_goal", "mal/1", {"number": 1, "title": "Medvirkning"}),
            ("statement", STATEMENT, {"goal": "mal/1", "number": 1, "text": "Innsyn"}),
            ("delmal", "delmal/1A", {"code": "1A", "title": "Tjenester", "goal": "mal/1"}),
        ],
        by=editor,
    )
    roadmap.put_many(
        [
            ("grouping", "gruppering/1a-innsyn", {"title": "Innsyn", "delmal": "delmal/1A"}),
            (
                "deliverable",
                DELIVERABLE,
                {
                    "register_id": "1",
                    "name": "Prøvesvar",
                    "grouping": "gruppering/1a-innsyn",
                    "delmal": "delmal/1A",
                },
            ),
        ],
        by=editor,
    )
    points = tuple(
        Original(uid="", text=f"Om {uid}", kind="proposal", anchors=(Anchor(uid=uid),))
        for uid in ABOUT
    )
    reply = services.receive(hearing, incoming(points=points), by=None).reply
    for no, uid in enumerate(ABOUT, 1):
        led = do.Led(uid=uid, before="Før", after="Etter")
        decided = do.Decide(
            on=f"{reply.uid}/punkt/{no}", value="followed", reason="Ja", led_to=(led,)
        )
        services.act(hearing, decided, by=editor)
    return hearing


def kept(hearing):
    """All that is known of a hearing, read from the tables afresh."""
    log.forget()
    return (
        queries.state(hearing),
        list(HandlingEvent.objects.order_by("no").values()),
        list(Reply.objects.values()),
        list(Hearing.objects.values()),
        list(IntakeItem.objects.values()),
    )


def test_removing_what_a_point_is_about_leaves_the_point(answered, editor):
    before = kept(answered)

    for kind, uid in (("deliverable", DELIVERABLE), ("grouping", "gruppering/1a-innsyn")):
        roadmap.remove(kind, uid, reason="Utgår", by=editor)
    for kind, uid in (
        ("delmal", "delmal/1A"),
        ("statement", STATEMENT),
        ("strategic_goal", "mal/1"),
    ):
        strategy.remove(kind, uid, reason="Utgår", by=editor)

    assert not StrategicGoal.objects.exists()
    assert not Deliverable.objects.exists()
    assert kept(answered) == before


def test_deleting_the_rows_of_the_strategy_past_the_services_leaves_the_points(answered):
    before = kept(answered)

    for model in (Deliverable, Grouping, Delmal, Statement, StrategicGoal):
        model.objects.all().delete()

    assert kept(answered) == before


EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("reword"), st.text(alphabet="abc æøå.", min_size=1)),
        st.tuples(st.just("renumber"), st.integers(1, 99)),
        st.tuples(st.just("remove"), st.just(None)),
        st.tuples(st.just("put_back"), st.just(None)),
    ),
    max_size=6,
)


@given(edits=EDITS)
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_sequence_of_edits_of_a_statement_touches_a_point(answered, editor, edits):
    before = kept(answered)

    for number, (verb, value) in enumerate(edits):
        is_there = Statement.objects.filter(pk=STATEMENT).exists()
        if verb == "remove" and is_there:
            Statement.objects.filter(pk=STATEMENT).delete()
        elif verb == "put_back" and not is_there:
            Statement.objects.create(uid=STATEMENT, goal_id="mal/1", number=1, text="Innsyn")
        elif verb == "reword" and is_there:
            strategy.put("statement", STATEMENT, {"text": f"{number} {value}"}, by=editor)
        elif verb == "renumber" and is_there:
            Statement.objects.filter(pk=STATEMENT).update(number=value)

    assert kept(answered) == before
