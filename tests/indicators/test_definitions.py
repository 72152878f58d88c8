"""Definitions: kept as they were put, never changed in silence, and looked at twice."""

import datetime as dt

import msgspec
import pytest
from django.core.exceptions import ValidationError

from tests.indicators.factories import INDICATOR, SINCE, UID, put_goal, put_indicator
from veikart.indicators import definitions, queries, services
from veikart.indicators.models import DataSet, Document
from veikart.people.models import AuditEntry
from veikart.plan import indicators as plan

pytestmark = pytest.mark.django_db


def changed(**fields):
    return msgspec.structs.replace(INDICATOR, **fields)


def put(**values):
    return services.put("indicator", UID, values, by=None)


def put_data_set():
    document = Document.objects.create(
        sha256="d" * 64, name="a.csv", size=1, media_type="text/csv", taken_in_at="2026-01-01T00Z"
    )
    DataSet.objects.create(
        uid="datasett/" + "a" * 16,
        indicator_id=UID,
        version=1,
        sha256="a" * 64,
        rows=1,
        as_of=SINCE,
        source="SSB",
        document=document,
        taken_in_at="2026-01-01T00Z",
    )


def test_an_indicator_is_frozen_as_it_was_put():
    put_indicator()

    assert queries.freeze() == plan.Indicators(definitions=(INDICATOR,))
    assert queries.definition(UID) == INDICATOR


def test_the_same_definition_again_changes_nothing():
    put_indicator()
    values = {k: v for k, v in msgspec.structs.asdict(INDICATOR).items() if k != "uid"}

    assert put(**values).verb == "unchanged"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "share"),
        ("unit", "kommuner"),
        ("numerator", "kommuner med tilbud"),
        ("denominator", "kommuner"),
        ("population", "voksne"),
        ("definition", "Noe annet."),
        ("breakdowns", []),
        ("breakdowns", [{"no": 1, "column": "age", "label": "Alder"}]),
    ],
)
def test_something_else_is_never_measured_in_silence(field, value):
    put_indicator()
    emptied = {"categories": []} if field == "breakdowns" else {}

    with pytest.raises(ValidationError, match="Give it a new version") as refusal:
        put(**{field: value}, **emptied)

    assert refusal.value.code == "silent_change"
    assert queries.definition(UID) == INDICATOR


def test_signs_spaces_capitals_owner_notes_and_targets_change_freely():
    put_indicator()

    put(
        definition="innbyggere  i kommuner som tilbyr det",
        owner="Hdir",
        note="Merk.",
        targets=[{"no": 1, "year": 2030, "value": 1}],
    )

    assert queries.definition(UID).targets == (plan.Target(no=1, year=2030, value=1.0),)
    assert AuditEntry.objects.filter(verb="indicator.changed", uid=UID).exists()


def test_what_nobody_had_said_is_filled_in_until_there_are_data():
    put_indicator(population=None, denominator=None)
    put(population="alle")
    put_data_set()

    with pytest.raises(ValidationError, match="other values for denominator"):
        put(denominator="innbyggere")


def test_a_new_version_says_what_changed_and_since_when():
    put_indicator()

    change = services.redefine(
        UID, {"population": "voksne"}, change="Bare voksne.", since=SINCE, by=None
    )

    found = queries.definition(UID)
    assert (found.version, found.population) == (2, "voksne")
    assert found.versions == (plan.DefinitionVersion(no=2, since=SINCE, change="Bare voksne."),)
    assert change.verb == "changed"
    assert AuditEntry.objects.filter(verb="indicator.redefined").count() == 1


def test_a_new_version_needs_its_sentence():
    put_indicator()

    with pytest.raises(ValidationError, match="a sentence on what changed"):
        services.redefine(UID, {"population": "voksne"}, change=" ", since=SINCE, by=None)


