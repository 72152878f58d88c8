"""The roadmap as a reader asks for it: groups of rows with what to draw, and what could be chosen."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from veikart.engines.dates import Certainty
from veikart.plan.index import Thing
from veikart.plan.model import Deliverable, Milestone, MilestoneKind, PhasePeriod, Plan
from veikart.plan.rows import FIELDS, Bar, Line, Lines, counted, folded, lines_of, span_of
from veikart.plan.view import (
    GroupBy,
    Unknown,
    View,
    Zoom,
    parse,
    query,
    query_name,
    query_value,
    toggled,
)

__all__ = [
    "Choice", "Column", "Group", "Mark", "Row", "Segment", "Timeline", "Unknown", "View",
    "columns", "parse", "query", "query_name", "query_value", "span_of", "timeline", "toggled",
]  # fmt: skip

PARTS: dict[Zoom, int] = {"year": 1, "half": 2, "quarter": 4}


class Segment(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A bar to draw, from `x0` to `x1` in months since January of the first year drawn.

    `first_phase` and `last_phase` are numbers of phases. `open_start` and `open_end` say that the
    date is not known; `cut_start` and `cut_end` that the bar goes on outside the years drawn.
    With `contradiction` the end is before the start: `x0` and `x1` are the start, a mere mark.
    """

    x0: float
    x1: float
    first_phase: int | None
    last_phase: int | None
    certainty: Certainty
    open_start: bool
    open_end: bool
    cut_start: bool
    cut_end: bool
    contradiction: bool
    period: PhasePeriod


