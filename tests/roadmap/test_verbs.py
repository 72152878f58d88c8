import msgspec
import pytest
from django.core.exceptions import ValidationError

from tests.roadmap.factories import day, make_deliverable, make_ground, make_grouping
from veikart.people import audit
from veikart.people.models import AuditEntry
from veikart.plan import model as plan
from veikart.roadmap import queries, services, verbs
from veikart.strategy import queries as strategy_queries
from veikart.strategy import services as strategy

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ground() -> None:
    make_ground()


def deliverables() -> dict[str, plan.Deliverable]:
    return {d.uid: d for d in queries.freeze().deliverables}


def last_verb() -> str:
    return AuditEntry.objects.latest("number").verb


def test_move_period_changes_its_dates_and_nothing_else():
    make_deliverable("7")
    before = deliverables()["leveranse/7"]

    verbs.move_period(
        "leveranse/7", 1, start=day("2027-01-01"), end=None, certainty="tentative", by=None
    )

    period = msgspec.structs.replace(
        before.periods[0], start=day("2027-01-01"), certainty="tentative"
    )
    assert deliverables()["leveranse/7"] == msgspec.structs.replace(before, periods=(period,))
    assert last_verb() == "phase_period.moved"


def test_move_period_refuses_a_period_that_is_not_there():
    make_deliverable("7")

    with pytest.raises(ValidationError, match="found no number 2") as refusal:
        verbs.move_period("leveranse/7", 2, start=None, end=None, certainty="planned", by=None)

    assert refusal.value.code == "unknown_object"
    assert last_verb() == "deliverable.created"


def test_change_phase_spans_and_refuses_an_unknown_phase():
    make_deliverable("7")

    verbs.change_phase(
        "leveranse/7", 1, first_phase="fase/utvikling", last_phase="fase/innforing", by=None
    )
    with pytest.raises(ValidationError, match="found “fase/drift”"):
        verbs.change_phase(
            "leveranse/7", 1, first_phase="fase/drift", last_phase="fase/drift", by=None
        )

    (period,) = deliverables()["leveranse/7"].periods
    assert (period.first_phase, period.last_phase) == ("fase/utvikling", "fase/innforing")


def test_a_span_never_runs_backwards():
    make_deliverable("7")

    with pytest.raises(ValidationError, match="before") as refusal:
        verbs.change_phase(
            "leveranse/7", 1, first_phase="fase/innforing", last_phase="fase/konsept", by=None
        )

    assert refusal.value.code == "span_backwards"


def test_rename_keeps_the_address_of_deliverables_and_groupings():
    make_deliverable("7")

    verbs.rename("leveranse/7", to="Nytt navn", by=None)
    verbs.rename("gruppering/1a-innsyn", to="Innsynstjenester", by=None)
    with pytest.raises(ValidationError, match="Expected a value for “name”"):
        verbs.rename("leveranse/7", to=" ", by=None)
    with pytest.raises(ValidationError, match="found “leveranse/8”"):
        verbs.rename("leveranse/8", to="Nytt", by=None)

    assert deliverables()["leveranse/7"].name == "Nytt navn"
    assert queries.freeze().groupings[0].title == "Innsynstjenester"


def test_set_owners_replaces_them_in_the_plans_order():
    make_deliverable("7", owners=[{"organisation": "aktor/ks", "role": "involved"}])
    owners = (
        plan.Ownership(organisation="aktor/ks", role="introduces"),
        plan.Ownership(organisation="aktor/nhn", role="accountable"),
    )

    verbs.set_owners("leveranse/7", reversed(owners), by=None)
    verbs.set_owners("gruppering/1a-innsyn", owners[:1], by=None)

    assert deliverables()["leveranse/7"].owners == owners
    assert queries.freeze().groupings[0].owners == owners[:1]