def test_a_new_version_of_the_same_is_refused_whole():
    put_indicator()

    with pytest.raises(ValidationError, match="nothing is"):
        services.redefine(UID, {"owner": "Hdir"}, change="Ny eier.", since=SINCE, by=None)

    assert queries.definition(UID) == INDICATOR


@pytest.mark.parametrize("version", [0, 3])
def test_versions_are_numbered_one_by_one(version):
    put_indicator()

    with pytest.raises(ValidationError) as refusal:
        put(version=version)

    assert refusal.value.code == "wrong_version"


def test_the_wording_is_mended_as_somebody_says_that_it_means_the_same():
    put_indicator()

    services.reword(UID, {"definition": "Innbyggere i kommuner med tilbudet."}, by=None)

    assert queries.definition(UID).version == 1
    assert AuditEntry.objects.filter(verb="indicator.reworded").count() == 1
    with pytest.raises(ValueError, match="to be reworded; found kind"):
        services.reword(UID, {"kind": "count"}, by=None)


def test_an_indicator_measures_what_is_in_the_strategy():
    with pytest.raises(ValidationError, match="measures; found “mal/9”"):
        put_indicator(measures=["mal/9"])


def test_a_category_belongs_to_a_breakdown():
    with pytest.raises(ValidationError, match="found one of “age”"):
        put_indicator(categories=[{"no": 1, "column": "age", "code": "0", "label": "0–17"}])


def test_a_rate_alone_is_per_something():
    with pytest.raises(ValidationError, match="Only a rate is per something"):
        put_indicator(per=1000)


def test_an_indicator_that_is_known_by_number_only_stays_blank():
    services.put("indicator", "indikator/1.1", {"code": "1.1"}, by=None)

    assert queries.definition("indikator/1.1") == plan.Indicator(
        uid="indikator/1.1", code="1.1", title=None, version=1
    )


def test_an_indicator_is_removed_and_leaves_a_stone():
    put_indicator()

    services.remove("indicator", UID, reason="Utgått.", by=None)

    assert queries.definition(UID) is None
    with pytest.raises(ValidationError, match="was removed"):
        put_indicator()


def test_an_indicator_with_data_sets_stays():
    put_indicator()
    put_data_set()

    with pytest.raises(ValidationError, match="still referred to"):
        services.remove("indicator", UID, reason="Utgått.", by=None)


def test_a_plain_definition_has_no_cautions():
    assert definitions.cautions(INDICATOR) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"targets": ()}, "There is no target"),
        ({"kind": None}, "No kind is given"),
        ({"direction": None}, "whether more or less is better"),
        ({"measures": ()}, "It measures no goal"),
        ({"baseline_period": "2030"}, "does not come after the baseline of 2030"),
        ({"baseline_period": "2.020"}, "Expected a period such as"),
        ({"baseline_value": 0.9}, "equals the baseline"),
        ({"direction": "down"}, "on the wrong side of the baseline"),
        ({"targets": (plan.Target(no=1, year=2030, value=90),)}, "a share lies between 0 and 1"),
        (
            {"targets": tuple(plan.Target(no=n, year=2030, value=0.9) for n in (1, 2))},
            "two targets for 2030",
        ),
    ],
)
def test_what_may_be_wrong_is_said_once_and_clearly(fields, said):
    (caution,) = definitions.cautions(changed(**fields))

    assert said in caution


def test_a_target_before_the_baseline_is_kept_all_the_same():
    put_goal()
    put_indicator(targets=[{"no": 1, "year": 2019, "value": 0.9}])

    assert queries.definition(UID).targets[0].year == 2019


def test_codes_are_listed_as_people_count():
    for code in ("1.10", "1.2", "e1"):
        services.put("indicator", f"indikator/{code}", {"code": code}, by=None)

    assert [each.indicator.code for each in queries.standings()] == ["1.2", "1.10", "e1"]


def test_a_data_set_never_changes():
    put_indicator()
    put_data_set()

    with pytest.raises(Exception, match="A data set never changes"):
        DataSet.objects.update(as_of=dt.date(2020, 1, 1))
