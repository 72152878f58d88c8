import msgspec
import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.strategy.factories import ITEMS, STRATEGY
from veikart.people import audit
from veikart.people.models import AuditEntry
from veikart.plan import model as plan
from veikart.strategy import queries, services
from veikart.strategy.models import Strategy

pytestmark = pytest.mark.django_db

NAMED = {
    "title": "Nasjonal e-helsestrategi",
    "version": "2023-2030",
    "publisher": "Helsedirektoratet",
    "from_year": 2023,
    "to_year": 2030,
}


def test_freeze_gives_back_one_of_each_kind_as_it_was_put_in_any_order():
    services.set_strategy(NAMED, by=None)

    changes = services.put_many(reversed(ITEMS), by=None)

    assert queries.freeze() == STRATEGY
    assert {change.verb for change in changes} == {"created"}
    assert audit.verify() == []


def test_what_was_frozen_can_be_put_again_and_changes_nothing():
    services.set_strategy(NAMED, by=None)
    services.put_many(ITEMS, by=None)
    stamp = audit.stamp()
    frozen = queries.freeze()
    again = [
        (kind, value.uid, {k: v for k, v in msgspec.structs.asdict(value).items() if k != "uid"})
        for kind, values in (
            ("vision", [frozen.vision]),
            ("strategic_goal", frozen.goals),
            ("delmal", frozen.delmal),
            ("sdg", frozen.sdgs),
        )
        for value in values
        if value
    ]

    changes = services.put_many(again, by=None)
    services.set_strategy(NAMED, by=None)

    assert {change.verb for change in changes} == {"unchanged"}
    assert audit.stamp() == stamp


def test_an_empty_strategy_can_be_frozen():
    assert queries.freeze() == plan.Strategy(
        title="Strategi",
        version="uten versjon",
        publisher=None,
        from_year=None,
        to_year=None,
        vision=None,
        **dict.fromkeys(plan.Strategy.__struct_fields__[6:], ()),
    )


def test_freeze_asks_as_often_for_three_of_each_as_for_one():
    goal = {"title": "Mål", "kind": "direct"}
    asked = []
    for number in (1, 2, 3):
        services.put_many(
            [
                ("strategic_goal", f"mal/{number}", {**goal, "number": number}),
                (
                    "delmal",
                    f"delmal/{number}A",
                    {
                        "code": f"{number}A",
                        "title": "Delmål",
                        "goal": f"mal/{number}",
                        "benefits": [{"no": 1, "text": "Ro.", "basis": "prose"}],
                    },
                ),
                (
                    "sdg",
                    f"fn-mal/{number}",
                    {"number": number, "title": "FN", "goals": [f"mal/{number}"]},
                ),
            ],
            by=None,
        )
        with CaptureQueriesContext(
            connection,
        ) as queries_made:
            queries.freeze()
        asked.append(len(queries_made))

    assert asked == [14, 14, 14]


@pytest.mark.parametrize(
    ("kind", "uid", "values", "code"),
    [
        ("delmal", "delmal/9Z", {"code": "9Z", "title": "X", "goal": "mal/9"}, "unknown_reference"),
        ("delmal", "delmal/9Z", {"code": "1A", "title": "X", "goal": "mal/1"}, "taken"),
        ("statement", "mal/1/9", {"goal": "mal/1", "number": 9, "text": "X"}, "wrong_uid"),
        (
            "statement",
            "mal/1/oppna/2",
            {"goal": "mal/1", "number": 1, "text": "X"},
            "statement_number_once_in_goal",
        ),
        (
            "prerequisite",
            "mal/4/forutsetter/4",
            {"goal": "mal/4", "on": "mal/4", "sentence": "X"},
            "prerequisite_on_another_goal",
        ),
        ("sdg", "fn-mal/18", {"number": 18, "title": "X"}, "sdg_number_from_1_to_17"),
        ("sdg", "fn-mal/3", {"goals": ["mal/4"]}, "most_direct_beside_goals"),
        ("strategic_goal", "mal/1", {"kind": "indirect"}, "wrong_value"),
        ("vision", "visjon", {"phrases": [{"phrase": "uten nummer"}]}, "wrong_value"),
        ("target_group", "malgruppe/x", {"name": "X"}, "missing_value"),
    ],
)
def test_put_refuses_what_does_not_fit_and_changes_nothing(kind, uid, values, code):
    services.set_strategy(NAMED, by=None)
    services.put_many(ITEMS, by=None)
    stamp = audit.stamp()

    with pytest.raises(ValidationError) as refusal:
        services.put(kind, uid, values, by=None)

    assert refusal.value.code == code
    assert queries.freeze() == STRATEGY
    assert audit.stamp() == stamp


