"""A proposal about a council as people read it: the body and its meeting, the seats, then case by case."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _

from veikart.council import kinds as council_kinds
from veikart.council.body_models import SeatRole
from veikart.council.decision_models import Effect
from veikart.design import words
from veikart.evaluation import kinds as evaluation_kinds
from veikart.intake import showing
from veikart.intake.council_lines import agenda_line, attendance_line
from veikart.intake.council_places import written_meeting
from veikart.intake.models import Change, ProposalRow, RowState
from veikart.intake.showing import HIDDEN_WHEN_BLANK, Missing
from veikart.plan.index import name_of
from veikart.plan.model import Plan

KINDS = (*council_kinds.KINDS, *evaluation_kinds.KINDS)
LONG = 200
SUMMARY = 60
FOLDED = {("case", "text"), ("case", "purpose"), ("case", "sections"), ("meeting", "attendance")}
"""What is folded away where it has more letters than that: what is asked and decided stands open."""
_SAID_ELSEWHERE = {"body", "no", "year", "source"}
"""Fields that the heading of the group tells, or that only tell which file it was."""
_IN_NAME = {
    "case": {"number", "title"},
    "meeting": {"number"},
    "seat": {"person", "organisation_name", "seen_on"},
    "paper": {"label", "title"},
    "work_date": {"day_said"},
}
"""Fields of which the name of the row is made, or that the day of the meeting tells."""
_UIDS = re.compile(r"(?:organ|mote|sak|aktor)/[a-z0-9./-]+")

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a row: what it is called, the lines before and after, where it was found, and what stands for
    it while it is folded, "" where it is not.
    """

    label: str
    before: list[str]
    after: list[str]
    place: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One row as the page shows it."""

    row: ProposalRow
    kind: str
    fields: list[Field]
    place: str
    cautions: list[dict[str, Any]]
    missing: list[Missing]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows that are read together; `code` chooses all of them, `title` is "" where their kind says enough."""

    code: str
    kind: str
    title: str
    rows: list[Shown]
    is_open: bool


def groups(
    rows: Iterable[ProposalRow],
    everything: Iterable[ProposalRow],
    cautions: list[dict[str, Any]],
    plan: Plan,
) -> list[Group]:
    """The rows of a page in groups, in the order of the document; names are taken from `everything` in the
    proposal, the tables and `plan`.
    """
    listed = list(rows)
    names = _names(listed, list(everything), plan)
    beside = _beside(listed, cautions)
    found: dict[str, list[ProposalRow]] = {}
    for row in listed:
        found.setdefault(code_of(row), []).append(row)
    return [
        Group(
            code=code,
            kind=showing.kind_name(_head_kind(code, members), several=not members[0].belongs_to),
            title=names.get(code, "") if members[0].belongs_to else "",
            rows=[_shown(row, names, beside.get(row.pk, []), plan) for row in members],
            is_open=any(row.state == RowState.PENDING for row in members),
        )
        for code, members in found.items()
    ]


def code_of(row: ProposalRow) -> str:
    """The group of a row: what it belongs to, else those of its kind."""
    return row.belongs_to or row.kind


