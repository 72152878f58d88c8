"""Whatever a council withholds, nothing that is published has it, now or of what was approved before."""

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.council.hidden_things import ADDRESS, MARK, Drawn, frozen, leaks
from veikart.editions import shown

pytestmark = pytest.mark.django_db

A_FEW = settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
)
SEEDS = st.integers(0, 10**6)


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-15T08:00:00Z", tick=True):
        yield


@A_FEW
@given(seed=SEEDS)
def test_what_is_hidden_is_nowhere_in_a_plan_and_what_is_made_of_it(seed):
    with transaction.atomic():
        drawn = Drawn(seed)
        words = [MARK, ADDRESS, *_addresses(drawn)]

        assert leaks(frozen(), words) == []
        transaction.set_rollback(True)


@A_FEW
@given(seed=SEEDS)
def test_what_is_hidden_later_is_nowhere_in_what_was_approved_before(seed):
    with transaction.atomic():
        drawn = Drawn(seed, is_open=True)
        before = frozen()
        drawn.hide()

        assert leaks(shown.of(before), [MARK, ADDRESS]) == []
        transaction.set_rollback(True)


def _addresses(drawn):
    """The addresses of what is hidden, so that not even a number leads there."""
    return [*drawn.hidden, *drawn.hidden_papers]
