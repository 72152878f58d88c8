"""What the outbox sends lies in a mailbox, and our own reader of mailboxes reads it letter by letter."""

import imaplib
import itertools
import ssl

import pytest

from tests.adapters.dovecot import PASSWORD, dovecot, why_not
from tests.outbox.conftest import approved
from veikart.adapters.mailbox import Mailbox, address_of, messages
from veikart.documents import services as documents
from veikart.engines.readers.mail import read_mail
from veikart.outbox import sending

pytestmark = [
    pytest.mark.skipif(why_not() is not None, reason=str(why_not())),
    pytest.mark.xdist_group("dovecot"),
    pytest.mark.django_db,
]
NAMES = (f"mottaker{number}" for number in itertools.count(1))


@pytest.fixture(scope="module")
def server():
    with dovecot() as one:
        yield one


def test_what_is_sent_is_read_in_a_mailbox_as_it_was_shown(server, post, editor):
    document = documents.keep("møte.pdf", b"%PDF \x00\xff", by=None)
    body = "Hei,\n\nsak 24/1001 på æøå: " + "langt " * 400 + "\n.\nFrom start"
    message = approved(
        editor,
        name="Åse Ærlig",
        subject="Bekreft høringssvaret på «æøå»",
        body=body,
        attachments=((document, "Innkalling på møte.pdf"),),
    )
    sending.send_approved(by=editor)
    user = next(NAMES)
    context = ssl.create_default_context(cafile=server.trusted)
    with imaplib.IMAP4_SSL("127.0.0.1", server.port, ssl_context=context) as imap:
        imap.login(user, PASSWORD)
        imap.append("INBOX", None, None, post.taken[0][1])

    address = address_of(f"imap://{user}@127.0.0.1:{server.port}/INBOX")
    with Mailbox(address, PASSWORD, trusted=server.trusted) as mailbox:
        ((_uid, content, _size),) = messages(mailbox, largest=1_000_000)
    (read,) = read_mail("melding.eml", content)

    assert (read.subject, read.message_id) == (message.subject, message.message_id)
    assert (read.sender, read.address) == ("Høringsposten", "horing@example.no")
    assert read.text.split() == body.split()
    ((name, attached),) = [(each.name, each.content) for each in read.attachments]
    assert (name, attached) == ("Innkalling på møte.pdf", b"%PDF \x00\xff")