def test_set_owners_refuses_an_organisation_twice_in_the_same_role():
    make_deliverable("7")
    owner = {"organisation": "aktor/ks", "role": "involved"}

    with pytest.raises(ValidationError, match="has this role already") as refusal:
        verbs.set_owners("leveranse/7", [owner, {**owner, "note": "to ganger"}], by=None)

    assert refusal.value.code == "ownership_once_in_deliverable"
    assert deliverables()["leveranse/7"].owners == ()


def test_state_dependency_is_stated_once_and_then_changes():
    make_deliverable("7")
    make_deliverable("8")

    verbs.state_dependency("leveranse/7", on="leveranse/8", by=None)
    verbs.state_dependency("leveranse/7", on_text="EHDS-krav", reason="Lov.", by=None)
    verbs.state_dependency("leveranse/7", on="leveranse/8", state="accepted", by=None)

    assert queries.freeze().dependencies == (
        plan.Dependency(
            uid="avhengighet/7-8",
            subject="leveranse/7",
            on="leveranse/8",
            on_text=None,
            state="accepted",
        ),
        plan.Dependency(
            uid="avhengighet/7-ehds-krav",
            subject="leveranse/7",
            on=None,
            on_text="EHDS-krav",
            state="proposed",
            reason="Lov.",
        ),
    )


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"on": "leveranse/404"}, "unknown_reference"),
        ({"on": "leveranse/7"}, "dependency_on_another"),
        ({}, "dependency_on_object_or_text"),
        ({"on": "leveranse/8", "on_text": "noe"}, "dependency_on_object_or_text"),
    ],
)
def test_state_dependency_refuses_what_cannot_be_waited_for(given, code):
    make_deliverable("7")
    make_deliverable("8")

    with pytest.raises(ValidationError) as refusal:
        verbs.state_dependency("leveranse/7", **given, by=None)

    assert refusal.value.code == code
    assert queries.freeze().dependencies == ()


def test_split_leaves_a_stone_with_both_successors_and_keeps_what_does_not_differ():
    make_deliverable("7", user_groups=["brukergruppe/fastleger"], description="Felles.")

    verbs.split_deliverable(
        "leveranse/7",
        into=[{"register_id": "71", "name": "Nord"}, {"register_id": "72", "name": "Vest"}],
        reason="Innføres hver for seg.",
        by=None,
    )

    found = deliverables()
    assert {uid: (d.name, d.description, d.user_groups) for uid, d in found.items()} == {
        "leveranse/71": ("Nord", "Felles.", ("brukergruppe/fastleger",)),
        "leveranse/72": ("Vest", "Felles.", ("brukergruppe/fastleger",)),
    }
    assert strategy_queries.tombstones() == (
        plan.Tombstone(
            uid="leveranse/7",
            kind="deliverable",
            name="Leveranse 7",
            reason="Innføres hver for seg.",
            successors=("leveranse/71", "leveranse/72"),
        ),
    )


def test_split_refuses_fewer_than_two_and_a_number_that_is_taken():
    make_deliverable("7")

    with pytest.raises(ValidationError, match="at least two"):
        verbs.split_deliverable("leveranse/7", into=[{"register_id": "71"}], reason="x", by=None)
    with pytest.raises(ValidationError, match="found “7”"):
        verbs.split_deliverable(
            "leveranse/7", into=[{"register_id": "7"}, {"register_id": "71"}], reason="x", by=None
        )

    assert list(deliverables()) == ["leveranse/7"]
    assert strategy_queries.tombstones() == ()


def test_merge_into_one_of_them_leaves_a_stone_for_the_others():
    for register_id in ("7", "8", "9"):
        make_deliverable(register_id)
    verbs.state_dependency("leveranse/9", on="leveranse/8", by=None)

    verbs.merge_deliverables(
        ["leveranse/7", "leveranse/8"],
        into={"register_id": "7", "name": "Begge"},
        reason="Ett arbeid.",
        by=None,
    )

    assert {uid: d.name for uid, d in deliverables().items()} == {
        "leveranse/7": "Begge",
        "leveranse/9": "Leveranse 9",
    }
    assert [(s.uid, s.successors) for s in strategy_queries.tombstones()] == [
        ("leveranse/8", ("leveranse/7",))
    ]
    assert [(d.subject, d.on) for d in queries.freeze().dependencies] == [
        ("leveranse/9", "leveranse/7")
    ]


