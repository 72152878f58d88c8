"""The register of decisions: every decision of a Plan in order, and which of them a reader asks for.

The order and the answers are made once for a Plan. For each value of each filter one number has a bit for every
decision that fits, so that a question is answered by a few “and”s, however many decisions there are.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from operator import and_
from typing import TypeVar
from urllib.parse import urlencode

import msgspec

from veikart.engines.readers.agenda_words import CaseType
from veikart.plan.council import Decision
from veikart.plan.decided import Standing, day_of, following, newest_first, standing
from veikart.plan.index import Index
from veikart.plan.indicators import Indicator
from veikart.plan.model import Deliverable, Plan, Statement
from veikart.plan.placing import delmal_of, goals_of

TYPES: dict[str, CaseType] = {
    "godkjenning": "approval",
    "tilslutning": "endorsement",
    "anbefaling": "recommendation",
    "drofting": "discussion",
    "orientering": "information",
    "beslutning": "decision",
}
FOLLOW_UPS: dict[str, Standing] = {
    "forfalt": "overdue",
    "apen": "open",
    "utfort": "done",
    "frafalt": "dropped",
    "ingen": "none",
}
OLDEST = "eldst"
LONGEST_TEXT = 200
SAID = ("horing", "arbeidsmote")
"""What begins the uids of what was said in hearings; it counts as the hearing."""

Meaning = TypeVar("Meaning")


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader asks of the register; None and an empty text keep all.

    `body` is a uid, `theme` the uid of what a decision is about, with all that is under it. `unknown` are
    values in the query that say nothing in this plan, and were left out.
    """

    body: str | None = None
    year: int | None = None
    type: CaseType | None = None
    theme: str | None = None
    follow_up: Standing | None = None
    text: str = ""
    oldest_first: bool = False
    unknown: tuple[str, ...] = ()


FILTERS = ("body", "year", "type", "theme", "follow_up")
"""The fields of Asked that are one value out of those in the plan."""

NAMES = {"body": "organ", "year": "ar", "type": "type", "theme": "om", "follow_up": "oppfolging"}
"""What each filter is called in a query."""


class Facet(msgspec.Struct, frozen=True):
    """A value of a filter, how many decisions fit it and all else that is asked for, and if it is chosen."""

    value: str | int
    count: int
    chosen: bool


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """The decisions that fit `asked` in order, of how many, and what else could be chosen."""

    asked: Asked
    decisions: Sequence[Decision]
    total: int
    facets: Mapping[str, tuple[Facet, ...]]


def register(plan: Plan) -> "Register":
    """The register of `plan`, made once."""
    return plan.index.kept("register of decisions", lambda: Register(plan))


def parse(query: Mapping[str, list[str]], plan: Plan) -> Asked:
    """What `query` asks for. What says nothing in this plan is left out, and told as `unknown`."""
    said = {name: values[-1].strip() for name, values in query.items() if values}
    values = register(plan).values
    unknown: list[str] = []

    def chosen(name: str, read: Callable[[str], Meaning | None], field: str) -> Meaning | None:
        value = said.get(name, "")
        meant = read(value) if value else None
        if value and (meant is None or meant not in values[field]):
            unknown.append(value)
            return None
        return meant

    return Asked(
        body=chosen("organ", lambda value: f"organ/{value}", "body"),
        year=chosen("ar", lambda value: int(value) if value.isdecimal() else None, "year"),
        type=chosen("type", TYPES.get, "type"),
        theme=chosen("om", str, "theme"),
        follow_up=chosen("oppfolging", FOLLOW_UPS.get, "follow_up"),
        text=" ".join(said.get("q", "").split())[:LONGEST_TEXT],
        oldest_first=said.get("rekkefolge") == OLDEST,
        unknown=tuple(unknown),
    )


def query(asked: Asked) -> str:
    """`asked` as a query string, each from the other; nothing is said of what keeps all."""
    said = {NAMES[field]: in_query(field, getattr(asked, field)) for field in FILTERS}
    said |= {"q": asked.text, "rekkefolge": OLDEST if asked.oldest_first else ""}
    return urlencode({name: value for name, value in said.items() if value}, safe="/")


def in_query(field: str, value: str | int | None) -> str:
    """A value of a filter as it stands in a query."""
    if value is None:
        return ""
    if field == "body":
        return str(value).removeprefix("organ/")
    named: Mapping[str, str] = {**TYPES, **FOLLOW_UPS} if field in ("type", "follow_up") else {}
    return next((name for name, meant in named.items() if meant == value), str(value))


