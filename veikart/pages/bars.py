"""The bars of the roadmap: decoration drawn from a deliverable's periods, with no words of its own.

Everything is in shares of the window's width, so that a bar needs no style and fits any screen.
Patterns and marks are drawn once in a page (design/marks.html) and referred to here.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from veikart.design import words
from veikart.engines.dates import FuzzyDate
from veikart.pages.facts import phases_of
from veikart.plan.model import Deliverable, Milestone, PhasePeriod, Plan

HEIGHT, TOP = 16, 12
IN_USE = 5
OPEN = 1.02
"""A bar without an end goes on past the edge of the window, where it is cut off."""


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are drawn: from the first day to the last, both inclusive."""

    first: dt.date
    last: dt.date

    def share(self, day: dt.date) -> float:
        """How far into the window `day` begins: 0 at the left edge, 1 at the right."""
        whole = (self.last - self.first).days + 1
        return min(max((day - self.first).days / whole, 0.0), 1.0)

    def holds(self, day: dt.date) -> bool:
        """Whether `day` is in the window."""
        return self.first <= day <= self.last


def drawing(plan: Plan, deliverable: Deliverable, window: Window) -> SafeString:
    """The SVG of all bars and marks of `deliverable` inside `window`."""
    parts = [_bar(plan, period, window) for period in deliverable.periods]
    parts += [_milestone(one, window) for one in deliverable.milestones]
    return bars(parts)


def bars(parts: Iterable[str]) -> SafeString:
    """The SVG of a row: the lines of the years, then `parts` as made here, then the plan's day."""
    drawn = "".join(parts)
    return mark_safe(  # noqa: S308 (made of numbers alone)
        f'<svg class="b" aria-hidden="true"><use href="#g"/>{drawn}<use href="#n"/></svg>'
    )


def bar(look: int, first: dt.date | None, last: dt.date | None, window: Window) -> str:
    """A bar in the pattern `look` from the day `first` to `last`; one that is not known is the window's own."""
    if first is None and last is None:
        return ""
    begins = window.share(first) if first else 0.0
    ends = window.share(last + dt.timedelta(days=1)) if last else OPEN
    if ends <= begins:
        return ""
    return (
        f'<rect class="s{look}" x="{_percent(begins)}" width="{_percent(ends - begins)}"'
        f' y="{TOP}" height="{HEIGHT}" rx="2" fill="url(#f{look})"/>'
    )


def mark(day: dt.date, window: Window) -> str:
    """A filled diamond on `day`; nothing outside the window."""
    return f'<use href="#d" x="{_percent(window.share(day))}"/>' if window.holds(day) else ""


def _bar(plan: Plan, period: PhasePeriod, window: Window) -> str:
    begins, ends = _edges(period, window)
    if begins is None or ends is None or ends <= 0 or begins >= 1 or ends <= begins:
        return ""
    if words.contradicts(period):
        return f'<rect class="bad" x="{_percent(begins)}" width="7" y="{TOP}" height="{HEIGHT}"/>'
    numbers = [phase.number for phase in phases_of(plan, period)] or [0]
    look = " t" if period.certainty == "tentative" else ""
    height = round(HEIGHT / len(numbers), 2)
    drawn = "".join(
        f'<rect class="s{number}{look}" x="{_percent(begins)}" width="{_percent(ends - begins)}"'
        f' y="{TOP + place * height:g}" height="{height:g}" rx="2" fill="url(#f{number})"/>'
        for place, number in enumerate(numbers)
    )
    if period.end is None:
        drawn += (
            f'<rect x="{_percent(begins)}" width="{_percent(ends - begins)}" y="{TOP - 1}" height="{HEIGHT + 2}"'
            f' fill="url(#o)"/>'
        )
    if numbers[-1] == IN_USE and period.start and window.holds(period.start.earliest):
        drawn += f'<use href="#c" x="{_percent(begins)}"/>'
    return drawn


def _edges(period: PhasePeriod, window: Window) -> tuple[float | None, float | None]:
    """Where the bar begins and ends; without an end, or with one before the start, it goes on."""
    if period.start is None and period.end is None:
        return None, None
    begins = window.share(period.start.earliest) if period.start else 0.0
    if period.end is None or words.contradicts(period):
        return begins, OPEN
    return begins, window.share(_day_after(period.end))


def _day_after(date: FuzzyDate) -> dt.date:
    return date.latest if date.latest == dt.date.max else date.latest + dt.timedelta(days=1)


def _milestone(mark: Milestone, window: Window) -> str:
    """A filled diamond for what is available, a dashed one while the date is provisional."""
    day = mark.date.midpoint
    if not window.holds(day):
        return ""
    provisional = mark.date.certainty == "tentative"
    name = "c" if mark.kind == "introduced" else "m" if provisional else "d"
    return f'<use href="#{name}" x="{_percent(window.share(day))}"/>'


def _percent(share: float) -> str:
    return f"{share * 100:.4g}%"
