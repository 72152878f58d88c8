"""The outbox on the desk: what goes to whom, approving it, sending it, and what became of it."""

import html
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.outbox.conftest import KARI, approved, drafted
from veikart.documents import services as documents
from veikart.outbox import queries, services
from veikart.outbox.models import Message, State

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.desk_urls"),
    pytest.mark.xdist_group("smtp"),
]


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def text(response):
    plain = re.sub(r"<[^>]*>", " ", response.content.decode())
    return " ".join(html.unescape(plain).split())


def page(desk):
    return text(desk.get(reverse("outbox:list")))


def states():
    return list(Message.objects.order_by("pk").values_list("state", flat=True))


def test_an_empty_outbox_says_so(desk):
    said = page(desk)

    assert "Nothing waits. Nothing is sent before a person has approved it." in said
    assert "Nothing was sent yet." in said


def test_it_shows_what_goes_to_whom_before_anything_is_sent(desk):
    document = documents.keep("innkalling.pdf", b"%PDF", by=None)
    drafted(attachments=((document, "innkalling.pdf"),), page="/arbeid/horinger/22-414/svar/3/")

    response = desk.get(reverse("outbox:list"))

    said = response.content.decode()
    assert "1 message waits for you to read and approve it." in text(response)
    assert "To Kari Nordmann &lt;kari.nordmann@example.no&gt;" in said
    assert "vi har mottatt svaret på æøå." in text(response)
    assert 'href="/arbeid/horinger/22-414/svar/3/">horing/22-414/svar/3</a>' in said
    assert f"/arbeid/dokument/{document.sha256}/" in said


def test_approving_what_was_shown_approves_that_alone(desk):
    shown, later = drafted(), drafted()

    response = desk.post(reverse("outbox:approve"), {"melding": [shown.pk, "x", "²"]}, follow=True)

    assert "1 message is approved. It is not sent yet." in text(response)
    assert states() == [State.APPROVED, State.DRAFT]
    again = desk.post(reverse("outbox:approve"), {"melding": [shown.pk, later.pk]}, follow=True)
    assert "Somebody else had decided on the rest meanwhile." in text(again)
    assert states() == [State.APPROVED, State.APPROVED]


def test_all_that_are_shown_are_approved_and_sent(desk, post):
    for number in (1, 2, 3):
        drafted(about=f"horing/22-414/svar/{number}")
    shown = re.findall(
        r'name="melding" value="(\d+)"',
        desk.get(reverse("outbox:list")).content.decode().partition("godkjenn-alle")[0],
    )

    desk.post(reverse("outbox:approve"), {"melding": shown})
    response = desk.post(reverse("outbox:send"), follow=True)

    assert "3 messages are sent." in text(response)
    assert len(post.taken) == 3
    assert states() == [State.SENT] * 3


def test_what_was_refused_is_shown_with_the_reason_and_can_be_approved_again(desk, post, editor):
    post.to = {KARI: "550 5.1.1 No such mailbox"}
    message = approved(editor)

    response = desk.post(reverse("outbox:send"), follow=True)

    assert "Some were not: see below what to do with each." in text(response)
    assert "550 5.1.1 No such mailbox" in text(response)
    assert "1 message needs a decision." in text(response)
    desk.post(reverse("outbox:approve"), {"melding": [message.pk]})
    assert states() == [State.APPROVED]


def test_a_person_is_asked_about_a_message_of_which_nobody_knows(desk, post, editor):
    post.hangs_up = True
    message = approved(editor)

    response = desk.post(reverse("outbox:send"), follow=True)

    assert f"Look in the mail server’s log for {message.message_id}" in text(response)
    said = desk.post(reverse("outbox:settle", args=[message.pk]), {"kom_fram": "ja"}, follow=True)
    assert "It counts as sent." in text(said)
    assert states() == [State.SENT]
    refused = desk.post(reverse("outbox:settle", args=[message.pk]), {}, follow=True)
    assert "cannot be changed so: Sent. Open the outbox anew." in text(refused)


