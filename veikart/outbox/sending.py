"""Sending what was approved: each message once at most, also where this process dies in the middle.

A message is marked as being sent, and that is committed, before the mail server hears of it. What
became of it is noted afterwards. One that is found marked long after was interrupted: nobody knows
whether it was sent, and a person is asked rather than that it is sent again.
"""

import datetime as dt
import smtplib
import time
from collections import Counter
from dataclasses import dataclass, field
from email.headerregistry import Address
from typing import Any, Literal

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.message import utf8_charset_qp
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from veikart.documents import queries as documents
from veikart.outbox import queries, services
from veikart.outbox.models import Message, State
from veikart.people import audit
from veikart.people.models import User

Ending = Literal["sent", "refused", "later", "unclear"]

MOST_ATTEMPTS = 20
"""So often is a message tried that the server asks to be given later; then a person decides."""
INTERRUPTED_AFTER = dt.timedelta(minutes=15)
"""A message that is marked as being sent for so long was interrupted; one attempt takes a minute at most."""
_TEMPORARY = range(400, 500)


class NoServer(Exception):
    """Nothing can be sent now; the message says what was expected, what was found and what to do."""


@dataclass(frozen=True)
class Posted:
    """How an attempt ended, and what the mail server said."""

    ending: Ending
    said: str | None = None


@dataclass
class Tally:
    """How many messages ended in each way, those that a person must look at, and how many are left."""

    endings: Counter[Ending] = field(default_factory=Counter)
    troubled: list[Message] = field(default_factory=list)
    left: int = 0


def send_approved(*, by: User | None, seconds: float | None = None) -> Tally:
    """Send every message that is approved, the oldest first; with `seconds`, stop after that long.

    Raises NoServer where no server is set up or it does not answer; then nothing was sent, and all
    is kept. Never call it within a transaction: Django refuses.
    """
    refuse_without_server()
    tally = Tally(troubled=find_interrupted(by=by))
    waiting = list(_waiting().values_list("pk", flat=True))
    connection = get_connection()
    ends = None if seconds is None else time.monotonic() + seconds
    try:
        for number in waiting:
            if ends is not None and time.monotonic() > ends:
                break
            _open(connection)
            message = _send(number, connection, by=by, tally=tally)
            if message is not None and message.state in (State.FAILED, State.UNCLEAR):
                tally.troubled.append(message)
    finally:
        _close(connection)
    tally.left = _waiting().count()
    return tally


def find_interrupted(*, by: User | None) -> list[Message]:
    """The messages whose sending was interrupted; from now on a person is asked about them."""
    before = timezone.now() - INTERRUPTED_AFTER
    rows = Message.objects.filter(state=State.SENDING, began_at__lt=before)
    numbers = list(rows.values_list("pk", "attempt"))
    said = Posted("unclear", _("Veikart was stopped while it was being sent."))
    noted = [_note(number, attempt, said, by=by) for number, attempt in numbers]
    return [message for message in noted if message is not None]


def refuse_without_server() -> None:
    """Raise NoServer where the settings name no mail server, with what to set."""
    lacking = queries.lacking_settings()
    if lacking:
        raise NoServer(
            _(
                "Expected a mail server and an address to send from; found none. Set %(settings)s "
                "as docs/operations.md says. All messages are kept until then."
            )
            % {"settings": ", ".join(lacking)}
        )


def composed(message: Message) -> EmailMessage:
    """The e-mail for `message`, just as it goes out.

    The envelope holds the bare address, so that no name can add a recipient. Raises OSError and
    ValueError where what is attached is gone or was changed, or a head has signs that it may not have.
    """
    address = str(message.address)
    user, _at, host = address.rpartition("@")
    mail = EmailMessage(
        subject=message.subject,
        body=message.body,
        from_email=settings.EMAIL_FROM,
        to=[address],
        headers={
            "To": str(Address(display_name=message.name, username=user, domain=host)),
            "Message-ID": message.message_id,
            "Content-Language": message.language,
            "Auto-Submitted": "auto-generated",
        },
    )
    # So no line is too long for a server, and no letter is one that some servers cannot carry.
    mail.encoding = utf8_charset_qp
    for attachment in message.attachments.select_related("document"):
        content = documents.content(attachment.document)
        mail.attach(attachment.name, content, attachment.document.media_type)
    return mail


