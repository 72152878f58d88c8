"""What a reader asks the roadmap to show, as a value and as a query string, each from the other."""

from collections.abc import Callable, Mapping
from typing import Literal, TypeVar
from urllib.parse import urlencode

import msgspec
from msgspec.structs import replace

from veikart.engines.dates import Certainty
from veikart.plan.index import KINDS
from veikart.plan.model import Plan
from veikart.plan.rows import span_of

GroupBy = Literal["goal", "delmal", "grouping", "owner", "user_group", "phase", "none"]
Zoom = Literal["year", "half", "quarter"]
Undated = Literal["kept", "left_out"]

Meaning = TypeVar("Meaning")

GROUPS: dict[str, GroupBy] = {
    "mal": "goal",
    "delmal": "delmal",
    "gruppering": "grouping",
    "eier": "owner",
    "brukergruppe": "user_group",
    "fase": "phase",
    "ingen": "none",
}
"""The values of `grupper`."""

FILTERS: dict[str, tuple[str, str, str]] = {
    "mal": ("goal", "mal/", "strategic_goal"),
    "delmal": ("delmal", "delmal/", "delmal"),
    "gruppering": ("grouping", "gruppering/", "grouping"),
    "eier": ("owner", "aktor/", "organisation"),
    "brukergruppe": ("user_group", "brukergruppe/", "user_group"),
    "fase": ("phase", "fase/", "phase"),
    "region": ("region", "helseregion/", "region"),
}
"""Filters by uid: the name in the query, the field of View, how the uids begin, and their kind."""

CERTAINTIES: dict[str, Certainty] = {
    "besluttet": "decided",
    "planlagt": "planned",
    "tentativ": "tentative",
}
ZOOMS: dict[str, Zoom] = {"ar": "year", "halvar": "half", "kvartal": "quarter"}
UNDATED: dict[str, Undated] = {"vis": "kept", "skjul": "left_out"}
EARLIEST, LATEST = 1900, 2200
LONGEST_TEXT = 200


class Unknown(msgspec.Struct, frozen=True):
    """A value in a query that says nothing in this plan, and was left out."""

    name: str
    value: str


class View(msgspec.Struct, frozen=True, kw_only=True):
    """How the roadmap is to be shown.

    A filter keeps what has any of its values; an empty one keeps all; all filters must hold.
    `goal` to `region` hold uids. `from_year` and `to_year` are the period drawn, both inclusive;
    None is as far as the plan goes. Tuples are sorted, so that equal views are equal.
    """

    group_by: GroupBy = "goal"
    goal: tuple[str, ...] = ()
    delmal: tuple[str, ...] = ()
    grouping: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    user_group: tuple[str, ...] = ()
    phase: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    year: tuple[int, ...] = ()
    certainty: tuple[Certainty, ...] = ()
    text: str = ""
    from_year: int | None = None
    to_year: int | None = None
    zoom: Zoom = "year"
    undated: Undated = "kept"
    unknown: tuple[Unknown, ...] = ()


def parse(query: Mapping[str, list[str]], plan: Plan) -> View:
    """The View that `query` asks for. Values unknown in `plan` are left out, and listed in it.

    Empty values and other names are passed over: a form sends the one, pages have the other.
    """
    reader = _Reader(query, plan)
    first, last = reader.year("fra"), reader.year("til")
    if first is not None and last is not None and first > last:
        first, last = last, first
    uids = {field: reader.uids(name) for name, (field, _, _) in FILTERS.items()}
    return View(
        group_by=reader.word("grupper", GROUPS, "goal"),
        year=reader.years("aar"),
        certainty=reader.words("sikkerhet", CERTAINTIES),
        text=" ".join(" ".join(query.get("q", ())).split())[:LONGEST_TEXT].strip(),
        from_year=first,
        to_year=last,
        zoom=reader.word("zoom", ZOOMS, "year"),
        undated=reader.word("udatert", UNDATED, "kept"),
        unknown=tuple(reader.unknown),
        **uids,
    )


