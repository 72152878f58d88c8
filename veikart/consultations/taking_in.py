"""Taking replies in, from files and e-mail: kept first, read apart, matched to their hearing, received.

What cannot be received goes on the list of what needs a person. The same file or message taken in
again changes nothing; one that could not be received is tried anew.
"""

import datetime as dt
import hashlib
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

import msgspec
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from veikart.consultations import log, settling_needs
from veikart.consultations.incoming import Sender, doubts, head_of, incoming
from veikart.consultations.matching import Match, form_of, matched
from veikart.consultations.models import (
    Hearing,
    IntakeItem,
    KeptMessage,
    Reply,
    ReplyFile,
)
from veikart.consultations.receiving import File, Incoming, need, receive
from veikart.documents import reading
from veikart.documents import services as documents
from veikart.documents.models import Document
from veikart.engines.anchors.targets import Target
from veikart.engines.proposal import Proposal, Unreadable
from veikart.engines.readers import letter, mail_reply, reply_form
from veikart.engines.readers.choose import Reading
from veikart.engines.readers.mail import Attachment, Message, is_mail, split
from veikart.engines.readers.other_formats import other_format
from veikart.engines.readers.texts import file_name, plain
from veikart.outbox import queries as outbox
from veikart.outbox.models import Message as Sent
from veikart.people import audit
from veikart.people.models import User

logger = logging.getLogger(__name__)

REPLIES = (reply_form.READER, letter.READER, mail_reply.READER)
"""The readers of replies, those that tell most of one first."""
NO_DOCUMENT = (".p7s", ".p7m", ".asc", ".vcf", ".ics", ".png", ".jpg", ".jpeg", ".gif", ".bmp")
MOST_WITHIN = 3
"""So deep may messages lie in messages that are attached to others."""
READ_AS = (ReplyFile.Role.FORM, ReplyFile.Role.LETTER)
LONGEST_ADDRESS = 254
LATER_THAN_SAID = dt.timedelta(days=1)
"""So much later than its sender says may a message have come before a person looks at it."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What holds for all that is taken in together.

    `hearing` is the uid of the one it is for, if that is known; `received_at` when files came.
    """

    by: User | None
    received_at: dt.datetime
    targets: Sequence[Target] = ()
    hearing: str | None = None


