"""Bad input: each is kept, told and listed once, runs nothing, and costs neither itself twice nor its neighbours."""

import io
import os
import struct
import zlib
from functools import cache

import pypdf
import pytest
from django.utils import timezone, translation
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from typer.testing import CliRunner

from tests.consultations.test_taking_in import FISH, LETTER, listed, put_hearing
from tests.engines.readers.files import pdf_file, word_file, zip_file
from tests.engines.readers.reply_forms import docx_form, mail, text_form
from veikart.config.command import app
from veikart.config.commands import taking_in as command
from veikart.consultations import overview, queries, receiving, services, taking_in
from veikart.consultations.models import (
    HandlingEvent,
    IntakeItem,
    KeptMessage,
    Reply,
    ReplyFile,
)
from veikart.consultations.needs import NOT_READ
from veikart.consultations.taking_in import Terms
from veikart.documents import queries as documents
from veikart.documents.models import Document
from veikart.people.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fish(editor):
    """The hearing that replies come to."""
    return put_hearing(FISH, "24/1001", editor)


def take_in(name, content, **more):
    terms = {"by": None, "received_at": timezone.now(), **more}
    return taking_in.take_in(name, content, Terms(**terms))


def counted():
    models = (Reply, ReplyFile, IntakeItem, HandlingEvent, KeptMessage, Document, AuditEntry)
    return [model.objects.count() for model in models]


def letter_of(place):
    return LETTER.replace("Havna", place)


# --- Files that are not what they seem ----------------------------------------------------------


def encrypted_pdf():
    return _written(_copied(), lambda pdf: pdf.encrypt("hemmelig", algorithm="RC4-128"))


def long_pdf():
    blank = pypdf.PdfWriter()
    for _page in range(1_001):
        blank.add_blank_page(10, 10)
    return _written(blank)


def _copied():
    return pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf_file(LETTER))))


def _written(pdf, change=lambda _pdf: None):
    change(pdf)
    file = io.BytesIO()
    pdf.write(file)
    return file.getvalue()


