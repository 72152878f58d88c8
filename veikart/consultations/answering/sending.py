"""Sending a draft: it is kept as a file, cut into points, and received like any other reply."""

import datetime as dt
import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import cast

import msgspec
from django.db import transaction
from django.utils import timezone, translation

from veikart.consultations import log
from veikart.consultations.anchoring import targets
from veikart.consultations.answering.asking import Asked, answers, asked, text_fields
from veikart.consultations.answering.attached import attached_points
from veikart.consultations.answering.attaching import in_use
from veikart.consultations.answering.models import DraftFile, ReplyDraft
from veikart.consultations.answering.period import Period, period
from veikart.consultations.answering.written import PERSON, Written, kind_of, points, written
from veikart.consultations.incoming import organisation_of
from veikart.consultations.models import Contact, Reply, ReplyFile
from veikart.consultations.receiving import File, Incoming, need, receive
from veikart.documents import services as documents
from veikart.documents.models import Document
from veikart.engines.handling.actions import Original
from veikart.engines.handling.words import RespondentKind as Kind
from veikart.engines.language import language
from veikart.people import audit


@dataclass(frozen=True)
class Sent:
    """What became of it: the reply, and whether this very reply was there before.

    `is_own` is false where it came in another way than from this draft: its link is no key to it.
    """

    reply: Reply
    is_same: bool = False
    is_own: bool = True


class TooLate(Exception):
    """Replies are not taken any more, or not changed any more; nothing was sent."""


def may_send(draft: ReplyDraft, on: dt.date) -> bool:
    """Whether `draft` can be sent on the day `on`: a first time also a while after the last day, and
    as a new version only while the hearing is open.
    """
    now = period(draft.hearing, on)
    return now is Period.OPEN or (now is Period.LATE and draft.reply is None)


def is_changed(draft: ReplyDraft) -> bool:
    """Whether what is in the draft is something else than what was sent from it; one query."""
    return draft.sent_hash != hash_of(draft)


def hash_of(draft: ReplyDraft) -> str:
    """The SHA-256 of all that would be sent of the draft, the e-mail address too."""
    content = {name: said for name, said in draft.content.items() if said}
    files = list(draft.files.values_list("name", "sha256"))
    return hashlib.sha256(msgspec.json.encode((sorted(content.items()), files))).hexdigest()


@transaction.atomic
def forget_addresses(replies: Collection[str]) -> None:
    """Delete the e-mail addresses in the drafts that these replies (uids) were sent from."""
    rows = ReplyDraft.objects.select_for_update(of=("self",)).filter(reply__uid__in=replies)
    for draft in rows.filter(ended_at=None):
        was_sent = not is_changed(draft)
        draft.content = {name: said for name, said in draft.content.items() if name != "email"}
        draft.sent_hash = hash_of(draft) if was_sent else draft.sent_hash
        draft.version += 1
        draft.save(update_fields=["content", "sent_hash", "version"])


def send(draft: ReplyDraft, *, at: dt.datetime) -> Sent:
    """Send what is in the draft, which is complete (`completing.lacks`), at the moment `at`.

    Sent again unchanged, the reply is the one that was sent; changed, it becomes its new version.
    Raises TooLate if replies are not taken any more.
    """
    with translation.override("nb"):
        questions = asked(draft.hearing)
    # Before anybody has to wait for the log: reading takes its time.
    found = _found(draft, questions)
    return _send(draft.pk, questions, found, at=at)


def _found(draft: ReplyDraft, questions: Sequence[Asked]) -> tuple[str, tuple[Original, ...]]:
    """The points in an attachment, where nothing but attachments answers, and the hash they are of."""
    if any(draft.content.get(field, "").strip() for field in text_fields(questions)):
        return "", ()
    files = list(in_use(list(draft.files.select_related("document").defer("content"))).values())
    return hash_of(draft), attached_points(files, targets())


