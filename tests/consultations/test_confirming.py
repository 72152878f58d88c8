"""A respondent confirms what was read, or says what is wrong, by a link that shows that reply alone."""

import datetime as dt
import html
import re

import pytest
import time_machine
from django.core import signing
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests.consultations.conftest import HEARING, incoming, received
from veikart.consultations import confirming, queries, services
from veikart.consultations.models import Contact, HandlingEvent, IntakeItem, Reply
from veikart.documents import services as documents
from veikart.engines.handling import actions as do
from veikart.outbox import services as outbox
from veikart.outbox.models import Message
from veikart.outbox.models import State as Sending
from veikart.people.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.desk_urls")]

POST = "post@legemiddelverket.example"
REPLY = f"{HEARING}/svar/1"


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"
    settings.ADDRESS = "https://veikart.example.no"


@pytest.fixture
def reply(hearing):
    received(hearing, "Vi støtter målet.", "Mål innbyggere.", email=POST, language="nb")
    return Reply.objects.get(uid=REPLY)


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def public():
    return Client(enforce_csrf_checks=True)


def text(response):
    plain = re.sub(r"<[^>]*>", " ", response.content.decode())
    return " ".join(html.unescape(plain).split())


def link(reply, address=POST):
    return reverse("consultations:confirm", args=[confirming.token_of(reply, address)])


def say(public, address, **given):
    """As a browser sends the form: with the token that the page holds."""
    page = public.get(address)
    csrf = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())
    return public.post(address, {"csrfmiddlewaretoken": csrf[1], **given}, follow=True)


def held(uid=REPLY):
    return queries.state(HEARING).replies[uid]


def how(reply):
    return confirming.standings(queries.state(HEARING), [reply])[reply.uid].how


def sent(message, editor, *, state=Sending.SENT):
    """The message as it stands once it went out."""
    outbox.approve([message.pk], by=editor)
    row = Message.objects.filter(pk=message.pk)
    row.update(state=Sending.SENDING, began_at=dt.datetime.now(dt.UTC))
    at = dt.datetime.now(dt.UTC) if state == Sending.SENT else None
    row.update(state=state, sent_at=at)
    return row.get()


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


# --- The page ---------------------------------------------------------------------------------


def test_the_page_shows_what_was_read_and_nothing_of_others(hearing, reply, public):
    received(hearing, "Noe annet.", respondent="Ola Normann", email="ola@example.no")

    page = public.get(link(reply))

    assert page.status_code == 200
    said = text(page)
    for part in ("Legemiddelverket", "22/414", "Vi støtter målet.", "Mål innbyggere.", "2 points"):
        assert part in said
    assert "Støtter dere målene?" in said
    assert "Ola Normann" not in said
    assert "Noe annet." not in said
    assert POST not in page.content.decode()


def test_the_page_shows_points_as_cut_and_the_files_names(hearing, editor, public):
    document = documents.keep_for_editors("brev.pdf", b"%PDF", by=editor)
    file = services.File(document=document, role="letter", name="Brev fra oss.pdf")
    received(hearing, "Vi støtter målet. Begrepet må forklares.", email=POST, files=(file,))
    services.split(hearing, f"{REPLY}/punkt/1", places=[18], by=editor)

    page = public.get(link(Reply.objects.get()))

    assert "Brev fra oss.pdf" in text(page)
    assert document.sha256 not in page.content.decode()
    points = re.findall(r'<li><div class="said"><p>(.*?)</p></div></li>', page.content.decode(), re.DOTALL)
    assert points == ["Vi støtter målet.", "Begrepet må forklares."]


def test_the_respondent_sees_words_that_the_public_does_not(hearing, reply, editor, public):
    withheld = do.Withheld(words="innbyggere", basis="other", reason="Prøve")
    services.act(
        hearing,
        do.Clear(reply=REPLY, version=1, shown_as="Legemiddelverket", withheld=(withheld,)),
        by=editor,
    )

    assert "Mål innbyggere." in text(public.get(link(reply)))