def places_in(found_at: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The place of a row, and those of its fields."""
    return [found_at, *found_at.get("fields", {}).values()]


def _head_kind(code: str, members: Sequence[ProposalRow]) -> str:
    head = next((row.kind for row in members if row.key == code), None)
    if head or not members[0].belongs_to:
        return head or members[0].kind
    return _kind_of(code) or members[0].kind


def _kind_of(uid: str) -> str | None:
    """The kind of an object of the councils or the evaluations by its address."""
    found = next((kind.name for kind in KINDS if kind.fits(uid)), None)
    waiting = {"arbeidsplan": "work_plan", "evaluering": "evaluation"}
    return found or waiting.get(uid.partition("/")[0])


def _names(rows: list[ProposalRow], everything: list[ProposalRow], plan: Plan) -> dict[str, str]:
    names = {row.key: row.name for row in everything}
    named = {text for row in rows for value in (row.values, row.before) for text in _uids_in(value)}
    named |= {row.belongs_to for row in rows if row.belongs_to}
    for kind in KINDS:
        wanted = {uid for uid in named - names.keys() if kind.fits(uid)}
        if wanted:
            names |= {uid: _name(thing, names) for uid, thing in kind.load(wanted).items()}
    by_uid = plan.index.by_uid
    return names | {uid: name_of(by_uid[uid]) for uid in named if uid in by_uid}


def _name(thing: Any, names: Names) -> str:
    if hasattr(thing, "is_extra"):
        return written_meeting(names.get(thing.body, ""), thing.number, thing.year, thing.held_on)
    number = getattr(thing, "number", None)
    return f"{number} {name_of(thing)}" if number else name_of(thing)


def _uids_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if _UIDS.fullmatch(value):
            yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _uids_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from _uids_in(one)


def _beside(
    rows: Sequence[ProposalRow], cautions: list[dict[str, Any]]
) -> dict[int, list[dict[str, Any]]]:
    """The cautions by row: each by the first row that was found there, else by one of which a part was."""
    found = [(_place(row.found_at), row.pk) for row in rows]
    found += [(_place(at), row.pk) for row in rows for at in places_in(row.found_at)]
    places: dict[tuple[Any, ...], int] = {}
    for place, pk in found:
        places.setdefault(place, pk)
    beside: dict[int, list[dict[str, Any]]] = {}
    for caution in cautions:
        at = places.get(_place(caution)) if any(_place(caution)) else None
        if at is not None:
            beside.setdefault(at, []).append(caution)
    return beside


def elsewhere(
    cautions: list[dict[str, Any]], places: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The cautions about places of which no row of the proposal speaks."""
    spoken_of = {_place(found) for one in places for found in places_in(one)}
    return [one for one in cautions if any(_place(one)) and _place(one) not in spoken_of]


def _place(found: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(found.get(unit) for unit in ("row", "page", "line"))


def _shown(row: ProposalRow, names: Names, cautions: list[dict[str, Any]], plan: Plan) -> Shown:
    return Shown(
        row=row,
        kind=showing.kind_name(row.kind),
        fields=list(_fields(row, names)),
        place=showing.place(row.found_at),
        cautions=cautions,
        missing=showing.missing_fields(row, plan),
    )


def _fields(row: ProposalRow, names: Names) -> Iterator[Field]:
    own = row.found_at.get("fields", {})
    for name, value in row.values.items():
        if _is_told(row, name, value):
            continue
        before = lines(row.kind, name, row.before.get(name), names)
        after = lines(row.kind, name, value, names)
        if row.change == Change.CHANGED and name in ("agenda", "attendance"):
            before, after = _apart(name, row.before.get(name) or [], value, names)
        yield Field(
            label=showing.label(row.kind, name),
            before=before,
            after=after,
            place=showing.place(own.get(name, {})),
            summary=_summary(after) if (row.kind, name) in FOLDED else "",
        )


def _summary(lines: Sequence[str]) -> str:
    """The beginning of a long text; "" for a short one."""
    if sum(map(len, lines)) <= LONG:
        return ""
    first = lines[0].split("\n")[0]
    return f"{first[:SUMMARY].rstrip()} …"


def _is_told(row: ProposalRow, name: str, value: Any) -> bool:
    """Whether a field of something new is told by its heading or its name, or is blank."""
    if row.change == Change.CHANGED:
        return name not in row.before and value in HIDDEN_WHEN_BLANK
    told = _SAID_ELSEWHERE | _IN_NAME.get(row.kind, set())
    return (
        name in told or value in HIDDEN_WHEN_BLANK or value == row.belongs_to or value == row.name
    )


def _apart(
    name: str, before: list[Any], after: list[Any], names: Names
) -> tuple[list[str], list[str]]:
    """The lines that are not in both, since an agenda is long and a change short."""
    same = agenda_line if name == "agenda" else attendance_line
    old, new = ({(same(one), _text(name, one, names)) for one in side} for side in (before, after))
    gone = [text for key, text in sorted(old - new)]
    come = [
        _text(name, one, names) for one in after if (same(one), _text(name, one, names)) not in old
    ]
    return gone, come or [_text(name, one, names) for one in after]


def lines(kind: str, name: str, value: Any, names: Names) -> list[str]:
    """A value as people read it, a line for each of several."""
    if value in HIDDEN_WHEN_BLANK:
        return []
    if isinstance(value, list):
        return [_text(name, one, names) for one in value]
    if isinstance(value, bool):
        return [_("Yes") if value else _("No")]
    column = _column(kind, name)
    if isinstance(column, models.DateField):
        return [words.day(dt.date.fromisoformat(value))]
    choices = dict(column.flatchoices) if column is not None else {}
    return [str(choices.get(value) or names.get(str(value)) or value)]


def _column(kind: str, name: str) -> "models.Field[Any, Any] | None":
    try:
        column: models.Field[Any, Any] = showing.model_of(kind)._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return column


def _text(name: str, line: Any, names: Names) -> str:
    """One line of a list: of an agenda, an attendance, questions, sections, effects."""
    if not isinstance(line, dict):
        return names.get(str(line), str(line))
    if name == "agenda":
        said = names.get(line.get("case") or "") or line.get("title") or line.get("basis") or "–"
        said = _("%(case)s, continued") % {"case": said} if line.get("is_continued") else said
        return " ".join(part for part in (line.get("starts_at"), said) if part)
    if name == "attendance":
        return _attendance(line)
    if name == "sections":
        return ": ".join(part for part in (line.get("heading"), line.get("text")) if part)
    if name == "effects":
        on = line.get("edition") or names.get(line.get("uid") or "") or line.get("note") or ""
        return f"{dict(Effect.Kind.choices).get(line['kind'], line['kind'])}: {on}"
    if name == "checkpoints":
        return f"{line['name']}: {line['times']}"
    return ". ".join(
        str(part) for part in (line.get("no"), line.get("text") or line.get("name")) if part
    )


def _attendance(line: Mapping[str, Any]) -> str:
    role = str(dict(SeatRole.choices).get(line["role"], line["role"]))
    said = [line.get("person"), line.get("organisation_name"), role]
    if line.get("stands_in_for"):
        said.append(_("for %(name)s") % {"name": line["stands_in_for"]})
    if line.get("present") is not None:
        said.append(_("present") if line["present"] else _("not present"))
    return ", ".join(part for part in said if part)
