"""A respondent confirms what was read of their reply, or says what is wrong, by a link of their own.

The link is signed and ends after some time. It holds for one version of a reply and for the address it
was sent to: a newer version, a withdrawal, and another or no address make it stop working. Looking
at the page changes nothing, since programs that scan e-mail follow links.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from veikart.consultations import log
from veikart.consultations.answering import sending
from veikart.consultations.models import Contact, HandlingEvent, Reply
from veikart.consultations.receiving import need
from veikart.engines.handling import actions as do
from veikart.engines.handling.state import Reply as Held
from veikart.engines.handling.state import State
from veikart.outbox import queries as outbox
from veikart.outbox import services as messages
from veikart.outbox.models import Message
from veikart.outbox.models import State as Sending
from veikart.people import audit
from veikart.people.models import User

KIND = "confirm"
"""What the outbox calls messages that ask for a confirmation."""
DAYS = 60
"""So long does a link work, counted from when it was asked for."""
MOST_OBJECTIONS = 20
"""So many objections to one reply come in by links; after that one has to write."""
LISTED = 500
"""So many characters of an objection are on the list of what needs a person; the log has all of it."""
SALT = "veikart.consultations.confirming"

How = Literal[
    "confirmed", "objected", "own", "withdrawn", "waiting", "troubled", "asked", "expired",
    "not_asked", "no_address",
]  # fmt: skip
TO_ASK: tuple[How, ...] = ("not_asked", "expired")
"""In these cases a respondent is asked when all are."""


SHORT: Mapping[How, Any] = {
    "confirmed": gettext_lazy("confirmed"),
    "objected": gettext_lazy("says that something is wrong"),
    "own": gettext_lazy("wrote it in the web form"),
    "withdrawn": gettext_lazy("withdrawn"),
    "waiting": gettext_lazy("in the outbox"),
    "troubled": gettext_lazy("not sent"),
    "asked": gettext_lazy("asked"),
    "expired": gettext_lazy("did not answer"),
    "not_asked": gettext_lazy("not asked"),
    "no_address": gettext_lazy("no address"),
}
"""Each case in a word or two, for a table."""


@dataclass(frozen=True)
class Standing:
    """How far a reply is from being confirmed by its respondent.

    - `confirmed`, `objected`: what the respondent said last; `own`: they wrote it in the web form;
    - `waiting`: the question is in the outbox; `troubled`: it could not be sent, or nobody knows;
    - `asked`: it was sent, and its link works; `expired`: it was sent, and its link works no more;
    - `not_asked`, `no_address`: nobody has asked, and nobody can.
    """

    how: How
    at: dt.datetime | None = None
    said: str | None = None
    address: str | None = None
    message: Message | None = None

    @property
    def short(self) -> str:
        """The case in a word or two."""
        return str(SHORT[self.how])

    @property
    def can_be_asked(self) -> bool:
        """Whether the respondent can be asked now, for the first time or once more."""
        return self.why_not is None

    @property
    def why_not(self) -> How | None:
        """Why the respondent cannot be asked now; None if that can be done."""
        if self.how not in (*TO_ASK, "asked", "objected"):
            return self.how
        if self.address is None:
            return "no_address"
        return _pending(self.message) if self.message else None


def standings(state: State, rows: Iterable[Reply]) -> dict[str, Standing]:
    """How each of `rows`, the versions that hold, stands. Two queries."""
    listed = list(rows)
    found = Contact.objects.filter(reply__in=listed).values_list("reply_id", "email")
    addresses = dict(found)
    asked = outbox.newest_about(KIND, [row.uid for row in listed])
    return {
        row.uid: _standing(
            row,
            state.replies.get(row.uid),
            addresses.get(row.pk),
            asked.get((row.uid, row.version)),
        )
        for row in listed
    }


@dataclass(frozen=True)
class Confirmations:
    """How many replies of a hearing are confirmed, how many are not, and why."""

    right: int
    objected: int
    asked: int
    outbox: int
    no_address: int
    to_ask: int
    addresses: int


def confirmations(found: Mapping[str, Standing]) -> Confirmations:
    """The counts of `found`, which `standings` gave."""
    hows = Counter(each.how for each in found.values())
    return Confirmations(
        right=hows["confirmed"] + hows["own"],
        objected=hows["objected"],
        asked=hows["asked"],
        outbox=hows["waiting"] + hows["troubled"],
        no_address=hows["no_address"],
        to_ask=sum(1 for each in found.values() if each.how in TO_ASK and each.address),
        addresses=sum(1 for each in found.values() if each.address),
    )


def _standing(
    row: Reply, held: Held | None, address: str | None, asked: Message | None
) -> Standing:
    def so(how: How, at: dt.datetime | None = None, said: str | None = None) -> Standing:
        return Standing(how, at, said, address, asked)

    if held is None or held.withdrawn is not None:
        return so("withdrawn")
    if held.objection is not None:
        return so("objected", held.objection.at, held.objection.said)
    if held.confirmed_at is not None:
        return so("confirmed", held.confirmed_at)
    if row.channel == Reply.Channel.WEB:
        return so("own", row.received_at)
    if address is None:
        return so("no_address")
    return so(*_asked(asked, address))


def _asked(asked: Message | None, address: str) -> tuple[How, dt.datetime | None]:
    """What became of the question to `address`; one to another address is no question to this."""
    if asked is None or asked.address != address:
        return "not_asked", None
    if asked.state == Sending.SENT:
        has_ended = timezone.now() - asked.made_at > dt.timedelta(days=DAYS)
        return ("expired" if has_ended else "asked"), asked.sent_at
    how = _pending(asked) or "asked"
    return how, asked.began_at if how == "troubled" else asked.made_at


def _pending(asked: Message) -> How | None:
    """How a question in the outbox waits for a person; None once it was sent."""
    if asked.state == Sending.SENT:
        return None
    return "troubled" if asked.state in (Sending.FAILED, Sending.UNCLEAR) else "waiting"


# --- Asking -----------------------------------------------------------------------------------


@transaction.atomic
def ask(reply: Reply, *, by: User) -> Message:
    """Put a message in the outbox that asks who sent `reply`, the version that holds, to confirm it.

    Raises ValidationError where there is no address, it waits in the outbox already, or there is
    nothing to ask.
    """
    audit.lock()
    state = log.state_of(reply.hearing_id)
    standing = standings(state, [reply])[reply.uid]
    why_not = standing.why_not
    if why_not or standing.address is None:
        raise ValidationError(_REFUSALS[why_not or "no_address"], code=why_not)
    return _ask(reply, standing.address, state, by=by)


@transaction.atomic
def ask_all(hearing: str, *, by: User) -> list[Message]:
    """As `ask`, for all replies to `hearing` that were not asked about, or whose link works no more."""
    audit.lock()
    state = log.state_of(hearing)
    rows = Reply.objects.filter(hearing=hearing).select_related("hearing").order_by("no", "version")
    newest = {row.uid: row for row in rows}
    found = standings(state, newest.values())
    return [
        _ask(newest[uid], each.address, state, by=by)
        for uid, each in found.items()
        if each.how in TO_ASK and each.address
    ]


def _ask(reply: Reply, address: str, state: State, *, by: User) -> Message:
    language = reply.language or "nb"
    with translation.override(language):
        subject, body = _said(reply, address, state)
    with translation.override(settings.LANGUAGE_CODE):  # of the desk, not of who asks
        page = reverse("consultations:reply", args=[code_of(reply), reply.no])
    letter = messages.Letter(
        kind=KIND,
        about=reply.uid,
        version=reply.version,
        page=page,
        name=reply.respondent,
        address=address,
        language=language,
        subject=subject,
        body=body,
    )
    return messages.draft(letter, by=by)


def _said(reply: Reply, address: str, state: State) -> tuple[str, str]:
    """The subject and the text of the message, in the active language."""
    hearing = reply.hearing
    title = _own_title(hearing.title, hearing.title_nn, hearing.title_en)
    subject = _("Is your reply to “%(title)s” read right?") % {"title": title}
    context = {
        "reply": reply,
        "hearing": hearing,
        "title": title,
        "points": sum(1 for point in state.standing() if point.reply == reply.uid),
        "link": settings.ADDRESS
        + reverse("consultations:confirm", args=[token_of(reply, address)]),
        "until": timezone.localdate() + dt.timedelta(days=DAYS),
    }
    if hearing.case_number:
        subject = f"{subject} ({hearing.case_number})"
    return subject[:300], render_to_string("consultations/confirm_message.txt", context)


def _own_title(nb: str, nn: str | None, en: str | None) -> str:
    return {"nn": nn, "en": en}.get(translation.get_language() or "nb") or nb


def code_of(reply: Reply) -> str:
    """The hearing's part of an address on the desk."""
    return reply.hearing_id.partition("/")[2]


