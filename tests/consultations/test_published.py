"""From the tables to the public pages: what was cleared and answered, and no word that was withheld."""

import datetime as dt
from http import HTTPStatus

import pytest

from tests.consultations.conftest import HEARING
from tests.consultations.test_freezing import SECRET, answered, cleared
from veikart.consultations import services
from veikart.editions import queries
from veikart.editions import services as editing
from veikart.people.models import User
from veikart.publishing.site import site_files

pytestmark = pytest.mark.django_db

REPLY = f"{HEARING}/svar/1"


@pytest.fixture
def approver():
    return User.objects.create_user("approver", password="a", role=User.Role.APPROVER)


@pytest.fixture
def reply(hearing, editor):
    """A reply with a name that is withheld, answered and to be published."""
    services.put("hearing", HEARING, {"is_public": True}, by=editor)
    found = cleared(hearing, "Spør Kari Nordmann om mer data", by=editor, withheld=(SECRET,))
    answered(hearing, found, editor, reason="Som Kari Nordmann ba om")
    services.publish(hearing, by=editor)
    return found


def approved(by, approver, day):
    """What is in the tables, as an approved edition."""
    edition = editing.freeze(by=by, as_of=day, title="Veikart", note="")
    return editing.approve(edition, by=approver, body="Rådet", on=day)


def test_a_reader_follows_a_point_from_the_hearing_to_its_outcome(client, reply, editor, approver):
    approved(editor, approver, dt.date(2022, 10, 20))

    hearing = client.get(f"/en/{HEARING}/").content.decode()
    point = client.get(f"/en/{REPLY}/punkt/1/")
    page = client.get(point["Location"]).content.decode()

    assert f'href="/en/{REPLY}/#punkt-1"' in hearing
    assert (point.status_code, point["Location"]) == (302, f"/en/{REPLY}/#punkt-1")
    assert 'id="punkt-1"' in page
    assert "Followed" in page
    assert "Data <ins>følger pasienten</ins>" in page


def test_the_log_is_downloaded_of_the_edition_in_force_and_of_each_other(
    client, reply, editor, approver
):
    approved(editor, approver, dt.date(2022, 10, 20))

    for prefix in ("/data", "/nn/data", "/en/data", "/utgaver/2022-1", "/en/utgaver/2022-1"):
        for ending in ("csv", "xlsx"):
            answer = client.get(f"{prefix}/{HEARING}.{ending}")
            missing = client.get(f"{prefix}/horing/1-1.{ending}")
            assert (answer.status_code, missing.status_code) == (
                HTTPStatus.OK,
                HTTPStatus.NOT_FOUND,
            )
            assert answer["Content-Disposition"].endswith(f'"horing-22-414-2022-1.{ending}"')


def test_no_withheld_word_is_in_any_file_that_is_published(reply, editor, approver):
    approved(editor, approver, dt.date(2022, 10, 20))
    (edition,) = editions = tuple(queries.editions())

    files = {
        file.path: file.make()
        for file in site_files(edition, editions)
        if not file.path.startswith("static/")
    }

    assert f"{REPLY}/index.html" in files
    assert f'url=/{REPLY}/#punkt-1"'.encode() in files[f"{REPLY}/punkt/1/index.html"]
    assert f'url=/nn/{REPLY}/#punkt-1"'.encode() in files[f"nn/{REPLY}/punkt/1/index.html"]
    assert f"{HEARING}/sporsmal/1/index.html" in files
    assert b"\xe2\x96\xae" in files[f"{REPLY}/index.html"]  # the mark of what is withheld
    assert {path for path, content in files.items() if b"Nordmann" in content} == set()


def test_a_reply_that_is_withdrawn_leaves_a_stone_also_at_its_older_address(
    client, reply, editor, approver
):
    approved(editor, approver, dt.date(2022, 10, 20))
    services.withdraw(HEARING, REPLY, reason="Sendt ved en feil", by=editor)
    approved(editor, approver, dt.date(2022, 10, 20))

    addresses = [f"/en/{REPLY}/", f"/en/utgave/2022-1/{REPLY}/", f"/en/{REPLY}/punkt/1/"]
    answers = [client.get(address, follow=True) for address in addresses]
    old = client.get(f"/en/utgave/2022-1/{HEARING}/").content.decode()
    log = client.get(f"/utgaver/2022-1/{HEARING}.csv").content.decode()

    assert [answer.status_code for answer in answers] == [HTTPStatus.GONE] * 3
    assert all("Sendt ved en feil" in answer.content.decode() for answer in answers)
    assert "mer data" not in old + log
