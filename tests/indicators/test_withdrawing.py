"""A wrong data set is withdrawn: it stays with its reason, and nothing is computed from it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.indicators.factories import put_count
from tests.indicators.test_taking_in import COUNTS, E1, take_in
from veikart.indicators import queries, results, services, shelf, verification, withdrawing
from veikart.indicators.models import Computed, DataSet, Withdrawal
from veikart.people import audit
from veikart.people.models import AuditEntry, User

pytestmark = pytest.mark.django_db

LATER = dt.date(2024, 2, 29)


@pytest.fixture
def wrong():
    put_count()
    return take_in()


def withdraw(data_set, reason="Feil fil.", *, by=None):
    return withdrawing.withdraw(data_set.uid, reason=reason, by=by)


def compute():
    (outcome,) = results.compute_many([E1], by=None)
    return outcome.verb


def test_it_stays_with_its_reason_and_is_recorded(wrong):
    withdraw(wrong, " Feil fil. ")

    (frozen,) = queries.freeze().data_sets
    assert frozen.withdrawn == "Feil fil."
    assert shelf.data_set_problem(wrong.sha256) is None
    entry = AuditEntry.objects.get(verb="indicator.data_set_withdrawn")
    assert entry.after == {"data_set": wrong.uid, "reason": "Feil fil.", "results_gone": []}
    assert audit.verify() == []


def test_figures_are_computed_from_what_is_left(wrong):
    right = take_in(COUNTS.replace(b"289330", b"289331"), as_of=LATER)
    compute()
    withdraw(wrong)

    assert results.stale() == [E1]
    assert compute() == "computed"
    assert queries.standing(E1).result.data_sets == (right.uid,)
    assert results.stale() == []


def test_without_any_data_left_there_are_no_figures(wrong):
    compute()
    withdraw(wrong)

    assert (compute(), results.stale()) == ("no_data", [])
    assert queries.freeze().results == ()


def test_figures_of_an_older_version_go_with_what_they_rest_on(wrong):
    compute()
    services.redefine(E1, {"unit": "hoder"}, change="Hoder.", since=LATER, by=None)
    take_in(COUNTS.replace(b"289330", b"1"))
    compute()

    withdraw(wrong)

    assert list(Computed.objects.values_list("version", flat=True)) == [2]


def test_a_frozen_plan_that_rests_on_it_is_computed_again_to_the_same(wrong):
    compute()
    frozen = queries.freeze()

    withdraw(wrong)

    assert verification.problems(frozen) == []
    assert list(verification.recomputed(frozen)) == []


def test_a_data_set_of_the_same_day_takes_its_place(wrong):
    corrected = COUNTS.replace(b"289330", b"289331")
    with pytest.raises(ValidationError, match="Expected a data set of another day"):
        take_in(corrected)

    withdraw(wrong)

    assert take_in(corrected).as_of == wrong.as_of


def test_the_same_figures_again_stay_withdrawn(wrong):
    withdraw(wrong)

    assert take_in() == wrong
    assert queries.standing(E1).current == ()


@pytest.mark.parametrize(
    ("uid", "reason", "code"),
    [
        ("datasett/0000000000000000", "Feil.", "unknown_object"),
        (None, " ", "blank"),
    ],
)
def test_an_unknown_one_or_no_reason_is_refused(wrong, uid, reason, code):
    with pytest.raises(ValidationError) as refusal:
        withdrawing.withdraw(uid or wrong.uid, reason=reason, by=None)

    found = getattr(refusal.value, "error_dict", {"": [refusal.value]})
    assert [error.code for errors in found.values() for error in errors] == [code]
    assert not Withdrawal.objects.exists()


def test_it_is_withdrawn_once_and_by_editors(wrong):
    with pytest.raises(PermissionDenied):
        withdraw(wrong, by=User.objects.create_user("reader", role=User.Role.READER))
    withdraw(wrong, by=User.objects.create_user("editor", role=User.Role.EDITOR))

    with pytest.raises(ValidationError, match="was withdrawn before: Feil fil"):
        withdraw(wrong, "En gang til.")

    assert DataSet.objects.count() == Withdrawal.objects.count() == 1