# --- The link ---------------------------------------------------------------------------------


def token_of(reply: Reply, address: str) -> str:
    """What the link to a version of a reply ends with, when it is sent to `address`."""
    return signing.dumps([reply.uid, reply.version, _tag(reply, address)], salt=SALT)


def opened(token: str) -> Reply | None:
    """The reply that a link leads to; None where it leads nowhere, whatever the reason."""
    try:
        uid, version, tag = signing.loads(token, salt=SALT, max_age=dt.timedelta(days=DAYS))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = Reply.objects.filter(uid=uid).select_related("hearing", "contact")
    row = rows.order_by("-version").first()
    if row is None or row.version != version:
        return None
    contact = Contact.objects.filter(reply=row).first()
    if contact is None or not constant_time_compare(tag, _tag(row, contact.email)):
        return None
    held = log.state_of(row.hearing_id).replies.get(row.uid)
    return row if held and held.withdrawn is None else None


def _tag(reply: Reply, address: str) -> str:
    """What ties a link to all that was received and to whom it was sent, and tells nothing of either."""
    value = "\n".join([reply.uid, str(reply.version), reply.fingerprint, address.casefold()])
    return salted_hmac(SALT, value, algorithm="sha256").hexdigest()[:32]


# --- What a respondent says -------------------------------------------------------------------


