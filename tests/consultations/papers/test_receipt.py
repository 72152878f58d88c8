import datetime as dt
import io

import pypdf
import pytest

from tests.consultations.conftest import incoming
from tests.papers import headings, is_tagged_and_titled, table_heads
from veikart.consultations import receiving, services
from veikart.consultations.models import Hearing, Reply
from veikart.consultations.papers.receipt import grouped, receipt_pdf, size_in_words
from veikart.design.words import THIN_SPACE
from veikart.documents import services as documents
from veikart.plan.consultations import Answer

pytestmark = pytest.mark.django_db

ANSWERS = (
    Answer(question=1, choice="Ja", text="Vi støtter målene.\n\nMen #panic() og $x$."),
    Answer(question=2, goal="mal/1", text="Om det første."),
    Answer(question=7, text="Til et spørsmål som ikke er stilt."),
    Answer(question=None, text="Og til slutt."),
)


def kept(hearing, **more):
    row = services.receive(hearing, incoming("a", **more), by=None).reply
    return Reply.objects.get(pk=row.pk)


def told(reply):
    found = pypdf.PdfReader(io.BytesIO(receipt_pdf(reply)))
    return " ".join(" ".join(page.extract_text() for page in found.pages).split())


@pytest.fixture
def attachment(editor):
    return documents.keep("vedlegg.txt", b"Et vedlegg.", by=editor)


def test_a_receipt_says_what_was_received_when_and_from_whom(hearing, editor, attachment):
    Hearing.objects.update(held_by="Direktoratet for e-helse")
    file = receiving.File(document=attachment, role="attachment")
    reply = kept(hearing, answers=ANSWERS, language="en", files=(file,), wants_initials=True)

    said = told(reply)

    for words in (
        "Receipt for a reply to a hearing",
        "Direktoratet for e-helse",
        "Nasjonal e-helsestrategi",
        "22/414",
        "number 1, version 1",
        "30 September 2022 at 14:00:00",
        "Legemiddelverket",
        "Agency",
        "by initials",
        "vedlegg.txt",
        f"{len('Et vedlegg.')} bytes",
        "Page 1 of 2",
    ):
        assert words in said, words
    assert attachment.sha256 in said.replace(" ", "")
    assert reply.fingerprint in said.replace(" ", "")


def test_all_answers_stand_in_full_and_what_was_not_answered_is_said(hearing):
    long = " ".join(f"Setning nummer {n} om velferdsteknologi." for n in range(2000))
    reply = kept(hearing, answers=(*ANSWERS[2:], Answer(question=1, text=long)), language="en")

    said = told(reply)

    assert said.replace("- ", "").count("Setning nummer") == 2000
    assert "2. Annet? Not answered." in said
    assert "Question 7 Til et spørsmål som ikke er stilt." in said
    assert "Other remarks Og til slutt." in said


def test_what_a_stranger_wrote_is_text(hearing):
    said = told(kept(hearing, answers=ANSWERS, language="en", respondent="#import [x] $ \\ \ue000"))

    assert "Ticked: Ja" in said
    assert "Men #panic() og $x$." in said
    assert "#import [x] $ \\ [U+E000]" in said


def test_a_receipt_is_in_the_language_of_the_reply(hearing):
    first = kept(hearing, language="nn")
    second = kept(hearing, respondent="Helse Nord", language=None)

    assert pypdf.PdfReader(io.BytesIO(receipt_pdf(first))).trailer["/Root"]["/Lang"] == "nn-NO"
    assert pypdf.PdfReader(io.BytesIO(receipt_pdf(second))).trailer["/Root"]["/Lang"] == "nb-NO"


def test_a_receipt_is_read_aloud_in_order_and_its_table_has_heads(hearing, attachment):
    file = receiving.File(document=attachment, role="attachment")
    content = receipt_pdf(kept(hearing, answers=ANSWERS, language="en", files=(file,)))

    is_tagged_and_titled(content, title="Receipt for a reply to a hearing", language="en-GB")
    assert headings(content) == [
        (1, "Fingerprint"),
        (1, "Files received"),
        (1, "The answers"),
        (2, "1. Støtter dere målene?"),
        (2, "2. Annet?"),
        (3, "Goal 1"),
        (2, "Question 7"),
        (2, "Other remarks"),
    ]
    assert table_heads(content) == [["File", "Size", "SHA-256"]]


def test_a_newer_version_after_the_deadline_says_so_and_an_unknown_day_too(hearing):
    kept(hearing, email="a@example.org")
    late = dt.datetime(2022, 10, 5, 8, 0, tzinfo=dt.UTC)
    newer = kept(hearing, email="a@example.org", received_at=late, language="en",
                 answers=ANSWERS)  # fmt: skip
    undated = kept(hearing, respondent="Helse Vest", received_at=None, language="en")

    said = told(newer)

    assert "after the last day for replies, 1 October 2022" in said
    assert "It takes the place of version 1." in said
    assert "the day is not known" in told(undated)


def test_the_same_reply_gives_the_same_bytes(hearing):
    reply = kept(hearing, answers=ANSWERS)

    assert receipt_pdf(reply) == receipt_pdf(Reply.objects.get(pk=reply.pk))


def test_a_receipt_asks_as_little_of_the_database_for_one_file_as_for_three(
    hearing, editor, django_assert_num_queries
):
    files = [
        receiving.File(document=documents.keep(f"{n}.txt", b"%d" % n, by=editor)) for n in range(3)
    ]
    one = kept(hearing, answers=ANSWERS, files=files[:1])
    three = kept(hearing, answers=ANSWERS, files=files, respondent="Helse Nord")

    for reply in (one, three):
        found = Reply.objects.select_related("hearing").get(pk=reply.pk)
        with django_assert_num_queries(3):
            receipt_pdf(found)


def test_a_fingerprint_is_grouped_and_sizes_are_said_as_people_do(hearing):
    assert grouped("0123456789ab") == ["0123", "4567", "89ab"]
    assert size_in_words(340) == "340 bytes"
    assert size_in_words(12_500) == f"12.5{THIN_SPACE}kB"
    assert size_in_words(3_000_000) == f"3{THIN_SPACE}MB"