def test_several_unknown_references_are_told_at_once():
    with pytest.raises(ValidationError) as refusal:
        services.put_many(
            [
                ("statement", f"mal/{n}/oppna/1", {"goal": f"mal/{n}", "number": 1, "text": "X"})
                for n in (1, 2)
            ],
            by=None,
        )

    assert refusal.value.messages == [
        f"Expected a known strategic goal for “goal” of mal/{n}/oppna/1; found “mal/{n}”. "
        "Take it in first, or correct the reference."
        for n in (1, 2)
    ]


def test_remove_leaves_a_stone_and_the_address_is_never_used_again():
    services.put_many(ITEMS, by=None)

    services.remove("target_group", "malgruppe/fastleger", reason=" Slått sammen. ", by=None)
    with pytest.raises(ValidationError, match="never used again") as refusal:
        services.put(
            "target_group", "malgruppe/fastleger", {"name": "X", "ring": "benefits"}, by=None
        )

    assert refusal.value.code == "removed_before"
    assert queries.freeze().target_groups == ()
    assert queries.tombstones() == (
        plan.Tombstone(
            uid="malgruppe/fastleger",
            kind="target_group",
            name="Fastleger",
            reason="Slått sammen.",
        ),
    )
    entry = AuditEntry.objects.latest("number")
    assert entry.verb == "target_group.removed"
    assert entry.before["name"] == "Fastleger"
    assert entry.after == {"reason": "Slått sammen.", "successors": []}


@pytest.mark.parametrize(
    ("uid", "reason", "code", "match"),
    [
        ("mal/1", "Utgår.", "in_use", "mal/1 is still referred to"),
        ("mal/4", "Utgår.", "in_use", "prerequisite: Mål 1 hviler på mål 4."),
        ("mal/7", "Utgår.", "unknown_object", "found “mal/7”"),
    ],
)
def test_remove_refuses_what_is_in_use_or_unknown(uid, reason, code, match):
    services.put_many(ITEMS, by=None)

    with pytest.raises(ValidationError, match=match) as refusal:
        services.remove("strategic_goal", uid, reason=reason, by=None)

    assert refusal.value.code == code
    assert len(queries.freeze().goals) == 2
    assert queries.tombstones() == ()


def test_remove_refuses_without_a_reason():
    services.put_many(ITEMS, by=None)

    with pytest.raises(ValidationError, match="reason"):
        services.remove("target_group", "malgruppe/fastleger", reason=" ", by=None)

    assert len(queries.freeze().target_groups) == 1


def test_a_new_version_of_the_strategy_comes_into_force_and_the_old_stays_beside():
    services.set_strategy(NAMED, by=None)
    services.set_strategy({"version": "2031-2038", "title": "Ny strategi"}, by=None)
    services.set_strategy({"to_year": 2038}, by=None)

    frozen = queries.freeze()
    assert (frozen.title, frozen.version, frozen.to_year) == ("Ny strategi", "2031-2038", 2038)
    assert list(Strategy.objects.values_list("version", "is_current")) == [
        ("2031-2038", True),
        ("2023-2030", False),
    ]
    with pytest.raises(ValueError, match="found colour"):
        services.set_strategy({"colour": "red"}, by=None)
    with pytest.raises(ValidationError, match="cannot come before"):
        services.set_strategy({"from_year": 2040}, by=None)


def test_a_source_is_cited_once_a_version():
    register = plan.Source(title="Registeret", publisher="Helsedirektoratet", version="2026-08")

    services.cite(register, by=None)
    services.cite(register, by=None)
    services.cite(msgspec.structs.replace(register, licence="NLOD 2.0"), by=None)
    services.cite(plan.Source(title="Egne ord", publisher=None, version=None), by=None)
    services.cite(plan.Source(title="Egne ord", publisher=None, version=None), by=None)

    assert queries.sources() == (
        plan.Source(title="Egne ord", publisher=None, version=None),
        msgspec.structs.replace(register, licence="NLOD 2.0"),
    )
    assert AuditEntry.objects.filter(verb="source.cited").count() == 3