def test_a_message_is_discarded(desk):
    message = drafted()

    response = desk.post(reverse("outbox:discard", args=[message.pk]), follow=True)

    assert "The message is discarded, and its address deleted." in text(response)
    assert (states(), Message.objects.get().address) == ([State.DISCARDED], None)


def test_one_message_tells_what_was_done_with_it(desk, post, editor):
    message = approved(editor)
    other = drafted()
    desk.post(reverse("outbox:send"))

    said = text(desk.get(reverse("outbox:message", args=[message.pk])))

    assert "Sent, " in said
    assert message.message_id in said
    assert "Approved " in said
    assert "Handed to the mail server 1 time" in said
    assert f"message {other.pk} is about the same: Waits for approval" in said


def test_a_deleted_address_is_said_to_be_deleted(desk, post, editor):
    message = approved(editor)
    desk.post(reverse("outbox:send"))
    services.forget("confirm", [message.about], by=editor)

    for address in (reverse("outbox:list"), reverse("outbox:message", args=[message.pk])):
        response = desk.get(address)
        assert "address deleted" in text(response)
        assert KARI not in response.content.decode()


def test_without_a_mail_server_it_says_what_to_set_and_keeps_everything(desk, settings, editor):
    approved(editor)
    settings.EMAIL_BACKEND = queries.SMTP
    settings.EMAIL_HOST = settings.EMAIL_FROM = ""

    assert "No mail server is set up, so nothing can be sent." in page(desk)
    assert "VEIKART_EMAIL_SERVER, VEIKART_EMAIL_FROM" in page(desk)
    response = desk.post(reverse("outbox:send"), follow=True)
    assert "Expected a mail server and an address to send from; found none." in text(response)
    assert states() == [State.APPROVED]


def test_what_a_message_says_is_shown_and_never_run(desk):
    drafted(subject="<script>1</script>", body="<b>Hei</b>", name="<i>Kari</i>")

    said = desk.get(reverse("outbox:list")).content.decode()

    assert "<script>1" not in said
    assert "<b>Hei" not in said
    assert "<i>Kari" not in said


def test_a_reader_and_a_stranger_neither_see_nor_do(client, reader, editor):
    message = drafted()
    gets = [reverse("outbox:list"), reverse("outbox:message", args=[message.pk])]
    posts = [
        reverse("outbox:approve"),
        reverse("outbox:send"),
        reverse("outbox:discard", args=[message.pk]),
        reverse("outbox:settle", args=[message.pk]),
    ]
    assert [client.get(each).status_code for each in gets] == [302, 302]
    assert [client.post(each, {"melding": message.pk}).status_code for each in posts] == [302] * 4
    client.force_login(reader)

    assert [client.get(each).status_code for each in gets] == [403, 403]
    assert [client.post(each, {"melding": message.pk}).status_code for each in posts] == [403] * 4
    assert states() == [State.DRAFT]
    client.force_login(editor)
    assert [client.get(each).status_code for each in posts] == [405] * 4


def test_the_list_asks_as_much_for_one_as_for_three(desk, editor, django_assert_num_queries):
    def one_of_each():
        drafted()
        approved(editor)
        sent = approved(editor)
        row = Message.objects.filter(pk=sent.pk)
        row.update(state=State.SENDING)
        row.update(state=State.SENT, sent_at=timezone.now())

    one_of_each()
    desk.get(reverse("outbox:list"))
    with django_assert_num_queries(9):
        desk.get(reverse("outbox:list"))
    one_of_each()
    one_of_each()

    with django_assert_num_queries(9):
        desk.get(reverse("outbox:list"))


def test_the_front_of_the_desk_tells_how_many_wait(desk):
    drafted()
    drafted()

    assert "2 messages wait for you to read and approve them" in text(desk.get("/arbeid/"))
