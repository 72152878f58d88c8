"""The state of a hearing's handling, as its log of events leaves it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any, Literal, NamedTuple

import msgspec

from veikart.engines.handling.actions import (
    Anchor,
    Extract,
    FoundAt,
    Item,
    Led,
    Original,
    Paper,
    Withheld,
)
from veikart.engines.handling.words import (
    Method,
    OutcomeValue,
    PointKind,
    RespondentKind,
    Weighing,
)

Table = Literal[
    "originals", "replies", "points", "themes", "members", "areas", "placed", "goals",
    "rounds", "hearing",
]  # fmt: skip


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """An outcome with its reason, by which event, when, and by whom it was decided."""

    value: OutcomeValue
    reason: str | None
    led_to: tuple[Led, ...]
    case: str | None
    event: int
    at: dt.datetime
    by: str | None


class Clearance(msgspec.Struct, frozen=True, kw_only=True):
    """What of a reply may be published, and who said so."""

    shown_as: str
    is_initials: bool
    has_consent: bool
    withheld: tuple[Withheld, ...]
    at: dt.datetime
    by: str | None


class Objection(msgspec.Struct, frozen=True, kw_only=True):
    """What a respondent says was read wrong, and when that was said."""

    said: str
    at: dt.datetime


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """A reply: the version that holds, who confirmed and cleared it, and why it was withdrawn.

    What was said last of how it was read holds: it is confirmed, or there is an objection, or neither.
    `withheld_before` is what was withheld of an older version: it holds until this one is cleared.
    """

    uid: str
    version: int
    kind_of_respondent: RespondentKind
    received_at: dt.datetime
    confirmed_at: dt.datetime | None = None
    objection: Objection | None = None
    clearance: Clearance | None = None
    withdrawn: str | None = None
    withheld_before: tuple[Withheld, ...] = ()

    @property
    def withheld(self) -> tuple[Withheld, ...]:
        """The words that must not be shown."""
        return self.clearance.withheld if self.clearance else self.withheld_before


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """A point as it stands: words out of its originals, and what people have said of it.

    `gone` tells why it no longer stands: it was split or merged into others, or its reply was
    replaced or withdrawn (`lapsed`). `outcomes` has the one that holds last.
    """

    uid: str
    reply: str
    version: int
    extracts: tuple[Extract, ...]
    kind: PointKind
    heading_path: tuple[str, ...] = ()
    proposed_wording: str | None = None
    question: int | None = None
    goal: str | None = None
    found_at: FoundAt | None = None
    anchors: tuple[Anchor, ...] = ()
    is_retold: bool = False
    confirmed: bool = False
    aside: str | None = None
    outcomes: tuple[Decision, ...] = ()
    gone: Literal["split", "merged", "lapsed"] | None = None

    @property
    def origins(self) -> tuple[str, ...]:
        """The originals that its words are out of, each once."""
        return tuple(dict.fromkeys(extract.origin for extract in self.extracts))

    @property
    def outcome(self) -> Decision | None:
        """Its own outcome, the last one decided."""
        return self.outcomes[-1] if self.outcomes else None


class Theme(msgspec.Struct, frozen=True, kw_only=True):
    """A theme as it stands; `gone` tells what became of it if it no longer does."""

    uid: str
    title: str
    sentence: str | None = None
    outcomes: tuple[Decision, ...] = ()
    gone: Literal["split", "merged", "removed"] | None = None

    @property
    def outcome(self) -> Decision | None:
        """The outcome for its points, the last one decided."""
        return self.outcomes[-1] if self.outcomes else None


class Area(msgspec.Struct, frozen=True, kw_only=True):
    """A change area: what several themes together ask to change.

    `gone` tells what became of it if it no longer stands, and `into` the area it was merged into.
    """

    uid: str
    title: str
    gone: Literal["merged", "removed"] | None = None
    into: str | None = None


class Goal(msgspec.Struct, frozen=True, kw_only=True):
    """A draft goal out of change areas, and what it became; `nn` and `en` are its other wordings."""

    uid: str
    areas: tuple[str, ...]
    text: str
    nn: str | None = None
    en: str | None = None
    became: str | None = None
    gone: Literal["removed"] | None = None


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """A round in which members put draft goals, change areas or options in order.

    `papers` and `voted` (names) are empty until it is closed. `cancelled` is why it was given up.
    `is_public`: what each one voted is published with the name; `case` is the uid of a council case.
    """

    uid: str
    title: str
    of: Weighing
    method: Method
    items: tuple[Item, ...]
    voters: tuple[str, ...]
    is_secret: bool
    points: int | None
    most: int | None
    opened_at: dt.datetime
    closes_at: dt.datetime
    is_public: bool = False
    case: str | None = None
    closed_at: dt.datetime | None = None
    papers: tuple[Paper, ...] = ()
    voted: tuple[str, ...] = ()
    cancelled: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is neither counted nor given up; the time may be out."""
        return self.closed_at is None and self.cancelled is None

    @property
    def last_minute(self) -> dt.datetime:
        """The last whole minute in which a vote is taken, as people are told it: 23.59, not 00.00."""
        return self.closes_at - dt.timedelta(minutes=1)


class Cell(NamedTuple):
    """One value of the state: a field of a thing, or (no field) that the thing is there."""

    table: Table
    key: Any
    field: str | None = None


class Write(NamedTuple):
    """A value put into a cell; None where the thing is not there."""

    cell: Cell
    value: Any


