"""What the timeline needs to know of each deliverable, worked out once for a plan and kept with it."""

import datetime as dt
import re
import unicodedata
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from veikart.engines.dates import Certainty, FuzzyDate
from veikart.plan.index import Index, Thing, name_of
from veikart.plan.model import Deliverable, Delmal, Milestone, PhasePeriod, Plan
from veikart.plan.placing import delmal_of, goals_of, owners_of

FIELDS = (
    "goal", "delmal", "grouping", "owner", "user_group", "phase", "region", "year", "certainty",
)  # fmt: skip
"""The filters that have values to choose from, as they are called in View."""

LETTERS = {"æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ŋ": "n", "ŧ": "t"}
ACCENTS = re.compile("[\u0300-\u036f]")
NORWEGIAN_LAST = {"æ": "~1", "ø": "~2", "å": "~3"}
CERTAINTIES: tuple[Certainty, ...] = ("decided", "planned", "tentative")
ALWAYS = 9999


class Bar(NamedTuple):
    """A period on a line of months, counted from the year 0; None is an end that is not known."""

    period: PhasePeriod
    start: float | None
    end: float | None
    is_contradiction: bool


class Mark(NamedTuple):
    """A milestone on the same line."""

    milestone: Milestone
    at: float


class Line(NamedTuple):
    """One deliverable as the timeline sees it.

    `spans` are the years it is active in, or may be, from first to last, both inclusive; with no
    end in sight the last is `ALWAYS`, with no start the first is 0. `values` are those it has for
    each filter, the main one first, and `text` what free text is looked for in.
    """

    deliverable: Deliverable
    earliest: dt.date
    spans: tuple[tuple[int, int], ...]
    values: dict[str, tuple[str | int, ...]]
    text: str
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]

    @property
    def is_undated(self) -> bool:
        """Whether it has neither a start, an end nor a milestone."""
        return not self.spans

    def is_active(self, first: int, last: int) -> bool:
        """Whether it is, or may be, active in a year from `first` to `last`."""
        return any(start <= last and end >= first for start, end in self.spans)


class Lines(NamedTuple):
    """All deliverables by earliest date, then name; the plan's years; and what there is to choose.

    `counts` has for each filter how many deliverables have each value.
    """

    lines: tuple[Line, ...]
    first_year: int
    last_year: int
    choices: dict[str, tuple[tuple[str | int, Thing | None], ...]]
    counts: dict[str, Counter[str | int]]


def lines_of(plan: Plan) -> Lines:
    """The lines of `plan`, made at first use."""
    return plan.index.kept("timeline lines", lambda: _lines(plan))


def span_of(plan: Plan) -> tuple[int, int]:
    """The first and the last year that any date in the roadmap of `plan` can be in."""
    return plan.index.kept("timeline span", lambda: _span(plan))


def counted(field: str, *lines: Iterable[Line]) -> Counter[str | int]:
    """How many of `lines` have each value of the filter `field`."""
    return Counter(chain.from_iterable(line.values[field] for line in chain(*lines)))


def folded(text: str) -> str:
    """`text` for searching: lower case, without accents, ø as o, æ as ae."""
    plain = text.casefold()
    if plain.isascii():
        return plain
    for letter, letters in LETTERS.items():
        plain = plain.replace(letter, letters)
    return ACCENTS.sub("", unicodedata.normalize("NFKD", plain))


def alphabetical(text: str) -> str:
    """What names are sorted by: æ, ø and å come last, in this order; other accents do not count."""
    parts = (NORWEGIAN_LAST.get(letter) or folded(letter) for letter in text.casefold())
    return "".join(parts)


def months(day: dt.date) -> float:
    """Where the morning of `day` is on a line of months, counted from the year 0."""
    days_in_month = monthrange(day.year, day.month)[1]
    return day.year * 12 + day.month - 1 + (day.day - 1) / days_in_month


def _lines(plan: Plan) -> Lines:
    first, last = span_of(plan)
    found = [
        _line(deliverable, plan.index, first, last) for deliverable in plan.roadmap.deliverables
    ]
    found.sort(key=lambda line: (line.earliest, line.deliverable.name, line.deliverable.uid))
    return Lines(
        tuple(found),
        first,
        last,
        _choices(plan, found, first, last),
        {field: counted(field, found) for field in FIELDS},
    )


