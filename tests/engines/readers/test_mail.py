"""E-mail: who wrote when, what the text says, and each attachment to its own reader."""

import datetime as dt
import email.policy
from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.engines.readers.files import pdf_file, without_places, zip_file
from tests.engines.readers.reply_forms import (
    FORM,
    acroform_pdf,
    changed,
    docx_form,
    flat_pdf_form,
    mail,
    text_form,
)
from tests.engines.readers.scanned import scanned
from veikart.engines.proposal import Unreadable
from veikart.engines.readers.choose import read, read_all
from veikart.engines.readers.html_text import html_text
from veikart.engines.readers.mail import MOST_PARTS, held, is_mail, read_mail
from veikart.engines.readers.reply_form import read_reply_form

SENT = dt.datetime(2022, 9, 12, 12, 3, tzinfo=dt.UTC)
REMARK = "Hei.\n\nVi foreslår at fristen flyttes til høsten.\n\nMed vennlig hilsen\nKari"


def one(content):
    (message,) = read_mail("svar.eml", content)
    return message


def mailbox(*messages):
    """The messages as mbox keeps them."""
    return b"\n".join(
        b"From kari@kystlaget.example Mon Sep 12 14:03:00 2022\n"
        + message.replace(b"\nFrom ", b"\n>From ")
        for message in messages
    )


def readings(name, content, **how):
    """What came of each document: its reader, or the code of its refusal."""
    return [
        (found.name, found.proposal.reader if found.proposal else found.refusal.code)
        for found in read_all(name, content, **how)
    ]


def test_the_head_the_text_and_the_attachments_are_found():
    content = mail(("Svar.docx", b"PK"), body="Hei.\n\nÆrlig talt.")

    message = one(content)

    assert (message.sender, message.address) == ("Kari Nordmann", "kari@kystlaget.example")
    assert (message.sent, message.subject) == (SENT, "Svar på høring, sak 24/1001")
    assert message.message_id == "<1@kystlaget.example>"
    assert message.text == "Hei.\n\nÆrlig talt."
    assert [(a.name, a.content, a.inline) for a in message.attachments] == [
        ("Svar.docx", b"PK", False)
    ]
    assert message.raw == content


def test_html_is_read_as_it_is_seen_and_nothing_is_run():
    html = (
        "<html><head><title>x</title><style>p{}</style><script>alert('hei')</script></head>"
        "<body onload='steal()'><p>Vi st&oslash;tter<br>målene.</p><ul><li>Ett<li>To</ul>"
        "<img src='https://spor.example/a.gif'><noscript>Skjult</noscript><p>Slutt</body></html>"
    )
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@b.example", "c@d.example", "x"
    message.set_content(html, subtype="html")

    assert one(message.as_bytes()).text == "Vi støtter\nmålene.\n\n• Ett\n• To\n\nSlutt"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("bare tekst", "bare tekst"),
        ("<script>aldri lukket", ""),
        ("<p>a<style>b</style>c</p>", "ac"),
        ("<div>a</div><div>b</div>", "a\n\nb"),
        ("&lt;script&gt;", "<script>"),
    ],
)
def test_what_html_shows(html, text):
    assert html_text(html) == text


def test_plain_text_goes_before_html():
    assert one(mail(body="Ren tekst.", html="<p>Annen tekst.</p>")).text == "Ren tekst."


@pytest.mark.parametrize("kind", ["iso-8859-1", "utf-8", "tull-og-toys"])
def test_letters_are_read_whatever_the_encoding_is_called(kind):
    head = f"From: a@b.example\nTo: c@d.example\nSubject: x\nContent-Type: text/plain; charset={kind}\n\n"
    spelt = "utf-8" if kind == "utf-8" else "iso-8859-1"

    assert one(head.encode() + "Høring på åpne kår".encode(spelt)).text == "Høring på åpne kår"


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("s.docx", docx_form),
        ("s.txt", text_form),
        ("s.pdf", acroform_pdf),
        ("s.pdf", flat_pdf_form),
    ],
)
def test_an_attached_form_is_the_same_as_the_form_and_came_the_day_it_was_sent(name, make):
    content = make()
    expected = read_reply_form(name, content, received=SENT.date())

    body, form = read_all("svar.eml", mail((name, content)))

    assert (body.proposal.reader, form.proposal.reader) == ("mail", "reply_form")
    assert form.proposal.file == expected.file
    assert without_places(form.proposal.items) == without_places(expected.items)


