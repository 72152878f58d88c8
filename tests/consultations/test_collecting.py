"""A mailbox on a server: each message is kept, taken in once, and marked only after that."""

import datetime as dt
import imaplib
import itertools
import ssl

import pytest
from typer.testing import CliRunner

from tests.adapters.dovecot import PASSWORD, dovecot, why_not
from tests.engines.readers.reply_forms import docx_form, mail
from veikart.adapters import mailbox as mailboxes
from veikart.adapters.mailbox import Mailbox, MailboxTrouble, address_of
from veikart.config.command import app
from veikart.consultations import collecting, services
from veikart.consultations.models import IntakeItem, KeptMessage, Reply
from veikart.consultations.taking_in import Terms

pytestmark = [
    pytest.mark.skipif(why_not() is not None, reason=str(why_not())),
    pytest.mark.xdist_group("dovecot"),
]
MOMENT = dt.datetime(2022, 9, 20, tzinfo=dt.UTC)
FISH = "horing/24-1001"
NAMES = (f"post{number}" for number in itertools.count(1))
SAYS = "Vi foreslår at fyrene tennes tidligere om høsten langs hele kysten."


@pytest.fixture(scope="module")
def server():
    with dovecot() as one:
        yield one


class Post:
    """A mailbox of a test's own, and ways to look into it."""

    def __init__(self, server):
        self.server = server
        self.user = next(NAMES)
        self.address = address_of(self.said("INBOX"))

    def said(self, folder):
        return f"imap://{self.user}@127.0.0.1:{self.server.port}/{folder}"

    def open(self, password=PASSWORD):
        return Mailbox(self.address, password, trusted=self.server.trusted)

    def put(self, *contents):
        with self.imap() as imap:
            for content in contents:
                imap.append("INBOX", None, None, content)

    def imap(self):
        context = ssl.create_default_context(cafile=self.server.trusted)
        imap = imaplib.IMAP4_SSL("127.0.0.1", self.server.port, ssl_context=context)
        imap.login(self.user, PASSWORD)
        return imap

    def count(self, folder="INBOX", flags=()):
        with self.imap() as imap:
            imap.select(f'"{folder}"', readonly=True)
            return len(imap.search(None, *(flags or ("ALL",)))[1][0].split())


@pytest.fixture
def post(server):
    return Post(server)


@pytest.fixture
def fish(editor):
    values = {
        "title": "Fiskestrategi",
        "case_number": "24/1001",
        "opens_on": "2022-09-01",
        "closes_on": "2022-11-01",
    }
    services.put("hearing", FISH, values, by=editor)


def collect(post, **more):
    terms = Terms(by=None, received_at=MOMENT)
    with post.open() as opened:
        more = {"largest": 1_000_000, **more}
        return [taken for _name, taken in collecting.collect(opened, terms, **more)]


@pytest.mark.django_db
def test_what_lies_in_a_mailbox_is_received_and_marked_and_not_read_again(post, fish):
    post.put(mail(("svar.docx", docx_form())), mail(body=SAYS, **{"Message-ID": "<2@x>"}))

    first, again = collect(post), collect(post)

    replies = [reply for taken in first for reply in taken.replies]
    assert [(one.uid, one.channel) for one in replies] == [
        (f"{FISH}/svar/1", "email"),
        (f"{FISH}/svar/2", "email"),
    ]
    assert again == []
    assert post.count() == post.count(flags=("KEYWORD", mailboxes.TAKEN)) == 2
    assert post.count(flags=("SEEN",)) == 0


@pytest.mark.django_db
def test_what_was_interrupted_goes_on_where_it_stopped_and_receives_nothing_twice(
    post, fish, monkeypatch
):
    post.put(mail(body=SAYS), mail(body=SAYS + " Takk.", **{"Message-ID": "<2@x>"}))
    with monkeypatch.context() as broken:
        broken.setattr(Mailbox, "mark", lambda *_: (_ for _ in ()).throw(MailboxTrouble("cut off")))
        with pytest.raises(MailboxTrouble):
            collect(post)
    assert (KeptMessage.objects.count(), post.count(flags=("KEYWORD", mailboxes.TAKEN))) == (1, 0)

    first, second = collect(post)

    assert (first.same, len(second.replies)) == (1, 1)
    assert Reply.objects.count() == 2


@pytest.mark.django_db
def test_a_message_that_came_twice_is_received_once(post, fish):
    content = mail(body=SAYS)
    post.put(content, b"X-Spam: no\r\n" + content)

    first, second = collect(post)

    assert (len(first.replies), second.same) == (1, 1)


@pytest.mark.django_db
def test_messages_can_be_moved_once_they_are_kept(post, fish):
    post.put(mail(body=SAYS))

    collect(post, move_to="Tatt inn")

    assert (post.count(), post.count("Tatt inn")) == (0, 1)


@pytest.mark.django_db
def test_a_message_that_is_too_large_is_listed_once_and_left_where_it_is(post, fish):
    post.put(mail(body=SAYS * 100))

    collect(post, largest=1000, move_to="Tatt inn")
    collect(post, largest=1000)

    assert post.count() == 1
    (item,) = IntakeItem.objects.all()
    assert (item.code, item.params["why"]) == ("not_read", "too_large")
    assert "It lies in the mailbox still." in item.params["problem"]


def test_tls_can_begin_after_the_greeting(post, server):
    late = address_of(f"imap://{post.user}@127.0.0.1:143/")
    post.address = type(late)(
        user=late.user, host=late.host, port=server.plain, folder="INBOX", is_secure=False
    )

    with post.open() as opened:
        assert opened.new() == []
    assert late.is_secure is False


def test_a_certificate_that_nobody_vouches_for_is_refused(post):
    with pytest.raises(MailboxTrouble, match=r"with TLS at 127\.0\.0\.1.*certificate"):
        Mailbox(post.address, PASSWORD)


def test_a_wrong_password_and_a_folder_that_is_not_there_are_told(post):
    with pytest.raises(MailboxTrouble, match="VEIKART_MAILBOX_PASSWORD"):
        post.open("wrong")
    post.address = address_of(post.said("Borte"))
    with pytest.raises(MailboxTrouble, match="Expected a folder Borte"):
        post.open()


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ("imap://127.0.0.1/INBOX", "Expected a mailbox as imap://user@host/INBOX"),
        ("imap://post@h:x/INBOX", "Expected a mailbox as"),
        ("imap://post:hemmelig@h/INBOX", "Expected no password in the address"),
    ],
)
def test_an_address_that_is_none_is_refused_and_a_password_in_it_is_not_repeated(said, refusal):
    with pytest.raises(MailboxTrouble) as trouble:
        address_of(said)

    assert str(trouble.value).startswith(refusal)
    assert "hemmelig" not in str(trouble.value)


@pytest.mark.django_db
def test_the_command_reads_a_mailbox_with_the_password_of_the_settings(
    post, fish, server, settings
):
    post.put(mail(body=SAYS))
    without = CliRunner().invoke(app, ["take-in", post.said("INBOX")])
    settings.MAILBOX_PASSWORD, settings.MAILBOX_CERTIFICATES = PASSWORD, server.trusted

    said = CliRunner().invoke(app, ["take-in", post.said("INBOX")])

    assert (without.exit_code, said.exit_code) == (1, 0)
    assert "in VEIKART_MAILBOX_PASSWORD; found none." in without.stderr
    assert said.stdout.splitlines() == [
        f"melding-1.eml: received as {FISH}/svar/1, from Kari Nordmann.",
        "1 replies received, 0 files were there before, 0 things need a person.",
    ]