@dataclass
class Taken:
    """What became of a file: the replies received, what needs a person, and what was there before."""

    replies: list[Reply] = field(default_factory=list)
    items: list[IntakeItem] = field(default_factory=list)
    same: int = 0

    def add(self, other: "Taken") -> None:
        """Count what became of another, too."""
        self.replies += other.replies
        self.items += other.items
        self.same += other.same


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A file that is kept, under the name it came with here."""

    name: str
    content: bytes
    document: Document

    def as_file(self, role: str) -> File:
        """The file as part of a reply."""
        return File(document=self.document, role=role, name=self.name[-255:])


def take_in(
    name: str, content: bytes, terms: Terms, *, read: Sequence[Reading] | None = None
) -> Taken:
    """Take in a reply, a message or a mailbox; `read` is what was read in the file, if it was.

    What is wrong with a file is listed, not raised. Raises OSError and OperationalError where
    nothing can be kept.
    """
    if is_mail(content):
        return _take_in_mail(name, content, terms, within=0)
    kept = keep(name, content, by=terms.by)
    return _guarded(kept, lambda: _take_in_file(kept, terms, read))


def _take_in_file(kept: Kept, terms: Terms, read: Sequence[Reading] | None) -> Taken:
    if _is_taken(kept.document, kept.name):
        return Taken(same=1)
    sender = Sender(channel="hand", received_at=terms.received_at)
    taken = Taken()
    found = list(_replies(kept, _reading_of(kept, read), taken))
    if found:
        taken.add(_receive(found, [], terms, sender=sender))
    return taken


def _guarded(kept: Kept, take: Callable[[], Taken]) -> Taken:
    """What `take` gives. A fault of our own costs the file that it came with, which is listed."""
    try:
        return take()
    except (OSError, OperationalError, InterfaceError):
        raise  # it is not the file's doing, and the next would fare no better
    except Exception as problem:
        logger.exception("%s was kept, and could not be received", kept.document.sha256)
        said = "; ".join(getattr(problem, "messages", None) or [type(problem).__name__])
        why = f"Expected to receive it; what was read in it was not fit to be kept ({said[:500]})."
        taken = Taken()
        _not_read(kept, Unreadable("not_received", why), taken)
        return taken


def take_in_message(message: Message, terms: Terms, *, within: int = 0) -> Taken:
    """Take in an e-mail: the document attached to it that is a reply, or else what it says itself."""
    said = re.sub(r"[/\\]", "-", (message.subject or "melding")[:100])
    name = file_name(f"{said}.eml") or "melding.eml"
    row = keep_message(message, name, by=terms.by)
    whole = Kept(name=name, content=message.raw, document=row.document)
    return _guarded(whole, lambda: _take_in_kept(message, whole, terms, within=within))


def _take_in_kept(message: Message, whole: Kept, terms: Terms, *, within: int) -> Taken:
    if _is_taken(whole.document, whole.name):
        return Taken(same=1)
    ours = outbox.named_in(message.raw)
    if ours is not None and ours.message_id == message.message_id:
        return Taken()  # our own message, which somebody returned or forwarded
    attached = [_keep_attachment(one, by=terms.by) for one in message.attachments]
    taken = Taken()
    carried = [kept for kept in attached if is_mail(kept.content)]
    for kept in carried:
        taken.add(_take_in_mail(kept.name, kept.content, terms, within=within + 1))
    papers = [
        kept
        for kept, one in zip(attached, message.attachments, strict=True)
        if kept not in carried and not one.inline and not _is_no_document(one)
    ]
    found = [one for kept in papers for one in _replies(kept, _reading_of(kept), taken)]
    if ours is not None:
        taken.items.append(_about_ours(whole, ours))
    # Words that answer a message of ours are no new version of the reply, whatever they quote.
    said = _said(message, whole, taken) if papers or ours is None else None
    if not papers and not carried and said is not None:
        found = [(whole, said)]
    if found:
        rest = [one for one in (whole, *attached) if one not in carried]
        number = head_of(said).get("case_number") if said else None
        sender = _sender(message, terms)
        received = _receive(found, rest, terms, sender=sender, case_number=number)
        for reply in received.replies:
            received.items += _late(message, whole, reply)
        taken.add(received)
    return taken


def _about_ours(whole: Kept, ours: Sent) -> IntakeItem:
    """List an answer to a message of ours, or one that could not be delivered."""
    reply = Reply.objects.filter(uid=ours.about).order_by("-version").first()
    return need(
        "about_ours",
        hearing=reply.hearing if reply else None,
        document=whole.document,
        reply=reply,
        name=whole.name,
        to=ours.name,
        about=ours.about,
    )


def _late(message: Message, whole: Kept, reply: Reply) -> list[IntakeItem]:
    """What to look at where the mail server took a message in much later than its sender says."""
    if not message.sent or not message.arrived or message.arrived - message.sent < LATER_THAN_SAID:
        return []
    days = {"sent": message.sent.date(), "arrived": message.arrived.date()}
    return [_listed("sent_before", whole, reply.hearing, reply, **days)]


def not_opened(name: str, problem: str) -> Taken:
    """List a file that was named to be taken in and could not be opened."""
    shown = plain(name)
    return Taken(items=[need("not_read", name=shown, problem=problem, why="not_opened")])


def keep(name: str, content: bytes, *, by: User | None) -> Kept:
    """Keep a file that came in, for editors alone."""
    shown = file_name(name) or "uten-navn"
    document = documents.keep_for_editors(shown, content, by=by)
    return Kept(name=shown, content=content, document=document)


@transaction.atomic
def keep_message(message: Message, name: str, *, by: User | None) -> KeptMessage:
    """Keep an e-mail as it came, or find it if it was kept before."""
    audit.lock()  # somebody may be keeping the same message
    fingerprint = _fingerprint(message)
    row = KeptMessage.objects.filter(fingerprint=fingerprint).select_related("document").first()
    if row is not None:
        return row
    row = KeptMessage(
        fingerprint=fingerprint,
        message_id=(message.message_id or "")[:998] or None,
        document=documents.keep_for_editors(name, message.raw, by=by),
        kept_at=timezone.now(),
    )
    row.full_clean()
    row.save()
    return row


def _fingerprint(message: Message) -> str:
    """What its sender wrote, whichever way it came."""
    files = [(one.name, hashlib.sha256(one.content).hexdigest()) for one in message.attachments]
    written = (message.message_id, message.address, message.sent, message.subject, message.text)
    return hashlib.sha256(msgspec.json.encode((written, files))).hexdigest()


def _take_in_mail(name: str, content: bytes, terms: Terms, *, within: int) -> Taken:
    taken = Taken()
    for message in sorted(_messages(name, content, terms, taken, within), key=_moment):
        taken.add(take_in_message(message, terms, within=within))
    return taken


def _messages(
    name: str, content: bytes, terms: Terms, taken: Taken, within: int
) -> Sequence[Message]:
    """The messages in a mailbox. Where it cannot be read as a whole, those that can be by themselves."""
    try:
        if within > MOST_WITHIN:
            raise Unreadable(
                "mail_within_mail",
                f"Expected messages at most {MOST_WITHIN} deep within others; {name} lies deeper. "
                "Save it from the mail program by itself, and take that in.",
            )
        return reading.read_mail(name, content)
    except Unreadable as refusal:
        parts = _parts(name, content) if within <= MOST_WITHIN else ()
        if len(parts) < 2:
            _not_read(keep(name, content, by=terms.by), refusal, taken)
            return ()
    found: list[Message] = []
    for number, part in enumerate(parts, start=1):
        called = f"{name}, {number}.eml"
        try:
            found += reading.read_mail(called, part)
        except Unreadable as refusal:
            _not_read(keep(called, part, by=terms.by), refusal, taken)
    return found


def _parts(name: str, content: bytes) -> Sequence[bytes]:
    """The messages of a mailbox as they lie in it; none where they are too many."""
    try:
        return split(name, content)
    except Unreadable:
        return ()


def _moment(message: Message) -> dt.datetime:
    """When it was sent, so that the newest comes last; first if it does not say."""
    return message.sent or dt.datetime.min.replace(tzinfo=dt.UTC)


def _keep_attachment(one: Attachment, *, by: User | None) -> Kept:
    return keep(one.name, one.content, by=by)


def _is_no_document(one: Attachment) -> bool:
    return one.name.casefold().endswith(NO_DOCUMENT)


def _is_taken(document: Document, name: str) -> bool:
    """Whether a reply came in this very file, under this name."""
    return ReplyFile.objects.filter(document=document, name=name[-255:]).exists()


def _sender(message: Message, terms: Terms) -> Sender:
    """Who sent it and when; what claims to come from the future came now."""
    now = timezone.now()
    return Sender(
        channel="email",
        received_at=min(message.sent or terms.received_at, now),
        name=message.sender,
        address=_address(message.address),
    )


def _address(said: str | None) -> str | None:
    """An address that one can write to; a message may claim to come from anything."""
    try:
        validate_email(said)
    except ValidationError:
        return None
    return said if said and len(said) <= LONGEST_ADDRESS else None


def _said(message: Message, whole: Kept, taken: Taken) -> Proposal | None:
    try:
        return reading.read_mail_text(whole.name, message)
    except Unreadable as refusal:
        _not_read(whole, refusal, taken)
        return None


def _reading_of(kept: Kept, read: Iterable[Reading] | None = None) -> Iterable[Reading]:
    """What is in a file, `read` before or now; one of a format that nobody reads is refused."""
    refusal = other_format(kept.name, kept.content)
    if refusal is not None:
        return (Reading(kept.name, refusal=refusal),)
    if read is not None:
        return read
    return reading.read_all(kept.name, kept.content, recognises=True, is_reply=True)


def _replies(kept: Kept, read: Iterable[Reading], taken: Taken) -> Iterator[tuple[Kept, Proposal]]:
    """What is a reply of what was `read` in a file; for all else it is listed what it needs."""
    for one in read:
        if one.proposal is None:
            _not_read(kept, one.refusal, taken)
        elif one.proposal.reader not in REPLIES:
            taken.items.append(need("not_a_reply", document=kept.document, name=kept.name))
        elif _waits(one.proposal):
            item = need("waits_for_recognition", document=kept.document, name=kept.name)
            taken.items.append(item)
        else:
            yield kept, one.proposal


def _waits(proposal: Proposal) -> bool:
    """Whether nothing of a scan could be read."""
    codes = {each.code for each in proposal.warnings}
    return "waiting_for_recognition" in codes and not proposal.counts.get("point")


def _not_read(kept: Kept, refusal: Unreadable | None, taken: Taken) -> None:
    problem = refusal.message if refusal else ""
    code = refusal.code if refusal else ""
    taken.items.append(
        need("not_read", document=kept.document, name=kept.name, problem=problem, why=code)
    )


def _receive(
    found: Sequence[tuple[Kept, Proposal]],
    rest: Sequence[Kept],
    terms: Terms,
    *,
    sender: Sender,
    case_number: str | None = None,
) -> Taken:
    """Receive the reply that tells most among `found`, with all other files as attachments."""
    main, proposal = min(found, key=_rank)
    number = head_of(proposal).get("case_number") or case_number
    match = _match(main, proposal, terms, case_number=number, at=sender.received_at)
    if match.hearing is None:
        code = match.need or "no_case_number"
        return Taken(items=[need(code, document=main.document, name=main.name, **match.params)])
    proposal = _by_its_questions(main, proposal, match.hearing)
    files = _files(main, proposal, rest)
    reply = incoming(match.hearing, proposal, sender=sender, files=files, targets=terms.targets)
    if proposal.reader == reply_form.READER:
        reply = replace(reply, case_number=number)
    same = _came_before(match.hearing, main.document, reply)
    if same is not None:
        return Taken(items=[_listed("same_reply", main, match.hearing, same)])
    return _keep_reply(main, reply, match, terms, notes=_notes(found, main, proposal))


@transaction.atomic
def _keep_reply(
    main: Kept,
    reply: Incoming,
    match: Match,
    terms: Terms,
    *,
    notes: Sequence[tuple[str, dict[str, str]]],
) -> Taken:
    """Receive the reply, and list what a person should look at."""
    hearing = cast("Hearing", match.hearing)
    received = receive(hearing.uid, reply, by=terms.by)
    taken = Taken(items=list(received.items))
    if received.reply is None or received.is_same:
        return taken
    taken.replies.append(received.reply)
    settling_needs.settle_read(received.reply, by=terms.by)
    guessed = [(match.need, match.params)] if match.need else []
    for code, params in (*guessed, *notes):
        taken.items.append(_listed(code, main, hearing, received.reply, **params))
    return taken


def _listed(code: str, main: Kept, hearing: Hearing, reply: Reply, **params: Any) -> IntakeItem:
    """Put on the list what a person should look at in a reply."""
    return need(
        code, hearing=hearing, document=main.document, reply=reply, name=main.name, **params
    )


def _notes(
    found: Sequence[tuple[Kept, Proposal]], main: Kept, proposal: Proposal
) -> list[tuple[str, dict[str, str]]]:
    """What to look at twice in the reply: a code of `needs.py` and what it is about."""
    notes = []
    if len(found) > 1:
        notes.append(("several_documents", {"used": main.name}))
    doubted = doubts(proposal)
    if doubted:
        notes.append(("read_with_doubt", {"problem": doubted}))
    return notes


def _match(
    main: Kept, proposal: Proposal, terms: Terms, *, case_number: str | None, at: dt.datetime
) -> Match:
    if terms.hearing:
        return Match(Hearing.objects.get(pk=terms.hearing))
    return matched(main.name, main.content, proposal, case_number=case_number, at=at)


def _by_its_questions(main: Kept, proposal: Proposal, hearing: Hearing) -> Proposal:
    """A form read once more by the questions of its hearing; as it was read, if they are not in it."""
    form = form_of(hearing)
    if proposal.reader != reply_form.READER or form is None:
        return proposal
    try:
        return reading.read_form(main.name, main.content, form)
    except Unreadable:
        return proposal


def _files(main: Kept, proposal: Proposal, rest: Sequence[Kept]) -> list[File]:
    """The files of a reply: what it was read from, the message it came in, and all that came along."""
    roles = {reply_form.READER: ReplyFile.Role.FORM, letter.READER: ReplyFile.Role.LETTER}
    files = [main.as_file(roles.get(proposal.reader, ReplyFile.Role.MESSAGE))]
    seen = {(main.document.pk, main.name)}
    for kept in rest:
        if (kept.document.pk, kept.name) not in seen:
            seen.add((kept.document.pk, kept.name))
            role = ReplyFile.Role.MESSAGE if is_mail(kept.content) else ReplyFile.Role.ATTACHMENT
            files.append(kept.as_file(role))
    return files


def _came_before(hearing: Hearing, document: Document, reply: Incoming) -> Reply | None:
    """The reply that was read from this very file, from the same respondent.

    One that a newer version took the place of is another: who sends the first once more means it.
    """
    rows = ReplyFile.objects.filter(
        document=document,
        role__in=READ_AS,
        reply__hearing=hearing,
        reply__respondent__iexact=reply.respondent,
    )
    holding = {one.uid: one.version for one in log.state_of(hearing.uid).replies.values()}
    for row in rows.select_related("reply"):
        if holding.get(row.reply.uid) == row.reply.version:
            return row.reply
    return None


def _rank(found: tuple[Kept, Proposal]) -> tuple[int, int]:
    """Forms before letters, and those that say much before those that say little."""
    proposal = found[1]
    return REPLIES.index(proposal.reader), -proposal.counts.get("point", 0)
