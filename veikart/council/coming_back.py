"""Open follow-ups come back on the next draft agenda of their body; pure.

They stand on one line, which is there as long as one is open and goes when all are answered. Which follow-ups
they are is a function of the follow-ups, the day and the agenda alone, so nobody has to remember it.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from veikart.plan.council import AgendaItem, FollowUp

TITLE = "Oppfølging av vedtak"
"""What the line is called. It has no case number: what is followed up has its own."""
MINUTES = 10


@dataclass(frozen=True)
class Returned:
    """A follow-up that comes back; `days` is how long it was due on the day, None where it is not."""

    follow_up: FollowUp
    days: int | None

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been answered before the day."""
        return self.days is not None


def returned(follow_ups: Iterable[FollowUp], *, on: dt.date) -> tuple[Returned, ...]:
    """Those of `follow_ups` that are open on the day `on`: the longest overdue first, those without a day last."""
    found = [Returned(one, _days(one, on)) for one in follow_ups if one.state == "open"]
    return tuple(sorted(found, key=_place))


def with_follow_ups(
    agenda: Sequence[AgendaItem], follow_ups: Iterable[FollowUp], *, on: dt.date, last: int = 0
) -> tuple[AgendaItem, ...]:
    """A draft `agenda` with the line for what comes back, or without it where nothing does.

    Where it stands already, it stays. A new one comes before the `last` lines, which end every meeting.
    """
    is_there = any(is_line(item) for item in agenda)
    comes_back = bool(returned(follow_ups, on=on))
    if comes_back == is_there:
        return tuple(agenda)
    kept = [item for item in agenda if not is_line(item)]
    if comes_back:
        kept.insert(len(kept) - last, AgendaItem(no=0, kind="other", title=TITLE, minutes=MINUTES))
    return tuple(replace(item, no=no) for no, item in enumerate(kept, start=1))


def is_line(item: AgendaItem) -> bool:
    """Whether it is the line for what comes back."""
    return item.kind == "other" and item.title == TITLE


def _days(follow_up: FollowUp, on: dt.date) -> int | None:
    late = (on - follow_up.due).days if follow_up.due else 0
    return late if late > 0 else None


def _place(found: Returned) -> tuple[bool, dt.date, str]:
    due = found.follow_up.due
    return due is None, due or dt.date.max, found.follow_up.uid
