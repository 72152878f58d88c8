"""Reads e-mail: single messages (.eml) and mailboxes (mbox), with their texts and attachments."""

import datetime as dt
import email
import email.policy
import re
from collections.abc import Iterator, Sequence
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses, parsedate_to_datetime

import msgspec

from veikart.engines.proposal import Unreadable
from veikart.engines.readers.html_text import html_text
from veikart.engines.readers.texts import file_name, lines, one_line

MOST_MESSAGES = 10_000
MOST_PARTS = 200
_HEADER = re.compile(rb"(?P<name>[A-Za-z][A-Za-z0-9-]*):[ \t]?")
_TELLING = frozenset(
    {
        b"from",
        b"to",
        b"subject",
        b"date",
        b"received",
        b"message-id",
        b"mime-version",
        b"return-path",
    }
)
_FEWEST_TELLING = 3
_HEAD = 100_000
_MAILBOX_START = re.compile(rb"From \S+ .*\d\d:\d\d")
_NEW_MESSAGE = re.compile(rb"(?:\A|\r?\n\r?\n)From \S+ [^\r\n]*\d\d:\d\d[^\r\n]*\r?\n")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


class Attachment(msgspec.Struct, frozen=True):
    """A file that came with a message. `inline` ones are part of its look, such as a logo."""

    name: str
    content: bytes
    inline: bool


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A message. `sender` is the name it gives and `address` where it came from; `text` is what it
    says, whether it was written as plain text or as HTML; `raw` is all of it as it came. What it
    does not say is None. `sent` is what the sender says, `arrived` what the last mail server wrote.
    """

    sender: str | None
    address: str | None
    sent: dt.datetime | None
    subject: str | None
    message_id: str | None
    text: str
    raw: bytes
    attachments: tuple[Attachment, ...]
    arrived: dt.datetime | None = None


class Held(msgspec.Struct, frozen=True):
    """An attachment and the message it came with. `is_newest`: no newer one of that name came from
    the same sender.
    """

    message: Message
    attachment: Attachment
    is_newest: bool


def is_mail(content: bytes) -> bool:
    """Whether bytes begin as e-mail does: with the lines of a head, or as a mailbox."""
    begin = content[:_HEAD].lstrip()
    if _MAILBOX_START.match(begin):
        begin = begin.partition(b"\n")[2]
    head, *body = re.split(rb"\r?\n\r?\n", begin, maxsplit=1)
    whole = head.splitlines()
    if not body and len(content) > _HEAD:
        del whole[-1:]  # it was cut off here
    rows = [row for row in whole if not row.startswith((b" ", b"\t"))]
    names = [match["name"].lower() for match in map(_HEADER.match, rows) if match]
    return len(names) == len(rows) and len(_TELLING.intersection(names)) >= _FEWEST_TELLING


def read_mail(name: str, content: bytes) -> tuple[Message, ...]:
    """The messages in `content`, in its order. Nothing in them is run, and nothing is fetched.

    Raises Unreadable: `not_mail` for what is none, `too_many_messages`, and `broken_mail` for a
    message that cannot be taken apart.
    """
    if not is_mail(content):
        raise Unreadable(
            "not_mail",
            f"Expected an e-mail (.eml) or a mailbox (mbox); {name} does not begin as one does. "
            "Save the message from the mail program as .eml, and take that in.",
        )
    return tuple(_message(name, one) for one in _messages(name, content))


def split(name: str, content: bytes) -> tuple[bytes, ...]:
    """The messages in a mailbox as they lie in it, not taken apart; of one message, itself.

    Raises Unreadable, `too_many_messages`.
    """
    return tuple(_messages(name, content))


def held(messages: Sequence[Message]) -> tuple[Held, ...]:
    """All attachments in the order they came, each told from older ones of its name and sender.

    Where two came at the same time, or without one, the later in the mailbox is the newer.
    """
    all_of_them = [
        (message, attachment) for message in messages for attachment in message.attachments
    ]
    newest: dict[tuple[str | None, str], int] = {}
    for place, (message, attachment) in enumerate(all_of_them):
        key = (message.address, attachment.name.casefold())
        if key not in newest or _sent(message) >= _sent(all_of_them[newest[key]][0]):
            newest[key] = place
    winners = set(newest.values())
    return tuple(
        Held(message, attachment, place in winners)
        for place, (message, attachment) in enumerate(all_of_them)
    )


def _sent(message: Message) -> dt.datetime:
    """When a message was sent; before all others, if it does not say."""
    return message.sent or dt.datetime.min.replace(tzinfo=dt.UTC)


def _messages(name: str, content: bytes) -> Iterator[bytes]:
    content = content.lstrip()
    if not _MAILBOX_START.match(content):
        yield content
        return
    starts = list(_NEW_MESSAGE.finditer(content))
    if len(starts) > MOST_MESSAGES:
        raise Unreadable(
            "too_many_messages",
            f"Expected at most {MOST_MESSAGES:,} messages; {name} has {len(starts):,}. "
            "Move those of the hearing to a folder of their own, and take that in.",
        )
    ends = [start.start() for start in starts[1:]] + [len(content)]
    for start, end in zip(starts, ends, strict=True):
        yield _QUOTED_FROM.sub(rb"\1", content[start.end() : end])


def _message(name: str, content: bytes) -> Message:
    try:
        found = email.message_from_bytes(content, policy=email.policy.default)
        sender, address = _sender(found)
        return Message(
            sender=sender,
            address=address,
            sent=_moment(_head(found, "Date")),
            subject=_head(found, "Subject"),
            message_id=_head(found, "Message-ID"),
            text=_text(found),
            raw=content,
            attachments=tuple(_attachments(name, found)),
            arrived=_moment(_last_stamp(found)),
        )
    except (
        MessageError,
        ValueError,
        LookupError,
        AttributeError,
        TypeError,
        RecursionError,
    ) as problem:
        raise Unreadable(
            "broken_mail",
            f"Expected a whole e-mail; one in {name} cannot be taken apart ({problem}). "
            "Open it in the mail program, save its text and attachments, and take those in.",
        ) from problem


def _head(message: EmailMessage, name: str) -> str | None:
    return one_line(str(message[name])) if message[name] is not None else None


def _last_stamp(message: EmailMessage) -> str | None:
    """What the server that took the message in last says of when: the end of the topmost Received."""
    stamp = _head(message, "Received")
    return stamp.rpartition(";")[2] if stamp and ";" in stamp else None


def _sender(message: EmailMessage) -> tuple[str | None, str | None]:
    """The name and the address it came from, in lower case."""
    pairs = getaddresses([_head(message, "From") or ""])
    name, address = pairs[0] if pairs else ("", "")
    return one_line(name), address.casefold() or None


def _moment(said: str | None) -> dt.datetime | None:
    """A moment in UTC; None where none is said that makes sense."""
    try:
        moment = parsedate_to_datetime(said or "")
        return moment.replace(tzinfo=moment.tzinfo or dt.UTC).astimezone(dt.UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def _text(message: EmailMessage) -> str:
    """What a message says; its HTML only if it has no plain text."""
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    said = _decoded(body)
    return html_text(said) if body.get_content_subtype() == "html" else lines(said) or ""


def _decoded(part: MIMEPart) -> str:
    """The text of a part; in an encoding nobody knows, what can be read of it."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        return content.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return content.decode("windows-1252", errors="replace")


