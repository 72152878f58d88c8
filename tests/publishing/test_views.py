"""Downloads and what robots read, answered live."""

import datetime as dt

import pytest
from django.test import Client

from veikart.editions import services as editions
from veikart.people.models import User
from veikart.people.services import make_demo_accounts
from veikart.publishing.exports import roadmap_csv


@pytest.fixture
def approved(db):
    """An approved edition of an empty working plan."""
    make_demo_accounts()
    people = {user.role: user for user in User.objects.all()}
    edition = editions.freeze(by=people["editor"], as_of=dt.date(2026, 8, 31), title="Veikart")
    return editions.approve(edition, by=people["approver"], body="Rådet", on=dt.date(2026, 9, 4))


def test_an_edition_is_downloaded_as_the_bytes_that_were_frozen(approved, settings):
    answer = Client().get("/utgaver/2026-1/plan.json")

    assert answer.content == (settings.EDITIONS_FOLDER / approved.file_name).read_bytes()
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"] == 'attachment; filename="plan-2026-1.json"'


@pytest.mark.parametrize("language", ["", "/nn", "/en"])
def test_the_roadmap_is_downloaded_under_every_language(approved, language):
    from veikart.editions import queries  # noqa: PLC0415 (after the edition is there)

    table = Client().get(f"{language}/utgaver/2026-1/veikart.csv")
    workbook = Client().get(f"{language}/utgaver/2026-1/veikart.xlsx")

    assert table.content == roadmap_csv(queries.plan("2026-1"))
    assert workbook.content.startswith(b"PK")


def test_a_download_asks_the_database_twice_at_most(approved, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        Client().get("/utgaver/2026-1/veikart.csv")


@pytest.mark.parametrize("path", ["/utgaver/2026-9/plan.json", "/utgaver/2026-1/plan.pdf"])
def test_what_is_not_there_is_not_found(approved, path):
    assert Client().get(path).status_code == 404


def test_an_edition_that_waits_is_downloaded_only_by_those_who_may_read_it(db):
    make_demo_accounts()
    editor = User.objects.get(role="editor")
    editions.freeze(by=editor, as_of=dt.date(2026, 8, 31), title="Veikart")

    known = Client()
    known.force_login(editor)
    answer = known.get("/utgaver/2026-1/plan.json")

    assert Client().get("/utgaver/2026-1/plan.json").status_code == 404
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")


def test_an_edition_whose_file_was_changed_is_refused_with_the_reason(approved, settings):
    path = settings.EDITIONS_FOLDER / approved.file_name
    content = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(content.replace(b"Veikart", b"Veikarl", 1))

    answer = Client().get("/utgaver/2026-1/veikart.csv")

    assert answer.status_code == 409
    assert approved.sha256 in answer.content.decode()


def test_robots_find_the_sitemap_live_too(approved):
    assert b"Sitemap: http://127.0.0.1:8000/sitemap.xml" in Client().get("/robots.txt").content
    answer = Client().get("/sitemap.xml")
    assert answer["Content-Type"] == "application/xml"
    assert b"<loc>http://127.0.0.1:8000/utgaver/2026-1/</loc>" in answer.content


@pytest.mark.django_db
def test_without_an_edition_there_is_no_sitemap():
    assert Client().get("/sitemap.xml").status_code == 404
