"""The live pages: which plan an address reads, who may, and how often the database is asked."""

import pytest

from tests.editions.conftest import approved, frozen
from veikart.editions import building, opened
from veikart.people.models import User
from veikart.roadmap import services as roadmap
from veikart.strategy import services as strategy

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_in_memory():
    building.forget()
    opened.forget()


@pytest.fixture
def approver():
    return User.objects.create_user("approver", password="a", role=User.Role.APPROVER)


@pytest.fixture
def a_plan(db):
    strategy.put(
        "strategic_goal", "mal/1", {"number": 1, "title": "Mål 1", "kind": "direct"}, by=None
    )
    delmal = {"code": "1A", "title": "Innsyn", "goal": "mal/1"}
    strategy.put("delmal", "delmal/1A", delmal, by=None)
    grouping = {"title": "Innsynstjenester", "delmal": "delmal/1A"}
    roadmap.put("grouping", "gruppering/1a-innsyn", grouping, by=None)
    values = {"register_id": "101", "name": "Fullmakt", "grouping": "gruppering/1a-innsyn",
              "delmal": "delmal/1A"}  # fmt: skip
    roadmap.put("deliverable", "leveranse/101", values, by=None)


PAGES = ["/", "/mal/1/", "/delmal/1A/", "/gruppering/1a-innsyn/", "/leveranse/101/", "/veikart/",
         "/utgaver/", "/utgaver/2026-1/", "/en/", "/nn/veikart/?q=fullmakt", "/utgave/2026-1/veikart/",
         "/om/metode/", "/leveranse/borte/"]  # fmt: skip


def test_before_the_first_approval_the_site_says_so(client, a_plan):
    answer = client.get("/")

    assert answer.status_code == 404
    assert "Ingenting er publisert ennå" in answer.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_the_database_at_most_twice(
    client, a_plan, approver, address, django_assert_max_num_queries
):
    approved(approver)

    with django_assert_max_num_queries(2):
        answer = client.get(address)

    assert answer.status_code == (404 if "borte" in address else 200)


def test_more_editions_and_deliverables_ask_no_more(
    client, a_plan, approver, django_assert_num_queries
):
    approved(approver)
    with django_assert_num_queries(1):
        client.get("/veikart/")

    for number in (102, 103):
        values = {"register_id": str(number), "name": f"Nr. {number}",
                  "grouping": "gruppering/1a-innsyn", "delmal": "delmal/1A"}  # fmt: skip
        roadmap.put("deliverable", f"leveranse/{number}", values, by=None)
        approved(approver)

    with django_assert_num_queries(1):
        client.get("/veikart/")


def test_the_draft_is_for_those_signed_in(client, a_plan, approver):
    approved(approver)

    stranger = client.get("/utkast/leveranse/101/")
    compared = client.get("/endringer/2026-1..utkast/")
    client.force_login(approver)
    known = client.get("/utkast/leveranse/101/")

    assert stranger.status_code == 302
    assert compared.status_code == 302
    assert known.status_code == 200
    assert known["Cache-Control"] == "private, no-store"
    assert "Dette er arbeidsutkastet." in known.content.decode()


def test_what_is_only_in_the_draft_does_not_leak(client, a_plan, approver):
    approved(approver)
    values = {"register_id": "999", "name": "Hemmelig", "grouping": "gruppering/1a-innsyn",
              "delmal": "delmal/1A"}  # fmt: skip
    roadmap.put("deliverable", "leveranse/999", values, by=None)

    answers = [client.get(address).content.decode() for address in (*PAGES, "/leveranse/999/")]

    assert not any("Hemmelig" in answer for answer in answers)


def test_an_older_edition_says_that_it_is_older(client, a_plan, approver):
    approved(approver)
    strategy.put("strategic_goal", "mal/1", {"title": "Nytt mål"}, by=None)
    approved(approver)

    older = client.get("/utgave/2026-1/mal/1/").content.decode()
    newer = client.get("/mal/1/").content.decode()

    assert "Du leser den eldre utgaven 2026-1." in older
    assert 'href="/mal/1/"' in older
    assert "<h1>Mål 1</h1>" in older
    assert "<h1>Nytt mål</h1>" in newer


