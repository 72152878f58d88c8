"""The rows of a proposal as people read them: fields by name, values in words, cautions beside."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _

from veikart.core.kinds import PartKind
from veikart.design import words
from veikart.engines.dates import FuzzyDate
from veikart.intake.kinds import TAKEN
from veikart.intake.models import Change, ProposalRow, RowState
from veikart.intake.settling import asked
from veikart.plan.index import name_of
from veikart.plan.model import Plan

UNITS = ("row", "line", "page")
NOWHERE = ("", 0)
FIELDS_OF_GONE = 4
LONGEST_TOLD = 200
HIDDEN_WHEN_BLANK: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a row: what it is called, what the plan had and what the file says."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One row as the page shows it."""

    row: ProposalRow
    kind: str
    fields: list[Field]
    place: str
    cautions: list[dict[str, Any]]
    address: str | None
    decided: list[Field]
    missing: list["Missing"]


@dataclass(frozen=True, slots=True)
class Missing:
    """A field that a person has to give before the row can be accepted, and what can be chosen."""

    name: str
    label: str
    choices: list[tuple[str, str]]
    given: str


def shown(rows: Iterable[ProposalRow], cautions: list[dict[str, Any]], plan: Plan) -> list[Shown]:
    """The rows with everything in words; names of what they refer to are taken from `plan`."""
    listed = list(rows)
    beside = _beside(listed, cautions)
    return [
        Shown(
            row=row,
            kind=kind_name(row.kind),
            fields=_fields(row, plan),
            place=place(row.found_at),
            cautions=beside.get(row.pk, []),
            address=_address(row, plan),
            decided=[
                Field(label(row.kind, name), "", value_in_words(value, plan))
                for name, value in row.decided.items()
            ],
            missing=missing_fields(row, plan),
        )
        for row in listed
    ]


def kind_name(kind: str, *, several: bool = False) -> str:
    """What people call the kind, or several of it."""
    if kind not in TAKEN:
        return kind
    named = model_of(kind)._meta
    return str(named.verbose_name_plural if several else named.verbose_name)


def place(found_at: Mapping[str, int]) -> str:
    """Where something was found: row 12; page 3, line 40."""
    said = {"row": _("row %(number)d"), "page": _("page %(number)d"), "line": _("line %(number)d")}
    units = ["row"] if "row" in found_at else ["page", "line"]
    return ", ".join(
        said[unit] % {"number": found_at[unit]} for unit in units if found_at.get(unit)
    )


