"""Loading: through the services, all or nothing, step by step, and for any strategy."""

import shutil
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from veikart.editions import queries as editions
from veikart.intake.datasets import DATASETS, load
from veikart.intake.models import Proposal
from veikart.people.models import AuditEntry, Organisation
from veikart.plan.model import Ownership

EKSEMPEL = Path(__file__).parent / "eksempel"


@pytest.mark.django_db
def test_progress_is_told_step_by_step():
    told = []

    load(str(EKSEMPEL), by=None, progress=lambda *said: told.append(said))

    assert told == [
        ("actors", 0, 11),
        ("places", 1, 11),
        ("phases", 2, 11),
        ("strategy", 3, 11),
        ("indicators", 4, 11),
        ("register", 5, 11),
        ("roadmap", 6, 11),
        ("hearings", 7, 11),
        ("councils", 8, 11),
        ("figures", 9, 11),
        ("sources", 10, 11),
        ("sources", 11, 11),
    ]


@pytest.mark.django_db
def test_another_strategy_loads_as_well():
    loaded = load(str(EKSEMPEL), by=None)

    plan = editions.draft()
    assert loaded.counts == {
        "organisation": 1,
        "user_group": 1,
        "vision": 1,
        "strategic_goal": 2,
        "statement": 1,
        "delmal": 1,
        "prerequisite": 1,
        "phase": 2,
        "grouping": 1,
        "deliverable": 2,
        "dependency": 1,
        "phase_period": 2,
    }
    assert plan.strategy.title == "Strategi for strandpromenaden"
    assert [d.name for d in plan.roadmap.deliverables] == ["Rampe ved brygga", "Rampe ved odden"]
    assert plan.index.by_uid["leveranse/101"].owners == (
        Ownership(organisation="aktor/fjordvik-kommune", role="accountable"),
    )


@pytest.mark.django_db
def test_an_unknown_dataset_is_refused_and_the_known_ones_are_named():
    with pytest.raises(LookupError, match=r"one of the datasets ehelse, or a folder .* “elg”"):
        load("elg", by=None)

    assert DATASETS.keys() == {"ehelse"}


@pytest.mark.django_db
def test_a_dataset_that_does_not_fit_leaves_the_plan_as_it_was(tmp_path):
    folder = tmp_path / "feil"
    shutil.copytree(EKSEMPEL, folder)
    (folder / "dependencies.csv").write_text(
        "slug,subject,on,on_text,state,reason\na,gruppering/1a-ramper,gruppering/9z,,proposed,\n",
        encoding="utf-8",
    )

    with pytest.raises(ValidationError, match="gruppering/9z"):
        load(str(folder), by=None)

    assert not Organisation.objects.exists()
    assert not Proposal.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
def test_a_dataset_is_not_mixed_with_another_roadmap():
    load(str(EKSEMPEL), by=None)

    with pytest.raises(ValidationError, match="found 3 objects that register-2026-08") as no:
        load("ehelse", by=None)

    assert no.value.code == "another_plan"
    assert editions.draft().strategy.title == "Strategi for strandpromenaden"
