"""Drafts of replies: begin one, find it by its link, save what was typed, end it. Nobody else sees them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from veikart.consultations.answering.asking import Asked, Content, text_fields
from veikart.consultations.answering.limits import MOST_TYPED
from veikart.consultations.answering.models import ReplyDraft
from veikart.consultations.answering.period import KEPT, Period, expires_on, period
from veikart.consultations.answering.tokens import hash_of, is_token, new_token
from veikart.consultations.models import Hearing, IntakeItem
from veikart.consultations.receiving import need


@dataclass(frozen=True)
class Begun:
    """A new draft, and the token of its link, which is kept nowhere."""

    draft: ReplyDraft
    token: str


class Overtaken(Exception):
    """The draft was saved from elsewhere since the form was opened; nothing was changed."""


def hearing_of(code: str) -> Hearing | None:
    """The public hearing with `code` in its address; not one that is hidden, nor workshops. One query."""
    rows = Hearing.objects.filter(uid=f"horing/{code}", is_public=True)
    return rows.filter(kind=Hearing.Kind.HEARING).first()


def begin(hearing: Hearing, *, on: dt.date) -> Begun:
    """Begin a reply. Raises ValueError if the hearing is not open on the day `on`."""
    if period(hearing, on) is not Period.OPEN:
        raise ValueError(f"Expected {hearing.uid} to be open on {on}; it is not.")
    now, token = timezone.now(), new_token()
    draft = ReplyDraft(hearing=hearing, token_hash=hash_of(token), started_at=now, saved_at=now)
    draft.full_clean()
    draft.save()
    return Begun(draft, token)


def find(hearing: Hearing, token: str, *, on: dt.date) -> ReplyDraft | None:
    """The draft that the link with `token` leads to; None if there is none, or no longer.

    A link that was never given out is put on the list of what needs a person, once while nobody has
    settled it: it tells that somebody tries, and not how often.
    """
    found = None
    if is_token(token):
        rows = ReplyDraft.objects.select_related("hearing", "reply")
        found = rows.filter(token_hash=hash_of(token), hearing=hearing).first()
    if found is None:
        _note_forged(hearing)
        return None
    if on >= expires_on(hearing):
        end_expired(on=on)
        return None
    if found.ended_at:
        return None
    return found


@transaction.atomic
def save(
    draft: ReplyDraft, content: Content, questions: Iterable[Asked], *, since: int
) -> ReplyDraft:
    """Save what was typed, whole, however long it is. Fields that are not in `content` stay.

    Where it became longer than can be sent, that is put on the list of what needs a person; the words
    are not. Raises Overtaken if something else was saved after version `since`, and
    ReplyDraft.DoesNotExist if the draft was ended meanwhile.
    """
    draft = ReplyDraft.objects.select_for_update().get(pk=draft.pk, ended_at=None)
    if {**draft.content, **content} == draft.content:
        return draft
    if draft.version != since:
        raise Overtaken
    fields = text_fields(questions)
    before, after = longest(draft.content, fields), longest(content, fields)
    draft.content = {**draft.content, **content}
    draft.version += 1
    draft.saved_at = timezone.now()
    draft.save(update_fields=["content", "version", "saved_at"])
    if after > MOST_TYPED >= before:
        need("too_long", hearing=draft.hearing, found=after, most=MOST_TYPED)
    return draft


def longest(content: Content, fields: Iterable[str]) -> int:
    """How many characters the longest of the texts in `content` has."""
    return max((len(content.get(field, "")) for field in fields), default=0)


@transaction.atomic
def end(draft: ReplyDraft) -> None:
    """Delete what is in a draft, with its files; what was sent stays where it is."""
    draft = ReplyDraft.objects.select_for_update().get(pk=draft.pk)
    draft.files.all().delete()
    draft.content, draft.sent_hash, draft.ended_at = {}, None, timezone.now()
    draft.save(update_fields=["content", "sent_hash", "ended_at"])


def end_expired(*, on: dt.date) -> int:
    """Delete what is in the drafts whose links no longer work on the day `on`; answers how many."""
    expired = ReplyDraft.objects.filter(ended_at=None, hearing__closes_on__lte=on - KEPT)
    found = list(expired)
    for draft in found:
        end(draft)
    return len(found)


def _note_forged(hearing: Hearing) -> None:
    rows = IntakeItem.objects.filter(code="forged_link", hearing=hearing, settled_at=None)
    if not rows.exists():
        need("forged_link", hearing=hearing)
