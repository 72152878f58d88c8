"""Taking replies in: each is kept, matched to its hearing and received once; all else needs a person."""

import datetime as dt
import email.policy
import mailbox
from email import message_from_bytes

import pytest
from django.utils import timezone

from tests.consultations.conftest import HEARING
from tests.engines.readers.files import docx_file, pdf_file
from tests.engines.readers.reply_forms import FORM, changed, docx_form, mail, text_form
from tests.engines.readers.scanned import scanned
from veikart.adapters import recognition
from veikart.consultations import queries, services, taking_in
from veikart.consultations.models import Contact, IntakeItem, KeptMessage, Reply
from veikart.consultations.taking_in import Terms
from veikart.documents import queries as documents
from veikart.documents.models import Document
from veikart.engines.anchors.targets import Target
from veikart.engines.handling.settling import counts
from veikart.people.models import AuditEntry

pytestmark = pytest.mark.django_db

FISH = "horing/24-1001"
LETTER = """Havna kommune

Høringssvar om strøm i havnene

Vi foreslår at havnene får strøm før vinteren kommer til kysten.

Med vennlig hilsen
Havna kommune
"""


@pytest.fixture
def fish(editor):
    """The hearing that the forms of these tests are for; open on the day of the tests."""
    return put_hearing(FISH, "24/1001", editor)


def put_hearing(uid, case_number, editor, *, asks=FORM.questions, **days):
    questions = [
        {
            "no": no,
            "text": each.text,
            "kind": "choice" if each.labels else "text",
            "choices": list(each.labels),
        }
        for no, each in enumerate(asks, start=1)
    ]
    days = {"opens_on": "2022-09-01", "closes_on": "2022-11-01", **days}
    values = {"title": "Fiskestrategi", "case_number": case_number, "questions": questions, **days}
    services.put("hearing", uid, values, by=editor)
    return uid


def take_in(name, content, **more):
    terms = {"by": None, "received_at": timezone.now(), **more}
    return taking_in.take_in(name, content, Terms(**terms))


def listed():
    """What needs a person: code and the name of the file."""
    return sorted((row.code, row.params.get("name")) for row in queries.needing_a_person())


def points(uid):
    state = queries.state(uid.rpartition("/svar/")[0])
    return [state.text_of(point) for point in state.standing() if point.uid.startswith(uid)]


# --- What is received -------------------------------------------------------------------------


@pytest.mark.parametrize("made", [text_form, docx_form])
def test_a_form_becomes_a_reply_in_the_hearing_of_its_case(fish, hearing, made):
    content = made()

    taken = take_in("svar.docx", content)

    (reply,) = taken.replies
    assert (reply.uid, reply.respondent, reply.channel) == (f"{FISH}/svar/1", "Kystlaget", "hand")
    assert reply.answers[0]["question"] == 1
    assert reply.answers[0]["choice"] == "Ja, utdyp gjerne"
    assert {answer["question"] for answer in reply.answers} == {1, 2}
    assert len(points(reply.uid)) == 5
    file = reply.files.get()
    assert (file.role, documents.content(file.document)) == ("form", content)
    assert taken.items == []


def test_points_tell_where_in_which_file_they_stand_and_what_they_may_be_about(fish):
    target = Target(uid="mal/2", kind="strategic_goal", label="2", title="Flere folk i båtene")

    (reply,) = take_in("svar.txt", text_form(), targets=(target,)).replies

    point = queries.state(FISH).points[f"{reply.uid}/punkt/5"]
    original = queries.state(FISH).originals[point.uid]
    assert original.found_at.file == reply.files.get().document.sha256
    assert [anchor.uid for anchor in original.anchors] == ["mal/2"]
    assert {anchor.source for anchor in original.anchors} == {"reader"}


def test_what_came_is_for_editors_alone(fish):
    take_in("svar.txt", text_form())
    take_in("svar.eml", mail(("brev.txt", LETTER.encode())))

    assert set(Document.objects.values_list("visibility", flat=True)) == {"editors"}


def test_an_email_gives_one_reply_with_all_its_files(fish):
    content = mail(("svar.docx", docx_form()), ("logo.png", b"\x89PNG"), ("brev.txt", b"Vedlegg"))

    taken = take_in("svar.eml", content)

    (reply,) = taken.replies
    assert reply.received_at == dt.datetime(2022, 9, 12, 12, 3, tzinfo=dt.UTC)
    assert reply.channel == "email"
    assert Contact.objects.get(reply=reply).email == "kari@kystlaget.example"
    assert sorted((file.role, file.name) for file in reply.files.all()) == [
        ("attachment", "brev.txt"),
        ("attachment", "logo.png"),
        ("form", "svar.docx"),
        ("message", "Svar på høring, sak 24-1001.eml"),
    ]