WAITING = ["/utgaver/2026-2/", "/utgave/2026-2/", "/utgave/2026-2/leveranse/999/",
           "/utgave/2026-2/veikart/", "/endringer/2026-1..2026-2/", "/nn/utgaver/2026-2/"]  # fmt: skip


@pytest.fixture
def a_waiting_edition(a_plan, approver):
    approved(approver)
    values = {"register_id": "999", "name": "Hemmelig", "grouping": "gruppering/1a-innsyn",
              "delmal": "delmal/1A"}  # fmt: skip
    roadmap.put("deliverable", "leveranse/999", values, by=None)
    frozen(approver, title="Hemmelig")


@pytest.mark.parametrize("address", WAITING)
def test_an_edition_that_waits_is_read_before_it_is_approved(
    client, a_waiting_edition, approver, address
):
    client.force_login(approver)
    answer = client.get(address)
    page = answer.content.decode()

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert "Hemmelig" in page or "Utgåve 2026-2" in page or "Utgave 2026-2" in page
    assert "den eldre utgaven" not in page


def test_an_edition_that_waits_says_so(client, a_waiting_edition, approver):
    client.force_login(approver)

    page = client.get("/utgave/2026-2/leveranse/999/").content.decode()

    assert "<strong>Utgave 2026-2 er fryst og venter på godkjenning.</strong>" in page
    assert "<h1>Hemmelig</h1>" in page


@pytest.mark.parametrize("address", [*WAITING, "/utgaver/2026-2/plan.json"])
def test_a_stranger_does_not_learn_of_an_edition_that_waits(client, a_waiting_edition, address):
    answer = client.get(address)

    assert answer.status_code == 404
    assert "Hemmelig" not in answer.content.decode()


def test_a_first_edition_that_waits_is_read_too(client, a_plan, approver):
    frozen(approver)
    client.force_login(approver)

    addresses = ["/utgaver/2026-1/", "/utgave/2026-1/", "/utgave/2026-1/veikart/",
                 "/endringer/2026-1..2026-1/"]  # fmt: skip
    assert {client.get(address).status_code for address in addresses} == {200}


def test_an_edition_that_never_was_is_not_found(client, a_plan, approver):
    approved(approver)

    assert client.get("/utgave/1999-1/").status_code == 404
    assert client.get("/utgaver/1999-1/").status_code == 404


def test_a_form_with_empty_choices_leads_to_the_short_address(client, a_plan, approver):
    approved(approver)

    answer = client.get("/veikart/?mal=&delmal=1A&q=&grupper=mal")

    assert (answer.status_code, answer["Location"]) == (302, "/veikart/?delmal=1A")
    assert client.get(answer["Location"]).status_code == 200


def test_the_short_address_is_never_another_host(client, a_plan, approver):
    approved(approver)

    answer = client.get("http://testserver//veikart/?delmal=1A&grupper=mal")

    assert (answer.status_code, answer["Location"]) == (302, "/veikart/?delmal=1A")


def test_a_changed_file_is_said_loudly_on_every_page(client, a_plan, approver):
    edition = approved(approver)
    path = opened.shelf.path_of(edition.file_name)
    content = bytearray(path.read_bytes())
    content[content.index(b"Fullmakt")] ^= 2
    path.chmod(0o644)
    path.write_bytes(content)

    page = client.get("/").content.decode()
    its_own = client.get(f"/utgaver/{edition.number}/").content.decode()

    assert "banner danger" in page
    assert 'role="alert"' in its_own
    assert edition.sha256 in its_own


def test_the_languages_have_their_own_addresses(client, a_plan, approver):
    approved(approver)

    page = client.get("/nn/delmal/1A/").content.decode()

    assert '<html lang="nn"' in page
    assert 'hreflang="en" href="/en/delmal/1A/"' in page
    assert 'href="/nn/veikart/?delmal=1A"' in page


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_a_page_can_only_be_read(client, a_plan, method):
    assert getattr(client, method)("/veikart/").status_code == 405