class Register:
    """Every decision of a plan, the newest first, and the bits of those that fit each value of a filter."""

    def __init__(self, plan: Plan) -> None:
        index = plan.index
        self.decisions = newest_first(index, index.decisions.values())
        self.days = [day_of(index, one) for one in self.decisions]
        self.texts = [_searched(index, one) for one in self.decisions]
        on = plan.head.as_of
        self.standings = [standing(following(index, one), on=on) for one in self.decisions]
        self.values: dict[str, dict[str | int, int]] = {field: {} for field in FILTERS}
        for field in FILTERS:
            self.values[field] = self._bits(index, field)

    def find(self, asked: Asked) -> Found:
        """What fits `asked`."""
        bits = {field: self._fitting(asked, field) for field in FILTERS}
        bits["text"] = self._with_words(asked.text)
        whole = reduce(and_, bits.values())
        places = _places(whole)
        if asked.oldest_first:
            places = [*reversed(places)]
        return Found(
            asked=asked,
            decisions=[self.decisions[place] for place in places],
            total=len(self.decisions),
            facets={field: self._facet(asked, field, bits) for field in FILTERS},
        )

    def _bits(self, index: Index, field: str) -> dict[str | int, int]:
        """For each value of the filter `field` a number with a bit for each decision that has it."""
        places: dict[str | int, list[int]] = defaultdict(list)
        for place, decision in enumerate(self.decisions):
            for value in self._values_of(index, field, place, decision):
                places[value].append(place)
        return {value: _bits(listed, len(self.decisions)) for value, listed in places.items()}

    def _values_of(
        self, index: Index, field: str, place: int, decision: Decision
    ) -> Iterator[str | int]:
        day, case = self.days[place], index.cases.get(decision.case)
        if field == "body":
            yield decision.body
        elif field == "year" and day:
            yield day.year
        elif field == "type" and case and case.type:
            yield case.type
        elif field == "theme":
            yield from themes_of(index, decision)
        elif field == "follow_up":
            yield self.standings[place]

    def _fitting(self, asked: Asked, field: str) -> int:
        value = getattr(asked, field)
        return self._all if value is None else self.values[field].get(value, 0)

    def _with_words(self, text: str) -> int:
        """Those that hold every word of `text`."""
        sought = text.casefold().split()
        if not sought:
            return self._all
        places = [n for n, said in enumerate(self.texts) if all(word in said for word in sought)]
        return _bits(places, len(self.decisions))

    def _facet(self, asked: Asked, field: str, bits: Mapping[str, int]) -> tuple[Facet, ...]:
        """The values of `field` that something fits, given all else that is asked for, and the chosen one."""
        others = reduce(and_, (bits[name] for name in bits if name != field))
        wanted = getattr(asked, field)
        counted = (
            Facet(value, (own & others).bit_count(), value == wanted)
            for value, own in self.values[field].items()
        )
        return tuple(facet for facet in counted if facet.count or facet.chosen)

    @property
    def _all(self) -> int:
        return (1 << len(self.decisions)) - 1


def themes_of(index: Index, decision: Decision) -> tuple[str, ...]:
    """What `decision` touches, each once: the uids themselves, and those that they are under.

    A deliverable counts as its grouping, its delmål and its goals, too; a point as its hearing; an edition as
    `utgave/<number>`.
    """
    found: dict[str, None] = {}
    case = index.cases.get(decision.case)
    for uid in (*(effect.uid for effect in decision.effects), *(case.about if case else ())):
        if uid:
            found.update(dict.fromkeys(_themes(index, uid)))
    for effect in decision.effects:
        if effect.edition:
            found[f"utgave/{effect.edition}"] = None
    return tuple(found)


def _themes(index: Index, uid: str) -> tuple[str, ...]:
    """`uid` with what it is under, looked up once."""
    known: dict[str, tuple[str, ...]] = index.kept("themes of things", dict)
    if uid not in known:
        known[uid] = tuple(_with_above(index, uid))
    return known[uid]


def _with_above(index: Index, uid: str) -> Iterator[str]:
    kind, _slash, rest = uid.partition("/")
    if kind in SAID:
        yield f"{kind}/{rest.partition('/')[0]}"
        return
    thing = index.by_uid.get(uid)
    if isinstance(thing, Statement):
        yield thing.goal
        return
    yield uid
    if isinstance(thing, Deliverable):
        yield thing.grouping
    if isinstance(thing, Indicator):
        yield from thing.measures
    yield from delmal_of(thing)
    yield from goals_of(thing, index)


def _searched(index: Index, decision: Decision) -> str:
    """The words of a decision that a search looks in."""
    case = index.cases.get(decision.case)
    said = [decision.title, decision.text, *(effect.note for effect in decision.effects)]
    if case:
        said += [case.number, case.title]
    return "\n".join(text for text in said if text).casefold()


def _bits(places: Sequence[int], count: int) -> int:
    """A number with a bit at each of `places`, which are below `count`."""
    marks = bytearray(b"0" * count)
    for place in places:
        marks[count - 1 - place] = 49
    return int(marks, 2) if marks else 0


def _places(bits: int) -> list[int]:
    """The places at which `bits` has a bit, the lowest first."""
    return [place for place, bit in enumerate(reversed(f"{bits:b}")) if bit == "1"]