def test_an_email_without_documents_is_itself_the_reply(fish):
    body = "Vi foreslår at fyrene tennes tidligere om høsten langs hele kysten."

    (reply,) = take_in("svar.eml", mail(body=body)).replies

    assert (reply.respondent, points(reply.uid)) == ("Kari Nordmann", [body])


def test_an_html_mail_is_read_as_text_and_nothing_in_it_is_kept_as_markup(fish):
    html = "<script>alert(1)</script><p>Vi foreslår at fyrene tennes tidligere om høsten.</p>"
    message = message_from_bytes(mail(), policy=email.policy.default)
    message.set_content(html, subtype="html")

    (reply,) = take_in("svar.eml", message.as_bytes()).replies

    assert points(reply.uid) == ["Vi foreslår at fyrene tennes tidligere om høsten."]


def test_a_forwarded_reply_is_its_own_senders(fish):
    inner = mail(("svar.docx", docx_form()), **{"From": "ola@laget.example", "Message-ID": "<2@x>"})
    outer = mail(("videresendt.eml", inner), From="arkiv@etat.example")

    (reply,) = take_in("svar.eml", outer).replies

    assert Contact.objects.get(reply=reply).email == "ola@laget.example"


def test_of_a_mailbox_the_newest_version_holds_and_all_are_kept(fish, tmp_path):
    box = mailbox.mbox(tmp_path / "inn.mbox")
    newer = changed(3, answer=("Kystlaget ønsker at oppfølgingen skjer hvert år fremover.",))
    for number, form, day in ((2, newer, "13"), (1, FORM, "12")):
        head = {"Message-ID": f"<{number}@x>", "Date": f"Mon, {day} Sep 2022 14:03:00 +0200"}
        box.add(mail(("svar.docx", docx_form(form)), **head))
    box.close()

    taken = take_in("inn.mbox", (tmp_path / "inn.mbox").read_bytes())

    assert [(reply.uid, reply.version) for reply in taken.replies] == [
        (f"{FISH}/svar/1", 1),
        (f"{FISH}/svar/1", 2),
    ]
    assert len(points(f"{FISH}/svar/1")) == 6
    assert counts(queries.state(FISH)).lapsed == 5
    assert [item.code for item in taken.items] == ["new_version"]


def test_one_address_can_send_the_replies_of_several(fish):
    first = mail(("a.txt", LETTER.encode()), **{"Message-ID": "<1@x>"})
    other = LETTER.replace("Havna", "Fjorden").encode()
    second = mail(("a.txt", other), **{"Message-ID": "<2@x>"})

    taken = [reply for one in (first, second) for reply in take_in("x.eml", one).replies]

    assert [(reply.respondent, reply.version) for reply in taken] == [
        ("Havna kommune", 1),
        ("Fjorden kommune", 1),
    ]


# --- Which hearing ----------------------------------------------------------------------------


def without_case(content):
    return content.replace(b"Saksnummer 24/1001", b"")


def test_a_form_without_a_case_number_is_known_by_its_questions(fish, hearing):
    (reply,) = take_in("svar.txt", without_case(text_form())).replies

    assert reply.hearing_id == FISH


def test_a_letter_is_for_the_only_hearing_that_was_open_and_a_person_looks(fish, editor):
    put_hearing(HEARING, "22/414", editor, opens_on="2021-01-01", closes_on="2021-03-01")

    taken = take_in("brev.txt", LETTER.encode())

    assert [reply.hearing_id for reply in taken.replies] == [FISH]
    assert listed() == [("hearing_guessed", "brev.txt")]


def test_a_letter_that_may_be_for_several_waits_for_a_person(fish, hearing):
    taken = take_in("brev.txt", LETTER.encode())

    assert (taken.replies, listed()) == ([], [("several_hearings", "brev.txt")])
    assert taken.items[0].params["hearings"] == f"{HEARING}, {FISH}"


def test_the_hearing_can_be_named(fish, hearing):
    in_time = dt.datetime(2022, 9, 30, tzinfo=dt.UTC)

    taken = take_in("brev.txt", LETTER.encode(), hearing=HEARING, received_at=in_time)

    (reply,) = taken.replies

    assert (reply.hearing_id, listed()) == (HEARING, [])


# --- What needs a person ----------------------------------------------------------------------

BAD = {
    "not_read": (b"MZ\x90\x00\x03\x00", "ond.pdf"),
    "no_case_number": (LETTER.encode(), "brev.txt"),
    "no_hearing": (text_form(), "svar.txt"),
}


