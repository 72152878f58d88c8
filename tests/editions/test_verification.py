import datetime as dt

import pytest

from tests.editions.conftest import approved, change_a_byte, frozen
from veikart.editions import queries, services, shelf

pytestmark = pytest.mark.django_db


def codes():
    return [(problem.code, problem.subject) for problem in queries.verify()]


@pytest.fixture
def _two_editions(approver):
    approved(approver)
    approved(approver, dt.date(2026, 9, 1))


@pytest.mark.usefixtures("_two_editions")
def test_a_whole_shelf_has_no_problems():
    assert codes() == []


@pytest.mark.usefixtures("_two_editions")
def test_one_changed_byte_is_reported_with_both_hashes():
    expected = queries.edition("2026-1").sha256
    assert queries.edition("2026-1").file_problem is None

    change_a_byte(shelf.path_of("2026-1.json"))

    (problem, *_others) = queries.verify()
    assert (problem.code, problem.subject) == ("file_changed", "2026-1")
    assert f"expected sha256 {expected}, found " in problem.message
    assert queries.edition("2026-1").file_problem == problem.message
    assert queries.edition("2026-2").file_problem is None


@pytest.mark.usefixtures("_two_editions")
def test_a_missing_file_is_reported_and_gives_a_plan_without_content():
    path = shelf.path_of("2026-2.json")
    path.unlink()

    assert codes() == [("file_missing", "2026-2")]
    shelved = queries.edition("2026-2")
    assert "is missing" in shelved.file_problem
    assert shelved.plan.head.number == "2026-2"
    assert shelved.plan.roadmap.deliverables == ()


@pytest.mark.usefixtures("_two_editions")
def test_a_file_that_is_no_plan_is_reported_and_gives_a_plan_without_content():
    path = shelf.path_of("2026-2.json")
    path.chmod(0o644)
    path.write_bytes(b"\xff{")

    assert codes() == [("file_changed", "2026-2")]
    assert queries.edition("2026-2").plan.roadmap.deliverables == ()


@pytest.mark.usefixtures("_two_editions")
def test_an_edition_put_in_the_place_of_another_is_reported_by_its_head():
    path = shelf.path_of("2026-2.json")
    path.chmod(0o644)
    path.write_bytes(shelf.path_of("2026-1.json").read_bytes())

    assert codes() == [("file_changed", "2026-2"), ("head_differs", "2026-2")]


@pytest.mark.usefixtures("_two_editions")
def test_a_changed_or_missing_approval_is_reported():
    change_a_byte(shelf.path_of("2026-1.approval.json"))
    shelf.path_of("2026-2.approval.json").unlink()

    assert codes() == [
        ("approval_missing", "2026-2.approval.json"),
        ("approval_differs", "2026-1.approval.json"),
    ]


@pytest.mark.usefixtures("_two_editions")
def test_files_of_no_edition_are_reported():
    shelf.keep("2027-1.json", b"{}")
    (shelf.folder() / "notes.txt").write_text("Husk")

    assert codes() == [("stray_file", "2027-1.json"), ("stray_file", "notes.txt")]


def test_an_approval_survives_that_the_approver_changes_name(approver):
    approved(approver)
    approver.last_name = "Berg"
    approver.save()

    assert codes() == []
    assert queries.current().approved_by == "Ada Nes"


def test_a_discarded_edition_is_no_problem(approver):
    services.discard(frozen(approver), by=approver, reason="Feil")

    assert codes() == []
