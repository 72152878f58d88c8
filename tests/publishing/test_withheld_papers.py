"""From the desk to the public: a paper is handed out once an edition has it, and never again once it is withheld."""

import datetime as dt

import pytest

from tests.council.preparing import BODY, put
from tests.editions.conftest import approved
from veikart.council import paper_files
from veikart.council.models import Case, Paper
from veikart.council.paper_files import File, Terms
from veikart.editions import building, opened
from veikart.people.models import User

CASE = "sak/nuit/2-26"
AS_OF = dt.date(2026, 8, 31)
NOTE, OFFER = b"Notat til saken.", b"Hemmelig pristilbud."
BASIS = "offentleglova § 13"
WITHHELD = Terms(access="withheld", basis=BASIS, reason="Priser i et anbud.")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _an_autumn_day(time_machine):
    time_machine.move_to("2026-10-05T10:00:00Z")
    building.forget()
    opened.forget()


@pytest.fixture
def approver():
    return User.objects.create_user("approver", password="a", role=User.Role.APPROVER)


@pytest.fixture
def case(approver):
    """A case with two papers: one for everybody, and one that is withheld."""
    put(
        ("body", BODY, {"name": "NUIT"}),
        ("case", CASE, {"body": BODY, "number": "2/26", "title": "Kjøp"}),
    )
    found = Case.objects.get(pk=CASE)
    put_in = paper_files.put_in
    put_in(found, [File("notat.txt", NOTE, "1", "Notat")], Terms(access="public"), by=approver)
    put_in(found, [File("tilbud.txt", OFFER, "2", "Pristilbud")], WITHHELD, by=approver)
    return found


def addresses(label, ending="txt"):
    uid = f"{CASE}/vedlegg/{label}"
    return [
        f"/data/{uid}.{ending}",
        f"/utgaver/2026-1/{uid}.{ending}",
        f"/utkast/data/{uid}.{ending}",
        f"/{uid}/",
        f"/utgave/2026-1/{uid}/",
    ]


def handed_out(client, label):
    """What strangers get of a paper, by the addresses where there is anything."""
    answers = {address: client.get(address) for address in addresses(label)}
    return {
        address: found.content for address, found in answers.items() if found.status_code == 200
    }


def test_a_withheld_paper_is_found_by_no_address_and_told_of_by_no_page(client, approver, case):
    approved(approver, AS_OF)

    note, offer = handed_out(client, "1"), handed_out(client, "2")
    pages = [
        client.get(address).content.decode()
        for address in (f"/{CASE}/", f"/utgave/2026-1/{CASE}/", "/utgaver/2026-1/plan.json")
    ]

    assert set(note.values()) == {NOTE}
    assert list(note) == addresses("1")[:2]
    assert offer == {}
    assert not any("Pristilbud" in text or "tilbud.txt" in text for text in pages)
    assert all(BASIS in text for text in pages)


def test_a_paper_that_is_withheld_later_is_gone_from_every_edition_at_once(client, approver, case):
    approved(approver, AS_OF)
    before = handed_out(client, "1")

    paper = Paper.objects.get(pk=f"{CASE}/vedlegg/1")
    paper_files.change_access(paper, WITHHELD, by=approver)

    assert len(before) == 2
    assert handed_out(client, "1") == {}
    for address in (f"/{CASE}/", f"/utgave/2026-1/{CASE}/"):
        assert "Notat" not in client.get(address).content.decode()


def test_a_paper_is_handed_out_from_its_day_and_once_an_edition_has_it(client, approver, case):
    terms = Terms(access="from_day", public_from=dt.date(2026, 10, 4))
    files = [File("plan.txt", b"Plan.", "3", "Plan")]
    paper_files.put_in(case, files, terms, by=approver)

    approved(approver, AS_OF)
    early = handed_out(client, "3")
    approved(approver, dt.date(2026, 10, 5))

    assert early == {}
    assert client.get(addresses("3")[0]).content == b"Plan."