def post(mail: EmailMessage, connection: Any) -> Posted:
    """Hand `mail` to the server, once. Whatever leaves a doubt is unclear, and never tried again by itself."""
    try:
        connection.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as refusal:
        code, said = next(iter(refusal.recipients.values()))
        return _refused(code, said)
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as refusal:
        return _refused(refusal.smtp_code, refusal.smtp_error)
    except (ValueError, smtplib.SMTPNotSupportedError) as problem:
        return Posted("refused", str(problem))  # before the server heard of it
    except OSError as problem:  # (SMTPException is one)
        broke = _("The connection broke while it was being sent: %(problem)s")
        return Posted("unclear", broke % {"problem": problem})
    return Posted("sent")


def _refused(code: int, said: bytes | str) -> Posted:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return Posted("later" if code in _TEMPORARY else "refused", f"{code} {text}")


def _waiting() -> Any:
    return Message.objects.filter(state=State.APPROVED).order_by("pk")


def _send(number: int, connection: Any, *, by: User | None, tally: Tally) -> Message | None:
    """Send one message; None if somebody else has taken it, or it is no longer to be sent."""
    claimed = _claim(number)
    if claimed is None:
        return None
    try:
        mail = composed(claimed)
        mail.message()
    except (OSError, ValueError) as problem:
        posted = Posted("refused", str(problem))
    else:
        posted = post(mail, connection)
    tally.endings[posted.ending] += 1
    return _note(number, claimed.attempt, posted, by=by)


def _claim(number: int) -> Message | None:
    """Mark a message as being sent, for good before anything else happens to it."""
    with transaction.atomic(durable=True):
        message = services.locked([number]).filter(state=State.APPROVED).first()
        if message is None:
            return None
        message.state, message.began_at = State.SENDING, timezone.now()
        message.attempt += 1
        message.save(update_fields=["state", "began_at", "attempt"])
    return message


@transaction.atomic
def _note(number: int, attempt: int, posted: Posted, *, by: User | None) -> Message | None:
    """Note how an attempt ended; None if that was noted already."""
    audit.lock()
    message = services.locked([number]).filter(attempt=attempt, state__in=_UNDER_WAY).first()
    if message is None or (message.state, posted.ending) == (State.UNCLEAR, "unclear"):
        return None
    if message.state == State.APPROVED:
        if posted.ending in ("refused", "later"):
            return None
        posted = Posted("unclear", _("It was still being sent when it was approved once more."))
    message.state = _state_after(message, posted)
    message.sent_at = timezone.now() if posted.ending == "sent" else None
    message.said = _without_address(message, posted.said)
    message.save(update_fields=["state", "sent_at", "said"])
    verb = queries.RECORDED if posted.ending == "sent" else f"message.{posted.ending}"
    after = services.proof(message) if posted.ending == "sent" else {"attempt": message.attempt}
    services.record(verb, message, by=by, after=after)
    return message


_UNDER_WAY = (State.SENDING, State.UNCLEAR, State.APPROVED)
"""A process that was slow, and not stopped, may be late to note: somebody may have decided meanwhile."""


def _state_after(message: Message, posted: Posted) -> State:
    if posted.ending == "sent":
        return State.SENT
    if posted.ending == "unclear":
        return State.UNCLEAR
    is_to_be_tried = posted.ending == "later" and message.attempt % MOST_ATTEMPTS
    return State.APPROVED if is_to_be_tried and message.address else State.FAILED


def _without_address(message: Message, said: str | None) -> str | None:
    """What the server said; where the address was deleted meanwhile, nothing that could hold it."""
    return said if message.address else None


def _open(connection: Any) -> None:
    """Have an open connection, a new one where the server has hung up. Raises NoServer."""
    held = getattr(connection, "connection", None)
    try:
        if held is not None and not _answers(held):
            connection.close()
        connection.open()
    except (OSError, ValueError) as problem:
        raise NoServer(
            _(
                "Expected the mail server in VEIKART_EMAIL_SERVER to let us in; found: %(problem)s. "
                "Check the address, user name and password. All messages are kept."
            )
            % {"problem": _told(problem)}
        ) from problem


def _answers(held: Any) -> bool:
    try:
        return bool(held.noop()[0] == 250)
    except OSError:
        return False


def _told(problem: Exception) -> str:
    """What went wrong, in the server's words; never the password."""
    if isinstance(problem, smtplib.SMTPResponseException):
        said = problem.smtp_error
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        return f"{problem.smtp_code} {text}"
    return str(problem) or type(problem).__name__


def _close(connection: Any) -> None:
    try:
        connection.close()
    except OSError:
        return  # the server has hung up, and everything is noted already