def _line(deliverable: Deliverable, index: Index, first: int, last: int) -> Line:
    spans = tuple(_spans(deliverable))
    dates = [date.earliest for date in _dates(deliverable)]
    grouping = index.grouping_of(deliverable)
    return Line(
        deliverable=deliverable,
        earliest=min(dates, default=dt.date.max),
        spans=spans,
        values={
            "goal": goals_of(deliverable, index),
            "delmal": delmal_of(deliverable),
            "grouping": (deliverable.grouping,),
            "owner": owners_of(deliverable, index),
            "user_group": tuple(dict.fromkeys(index.user_groups_of(deliverable)[0])),
            "phase": tuple(phase.uid for phase in index.phases_of(deliverable)),
            "region": tuple(dict.fromkeys(index.regions_of(deliverable)[0])),
            "year": tuple(
                year
                for year in range(first, last + 1)
                if any(start <= year <= end for start, end in spans)
            ),
            "certainty": tuple({period.certainty: None for period in deliverable.periods}),
        },
        text=_text(deliverable, grouping.title if grouping else "", index),
        bars=tuple(_bars(deliverable)),
        marks=tuple(Mark(stone, months(stone.date.midpoint)) for stone in deliverable.milestones),
    )


def _text(deliverable: Deliverable, grouping: str, index: Index) -> str:
    things = (index.by_uid.get(uid) for uid in delmal_of(deliverable))
    titles = [thing.title for thing in things if isinstance(thing, Delmal)]
    return folded("\n".join((deliverable.name, deliverable.description or "", grouping, *titles)))


def is_contradiction(period: PhasePeriod) -> bool:
    """Whether the end is before the start, whatever days were meant."""
    start, end = period.start, period.end
    return start is not None and end is not None and end.latest < start.earliest


def _bars(deliverable: Deliverable) -> Iterator[Bar]:
    for period in deliverable.periods:
        if period.start is None and period.end is None:
            continue
        yield Bar(
            period=period,
            start=months(period.start.earliest) if period.start else None,
            end=_months_to(period.end) if period.end else None,
            is_contradiction=is_contradiction(period),
        )


def _months_to(end: FuzzyDate) -> float | None:
    """Where the evening of the last possible day is; None without an inner bound."""
    return None if end.latest == dt.date.max else months(end.latest + dt.timedelta(days=1))


def _spans(deliverable: Deliverable) -> Iterator[tuple[int, int]]:
    for period in deliverable.periods:
        start, end = period.start, period.end
        if start is not None and (end is None or is_contradiction(period)):
            yield start.earliest.year, ALWAYS if end is None else start.latest.year
        elif end is not None:
            yield start.earliest.year if start else 0, end.latest.year
    for milestone in deliverable.milestones:
        yield milestone.date.earliest.year, milestone.date.latest.year


def _dates(deliverable: Deliverable) -> Iterator[FuzzyDate]:
    for period in deliverable.periods:
        yield from (date for date in (period.start, period.end) if date)
    for milestone in deliverable.milestones:
        yield milestone.date


def _span(plan: Plan) -> tuple[int, int]:
    years = {
        year
        for deliverable in plan.roadmap.deliverables
        for date in _dates(deliverable)
        for year in (date.earliest.year, date.latest.year)
        if year < dt.MAXYEAR
    }
    if years:
        return min(years), max(years)
    strategy, as_of = plan.strategy, plan.head.as_of.year
    return strategy.from_year or as_of, max(strategy.to_year or as_of, strategy.from_year or as_of)


def _choices(
    plan: Plan, lines: list[Line], first: int, last: int
) -> dict[str, tuple[tuple[str | int, Thing | None], ...]]:
    index = plan.index
    used = {field: {value for line in lines for value in line.values[field]} for field in FIELDS}
    delmal = sorted(plan.strategy.delmal, key=lambda delmal: delmal.code)
    ordered: dict[str, list[Thing]] = {
        "goal": list(index.goals),
        "delmal": list(delmal),
        "grouping": [g for parent in delmal for g in index.groupings.get(parent.uid, ())],
        "owner": _by_name(plan.actors.organisations),
        "user_group": _by_name(plan.actors.user_groups),
        "phase": list(index.phases),
        "region": _by_name(plan.actors.regions),
    }
    choices: dict[str, tuple[tuple[str | int, Thing | None], ...]] = {
        field: tuple((thing.uid, thing) for thing in things if thing.uid in used[field])
        for field, things in ordered.items()
    }
    choices["year"] = tuple((year, None) for year in range(first, last + 1))
    choices["certainty"] = tuple((word, None) for word in CERTAINTIES if word in used["certainty"])
    return choices


def _by_name(things: tuple[Thing, ...]) -> list[Thing]:
    return sorted(things, key=lambda thing: alphabetical(name_of(thing)))
