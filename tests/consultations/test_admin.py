"""The admin: a hearing is put in by an editor, and what was received can be read and not changed."""

import pytest
from django.test import Client

from tests.consultations.conftest import HEARING, received
from veikart.consultations import kinds
from veikart.people.models import AuditEntry

pytestmark = pytest.mark.django_db

NEW = {
    "uid": HEARING,
    "kind": "hearing",
    "title": "Nasjonal e-helsestrategi",
    "case_number": "22/414",
    "opens_on": "2022-05-31",
    "closes_on": "2022-10-01",
    "is_public": "on",
    "questions-TOTAL_FORMS": "1",
    "questions-INITIAL_FORMS": "0",
    "questions-0-no": "1",
    "questions-0-text": "Støtter dere målene?",
    "questions-0-kind": "choice",
    "questions-0-choices": "Ja\n\nNei",
    "invited-TOTAL_FORMS": "1",
    "invited-INITIAL_FORMS": "0",
    "invited-0-name": "KS",
    "invited-0-kind": "interest_organisation",
    "stated-TOTAL_FORMS": "0",
    "stated-INITIAL_FORMS": "0",
}


@pytest.fixture
def desk(editor):
    editor.is_staff = True
    editor.save()
    client = Client()
    client.force_login(editor)
    return client


def test_an_editor_puts_in_a_hearing_with_its_questions(desk):
    answer = desk.post("/admin/consultations/hearing/add/", NEW)

    assert answer.status_code == 302, answer.content.decode()
    hearing = kinds.HEARING.load()[HEARING]
    assert (hearing.questions[0].choices, hearing.invited[0].name) == (("Ja", "Nei"), "KS")
    assert AuditEntry.objects.filter(verb="hearing.created", uid=HEARING).exists()


def test_a_hearing_without_a_case_number_is_refused_with_what_to_do(desk, settings):
    settings.LANGUAGE_CODE = "en"
    answer = desk.post("/admin/consultations/hearing/add/", {**NEW, "case_number": ""})

    assert "A hearing has a case number" in answer.content.decode()
    assert not kinds.HEARING.load()


@pytest.mark.parametrize(
    ("table", "word"),
    [("reply", "svar/1"), ("handlingevent", "receive"), ("intakeitem", "same_reply")],
)
def test_what_was_received_and_done_is_read_and_not_changed(desk, hearing, table, word):
    received(hearing, "Mer")
    received(hearing, "Mer")

    shown = desk.get(f"/admin/consultations/{table}/")

    assert shown.status_code == 200
    assert word in shown.content.decode()
    assert desk.get(f"/admin/consultations/{table}/add/").status_code == 403


def test_readers_see_none_of_it(hearing, reader):
    reader.is_staff = True
    reader.save()
    client = Client()
    client.force_login(reader)

    assert client.get("/admin/consultations/reply/").status_code == 403