@pytest.mark.parametrize("code", BAD)
def test_what_cannot_be_received_is_kept_and_listed_once(code):
    content, name = BAD[code]

    take_in(name, content)
    taken = take_in(name, content)

    assert not Reply.objects.exists()
    (item,) = IntakeItem.objects.all()
    assert (item.code, documents.content(item.document)) == (code, content)
    assert [one.pk for one in taken.items] == [item.pk]


def test_an_encrypted_attachment_costs_itself_and_not_the_reply(fish):
    office = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)
    content = mail(("hemmelig.docx", office), ("svar.docx", docx_form()))

    taken = take_in("svar.eml", content)

    assert len(taken.replies) == 1
    assert listed() == [("not_read", "hemmelig.docx")]
    assert "password" in taken.items[0].params["problem"]


def test_a_mail_whose_only_document_cannot_be_read_is_no_reply(fish):
    taken = take_in("svar.eml", mail(("svar.pdf", b"%PDF-1.7 broken")))

    assert (taken.replies, listed()) == ([], [("not_read", "svar.pdf")])
    assert KeptMessage.objects.count() == 1


def test_a_form_for_another_case_than_the_hearing_that_is_named(hearing):
    taken = take_in("svar.txt", text_form(), hearing=HEARING)

    assert (taken.replies, listed()) == ([], [("another_case", "svar.txt")])


def test_a_reply_after_the_deadline_is_received_and_marked(fish):
    late = timezone.now() + dt.timedelta(days=30)

    (reply,) = take_in("svar.txt", text_form(), received_at=late).replies

    assert reply.after_deadline
    assert [code for code, _name in listed()] == ["after_deadline"]


def test_the_same_form_from_the_same_respondent_is_known_again_whatever_it_is_called(fish):
    take_in("svar.txt", text_form())

    again = take_in("svar kopi.txt", text_form())
    mailed = take_in("svar.eml", mail(("svar.txt", text_form())))

    assert Reply.objects.count() == 1
    assert [item.code for item in (*again.items, *mailed.items)] == ["same_reply", "same_reply"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("svar.txt", text_form()), ("brev.pdf", pdf_file(LETTER)), ("svar.eml", mail())],
)
def test_taking_the_same_in_again_changes_nothing(fish, name, content):
    first = take_in(name, content)
    before = (IntakeItem.objects.count(), AuditEntry.objects.count(), Document.objects.count())

    again = take_in(name, content)

    assert len(first.replies) == 1
    assert (again.replies, again.items, again.same) == ([], [], 1)
    after = (IntakeItem.objects.count(), AuditEntry.objects.count(), Document.objects.count())
    assert after == before


def test_a_message_that_came_another_way_is_the_same_message(fish):
    content = mail(("svar.docx", docx_form()))
    take_in("a.eml", content)

    again = take_in("b.eml", b"Received: from mx.example by in.example; now\r\n" + content)

    assert (again.same, KeptMessage.objects.count(), Reply.objects.count()) == (1, 1, 1)


def test_a_message_that_reuses_a_number_but_says_something_else_is_another(fish):
    take_in("a.eml", mail(body="Vi foreslår at fyrene tennes tidligere om høsten."))

    other = take_in("b.eml", mail(body="Vi foreslår at fyrene tennes senere om høsten."))

    assert len(other.replies) == 1
    assert KeptMessage.objects.count() == 2


def test_what_waited_for_its_hearing_is_received_once_it_is_there(editor):
    take_in("svar.txt", text_form())
    put_hearing(FISH, "24/1001", editor)

    taken = take_in("svar.txt", text_form())

    assert len(taken.replies) == 1


def test_a_scan_waits_until_it_can_be_recognised(fish, monkeypatch):
    content = scanned(pdf_file(LETTER))
    with monkeypatch.context() as without:
        without.setattr(recognition.shutil, "which", lambda _program: None)

        waiting = take_in("brev.pdf", content)

    assert (waiting.replies, listed()) == ([], [("waits_for_recognition", "brev.pdf")])
    if (why := recognition.why_not()) is not None:
        pytest.skip(f"The scan waited as it should; the rest needs Tesseract. {why}")
    (reply,) = take_in("brev.pdf", content).replies
    assert reply.is_scanned
    assert ("read_with_doubt", "brev.pdf") in listed()


def test_a_document_of_another_kind_is_not_a_reply(fish):
    table = "Mål 1: Fisk\n\nBeskrivelse"
    content = mail(("notat.docx", docx_file(table)), ("svar.docx", docx_form()))

    taken = take_in("svar.eml", content)

    assert len(taken.replies) == 1
    assert taken.replies[0].files.count() == 3
