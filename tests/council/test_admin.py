"""The admin: an editor corrects bodies and seats; what takes effect elsewhere is done at the desk alone."""

import pytest

from tests.council.preparing import BODY, case, put
from veikart.council import kinds
from veikart.council.models import Case, Seat
from veikart.people.models import AuditEntry

pytestmark = pytest.mark.django_db

ADMIN = "/admin/council"
NAMES = {"earlier_names-TOTAL_FORMS": "1", "earlier_names-INITIAL_FORMS": "0"}


@pytest.fixture
def admin(client, editor, a_day_in_june):
    editor.is_staff = True
    editor.save()
    client.force_login(editor)
    return client


def test_an_editor_corrects_a_body_with_its_earlier_names(admin, body):
    said = {"name": "NUIT", "earlier_names-0-no": "1", "earlier_names-0-name": "Gamle NUIT"}

    answer = admin.post(f"{ADMIN}/body/organ_2Fnuit/change/", {**NAMES, **said})

    assert answer.status_code == 302, answer.content.decode()
    assert [one.name for one in kinds.BODY.load()[BODY].earlier_names] == ["Gamle NUIT"]
    assert AuditEntry.objects.filter(verb="body.changed", uid=BODY).exists()


def test_a_seat_that_ends_before_it_begins_is_refused(admin, body):
    values = {
        "uid": f"{BODY}/plass/1",
        "body": BODY,
        "organisation_name": "Oslo",
        "role": "member",
        "from_day": "2026-02-01",
        "until_day": "2026-01-01",
    }

    answer = admin.post(f"{ADMIN}/seat/add/", values)

    assert answer.status_code == 200
    assert not Seat.objects.exists()
    assert admin.post(f"{ADMIN}/seat/add/", {**values, "until_day": ""}).status_code == 302


def test_account_and_address_of_a_seat_are_not_shown(admin, body):
    put(("seat", f"{BODY}/plass/1", {"body": BODY, "organisation_name": "Oslo", "role": "member"}))
    Seat.objects.update(email="ola@oslo.example")

    page = admin.get(f"{ADMIN}/seat/organ_2Fnuit_2Fplass_2F1/change/")

    assert "ola@oslo.example" not in page.content.decode()


@pytest.mark.parametrize("table", ["meeting", "case", "paper", "decision", "followup", "minutes"])
def test_what_is_done_at_the_desk_alone_is_only_read_here(admin, body, editor, table):
    case("Veikart", by=editor)

    listed = admin.get(f"{ADMIN}/{table}/")
    added = admin.post(f"{ADMIN}/{table}/add/", {"uid": "sak/nuit/2-26", "title": "Ny"})

    assert (listed.status_code, added.status_code) == (200, 403)
    assert Case.objects.count() == 1
