import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.roadmap.factories import day, make_deliverable, make_ground, make_grouping
from veikart.people import audit
from veikart.people import services as people
from veikart.people.models import AuditEntry
from veikart.plan import model as plan
from veikart.roadmap import queries, services, verbs
from veikart.strategy import queries as strategy_queries
from veikart.strategy import services as strategy

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ground() -> None:
    make_ground()


def put_period(uid: str, **values: object) -> str:
    given = {"certainty": "planned", **values}
    return services.put("phase_period", uid, given, by=None).verb


def test_freeze_asks_as_often_for_three_deliverables_as_for_one():
    asked = []
    for number in (1, 2, 3):
        make_deliverable(
            str(number),
            owners=[{"organisation": "aktor/ks", "role": "involved"}],
            milestones=[{"no": 1, "kind": "law", "title": "EHDS", "date": day("2029-03-26")}],
            regions=["helseregion/nord"],
        )
        verbs.state_dependency(f"leveranse/{number}", on_text="Lov", by=None)
        with CaptureQueriesContext(connection) as made:
            queries.freeze()
        asked.append(len(made))

    assert asked == [14, 14, 14]


def test_freeze_sorts_by_uid_letter_by_letter_whatever_the_database_thinks():
    for register_id in ("a", "B", "10", "9"):
        make_deliverable(register_id)

    uids = [deliverable.uid for deliverable in queries.freeze().deliverables]

    assert uids == ["leveranse/10", "leveranse/9", "leveranse/B", "leveranse/a"]


def test_groupings_keep_owners_user_groups_regions_and_key_dates():
    make_grouping(
        "1a-samhandling",
        title="Samhandling",
        purpose="  ",
        owners=[plan.Ownership(organisation="aktor/nhn", role="accountable")],
        user_groups=["brukergruppe/fastleger", "brukergruppe/fastleger"],
        regions=["helseregion/nord"],
        key_dates=[{"no": 1, "date": day("2029-03-26"), "text": "EHDS gjelder"}],
        portfolio_measure="Tiltak 7",
    )

    found = {grouping.uid: grouping for grouping in queries.freeze().groupings}

    assert found["gruppering/1a-samhandling"] == plan.Grouping(
        uid="gruppering/1a-samhandling",
        title="Samhandling",
        delmal="delmal/1A",
        purpose=None,
        owners=(plan.Ownership(organisation="aktor/nhn", role="accountable"),),
        user_groups=("brukergruppe/fastleger",),
        regions=("helseregion/nord",),
        key_dates=(plan.KeyDate(no=1, date=day("2029-03-26"), text="EHDS gjelder"),),
        portfolio_measure="Tiltak 7",
    )


def test_periods_put_one_by_one_lie_in_their_deliverable_and_are_recorded_under_their_own_address():
    services.put_many(
        [
            (
                "phase_period",
                "leveranse/7/periode/1",
                {"start": day("2026-01-01"), "end": day("2025-06-30"), "certainty": "planned"},
            ),
            (
                "deliverable",
                "leveranse/7",
                {
                    "register_id": "7",
                    "name": "Syv",
                    "grouping": "gruppering/1a-innsyn",
                    "delmal": "delmal/1A",
                },
            ),
            (
                "milestone",
                "leveranse/7/milepael/1",
                {"kind": "available", "title": "Klar", "date": day("2027-01-01")},
            ),
        ],
        by=None,
    )
    again = put_period("leveranse/7/periode/1")
    changed = put_period("leveranse/7/periode/1", certainty="tentative")

    (deliverable,) = queries.freeze().deliverables
    assert (again, changed) == ("unchanged", "changed")
    assert deliverable.periods == (
        plan.PhasePeriod(
            no=1,
            first_phase=None,
            last_phase=None,
            phase_text=None,
            start=day("2026-01-01"),
            end=day("2025-06-30"),
            certainty="tentative",
        ),
    )
    assert [milestone.title for milestone in deliverable.milestones] == ["Klar"]
    entries = AuditEntry.objects.order_by("-number").values_list("verb", "uid")[:4]
    assert list(entries) == [
        ("phase_period.changed", "leveranse/7/periode/1"),
        ("milestone.created", "leveranse/7/milepael/1"),
        ("phase_period.created", "leveranse/7/periode/1"),
        ("deliverable.created", "leveranse/7"),
    ]


