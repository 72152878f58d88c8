"""The try-out where something is already: a run that was stopped is carried on, another plan is left alone."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from veikart.editions import services as freezing
from veikart.indicators import results
from veikart.intake.datasets import load
from veikart.intake.datasets.demo import prepare_demo
from veikart.people.models import User
from veikart.strategy import services as strategy

pytestmark = pytest.mark.django_db


def test_a_run_that_was_stopped_before_the_approval_is_carried_on():
    prepared = load("ehelse", by=None)
    editor = User.objects.create(username="redaktor", role="editor")
    results.compute_many(results.stale(), by=editor)
    waiting = freezing.freeze(by=editor, as_of=dt.date(2026, 8, 31), title="Veikart")

    ready = prepare_demo()

    assert prepared.counts["deliverable"] == 263
    assert (ready.edition.pk, ready.edition.state) == (waiting.pk, "approved")


def test_the_demo_refuses_to_mix_with_another_plan():
    strategy.set_strategy({"title": "Kystplan", "version": "1"}, by=None)
    strategy.put("strategic_goal", "mal/1", {"number": 1, "title": "Ren kyst"}, by=None)

    with pytest.raises(ValidationError, match="found the strategy “Kystplan”"):
        prepare_demo()

    assert not User.objects.exists()