def test_merge_into_a_new_one_leaves_stones_with_the_same_successor():
    for register_id in ("7", "8"):
        make_deliverable(register_id)

    verbs.merge_deliverables(
        ["leveranse/7", "leveranse/8"], into={"register_id": "78"}, reason="Ett arbeid.", by=None
    )

    assert {uid: d.name for uid, d in deliverables().items()} == {"leveranse/78": "Leveranse 7"}
    assert [(s.uid, s.successors) for s in strategy_queries.tombstones()] == [
        ("leveranse/7", ("leveranse/78",)),
        ("leveranse/8", ("leveranse/78",)),
    ]
    assert audit.verify() == []


def test_recode_delmal_keeps_the_thread_and_moves_what_is_under_it():
    strategy.put(
        "delmal", "delmal/1A", {"benefits": [{"no": 1, "text": "Ro.", "basis": "prose"}]}, by=None
    )
    make_deliverable("7")
    make_grouping("1b-annet", delmal="delmal/1B")
    make_deliverable(
        "8", grouping="gruppering/1b-annet", delmal="delmal/1B", other_delmal=["delmal/1A"]
    )
    verbs.state_dependency("delmal/1B", on="delmal/1A", by=None)

    change = verbs.recode_delmal("delmal/1A", code="1C", title="Innsyn for alle", by=None)

    frozen = strategy_queries.freeze()
    roadmap = queries.freeze()
    assert change.uid == "delmal/1C"
    assert [(d.uid, d.code, d.title, d.replaces) for d in frozen.delmal] == [
        ("delmal/1B", "1B", "Oppfølging", ()),
        ("delmal/1C", "1C", "Innsyn for alle", ("delmal/1A",)),
    ]
    assert [b.text for b in frozen.delmal[1].benefits] == ["Ro."]
    assert [(g.uid, g.delmal) for g in roadmap.groupings] == [
        ("gruppering/1a-innsyn", "delmal/1C"),
        ("gruppering/1b-annet", "delmal/1B"),
    ]
    assert [(d.delmal, d.other_delmal) for d in roadmap.deliverables] == [
        ("delmal/1C", ()),
        ("delmal/1B", ("delmal/1C",)),
    ]
    assert [(d.subject, d.on) for d in roadmap.dependencies] == [("delmal/1B", "delmal/1C")]
    assert [(s.uid, s.kind, s.successors) for s in strategy_queries.tombstones()] == [
        ("delmal/1A", "delmal", ("delmal/1C",))
    ]


def test_recode_delmal_back_to_a_code_of_old_gives_an_address_with_the_version():
    strategy.set_strategy({"title": "Strategi", "version": "2027-2030"}, by=None)

    verbs.recode_delmal("delmal/1A", code="1C", by=None)
    change = verbs.recode_delmal("delmal/1C", code="1A", by=None)

    assert change.uid == "delmal/1A-2027-2030"


def test_recode_delmal_refuses_a_code_in_use():
    with pytest.raises(ValidationError, match="found 1B") as refusal:
        verbs.recode_delmal("delmal/1A", code="1B", by=None)

    assert refusal.value.code == "taken"
    assert [d.uid for d in strategy_queries.freeze().delmal] == ["delmal/1A", "delmal/1B"]


def test_explain_move_is_one_cause_a_move_and_edition():
    what = "leveranse/7/periods/1/start"

    services.explain_move(what, code="funding", text=" Midler kom sent. ", since="2026-1", by=None)
    services.explain_move(what, code="supplier", since="2026-1", by=None)
    with pytest.raises(ValidationError, match="law"):
        services.explain_move(what, code="law", since="2026-2", by=None)

    assert queries.causes("2026-1") == (plan.Cause(what=what, code="supplier"),)
    assert queries.causes("2026-2") == ()
    assert AuditEntry.objects.filter(verb="move.explained").count() == 2
