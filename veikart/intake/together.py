"""Accepts the rows of a document about a council: what belongs together is accepted together, or not at all.

A case stands or falls with its papers, decisions and follow-ups; a meeting with the cases on its agenda; a decision
with its meeting. So nothing is half accepted: a row that cannot be put takes with it all that leans on it, and each of
these says why.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from veikart.core.kinds import PartKind
from veikart.intake import council_rules, settling
from veikart.intake.holding import held
from veikart.intake.kinds import TAKEN
from veikart.intake.models import Change, Proposal, ProposalRow, RowState
from veikart.intake.putting import Refusal, put_in_order, still_fitting
from veikart.people.models import User

Key = str
Keyed = Mapping[Key, ProposalRow]


class _NotAll(Exception):
    """Some rows were refused by the plan, so none is put."""

    def __init__(self, refused: list[Refusal]) -> None:
        super().__init__(refused)
        self.refused = refused


def is_whole(proposal: Proposal) -> bool:
    """Whether the rows of `proposal` are accepted in wholes."""
    return proposal.rows.exclude(belongs_to="").exists()


def accept_wholes(
    proposal: Proposal, chosen: Collection[ProposalRow], *, by: User | None
) -> tuple[list[ProposalRow], list[Refusal]]:
    """Put the chosen rows that can be put with all that they lean on: those that were, and why the others
    were not.
    """
    mine = {row.pk: row for row in chosen}
    rows = [mine.get(row.pk, row) for row in proposal.rows.all()]
    refused = {one.row.pk: one for one in settling.settle(rows, list(chosen))}
    settling.keep(rows)
    wholes = _Wholes(rows, chosen)
    _strike(chosen, wholes)
    council_rules.count_moves(chosen)
    for found in (wholes.not_whole(), _misfits(chosen), council_rules.refusals(chosen)):
        for one in found:
            refused.setdefault(one.row.pk, one)
    while True:
        wholes.pull_down(refused)
        ready = [row for row in chosen if row.pk not in refused]
        try:
            _put_all(ready, by=by)
        except _NotAll as stop:
            refused |= {one.row.pk: one for one in stop.refused}
        else:
            return ready, list(refused.values())


def with_what_falls(proposal: Proposal, rows: Sequence[ProposalRow]) -> list[ProposalRow]:
    """The rows, and what falls with them when they are rejected: all that belongs to a case, a meeting …"""
    heads = {row.key for row in rows if row.belongs_to == row.key}
    known = {row.pk for row in rows}
    fallen = proposal.rows.filter(belongs_to__in=heads, state=RowState.PENDING)
    return [*rows, *(row for row in fallen if row.pk not in known)]


@transaction.atomic
def _put_all(rows: Sequence[ProposalRow], *, by: User | None) -> None:
    refused = put_in_order(rows, by=by)
    if refused:
        raise _NotAll(refused)


def _misfits(chosen: Collection[ProposalRow]) -> list[Refusal]:
    known = held((row.kind, row.key) for row in chosen)
    return still_fitting(chosen, known, "")[1]


class _Wholes:
    """Which rows of a proposal lean on which others."""

    def __init__(self, rows: Sequence[ProposalRow], chosen: Collection[ProposalRow]) -> None:
        self.chosen = chosen
        self.rows = rows
        self.new: Keyed = {row.key: row for row in rows if row.change == Change.NEW}
        self.mates: dict[str, list[ProposalRow]] = defaultdict(list)
        for row in rows:
            if row.belongs_to:
                self.mates[row.belongs_to].append(row)

    def struck(self) -> set[Key]:
        """The addresses of new objects that a person has rejected."""
        picked = {row.pk for row in self.chosen}
        return {
            key
            for key, row in self.new.items()
            if row.state == RowState.REJECTED and row.pk not in picked
        }

    def not_whole(self) -> Iterator[Refusal]:
        """Refusals for what was chosen without all that belongs to it, or without what it leans on."""
        picked = {row.pk for row in self.chosen}
        for row in self.chosen:
            left = [
                one
                for one in self.mates.get(row.belongs_to, ())
                if one.state == RowState.PENDING and one.pk not in picked
            ]
            if left:
                message = _(
                    "“%(name)s” is taken in whole. Choose “%(other)s” as well, or reject that first."
                )
                yield Refusal(row, "not_whole", message % {"name": row.name, "other": left[0].name})
                continue
            for owner in self.owners(row):
                if owner.pk in picked or owner.state == RowState.ACCEPTED:
                    continue
                yield Refusal(row, "owner_not_accepted", _why_not(row, owner))
                break

    def owners(self, row: ProposalRow) -> Iterator[ProposalRow]:
        """The new objects that a row names; they must be there before it."""
        taken = TAKEN[row.kind].kind
        place = taken.split(row.key) if isinstance(taken, PartKind) else None
        named = {*_texts(row.values), *([place[0]] if place else [])} - {row.key}
        return (self.new[uid] for uid in named & self.new.keys())

    def pull_down(self, refused: dict[int, Refusal]) -> None:
        """Refuse what leans on, or belongs to, what is refused, until nothing more falls."""
        before = -1
        while before != len(refused):
            before = len(refused)
            for row in self.chosen:
                if row.pk in refused:
                    continue
                leans_on = [*self.mates.get(row.belongs_to, ()), *self.owners(row)]
                why = next((refused[one.pk] for one in leans_on if one.pk in refused), None)
                if why is not None:
                    refused[row.pk] = Refusal(row, "falls_with", _falls_with(row, why))


def _why_not(row: ProposalRow, owner: ProposalRow) -> str:
    names = {"name": row.name, "owner": owner.name}
    if owner.state == RowState.REJECTED:
        return (
            _(
                "“%(name)s” is about “%(owner)s”, which is rejected. Accept that as well, or reject this too."
            )
            % names
        )
    return _("“%(name)s” is about “%(owner)s”, which is not accepted yet. Choose both.") % names


def _falls_with(row: ProposalRow, why: Refusal) -> str:
    if why.code == "falls_with":
        return why.message
    message = _("It is not accepted without “%(other)s”, of which is said: %(why)s")
    return message % {"other": why.row.name, "why": why.message}


def _texts(value: Any) -> Iterator[str]:
    """Each text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _strike(chosen: Iterable[ProposalRow], wholes: _Wholes) -> None:
    """Take out of lists what a person has rejected: a case on an agenda becomes a line without a case, an
    earlier decision is not cited.
    """
    struck = wholes.struck()
    if not struck:
        return
    for row in chosen:
        if row.kind == "meeting" and "agenda" in row.values:
            agenda = [_without_case(line, struck, wholes.new) for line in row.values["agenda"]]
            row.values = {**row.values, "agenda": agenda}
        if row.kind == "case" and "cites" in row.values:
            cites = [uid for uid in row.values["cites"] if uid not in struck]
            row.values = {**row.values, "cites": cites}


def _without_case(line: dict[str, Any], struck: set[Key], new: Keyed) -> dict[str, Any]:
    if line.get("case") not in struck:
        return line
    case = new[line["case"]]
    title = case.values.get("title") or case.name
    return {**line, "kind": "other", "case": None, "title": title}