def test_the_text_of_the_message_is_a_reply_too():
    (found,) = read_all("svar.eml", mail(body=REMARK))

    reply, point = found.proposal.items
    assert {
        name: reply.values[name] for name in ("case_number", "respondent", "received", "address")
    } == {
        "case_number": "24/1001",
        "respondent": "Kari Nordmann",
        "received": "2022-09-12",
        "address": "kari@kystlaget.example",
    }
    assert (point.values["kind"], point.values["text"]) == (
        "proposal",
        "Vi foreslår at fristen flyttes til høsten.",
    )


def test_a_message_that_only_hands_over_has_no_points():
    (body, _form) = read_all("svar.eml", mail(("s.txt", text_form()), body="Hei.\n\nMvh\nKari"))

    assert body.proposal.counts["point"] == 0
    assert body.proposal.items[0].values["attachments"] == ["s.txt"]


def test_what_is_quoted_of_older_messages_is_no_point():
    text = "Vi støtter målene i planen.\n\nDen 1. mai 2022 skrev Ola Hansen:\n> Vi foreslår at alt endres."

    (found,) = read_all("svar.eml", mail(body=text))

    assert [item.values["kind"] for item in found.proposal.items[1:]] == ["support"]


def test_the_newest_attachment_of_a_name_and_sender_is_read_and_all_are_kept():
    older = mail(
        ("Svar.txt", text_form(changed(1, ticked=(1,)))), Date="Sun, 11 Sep 2022 10:00:00 +0200"
    )
    newer = mail(("svar.TXT", text_form()), Date="Mon, 12 Sep 2022 10:00:00 +0200")
    other = mail(("Svar.txt", text_form()), From="Ola <ola@annen.example>")
    box = mailbox(newer, older, other)

    messages = read_mail("alle.mbox", box)
    found = list(read_all("alle.mbox", box))

    assert [one.is_newest for one in held(messages)] == [True, False, True]
    assert [each.proposal.reader for each in found] == [
        "mail", "reply_form", "mail", "mail", "reply_form",
    ]  # fmt: skip
    assert [w.code for w in found[2].proposal.warnings] == ["attachment_not_read"]
    assert "came again in a newer message" in found[2].proposal.warnings[0].message
    assert found[1].proposal.items[1].values["choice"] == "Ja"


def test_a_mailbox_gives_its_messages_in_order_and_their_own_lines_that_begin_with_from():
    box = mailbox(mail(body="Først.\n\nFrom her og ut."), mail(body="Så dette."))

    assert [message.text for message in read_mail("alle.mbox", box)] == [
        "Først.\n\nFrom her og ut.",
        "Så dette.",
    ]


def test_a_message_attached_to_another_is_read_with_what_is_attached_to_it():
    inner = EmailMessage(policy=email.policy.default)
    inner["From"], inner["To"], inner["Subject"] = "a@b.example", "c@d.example", "Indre"
    inner.set_content("Se vedlegg.")
    inner.add_attachment(text_form(), maintype="text", subtype="x", filename="s.txt")
    outer = EmailMessage()
    outer["From"], outer["To"], outer["Subject"] = "e@f.example", "c@d.example", "Ytre"
    outer.set_content("Videresendt.")
    outer.add_attachment(inner)

    found = readings("ytre.eml", outer.as_bytes())

    assert found == [("ytre.eml", "mail"), ("vedlegg-1.eml", "mail"), ("s.txt", "reply_form")]


def test_messages_are_not_opened_for_ever():
    content = mail(body="Innerst.")
    for _depth in range(5):
        content = mail(("indre.eml", content))

    found = readings("ytre.eml", content)

    assert found[-1] == ("indre.eml", "mail_within_mail")
    assert len(found) == 5


def test_pictures_and_signatures_are_kept_and_told_of():
    content = mail(("logo.png", b"\x89PNG"), ("smime.p7s", b"0"), ("s.txt", text_form()))

    found = list(read_all("svar.eml", content))

    assert len(found) == 2
    assert [w.message.split()[0] for w in found[0].proposal.warnings] == ["logo.png", "smime.p7s"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("svar.pdf", b"MZ\x90\x00\x03\x00\x00\x00\x04", "unknown_kind"),
        ("svar.pdf", b"%PDF-1.7 x", "broken_file"),
        ("svar.docx", zip_file({"word/document.xml": " " * 60_000_000}), "zip_bomb"),
        ("svar.docx", b"PK\x03\x04 half", "broken_file"),
        ("svar.txt", b" ", "empty"),
        ("svar.zip", zip_file({"a.txt": "x"}), "unknown_kind"),
    ],
)
def test_a_bad_attachment_costs_itself_and_nothing_beside_it(name, content, code):
    found = readings("svar.eml", mail((name, content), ("s.txt", text_form())))

    assert found == [("svar.eml", "mail"), (name, code), ("s.txt", "reply_form")]


