"""What is wrong with what comes in gets a clear message, and nothing that was written is lost."""

import html
import io
import re
import zipfile
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.consultations.answering.conftest import GOOD, START, VERSION
from veikart.consultations import queries
from veikart.consultations.answering import throttling
from veikart.consultations.answering.asking import Asked, AskedText
from veikart.consultations.answering.attaching import name_of
from veikart.consultations.answering.completing import lacks
from veikart.consultations.answering.limits import MOST_TYPED
from veikart.consultations.models import DraftFile, IntakeItem, Reply, ReplyDraft
from veikart.documents import queries as documents

pytestmark = pytest.mark.django_db
LONG = "Vi mener at dette er viktig. " * 7000
"""203,000 characters."""


def page_of(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def typed_back(answer, field):
    found = re.search(
        rf'<textarea id="{field}"[^>]*>\n(.*?)</textarea>', answer.content.decode(), re.DOTALL
    )
    return html.unescape(found.group(1))


def upload(name, content):
    return SimpleUploadedFile(name, content)


# --- Long texts -------------------------------------------------------------------------------


def test_200_000_characters_are_kept_given_back_and_told_of(client, write, link):
    write(verb="review", q3_text=LONG)

    page = client.get(f"{link}se-over/")

    assert page.status_code == 422
    assert "The answer to question 3 has 203 000 characters, and may have 50 000." in page_of(page)
    assert typed_back(page, "q3-text") == LONG
    item = IntakeItem.objects.get()
    assert (item.code, item.params) == ("too_long", {"found": len(LONG), "most": MOST_TYPED})


def test_a_long_text_is_listed_once_however_often_it_is_saved(write):
    for more in ("a", "b", "c"):
        write(q3_text=LONG + more)

    assert IntakeItem.objects.count() == 1


def test_a_long_text_becomes_an_attachment_at_the_press_of_a_button(client, write, send, link):
    write(q3_text=LONG)

    write(verb="as-file:q3-text", q3_text=LONG)

    assert ReplyDraft.objects.get().content["q3-text"] == "See the attachment svar-3.txt."
    send()
    attached = Reply.objects.get().files.get(role="attachment")
    assert documents.content(attached.document).decode() == LONG


def test_answers_that_are_too_long_together_are_told_of(client, write, link):
    most = {f"q{field}": "x" * MOST_TYPED for field in ("1_text", "2_mal_1", "2_mal_3", "3_text")}
    write(**most)
    assert client.get(f"{link}se-over/").status_code == 200

    (lack,) = completing_lacks({**most, "q4_text": "x" * 10})

    assert lack.can_attach
    said = "The answers have 200\u202f010 characters together, and may have 200\u202f000."
    assert lack.says.startswith(said)


def completing_lacks(typed):

    names = [name.replace("_", "-") for name in typed]
    question = Asked(1, "?", "?", None, None, (), [AskedText(name) for name in names])
    content = {**GOOD, **dict(zip(names, typed.values(), strict=True))}
    return lacks(content, [question], files=0)


def test_more_than_a_form_can_hold_gets_a_page_that_says_so(client, link, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

    page = client.post(link, {**GOOD, "q3-text": "x" * 1_100_000})

    assert page.status_code == 413
    assert "more than 1 MB of text" in page_of(page)
    assert ReplyDraft.objects.get().content == {}


def test_the_limit_of_forms_holds_every_reply_that_can_be_saved(settings):
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE > 200_000 * 4 * 20


# --- What is lacking --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"who": ""}, "Say whether you reply for an organisation or as a private person."),
        ({"who": "robot"}, "Say whether you reply for an organisation or as a private person."),
        ({"name": "  "}, "Write the name of the organisation, or your own."),
        ({"name": "x" * 301}, "The name has 301 characters, and may have 300. Shorten it."),
        ({"kind": ""}, "Choose what kind of organisation it is."),
        ({"kind": "private_person"}, "Choose what kind of organisation it is."),
        ({"email": "ikke en adresse"}, "Write an e-mail address such as name@example.no"),
        ({"q1-choice": "Kanskje"}, "Question 1: choose one of the answers that are given."),
        ({"q1-choice": "", "q1-text": " "}, "Nothing is answered yet."),
    ],
)
def test_what_lacks_is_said_with_a_link_and_all_that_was_typed(client, link, typed, expected):
    client.post(link, {**GOOD, **typed, "version": 0, "verb": "review"})

    page = client.get(f"{link}se-over/")

    summary = re.search(r'role="alert".*?</div>', page.content.decode(), re.DOTALL).group()
    field = next(iter(typed))
    assert page.status_code == 422
    assert expected in html.unescape(summary)
    assert f'href="#{"q1-text" if "Nothing" in expected else field}"' in summary
    assert f'id="{field}"' in page.content.decode()
    assert client.post(f"{link}se-over/", {"terms": "on"}).status_code == 422
    assert not Reply.objects.exists()