class Trail(NamedTuple):
    """What an event overwrote, and all the cells that it touched."""

    before: tuple[Write, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class State:
    """Everything known of a hearing's handling after the event `last`. To be read, never changed.

    `members` tells for a theme and a point whether a person said yes or no, and `placed` into which
    change area a theme was put; that area may have become part of another since. `used` is the highest
    number given out by address and kind. `trails` are of the events that hold, and `touched` the
    events that rest on each cell.
    """

    last: int = 0
    originals: dict[str, Original] = field(default_factory=dict)
    replies: dict[str, Reply] = field(default_factory=dict)
    points: dict[str, Point] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    members: dict[tuple[str, str], bool] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    placed: dict[str, str] = field(default_factory=dict)
    goals: dict[str, Goal] = field(default_factory=dict)
    rounds: dict[str, Round] = field(default_factory=dict)
    hearing: dict[str, dt.datetime] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)
    trails: dict[int, Trail] = field(default_factory=dict)
    touched: dict[Cell, tuple[int, ...]] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def published_at(self) -> dt.datetime | None:
        """When it was said that the outcomes may be published; None while they may not."""
        return self.hearing.get("published_at")

    def standing(self) -> list[Point]:
        """The points to be answered, in reading order: not split, merged or lapsed."""
        found: list[Point] = self._keeping(
            "standing",
            lambda: sorted((p for p in self.points.values() if p.gone is None), key=reading_place),
        )
        return found

    def standing_themes(self) -> list[Theme]:
        """The themes that stand, by number."""
        found: list[Theme] = self._keeping(
            "themes",
            lambda: sorted(
                (t for t in self.themes.values() if t.gone is None), key=lambda t: number(t.uid)
            ),
        )
        return found

    def said(self, theme: str, *, yes: bool) -> list[str]:
        """The standing points of which a person said that they are in `theme`, or are not."""
        by_answer: dict[tuple[str, bool], list[str]] = self._keeping("answers", self._answers)
        return by_answer.get((theme, yes), [])

    def themes_of(self, point: str) -> list[Theme]:
        """The standing themes that `point` is in, by number."""
        by_point: dict[str, list[Theme]] = self._keeping("themes_of", self._themes_by_point)
        return by_point.get(point, [])

    def standing_areas(self) -> list[Area]:
        """The change areas that stand, by number."""
        return sorted(
            (each for each in self.areas.values() if each.gone is None),
            key=lambda each: number(each.uid),
        )

    def standing_goals(self) -> list[Goal]:
        """The draft goals that stand, by number."""
        return sorted(
            (each for each in self.goals.values() if each.gone is None),
            key=lambda each: number(each.uid),
        )

    def area_of(self, theme: str) -> Area | None:
        """The standing change area that `theme` is in, or None."""
        return self.standing_area(self.placed.get(theme))

    def standing_area(self, uid: str | None) -> Area | None:
        """The area `uid`, or the one that it became part of; None if that was given up."""
        chain = self.line_of(uid)
        return chain[-1] if chain and chain[-1].gone is None else None

    def line_of(self, uid: str | None) -> list[Area]:
        """The area `uid` and those that it became part of, one after the other."""
        found: list[Area] = []
        while uid is not None:
            found.append(self.areas[uid])
            uid = self.areas[uid].into
        return found

    def themes_in(self, area: str | None) -> list[Theme]:
        """The standing themes in the change area `area`, or in none; by number."""
        by_area: dict[str | None, list[Theme]] = self._keeping("themes_in", self._themes_by_area)
        return by_area.get(area, [])

    def areas_of(self, goal: Goal) -> list[Area]:
        """The standing change areas that `goal` comes from, each once."""
        found = (self.standing_area(uid) for uid in goal.areas)
        return list({area.uid: area for area in found if area}.values())

    def goals_of(self, area: str) -> list[Goal]:
        """The standing draft goals that come from the standing change area `area`."""
        return [
            goal
            for goal in self.standing_goals()
            if area in {each.uid for each in self.areas_of(goal)}
        ]

    def _themes_by_area(self) -> dict[str | None, list[Theme]]:
        found = defaultdict(list)
        for theme in self.standing_themes():
            area = self.area_of(theme.uid)
            found[area.uid if area else None].append(theme)
        return dict(found)

    def _answers(self) -> dict[tuple[str, bool], list[str]]:
        found = defaultdict(list)
        for (theme, point), yes in self.members.items():
            if self.points[point].gone is None:
                found[theme, yes].append(point)
        return dict(found)

    def _themes_by_point(self) -> dict[str, list[Theme]]:
        found = defaultdict(list)
        for theme in self.standing_themes():
            for point in self.said(theme.uid, yes=True):
                found[point].append(theme)
        return dict(found)

    def _keeping(self, name: str, make: Callable[[], Any]) -> Any:
        """What `make` gives, made once; the fold clears it before each event."""
        if name not in self.kept:
            self.kept[name] = make()
        return self.kept[name]

    def text_of(self, point: Point) -> str:
        """The words of `point`, out of its originals."""
        return "\n\n".join(
            self.originals[e.origin].text[e.start : e.end].strip() for e in point.extracts
        )

    def copied(self, *, last: int) -> "State":
        """The same with dicts of its own, for the next events to write in."""
        own = {f.name: dict(getattr(self, f.name)) for f in fields(self) if f.name in _CARRIED}
        return State(last=last, **own)


_CARRIED = {f.name for f in fields(State)} - {"last", "kept"}


def number(uid: str) -> int:
    """The running number that `uid` ends with; 0 if it ends with none."""
    last = uid.rpartition("/")[2]
    return int(last) if last.isdecimal() else 0


def reading_place(point: Point) -> tuple[int, ...]:
    """By what points are sorted to stand as in the replies: reply, place in it, own number."""
    first = point.extracts[0]
    return (number(point.reply), number(first.origin), first.start, number(point.uid))


EMPTY = State()
"""Before anything happened."""
