"""Picks the reader for a file by what is in it, and refuses what no reader knows."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import msgspec

from veikart.engines.proposal import Proposal, Unreadable
from veikart.engines.readers import council
from veikart.engines.readers.archive import Archive
from veikart.engines.readers.document import Document
from veikart.engines.readers.letter import is_a_letter, read_letter
from veikart.engines.readers.mail import Held, held, is_mail, read_mail
from veikart.engines.readers.mail_reply import read_mail_text
from veikart.engines.readers.pages import Recognised
from veikart.engines.readers.register import read_register
from veikart.engines.readers.register_table import is_a_register
from veikart.engines.readers.reply_form import is_a_reply_form, read_reply_form
from veikart.engines.readers.reply_items import received_on
from veikart.engines.readers.strategy_text import read_strategy_text

LARGEST = 25_000_000
"""The most bytes a file may have, unless the caller says otherwise."""

REPLIES = ("reply_form", "letter", "mail")
"""The readers of what belongs to a hearing, and changes nothing in the plan by itself."""

COUNCIL = council.READERS
"""The readers of what a council treats: in the words of the document, which are translated when they are taken in."""

Recognise = Callable[[str, bytes, Sequence[int]], Recognised]
"""Gives the lines of scanned pages, by their numbers; none of those it cannot read."""

MOST_WITHIN = 3
"""So deep may messages lie in messages that are attached to others."""

_KNOWN = (
    "the roadmap register as CSV or XLSX, or a strategy document, a council's agenda, minutes or slides, "
    "or a reply to a hearing as TXT, DOCX or PDF with text, or as an e-mail"
)
_NO_DOCUMENT = (".p7s", ".p7m", ".asc", ".vcf", ".ics", ".png", ".jpg", ".jpeg", ".gif", ".bmp")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Reading(msgspec.Struct, frozen=True):
    """What one document said, or why it could not be read: the one or the other."""

    name: str
    proposal: Proposal | None = None
    refusal: Unreadable | None = None


def read_all(
    name: str,
    content: bytes,
    *,
    largest: int = LARGEST,
    recognise: Recognise | None = None,
    within: int = 0,
) -> Iterator[Reading]:
    """What is in a file, document by document: one as a rule; of e-mail, the text of each message
    and each document attached to it, the newest of its name and sender. What is none of the others
    is read as a letter if it begins or ends like one, is scanned, or came by e-mail and says
    something. `recognise` gives the lines of scanned pages; `within` is how deep in other messages
    this one lies.

    Never raises Unreadable: each refusal costs one document, not those beside it. A mailbox may
    be larger than a document, since each message is looked at by itself.
    """
    try:
        if within > MOST_WITHIN:
            raise Unreadable(
                "mail_within_mail",
                f"Expected messages at most {MOST_WITHIN} deep within others; {name} lies deeper. "
                "Save it from the mail program by itself, and take that in.",
            )
        if is_mail(content):
            yield from _read_mail(
                name, content, largest=largest, recognise=recognise, within=within
            )
        else:
            by_mail = within > 0
            yield Reading(name, _read_one(name, content, largest, recognise, by_mail=by_mail))
    except Unreadable as refusal:
        yield Reading(name, refusal=refusal)


def _read_one(
    name: str, content: bytes, largest: int, recognise: Recognise | None, *, by_mail: bool
) -> Proposal:
    """What one document says: what `read` finds, or else a letter."""
    document = Document(name, content)
    try:
        return _read(document, largest=largest)
    except Unreadable as refusal:
        if refusal.code not in {"unknown_kind", "no_text"}:
            raise
        letter = _letter(document, recognise, by_mail=by_mail)
        if letter is None:
            raise
        return letter


def _letter(document: Document, recognise: Recognise | None, *, by_mail: bool) -> Proposal | None:
    """The letter that a document is; None if it is none, or cannot be opened as a document."""
    name, content = document.name, document.content
    try:
        if recognise is not None and (waiting := document.pages.waiting):
            document = document.with_recognised(recognise(name, content, waiting))
        letter = read_letter(name, content, document=document)
    except Unreadable as refusal:
        if refusal.code == "too_long":
            raise
        return None
    if document.pages.is_scanned or is_a_letter(document.blocks):
        return letter
    return letter if by_mail and letter.counts["point"] else None


def _read_mail(
    name: str, content: bytes, *, largest: int, recognise: Recognise | None, within: int
) -> Iterator[Reading]:
    messages = read_mail(name, content)
    came: dict[int, list[Held]] = defaultdict(list)
    for one in held(messages):
        came[id(one.message)].append(one)
    for message in messages:
        own = came[id(message)]
        unread = [one for one in own if not _is_read(one)]
        yield Reading(name, read_mail_text(name, message, unread=unread))
        day = message.sent.date() if message.sent else None
        for one in own:
            if _is_read(one):
                file = one.attachment
                for found in read_all(
                    file.name,
                    file.content,
                    largest=largest,
                    recognise=recognise,
                    within=within + 1,
                ):
                    yield _received(found, day)


def _is_read(one: Held) -> bool:
    is_document = not one.attachment.name.casefold().endswith(_NO_DOCUMENT)
    return one.is_newest and is_document and not one.attachment.inline


def _received(found: Reading, day: dt.date | None) -> Reading:
    if found.proposal is None:
        return found
    return msgspec.structs.replace(found, proposal=received_on(found.proposal, day))


def read(name: str, content: bytes, *, largest: int = LARGEST) -> Proposal:
    """What is proposed by the file `name` that holds `content`.

    A mailbox or a message with attachments is several: see `read_all`. Nothing is read from `name` but, for text that is neither, whether it ends in .csv or .tsv.
    Raises Unreadable with what was expected, what was found and what to do: `too_large` above
    `largest` bytes, `empty`, `unknown_kind`, `encrypted`, `is_mail`, and what the readers refuse.
    """
    return _read(Document(name, content), largest=largest)


def _read(document: Document, *, largest: int) -> Proposal:
    name, content = document.name, document.content
    if len(content) > largest:
        raise Unreadable(
            "too_large",
            f"Expected a file of at most {_megabytes(largest)}; {name} has "
            f"{_megabytes(len(content))}. Take away pictures or sheets that are not needed, or "
            "take it in in parts.",
        )
    if not content.strip():
        raise Unreadable(
            "empty",
            f"Expected {_KNOWN}; {name} is empty. Export or save it again, and look at it before "
            "it is taken in.",
        )
    if content.startswith(b"PK"):
        return _read_office(document)
    if is_mail(content):
        raise Unreadable(
            "is_mail",
            f"Expected one document; {name} is an e-mail, which may hold several. Take it in with "
            "the replies of its hearing, or save its attachments and take in each by itself.",
        )
    if b"%PDF-" in content[:1024]:
        return _read_document(document)
    if content.startswith(_OLD_OFFICE):
        raise Unreadable(
            "encrypted",
            f"Expected {_KNOWN}; {name} is an Office file with a password, or of the kind used "
            "before 2007. Save it without a password as XLSX or DOCX, and take that in.",
        )
    return _read_text(document)


def _read_office(document: Document) -> Proposal:
    name, content = document.name, document.content
    parts = Archive(name, content).parts()
    if any(part.startswith("xl/") for part in parts):
        return read_register(name, content)
    if any(part.startswith("word/") for part in parts):
        return _read_document(document)
    first = ", ".join(f"“{part[:60]}”" for part in parts[:3]) or "nothing"
    raise Unreadable(
        "unknown_kind",
        f"Expected {_KNOWN}; {name} is an archive that holds {first}. Unpack it, and take in each "
        "document by itself.",
    )


def _read_text(document: Document) -> Proposal:
    name, content = document.name, document.content
    if b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        begins = " ".join(f"{byte:02X}" for byte in content[:8])
        raise Unreadable(
            "unknown_kind",
            f"Expected {_KNOWN}; {name} is none of them, whatever its name says: its first bytes "
            f"are {begins}. Look if it is the right file.",
        )
    is_table = name.casefold().endswith((".csv", ".tsv"))
    if is_table or is_a_register(document.decoded.text):
        return read_register(name, content)
    return _read_document(document)


def _read_document(document: Document) -> Proposal:
    """A strategy if it is one; else a reply form, or a document of a council, if it is one."""
    name, content = document.name, document.content
    try:
        return read_strategy_text(name, content, document=document)
    except Unreadable as refusal:
        if refusal.code != "unknown_kind":
            raise
        if is_a_reply_form(document.blocks):
            return read_reply_form(name, content, document=document)
        found = council.read_council(document)
        if found is None:
            raise
        return found


def _megabytes(size: int) -> str:
    """A size as people say it: 25_000_000 gives "25 MB"."""
    if size < 1_000_000:
        return f"{size:,} bytes"
    return f"{size / 1_000_000:.1f} MB".replace(".0 MB", " MB")
