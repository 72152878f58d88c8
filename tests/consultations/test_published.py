"""From the tables to the public pages: what was cleared and answered, and no word that was withheld."""

import datetime as dt
import time
from http import HTTPStatus

import pytest

from tests.consultations.conftest import HEARING, received
from tests.consultations.test_freezing import SECRET, answered, clearance, cleared
from veikart.consultations import queries as consultations
from veikart.consultations import services
from veikart.editions import queries, shelf
from veikart.editions import services as editing
from veikart.engines.handling import actions as do
from veikart.people.models import User
from veikart.plan import codec
from veikart.publishing import manifest, views
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


def everything(editions):
    """Every file of the site but its look, by path."""
    edition = editions[0]
    files = site_files(edition, tuple(editions))
    return {f.path: f.make() for f in files if not f.path.startswith("static/")}


def test_what_is_withdrawn_after_an_edition_is_approved_is_in_no_file_of_it(
    client, reply, editor, approver
):
    edition = approved(editor, approver, dt.date(2022, 10, 20))
    whole = shelf.path_of(edition.file_name).read_bytes()

    services.withdraw(HEARING, REPLY, reason="Sendt ved en feil", by=editor)
    files = everything(queries.editions())
    shown = files["utgaver/2022-1/plan.json"]
    page = client.get("/en/utgaver/2022-1/").content.decode()
    answer = client.get("/utgaver/2022-1/plan.json").content

    assert "mer data" in whole.decode()
    assert shelf.path_of(edition.file_name).read_bytes() == whole
    assert {path for path, content in files.items() if b"mer data" in content} == set()
    assert answer == shown
    assert "Sendt ved en feil" in shown.decode()
    assert codec.fingerprint(shown) in page
    assert edition.sha256 in page
    assert client.get(f"/en/{REPLY}/").status_code == HTTPStatus.GONE
    assert queries.verify() == []


def test_what_is_withheld_after_an_edition_is_approved_is_in_no_file_of_it(reply, editor, approver):
    approved(editor, approver, dt.date(2022, 10, 20))
    more = do.Withheld(words="mer data", basis="business", reason="Anbud")

    services.clear(HEARING, clearance(REPLY, withheld=(SECRET, more)), by=editor)
    files = everything(queries.editions())

    assert {path for path, content in files.items() if b"mer data" in content} == set()
    assert b"Anbud" in files[f"{REPLY}/index.html"]


def test_who_asks_for_initials_after_an_edition_is_approved_is_named_no_more(
    hearing, editor, approver
):
    person = {"respondent": "Olga Quisling", "kind_of_respondent": "private_person"}
    found = received(hearing, "Hilsen Olga Quisling", **person)
    services.clear(hearing, clearance(found, "Olga Quisling", has_consent=True), by=editor)
    services.act(hearing, do.Confirm(points=(f"{found}/punkt/1",)), by=editor)
    approved(editor, approver, dt.date(2022, 10, 20))
    (named,) = queries.editions()[0].plan.consultations.replies

    services.clear(hearing, clearance(found, "O. Q.", is_initials=True), by=editor)
    (shown,) = queries.editions()[0].plan.consultations.replies
    files = everything(queries.editions())

    assert (named.respondent, shown.respondent, shown.is_initials) == (
        "Olga Quisling",
        "O. Q.",
        True,
    )
    assert {path for path, content in files.items() if b"Quisling" in content} == set()


def test_an_edition_is_shown_whole_while_nothing_is_hidden_since(reply, editor, approver):
    approved(editor, approver, dt.date(2022, 10, 20))
    (kept,) = queries.editions()

    assert not kept.is_lessened
    assert kept.shown_sha256 == kept.sha256
    assert views.plan_json(kept) == shelf.path_of(kept.file_name).read_bytes()


@pytest.mark.django_db(transaction=True)
def test_what_is_published_is_out_of_date_once_less_may_be_shown(
    hearing, editor, tmp_path, settings
):
    settings.EDITIONS_FOLDER = tmp_path
    seen = [manifest.state_of(tmp_path)]

    def after(done):
        time.sleep(0.01)
        done()
        seen.append(manifest.state_of(tmp_path))

    found = received(hearing, "Mer data")
    after(lambda: services.clear(hearing, clearance(found), by=editor))
    after(lambda: services.clear(hearing, clearance(found, withheld=(SECRET,)), by=editor))
    after(lambda: services.withdraw(hearing, found, reason="Angret", by=editor))
    after(lambda: services.undo(hearing, consultations.state(hearing).last, by=editor))

    first, cleared_first, again, withdrawn, undone = seen
    assert first == cleared_first < again < withdrawn < undone
