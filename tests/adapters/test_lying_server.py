"""A mail server that hangs, lies or cuts off costs the run, with a sentence, and nothing that is kept."""

import shutil

import pytest

from tests.adapters.lying_server import cuts_off, hangs, lying, says
from veikart.adapters import mailbox as mailboxes
from veikart.adapters.mailbox import Address, Mailbox, MailboxTrouble, messages

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="apt-get install openssl")
MAIL = "From: a@b.no\r\n\r\nHei"


def read_from(server, **more):
    address = Address(
        user="post", host="127.0.0.1", port=server.port, folder="INBOX", is_secure=True
    )
    with Mailbox(address, "ord", trusted=server.trusted, **more) as mailbox:
        return list(messages(mailbox, largest=1000))


def body(text, length=None):
    said = len(text) if length is None else length
    return says(f"* 1 FETCH (UID 1 BODY[] {{{said}}}\r\n{text})\r\n{{tag}} OK done\r\n")


def test_a_server_that_tells_the_truth_is_read():
    with lying(FETCH=body(MAIL)) as server:
        assert read_from(server) == [("1", MAIL.encode(), 100)]


@pytest.mark.parametrize("verb", ["LOGIN", "SELECT", "SEARCH", "SIZE", "FETCH"])
@pytest.mark.parametrize(
    "answer", [hangs, cuts_off(), cuts_off("* 1 FETCH (UID 1 BODY[] {900}\r\nabc")]
)
def test_one_that_hangs_or_cuts_off_is_told_as_such(verb, answer, monkeypatch):
    monkeypatch.setattr(mailboxes, "SECONDS", 0.3)

    with lying(**{verb: answer}) as server, pytest.raises(MailboxTrouble) as trouble:
        read_from(server)

    assert str(trouble.value).startswith("Expected 127.0.0.1 to answer; found ")
    assert str(trouble.value).endswith("Run it again: it goes on where it stopped.")


def test_one_that_sends_more_than_it_said_is_not_believed():
    with (
        lying(FETCH=body(MAIL, length=3_000_000_000)) as server,
        pytest.raises(MailboxTrouble, match="3,000,000,000 bytes where at most 5,000"),
    ):
        read_from(server, largest=5_000)


def test_a_message_announced_as_too_large_is_not_fetched():
    announced = says("* 1 FETCH (UID 1 RFC822.SIZE 2147483648)\r\n{tag} OK done\r\n")

    with lying(SIZE=announced, FETCH=cuts_off()) as server:
        assert read_from(server) == [("1", None, 2_147_483_648)]


def test_one_that_never_comes_to_an_end_is_left(monkeypatch):
    monkeypatch.setattr(mailboxes, "SECONDS_AN_ANSWER", 0.5)

    def talks_on(to, _tag):
        while True:
            to.sendall(b"* OK still here\r\n")

    with (
        lying(FETCH=talks_on) as server,
        pytest.raises(MailboxTrouble, match=r"did not end in 0\.5 seconds"),
    ):
        read_from(server)


def test_a_message_that_is_gone_meanwhile_is_passed_over():
    with lying(FETCH=says("{tag} OK done\r\n")) as server:
        assert read_from(server) == []