def query(view: View) -> str:
    """The query string of `view`: only what differs from the plainest view, in a fixed order."""
    pairs: list[tuple[str, str]] = []
    if view.group_by != "goal":
        pairs.append(("grupper", _named(GROUPS, view.group_by)))
    for name, (field, beginning, _) in FILTERS.items():
        pairs += [(name, uid.removeprefix(beginning)) for uid in getattr(view, field)]
    pairs += [("aar", str(year)) for year in view.year]
    pairs += [("sikkerhet", _named(CERTAINTIES, certainty)) for certainty in view.certainty]
    pairs += [("q", view.text)] if view.text else []
    pairs += [("fra", str(view.from_year))] if view.from_year is not None else []
    pairs += [("til", str(view.to_year))] if view.to_year is not None else []
    pairs += [("zoom", _named(ZOOMS, view.zoom))] if view.zoom != "year" else []
    pairs += [("udatert", "skjul")] if view.undated == "left_out" else []
    return urlencode(pairs)


def toggled(view: View, field: str, value: str | int) -> View:
    """`view` with `value` of a filter taken away if it is chosen, else chosen too."""
    chosen = set(getattr(view, field)) ^ {value}
    return replace(view, **{field: tuple(sorted(chosen))})


def query_value(field: str, value: str | int) -> str:
    """How a value of a filter is written in a query: `mal/1` as `1`, tentative as `tentativ`."""
    if field == "certainty":
        return _named(CERTAINTIES, str(value))
    beginnings = {name: beginning for name, beginning, _ in FILTERS.values()}
    return str(value).removeprefix(beginnings.get(field, ""))


def query_name(field: str) -> str:
    """The name that a filter of View has in a query: `goal` is `mal`."""
    names = {field: name for name, (field, _, _) in FILTERS.items()}
    return {**names, "year": "aar", "certainty": "sikkerhet"}[field]


def _named(words: Mapping[str, str], meaning: str) -> str:
    return next(word for word, meant in words.items() if meant == meaning)


class _Reader:
    """Reads values out of a query, and notes those that mean nothing."""

    def __init__(self, query: Mapping[str, list[str]], plan: Plan) -> None:
        self.query, self.plan = query, plan
        self.unknown: list[Unknown] = []

    def _known(self, name: str, meaning: Callable[[str], Meaning | None]) -> list[Meaning]:
        known = []
        for value in dict.fromkeys(value.strip() for value in self.query.get(name, ())):
            meant = meaning(value) if value else None
            if meant is not None:
                known.append(meant)
            elif value:
                self.unknown.append(Unknown(name=name, value=value[:LONGEST_TEXT]))
        return known

    def uids(self, name: str) -> tuple[str, ...]:
        _, beginning, kind = FILTERS[name]
        return tuple(
            sorted(set(self._known(name, lambda value: self._uid(value, beginning, kind))))
        )

    def _uid(self, value: str, beginning: str, kind: str) -> str | None:
        for written in (value, value.lower(), value.upper()):
            thing = self.plan.index.by_uid.get(beginning + written)
            if thing is not None and KINDS[type(thing)] == kind:
                return thing.uid
        return None

    def years(self, name: str) -> tuple[int, ...]:
        first, last = span_of(self.plan)
        return tuple(sorted(set(self._known(name, lambda value: _year(value, first, last)))))

    def year(self, name: str) -> int | None:
        found = self._known(name, lambda value: _year(value, EARLIEST, LATEST))
        return found[0] if found else None

    def words(self, name: str, meanings: Mapping[str, Meaning]) -> tuple[Meaning, ...]:
        return tuple(sorted(set(self._known(name, meanings.get))))  # type: ignore[type-var]

    def word(self, name: str, meanings: Mapping[str, Meaning], plainest: Meaning) -> Meaning:
        found = self._known(name, meanings.get)
        return found[0] if found else plainest


def _year(value: str, first: int, last: int) -> int | None:
    is_year = len(value) == 4 and value.isascii() and value.isdigit()
    return int(value) if is_year and first <= int(value) <= last else None
