"""What people decided before, so that the same word of a source does not come back to be decided."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from veikart.intake.difference import Difference
from veikart.intake.models import Change, ProposalRow, RowState

CHUNK = 400
GONE = ""
"""Stands for the field and the value of an object that is gone."""

Place = tuple[str, str, str]
"""Kind, key and field."""


@dataclass
class _Memory:
    """`rejected`: values that were rejected and not accepted since, with the row.
    `said`: what the reader said last in a field, with its proposal and, if accepted, the row.
    """

    rejected: dict[tuple[Place, str], int] = field(default_factory=dict)
    said: dict[Place, tuple[int, str, int | None]] = field(default_factory=dict)

    def decided(self, place: Place, value: str) -> int | None:
        """The row in which this word was decided before; None if it is news."""
        if (place, value) in self.rejected:
            return self.rejected[place, value]
        _proposal, last, accepted = self.said.get(place, (0, "", None))
        return accepted if last == value else None


def told_apart(
    found: Iterable[Difference], *, reader: str
) -> tuple[list[Difference], dict[tuple[str, str], ProposalRow]]:
    """The differences without what is no news in them, and those in which nothing is, with the row.

    A value is no news if it was rejected before and not accepted since; or if it was accepted when
    this reader said it the last time, and a person has changed the plan since. Where only some
    fields of a changed object are news, the others move from `values` to `decided`.
    """
    different = list(found)
    memory = _remembered({difference.key for difference in different}, reader)
    before: dict[tuple[str, str], int] = {}
    told = []
    for difference in different:
        decided = _decided(difference, memory)
        if (decided and len(decided) == len(difference.values)) or (GONE in decided):
            before[difference.kind, difference.key] = max(decided.values())
        elif decided and difference.change == Change.CHANGED:
            difference = _without(difference, decided.keys())
        told.append(difference)
    kept = ProposalRow.objects.in_bulk(set(before.values()))
    told.sort(key=lambda difference: difference.only_source)
    return told, {place: kept[pk] for place, pk in before.items()}


def _decided(difference: Difference, memory: _Memory) -> dict[str, int]:
    """The fields of `difference` that were decided before, each with the row."""
    said = _said(difference.kind, difference.key, difference.change, difference.values)
    rows = {place[2]: memory.decided(place, value) for place, value in said}
    return {name: row for name, row in rows.items() if row is not None}


def _without(difference: Difference, decided: Collection[str]) -> Difference:
    values, before = difference.values, difference.before
    return replace(
        difference,
        values={name: value for name, value in values.items() if name not in decided},
        before={name: value for name, value in before.items() if name not in decided},
        decided={name: value for name, value in values.items() if name in decided},
    )


def _remembered(keys: set[str], reader: str) -> _Memory:
    columns = ("pk", "kind", "key", "change", "values", "state", "rejected_before", "proposal_id")
    memory, wanted = _Memory(), sorted(keys)
    for start in range(0, len(wanted), CHUNK):
        rows = ProposalRow.objects.filter(key__in=wanted[start : start + CHUNK])
        decided = rows.exclude(state=RowState.PENDING).order_by("decided_at", "pk")
        for pk, kind, key, change, values, state, earlier, proposal, by in decided.values_list(
            *columns, "proposal__reader"
        ):
            is_accepted = state == RowState.ACCEPTED
            for place, value in _said(kind, key, change, values):
                if is_accepted:
                    memory.rejected.pop((place, value), None)
                else:
                    memory.rejected[place, value] = earlier or pk
                if by == reader and proposal >= memory.said.get(place, (0,))[0]:
                    memory.said[place] = (proposal, value, pk if is_accepted else None)
    return memory


def _said(
    kind: str, key: str, change: str, values: dict[str, object]
) -> Iterator[tuple[Place, str]]:
    if change == Change.GONE:
        yield (kind, key, GONE), GONE
    for name, value in values.items():
        yield (kind, key, name), json.dumps(value, sort_keys=True)