def test_an_attachment_alone_is_a_reply_and_its_points_are_read_apart(client, write, send):
    letter = (
        "Høringssvar fra Kløveråsen kommune\n\nVi foreslår at målene for helsedata tallfestes.\n\n"
        "Hvordan skal kommunene finansiere dette?\n"
    )
    write(verb="attach", files=[upload("svar.txt", letter.encode())])

    send()

    reply = Reply.objects.get()
    points = queries.state(reply.hearing_id).originals.values()
    assert "Vi foreslår at målene for helsedata tallfestes." in [point.text for point in points]
    assert {point.found_at.file for point in points} == {
        reply.files.get(role="attachment").document.sha256
    }
    assert IntakeItem.objects.get().code == "read_from_attachment"


# --- Two at once ------------------------------------------------------------------------------


def test_what_another_window_saved_is_not_overwritten_unseen(client, link):
    version = VERSION.search(client.get(link).content.decode()).group(1)
    client.post(link, {**GOOD, "q3-text": "Fra det første vinduet.", "version": version})

    page = client.post(link, {**GOOD, "q3-text": "Fra det andre.", "version": version})

    assert page.status_code == 409
    assert typed_back(page, "q3-text") == "Fra det andre."
    assert ReplyDraft.objects.get().content["q3-text"] == "Fra det første vinduet."
    version = VERSION.search(page.content.decode()).group(1)
    client.post(link, {**GOOD, "q3-text": "Fra det andre.", "version": version})
    assert ReplyDraft.objects.get().content["q3-text"] == "Fra det andre."


def test_what_is_saved_by_itself_is_saved_and_tells_when(client, link):
    saved = client.post(link, {**GOOD, "q3-text": "Mens jeg", "version": "0", "verb": "auto"})
    version = VERSION.search(saved.content.decode()).group(1)
    again = client.post(
        link, {**GOOD, "q3-text": "Mens jeg skriver", "version": version, "verb": "auto"}
    )
    late = client.post(link, {**GOOD, "q3-text": "Mens", "version": "0", "verb": "auto"})

    assert "Last saved 20 September 2022 at 12:00." in page_of(saved)
    assert (again.status_code, late.status_code) == (200, 409)
    assert "Not saved: something was saved from another window." in page_of(late)
    assert ReplyDraft.objects.get().content["q3-text"] == "Mens jeg skriver"


@pytest.mark.parametrize("version", ["", "-1", "x", "9" * 30, "²"])
def test_a_form_with_a_strange_version_changes_nothing_unseen(client, link, version):
    page = client.post(link, {**GOOD, "version": version})

    assert page.status_code == 409
    assert ReplyDraft.objects.get().content == {}


# --- Attachments ------------------------------------------------------------------------------


def zipped(size):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * size)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "trouble"),
    [
        ("program.pdf", b"MZ\x90\x00" + b"\0" * 500, "not_as_named"),
        ("tekst.pdf", b"Bare tekst.", "not_as_named"),
        ("bilde.png", b"GIF89a", "not_as_named"),
        ("odelagt.pdf", b"%PDF-1.7\nno more of it", "broken_file"),
        ("bombe.docx", partial(zipped, 300_000_000), "zip_bomb"),
        ("last.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "encrypted"),
        ("nuller.txt", b"a\0b" * 50, "unknown_kind"),
    ],
)
def test_a_hostile_file_is_kept_told_of_and_listed_when_it_is_sent(
    client, write, send, link, name, content, trouble
):
    # What takes a second to make is made here, and not wherever tests are collected.
    content = content() if callable(content) else content
    write(verb="attach", files=[upload(name, content)], q3_text="Se vedlegget vårt om dette.")

    page = page_of(client.get(link))
    assert "It comes along, and a person will look at it." in page
    assert not IntakeItem.objects.exists()
    send()

    reply = Reply.objects.get()
    attached = reply.files.get(role="attachment")
    assert (attached.name, documents.content(attached.document)) == (name, content)
    item = IntakeItem.objects.get()
    assert (item.code, item.document, item.reply) == ("not_read", attached.document, reply)
    assert (item.params["why"], item.params["name"]) == (trouble, name)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        (
            "program.exe",
            b"MZ",
            "program.exe was not attached. Attach one of these kinds: PDF, DOCX",
        ),
        ("uten-endelse", b"x", "uten-endelse was not attached. Attach one of these kinds"),
        ("side.html", b"<script>", "side.html was not attached. Attach one of these kinds"),
        ("tom.pdf", b"", "tom.pdf was not attached: it is empty."),
        ("stor.pdf", b"%PDF-" + b"x" * 2_000_000, "it has 3 MB, and a file may have 1."),
    ],
    ids=["program", "no-ending", "page", "empty", "large"],
)
def test_a_file_that_is_not_taken_is_told_of_and_the_text_is_kept(
    client, write, link, settings, name, content, expected
):
    settings.READING_LARGEST = 1

    page = write(verb="attach", files=[upload(name, content)], q3_text="Alt dette er skrevet.")

    assert page.status_code == 422
    assert expected in page_of(page)
    assert typed_back(page, "q3-text") == "Alt dette er skrevet."
    assert ReplyDraft.objects.get().content["q3-text"] == "Alt dette er skrevet."
    assert not DraftFile.objects.exists()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\kari\\svar.txt", "svar.txt"),
        ("svar\u202etxt.exe.txt", "svartxt.exe.txt"),
        ("a" * 300 + ".txt", "a" * 196 + ".txt"),
        ("sva\u030ar.txt", "svår.txt"),
    ],
)
def test_what_a_file_is_called(write, said, expected):
    file = upload("x", b"Noen ord.")
    file._name = said

    assert name_of(file) == expected