def confirm(reply: Reply) -> None:
    """The respondent says that this version was read right; said twice it changes nothing.

    Raises ValidationError for a version that holds no more.
    """
    said = do.ConfirmReply(reply=reply.uid, version=reply.version)
    _say(reply, said)


@transaction.atomic
def object_to(reply: Reply, said: str) -> None:
    """The respondent says what was read wrong; it comes on the list of what needs a person.

    Raises ValidationError for a version that holds no more, and where too many came.
    """
    audit.lock()
    if _objections(reply) >= MOST_OBJECTIONS:
        raise ValidationError(
            _("So many messages came by this link that no more are taken. Write to us instead."),
            code="too_many",
        )
    if _say(reply, do.ObjectToReply(reply=reply.uid, version=reply.version, said=said)):
        brief = said if len(said) <= LISTED else f"{said[:LISTED]}…"
        need("respondent_objects", hearing=reply.hearing, reply=reply, said=brief)


def _say(reply: Reply, said: do.AnyAction) -> bool:
    """Whether it was news. What a respondent says has nobody's name: nobody has signed in."""
    try:
        log.append(reply.hearing_id, said, by=None)
    except ValidationError as refusal:
        if refusal.code != "nothing_changes":
            raise
        return False
    return True


def _objections(reply: Reply) -> int:
    rows = HandlingEvent.objects.filter(hearing=reply.hearing_id, verb="object_to_reply", by=None)
    return rows.filter(action__contains=f'"reply":"{reply.uid}"').count()


# --- Addresses --------------------------------------------------------------------------------


@transaction.atomic
def set_address(reply: Reply, email: str, *, by: User) -> None:
    """Keep `email` as the address of who sent `reply`; links that were sent to another stop working.

    Raises ValidationError for what is no address.
    """
    audit.lock()
    contact = Contact.objects.select_for_update().filter(reply=reply).first()
    if contact is not None and contact.email == email:
        return
    contact = contact or Contact(reply=reply)
    contact.email = email
    contact.full_clean()
    contact.save()
    messages.forget(KIND, [reply.uid], by=by)
    audit.record("contact.set", reply.uid, by=by, after={"version": reply.version})


@transaction.atomic
def forget_addresses(replies: Sequence[str], *, by: User) -> int:
    """Delete the addresses of who sent these replies (uids), in all versions and in the outbox.

    What was sent and when stays, and the original message too. Answers how many replies had one.
    """
    audit.lock()
    rows = Contact.objects.filter(reply__uid__in=replies)
    known = sorted(set(rows.values_list("reply__uid", flat=True)))
    rows.delete()
    sending.forget_addresses(replies)
    messages.forget(KIND, replies, by=by)
    audit.record_many([audit.Deed("contact.deleted", uid) for uid in known], by=by)
    return len(known)


_REFUSALS: Mapping[How, Any] = {
    "no_address": gettext_lazy("No address is known of who sent it. Put one in first."),
    "waiting": gettext_lazy("The question is in the outbox already. Approve it there."),
    "troubled": gettext_lazy(
        "The question was not sent, or nobody knows. Decide on it in the outbox first."
    ),
    "confirmed": gettext_lazy("The respondent has confirmed it already."),
    "own": gettext_lazy("The respondent wrote it in the web form; there is nothing to confirm."),
    "withdrawn": gettext_lazy("The reply is withdrawn."),
}
