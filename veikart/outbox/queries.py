"""What may be read of the outbox: what waits, what was sent about something, and whether it is whole."""

import hashlib
import re
from collections.abc import Iterable, Iterator

import msgspec
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from veikart.outbox.models import Message, State
from veikart.people.models import AuditEntry

SMTP = "django.core.mail.backends.smtp.EmailBackend"
_OWN_ID = re.compile(rb"<utboks\.[0-9a-f]{32}@[a-z0-9.-]+>")
RECORDED = "message.sent"
"""The verb in the record of who did what."""


def in_state(*states: State) -> list[Message]:
    """The messages in these states, the oldest first, with their attachments. Two queries."""
    rows = Message.objects.filter(state__in=states).select_related("approved_by", "made_by")
    return list(rows.prefetch_related("attachments__document").order_by("pk"))


def number_waiting() -> int:
    """How many messages wait for a person: to be approved, or because something went wrong. One query."""
    return Message.objects.filter(state__in=(State.DRAFT, State.FAILED, State.UNCLEAR)).count()


def newest_about(kind: str, uids: Iterable[str]) -> dict[tuple[str, int | None], Message]:
    """The newest message of a kind about each version of `uids` that was not discarded. One query."""
    rows = Message.objects.filter(kind=kind, about__in=list(uids)).exclude(state=State.DISCARDED)
    return {(row.about, row.version): row for row in rows.order_by("pk")}


def named_in(mail: bytes) -> Message | None:
    """The newest message of ours whose Message-ID stands in an e-mail, as in an answer to it, or where
    a mail server returns it. One query, or none if nothing like one stands there.
    """
    named = {each.decode("ascii") for each in _OWN_ID.findall(mail)}
    return Message.objects.filter(message_id__in=named).first() if named else None


def lacking_settings() -> list[str]:
    """The settings without which nothing can be sent; none if all is set."""
    if settings.EMAIL_BACKEND != SMTP:
        return []  # another way of sending, as tests choose it
    named = (
        ("VEIKART_EMAIL_SERVER", settings.EMAIL_HOST),
        ("VEIKART_EMAIL_FROM", settings.EMAIL_FROM),
    )
    return [name for name, value in named if not value]


def digest(message: Message, attachments: Iterable[tuple[str, str]]) -> str:
    """The SHA-256 of what `message` says, and to whom but for the address, which can be deleted.

    `attachments` are the names and the SHA-256 of the documents, in their order.
    """
    content = (
        message.kind,
        message.about,
        message.version,
        message.page,
        message.name,
        message.language,
        message.subject,
        message.body,
        message.message_id,
        list(attachments),
    )
    return hashlib.sha256(msgspec.json.encode(content)).hexdigest()


def attached(message: Message) -> list[tuple[str, str]]:
    """The names and the SHA-256 of what goes with `message`. Two queries, if not fetched before."""
    return [(each.name, each.document.sha256) for each in message.attachments.all()]


def verify() -> list[str]:
    """What is wrong with the outbox, one sentence each; nothing if it is whole."""
    return list(_problems())


def _problems() -> Iterator[str]:
    rows = Message.objects.order_by("pk").prefetch_related("attachments__document")
    sent = {}
    for message in rows.iterator(chunk_size=500):
        if message.state == State.SENT:
            sent[message.pk] = message.sha256
        if message.sha256 != digest(message, attached(message)):
            yield _("Message %(no)d was changed after it was made; compare with a backup.") % {
                "no": message.pk
            }
    entries = AuditEntry.objects.filter(verb=RECORDED).order_by("number")
    told = (after for after in entries.values_list("after", flat=True) if after)
    recorded = {after["message"]: after["sha256"] for after in told}
    for pk in sorted(recorded.keys() | sent.keys()):
        if recorded.get(pk) != sent.get(pk):
            yield _(
                "Message %(no)d does not stand as the record says that it was sent; "
                "compare with a backup."
            ) % {"no": pk}


def others(message: Message) -> list[Message]:
    """The other messages about the same thing, the newest first. One query."""
    same = Q(kind=message.kind, about=message.about) & ~Q(pk=message.pk)
    return list(Message.objects.filter(same))
