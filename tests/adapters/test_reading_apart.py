"""Reading in a process of its own: a hostile file costs one file, and never the one who asks."""

import os
import time
from email.message import EmailMessage

import pytest

from tests.engines.readers.files import docx_file, pdf_file
from tests.engines.readers.scanned import needs_tesseract, scanned
from veikart.adapters import reading_process, recognition
from veikart.adapters.reading_apart import Apart, Limits
from veikart.adapters.reading_process import Task
from veikart.engines.proposal import Unreadable
from veikart.engines.readers import choose, png

LETTER = """Til Helsedirektoratet

Høringssvar om strøm i havnene

Vi foreslår at havnene får strøm før vinteren.

Med vennlig hilsen
Kystlaget
"""


@pytest.fixture
def apart():
    """A reading process that is put away at the end."""
    one = Apart(Limits(seconds=20, memory=400_000_000, files=3))
    yield one
    one.stop()


def read(apart, content, name="brev.txt", **more):
    return apart.ask(Task(what="read_all", name=name, content=content, **more)).said


def process_of(apart):
    """The number of the process that would read the next file; it is started if need be."""
    read(apart, LETTER.encode())
    return apart._process.pid if apart._process else None


def is_running(pid):
    return os.path.exists(f"/proc/{pid}")


@pytest.mark.parametrize("made", [str.encode, docx_file, pdf_file])
def test_what_is_read_apart_is_what_the_readers_say(apart, made):
    content = made(LETTER)

    (said,) = read(apart, content)

    (one,) = choose.read_all("brev.txt", content)
    assert said.proposal.reader == "letter"
    assert said.proposal == one.proposal


def test_what_the_readers_refuse_is_told_in_their_words(apart):
    (said,) = read(apart, b"MZ\x90\x00" * 20, name="svar.pdf")

    (one,) = choose.read_all("svar.pdf", b"MZ\x90\x00" * 20)
    assert (said.code, said.message) == (one.refusal.code, one.refusal.message)


def test_one_process_reads_many_files_and_is_then_replaced(apart):
    first = process_of(apart)
    again = apart._process.pid
    read(apart, LETTER.encode())
    read(apart, LETTER.encode())

    assert first == again
    assert not is_running(first)
    assert process_of(apart) != first


def hostile(apart, code):
    """Run `code` in the reading process in place of a reader, as a hostile file might."""
    return apart.ask(Task(what="read_all", name="ond.pdf", content=code.encode()))


@pytest.fixture(scope="module")
def open_to_attack(tmp_path_factory):
    """A reading process whose reader runs the file: the worst that a file can do."""
    main = tmp_path_factory.mktemp("attack") / "attacked.py"
    main.write_text(
        "import os, sys, time, socket, subprocess, signal\n"
        "from veikart.adapters import reading_process\n"
        "from veikart.engines.readers import choose\n"
        "def run(name, content, **more):\n"
        "    exec(content.decode())\n"
        "    return []\n"
        "choose.read_all = run\n"
        "reading_process.main()\n"
    )

    class Attacked(Apart):
        PROGRAM = (str(main),)

    one = Attacked(Limits(seconds=1, memory=300_000_000))
    yield one
    one.stop()


ATTACKS = """
took_too_long    time.sleep(60)
took_too_long    exec("while True: pass")
too_much_memory  bytearray(10**10)
too_much_memory  os.write(4, (1 << 60).to_bytes(8, "big"))
reader_stopped   os._exit(9)
reader_stopped   os.abort()
reader_stopped   os.write(4, bytes(7) + bytes([3]) + b"abc")
reader_stopped   open("/tmp/ond", "w")
reader_stopped   subprocess.run(["true"])
reader_stopped   os.fork()
reader_stopped   socket.create_connection(("127.0.0.1", 9))
reader_stopped   exec("f = lambda: f(); f()")
"""


