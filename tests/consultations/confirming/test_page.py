"""What a respondent sees and says by the link, and what the desk sees and does about it."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.consultations.confirming.steps import POST, REPLY, held, how, link, say, sent, text
from tests.consultations.conftest import HEARING, incoming, received
from veikart.consultations import confirming, services
from veikart.consultations.models import Contact, HandlingEvent, IntakeItem, Reply
from veikart.documents import services as documents
from veikart.engines.handling import actions as do
from veikart.outbox.models import Message
from veikart.plan.consultations import Answer

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.desk_urls")]


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
    points = re.findall(
        r'<li><div class="said"><p>(.*?)</p></div></li>', page.content.decode(), re.DOTALL
    )
    assert points == ["Vi støtter målet.", "Begrepet må forklares."]


def test_the_page_leaves_no_answer_out_that_was_read(hearing, public):
    answers = (
        Answer(question=1, choice="Ja", text="Til det første."),
        Answer(question=1, choice="Nei", text="Og enda en gang."),
        Answer(question=2, goal="mal/3", text="Om mål 3."),
        Answer(question=9, text="Til et spørsmål som ikke er stilt."),
        Answer(question=None, text="Til ingenting."),
    )
    received(hearing, "x", email=POST, answers=answers)

    said = text(public.get(link(Reply.objects.get())))

    for answer in answers:
        assert said.count(answer.text) == 1


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
    with CaptureQueriesContext(connection) as asked:
        desk.get(address)
    before = len(asked)
    for number in (2, 3):
        incoming_now = incoming(
            f"{number}", respondent=f"Nr. {number}", email=f"{number}@example.no"
        )
        confirming.ask(services.receive(hearing, incoming_now, by=None).reply, by=editor)
    desk.get(address)

    with django_assert_num_queries(before):
        desk.get(address)
