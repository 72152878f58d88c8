"""A reply that is uploaded at the desk lands on its page, or on the list of what needs a person."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.engines.readers.reply_forms import mail, text_form
from veikart.consultations import queries, services
from veikart.people.models import User

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.desk_urls"),
]

HEARING = "horing/22-414"
LETTER = """Legemiddelverket
Oslo, 30. september 2022

Høringssvar – nasjonal e-helsestrategi

Vi støtter målene i strategien. Vi mener at legemiddellisten må tas i bruk i alle kommuner.

Vi foreslår at innbyggere telles framfor kommuner.

Med vennlig hilsen
Legemiddelverket
"""


@pytest.fixture
def editor():
    return User.objects.create_user("editor", password="e", role=User.Role.EDITOR)


@pytest.fixture
def desk(client, editor):
    for number, code in (("22/414", "22-414"), ("23/1", "23-1")):
        services.put(
            "hearing",
            f"horing/{code}",
            {
                "title": f"Høring {number}",
                "case_number": number,
                "opens_on": "2022-05-31",
                "closes_on": "2022-10-01",
                "questions": [],
            },
            by=editor,
        )
    client.force_login(editor)
    return client


def upload(desk, name, content, **given):
    file = SimpleUploadedFile(name, content)
    return desk.post(reverse("intake:take-in-reply"), {"file": file, **given}, follow=True)


def text(response):
    plain = re.sub(r"<[^>]*>", " ", html.unescape(response.content.decode()))
    return " ".join(plain.split())


def test_a_letter_lands_on_its_reply_page_in_the_hearing_that_was_chosen(desk):
    page = upload(desk, "brev.txt", LETTER.encode(), hearing=HEARING)

    assert page.redirect_chain[-1][0] == reverse("consultations:reply", args=["22-414", 1])
    (reply,) = queries.newest_replies(HEARING).values()
    assert reply.channel == "hand"
    assert "1 reply is received." in text(page)
    assert "legemiddellisten må tas i bruk" in text(page)


def test_the_same_file_again_changes_nothing(desk):
    upload(desk, "brev.txt", LETTER.encode(), hearing=HEARING)

    again = upload(desk, "brev.txt", LETTER.encode(), hearing=HEARING)

    assert "This was taken in before; nothing is changed." in text(again)
    assert len(queries.newest_replies(HEARING)) == 1


def test_an_email_is_taken_in_by_its_case_number(desk):
    mail = (
        b"From: Kari <kari@example.org>\r\nTo: post@example.org\r\nSubject: =?utf-8?q?H=C3=B8ring?= 22/414\r\n"
        b"Date: Fri, 30 Sep 2022 10:00:00 +0200\r\nMessage-ID: <1@example.org>\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
        + LETTER.replace("strategi\n", "strategi, saksnummer 22/414\n").encode()
    )

    page = upload(desk, "melding.eml", mail)

    assert page.redirect_chain[-1][0] == reverse("consultations:reply", args=["22-414", 1])
    (reply,) = queries.newest_replies(HEARING).values()
    assert reply.channel == "email"


def test_what_cannot_be_received_is_kept_and_listed(desk):
    page = upload(desk, "brev.txt", LETTER.encode())

    assert page.redirect_chain[-1][0] == reverse("consultations:hearings")
    assert "1 thing needs a person; it is on the list below." in text(page)
    assert queries.number_needing_a_person() == 1
    assert not queries.newest_replies(HEARING)


def test_no_file_is_refused_and_a_hearing_of_the_address_is_chosen(desk):
    refused = desk.post(reverse("intake:take-in-reply"), {})
    form = desk.get(reverse("intake:take-in-reply"), {"horing": HEARING})

    assert "Choose a file first." in text(refused)
    assert f'value="{HEARING}" selected' in form.content.decode()


def test_only_who_may_handle_replies_takes_them_in(client):
    reader = User.objects.create_user("reader", password="r", role=User.Role.READER)
    to = reverse("intake:take-in-reply")

    assert client.get(to).status_code == 302
    client.force_login(reader)
    assert client.post(to, {}).status_code == 403


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("svar.txt", text_form().replace(b"24/1001", b"22/414")),
        ("svar.eml", mail(body=LETTER, Subject="Svar, sak 22/414")),
    ],
)
def test_a_reply_among_files_of_the_plan_is_received_all_the_same(desk, name, content):
    file = SimpleUploadedFile(name, content)
    landed = desk.post(reverse("intake:list"), {"file": file}, follow=True)
    assert landed.redirect_chain[-1][0].endswith("/arbeid/horinger/22-414/svar/1/")
    assert queries.state(HEARING).replies.keys() == {f"{HEARING}/svar/1"}
