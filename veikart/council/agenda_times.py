"""The times of an agenda, added up from its start; pure.

A line begins where the one before ends, unless it has a time of its own. After a line whose minutes nobody has
said nothing is known until the next line with a time of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from veikart.plan.council import AgendaItem

DAY = 24 * 60


@dataclass(frozen=True)
class Timed:
    """A line with its times; None where they are not known.

    `late` is by how many minutes the lines before run past its own time, `spare` how many are left over before it.
    """

    item: AgendaItem
    starts_at: str | None
    ends_at: str | None
    late: int = 0
    spare: int = 0


@dataclass(frozen=True)
class Times:
    """The lines with their times, the sum of their minutes, and how many lines have none.

    `over` is by how many minutes the last line ends after the meeting does, negative where time is left;
    None where that is not known.
    """

    lines: tuple[Timed, ...]
    minutes: int
    unknown: int
    ends_at: str | None
    over: int | None

    @property
    def left(self) -> int:
        """How many minutes are left at the end, or 0."""
        return max(0, -(self.over or 0))

    @property
    def late(self) -> tuple[Timed, ...]:
        """The lines that cannot begin at their own time."""
        return tuple(line for line in self.lines if line.late)


def added_up(
    items: Iterable[AgendaItem], *, starts_at: str | None, ends_at: str | None = None
) -> Times:
    """The times of `items`, in their order, in a meeting that lasts from `starts_at` to `ends_at`."""
    now = None if starts_at is None else minute(starts_at)
    lines, total, unknown = [], 0, 0
    for item in items:
        own = None if item.starts_at is None else minute(item.starts_at)
        begins = now if own is None else own
        apart = 0 if own is None or now is None else own - now
        now = None if begins is None or item.minutes is None else begins + item.minutes
        lines.append(Timed(item, clock(begins), clock(now), max(0, -apart), max(0, apart)))
        total, unknown = total + (item.minutes or 0), unknown + (item.minutes is None)
    until = None if ends_at is None else minute(ends_at)
    over = None if now is None or until is None else now - until
    return Times(tuple(lines), total, unknown, clock(now), over)


def minute(time: str) -> int:
    """The minute of the day of a time such as "10:30"."""
    hour, _colon, rest = time.partition(":")
    return int(hour) * 60 + int(rest)


def clock(minutes: int | None) -> str | None:
    """The time of a minute of the day; None for none, and for one after midnight."""
    if minutes is None or minutes >= DAY:
        return None
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