def general(cautions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cautions that are about the whole file."""
    return [caution for caution in cautions if _place_of(caution) == NOWHERE]


def about_unchanged(
    cautions: list[dict[str, Any]], places: Iterable[Mapping[str, int]]
) -> list[dict[str, Any]]:
    """The cautions about places in the file of which no row of the proposal speaks (`places`)."""
    spoken_of = {(unit, found[unit]) for found in places for unit in UNITS if unit in found}
    return [c for c in cautions if _place_of(c) not in spoken_of and _place_of(c) != NOWHERE]


def _place_of(caution: Mapping[str, Any]) -> tuple[str, int]:
    return next(((unit, caution[unit]) for unit in UNITS if caution.get(unit)), NOWHERE)


def _beside(
    rows: list[ProposalRow], cautions: list[dict[str, Any]]
) -> dict[int, list[dict[str, Any]]]:
    """The cautions by row. Each stands once: where a register's row gives several objects, by the
    deliverable.
    """
    places: dict[tuple[str, int], ProposalRow] = {}
    for row in sorted(rows, key=lambda row: (row.kind == "deliverable", TAKEN[row.kind].place)):
        places.update({(unit, row.found_at[unit]): row for unit in UNITS if unit in row.found_at})
    beside: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for caution in cautions:
        at = places.get(_place_of(caution))
        if at is not None:
            beside[at.pk].append(caution)
    return beside


def model_of(kind: str) -> Any:
    """The table in which objects of a kind lie."""
    taken = TAKEN[kind].kind
    return taken.of.rows[taken.field].model if isinstance(taken, PartKind) else taken.model


def _fields(row: ProposalRow, plan: Plan) -> list[Field]:
    if row.change == Change.GONE:
        return _recognisable(row, plan)
    return [
        Field(
            label(row.kind, name),
            value_in_words(row.before[name], plan) if name in row.before else "",
            value_in_words(value, plan),
        )
        for name, value in row.values.items()
        if name in row.before or value not in HIDDEN_WHEN_BLANK
    ]


def _recognisable(row: ProposalRow, plan: Plan) -> list[Field]:
    """The first few short fields of an object that is gone: enough to know it by."""
    told = [
        Field(label(row.kind, name), value_in_words(value, plan), "")
        for name, value in row.before.items()
        if name not in ("uid", "no", "title", "name")
        and value not in HIDDEN_WHEN_BLANK
        and not isinstance(value, list)
        and not _is_untranslated(value)
    ]
    return [field for field in told if len(field.before) <= LONGEST_TOLD][:FIELDS_OF_GONE]


def missing_fields(row: ProposalRow, plan: Plan) -> list[Missing]:
    """What a person has to say of a row before it is accepted, with what was said or is suggested."""
    if row.state == RowState.ACCEPTED:
        return []
    known: dict[str, list[Any]] = {
        "grouping": list(plan.roadmap.groupings),
        "delmal": list(plan.strategy.delmal),
        "goal": list(plan.strategy.goals),
    }
    return [
        Missing(
            name=name,
            label=label(row.kind, name),
            given=str(row.given.get(name) or row.asked.get(name) or ""),
            choices=[(thing.uid, _choice(thing)) for thing in known.get(name, [])],
        )
        for name in asked(row)
    ]


def _choice(thing: Any) -> str:
    """What stands in a list to choose from: a delmål with its code, a grouping with its delmål's."""
    code = getattr(thing, "code", None) or str(getattr(thing, "delmal", "")).rpartition("/")[2]
    return f"{code} {name_of(thing)}".strip()


def _is_untranslated(value: Any) -> bool:
    return isinstance(value, dict) and not any(value.values())


def label(kind: str, name: str) -> str:
    """What people call a field of a kind."""
    if name == "year":
        return _("year")
    if name == "translations":
        return _("translations")
    own = TAKEN[kind].kind
    if not isinstance(own, PartKind) and name in own.rows:
        return str(own.rows[name].model._meta.verbose_name_plural)
    try:
        return str(model_of(kind)._meta.get_field(name).verbose_name)
    except (FieldDoesNotExist, AttributeError):
        return name.replace("_", " ")


def value_in_words(value: Any, plan: Plan) -> str:
    """A value as people read it: dates in words, names in place of addresses, lists with commas."""
    if value in HIDDEN_WHEN_BLANK:
        return _("blank")
    if isinstance(value, list):
        return "; ".join(value_in_words(each, plan) for each in value)
    if isinstance(value, dict):
        return _object_in_words(value, plan)
    thing = plan.index.by_uid.get(str(value))
    return name_of(thing) if thing is not None else str(value)


def _object_in_words(value: dict[str, Any], plan: Plan) -> str:
    if "earliest" in value:
        date = msgspec.convert(value, FuzzyDate)
        return f"{words.at(date)}, {words.certainty(date.certainty)}"
    told = [
        value_in_words(each, plan)
        for name, each in value.items()
        if name != "no" and each not in HIDDEN_WHEN_BLANK
    ]
    return ", ".join(told) or _("blank")


def _address(row: ProposalRow, plan: Plan) -> str | None:
    """The address of the page on which the object is read, if the plan has it."""
    taken = TAKEN[row.kind].kind
    split = taken.split(row.key) if isinstance(taken, PartKind) else None
    uid = split[0] if split else row.key
    return uid if uid in plan.index.by_uid else None
