"""A respondent is asked to confirm what was read, by a link that holds for one version and address."""

import datetime as dt
import re

import pytest
import time_machine
from django.core import signing
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests.consultations.confirming.steps import POST, REPLY, held, how, link, sent, text
from tests.consultations.conftest import HEARING, received
from veikart.consultations import confirming, queries, services
from veikart.consultations.models import Contact, HandlingEvent, IntakeItem, Reply
from veikart.engines.handling import actions as do
from veikart.outbox.models import Message
from veikart.outbox.models import State as Sending
from veikart.people.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.desk_urls")]


# --- Asking -----------------------------------------------------------------------------------


def test_asking_puts_a_message_in_the_outbox_and_sends_nothing(reply, editor):
    assert how(reply) == "not_asked"

    message = confirming.ask(reply, by=editor)

    assert (message.state, message.address, message.name) == (
        Sending.DRAFT,
        POST,
        "Legemiddelverket",
    )
    assert (message.about, message.version, message.kind) == (REPLY, 1, "confirm")
    assert message.page == "/arbeid/horinger/22-414/svar/1/"
    assert how(reply) == "waiting"


def test_the_message_says_what_was_received_and_holds_the_link(reply, editor, settings):
    settings.LANGUAGE_CODE = "nb"
    message = confirming.ask(reply, by=editor)

    (address,) = re.findall(r"https://\S+", message.body)
    assert address.startswith("https://veikart.example.no/svar/bekreft/")
    assert confirming.opened(address.rstrip("/").rpartition("/")[2]) == reply
    assert "22/414" in message.subject
    assert "Legemiddelverket" in message.body
    assert reply.fingerprint[:12] in message.body
    assert "&" not in message.body
    assert POST not in message.body


@pytest.mark.parametrize(("language", "start"), [("nn", "/nn/svar/"), ("en", "/svar/")])
def test_the_message_is_in_the_language_of_the_reply(hearing, editor, language, start):
    received(hearing, "x", email=POST, language=language)

    message = confirming.ask(Reply.objects.get(), by=editor)

    assert message.language == language
    assert f"https://veikart.example.no{start}bekreft/" in message.body
    if language == "en":
        assert message.body.startswith("Hello,\n\non 30 September 2022 we received the reply of")


def refused(code, reply, editor):
    with pytest.raises(ValidationError) as refusal:
        confirming.ask(reply, by=editor)
    assert refusal.value.code == code


def test_nobody_is_asked_twice_while_the_question_waits(reply, editor):
    confirming.ask(reply, by=editor)

    refused("waiting", reply, editor)
    assert Message.objects.count() == 1


def test_who_objected_is_asked_once_more_and_not_twice(reply, editor):
    confirming.object_to(reply, "Feil")

    confirming.ask(reply, by=editor)

    refused("waiting", reply, editor)
    confirming.forget_addresses([REPLY], by=editor)
    refused("no_address", reply, editor)


def test_who_was_asked_can_be_asked_once_more(reply, editor):
    sent(confirming.ask(reply, by=editor), editor)
    assert how(reply) == "asked"

    confirming.ask(reply, by=editor)

    assert how(reply) == "waiting"


@pytest.mark.parametrize("state", [Sending.FAILED, Sending.UNCLEAR])
def test_a_question_that_did_not_go_out_is_decided_on_in_the_outbox_first(reply, editor, state):
    sent(confirming.ask(reply, by=editor), editor, state=state)

    assert how(reply) == "troubled"
    refused("troubled", reply, editor)


def test_what_there_is_nothing_to_ask_about_is_refused(hearing, editor):
    received(hearing, "a", respondent="Uten adresse")
    received(hearing, "b", respondent="Fra skjemaet", channel="web", email=POST)
    received(hearing, "c", respondent="Trukket", email=POST)
    services.withdraw(hearing, f"{hearing}/svar/3", reason="Feil", by=editor)

    rows = list(Reply.objects.order_by("no"))

    assert [how(row) for row in rows] == ["no_address", "own", "withdrawn"]
    for row, code in zip(rows, ["no_address", "own", "withdrawn"], strict=True):
        refused(code, row, editor)


def test_all_that_were_not_asked_are_asked_at_once(hearing, reply, editor):
    received(hearing, "b", respondent="To", email="to@example.no")
    received(hearing, "c", respondent="Uten adresse")
    received(hearing, "d", respondent="Fire", email="fire@example.no")
    confirming.confirm(Reply.objects.get(no=4))

    made = confirming.ask_all(hearing, by=editor)

    assert [message.address for message in made] == [POST, "to@example.no"]
    assert confirming.ask_all(hearing, by=editor) == []


def test_who_did_not_answer_in_time_is_asked_again_with_all(hearing, reply, editor):
    message = sent(confirming.ask(reply, by=editor), editor)
    (address,) = re.findall(r"https://\S+", message.body)
    token = address.rstrip("/").rpartition("/")[2]
    assert confirming.opened(token) == reply

    with time_machine.travel("2022-12-20T10:00:00Z"):
        assert confirming.opened(token) is None
        assert how(reply) == "expired"
        assert len(confirming.ask_all(hearing, by=editor)) == 1


