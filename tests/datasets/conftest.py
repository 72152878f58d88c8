import pytest
from django.db import transaction
from django.test import override_settings

from tests.languages import in_english
from veikart.editions import building, queries
from veikart.intake.datasets import load

__all__ = ["in_english"]


@pytest.fixture(scope="session")
def ehelse_loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """What loading the e-health case answers, and the working plan after it; the tables are empty again."""
    folder = tmp_path_factory.mktemp("kept")
    with (
        override_settings(
            DOCUMENTS_FOLDER=folder / "documents",
            DATASETS_FOLDER=folder / "datasets",
            FIGURES_FOLDER=folder / "figures",
        ),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        loaded = load("ehelse", by=None)
        plan = queries.draft()
        transaction.set_rollback(True)
    building.forget()
    return loaded, plan


@pytest.fixture
def ehelse_plan(ehelse_loaded):
    """The working plan with the e-health case in it."""
    return ehelse_loaded[1]
