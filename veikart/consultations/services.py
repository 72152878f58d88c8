"""What can be done with hearings: put them in, receive replies, and handle their points.

Everything that is done with points, themes and replies goes by `act`, which adds an event to the log; the
other verbs here find the next uid and call it. Each answers the state after.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from msgspec.structs import replace

from veikart.consultations import kinds, log, queries, rules
from veikart.consultations.models import HandlingEvent, Hearing, IntakeItem, Reply
from veikart.consultations.receiving import (
    File,
    Incoming,
    Received,
    fingerprint_of,
    need,
    receive,
    receive_public,
)
from veikart.consultations.refusals import lacking_params
from veikart.core.kept_files import touch_folder
from veikart.core.kinds import Kind
from veikart.design import words
from veikart.engines.handling import actions as do
from veikart.engines.handling.actions import AnyAction
from veikart.engines.handling.extracts import cut_at
from veikart.engines.handling.settling import lacking
from veikart.engines.handling.state import State
from veikart.engines.handling.stepping import next_uid
from veikart.engines.handling.withholding import mask, parts_of
from veikart.engines.handling.words import PointKind
from veikart.people import audit
from veikart.people.models import User
from veikart.people.writing import Change, Item, Writer

__all__ = [
    "File",
    "Incoming",
    "Received",
    "act",
    "clear",
    "confirm_reply",
    "fingerprint_of",
    "make_theme",
    "mark_missed",
    "merge",
    "merge_themes",
    "need",
    "publish",
    "put",
    "put_many",
    "receive",
    "receive_public",
    "refuse_unanswered",
    "settle",
    "split",
    "split_theme",
    "undo",
    "withdraw",
]


# --- Hearings ---------------------------------------------------------------------------------


def refuse(kind: Kind, values: Collection[kinds.HearingTerms]) -> None:
    """Raise ValidationError for what the tables alone cannot see is wrong with hearings.

    Once a reply has come, the questions that were asked stay: a reply refers to them by number.
    """
    before = kind.load({value.uid for value in values})
    replied = set(
        Reply.objects.filter(hearing__in=[v.uid for v in values]).values_list("hearing", flat=True)
    )
    for value in values:
        old = before.get(value.uid)
        if old is None or value.uid not in replied:
            continue
        asked = {(q.no, q.kind, q.choices, q.goals) for q in old.questions}
        if not asked <= {(q.no, q.kind, q.choices, q.goals) for q in value.questions}:
            raise ValidationError(
                _(
                    "Replies to %(uid)s have come, so the number, kind, choices and goals of its "
                    "questions stay. Mend the wording only, or add a question."
                ),
                code="questions_answered",
                params={"uid": value.uid},
            )


WRITER = Writer(kinds.KINDS, check=refuse)


def put(kind: str, uid: str, values: Mapping[str, Any], *, by: User | None) -> Change:
    """Create or change a hearing; only the given fields change.

    Raises ValueError for an unknown kind or field; ValidationError for values that do not fit,
    an unknown organisation, or questions that were answered already.
    """
    return WRITER.put(kind, uid, values, by=by)


def put_many(items: Iterable[Item], *, by: User | None) -> list[Change]:
    """As `put`, for many at once: all of it happens, or nothing."""
    return WRITER.put_many(items, by=by)


# --- The log ----------------------------------------------------------------------------------


def act(hearing: str, *taken: AnyAction, by: User) -> State:
    """Do these things in `hearing`, all or none. The actions are in `engines/handling/actions.py`.

    Raises PermissionDenied for who may not, ValidationError for what does not fit; its code is
    one of `engines/handling/refusal.py`.
    """
    rules.refuse_strangers(by)
    with transaction.atomic():
        if _may_show_less(hearing, taken):
            transaction.on_commit(lambda: touch_folder(Path(settings.EDITIONS_FOLDER)))
        return log.append(hearing, *taken, by=by)


def _may_show_less(hearing: str, taken: Iterable[AnyAction]) -> bool:
    """Whether less or more of an approved edition may be shown after `taken`, so that it is published anew."""
    replies = log.state_of(hearing).replies
    for action in taken:
        if isinstance(action, do.Withdraw):
            return True
        held = replies.get(action.reply) if isinstance(action, do.Clear) else None
        if held and (held.clearance or held.version > 1):
            return True
        if isinstance(action, do.Undo):
            undone = HandlingEvent.objects.filter(hearing=hearing, no=action.event)
            if undone.filter(verb__in=("clear", "withdraw")).exists():
                return True
    return False


def undo(hearing: str, event: int, *, by: User) -> State:
    """Undo the event of this number. Raises ValidationError while later events rest on it."""
    return act(hearing, do.Undo(event=event), by=by)


# --- Points -----------------------------------------------------------------------------------


@transaction.atomic
def split(hearing: str, point: str, *, places: Iterable[int], by: User) -> State:
    """Cut `point` before the characters `places` of its text, as `State.text_of` gives it."""
    state = _locked(hearing)
    old = state.points.get(point)
    cut = cut_at(state, old, places) if old else ()
    owner = old.reply if old else point
    pieces = tuple(
        do.Piece(uid=next_uid(state, owner, "punkt", after=number), extracts=extracts)
        for number, extracts in enumerate(cut)
    )
    return act(hearing, do.Split(point=point, pieces=pieces), by=by)


@transaction.atomic
def merge(hearing: str, points: Sequence[str], *, kind: PointKind | None = None, by: User) -> State:
    """Make one point of `points`, which are all of one reply, in this order."""
    state = _locked(hearing)
    old = state.points.get(points[0]) if points else None
    into = next_uid(state, old.reply if old else hearing, "punkt")
    return act(hearing, do.Merge(points=tuple(points), into=into, kind=kind), by=by)


@transaction.atomic
def mark_missed(hearing: str, reply: str, missed: do.Original, *, by: User) -> State:
    """Add a point of `reply` that the reader had missed, as a person marked it; its uid is given anew."""
    uid = next_uid(_locked(hearing), reply, "punkt")
    anchors = tuple(replace(anchor, source="person") for anchor in missed.anchors)
    point = replace(missed, uid=uid, anchors=anchors)
    return act(hearing, do.MarkMissed(reply=reply, point=point), by=by)


# --- Themes -----------------------------------------------------------------------------------


@transaction.atomic
def make_theme(
    hearing: str, *, title: str, sentence: str | None = None, points: Sequence[str] = (), by: User
) -> State:
    """Make a theme with a title, perhaps a sentence, perhaps some points."""
    theme = next_uid(_locked(hearing), hearing, "tema")
    made = do.MakeTheme(theme=theme, title=title, sentence=sentence, points=tuple(points))
    return act(hearing, made, by=by)


@transaction.atomic
def merge_themes(
    hearing: str, themes: Sequence[str], *, title: str, sentence: str | None = None, by: User
) -> State:
    """Make one theme of `themes`, with all their points."""
    into = next_uid(_locked(hearing), hearing, "tema")
    merged = do.MergeThemes(themes=tuple(themes), into=into, title=title, sentence=sentence)
    return act(hearing, merged, by=by)


@transaction.atomic
def split_theme(
    hearing: str, theme: str, *, parts: Sequence[tuple[str, Sequence[str]]], by: User
) -> State:
    """Make several themes of one; `parts` are their titles and points."""
    state = _locked(hearing)
    new = tuple(
        do.ThemePart(
            uid=next_uid(state, hearing, "tema", after=number), title=title, points=tuple(points)
        )
        for number, (title, points) in enumerate(parts)
    )
    return act(hearing, do.SplitTheme(theme=theme, parts=new), by=by)


# --- Outcomes ---------------------------------------------------------------------------------


def publish(hearing: str, *, by: User) -> State:
    """Say that the outcomes may be published with the next edition.

    Raises ValidationError while replies may still come; and, naming them, while points lack an
    outcome, a reason or that somebody confirmed them.
    """
    last = Hearing.objects.values_list("closes_on", flat=True).get(pk=hearing)
    if timezone.localdate() <= last:
        raise ValidationError(
            _("Replies may come until %(day)s. Publish the outcomes when that day is over."),
            code="still_open",
            params={"day": words.day(last)},
        )
    return act(hearing, do.Publish(), by=by)


def refuse_unanswered() -> None:
    """Raise ValidationError if a hearing whose outcomes are to be published has points without.

    That can happen when a reply came, or a point was changed, after it was said that they may be.
    """
    for hearing in queries.public_hearings():
        state = queries.state(hearing)
        lacks = lacking(state) if state.published_at else []
        if lacks:
            raise ValidationError(
                _(
                    "The outcomes of %(hearing)s are to be published, and %(number)s points lack "
                    "something: %(points)s. Answer them, or undo the publishing first."
                ),
                code="not_all_answered",
                params={"hearing": hearing, **lacking_params(lacks)},
            )


# --- Replies ----------------------------------------------------------------------------------


def confirm_reply(hearing: str, reply: str, *, version: int, by: User | None = None) -> State:
    """Record that the respondent (or `by`, on their word) confirmed what was read of a version."""
    return log.append(hearing, do.ConfirmReply(reply=reply, version=version), by=by)


@transaction.atomic
def clear(hearing: str, clearance: do.Clear, *, by: User) -> State:
    """Clear a version of a reply for publishing, less the words withheld.

    Raises ValidationError if a private person is to be shown by name without consent, or by name
    when initials were asked for, if what is shown as initials holds a part of the name, or if the
    name shown holds words that are withheld.
    """
    _locked(hearing)
    row = Reply.objects.filter(uid=clearance.reply, version=clearance.version).first()
    if row:
        _refuse_wrong_name(row, clearance)
    return act(hearing, clearance, by=by)


def withdraw(hearing: str, reply: str, *, reason: str, by: User) -> State:
    """Take back a reply on its respondent's word; it leaves a stone with the reason."""
    return act(hearing, do.Withdraw(reply=reply, reason=reason), by=by)


