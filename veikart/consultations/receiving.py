"""Receiving a reply: matched to its hearing, known again if it came before, kept as it was."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from veikart.consultations import log
from veikart.consultations.models import Contact, Hearing, IntakeItem, Reply, ReplyFile
from veikart.consultations.needs import NEEDS
from veikart.documents.models import Document
from veikart.engines.handling.actions import Clear, Confirm, Original, Receive
from veikart.engines.handling.words import Channel, Language, RespondentKind
from veikart.people import audit
from veikart.people.models import User
from veikart.plan.consultations import Answer

SEGMENTS = {Hearing.Kind.HEARING.value: "svar", Hearing.Kind.WORKSHOP.value: "bidrag"}
"""What a reply is called in its address, by the kind of hearing."""


@dataclass(frozen=True, kw_only=True)
class File:
    """A file of a reply, kept among the documents."""

    document: Document
    role: str = ReplyFile.Role.FORM
    name: str | None = None


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """What came in. `points` are as a reader cut them, or a person; their `uid` is given anew.

    `case_number` is the one that the reply itself names. `replaces` is the uid of the reply that
    this is a newer version of, where that is known; else it is told by organisation, or by name and
    e-mail: somebody may send the replies of several. With `is_unproven`, nobody has shown that they are
    who they say, and the reply takes the place of no other than `replaces`.
    `received_at` is None only for a reply of old of which nobody knows the day.
    """

    respondent: str
    kind_of_respondent: RespondentKind
    channel: Channel
    received_at: dt.datetime | None
    case_number: str | None = None
    organisation: str | None = None
    wants_initials: bool = False
    email: str | None = None
    language: Language | None = None
    is_scanned: bool = False
    answers: tuple[Answer, ...] = ()
    points: tuple[Original, ...] = ()
    files: tuple[File, ...] = ()
    replaces: str | None = None
    is_unproven: bool = False

    @property
    def name(self) -> str:
        """What it is called in messages: its first file, or the respondent."""
        first = self.files[0] if self.files else None
        return (first.name or first.document.name) if first else self.respondent


@dataclass(frozen=True, kw_only=True)
class Received:
    """What became of it: the row, or None if it is for another case; and what needs a person.

    `is_same` tells that this very reply was there before, and nothing was added.
    """

    reply: Reply | None
    is_same: bool = False
    items: tuple[IntakeItem, ...] = ()


@transaction.atomic
def receive_public(hearing: str, incoming: Incoming, *, by: User | None) -> Reply | None:
    """Receive a reply that is public already, cleared under its respondent's name, its points confirmed.

    Answers None if it was there before, and nothing was changed. Raises as `receive` does.
    """
    audit.lock()
    fingerprint = fingerprint_of(incoming)
    if Reply.objects.filter(hearing=hearing, fingerprint=fingerprint).exists():
        return None
    reply = receive(hearing, incoming, by=by).reply
    if reply is None:
        return None
    points = tuple(f"{reply.uid}/punkt/{no}" for no in range(1, len(incoming.points) + 1))
    cleared = Clear(reply=reply.uid, version=reply.version, shown_as=reply.respondent)
    log.append(hearing, cleared, *([Confirm(points=points)] if points else []), by=by)
    return reply


@transaction.atomic
def receive(hearing: str, incoming: Incoming, *, by: User | None) -> Received:
    """Receive a reply to the hearing `hearing` (a uid).

    A reply for another case is not received but put on the list of what needs a person; one that
    came before is known again; one after the deadline is received and marked. A newer version
    of a reply takes the place of the older, whose points lapse. Raises ValidationError for an unknown
    hearing or organisation, a respondent without a name, and a reply `replaces` that is unknown.
    """
    audit.lock()
    log.refuse_unknown(hearing)
    row = Hearing.objects.get(pk=hearing)
    if not _is_for(row, incoming.case_number):
        item = need(
            "another_case",
            hearing=row,
            document=_first_document(incoming),
            name=incoming.name,
            found=incoming.case_number,
            expected=row.case_number,
        )
        return Received(reply=None, items=(item,))
    fingerprint = fingerprint_of(incoming)
    same = Reply.objects.filter(hearing=row, fingerprint=fingerprint).first()
    if same:
        item = need(
            "same_reply",
            hearing=row,
            reply=same,
            document=_first_document(incoming),
            name=incoming.name,
        )
        return Received(reply=same, is_same=True, items=(item,))
    older = _older(row, incoming)
    reply = _keep(row, incoming, older=older, fingerprint=fingerprint)
    log.append(hearing, _receipt(reply, incoming), by=by, at=incoming.received_at, reply=reply)
    return Received(reply=reply, items=tuple(_needs_of(row, reply, older)))


@transaction.atomic
def need(
    code: str,
    *,
    hearing: Hearing | None = None,
    document: Document | None = None,
    reply: Reply | None = None,
    **params: Any,
) -> IntakeItem:
    """Put something on the list of what needs a person.

    What is there already of the same file is not put there twice, settled or not, so that files
    can be taken in again; what is of no file is not put there again while nobody has settled it.
    Raises ValueError for an unknown code.
    """
    if code not in NEEDS:
        raise ValueError(f"Expected one of {', '.join(NEEDS)}; found {code}. Add it to needs.py.")
    if reply:
        params.setdefault("reply", reply.uid)
    told = msgspec.to_builtins(params)
    audit.lock()  # somebody may be listing the same
    rows = IntakeItem.objects.filter(code=code, hearing=hearing, document=document, reply=reply)
    for row in rows if document else rows.filter(settled_at=None):
        if row.params == told:
            return row
    item = IntakeItem(
        code=code,
        hearing=hearing,
        document=document,
        reply=reply,
        at=timezone.now(),
        params=told,
    )
    item.full_clean()
    item.save()
    return item


def fingerprint_of(incoming: Incoming) -> str:
    """The SHA-256 of all that came in: who, the answers, the words of the points, and the files.

    A point's place and what was thought of it do not count, so that a better reader does not make
    the same reply another one. Where files came, they are what tells.
    """
    files = sorted(file.document.sha256 for file in incoming.files)
    words = None if files else [point.text for point in incoming.points]
    answers = None if files else incoming.answers
    content = (incoming.respondent, incoming.kind_of_respondent, answers, words, files)
    return hashlib.sha256(msgspec.json.encode(content)).hexdigest()


def _is_for(hearing: Hearing, case_number: str | None) -> bool:
    if case_number is None or hearing.case_number is None:
        return True
    return case_number.strip() == hearing.case_number


def _first_document(incoming: Incoming) -> Document | None:
    return incoming.files[0].document if incoming.files else None


def _older(hearing: Hearing, incoming: Incoming) -> Reply | None:
    """The newest version of the reply that this one takes the place of, if it is one.

    A reply that was withdrawn is no older version: what comes after it is a new reply.
    """
    replies = log.state_of(hearing.uid).replies.values()
    withdrawn = [reply.uid for reply in replies if reply.withdrawn is not None]
    rows = Reply.objects.filter(hearing=hearing).exclude(uid__in=withdrawn)
    rows = rows.order_by("-no", "-version")
    if incoming.replaces:
        found = rows.filter(uid=incoming.replaces).first()
        if found is None:
            raise ValidationError(
                _("Expected a reply in this hearing; found “%(uid)s”."),
                code="unknown",
                params={"uid": incoming.replaces},
            )
        return found
    if incoming.is_unproven:
        return None
    if incoming.organisation:
        return _from_the_same(rows.filter(organisation=incoming.organisation).first(), incoming)
    if incoming.email:
        same = rows.filter(contact__email__iexact=incoming.email)
        return same.filter(respondent__iexact=incoming.respondent.strip()).first()
    return None


def _from_the_same(older: Reply | None, incoming: Incoming) -> Reply | None:
    """`older`, unless it came from another address: anybody can sign with an organisation's name."""
    if older is None:
        return None
    known = Contact.objects.filter(reply=older).values_list("email", flat=True).first()
    return older if (known or "").casefold() == (incoming.email or "").casefold() else None


