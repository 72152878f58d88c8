"""From the start page to the receipt, without JavaScript, as a stranger."""

import html
import re

import pytest

from tests.consultations.answering.conftest import GOOD, START
from veikart.consultations import queries
from veikart.consultations.answering.sending import is_changed
from veikart.consultations.confirming import forget_addresses
from veikart.consultations.models import Contact, IntakeItem, Reply, ReplyDraft
from veikart.consultations.originals import sheets
from veikart.documents import queries as documents

pytestmark = pytest.mark.django_db
TEXTS = {
    "q1_choice": "Ja",
    "q1_text": "Vi foreslår at målene følges opp hvert år.\n\nHvordan skal det finansieres?",
    "q2_mal_3": "Vi er bekymret for at kommunene ikke får tilgang til egne helsedata.",
    "q3_text": "- Vi ber om at indikator 1.4 teller innbyggere framfor kommuner.\n- Vi foreslår at alle rapporterer bare én gang.",
}


def text(answer):
    """The words of a page, with single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_what_is_sent_becomes_a_reply_with_answers_points_and_anchors(write, send, editor):
    write(**TEXTS, email="post@kommune.example.no")

    page = send()

    reply = Reply.objects.get()
    assert (reply.uid, reply.version, reply.channel) == ("horing/22-414/svar/1", 1, "web")
    assert (reply.respondent, reply.kind_of_respondent) == ("Kløveråsen kommune", "municipality")
    assert (reply.language, reply.after_deadline) == ("nb", False)
    assert reply.answers == [
        {"question": 1, "goal": None, "choice": "Ja", "text": TEXTS["q1_text"]},
        {"question": 2, "goal": "mal/3", "choice": None, "text": TEXTS["q2_mal_3"]},
        {"question": 3, "goal": None, "choice": None, "text": TEXTS["q3_text"]},
    ]
    points = list(queries.state(reply.hearing_id).originals.values())
    assert [(point.question, point.goal, point.kind, point.text) for point in points] == [
        (1, None, "proposal", "Vi foreslår at målene følges opp hvert år."),
        (1, None, "question", "Hvordan skal det finansieres?"),
        (2, "mal/3", "concern", TEXTS["q2_mal_3"]),
        (3, None, "proposal", "Vi ber om at indikator 1.4 teller innbyggere framfor kommuner."),
        (3, None, "proposal", "Vi foreslår at alle rapporterer bare én gang."),
    ]
    assert [anchor.uid for anchor in points[2].anchors] == ["mal/3"]
    assert points[2].anchors[0].reason == "section: Mål 3: Helsedata til fornying"
    assert Contact.objects.get().email == "post@kommune.example.no"
    assert "Your reply is received It is number 1 in this hearing" in text(page)
    assert reply.fingerprint in text(page)


def test_the_place_of_each_point_is_in_the_file_that_is_kept(write, send):
    write(**TEXTS)
    send()

    reply = Reply.objects.get()
    (file,) = reply.files.all()
    (sheet,) = sheets(file.document)
    points = list(queries.state(reply.hearing_id).originals.values())
    assert file.role == "form"
    assert [sheet.text[p.found_at.start : p.found_at.end] for p in points] == [
        point.text for point in points
    ]
    assert {point.found_at.file for point in points} == {file.document.sha256}


def test_the_file_holds_who_and_every_word_and_no_address(write, send):
    write(**TEXTS, email="post@kommune.example.no")
    send()

    kept = documents.content(Reply.objects.get().files.get().document).decode()
    assert kept == (
        "Svar på: Nasjonal e-helsestrategi\nSaksnummer: 22/414\nFra: Kløveråsen kommune\n"
        "Slag: Kommune\n\n"
        "1) Støtter dere målene?\n☒ Ja\n☐ Nei\n\n"
        "Vi foreslår at målene følges opp hvert år.\n\nHvordan skal det finansieres?\n\n"
        "2) Hva mener dere om hvert mål?\n\nMål 3: Helsedata til fornying\n\n"
        "Vi er bekymret for at kommunene ikke får tilgang til egne helsedata.\n\n"
        "3) Annet?\n\n"
        "- Vi ber om at indikator 1.4 teller innbyggere framfor kommuner.\n- Vi foreslår at alle rapporterer bare én gang.\n"
    )


def test_nothing_is_received_before_it_is_sent(client, write, link):
    write(verb="review", **TEXTS)

    page = client.get(f"{link}se-over/")

    assert "It is not sent yet." in text(page)
    assert TEXTS["q2_mal_3"] in text(page)
    assert not Reply.objects.exists()
    assert not IntakeItem.objects.exists()


def test_sending_needs_that_the_terms_are_read(client, write, link):
    write(**TEXTS)

    page = client.post(f"{link}se-over/", {})

    assert page.status_code == 422
    assert "Tick that you have read" in text(page)
    assert not Reply.objects.exists()


def test_the_receipt_and_the_form_are_given_out_as_files(client, write, send, link):
    write(**TEXTS)
    before = client.get(f"{link}kvittering.pdf")
    send()

    receipt, form = client.get(f"{link}kvittering.pdf"), client.get(f"{START}skjema.docx")

    assert before.url == f"{link}se-over/"
    assert (receipt["Content-Type"], receipt.content[:5]) == ("application/pdf", b"%PDF-")
    assert "kvittering-22-414-1-1.pdf" in receipt["Content-Disposition"]
    assert form.content.startswith(b"PK")
    assert "svar-22-414.docx" in form["Content-Disposition"]


def test_a_receipt_that_cannot_be_set_says_what_to_do(client, write, send, link, monkeypatch):
    def fails(reply):
        raise FileNotFoundError("no fonts")

    monkeypatch.setattr("veikart.consultations.answering.views.receipt_pdf", fails)
    write(**TEXTS)
    send()

    page = client.get(f"{link}kvittering.pdf", follow=True)

    assert "Print this page instead." in text(page)
    assert "It is number 1 in this hearing" in text(page)


def test_a_hearing_that_asks_nothing_has_no_form_as_file(client, asking):
    asking.questions.all().delete()

    assert client.get(f"{START}skjema.docx").status_code == 404
    assert "skjema.docx" not in client.get(START).content.decode()


def test_the_same_sent_twice_is_one_reply_and_the_receipt_is_shown_again(write, send):
    write(**TEXTS)
    send()

    again = send()

    assert Reply.objects.count() == 1
    assert "Exactly this was received before." in text(again)
    assert "It is number 1 in this hearing" in text(again)


def test_a_change_by_the_same_link_is_a_new_version(client, write, send, link):
    write(**TEXTS)
    send()
    write(**TEXTS | {"q3_text": "Vi har ombestemt oss om dette."})

    assert "You have changed something since" in text(client.get(f"{link}kvittering/"))
    send()

    versions = Reply.objects.order_by("version")
    assert [(reply.no, reply.version) for reply in versions] == [(1, 1), (1, 2)]
    assert versions[1].answers[-1]["text"] == "Vi har ombestemt oss om dette."


def test_going_back_to_the_first_words_is_a_third_version(write, send):
    write(**TEXTS)
    send()
    write(**TEXTS | {"q3_text": "Noe helt annet enn det første."})
    send()

    write(**TEXTS)
    send()

    newest = Reply.objects.order_by("-version").first()
    assert (newest.version, newest.answers[-1]["text"]) == (3, TEXTS["q3_text"])


def test_the_words_of_another_reply_give_no_key_to_it(client, write, send, link):
    write(**TEXTS)
    send()
    other = client.post(START).url
    write(other, **TEXTS)

    page = send(other)

    assert "This reply was received before" in text(page)
    assert Reply.objects.count() == 1
    write(other, **TEXTS | {"q3_text": "Nå tar jeg over svaret deres."})
    send(other)
    assert [(reply.no, reply.version) for reply in Reply.objects.order_by("no")] == [(1, 1), (2, 1)]


def test_nobody_takes_the_place_of_an_organisation_by_using_its_name(client, write, send, link):
    write(**TEXTS)
    send()
    other = client.post(START).url
    write(other, **TEXTS | {"q1_choice": "Nei"})

    send(other)

    assert [(reply.no, reply.version) for reply in Reply.objects.order_by("no")] == [(1, 1), (2, 1)]
    assert IntakeItem.objects.get().code == "maybe_newer"


def test_a_private_person_may_ask_for_initials(write, send):
    write(**TEXTS, who="person", name="Kari Kløver", kind="", initials="on")
    send()

    reply = Reply.objects.get()
    assert (reply.kind_of_respondent, reply.wants_initials) == ("private_person", True)


def test_an_organisation_cannot_ask_for_initials(write, send):
    write(**TEXTS, initials="on")
    send()

    assert Reply.objects.get().wants_initials is False


def test_a_reply_after_the_deadline_is_received_and_marked_and_told(
    client, write, send, link, clock
):
    write(**TEXTS)
    clock.move_to("2022-10-02T08:00:00Z")

    assert "will be received and marked as late" in text(client.get(f"{link}se-over/"))
    page = send()

    assert Reply.objects.get().after_deadline is True
    assert IntakeItem.objects.get().code == "after_deadline"
    assert "is marked as late" in text(page)


def test_what_was_sent_is_not_changed_after_the_deadline(write, send, clock):
    write(**TEXTS)
    send()
    clock.move_to("2022-10-02T08:00:00Z")
    write(**TEXTS | {"q3_text": "Et nytt og mye senere svar på dette."})

    page = send()

    assert page.status_code == 409
    assert Reply.objects.count() == 1


def test_long_after_the_deadline_nothing_is_taken(write, send, clock):
    write(**TEXTS)
    clock.move_to("2022-11-02T08:00:00Z")

    page = send()

    assert page.status_code == 409
    assert "replies are not taken any more" in text(page)
    assert not Reply.objects.exists()


def test_an_address_that_the_desk_deletes_is_gone_from_the_draft_too(write, send, editor):
    write(**TEXTS, email="post@kommune.example.no")
    send()

    forget_addresses([Reply.objects.get().uid], by=editor)

    draft = ReplyDraft.objects.select_related("reply").get()
    assert "email" not in draft.content
    assert draft.content["q3-text"] == TEXTS["q3_text"]
    assert not Contact.objects.exists()
    assert not is_changed(draft)


def test_what_was_deleted_is_gone_and_what_was_sent_stays(client, write, send, link):
    write(**TEXTS)
    send()

    client.post(f"{link}slett/")

    draft = ReplyDraft.objects.get()
    assert (draft.content, draft.files.count()) == ({}, 0)
    assert client.get(link).status_code == 404
    assert Reply.objects.count() == 1


def test_the_desk_sees_a_reply_only_when_it_is_sent(client, write, send, link, editor):
    write(**GOOD_TYPED)
    client.force_login(editor)

    before = text(client.get("/en/arbeid/horinger/22-414/"))
    send()
    after = text(client.get("/en/arbeid/horinger/22-414/"))

    assert "Kløveråsen" not in before
    assert "Kløveråsen kommune" in after


GOOD_TYPED = {name.replace("-", "_"): said for name, said in GOOD.items()}