@transaction.atomic
def _send(
    pk: int,
    questions: Sequence[Asked],
    found: tuple[str, tuple[Original, ...]],
    *,
    at: dt.datetime,
) -> Sent:
    audit.lock()
    rows = ReplyDraft.objects.select_for_update(of=("self",)).select_related("hearing", "reply")
    draft = rows.get(pk=pk, ended_at=None)
    if draft.reply and not is_changed(draft):
        return Sent(draft.reply, is_same=True)
    if not may_send(draft, timezone.localdate(at)):
        raise TooLate
    replaces = _replaced(draft)
    files = list(draft.files.select_related("document").defer("content"))
    reply = written(
        draft.hearing,
        questions,
        draft.content,
        files=[(file.name, file.sha256) for file in files],
        before=draft.reply,
        replaces=replaces,
    )
    of, elsewhere = found
    is_read = bool(elsewhere) and of == hash_of(draft)
    cut = elsewhere if is_read else points(reply, targets())
    incoming = _incoming(draft, questions, cut, replaces=replaces, at=at)
    kept = (_kept_file(reply), *(_kept(file) for file in files))
    received = receive(draft.hearing_id, replace(incoming, files=kept), by=None)
    if received.reply is None:
        raise ValueError(f"Expected a reply to {draft.hearing_id}; none was received.")
    if received.is_same:
        return Sent(received.reply, is_same=True, is_own=False)
    _keep_contact(draft, received.reply)
    _note(draft, received.reply, files, is_read=is_read)
    draft.reply, draft.sent_hash = received.reply, hash_of(draft)
    draft.save(update_fields=["reply", "sent_hash"])
    return Sent(received.reply)


def _replaced(draft: ReplyDraft) -> Reply | None:
    """The version that the draft is a newer one of; none where its reply was withdrawn since."""
    if draft.reply is None:
        return None
    held = log.state_of(draft.hearing_id).replies.get(draft.reply.uid)
    if held is None or held.withdrawn is not None:
        return None
    return Reply.objects.filter(uid=draft.reply.uid).order_by("-version").first()


def _incoming(
    draft: ReplyDraft,
    questions: Sequence[Asked],
    cut: tuple[Original, ...],
    *,
    replaces: Reply | None,
    at: dt.datetime,
) -> Incoming:
    """What is received, without its files."""
    content = draft.content
    name, is_person = content.get("name", "").strip(), content.get("who") == PERSON
    said = " ".join(content.get(field, "") for field in text_fields(questions))
    return Incoming(
        respondent=name,
        kind_of_respondent=cast("Kind", kind_of(content)),
        organisation=None if is_person else organisation_of(name),
        wants_initials=is_person and bool(content.get("initials")),
        channel="web",
        received_at=at,
        case_number=draft.hearing.case_number,
        language=language(said),
        answers=answers(questions, content),
        points=cut,
        replaces=replaces.uid if replaces else None,
        is_unproven=True,
    )


def _keep_contact(draft: ReplyDraft, reply: Reply) -> None:
    email = draft.content.get("email", "").strip()
    if email:
        contact = Contact(reply=reply, email=email)
        contact.full_clean()
        contact.save()


def _kept_file(reply: Written) -> File:
    document = _document(reply.name, reply.content)
    return File(document=document, role=ReplyFile.Role.FORM, name=reply.name)


def _kept(file: DraftFile) -> File:
    """The file among the documents, where it lies from now on."""
    if file.document is None:
        file.document = _document(file.name, bytes(file.content or b""))
        file.content = None
        file.save(update_fields=["document", "content"])
    return File(document=file.document, role=ReplyFile.Role.ATTACHMENT, name=file.name)


def _document(name: str, content: bytes) -> Document:
    """Kept for editors alone; what others may see already is not hidden by being sent here."""
    known = Document.objects.filter(sha256=hashlib.sha256(content).hexdigest())
    keep = documents.keep if known.exists() else documents.keep_for_editors
    return keep(name, content, by=None)


def _note(draft: ReplyDraft, reply: Reply, files: Sequence[DraftFile], *, is_read: bool) -> None:
    """List what a person should look at: files that cannot be read, and those that were not cut."""
    whole = []
    for file in files:
        if file.trouble is None:
            whole.append(file.name)
            continue
        need(
            "not_read",
            hearing=draft.hearing,
            document=file.document,
            reply=reply,
            name=file.name,
            problem=file.problem or "",
            why=file.trouble,
        )
    if whole:
        code = "read_from_attachment" if is_read else "attachments_to_read"
        need(code, hearing=draft.hearing, reply=reply, names=", ".join(whole))
