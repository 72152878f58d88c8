"""Taking replies in that is killed on the way goes on where it stopped: nothing is lost, nothing doubled."""

import json
import re
import signal
import sqlite3
from functools import partial
from pathlib import Path

import pytest

from tests import children
from tests.adapters.dovecot import dovecot, why_not
from tests.consultations.test_collecting import Post
from tests.engines.readers.files import pdf_file
from tests.engines.readers.reply_forms import docx_form, mail, text_form

run = partial(children.run, Path(__file__).with_name("receiving_child.py"))
LETTER = "Havna kommune\n\nHøringssvar\n\nVi foreslår at havnene får strøm før vinteren.\n\nMed vennlig hilsen\nHavna kommune\n"
SHOWN = {
    "replies": "SELECT uid, version, respondent, fingerprint FROM consultations_reply",
    "files": "SELECT r.uid, r.version, f.name, f.role, d.sha256 FROM consultations_replyfile f "
    "JOIN consultations_reply r ON r.id = f.reply_id JOIN documents_document d ON d.id = f.document_id",
    "listed": "SELECT code, params FROM consultations_intakeitem",
    "events": "SELECT no, verb, action FROM consultations_handlingevent",
    "messages": "SELECT fingerprint FROM consultations_keptmessage",
    "documents": "SELECT sha256 FROM documents_document",
}


def held(home):
    """All that is kept of what came, in an order of its own; every file is there that is known of."""
    connection = sqlite3.connect(home / "veikart.sqlite3")
    connection.create_function("REGEXP", 2, lambda pattern, text: bool(re.search(pattern, text)))
    try:
        found = {name: sorted(connection.execute(sql)) for name, sql in SHOWN.items()}
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    finally:
        connection.close()
    folder = home / "documents"
    assert all((folder / sha256).exists() for (sha256,) in found["documents"])
    return found


def message(number, **more):
    body = f"Vi foreslår at fyr nummer {number} tennes tidligere om høsten."
    head = {"Message-ID": f"<{number}@x>", "From": f"Fyr {number} <f{number}@x.no>"}
    return mail(*more.pop("attached", ()), body=body, **head)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Files and a mailbox, good and bad ones."""
    place = tmp_path_factory.mktemp("inn")
    (place / "a.txt").write_bytes(text_form())
    (place / "b.pdf").write_bytes(pdf_file(LETTER))
    (place / "c.pdf").write_bytes(b"MZ\x90\x00 is no PDF")
    attached = (("brev.txt", LETTER.replace("Havna", "Elva").encode()), ("ond.pdf", b"MZ\x00"))
    messages = [message(1), message(2, attached=attached), message(3)]
    start = b"From x@y.no Mon Sep 12 14:03:00 2022\n"
    (place / "d.mbox").write_bytes(b"".join(start + one + b"\n\n" for one in messages))
    (place / "e.eml").write_bytes(message(4, attached=[("svar.docx", docx_form())]))
    return place


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    home = tmp_path_factory.mktemp("prepared")
    made = run(home, "prepare", "0")
    assert made.returncode == 0, made.stderr
    return home


def copied(prepared, home):
    source = sqlite3.connect(prepared / "veikart.sqlite3")
    target = sqlite3.connect(home / "veikart.sqlite3")
    source.backup(target)
    source.close()
    target.close()
    return home


@pytest.fixture(scope="module")
def whole(prepared, folder, tmp_path_factory):
    """What is there when nobody is killed, and how many times was written."""
    home = copied(prepared, tmp_path_factory.mktemp("whole"))
    done = run(home, "folder", "0", str(folder))
    assert done.returncode == 0, done.stderr
    found = held(home)
    assert (len(found["replies"]), len(found["messages"])) == (6, 4)
    assert sorted(json.loads(params)["name"] for _code, params in found["listed"]) == [
        "b.pdf", "c.pdf", "horing/24-1001/svar/6", "ond.pdf",
    ]  # fmt: skip
    return found, int(done.stdout.split()[-1])


def test_a_folder_killed_three_times_on_the_way_is_finished_by_the_next_run(
    prepared, folder, whole, tmp_path
):
    home, (expected, writes) = copied(prepared, tmp_path), whole
    for part in (0.02, 0.5, 0.4):
        last = max(1, int(writes * part))
        killed = run(home, "folder", str(last), str(folder))
        assert killed.returncode == -signal.SIGKILL, (part, killed.stderr)
        assert len(held(home)["replies"]) < len(expected["replies"])

    for _time in ("to the end", "once more"):
        again = run(home, "folder", "0", str(folder))
        assert (again.returncode, held(home)) == (0, expected), again.stderr


@pytest.mark.skipif(why_not() is not None, reason=str(why_not()))
@pytest.mark.xdist_group("dovecot")
def test_a_mailbox_killed_on_the_way_is_finished_by_the_next_run(prepared, tmp_path):
    homes = [tmp_path / name for name in ("whole", "killed")]
    found = {}
    with dovecot() as server:
        for home in homes:
            home.mkdir()
            copied(prepared, home)
            post = Post(server)
            post.put(*map(message, range(1, 6)))
            where = (post.said("INBOX"), server.trusted)
            if home.name == "killed":
                for last in (15, 40):
                    killed = run(home, "mailbox", str(last), *where)
                    assert killed.returncode == -signal.SIGKILL, killed.stderr
                assert 0 < len(held(home)["replies"]) < 5
            done = run(home, "mailbox", "0", *where)
            assert done.returncode == 0, done.stderr
            assert post.count() == post.count(flags=("KEYWORD", "VeikartTakenIn")) == 5
            found[home.name] = held(home)

    assert len(found["whole"]["replies"]) == 5
    assert found["killed"] == found["whole"]