def _refuse_wrong_name(row: Reply, clearance: do.Clear) -> None:
    is_private = row.kind_of_respondent == "private_person"
    may_be_named = clearance.has_consent and not row.wants_initials
    if is_private and not clearance.is_initials and not may_be_named:
        raise ValidationError(
            _("%(uid)s is from a private person. Show initials, or note the consent to the name."),
            code="no_consent",
            params={"uid": row.uid},
        )
    if clearance.is_initials and {*parts_of(row.respondent)} & {*parts_of(clearance.shown_as)}:
        raise ValidationError(
            _("Expected initials for %(uid)s; found the name itself."),
            code="name_shown",
            params={"uid": row.uid},
        )
    if mask(clearance.withheld, mark="").places([clearance.shown_as]):
        raise ValidationError(
            _("The name shown for %(uid)s holds words that are withheld. Show another name."),
            code="name_withheld",
            params={"uid": row.uid},
        )


# --- What needs a person ----------------------------------------------------------------------


@transaction.atomic
def settle(
    item: IntakeItem, *, note: str = "", by: User, at: dt.datetime | None = None
) -> IntakeItem:
    """Take something off the list of what needs a person. Raises PermissionDenied."""
    rules.refuse_strangers(by)
    audit.lock()
    item = IntakeItem.objects.select_for_update().get(pk=item.pk)
    if item.settled_at:
        return item
    item.settled_at, item.settled_by, item.note = at or timezone.now(), by, note.strip() or None
    item.full_clean()
    item.save(update_fields=["settled_at", "settled_by", "note"])
    after = {"item": item.pk, "code": item.code}
    audit.record("intake_item.settled", item.hearing_id or "horing", by=by, after=after)
    return item


def _locked(hearing: str) -> State:
    """The state that the next uids are read from; nobody else writes until the transaction ends."""
    audit.lock()
    return log.state_of(hearing)