def test_the_newest_file_of_a_name_counts_and_all_are_kept(client, write, send, link):
    write(verb="attach", files=[upload("notat.txt", b"Det forste notatet.")])
    write(verb="attach", files=[upload("notat.txt", b"Det andre notatet.")])
    write(
        verb="attach",
        files=[upload("notat.txt", b"Det andre notatet.")],
        q3_text="Se notatet vårt.",
    )

    page = page_of(client.get(link))
    send()

    assert page.count("A newer file has the same name, and counts.") == 1
    kept = [
        documents.content(file.document)
        for file in Reply.objects.get().files.filter(name="notat.txt")
    ]
    assert kept == [b"Det forste notatet.", b"Det andre notatet."]


def test_a_file_is_taken_away_before_it_is_sent(client, write, link):
    write(verb="attach", files=[upload("notat.txt", b"Et notat.")])
    file = DraftFile.objects.get()

    write(verb=f"remove:{file.pk}")

    assert not DraftFile.objects.exists()


@pytest.mark.parametrize(
    "verb", ["remove:", "remove:²", "remove:" + "9" * 40, "as-file:name", "x:y"]
)
def test_a_button_that_says_something_strange_does_nothing(write, verb):
    write(verb="attach", files=[upload("notat.txt", b"Et notat.")])

    assert write(verb=verb).status_code == 302
    assert DraftFile.objects.count() == 1


def test_nobody_takes_away_a_file_of_another(client, write, link):
    write(verb="attach", files=[upload("notat.txt", b"Et notat.")])
    other = client.post(START).url

    write(other, verb=f"remove:{DraftFile.objects.get().pk}")

    assert DraftFile.objects.count() == 1


def test_no_more_files_than_may_be_attached(write, monkeypatch):
    monkeypatch.setattr("veikart.consultations.answering.attaching.MOST_FILES", 2)

    page = write(verb="attach", files=[upload(f"{no}.txt", b"Ord.") for no in range(3)])

    assert page.status_code == 422
    assert "2.txt was not attached: a reply may have 2 files" in page_of(page)
    assert DraftFile.objects.count() == 2


# --- Too often --------------------------------------------------------------------------------


def test_too_many_begun_replies_get_a_page_that_says_wait(client, asking, monkeypatch):
    monkeypatch.setitem(throttling.MOST, "begin", 3)

    answers = [client.post(START).status_code for _ in range(5)]
    elsewhere = client.post(START, REMOTE_ADDR="192.0.2.7").status_code

    assert answers == [302, 302, 302, 429, 429]
    assert elsewhere == 302


def test_sending_too_often_loses_nothing(client, write, link, monkeypatch):
    monkeypatch.setitem(throttling.MOST, "send", 0)
    write(q3_text="Dette er hele svaret vårt.")
    client.post(f"{link}se-over/", {"terms": "on"})

    page = client.post(f"{link}se-over/", {"terms": "on"})

    assert page.status_code == 429
    assert "What you have saved is kept" in page_of(page)
    assert ReplyDraft.objects.get().content["q3-text"] == "Dette er hele svaret vårt."


@pytest.mark.parametrize(
    ("direct", "told", "expected"),
    [
        ("127.0.0.1", "198.51.100.4", "198.51.100.4"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("192.0.2.7", "198.51.100.4", "192.0.2.7"),
        ("", "198.51.100.4", "198.51.100.4"),
    ],
)
def test_whose_address_counts(rf, direct, told, expected):
    headers = {"X-Real-IP": told} if told else {}

    assert throttling.address_of(rf.get("/", REMOTE_ADDR=direct, headers=headers)) == expected


# --- When it is open --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "expected", "may_begin"),
    [
        ("2022-05-30", "not open yet. You can reply from 31 May 2022 to 1 October 2022", False),
        ("2022-05-31", "open until 1 October 2022: 123 days are left", True),
        ("2022-09-30", "open until 1 October 2022: 1 day is left", True),
        ("2022-10-01", "Today is the last day for replies", True),
        ("2022-10-02", "closed. The last day for replies was 1 October 2022", False),
        ("2024-01-01", "closed. The last day for replies was 1 October 2022", False),
    ],
)
def test_the_start_page_says_whether_the_hearing_is_open_today(
    client, asking, clock, day, expected, may_begin
):
    clock.move_to(f"{day}T12:00:00Z")

    page = client.get(START)
    begun = client.post(START)

    assert expected in page_of(page).replace("\xa0", " ")
    assert ("Begin a reply" in page_of(page)) is may_begin
    assert begun.status_code == (302 if may_begin else 409)
    assert ReplyDraft.objects.exists() is may_begin