def _keep(hearing: Hearing, incoming: Incoming, *, older: Reply | None, fingerprint: str) -> Reply:
    highest = Reply.objects.filter(hearing=hearing).order_by("-no").values_list("no", flat=True)
    no = older.no if older else (highest.first() or 0) + 1
    reply = Reply(
        hearing=hearing,
        uid=older.uid if older else f"{hearing.uid}/{SEGMENTS[hearing.kind]}/{no}",
        no=no,
        version=older.version + 1 if older else 1,
        respondent=incoming.respondent.strip(),
        kind_of_respondent=incoming.kind_of_respondent,
        organisation_id=incoming.organisation,
        wants_initials=incoming.wants_initials,
        channel=incoming.channel,
        language=incoming.language,
        received_at=incoming.received_at,
        after_deadline=is_after_deadline(hearing, incoming.received_at),
        is_scanned=incoming.is_scanned,
        answers=msgspec.to_builtins(incoming.answers),
        fingerprint=fingerprint,
    )
    reply.full_clean()
    reply.save(force_insert=True)
    ReplyFile.objects.bulk_create(
        ReplyFile(
            reply=reply,
            document=file.document,
            role=file.role,
            name=file.name or file.document.name,
        )
        for file in incoming.files
    )
    if incoming.email:
        contact = Contact(reply=reply, email=incoming.email)
        contact.full_clean()
        contact.save()
    return reply


def is_after_deadline(hearing: Hearing, received_at: dt.datetime | None) -> bool:
    """Whether the last day for replies had ended, by the clock of the country; not if unknown."""
    return received_at is not None and timezone.localdate(received_at) > hearing.closes_on


def _receipt(reply: Reply, incoming: Incoming) -> Receive:
    """The event of a receipt, with uids of their own for the points."""
    used = log.state_of(reply.hearing_id).used.get(f"{reply.uid}/punkt", 0)
    return Receive(
        reply=reply.uid,
        version=reply.version,
        kind_of_respondent=incoming.kind_of_respondent,
        points=tuple(
            msgspec.structs.replace(point, uid=f"{reply.uid}/punkt/{number}")
            for number, point in enumerate(incoming.points, used + 1)
        ),
    )


def _needs_of(hearing: Hearing, reply: Reply, older: Reply | None) -> Sequence[IntakeItem]:
    found = []
    if reply.after_deadline:
        found.append(
            need(
                "after_deadline",
                hearing=hearing,
                reply=reply,
                name=reply.uid,
                day=timezone.localdate(reply.received_at) if reply.received_at else None,
                closes_on=hearing.closes_on,
            )
        )
    if older:
        found.append(need("new_version", hearing=hearing, reply=reply))
        return found
    namesake = (
        Reply.objects.filter(hearing=hearing, respondent__iexact=reply.respondent)
        .exclude(uid=reply.uid)
        .first()
    )
    if namesake:
        found.append(need("maybe_newer", hearing=hearing, reply=namesake, name=reply.uid))
    return found