@pytest.mark.parametrize(
    ("kind", "uid", "values", "code"),
    [
        ("phase_period", "leveranse/404/periode/1", {"certainty": "planned"}, "unknown_reference"),
        ("phase_period", "leveranse/7/bolk/1", {"certainty": "planned"}, "wrong_uid"),
        ("phase_period", "leveranse/7/periode/2", {}, "missing_value"),
        ("phase_period", "leveranse/7/periode/1", {"start": "2026"}, "wrong_value"),
        (
            "phase_period",
            "leveranse/7/periode/1",
            {"last_phase": None},
            "period_phases_both_or_neither",
        ),
        (
            "deliverable",
            "leveranse/7",
            {"periods": [{"no": 1, "certainty": "planned"}] * 2},
            "period_number_once_in_deliverable",
        ),
        ("deliverable", "leveranse/7", {"delmal": "delmal/9Z"}, "unknown_reference"),
        ("deliverable", "leveranse/7", {"regions": ["helseregion/x"]}, "unknown_reference"),
        (
            "deliverable",
            "leveranse/7",
            {"owners": [{"organisation": "aktor/x", "role": "develops"}]},
            "unknown_reference",
        ),
        ("deliverable", "leveranse/8", {"register_id": "8", "name": "Åtte"}, "missing_value"),
    ],
)
def test_put_refuses_what_does_not_fit_and_changes_nothing(kind, uid, values, code):
    make_deliverable("7")
    before, stamp = queries.freeze(), audit.stamp()

    with pytest.raises(ValidationError) as refusal:
        services.put(kind, uid, values, by=None)

    assert refusal.value.code == code
    assert queries.freeze() == before
    assert audit.stamp() == stamp


def test_many_are_put_whole_or_not_at_all():
    items = [
        (
            "deliverable",
            f"leveranse/{n}",
            {
                "register_id": str(n),
                "name": f"Leveranse {n}",
                "grouping": "gruppering/1a-innsyn",
                "delmal": "delmal/1A",
            },
        )
        for n in range(1500)
    ]
    stamp = audit.stamp()

    with pytest.raises(ValidationError, match="found “fase/x”"):
        services.put_many(
            [
                *items,
                (
                    "phase_period",
                    "leveranse/1499/periode/1",
                    {"first_phase": "fase/x", "last_phase": "fase/x", "certainty": "planned"},
                ),
            ],
            by=None,
        )
    nothing = queries.freeze().deliverables, audit.stamp()
    services.put_many(items, by=None)

    assert nothing == ((), stamp)
    assert len(queries.freeze().deliverables) == 1500
    assert audit.verify() == []


def test_putting_many_asks_the_database_in_batches():
    def items(count: int) -> list[tuple[str, str, dict[str, str]]]:
        return [("user_group", f"brukergruppe/{count}-{n}", {"name": str(n)}) for n in range(count)]

    with CaptureQueriesContext(connection) as few:
        people.put_many(items(3), by=None)
    with CaptureQueriesContext(connection) as many:
        people.put_many(items(60), by=None)

    assert len(many) <= len(few) + 2


def test_removing_a_deliverable_breaks_what_waits_for_it_and_ends_what_it_waits_for():
    for register_id in ("7", "8"):
        make_deliverable(register_id)
    verbs.state_dependency("leveranse/8", on="leveranse/7", state="accepted", by=None)
    verbs.state_dependency("leveranse/7", on_text="EHDS", by=None)

    services.remove("deliverable", "leveranse/7", reason="Stanset.", by=None)

    frozen = queries.freeze()
    assert [deliverable.uid for deliverable in frozen.deliverables] == ["leveranse/8"]
    assert [(d.subject, d.on, d.state) for d in frozen.dependencies] == [
        ("leveranse/8", "leveranse/7", "broken")
    ]
    assert [(stone.uid, stone.kind, stone.reason) for stone in strategy_queries.tombstones()] == [
        ("avhengighet/7-ehds", "dependency", "Stanset."),
        ("leveranse/7", "deliverable", "Stanset."),
    ]


def test_removing_a_grouping_or_delmal_with_deliverables_is_refused():
    make_deliverable("7")

    with pytest.raises(ValidationError, match="Leveranse 7") as of_grouping:
        services.remove("grouping", "gruppering/1a-innsyn", reason="Utgår.", by=None)
    with pytest.raises(ValidationError, match="Leveranse 7") as of_delmal:
        strategy.remove("delmal", "delmal/1A", reason="Utgår.", by=None)

    assert of_grouping.value.code == of_delmal.value.code == "in_use"
    assert strategy_queries.tombstones() == ()


def test_a_period_is_taken_out_with_a_reason_in_the_record_and_no_stone():
    make_deliverable("7")

    services.remove("phase_period", "leveranse/7/periode/1", reason="Feilført.", by=None)
    with pytest.raises(ValidationError) as refusal:
        services.remove("phase_period", "leveranse/7/periode/1", reason="Feilført.", by=None)

    entry = AuditEntry.objects.latest("number")
    assert refusal.value.code == "unknown_object"
    assert queries.freeze().deliverables[0].periods == ()
    assert (entry.verb, entry.uid) == ("phase_period.removed", "leveranse/7/periode/1")
    assert entry.before["first_phase"] == "fase/konsept"
    assert entry.after == {"reason": "Feilført."}
    assert strategy_queries.tombstones() == ()
