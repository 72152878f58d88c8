"""Sorting the edits of one object into changes of the right kind: pure rules, field by field."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from veikart.engines.dates import FuzzyDate
from veikart.plan.change import ChangeKind
from veikart.plan.difference import Edit
from veikart.plan.model import PhasePeriod
from veikart.plan.shift import RANK, move_between

Follows = Callable[[Any, Any], bool]

NAMES = frozenset({"name", "title", "short_name"})
WORDS = frozenset(
    {"description", "purpose", "text", "sentence", "also_stated", "summary", "background",
     "attainment", "conditions", "footnotes", "meaning", "translations", "short_translations",
     "title_variants", "phrases", "note", "reason", "question", "question_translations", "quality",
     "ambition"}
)  # fmt: skip
REFERENCES: dict[str, ChangeKind] = {
    "delmal": "delmal",
    "other_delmal": "delmal",
    "grouping": "grouping",
    "goal": "goal_link",
    "goals": "goal_link",
    "most_direct": "goal_link",
    "on": "goal_link",
    "subject": "dependency",
}
SETS: dict[str, ChangeKind] = {
    "owners": "owner",
    "user_groups": "user_group",
    "regions": "region",
}
ITEMS: dict[str, ChangeKind] = {"milestones": "milestone", "key_dates": "key_date"}
PROVENANCE = frozenset({"register_version", "source"})
DEFINITION = frozenset(
    {"version", "versions", "definition", "kind", "unit", "direction", "per", "numerator",
     "denominator", "population", "breakdowns", "categories", "breaks", "smallest", "disclosure",
     "method"}
)  # fmt: skip
"""Fields that say what an indicator measures, and how."""
TARGETS = frozenset({"targets", "baseline_period", "baseline_value", "baseline_note"})
EDGES = ("start", "end", "date")
PHASES = ("first_phase", "last_phase", "phase_text")


class Slot(NamedTuple):
    """A change that edits go into: its kind, and the part of the object it is about.

    `part` is a path inside the object, such as `periods/1/start`; empty for the object itself.
    `dates` are the date before and after, where the change is about one.
    """

    kind: ChangeKind
    part: str = ""
    dates: tuple[FuzzyDate | None, FuzzyDate | None] = (None, None)


def is_provenance(edit: Edit) -> bool:
    """Whether the field edited says where content came from, and is not itself content."""
    return edit.verb == "set" and edit.what.rpartition("/")[2] in PROVENANCE


def slots(
    before: Any, after: Any, edits: list[Edit], *, thing: str, follows: Follows
) -> Iterator[tuple[Edit, Slot]]:
    """Each of `edits` with the change it belongs to.

    `before` and `after` are the two editions of the object, `thing` the word for its kind, and
    `follows` tells if a uid is the only successor of another.
    """
    sorter = _Sorter(before, after, thing, follows)
    for edit in edits:
        path = edit.what[len(edit.uid) + 1 :].split("/")
        yield edit, sorter.slot(edit, path)


def is_only_spelling(before: str | None, after: str | None) -> bool:
    """Whether two texts differ in space, punctuation and letter case alone."""
    return _letters(before) == _letters(after)


def _letters(text: str | None) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text or "")).casefold()


class _Sorter:
    def __init__(self, before: Any, after: Any, thing: str, follows: Follows) -> None:
        self.before, self.after = before, after
        self.thing, self.follows = thing, follows

    def slot(self, edit: Edit, path: list[str]) -> Slot:
        field = path[0]
        if self.thing == "indicator":
            return self._indicator(field)
        if len(path) == 1 and (field == "periods" or field in ITEMS):
            return Slot("other")  # compared whole, since its numbers are not unique
        if field == "periods":
            return self._period(edit, path)
        if field in ITEMS:
            return self._item(edit, path)
        if field in NAMES:
            return Slot("wording" if is_only_spelling(edit.before, edit.after) else "renamed")
        if field in WORDS or (field == "benefits" and path[-1] == "text"):
            return Slot("wording")
        if field in REFERENCES:
            return self._reference(edit, field)
        if field in SETS:
            return Slot(SETS[field])
        return Slot("dependency" if self.thing == "dependency" else "other")

    def _indicator(self, field: str) -> Slot:
        if field in TARGETS:
            return Slot("target")
        if field in DEFINITION:
            return Slot("definition")
        if field in ("measures", "owner"):
            return Slot("goal_link" if field == "measures" else "owner")
        return Slot("renamed" if field in NAMES else "wording")

    def _reference(self, edit: Edit, field: str) -> Slot:
        if self._is_same_thread(edit.before, edit.after):
            return Slot("wording")
        return Slot("dependency" if self.thing == "dependency" else REFERENCES[field])

    def _is_same_thread(self, before: Any, after: Any) -> bool:
        if not isinstance(before, list) or not isinstance(after, list):
            return self.follows(before, after)
        gone = [uid for uid in before if uid not in after]
        come = [uid for uid in after if uid not in before]
        return len(gone) == len(come) and all(
            any(self.follows(old, new) for new in come) for old in gone
        )

    def _period(self, edit: Edit, path: list[str]) -> Slot:
        part = "/".join(path[:2])
        old, new = _member(self.before, path), _member(self.after, path)
        if old is None or new is None:
            return self._whole_period(part, old, new)
        if path[2] in EDGES:
            return _date_slot(edit, part, path, getattr(old, path[2]), getattr(new, path[2]))
        if path[2] == "certainty":
            return _certainty_slot(edit, part)
        if path[2] in PHASES:
            kept = (old.first_phase, old.last_phase) == (new.first_phase, new.last_phase)
            return Slot("wording") if kept else Slot("phase", part)
        return Slot("other")

    def _whole_period(self, part: str, old: PhasePeriod | None, new: PhasePeriod | None) -> Slot:
        """A period that came or went: a phase, or a mere date where it names no phase."""
        first, last = _first_date(old), _first_date(new)
        alone = not self.before.periods or not self.after.periods
        named = any(period and period.first_phase for period in (old, new))
        if alone and not named and (first or last):
            return Slot("dated" if new else "undated", part, (first, last))
        return Slot("phase", part)

    def _item(self, edit: Edit, path: list[str]) -> Slot:
        part = "/".join(path[:2])
        old, new = _member(self.before, path), _member(self.after, path)
        if old is None or new is None:
            return Slot(ITEMS[path[0]], part)
        if path[2] == "date":
            return _date_slot(edit, part, path, old.date, new.date)
        if path[2] in ("title", "text") and is_only_spelling(edit.before, edit.after):
            return Slot("wording")
        return Slot(ITEMS[path[0]], part)


def _date_slot(
    edit: Edit, part: str, path: list[str], old: FuzzyDate | None, new: FuzzyDate | None
) -> Slot:
    edge = f"{part}/{path[2]}"
    if old is None or new is None:
        return Slot("dated" if old is None else "undated", edge, (old, new))
    if path[-1] == "certainty":
        return _certainty_slot(edit, part)
    move = move_between(old, new)
    return Slot("wording") if move == "same" else Slot(move, edge, (old, new))


def _certainty_slot(edit: Edit, part: str) -> Slot:
    is_less = RANK[edit.after] < RANK[edit.before]
    return Slot("less_certain" if is_less else "more_certain", part)


def _first_date(period: PhasePeriod | None) -> FuzzyDate | None:
    return (period.start or period.end) if period else None


def _member(thing: Any, path: list[str]) -> Any:
    no = int(path[1])
    return next((item for item in getattr(thing, path[0]) if item.no == no), None)
