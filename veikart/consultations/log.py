"""The log of a hearing: adding an event, and the state that the log adds up to, kept in memory.

A process keeps the state of each hearing it has read, with the hash of the last event in it. The
hash stands for the whole log up to there; so one question for the event and those after it tells
whether what is kept still holds, and brings what is new.
"""

import datetime as dt
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import msgspec
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from veikart.consultations.models import HandlingEvent, HandlingHead, Hearing, Reply
from veikart.consultations.refusals import explained
from veikart.engines.handling import actions
from veikart.engines.handling.actions import AnyAction, Event
from veikart.engines.handling.fold import fold
from veikart.engines.handling.refusal import Refusal
from veikart.engines.handling.state import EMPTY, State
from veikart.people import audit
from veikart.people.models import AuditEntry, User

KEPT = 20
"""So many hearings' states are kept in memory."""

COLUMNS = ("no", "at", "by_name", "action", "hash")
Row: TypeAlias = tuple[int, dt.datetime, str | None, str, str]
"""An event as `COLUMNS` of it."""

SUBJECTS = ("reply", "point", "into", "theme", "on", "area", "goal", "round")

RECORDED = "handling"
"""What the verbs of entries in the record begin with that are about events of a log."""

_lock = threading.Lock()
_kept: "OrderedDict[tuple[str, str], tuple[State, str]]" = OrderedDict()


def state_of(hearing: str) -> State:
    """The state of the hearing `hearing` (a uid); empty if nothing happened. One query."""
    key = _key(hearing)
    with _lock:
        kept, hashed = _kept.get(key, (EMPTY, ""))
    rows = _rows(hearing, since=kept.last)
    if kept.last and (not rows or rows[0][-1] != hashed):
        kept, rows = EMPTY, _rows(hearing, since=0)
    new = [row for row in rows if row[0] > kept.last]
    state = fold((_event(row) for row in new), kept)
    with _lock:
        _kept[key] = (state, rows[-1][-1] if rows else "")
        _kept.move_to_end(key)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return state


def states_of(hearings: Iterable[str]) -> dict[str, State]:
    """The state of each of `hearings`. One query, and one more for each that has changed since."""
    uids = list(hearings)
    ends = HandlingHead.objects.filter(hearing__in=uids).values_list("hearing_id", "event__hash")
    last = dict(ends)
    found = {}
    for uid in uids:
        with _lock:
            state, hashed = _kept.get(_key(uid), (EMPTY, ""))
        found[uid] = state if hashed == last.get(uid, "") else state_of(uid)
    return found


def stamps() -> dict[str, str]:
    """The hash of the last event of every hearing, which stands for its whole log. One query."""
    return dict(HandlingHead.objects.values_list("hearing_id", "event__hash"))


def actions_of(hearing: str, verb: str) -> list[AnyAction]:
    """Everything that was ever done by `verb` in `hearing`, also what was undone. One query."""
    rows = HandlingEvent.objects.filter(hearing=hearing, verb=verb).order_by("no")
    return [actions.decode(action) for action in rows.values_list("action", flat=True)]


def forget() -> None:
    """Let go of all states kept in memory."""
    with _lock:
        _kept.clear()


@transaction.atomic
def append(
    hearing: str,
    *taken: AnyAction,
    by: User | None,
    at: dt.datetime | None = None,
    reply: Reply | None = None,
) -> State:
    """Add `taken` to the log of `hearing`, one event each, all or none; answers the state after.

    Each has an entry in the record, which holds the event's number and hash and none of its words.
    `reply` is the row that a receipt is about. Raises ValidationError for an action that does not
    fit, and for an unknown hearing.
    """
    audit.lock()
    refuse_unknown(hearing)
    head = HandlingHead.objects.select_for_update().select_related("event")
    last = head.filter(hearing=hearing).first()
    event = last.event if last else None
    rows: list[HandlingEvent] = []
    for action in taken:
        event = _row(hearing, action, by=by, at=at or timezone.now(), reply=reply, before=event)
        rows.append(event)
    state = _folded(state_of(hearing), rows)
    for row in rows:
        row.save(force_insert=True)
    if event is not None:
        HandlingHead.objects.update_or_create(hearing_id=hearing, defaults={"event": event})
    audit.record_many(_deeds(hearing, taken, rows), by=by)
    return state


def _folded(state: State, rows: Iterable[HandlingEvent]) -> State:
    """The state after `rows`, which are not saved yet. Raises ValidationError for what does not fit."""
    listed = ((row.no, row.at, row.by_name, row.action, row.hash) for row in rows)
    try:
        return fold((_event(row) for row in listed), state)
    except Refusal as refusal:
        raise explained(refusal) from refusal