BRIEF = b"Vi mener at fristen er for kort.\n\nVi ber om at den flyttes til sommeren."
LETTER = BRIEF + b"\n\nMed vennlig hilsen\n\nNorsk Kystforbund\n"


def test_any_other_document_that_came_by_mail_is_a_letter_and_came_that_day():
    found = list(read_all("svar.eml", mail(("brev.txt", BRIEF))))

    letter = found[1].proposal
    assert (letter.reader, letter.counts["point"]) == ("letter", 2)
    assert letter.items[0].values["received"] == "2022-09-12"


def test_a_file_is_a_letter_if_it_begins_or_ends_like_one():
    assert readings("brev.txt", LETTER) == [("brev.txt", "letter")]
    assert readings("brev.txt", BRIEF) == [("brev.txt", "unknown_kind")]
    begins = b"Innspill til Havneutvalget\n\n" + BRIEF
    assert readings("brev.txt", begins) == [("brev.txt", "letter")]


def test_a_scanned_file_is_a_letter_that_waits_or_is_recognised():
    content = scanned(pdf_file(LETTER.decode()))
    asked = []

    (waiting,) = read_all("skannet.pdf", content)
    (read_off,) = read_all(
        "skannet.pdf", content, recognise=lambda *given: asked.append(given) or {}
    )

    assert waiting.proposal.items[0].values["scanned"]
    assert [caution.code for caution in waiting.proposal.warnings] == ["waiting_for_recognition"]
    assert read_off.proposal == waiting.proposal
    assert [(name, list(numbers)) for name, _content, numbers in asked] == [("skannet.pdf", [1])]


def test_a_file_above_the_limit_costs_itself():
    found = readings(
        "svar.eml", mail(("stor.txt", b"x" * 2_000), ("liten.txt", b"x")), largest=1_000
    )

    assert found == [("svar.eml", "mail"), ("stor.txt", "too_large"), ("liten.txt", "unknown_kind")]


def test_too_many_attachments_are_refused():
    many = mail(*((f"{number}.txt", b"x") for number in range(MOST_PARTS + 1)))

    assert readings("svar.eml", many) == [("svar.eml", "too_many_parts")]


def test_a_name_with_folders_is_only_a_name():
    message = one(mail(("../../etc/passwd", b"x"), ("C:\\temp\\svar.txt", b"y")))

    assert [attachment.name for attachment in message.attachments] == ["passwd", "svar.txt"]


@pytest.mark.parametrize("said", ["i går", "", "Mon, 99 Sep 2022 14:03:00 +0200"])
def test_a_day_that_cannot_be_read_is_missing_and_cautioned(said):
    (found,) = read_all("svar.eml", mail(body=REMARK, Date="Mon, 12 Sep 2022 14:03:00 +0200").replace(
        b"Date: Mon, 12 Sep 2022 14:03:00 +0200", f"Date: {said}".encode()
    ))  # fmt: skip

    assert found.proposal.items[0].values["received"] is None
    assert [caution.code for caution in found.proposal.warnings] == ["no_date"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Kjære alle",
        "Til: alle\n\nHei",
        "Visjon: Rent hav\nMål: Mer fisk\n\nMål 1: Rent hav",
        "From: et sted\nSubject: noe\nDette er en tekst om To: og Date:",
        "navn;verdi\nFrom: a;b",
    ],
)
def test_other_text_is_no_mail(text):
    assert not is_mail(text.encode())
    with pytest.raises(Unreadable, match="does not begin as one does"):
        read_mail("x.eml", text.encode())


def test_mail_as_one_document_is_refused_with_what_to_do():
    with pytest.raises(Unreadable, match="which may hold several") as refusal:
        read("svar.eml", mail())

    assert refusal.value.code == "is_mail"


HEAD = b"From: a@b.example\nTo: c@d.example\nSubject: x\n"


@given(st.binary(max_size=300))
@example(b"Content-Type: multipart/mixed; boundary=x\n\n--x\n\n--x\n\n--x--")
@example(b"Content-Type: message/rfc822\n\n")
@example(b"Content-Type: text/plain; charset=\xff\n\nx")
@example(b"Content-Transfer-Encoding: base64\n\n@@@")
@example(b'Content-Type: multipart/mixed; boundary=""\n\nx')
@example(b"Content-Disposition: attachment; filename*=utf-9''%ff\n\nx")
def test_any_message_is_read_or_refused(rest):
    for found in read_all("svar.eml", HEAD + rest):
        assert (found.proposal is None) != (found.refusal is None)


def test_the_form_and_its_mail_say_the_same_twice():
    content = mail(("s.docx", docx_form(FORM)))

    first, second = (
        [found.proposal.items for found in read_all("svar.eml", content)] for _time in range(2)
    )

    assert first == second
