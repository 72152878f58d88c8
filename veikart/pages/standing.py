"""How far deliverables have come on the day the plan was true: in use, under way, to come."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from veikart.design import words
from veikart.plan.model import Deliverable, PhasePeriod, Plan

Standing = Literal["in_use", "introducing", "under_way", "coming", "ended", "undated"]
STANDINGS: tuple[Standing, ...] = (
    "in_use", "introducing", "under_way", "coming", "ended", "undated",
)  # fmt: skip
IN_USE, INTRODUCTION = 5, 4


@dataclass(frozen=True, slots=True)
class Tally:
    """How many deliverables have come how far. The six numbers add up to `total`."""

    total: int
    in_use: int = 0
    introducing: int = 0
    under_way: int = 0
    coming: int = 0
    ended: int = 0
    undated: int = 0

    @property
    def past_introducing(self) -> int:
        """Those in use and being introduced: where the next piece of a bar begins."""
        return self.in_use + self.introducing

    @property
    def past_under_way(self) -> int:
        """Those that have begun: where the next piece of a bar begins."""
        return self.past_introducing + self.under_way

    @property
    def so_far(self) -> str:
        """How many are in use and being introduced, as people say it; empty where there are none."""
        facts = {
            "in_use": words.number(self.in_use),
            "introducing": words.number(self.introducing),
        }
        if not self.total:
            return ""
        if self.in_use and self.introducing:
            return _("%(in_use)s in use, %(introducing)s being introduced now.") % facts
        if self.in_use:
            return _("%(in_use)s in use, none being introduced now.") % facts
        if self.introducing:
            return _("None in use yet, %(introducing)s being introduced now.") % facts
        return _("None in use or being introduced yet.")


def tally(plan: Plan, deliverables: Iterable[Deliverable]) -> Tally:
    """How many of `deliverables` have come how far."""
    counts = Counter[str](standing(plan, deliverable) for deliverable in deliverables)
    return Tally(counts.total(), **counts)


def standing(plan: Plan, deliverable: Deliverable) -> Standing:
    """How far `deliverable` has come on the day `plan` was true.

    In use: a period that reaches the last phase has begun, or has no start. Introducing, or under
    way in an earlier phase: a period has begun and is not over; an end that comes before its start
    is no end. Coming: a period starts later. Ended: all are over. Undated: no period has a start.
    """
    today = plan.head.as_of
    begun = [p for p in deliverable.periods if p.start and p.start.earliest <= today]
    for period in deliverable.periods:
        reached = _last_phase(plan, period) == IN_USE
        if reached and (period.start is None or period in begun):
            return "in_use"
    current = [period for period in begun if not _is_over(period, today)]
    if any(_covers(plan, period, INTRODUCTION) for period in current):
        return "introducing"
    if current:
        return "under_way"
    if any(period.start and period.start.earliest > today for period in deliverable.periods):
        return "coming"
    return "ended" if begun else "undated"


def standing_words(counted: Tally) -> list[tuple[str, int, str]]:
    """The six standings with their numbers, in words; those that are none are left out."""
    said = (
        ("in_use", _("in use")),
        ("introducing", _("being introduced now")),
        ("under_way", _("under way in earlier phases")),
        ("coming", _("to come")),
        ("ended", _("ended")),
        ("undated", _("not dated")),
    )
    return [(code, getattr(counted, code), text) for code, text in said if getattr(counted, code)]


def standing_said(counted: Tally) -> list[str]:
    """The same as parts of a sentence: 8 are in use; 46 are being introduced now."""
    said = (
        (ngettext("%(count)s is in use", "%(count)s are in use", counted.in_use), counted.in_use),
        (
            ngettext(
                "%(count)s is being introduced now",
                "%(count)s are being introduced now",
                counted.introducing,
            ),
            counted.introducing,
        ),
        (
            ngettext(
                "%(count)s is under way in earlier phases",
                "%(count)s are under way in earlier phases",
                counted.under_way,
            ),
            counted.under_way,
        ),
        (
            ngettext("%(count)s is to come", "%(count)s are to come", counted.coming),
            counted.coming,
        ),
        (ngettext("%(count)s has ended", "%(count)s have ended", counted.ended), counted.ended),
        (
            ngettext("%(count)s is not dated", "%(count)s are not dated", counted.undated),
            counted.undated,
        ),
    )
    return [text % {"count": words.number(count)} for text, count in said if count]


def starting(
    plan: Plan, deliverables: Iterable[Deliverable], *, months: int = 12
) -> list[tuple[Deliverable, PhasePeriod]]:
    """The periods that start in the months after the day `plan` was true, the first ones first."""
    today = plan.head.as_of
    last = _months_after(today, months)
    found = [
        (deliverable, period)
        for deliverable in deliverables
        for period in deliverable.periods
        if period.start and today < period.start.earliest <= last
    ]
    return sorted(found, key=lambda pair: (_start(pair[1]), pair[0].delmal, pair[0].name))


def _start(period: PhasePeriod) -> dt.date:
    return period.start.earliest if period.start else dt.date.max


def _is_over(period: PhasePeriod, today: dt.date) -> bool:
    ended = period.end is not None and period.end.latest < today
    return ended and not words.contradicts(period)


def _last_phase(plan: Plan, period: PhasePeriod) -> int | None:
    return getattr(plan.index.by_uid.get(period.last_phase or ""), "number", None)


def _covers(plan: Plan, period: PhasePeriod, number: int) -> bool:
    first = getattr(plan.index.by_uid.get(period.first_phase or ""), "number", None)
    last = _last_phase(plan, period)
    return first is not None and last is not None and first <= number <= last


def _months_after(day: dt.date, months: int) -> dt.date:
    """The last day of the month that is `months` after that of `day`."""
    count = day.year * 12 + day.month - 1 + months + 1
    return dt.date(count // 12, count % 12 + 1, 1) - dt.timedelta(days=1)