def test_nobody_keeps_the_page_or_learns_its_address(reply, public):
    for address in (link(reply), reverse("consultations:confirm", args=["ingen"])):
        page = public.get(address)
        assert page["Cache-Control"] == "private, no-store"
        assert page["X-Robots-Tag"] == "noindex, nofollow"
        assert page["Referrer-Policy"] == "strict-origin"
        assert '<meta name="robots" content="noindex, nofollow">' in page.content.decode()


def test_looking_changes_nothing_also_for_programs_that_follow_links(reply, public):
    before = HandlingEvent.objects.count()

    for verb in ("ja", "feil"):
        public.get(link(reply), {"verb": verb, "said": "x"})
        public.head(link(reply))

    assert HandlingEvent.objects.count() == before
    assert public.post(link(reply), {"verb": "ja"}).status_code == 403
    assert Client().put(link(reply)).status_code == 405
    assert HandlingEvent.objects.count() == before


def test_a_respondent_confirms(reply, public):
    page = say(public, link(reply), verb="ja")

    assert "It was confirmed 20 October 2022 that this is what you sent." in text(page)
    assert held().confirmed_at is not None
    assert how(reply) == "confirmed"
    event = HandlingEvent.objects.latest("no")
    assert (event.verb, event.by, event.by_name) == ("confirm_reply", None, None)


def test_confirming_twice_changes_nothing(reply, public):
    say(public, link(reply), verb="ja")
    before = HandlingEvent.objects.count()

    page = say(public, link(reply), verb="ja")

    assert page.status_code == 200
    assert HandlingEvent.objects.count() == before


def test_a_respondent_says_what_is_wrong_and_a_person_is_told(reply, public, desk):
    page = say(public, link(reply), verb="feil", said="Siste side mangler.\nSe vedlegget.")

    assert "You told us 20 October 2022 that something is wrong: Siste side mangler." in text(page)
    assert held().objection.said == "Siste side mangler.\nSe vedlegget."
    (item,) = IntakeItem.objects.filter(code="respondent_objects")
    assert (item.reply, item.hearing_id) == (reply, HEARING)
    shown = text(desk.get(reverse("consultations:hearing", args=["22-414"])))
    assert "the respondent says that something was read wrong: “Siste side mangler." in shown
    assert "For 1 reply the sender says that something is wrong." in shown
    assert "says that something is wrong" in shown


def test_what_is_wrong_must_be_said_and_nothing_typed_is_lost(reply, public):
    empty = say(public, link(reply), verb="feil", said="  ")
    long = say(public, link(reply), verb="feil", said="x" * 5001)

    assert (empty.status_code, long.status_code) == (422, 422)
    assert "Say what is wrong, so that we can mend it." in text(empty)
    assert "x" * 5001 in long.content.decode()
    assert held().objection is None


def test_what_a_respondent_says_is_shown_and_never_run(reply, public, desk):
    say(public, link(reply), verb="feil", said="<script>alert(1)</script>")

    addresses = [
        link(reply),
        reverse("consultations:reply", args=["22-414", 1]),
        reverse("consultations:hearing", args=["22-414"]),
        reverse("consultations:log", args=["22-414"]),
    ]
    for address in addresses:
        assert "<script>alert" not in desk.get(address).content.decode()


def test_who_objected_can_confirm_once_it_is_mended(reply, public, editor):
    say(public, link(reply), verb="feil", said="Feil")
    assert how(reply) == "objected"

    confirming.ask(reply, by=editor)
    say(public, link(reply), verb="ja")

    assert (held().objection, how(reply)) == (None, "confirmed")


def test_objections_do_not_come_without_end(reply, public, monkeypatch):
    monkeypatch.setattr(confirming, "MOST_OBJECTIONS", 2)
    for number in range(2):
        say(public, link(reply), verb="feil", said=f"Feil {number}")

    page = say(public, link(reply), verb="feil", said="Enda en")

    assert page.status_code == 422
    assert "So many messages came by this link that no more are taken." in text(page)
    assert held().objection.said == "Feil 1"


