"""What can be done with messages: draft, approve, discard, say what became of them, forget an address.

Sending itself is in `veikart.outbox.sending`. Nothing that the record keeps of a message holds an address.
"""

import datetime as dt
import re
import secrets
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from veikart.documents.models import Document
from veikart.outbox import queries, rules
from veikart.outbox.models import Attachment, Message, State
from veikart.people import audit
from veikart.people.models import User


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What is to be sent: to whom, what it says, and what it is about. See `Message` for the fields.

    `attachments` are documents with the names that they have in the message.
    """

    kind: str
    about: str
    name: str
    address: str
    language: str
    subject: str
    body: str
    version: int | None = None
    page: str | None = None
    attachments: tuple[tuple[Document, str], ...] = ()


@transaction.atomic
def draft(letter: Letter, *, by: User | None) -> Message:
    """Put a message in the outbox, where it waits until a person has approved it.

    Line breaks and signs that control a terminal or a mail program become blanks in what is written
    into a message's head. Raises ValidationError for an address that is none, and for empty texts.
    """
    validate_email(letter.address)
    audit.lock()
    message = Message(
        kind=letter.kind,
        about=letter.about,
        version=letter.version,
        page=letter.page,
        name=one_line(letter.name),
        address=letter.address,
        language=letter.language,
        subject=one_line(letter.subject),
        body=plain_text(letter.body),
        message_id=_new_message_id(),
        made_at=timezone.now(),
        made_by=by,
    )
    named = [(document, one_line(name)) for document, name in letter.attachments]
    message.sha256 = queries.digest(message, [(name, doc.sha256) for doc, name in named])
    message.full_clean()
    message.save(force_insert=True)
    for document, name in named:
        attachment = Attachment(message=message, document=document, name=name)
        attachment.full_clean()
        attachment.save(force_insert=True)
    record("message.drafted", message, by=by, after={"about": letter.about, "kind": letter.kind})
    return message


@transaction.atomic
def approve(messages: Collection[int], *, by: User) -> list[Message]:
    """Let these messages be sent, as `by` has seen them: those that wait, and those that were refused.

    Answers those that were approved now; one that somebody else has approved or discarded meanwhile
    is not among them. Raises PermissionDenied.
    """
    rules.refuse_strangers(by)
    audit.lock()
    rows = locked(messages).filter(state__in=(State.DRAFT, State.FAILED), address__isnull=False)
    approved = list(rows)
    for message in approved:
        message.state, message.said = State.APPROVED, None
        message.approved_at, message.approved_by = timezone.now(), by
        _save(message, "state", "said", "approved_at", "approved_by")
        record("message.approved", message, by=by, after={"sha256": message.sha256})
    return approved


@transaction.atomic
def discard(message: int, *, by: User) -> Message:
    """Do not send a message; its text stays, and its address is deleted.

    Raises PermissionDenied, and ValidationError for one that was sent or is being sent.
    """
    rules.refuse_strangers(by)
    audit.lock()
    return _discard(_found(message), by=by)


@transaction.atomic
def settle(message: int, *, arrived: bool, by: User) -> Message:
    """Say what became of a message of which nobody knows: it arrived, or it may be sent once more.

    Raises PermissionDenied, and ValidationError for any other message, and for sending once more what
    has no address any longer.
    """
    rules.refuse_strangers(by)
    audit.lock()
    row = _found(message)
    if row.state != State.UNCLEAR:
        raise _wrong_state(row)
    if arrived:
        row.state, row.sent_at = State.SENT, row.began_at or timezone.now()
        _save(row, "state", "sent_at")
        record(queries.RECORDED, row, by=by, after={**proof(row), "on_the_word_of": "person"})
        return row
    if row.address is None:
        raise ValidationError(_("Its address is deleted. Make a new message."), code="no_address")
    row.state, row.said = State.APPROVED, None
    row.approved_at, row.approved_by = timezone.now(), by
    _save(row, "state", "said", "approved_at", "approved_by")
    record("message.approved", row, by=by, after={"sha256": row.sha256, "once_more": True})
    return row


@transaction.atomic
def forget(kind: str, about: Iterable[str], *, by: User | None) -> int:
    """Delete the addresses in all messages of a kind about these; what waits is discarded.

    What was sent and when stays. Answers how many messages had an address.
    """
    audit.lock()
    rows = Message.objects.select_for_update().filter(kind=kind, about__in=list(about))
    known = list(rows.filter(address__isnull=False).order_by("pk"))
    for message in known:
        if message.state in (State.DRAFT, State.APPROVED, State.FAILED):
            _discard(message, by=by)
            continue
        _forget_address(message)
        _save(message, "address", "said")
        record("message.address_deleted", message, by=by)
    return len(known)


def _discard(message: Message, *, by: User | None) -> Message:
    if message.state not in (State.DRAFT, State.APPROVED, State.FAILED, State.UNCLEAR):
        raise _wrong_state(message)
    message.state = State.DISCARDED
    _forget_address(message)
    _save(message, "state", "address", "said")
    record("message.discarded", message, by=by)
    return message


def _forget_address(message: Message) -> None:
    if message.address and message.said:
        message.said = without(message.said, message.address)
    message.address = None


def without(said: str, address: str) -> str:
    """What a mail server said; a sentence in place of it where it holds the address or its name."""
    name = address.casefold().partition("@")[0]
    if name not in said.casefold():
        return said
    return _("What the mail server said held the address, and was deleted with it.")


def _found(message: int) -> Message:
    found = locked([message]).first()
    if found is None:
        raise ValidationError(
            _("Expected a message in the outbox; found number %(no)d."),
            code="unknown",
            params={"no": message},
        )
    return found


def _wrong_state(message: Message) -> ValidationError:
    return ValidationError(
        _("“%(subject)s” cannot be changed so: %(state)s. Open the outbox anew."),
        code="wrong_state",
        params={"subject": message.subject, "state": message.get_state_display()},
    )


def locked(messages: Collection[int]) -> "QuerySet[Message]":
    """These messages, which nobody else changes until the transaction ends."""
    # Only the message itself is locked; who approved it is another table.
    return Message.objects.select_for_update().filter(pk__in=messages).order_by("pk")


def _save(message: Message, *names: str) -> None:
    message.full_clean(exclude=["message_id"])
    message.save(update_fields=names)


def record(verb: str, message: Message, *, by: User | None, after: Any = None) -> None:
    """Add to the record what was done with `message`; never its address or its words."""
    audit.record(verb, f"utboks/{message.pk}", by=by, after=after)


def proof(message: Message) -> dict[str, Any]:
    """What the record keeps of a message that was sent."""
    return {
        "message": message.pk,
        "message_id": message.message_id,
        "sha256": message.sha256,
        "sent_at": message.sent_at.astimezone(dt.UTC).isoformat() if message.sent_at else None,
    }


def one_line(text: str) -> str:
    """`text` on one line, without signs that control anything: fit for the head of a message."""
    return " ".join(_visible(text).split())


def plain_text(text: str) -> str:
    """`text` in lines, without signs that control anything, and without blanks at its ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_visible(line).rstrip() for line in lines).strip()


def _visible(text: str) -> str:
    """`text` with a blank in place of each sign that is not to be in a line."""
    return "".join(" " if unicodedata.category(sign) in _UNSEEN else sign for sign in text)


_UNSEEN = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Unicode’s categories of what is not to be in a line: controls, halves of signs, line and paragraph ends."""


def _new_message_id() -> str:
    """A Message-ID of our own, fixed before anything is sent, so that a message is known again."""
    host = urlsplit(settings.ADDRESS).hostname or ""
    known = host if re.fullmatch(r"[a-z0-9.-]+", host) else "localhost"
    return f"<utboks.{secrets.token_hex(16)}@{known}>"
