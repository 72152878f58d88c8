"""Whether a hearing was held as it should be: its period, who was asked and replied, and what follows.

Source: the Norwegian instructions for official studies (utredningsinstruksen, 3-3): normally three months and
never under six weeks; a shorter period needs a written reason; material changes are heard again.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Literal

import msgspec

from veikart.engines.handling.words import RESPONDENT_KINDS, RespondentKind
from veikart.plan.consultations import Consultations, Hearing, Outcome, Point, Reply

SHORTEST_DAYS = 42
NORMAL_MONTHS = 3

FindingCode = Literal[
    "under_six_weeks", "under_three_months", "shorter_without_reason", "nobody_of_kind_replied",
    "nobody_invited", "new_hearing_proposed",
]  # fmt: skip


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something about how a hearing was held. `is_breach` tells that a rule is broken.

    `days` is how long the period was, `kind` the kind of respondent it is about, and `uids` the
    points whose outcomes led to a change.
    """

    code: FindingCode
    is_breach: bool
    days: int | None = None
    kind: RespondentKind | None = None
    uids: tuple[str, ...] = ()


class Turnout(msgspec.Struct, frozen=True, kw_only=True):
    """Of one kind of respondent: how many were invited, how many of those replied, and how many replied.

    Those invited who replied are told by their organisation, or else by their name, and only among
    replies that are published.
    """

    kind: RespondentKind
    invited: int
    invited_replied: int
    replied: int


def findings(consultations: Consultations, hearing: Hearing) -> tuple[Finding, ...]:
    """What there is to say of how `hearing` was held; workshops have no rules to keep."""
    if hearing.kind != "hearing":
        return ()
    found = [*_period(hearing), *_silence(consultations, hearing)]
    changed = leading_to_change(consultations, hearing)
    if changed:
        found.append(Finding(code="new_hearing_proposed", is_breach=False, uids=changed))
    return tuple(found)


def days_of(hearing: Hearing) -> int:
    """How many days there were to reply in, from the day after it opened to its last day."""
    return (hearing.closes_on - hearing.opens_on).days


def is_short(opens_on: dt.date, closes_on: dt.date) -> bool:
    """Whether a hearing of this period has less than the normal time, so that a reason is needed."""
    return closes_on < _months_after(opens_on, NORMAL_MONTHS)


def turnout(consultations: Consultations, hearing: Hearing) -> tuple[Turnout, ...]:
    """Those invited against those who replied, by kind of respondent, as far as either occurs."""
    replies = [reply for reply in consultations.replies if reply.hearing == hearing.uid]
    invited = Counter(one.kind for one in hearing.invited)
    replied = Counter(reply.kind_of_respondent for reply in replies)
    known = {key for reply in replies for key in _keys(reply)}
    both = Counter(
        one.kind
        for one in hearing.invited
        if (one.organisation in known if one.organisation else one.name.casefold() in known)
    )
    return tuple(
        Turnout(kind=kind, invited=invited[kind], invited_replied=both[kind], replied=replied[kind])
        for kind in RESPONDENT_KINDS
        if invited[kind] or replied[kind]
    )


def leading_to_change(consultations: Consultations, hearing: Hearing) -> tuple[str, ...]:
    """The points that were followed, wholly or in part, and led to a change of the text."""
    return tuple(
        point.uid
        for point in consultations.points
        if point.hearing == hearing.uid and _is_material(point)
    )


def _is_material(point: Point) -> bool:
    outcome: Outcome | None = point.outcome
    return outcome is not None and outcome.value in ("followed", "partly") and bool(outcome.led_to)


def _period(hearing: Hearing) -> Iterable[Finding]:
    days = days_of(hearing)
    if not is_short(hearing.opens_on, hearing.closes_on):
        return
    if days < SHORTEST_DAYS:
        yield Finding(code="under_six_weeks", is_breach=True, days=days)
    else:
        yield Finding(code="under_three_months", is_breach=False, days=days)
    if hearing.short_period_reason is None:
        yield Finding(code="shorter_without_reason", is_breach=True, days=days)


def _silence(consultations: Consultations, hearing: Hearing) -> Iterable[Finding]:
    if not hearing.invited:
        yield Finding(code="nobody_invited", is_breach=False)
    if hearing.stage in ("planned", "open"):
        return
    for row in turnout(consultations, hearing):
        if row.invited and not row.replied:
            yield Finding(code="nobody_of_kind_replied", is_breach=False, kind=row.kind)


def _keys(reply: Reply) -> tuple[str | None, str]:
    return (reply.organisation, reply.respondent.casefold())


def _months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last day of that month if it is shorter."""
    year, month = divmod(day.month - 1 + months, 12)
    first = dt.date(day.year + year, month + 1, 1)
    following = dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first + dt.timedelta(days=day.day - 1), following - dt.timedelta(days=1))