def test_the_desk_undoes_what_a_respondent_said(reply, public, desk):
    say(public, link(reply), verb="ja")
    no = HandlingEvent.objects.latest("no").no

    desk.post(reverse("consultations:undo", args=["22-414"]), {"event": no})

    assert held().confirmed_at is None


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


# --- The desk ---------------------------------------------------------------------------------


def act(desk, verb, **given):
    address = reverse("consultations:confirm-reply", args=["22-414", 1, verb])
    return desk.post(address, given, follow=True)


def test_the_desk_asks_and_shows_how_far_it_is(reply, desk, editor):
    first = text(desk.get(reverse("consultations:reply", args=["22-414", 1])))
    asked = text(act(desk, "be"))
    again = text(act(desk, "be"))
    sent(Message.objects.get(), editor)
    after = text(desk.get(reverse("consultations:reply", args=["22-414", 1])))

    assert "They have not been asked." in first
    assert "The question is in the outbox. It is sent when somebody has approved it there." in asked
    assert "The question is in the outbox already. Approve it there." in again
    assert "They were asked 20 October 2022, and have not answered. See the message" in after


def test_the_desk_notes_a_confirmation_that_came_in_another_way(reply, desk, editor):
    page = act(desk, "pa-ord")

    assert "Yes, 20 October 2022." in text(page)
    assert HandlingEvent.objects.latest("no").by == editor
    assert "It is so already; nothing was changed." in text(act(desk, "pa-ord"))


def test_the_desk_keeps_and_deletes_an_address(hearing, desk):
    received(hearing, "a")

    assert "Write one address" in text(act(desk, "adresse", email="nei"))
    assert "Write an address" in text(act(desk, "adresse"))
    assert f"Address: {POST}" in text(act(desk, "adresse", email=POST))
    assert "No address is known of who sent it." in text(act(desk, "slett-adresse"))
    assert (
        desk.post(
            reverse("consultations:confirm-reply", args=["22-414", 1, "noe-annet"])
        ).status_code
        == 404
    )


def test_the_desk_asks_all_of_a_hearing_and_deletes_all_addresses(hearing, reply, desk):
    received(hearing, "b", respondent="To", email="to@example.no")
    hearing_page = reverse("consultations:hearing", args=["22-414"])

    assert "Ask the 2 who were not asked" in text(desk.get(hearing_page))
    page = desk.post(reverse("consultations:confirm-all", args=["22-414"]), follow=True)
    assert "2 messages are in the outbox." in text(page)
    assert "2 questions are in the outbox." in text(desk.get(hearing_page))
    page = desk.post(reverse("consultations:forget-all", args=["22-414"]), follow=True)
    assert "2 addresses are deleted." in text(page)
    assert Contact.objects.count() == 0


def test_a_reader_and_a_stranger_do_nothing(client, reply, reader):
    addresses = [
        *(reverse("consultations:confirm-reply", args=["22-414", 1, v]) for v in ("be", "pa-ord")),
        reverse("consultations:confirm-all", args=["22-414"]),
        reverse("consultations:forget-all", args=["22-414"]),
    ]

    assert [client.post(each).status_code for each in addresses] == [302] * 4
    client.force_login(reader)
    assert [client.post(each).status_code for each in addresses] == [403] * 4
    assert (Message.objects.count(), Contact.objects.count(), how(reply)) == (0, 1, "not_asked")


def test_the_hearing_asks_as_much_for_one_reply_as_for_three(
    hearing, reply, desk, editor, django_assert_num_queries
):
    address = reverse("consultations:hearing", args=["22-414"])
    confirming.ask(reply, by=editor)
    desk.get(address)
    with django_assert_num_queries(17):
        desk.get(address)
    for number in (2, 3):
        incoming_now = incoming(
            f"{number}", respondent=f"Nr. {number}", email=f"{number}@example.no"
        )
        confirming.ask(services.receive(hearing, incoming_now, by=None).reply, by=editor)
    desk.get(address)

    with django_assert_num_queries(17):
        desk.get(address)