def test_the_public_sees_since_when_a_reply_is_confirmed(hearing, reply, editor):
    received(hearing, "Fra skjemaet.", respondent="To", channel="web")
    received(hearing, "Ubekreftet.", respondent="Tre", email="tre@example.no")
    confirming.confirm(reply)
    for no, name in ((1, "Legemiddelverket"), (2, "To"), (3, "Tre")):
        cleared = do.Clear(reply=f"{HEARING}/svar/{no}", version=1, shown_as=name)
        services.clear(hearing, cleared, by=editor)

    frozen = queries.freeze(on=dt.date(2022, 10, 20)).replies

    assert [each.confirmed_on for each in frozen] == [
        dt.date(2022, 10, 20),
        dt.date(2022, 9, 30),
        None,
    ]


# --- Links that lead nowhere ------------------------------------------------------------------


def gone(public, address):
    page = public.get(address)
    assert page.status_code == 404
    return page.content.decode()


def test_every_link_that_leads_nowhere_gets_the_same_page(hearing, reply, public, editor):
    good = link(reply)
    token = confirming.token_of(reply, POST)
    tag = confirming._tag(reply, POST)
    forged = [
        "ikke-en-lenke",
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        signing.dumps([REPLY, 1, tag], salt="another"),
        signing.dumps([REPLY, 1, "0" * 32], salt=confirming.SALT),
        signing.dumps([REPLY, 2, tag], salt=confirming.SALT),
        signing.dumps([f"{HEARING}/svar/9", 1, tag], salt=confirming.SALT),
        signing.dumps("noe annet", salt=confirming.SALT),
        signing.dumps([REPLY, 1, None], salt=confirming.SALT),
        signing.dumps([[REPLY], {}, tag], salt=confirming.SALT),
        confirming.token_of(reply, "en.annen@example.no"),
    ]

    pages = {
        re.sub(re.escape(each), "", gone(public, reverse("consultations:confirm", args=[each])))
        for each in forged
    }
    other = Client(enforce_csrf_checks=True)
    services.withdraw(hearing, REPLY, reason="Feil", by=editor)
    pages.add(gone(other, good).replace(token, ""))

    assert len(pages) == 1
    (page,) = pages
    assert "Legemiddelverket" not in page
    assert "22/414" not in page
    assert "The link does not work" in page
    assert HandlingEvent.objects.filter(by=None).count() == 1  # its receipt


def test_a_link_holds_for_one_version(hearing, reply, public):
    address = link(reply)
    received(hearing, "Vi støtter målet ikke.", email=POST)

    gone(public, address)
    newest = Reply.objects.get(version=2)
    assert "Vi støtter målet ikke." in text(public.get(link(newest)))
    assert confirming.standings(queries.state(HEARING), [newest])[REPLY].how == "not_asked"


def test_a_version_that_came_while_the_page_was_open_is_not_confirmed(hearing, reply, public):
    address = link(reply)
    page = public.get(address).content.decode()
    csrf = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    received(hearing, "Vi støtter målet ikke.", email=POST)

    response = public.post(address, {"csrfmiddlewaretoken": csrf, "verb": "ja"}, follow=True)

    assert response.status_code == 404
    assert held().confirmed_at is None


def test_another_address_and_none_make_a_link_stop_working(reply, public, editor):
    address = link(reply)
    confirming.set_address(reply, "ny@example.no", by=editor)

    gone(public, address)
    assert public.get(link(reply, "ny@example.no")).status_code == 200
    confirming.forget_addresses([REPLY], by=editor)
    gone(public, link(reply, "ny@example.no"))


def test_the_address_of_the_page_is_not_taken_for_a_hearings_form():
    assert reverse("consultations:confirm", args=["x"]) == "/svar/bekreft/x/"


# --- Addresses --------------------------------------------------------------------------------


def test_deleting_addresses_leaves_what_was_sent_and_no_address(hearing, reply, editor):
    message = sent(confirming.ask(reply, by=editor), editor)
    received(hearing, "b", respondent="To", email="to@example.no")
    waiting = confirming.ask(Reply.objects.get(no=2), by=editor)

    assert confirming.forget_addresses([REPLY, f"{HEARING}/svar/2"], by=editor) == 2

    rows = Message.objects.in_bulk()
    assert (rows[message.pk].state, rows[message.pk].body) == (Sending.SENT, message.body)
    assert rows[waiting.pk].state == Sending.DISCARDED
    assert not Contact.objects.exists()
    kept = [Message, AuditEntry, HandlingEvent, IntakeItem]
    assert not [model for model in kept if POST in str(list(model.objects.values()))]
    assert how(reply) == "no_address"


def test_an_address_is_kept_and_told_to_nobody_else(hearing, editor):
    received(hearing, "a")
    row = Reply.objects.get()

    confirming.set_address(row, POST, by=editor)
    with pytest.raises(ValidationError):
        confirming.set_address(row, "ingen adresse", by=editor)

    assert Contact.objects.get().email == POST
    assert POST not in str(list(AuditEntry.objects.values()))
    assert how(row) == "not_asked"
