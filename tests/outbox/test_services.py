"""What can be done with a message before and after it is sent, and what the database refuses."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests.outbox.conftest import KARI, approved, drafted, letter
from veikart.documents import services as documents
from veikart.outbox import queries, services
from veikart.outbox.models import Attachment, Message, State
from veikart.people.models import AuditEntry

pytestmark = pytest.mark.django_db


def refused(code, doing, *args, **more):
    with pytest.raises(ValidationError) as refusal:
        doing(*args, **more)
    assert refusal.value.code == code
    return refusal.value.messages[0]


def state_of(message):
    return Message.objects.get(pk=message.pk).state


def in_state(editor, state, **more):
    """A message that is in `state` by way of those that lead there."""
    message = approved(editor, **more)
    row = Message.objects.filter(pk=message.pk)
    row.update(state=State.SENDING, attempt=1, began_at=timezone.now())
    sent_at = timezone.now() if state == State.SENT else None
    if state != State.SENDING:
        row.update(state=state, sent_at=sent_at)
    return row.get()


def test_a_message_waits_until_a_person_has_approved_it(editor, reader):
    message = drafted()
    assert (message.state, message.approved_by) == (State.DRAFT, None)

    with pytest.raises(PermissionDenied):
        services.approve([message.pk], by=reader)
    (done,) = services.approve([message.pk], by=editor)

    assert (done.state, done.approved_by) == (State.APPROVED, editor)
    assert services.approve([message.pk, 10**6], by=editor) == []


def test_what_goes_into_a_head_is_one_line_without_controls():
    message = drafted(
        name="Kari\r\nBcc: alle@example.no\x00\u2028Nordmann",
        subject="Bekreft\nX-Ond: ja\u0085 svaret\t nå",
    )

    assert message.name == "Kari Bcc: alle@example.no Nordmann"
    assert message.subject == "Bekreft X-Ond: ja svaret nå"


def test_the_text_keeps_its_lines_and_loses_its_controls():
    message = drafted(body="\r\nHei\x1b[31m,\r\n\r\n  innrykk\tog mer  \rslutt\n\n")

    assert message.body == "Hei [31m,\n\n  innrykk og mer\nslutt"


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "kari"},
        {"address": "kari@example.no, ola@example.no"},
        {"address": "kari@example.no\nBcc: ola@example.no"},
        {"address": ""},
        {"subject": " \n "},
        {"body": ""},
        {"name": ""},
        {"language": "sv"},
    ],
)
def test_a_message_without_a_right_address_or_a_text_is_refused(wrong):
    with pytest.raises(ValidationError):
        drafted(**wrong)
    assert not Message.objects.exists()


def test_every_message_has_a_message_id_of_its_own_from_the_start(settings):
    settings.ADDRESS = "https://veikart.example.no"

    first, second = drafted(), drafted()

    assert first.message_id != second.message_id
    assert first.message_id.endswith("@veikart.example.no>")
    answer = f"References: <fremmed@x>\r\n {second.message_id}\r\n\r\nTakk".encode()
    assert queries.named_in(answer) == second
    assert queries.named_in(b"In-Reply-To: <fremmed@x>\r\n\r\nTakk") is None
    assert queries.named_in(b"In-Reply-To: <utboks.%s@veikart.example.no>" % (b"0" * 32)) is None


def test_the_record_holds_what_was_done_and_neither_address_nor_text(editor):
    message = approved(editor)
    services.discard(message.pk, by=editor)

    entries = AuditEntry.objects.filter(uid=f"utboks/{message.pk}").order_by("number")
    assert [entry.verb for entry in entries] == [
        "message.drafted", "message.approved", "message.discarded",
    ]  # fmt: skip
    told = str(list(AuditEntry.objects.values()))
    assert KARI not in told
    assert "mottatt svaret" not in told


@pytest.mark.parametrize("state", [State.DRAFT, State.APPROVED, State.FAILED, State.UNCLEAR])
def test_what_is_not_sent_can_be_discarded_and_loses_its_address(editor, state):
    message = drafted() if state == State.DRAFT else None
    message = message or (approved(editor) if state == State.APPROVED else in_state(editor, state))

    done = services.discard(message.pk, by=editor)

    assert (done.state, done.address) == (State.DISCARDED, None)
    assert services.approve([message.pk], by=editor) == []


@pytest.mark.parametrize("state", [State.SENDING, State.SENT, State.DISCARDED])
def test_what_is_sent_or_discarded_cannot_be_discarded(editor, state):
    message = in_state(editor, State.UNCLEAR if state == State.DISCARDED else state)
    if state == State.DISCARDED:
        services.discard(message.pk, by=editor)

    refused("wrong_state", services.discard, message.pk, by=editor)
    assert state_of(message) == state


def test_a_person_says_what_became_of_a_message_of_which_nobody_knows(editor):
    arrived, lost = in_state(editor, State.UNCLEAR), in_state(editor, State.UNCLEAR)

    services.settle(arrived.pk, arrived=True, by=editor)
    services.settle(lost.pk, arrived=False, by=editor)

    assert (state_of(arrived), state_of(lost)) == (State.SENT, State.APPROVED)
    refused("wrong_state", services.settle, arrived.pk, arrived=False, by=editor)
    assert queries.verify() == []


def test_deleting_addresses_leaves_what_was_sent_and_when(editor):
    sent = in_state(editor, State.SENT)
    Message.objects.filter(pk=sent.pk).update(said=f"250 queued for <{KARI.upper()}>")
    failed = in_state(editor, State.FAILED)
    waiting, other = drafted(), drafted(about="horing/22-414/svar/4")

    assert services.forget("confirm", ["horing/22-414/svar/3"], by=editor) == 3

    rows = Message.objects.in_bulk()
    assert (rows[sent.pk].state, rows[sent.pk].sent_at) == (State.SENT, sent.sent_at)
    assert (rows[sent.pk].body, rows[sent.pk].subject) == (sent.body, sent.subject)
    assert [rows[m.pk].state for m in (failed, waiting, other)] == [
        State.DISCARDED, State.DISCARDED, State.DRAFT,
    ]  # fmt: skip
    left = str(list(Message.objects.exclude(pk=other.pk).values()))
    assert KARI not in left.casefold()
    assert "kari.nordmann" not in left.casefold()
    assert KARI not in str(list(AuditEntry.objects.values())).casefold()


def test_a_message_whose_address_is_deleted_is_not_sent_once_more(editor):
    message = in_state(editor, State.UNCLEAR)
    services.forget("confirm", [message.about], by=editor)

    refused("no_address", services.settle, message.pk, arrived=False, by=editor)
    services.settle(message.pk, arrived=True, by=editor)
    assert state_of(message) == State.SENT


def test_what_goes_with_a_message_is_part_of_what_it_says(editor, settings):
    document = documents.keep("innkalling.pdf", b"%PDF", by=None)
    plain, whole = drafted(), drafted(attachments=((document, "innkalling.pdf"),))

    assert [each.document for each in whole.attachments.all()] == [document]
    assert plain.sha256 != whole.sha256
    assert queries.verify() == []


REWRITES = {
    "body": "Noe annet",
    "subject": "Noe annet",
    "name": "Ola",
    "about": "horing/22-414/svar/4",
    "message_id": "<en@annen>",
    "address": "ola@example.no",
    "language": "en",
    "sha256": "0" * 64,
}


@pytest.mark.parametrize("name", REWRITES)
def test_the_database_refuses_to_change_what_a_message_says(editor, name):
    message = drafted()

    with pytest.raises(IntegrityError, match="What a message says"), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(**{name: REWRITES[name]})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (State.DRAFT, State.SENDING),
        (State.DRAFT, State.SENT),
        (State.APPROVED, State.SENT),
        (State.FAILED, State.SENDING),
        (State.UNCLEAR, State.SENDING),
        (State.SENT, State.APPROVED),
        (State.SENT, State.SENDING),
        (State.SENT, State.DISCARDED),
        (State.DISCARDED, State.APPROVED),
    ],
)
def test_the_database_refuses_steps_that_would_send_twice_or_unapproved(editor, old, new):
    if old in (State.DRAFT, State.DISCARDED):
        message = drafted()
        if old == State.DISCARDED:
            services.discard(message.pk, by=editor)
    else:
        message = approved(editor) if old == State.APPROVED else in_state(editor, old)
    given = {
        "state": new,
        "sent_at": timezone.now() if new == State.SENT else None,
        "approved_by": editor,
        "approved_at": timezone.now(),
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(**given)
    assert state_of(message) == old


def test_the_database_refuses_an_approval_by_nobody():
    message = drafted()

    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(state=State.APPROVED)


def test_the_database_refuses_to_attach_to_what_somebody_has_seen(editor):
    document = documents.keep("notat.txt", b"x", by=None)
    message = approved(editor, attachments=((document, "notat.txt"),))

    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.create(message=message, document=document, name="mer.txt")
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.update(name="mer.txt")


def test_what_was_changed_past_the_services_is_found(editor):
    message = in_state(editor, State.SENT)  # sent, as the tables say, and the record does not
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER outbox_message_says")
        else:
            cursor.execute("DROP TRIGGER outbox_message_stays ON outbox_message")
        cursor.execute("UPDATE outbox_message SET body = 'Falskt' WHERE id = %s", [message.pk])

    assert queries.verify() == [
        f"Message {message.pk} was changed after it was made; compare with a backup.",
        f"Message {message.pk} does not stand as the record says that it was sent; "
        "compare with a backup.",
    ]


def test_the_newest_message_about_a_version_is_told():
    old, new = drafted(version=1), drafted(version=2)
    newest = drafted(version=1)
    drafted(kind="summons")

    found = queries.newest_about("confirm", [old.about, "horing/22-414/svar/4"])

    assert found == {(old.about, 1): newest, (old.about, 2): new}
    assert letter().about == old.about
