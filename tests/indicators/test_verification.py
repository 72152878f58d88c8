"""`veikart check`: figures and data sets are whole, and come out the same when computed again."""

import datetime as dt

import pytest
import time_machine
from msgspec.structs import replace
from typer.testing import CliRunner

from tests.indicators.factories import put_count
from tests.indicators.test_taking_in import COUNTS, E1, take_in
from veikart.config import checks
from veikart.config.command import app
from veikart.editions import queries as editions
from veikart.editions import services as freezing
from veikart.indicators import queries, results, services, shelf, verification
from veikart.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_day_in_autumn():
    with time_machine.travel("2026-10-05T10:00:00Z", tick=True):
        yield


@pytest.fixture
def frozen():
    """The indicators of an edition: one, with its data set and its figures."""
    put_count()
    take_in()
    results.compute(E1, by=None)
    editor = User.objects.create_user("editor", role=User.Role.EDITOR)
    edition = freezing.freeze(by=editor, as_of=dt.date(2026, 8, 31), title="Veikart")
    return editions.plan(edition.number).indicators


def test_an_edition_is_recomputed_bit_for_bit(frozen):
    assert frozen == queries.freeze()
    assert list(verification.recomputed(frozen)) == []
    assert editions.verify_figures() == []
    assert list(checks.kept_problems()) == []


def test_it_is_recomputed_from_what_it_named_also_when_newer_data_came(frozen):
    take_in(COUNTS.replace(b"289330", b"289331"), as_of=dt.date(2024, 5, 1))
    services.put("indicator", E1, {"direction": "up"}, by=None)
    results.compute(E1, by=None)

    assert queries.freeze() != frozen
    assert editions.verify_figures() == []


@pytest.mark.parametrize("what", ["data_sets", "results"])
def test_a_file_that_is_gone_is_named_once(frozen, what):
    (found,) = getattr(frozen, what)
    paths = {
        "data_sets": shelf.data_set_path(frozen.data_sets[0].sha256),
        "results": shelf.figures_path(frozen.results[0].figures),
    }
    paths[what].unlink()

    (problem,) = editions.verify_figures()
    assert (problem.code, problem.subject) == ("figures", "2026-1")
    assert problem.message.startswith(f"{found.uid}: The file")
    assert "is missing" in problem.message
    assert verification.verify() == [problem.message]


def test_figures_that_come_out_otherwise_are_named(frozen):
    wrong = replace(frozen.results[0], series=())

    (said,) = verification.recomputed(replace(frozen, results=(wrong,)))

    assert said.startswith("indikator/e1/serie/1 gives other figures")


@pytest.mark.parametrize(
    ("field", "said"),
    [("engine", "version 0 of the engine"), ("inputs", "other tables of municipalities")],
)
def test_what_cannot_be_told_is_said(frozen, field, said):
    other = replace(frozen.results[0], **{field: "0"})

    (sentence,) = verification.recomputed(replace(frozen, results=(other,)))

    assert said in sentence


def test_check_fails_with_the_list(frozen, settings):
    settings.DEMO = True
    shelf.data_set_path(frozen.data_sets[0].sha256).unlink()

    said = CliRunner().invoke(app, ["check"])

    assert said.exit_code == 1
    assert "Restore it from a backup, or take in the file" in said.stderr