def _attachments(name: str, message: EmailMessage) -> Iterator[Attachment]:
    """The files that came with a message; a message that was attached is one of them."""
    body = message.get_body(preferencelist=("plain", "html"))
    parts = [part for part in _leaves(message) if part is not body]
    if len(parts) > MOST_PARTS:
        raise Unreadable(
            "too_many_parts",
            f"Expected at most {MOST_PARTS} attachments; a message in {name} has {len(parts):,}. "
            "Save those that belong to the reply, and take them in by themselves.",
        )
    for number, part in enumerate(parts, start=1):
        is_message = part.get_content_type() == "message/rfc822"
        called = one_line(part.get_filename() or "")
        if called is None and not is_message and part.get_content_maintype() == "text":
            continue  # the same words again, as HTML
        content = part.get_content().as_bytes() if is_message else part.get_payload(decode=True)
        if called is None and not content:
            continue  # a part without a name that holds nothing
        yield Attachment(
            name=file_name(called or "") or f"vedlegg-{number}{'.eml' if is_message else ''}",
            content=content if isinstance(content, bytes) else b"",
            inline=part.get_content_disposition() == "inline"
            or (part.get_content_maintype() == "image" and part["Content-ID"] is not None),
        )


def _leaves(message: MIMEPart) -> Iterator[MIMEPart]:
    """The parts that hold something themselves; what is inside an attached message is its own."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        yield message
        return
    for part in message.iter_parts():
        yield from _leaves(part)
