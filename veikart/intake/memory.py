"""What people rejected before, so that the same value does not come back as something to decide."""

import json
from collections.abc import Iterable, Iterator

from veikart.intake.difference import Difference
from veikart.intake.models import ProposalRow, RowState

CHUNK = 400
GONE = "gone"

Said = tuple[str, str, str, str]
"""Kind, key, field and value: what one field of a row says."""


def rejections(found: Iterable[Difference]) -> dict[tuple[str, str], ProposalRow]:
    """For each difference that says nothing but what was rejected before, the row that was rejected.

    The last decision holds: what was rejected once and accepted later counts as accepted.
    """
    different = list(found)
    remembered = _remembered({difference.key for difference in different})
    before: dict[tuple[str, str], int] = {}
    for difference in different:
        rows = [
            remembered.get(said)
            for said in _said(difference.kind, difference.key, difference.change, difference.values)
        ]
        if rows and all(row is not None for row in rows):
            before[difference.kind, difference.key] = max(row for row in rows if row is not None)
    kept = ProposalRow.objects.in_bulk(set(before.values()))
    return {place: kept[pk] for place, pk in before.items()}


def _remembered(keys: set[str]) -> dict[Said, int]:
    """Each value that was rejected and not accepted since, with the row in which it was rejected."""
    columns = ("pk", "kind", "key", "change", "values", "state", "rejected_before")
    rejected = ProposalRow.objects.filter(state=RowState.REJECTED).values_list("key", flat=True)
    wanted = sorted(set(rejected) & keys)
    found: dict[Said, int] = {}
    for start in range(0, len(wanted), CHUNK):
        rows = ProposalRow.objects.filter(key__in=wanted[start : start + CHUNK])
        decided = rows.exclude(state=RowState.PENDING).order_by("decided_at", "pk")
        for pk, kind, key, change, values, state, earlier in decided.values_list(*columns):
            for said in _said(kind, key, change, values):
                if state == RowState.REJECTED:
                    found[said] = earlier or pk
                else:
                    found.pop(said, None)
    return found


def _said(kind: str, key: str, change: str, values: dict[str, object]) -> Iterator[Said]:
    if change == GONE:
        yield kind, key, GONE, ""
    for name, value in values.items():
        yield kind, key, name, json.dumps(value, sort_keys=True)