class Mark(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A milestone to draw, `x` months after January of the first year: the middle of its date."""

    x: float
    kind: MilestoneKind
    certainty: Certainty
    milestone: Milestone


class Row(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One deliverable with what to draw. `repeated`: it stands in an earlier group too."""

    deliverable: Deliverable
    segments: tuple[Segment, ...]
    marks: tuple[Mark, ...]
    contradiction: bool
    repeated: bool = False


class Group(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The rows under one heading, by earliest start, and apart from them those without any date.

    `uid` and `thing` are None for those that have no such thing, and where nothing is grouped.
    """

    uid: str | None
    thing: Thing | None
    rows: tuple[Row, ...]
    undated: tuple[Row, ...]

    @property
    def count(self) -> int:
        """How many deliverables stand in it."""
        return len(self.rows) + len(self.undated)


class Choice(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A value of a filter, and how many deliverables it would show, given the other filters."""

    value: str | int
    thing: Thing | None
    count: int
    chosen: bool


class Column(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A year, or its half or quarter `part` (None for a whole year), from `x0` to `x1` months."""

    year: int
    part: int | None
    x0: int
    x1: int


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """What `view` shows of a plan.

    `shown` counts distinct deliverables, of which `undated` have no date; `total` is all in the
    plan. `undated_left_out` fit the filters but have no date and were asked to be left out;
    `outside` fit them but are active only before or after the years drawn.
    """

    view: View
    groups: tuple[Group, ...]
    shown: int
    total: int
    undated: int
    undated_left_out: int
    outside: int
    facets: dict[str, tuple[Choice, ...]]
    first_year: int
    last_year: int
    columns: tuple[Column, ...]

    @property
    def width(self) -> int:
        """The months drawn."""
        return (self.last_year - self.first_year + 1) * 12


def timeline(plan: Plan, view: View) -> Timeline:
    """What `view` shows of `plan`."""
    lines = lines_of(plan)
    sieve = _Sieve(view, lines)
    sieve.sift()
    first, last = _years(view, lines)
    draw = _drawing(plan, first, last)
    return Timeline(
        view=view,
        groups=_groups(sieve.shown, view, lines, draw),
        shown=len(sieve.shown),
        total=len(lines.lines),
        undated=sum(line.is_undated for line in sieve.shown),
        undated_left_out=sieve.undated_left_out,
        outside=sieve.outside,
        facets=sieve.facets(),
        first_year=first,
        last_year=last,
        columns=columns(first, last, view.zoom),
    )


def _years(view: View, lines: Lines) -> tuple[int, int]:
    """The years to draw: as asked, else as far as the plan goes, at least one."""
    first = lines.first_year if view.from_year is None else view.from_year
    last = lines.last_year if view.to_year is None else view.to_year
    if first <= last:
        return first, last
    return (first, first) if view.to_year is None else (last, last)


def columns(first: int, last: int, zoom: Zoom) -> tuple[Column, ...]:
    """The years from `first` to `last`, or their halves or quarters."""
    parts = PARTS[zoom]
    size = 12 // parts
    return tuple(
        Column(
            year=first + place // parts,
            part=place % parts + 1 if parts > 1 else None,
            x0=place * size,
            x1=(place + 1) * size,
        )
        for place in range((last - first + 1) * parts)
    )


class _Sieve:
    """Which lines fit the view, and how many would if one filter were another."""

    def __init__(self, view: View, lines: Lines) -> None:
        self.view, self.lines = view, lines
        self.words = folded(view.text).split()
        self.chosen = {
            field: frozenset(getattr(view, field)) for field in FIELDS if getattr(view, field)
        }
        self.shown: list[Line] = []
        self.undated_left_out = self.outside = 0
        self.nearly: dict[str, list[Line]] = defaultdict(list)

    def sift(self) -> None:
        """Put every line where it belongs."""
        bounded = self.view.from_year is not None or self.view.to_year is not None
        first, last = _years(self.view, self.lines)
        if not (bounded or self.words or self.chosen or self.view.undated == "left_out"):
            self.shown = list(self.lines.lines)
            return
        for line in self.lines.lines:
            if self.words and not all(word in line.text for word in self.words):
                continue
            misfits = self._misfits(line)
            if line.is_undated and self.view.undated == "left_out":
                self.undated_left_out += not misfits
            elif bounded and not line.is_undated and not line.is_active(first, last):
                self.outside += not misfits
            elif not misfits:
                self.shown.append(line)
            elif len(misfits) == 1:
                self.nearly[misfits[0]].append(line)

    def _misfits(self, line: Line) -> list[str]:
        """The filters that `line` does not fit; one without a date may be active in any year."""
        return [
            field
            for field, chosen in self.chosen.items()
            if chosen.isdisjoint(line.values[field]) and not (field == "year" and line.is_undated)
        ]

    def facets(self) -> dict[str, tuple[Choice, ...]]:
        """For each filter its values, with how many each would show, given the other filters."""
        return {field: self._choices(field) for field in FIELDS}

    def _choices(self, field: str) -> tuple[Choice, ...]:
        if len(self.shown) == len(self.lines.lines):
            counts = self.lines.counts[field]
        else:
            counts = counted(field, self.shown, self.nearly.get(field, ()))
        chosen = self.chosen.get(field, frozenset())
        return tuple(
            Choice(value=value, thing=thing, count=counts[value], chosen=value in chosen)
            for value, thing in self.lines.choices[field]
        )


def _drawing(plan: Plan, first: int, last: int) -> "_Drawing":
    """A drawing of those years; the one of all the plan's years is kept, as most readers ask it."""
    if (first, last) == span_of(plan):
        return plan.index.kept("timeline drawing", lambda: _Drawing(plan, first, last))
    return _Drawing(plan, first, last)


class _Drawing:
    """Rows for the years drawn, each made once."""

    def __init__(self, plan: Plan, first: int, last: int) -> None:
        self.phases = {phase.uid: phase.number for phase in plan.roadmap.phases}
        self.offset, self.width = first * 12, (last - first + 1) * 12
        self.rows: dict[str, Row] = {}

    def row(self, line: Line, *, repeated: bool) -> Row:
        """The row of `line`."""
        uid = line.deliverable.uid
        if uid not in self.rows:
            self.rows[uid] = self._row(line)
        return replace(self.rows[uid], repeated=True) if repeated else self.rows[uid]

    def _row(self, line: Line) -> Row:
        marks = (
            Mark(
                x=round(mark.at - self.offset, 2),
                kind=mark.milestone.kind,
                certainty=mark.milestone.date.certainty,
                milestone=mark.milestone,
            )
            for mark in line.marks
            if 0 <= mark.at - self.offset <= self.width
        )
        segments = (self._segment(bar) for bar in line.bars)
        return Row(
            deliverable=line.deliverable,
            segments=tuple(segment for segment in segments if segment),
            marks=tuple(marks),
            contradiction=any(bar.is_contradiction for bar in line.bars),
        )

    def _segment(self, bar: Bar) -> Segment | None:
        start = 0.0 if bar.start is None else bar.start - self.offset
        end = float(self.width) if bar.end is None else bar.end - self.offset
        if bar.is_contradiction:
            end = start
        if start >= self.width or end < 0 or (end == 0 and not bar.is_contradiction):
            return None
        period = bar.period
        return Segment(
            x0=round(max(start, 0), 2),
            x1=round(min(end, self.width), 2),
            first_phase=self.phases.get(period.first_phase or ""),
            last_phase=self.phases.get(period.last_phase or ""),
            certainty=period.certainty,
            open_start=bar.start is None,
            open_end=bar.end is None,
            cut_start=start < 0,
            cut_end=end > self.width,
            contradiction=bar.is_contradiction,
            period=period,
        )


def _groups(shown: Iterable[Line], view: View, lines: Lines, draw: _Drawing) -> tuple[Group, ...]:
    listed: dict[str | int | None, list[Line]] = defaultdict(list)
    for line in shown:
        for value in _headings(line, view.group_by, getattr(view, view.group_by, ())):
            listed[value].append(line)
    seen: set[str] = set()
    headings = () if view.group_by == "none" else lines.choices[view.group_by]
    found = [
        _group(str(value), thing, listed.pop(value), seen, draw)
        for value, thing in headings
        if value in listed
    ]
    rest = {line.deliverable.uid: line for left in listed.values() for line in left}
    if rest:
        found.append(_group(None, None, list(rest.values()), seen, draw))
    return tuple(found)


def _headings(
    line: Line, group_by: GroupBy, chosen: tuple[str, ...]
) -> tuple[str | int | None, ...]:
    """The groups that `line` stands in: those chosen, if the view filters by what it groups by."""
    if group_by == "none":
        return (None,)
    values = line.values[group_by]
    if chosen:
        values = tuple(value for value in values if value in chosen)
    return values or (None,)


def _group(
    uid: str | None, thing: Thing | None, lines: list[Line], seen: set[str], draw: _Drawing
) -> Group:
    rows: list[Row] = []
    undated: list[Row] = []
    for line in lines:
        row = draw.row(line, repeated=line.deliverable.uid in seen)
        seen.add(line.deliverable.uid)
        (undated if line.is_undated else rows).append(row)
    return Group(uid=uid, thing=thing, rows=tuple(rows), undated=tuple(undated))