@pytest.mark.parametrize(
    ("code", "attack"), [line.split(None, 1) for line in ATTACKS.strip().splitlines()]
)
def test_whatever_a_file_does_costs_that_file(open_to_attack, code, attack):
    begun = time.monotonic()

    try:
        (said,) = hostile(open_to_attack, attack).said
        refusal = (said.code, said.message)
    except Unreadable as stopped:
        refusal = (stopped.code, stopped.message)

    assert refusal[0] == code
    assert refusal[1].startswith("Expected ond.pdf to be read") or "ond.pdf;" in refusal[1]
    assert time.monotonic() - begun < 30
    assert hostile(open_to_attack, "pass").said == ()


def test_the_message_says_what_was_allowed_and_what_to_do(open_to_attack):
    with pytest.raises(Unreadable) as late:
        hostile(open_to_attack, "time.sleep(60)")

    assert late.value.message == (
        "Expected ond.pdf to be read within 1 seconds; it was not. Look at it in the program it "
        "was made with, print it to a new PDF, and take that in; or take it in in parts."
    )


def test_a_process_that_died_while_nobody_asked_is_started_anew(apart):
    first = process_of(apart)
    os.kill(first, 9)
    apart._process.wait()

    assert process_of(apart) not in {first, None}


def test_messages_come_back_with_their_attachments_byte_for_byte(apart):
    message = EmailMessage()
    message["From"], message["To"] = "Kystlaget <post@kystlaget.no>", "post@etat.no"
    message["Subject"], message["Date"] = "Svar", "Fri, 30 Sep 2022 12:00:00 +0200"
    message.set_content("Se vedlegg.")
    message.add_attachment(bytes(range(256)), "application", "pdf", filename="svar.pdf")

    (found,) = apart.ask(
        Task(what="read_mail", name="svar.eml", content=message.as_bytes())
    ).messages

    assert (found.sender, found.text.strip()) == ("Kystlaget", "Se vedlegg.")
    assert [(one.name, one.content) for one in found.attachments] == [
        ("svar.pdf", bytes(range(256)))
    ]


def test_pages_come_back_as_text_and_as_pictures(apart):
    content = pdf_file(LETTER)

    text = apart.ask(Task(what="read_pages", name="brev.pdf", content=content)).sheets
    drawn = apart.ask(Task(what="draw_page", name="brev.pdf", content=content, page=1)).picture
    (none,) = apart.ask(Task(what="draw_page", name="brev.pdf", content=content, page=2)).said

    assert [(sheet.number, "strøm i havnene" in sheet.text) for sheet in text] == [(1, True)]
    assert drawn.startswith(png.SIGNATURE)
    assert none.code == "no_page"


@needs_tesseract
def test_scanned_pages_are_drawn_apart_and_recognised(apart):
    content = scanned(pdf_file(LETTER))

    (said,) = read(apart, content, name="brev.pdf", recognises=True)

    assert said.proposal.items[0].values["scanned"] is True
    assert any("strøm før vinteren" in item.values.get("text", "") for item in said.proposal.items)


def test_a_scan_waits_where_nothing_recognises_it(apart, monkeypatch):
    monkeypatch.setattr(recognition.shutil, "which", lambda _program: None)
    told = []

    found = apart.ask(
        Task(what="read_all", name="brev.pdf", content=scanned(pdf_file(LETTER)), recognises=True),
        cannot=told.append,
    )

    assert [problem.code for problem in told] == ["not_installed"]
    (said,) = found.said
    assert [one.code for one in said.proposal.warnings] == ["waiting_for_recognition"]


def test_the_environment_of_the_process_holds_no_secret(apart, monkeypatch):
    monkeypatch.setenv("VEIKART_SECRET_KEY", "secret")

    pid = process_of(apart)

    with open(f"/proc/{pid}/environ", "rb") as environment:
        names = {entry.partition(b"=")[0] for entry in environment.read().split(b"\0") if entry}
    assert names == {b"PYTHONPATH", b"LC_ALL"}


def test_more_than_may_be_answered_is_not_taken(tmp_path):
    file = tmp_path / "answer"
    file.write_bytes((100).to_bytes(reading_process.FRAME, "big") + bytes(100))

    with file.open("rb") as pipe, pytest.raises(OverflowError):
        reading_process.receive(pipe, largest=99)
