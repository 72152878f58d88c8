"""Results: computed once, again only when something changed, and the same each time."""

import datetime as dt
import json

import pytest
import time_machine
from django.core.exceptions import ValidationError

from tests.indicators.factories import UID, put_count, put_indicator
from tests.indicators.test_taking_in import COUNTS, E1, table, take_in
from veikart.editions import services as editions
from veikart.indicators import queries, results, services, shelf
from veikart.indicators.models import Computed, DataSet
from veikart.people import audit
from veikart.people.models import AuditEntry, User

pytestmark = pytest.mark.django_db

LATER = dt.date(2024, 3, 1)


@pytest.fixture(autouse=True)
def _a_day_in_autumn():
    with time_machine.travel("2026-10-05T10:00:00Z", tick=True):
        yield


def compute(uid=E1, **more):
    return results.compute(uid, by=None, **more)


def test_an_indicator_is_computed_from_its_data():
    put_count()
    take_in()

    assert compute().verb == "computed"

    (result,) = queries.freeze().results
    figures = shelf.figures(result.figures)
    assert result.uid == "indikator/e1/serie/1"
    assert result.data_sets == (DataSet.objects.get().uid,)
    assert figures.indicator == E1
    assert figures.borders == dt.date(2024, 1, 1)
    assert AuditEntry.objects.filter(verb="indicator.computed", uid=E1).count() == 1


def test_what_has_not_changed_is_not_computed_again():
    put_count()
    take_in()
    compute()
    stamp = audit.stamp()

    assert compute().verb == "unchanged"
    assert audit.stamp() == stamp


def test_computed_again_it_gives_the_same_bytes_and_changes_nothing():
    put_count()
    take_in()
    compute()
    before, stamp = Computed.objects.values().get(), audit.stamp()

    assert compute(again=True).verb == "computed"

    assert Computed.objects.values().get() == before
    assert audit.stamp() == stamp


def test_words_do_not_make_a_result_stale_and_data_and_targets_do():
    put_count()
    take_in()
    assert results.stale() == [E1]
    compute()
    services.put("indicator", E1, {"title": "Folk", "note": "Merk."}, by=None)
    assert results.stale() == []

    targets = [{"no": 1, "year": 2030, "value": 800_000}]
    services.put("indicator", E1, {"targets": targets, "direction": "up"}, by=None)
    assert results.stale() == [E1]
    compute()
    take_in(COUNTS.replace(b"289330", b"289331"), as_of=LATER)
    assert results.stale() == [E1]


def test_without_data_or_kind_there_is_nothing_to_compute():
    put_indicator()
    services.put("indicator", "indikator/1.1", {"code": "1.1"}, by=None)

    assert [compute(uid).verb for uid in (UID, "indikator/1.1")] == ["no_data", "no_data"]
    assert results.stale() == []
    with pytest.raises(ValidationError, match="Expected a known indicator"):
        compute("indikator/9.9")


def test_a_data_set_that_was_changed_is_not_computed_from():
    put_count()
    path = shelf.data_set_path(take_in().sha256)
    path.chmod(0o644)
    path.write_bytes(b"PAR1")

    with pytest.raises(ValidationError, match="was changed"):
        compute()
    assert not Computed.objects.exists()


def test_figures_that_are_lost_are_made_again():
    put_count()
    take_in()
    compute()
    path = shelf.figures_path(Computed.objects.get().figures)
    content = path.read_bytes()
    path.unlink()

    assert compute().verb == "computed"
    assert path.read_bytes() == content


def test_one_that_cannot_be_computed_stops_no_other():
    put_count()
    put_count("indikator/e2")
    lost = take_in()
    take_in(uid="indikator/e2", content=table("år | kommunenr | antall\n2023 | 0301 | 5"))
    shelf.data_set_path(lost.sha256).unlink()
    told = []

    outcomes = results.compute_many(
        [E1, "indikator/e2"], by=None, progress=lambda *said: told.append(said)
    )

    assert [each.verb for each in outcomes] == ["failed", "computed"]
    assert "is missing" in outcomes[0].problem
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_processes_side_by_side_give_the_same_bytes_and_tell_of_what_fails():
    uids = [E1, "indikator/e2", "indikator/e3"]
    for number, uid in enumerate(uids):
        put_count(uid)
        take_in(uid=uid, content=table(f"år | kommunenr | antall\n2023 | 0301 | {number}"))
    alone = [each.verb for each in results.compute_many(uids, by=None)]
    kept = list(Computed.objects.order_by("indicator").values_list("indicator", "figures"))
    lost = Computed.objects.get(indicator="indikator/e2").figures
    (broken,) = DataSet.objects.filter(indicator="indikator/e3").values_list("sha256", flat=True)
    shelf.figures_path(lost).unlink()
    shelf.data_set_path(broken).unlink()

    outcomes = results.compute_many(uids, by=None, again=True, processes=2)

    assert alone == ["computed"] * 3
    assert [each.verb for each in outcomes] == ["computed", "computed", "failed"]
    assert shelf.figures_problem(lost) is None
    assert list(Computed.objects.order_by("indicator").values_list("indicator", "figures")) == kept


def test_the_result_of_an_earlier_version_stays_beside_the_new():
    put_count()
    take_in()
    compute()
    services.redefine(E1, {"unit": "hoder"}, change="Hoder.", since=LATER, by=None)
    take_in()
    compute()

    frozen = queries.freeze()
    assert [each.uid for each in frozen.results] == [f"{E1}/serie/1", f"{E1}/serie/2"]
    assert [each.version for each in frozen.data_sets] == [1, 2]
    assert queries.standing(E1).result.version == 2


def test_a_target_before_the_baseline_is_computed_and_cannot_be_judged():
    put_count(
        direction="up",
        baseline_period="2023",
        targets=[{"no": 1, "year": 2020, "value": 5}],
    )
    take_in(table("år | kommunenr | antall\n2022 | NO | 5\n2023 | NO | 6"))

    assert compute().verb == "computed"
    (result,) = queries.freeze().results
    assert {each.reason for each in result.assessments if each.method == "path"} == {
        "target_before_baseline"
    }


def test_an_edition_is_not_frozen_with_figures_of_yesterday():
    put_count()
    take_in()
    editor = User.objects.create_user("editor", role=User.Role.EDITOR)
    given = {"by": editor, "as_of": dt.date(2026, 8, 31), "title": "Veikart"}

    with pytest.raises(ValidationError, match="Compute them first") as refusal:
        editions.freeze(**given)

    assert refusal.value.code == "stale_results"
    compute()
    assert editions.freeze(**given).number == "2026-1"


def test_the_result_is_canonical_json():
    put_count()
    take_in()
    compute()

    said = Computed.objects.get().result
    assert json.dumps(json.loads(said), ensure_ascii=False, separators=(",", ":")) == said


@pytest.mark.parametrize("indicators", [1, 3])
def test_the_questions_to_the_database_are_as_many_for_one_as_for_three(
    indicators, django_assert_num_queries
):
    for number in range(indicators):
        uid = f"indikator/e{number}"
        put_count(uid)
        take_in(COUNTS.replace(b"289330", str(number).encode()), uid)

    with django_assert_num_queries(8):
        queries.standings()
    with django_assert_num_queries(8):
        queries.freeze()
