"""What comes back to a message of ours is no new version of a reply; a person reads it."""

import datetime as dt
from email.message import EmailMessage

import pytest

from tests.consultations.conftest import received
from tests.engines.readers.reply_forms import FORM, docx_form, mail
from veikart.consultations import confirming, queries, services
from veikart.consultations.models import IntakeItem, KeptMessage, Reply
from veikart.consultations.taking_in import Terms, take_in
from veikart.outbox import sending

pytestmark = pytest.mark.django_db

FISH = "horing/24-1001"
KARI = "kari@kystlaget.example"
TERMS = Terms(by=None, received_at=dt.datetime(2022, 9, 20, tzinfo=dt.UTC))


@pytest.fixture
def asked(editor):
    """The question that Kari was asked, about her reply."""
    questions = [
        {"no": no, "text": each.text, "kind": "choice" if each.labels else "text",
         "choices": list(each.labels)}
        for no, each in enumerate(FORM.questions, start=1)
    ]  # fmt: skip
    values = {"title": "Fiskestrategi", "case_number": "24/1001", "questions": questions,
              "opens_on": "2022-09-01", "closes_on": "2022-11-01"}  # fmt: skip
    services.put("hearing", FISH, values, by=editor)
    received(FISH, "Tenn fyrene.", case_number="24/1001", respondent="Kari Nordmann", email=KARI)
    return confirming.ask(Reply.objects.get(), by=editor)


def points():
    return [queries.state(FISH).text_of(point) for point in queries.state(FISH).standing()]


def test_an_answer_in_words_lapses_no_point_and_is_listed(asked):
    answer = mail(
        body="Takk! Det stemmer at vi foreslår å tenne fyrene i sak 24/1001.",
        **{"In-Reply-To": asked.message_id, "Message-ID": "<2@x>"},
    )

    taken, again = take_in("svar.eml", answer, TERMS), take_in("svar.eml", answer, TERMS)

    (item,) = IntakeItem.objects.all()
    assert (taken.replies, again.replies) == ([], [])
    assert (item.code, item.reply.uid) == ("about_ours", f"{FISH}/svar/1")
    assert (item.params["to"], item.params["about"]) == ("Kari Nordmann", f"{FISH}/svar/1")
    assert points() == ["Tenn fyrene."]
    assert KeptMessage.objects.count() == 1


def test_an_answer_that_brings_a_form_is_a_new_version_and_is_listed(asked):
    answer = mail(("svar.docx", docx_form()), References=asked.message_id)

    taken = take_in("svar.eml", answer, TERMS)

    assert [reply.channel for reply in taken.replies] == ["email"]
    assert "about_ours" in {item.code for item in taken.items}


def test_what_cannot_be_delivered_comes_back_and_is_listed_once(asked):
    ours = sending.composed(asked).message().as_bytes()
    report = EmailMessage()
    report["From"] = "Mail Delivery System <MAILER-DAEMON@mail.example.no>"
    report["To"] = "horing@example.no"
    report["Subject"] = "Undelivered Mail Returned to Sender"
    report["Date"] = "Mon, 12 Sep 2022 14:03:00 +0200"
    report["Message-ID"] = "<3@mail.example.no>"
    report.set_content(f"The mail to <{KARI}> could not be delivered. Case 24/1001.")
    whole = bytes(report).replace(b"\n\n", b"\nX-Original: yes\n\n", 1) + b"\n" + ours

    taken = take_in("retur.eml", whole, TERMS)

    assert [item.code for item in taken.items] == ["about_ours"]
    assert taken.replies == []
    assert points() == ["Tenn fyrene."]


def test_our_own_message_is_no_reply(asked):
    ours = sending.composed(asked).message().as_bytes()

    taken = take_in("kopi.eml", ours, TERMS)

    assert (taken.replies, taken.items) == ([], [])
    assert KeptMessage.objects.count() == 1


def test_a_message_that_names_none_of_ours_is_a_reply_as_before(asked):
    unknown = "<utboks." + "0" * 32 + "@veikart.example.no>"
    answer = mail(body="Vi foreslår at havnene får strøm før vinteren.", References=unknown)

    taken = take_in("svar.eml", answer, TERMS)

    assert len(taken.replies) == 1