def refuse_unknown(hearing: str) -> None:
    """Raise ValidationError if there is no hearing of this uid."""
    if not Hearing.objects.filter(pk=hearing).exists():
        raise ValidationError(
            _("Expected a hearing or workshops; found “%(uid)s”. Put it in first."),
            code="unknown_hearing",
            params={"uid": hearing},
        )


def verify(hearing: str) -> Iterator[str]:
    """What is wrong with the log of `hearing`, one sentence each; nothing if it is whole."""
    rows = _rows(hearing, since=0)
    yield from problems(hearing, rows)
    head = HandlingHead.objects.filter(hearing=hearing).values_list("event__no", flat=True).first()
    if (head or 0) != len(rows):
        yield _("The log of %(hearing)s should end with event %(no)d; compare with a backup.") % {
            "hearing": hearing,
            "no": head or 0,
        }


def verify_by_record() -> Iterator[str]:
    """Where the logs and the record of who did what disagree: events that only one of them knows.

    A log whose end was cut off together with its head is whole by itself; the record tells.
    """
    entries = AuditEntry.objects.filter(verb__startswith=f"{RECORDED}.", after__has_key="event")
    known = entries.order_by("number").values_list("after", flat=True)
    recorded = {(one["hearing"], one["event"]): one["hash"] for one in known if one}
    rows = HandlingEvent.objects.values_list("hearing_id", "no", "hash")
    logged = {(hearing, no): hashed for hearing, no, hashed in rows}
    for hearing, no in sorted(recorded.keys() | logged.keys()):
        if recorded.get((hearing, no)) != logged.get((hearing, no)):
            yield _(
                "The log of %(hearing)s and the record disagree on event %(no)d; "
                "compare with a backup."
            ) % {"hearing": hearing, "no": no}


def problems(hearing: str, rows: Iterable[Row]) -> Iterator[str]:
    """What is wrong with `rows` of the log of `hearing`, all from the first."""
    before, number = "", 0
    for no, at, by_name, action, hashed in rows:
        if no != number + 1:
            yield _("The log of %(hearing)s lacks events before number %(no)d.") % {
                "hearing": hearing,
                "no": no,
            }
        if hashed != _hash(before, no=no, at=at, by_name=by_name, action=action):
            yield _("Event %(no)d of %(hearing)s was changed; compare with a backup.") % {
                "hearing": hearing,
                "no": no,
            }
        before, number = hashed, no


def subject_of(hearing: str, action: AnyAction) -> str:
    """The uid of what `action` is about: a point, theme or reply, or else the hearing."""
    for name in SUBJECTS:
        found = getattr(action, name, None)
        if isinstance(found, str):
            return found
    return hearing


def _key(hearing: str) -> tuple[str, str]:
    return str(connection.settings_dict["NAME"]), hearing


def _rows(hearing: str, *, since: int) -> Sequence[Row]:
    those = HandlingEvent.objects.filter(hearing=hearing, no__gte=since).order_by("no")
    return list(those.values_list(*COLUMNS))


def _event(row: Row) -> Event:
    no, at, by_name, action, _hash = row
    return Event(no=no, at=at, by=by_name, action=actions.decode(action))


def _row(
    hearing: str,
    action: AnyAction,
    *,
    by: User | None,
    at: dt.datetime,
    reply: Reply | None,
    before: HandlingEvent | None,
) -> HandlingEvent:
    no, by_name = before.no + 1 if before else 1, by.get_username() if by else None
    written = actions.encode(action).decode()
    return HandlingEvent(
        hearing_id=hearing,
        no=no,
        previous=before,
        at=at,
        by=by,
        by_name=by_name,
        verb=actions.verb_of(action),
        reply=reply if isinstance(action, actions.Receive) else None,
        action=written,
        hash=_hash(before.hash if before else "", no=no, at=at, by_name=by_name, action=written),
    )


def _hash(before: str, *, no: int, at: dt.datetime, by_name: str | None, action: str) -> str:
    content = (before, no, at.astimezone(dt.UTC).isoformat(), by_name, action)
    return hashlib.sha256(msgspec.json.encode(content)).hexdigest()


def _deeds(
    hearing: str, taken: Iterable[AnyAction], rows: Iterable[HandlingEvent]
) -> list[audit.Deed]:
    return [
        audit.Deed(
            f"{RECORDED}.{row.verb}",
            subject_of(hearing, action),
            after={"hearing": hearing, "event": row.no, "hash": row.hash},
        )
        for action, row in zip(taken, rows, strict=True)
    ]