def locked_zip():
    """An archive whose only part says that it is encrypted."""
    content = bytearray(zip_file({"svar.docx": docx_form()}))
    content[content.find(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def pdf_of(*objects):
    numbered = (b"%d 0 obj %s endobj\n" % each for each in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + b"".join(numbered) + b"trailer <</Root 1 0 R>>\n"


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
LOOP = pdf_of(CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999>>")
BOMB = b"<w:document>" + b" " * 160_000_000
ENTITIES = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document xmlns:w="w">&a;</w:document>'
UNREADABLE = {
    "kryptert.pdf": (encrypted_pdf, "encrypted", "is encrypted. Save it without a password"),
    "brukket.pdf": (lambda: pdf_file(LETTER)[:700], "broken_file", "save it anew"),
    "lang.pdf": (long_pdf, "too_many_pages", "Expected at most 1,000 pages"),
    "sløyfe.pdf": (lambda: LOOP, "broken_file", "save it anew"),
    "bombe.docx": (lambda: zip_file({"word/document.xml": BOMB}), "zip_bomb", "160,000,012 bytes"),
    "entitet.docx": (lambda: zip_file({"word/document.xml": ENTITIES}), "entities", "document type"),
    "svar.pdf": (lambda: b"MZ\x90\x00" * 50, "other_format", "svar.pdf is a program. Do not open"),
    "svar.rtf": (lambda: rb"{\rtf1\ansi Havna\par Vi foresl\'e5r}", "other_format", "RTF document"),
    "svar.odt": (
        lambda: b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text",
        "other_format",
        "an OpenDocument file. Open it in the program that made it, save it as DOCX",
    ),
    "svar.pages": (lambda: zip_file({"Index/Document.iwa": b"x"}), "other_format", "Pages"),
    "svar.doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "encrypted", "2007"),
    "svar.msg": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__substg1.0_".encode("utf-16-le"),
        "other_format",
        "Outlook message",
    ),
    "svar.html": (
        lambda: b"<!DOCTYPE html><script>alert(1)</script>" + LETTER.encode(),
        "other_format",
        "a web page",
    ),
    "svar.png": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(50), "other_format", "a picture. Put it into"),
    "svar.zip": (lambda: zip_file({"42.zip": b"PK"}), "unknown_kind", "archive that holds"),
    "låst.zip": (locked_zip, "encrypted", "is encrypted"),
    "tom.pdf": (lambda: b"", "empty", "is empty"),
    "tom.eml": (lambda: b" \n\n ", "empty", "is empty"),
    "nuller.txt": (lambda: bytes(5000), "unknown_kind", "its first bytes are 00"),
}  # fmt: skip


@cache
def made(name):
    """The file, made once."""
    return UNREADABLE[name][0]()


@pytest.mark.parametrize("name", UNREADABLE)
@pytest.mark.parametrize("hearing", [None, FISH])
def test_what_cannot_be_read_is_kept_and_listed_once_with_what_to_do(name, hearing):
    _make, why, says = UNREADABLE[name]
    content = made(name)

    taken = take_in(name, content, hearing=hearing)
    before = counted()
    take_in(name, content, hearing=hearing)

    (item,) = IntakeItem.objects.all()
    assert (item.code, item.params["why"]) == ("not_read", why)
    assert says in item.params["problem"]
    assert documents.content(item.document) == content
    assert (taken.replies, counted()) == ([], before)


@pytest.mark.parametrize("name", ["kryptert.pdf", "bombe.docx", "svar.pdf", "svar.zip", "tom.pdf"])
def test_attached_to_a_mail_it_costs_itself_and_not_the_reply_beside_it(name):
    content = made(name)

    taken = take_in("x.eml", mail((name, content), ("brev.txt", LETTER.encode())))

    assert [reply.respondent for reply in taken.replies] == ["Havna kommune"]
    assert sorted(file.name for file in taken.replies[0].files.all())[:1] == [
        "Svar på høring, sak 24-1001.eml"
    ]
    assert listed() == [("not_read", name)]


def test_scripts_and_attached_programs_of_a_pdf_are_kept_and_not_looked_at():
    script = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert(1)")}
    launch = {"/S": NameObject("/Launch"), "/F": TextStringObject("/bin/sh")}

    def arm(pdf):
        pdf.add_attachment("ond.exe", b"MZ")
        for key, action in (("/OpenAction", script), ("/AA", launch)):
            named = {NameObject(name): value for name, value in action.items()}
            pdf.root_object[NameObject(key)] = DictionaryObject(named)

    content = _written(_copied(), arm)

    (reply,) = take_in("svar.pdf", content).replies

    state = queries.state(FISH)
    words = " ".join(state.text_of(point) for point in state.standing())
    assert "strøm før vinteren" in words
    assert "alert" not in words
    assert "MZ" not in words
    assert documents.content(reply.files.get().document) == content


def test_a_picture_of_many_dots_is_drawn_small_and_listed():
    """2.5 billion dots of which the file holds few, on a page of five metres."""
    dots = zlib.compress(bytes(1_000_000))
    content = pdf_of(
        CATALOG,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 14400 14400]/Resources<</XObject<</I 5 0 R>>>>"
        b"/Contents 4 0 R>>",
        b"<</Length 35>> stream\nq 14400 0 0 14400 0 0 cm /I Do Q   \nendstream",
        b"<</Type/XObject/Subtype/Image/Width 50000/Height 50000/ColorSpace/DeviceGray"
        b"/BitsPerComponent 8/Filter/FlateDecode/Length %d>> stream\n%s\nendstream"
        % (len(dots), dots),
    )

    take_in("bilde.pdf", content)

    codes = {code for code, _name in listed()}
    assert codes & {"not_read", "waits_for_recognition", "read_with_doubt"}
    assert documents.content(Document.objects.get()) == content


def test_a_document_that_stops_its_reader_is_listed_and_the_next_is_read():
    """Each form draws the next twelve times, ten deep."""
    forms = [
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>/Length 72>>"
        b" stream\n%s\nendstream" % (number + 1, b"/F Do " * 12)
        for number in range(5, 15)
    ]
    drawing = b"BT /A 9 Tf (Havna) Tj ET /F Do"
    content = pdf_of(
        CATALOG,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Resources<</XObject<</F 5 0 R>>>>"
        b"/Contents 4 0 R>>",
        b"<</Length %d>> stream\n%s\nendstream" % (len(drawing), drawing),
        *forms,
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 1>> stream\n \nendstream",
    )

    taken_in = take_in("sløyfe.pdf", content)
    after = take_in("brev.txt", LETTER.encode())

    assert taken_in.replies == []
    assert taken_in.items[0].code in {"not_read", "waits_for_recognition"}
    assert len(after.replies) == 1


# --- Names and words ----------------------------------------------------------------------------


NAMES = {
    "../../etc/passwd\x00.txt": "passwd.txt",
    "..\\..\\svar.txt": "svar.txt",
    "gnp\u202etxt.exe": "gnptxt.exe",
    "\u200b\u2066 .txt": "txt",
    "s\x1b[31mvar.txt": "s[31mvar.txt",
    f"{'x' * 300}.txt": f"{'x' * 251}.txt",
    "r\udce6ven.txt": "ræven.txt",
    "...": "uten-navn",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_leads_nowhere_and_hides_nothing(name):
    (reply,) = take_in(name, LETTER.encode()).replies

    assert reply.files.get().name == NAMES[name]
    assert reply.files.get().document.name == NAMES[name]
    assert take_in(name, LETTER.encode()).same == 1


def test_names_of_attachments_are_no_better():
    head = b"From: a@b.no\nTo: c@d.no\nSubject: =?utf-8?q?sak=00_24/1001=E2=80=AE?=\nMIME-Version: 1.0\n"
    parts = (
        b"Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: text/plain\n\nHei\n--a\n"
    )
    file = b"Content-Type: text/plain\nContent-Disposition: attachment; filename*=utf-8''"
    name = b"%2e%2e%2fsvar%00%E2%80%AEtxt.txt\n\n"

    (reply,) = take_in("x.eml", head + parts + file + name + LETTER.encode() + b"\n--a--\n").replies

    assert sorted(each.name for each in reply.files.all()) == ["sak 24-1001.eml", "svartxt.txt"]


def test_what_hides_in_words_is_taken_away_and_markup_stays_words():
    hidden = (
        "Vi f\u202eoreslår\u200b <b onclick=x>mer</b>\U000e0041 strøm i havna\u2069 til vinteren."
    )

    (reply,) = take_in("x.eml", mail(body=hidden, From='"\u202eLiah" <a@b.no>')).replies

    state = queries.state(FISH)
    assert reply.respondent == "Liah"
    assert [state.text_of(point) for point in state.standing()] == [
        "Vi foreslår <b onclick=x>mer</b> strøm i havna til vinteren."
    ]


def test_an_address_too_long_to_be_one_costs_no_reply():
    long = f"a@{'.'.join(['b' * 60] * 5)}.no"

    (reply,) = take_in("x.eml", mail(body="Vi foreslår at det blir mer.", From=long)).replies

    assert not hasattr(reply, "contact")


# --- Listed once ----------------------------------------------------------------------------------


def test_what_is_of_no_file_is_listed_once_until_it_is_settled(editor):
    first = receiving.need("not_read", name="a", problem="b", why="c")
    assert receiving.need("not_read", name="a", problem="b", why="c") == first
    services.settle(first, by=editor)
    assert receiving.need("not_read", name="a", problem="b", why="c") != first


# --- Folders --------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    """A folder with two replies, and between them all that can lie in a folder."""
    place = tmp_path / "inn"
    (place / "uke 1" / ".skjult").mkdir(parents=True)
    (place / "uke 1" / ".skjult" / "x.txt").write_bytes(b"x")
    (place / "a.txt").write_bytes(letter_of("Havna").encode())
    (place / "A.TXT").write_bytes(letter_of("Fjorden").encode())
    (place / os.fsdecode(b"r\xe6ven.txt")).write_bytes(letter_of("Elva").encode())
    (tmp_path / "hemmelig.txt").write_bytes(letter_of("Hemmelig").encode())
    (place / "lenke.txt").symlink_to(tmp_path / "hemmelig.txt")
    (place / "mappe").symlink_to("/etc")
    (place / "brutt.txt").symlink_to("/finnes/ikke")
    os.mkfifo(place / "rør.txt")
    (place / "tom.txt").write_bytes(b"")
    (place / "z.txt").write_bytes(text_form())
    return place


def test_a_folder_with_all_kinds_of_things_is_taken_in_to_its_end(folder):
    said = CliRunner().invoke(app, ["take-in", str(folder)])
    before = counted()
    again = CliRunner().invoke(app, ["take-in", str(folder)])

    assert (said.exit_code, again.exit_code) == (1, 1)
    names = set(Reply.objects.values_list("respondent", flat=True))
    assert names == {"Havna kommune", "Fjorden kommune", "Elva kommune", "Kystlaget"}
    problems = {
        item.params["name"].rpartition("/")[2]: item.params["problem"]
        for item in IntakeItem.objects.filter(code="not_read")
    }
    assert set(problems) == {"lenke.txt", "mappe", "brutt.txt", "rør.txt", "tom.txt"}
    assert "found a link" in problems["lenke.txt"]
    assert "a device, a pipe" in problems["rør.txt"]
    assert counted() == before


def test_a_file_that_cannot_be_opened_costs_itself(folder, monkeypatch):
    real = command.content_of

    def closed(path, *, most):
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, most=most)

    monkeypatch.setattr(command, "content_of", closed)

    CliRunner().invoke(app, ["take-in", str(folder)])

    assert Reply.objects.count() == 3
    assert (f"{folder}/a.txt", "Permission denied") in {
        (item.params["name"], item.params.get("problem")) for item in IntakeItem.objects.all()
    }


def test_a_file_too_large_to_be_held_is_left_where_it_is(tmp_path, settings):
    settings.READING_MAILBOX = 1
    with (tmp_path / "stor.mbox").open("wb") as file:
        file.truncate(2_000_000)

    said = CliRunner().invoke(app, ["take-in", str(tmp_path)])

    (item,) = IntakeItem.objects.all()
    assert item.params["problem"].startswith("Expected at most 1 MB; it has 2 MB. It is left")
    assert said.exit_code == 1


def test_what_a_file_is_called_commands_no_terminal(tmp_path):
    (tmp_path / "x\x1b[2J\u202e.txt").write_bytes(LETTER.encode())

    said = CliRunner().invoke(app, ["take-in", str(tmp_path)])

    assert "\x1b" not in said.stdout + said.stderr
    assert "\u202e" not in said.stdout + said.stderr
    assert "received as" in said.stdout


def test_a_picture_that_says_it_is_enormous_is_known_by_its_first_bytes():
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    content = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head

    take_in("bilde.png", content)

    assert listed() == [("not_read", "bilde.png")]


def test_word_with_a_reply_in_it_stays_readable():
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in LETTER.splitlines())

    assert len(take_in("svar.docx", word_file(body)).replies) == 1


# --- What a person is told ------------------------------------------------------------------------


@pytest.mark.parametrize("name", UNREADABLE)
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_desk_says_why_and_what_to_do_in_its_own_language(name, language):
    take_in(name, made(name))

    with translation.override(language):
        (matter,) = overview.matters(queries.needing_a_person())

    assert "Expected" not in matter.says
    assert matter.says.startswith(name)
    assert not {"the", "file", "and"} & set(f"{matter.says} {matter.remedy}".casefold().split())


def test_every_reason_that_a_reader_gives_for_a_reply_has_words():
    reasons = {why for _make, why, _says in UNREADABLE.values()}

    assert reasons <= NOT_READ.keys()
