"""Markup that somebody sent in any field is shown as words at the desk, and runs nowhere."""

import pytest

from tests.consultations.conftest import incoming
from tests.consultations.test_desk import address
from veikart.consultations import receiving, services
from veikart.consultations.models import Reply
from veikart.documents import services as documents
from veikart.engines.handling import actions as do
from veikart.plan.consultations import Answer

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.desk_urls")]

EVIL = "<script>alert(1)</script>"
SHOWN = "&lt;script&gt;alert(1)&lt;/script&gt;"
QUOTED = '" onmouseover="alert(1)'


def evil(name):
    """Markup that also tells which field it came by, and tries to leave an attribute."""
    return f"{name} {EVIL} {QUOTED} {{{{ 1|safe }}}}"


@pytest.fixture
def reply(hearing, editor):
    document = documents.keep_for_editors(evil("filnavn").replace("/", ""), b"Hei", by=None)
    point = do.Original(
        uid="",
        text=evil("punkt"),
        kind="wording",
        heading_path=(evil("overskrift"),),
        proposed_wording=evil("ordlyd"),
        anchors=(do.Anchor(uid="mal/1", reason=evil("grunn")),),
    )
    said = incoming(
        respondent=evil("avsender"),
        points=(point, point),
        answers=(Answer(question=1, choice="Ja", text=evil("svar")),),
        files=(services.File(document=document, role="letter", name=evil("fil")),),
    )
    row = services.receive(hearing, said, by=None).reply
    services.receive(hearing, said, by=None)
    uid = f"{row.uid}/punkt/1"
    services.make_theme(
        hearing, title=evil("tema"), sentence=evil("setning"), points=[uid], by=editor
    )
    led = do.Led(uid="mal/1", before=evil("før"), after=evil("etter"))
    decided = do.Decide(
        on=uid, value="followed", reason=evil("begrunnelse"), case=evil("sak"), led_to=(led,)
    )
    services.act(hearing, decided, by=editor)
    services.act(
        hearing, do.SetAside(point=f"{row.uid}/punkt/2", reason=evil("til side")), by=editor
    )
    receiving.need("not_read", hearing=row.hearing, name=evil("navn"), problem=evil("hva"), why="x")
    return row


PAGES = {
    "hearings": ((), {"navn", "hva"}),
    "hearing": ((), {"avsender"}),
    "log": ((), set()),
    "reply": ((1,), {"avsender", "punkt", "begrunnelse", "ordlyd"}),
    "clear": ((1,), {"avsender"}),
    "themes": ((), {"tema"}),
    "theme": ((1,), {"tema", "punkt"}),
}


@pytest.mark.parametrize("name", PAGES)
def test_what_was_sent_is_words_on_every_page(client, reply, editor, name):
    client.force_login(editor)
    more, fields = PAGES[name]

    response = client.get(address(name, *more))

    page = response.content.decode()
    assert response.status_code == 200
    assert "<script>alert" not in page
    assert ' onmouseover="alert' not in page.replace("&quot;", "")
    assert {field for field in fields if f"{field} {SHOWN}" in page} == fields
    assert Reply.objects.get() == reply
