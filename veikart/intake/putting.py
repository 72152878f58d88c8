"""Puts the rows of a proposal into the working plan, and says of each that cannot be put why not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from veikart.intake.difference import Held, plain, present
from veikart.intake.kinds import TAKEN
from veikart.intake.models import Change, ProposalRow
from veikart.people.models import User


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that could not be accepted: it stays as it was, with a code and why."""

    row: ProposalRow
    code: str
    message: str


def still_fitting(
    rows: Iterable[ProposalRow], known: Mapping[tuple[str, str], Held], reason: str
) -> tuple[list[ProposalRow], list[Refusal]]:
    """The rows that start from what the plan holds now (`known`), and refusals for the others."""
    ready, refused = [], []
    for row in rows:
        refusal = _misfit(row, known.get((row.kind, row.key)), reason)
        if refusal:
            refused.append(refusal)
        else:
            ready.append(row)
    return ready, refused


def put_in_order(rows: Sequence[ProposalRow], *, by: User | None) -> list[Refusal]:
    """Put what is new or changed: objects that others refer to come first."""
    refused: list[Refusal] = []
    for kind in sorted({row.kind for row in rows}, key=lambda kind: TAKEN[kind].place):
        refused += _put([r for r in rows if r.kind == kind and r.change != Change.GONE], by=by)
    return refused


def _misfit(row: ProposalRow, held: Held | None, reason: str) -> Refusal | None:
    if row.change == Change.GONE and not reason.strip():
        return Refusal(row, "reason_missing", _("Say why “%(name)s” is gone.") % {"name": row.name})
    if _is_done_already(row, held) or _starts_from(row, held):
        return None
    return Refusal(
        row,
        "changed_meanwhile",
        _(
            "“%(name)s” was changed in the working plan after the file was compared with it. "
            "Reject this row and take the file in again to see the difference as it is now."
        )
        % {"name": row.name},
    )


def _is_done_already(row: ProposalRow, held: Held | None) -> bool:
    if row.change == Change.GONE or held is None:
        return row.change == Change.GONE and held is None
    return bool(present(held, row.values) == row.values)


def _starts_from(row: ProposalRow, held: Held | None) -> bool:
    if row.change == Change.NEW or held is None:
        return row.change == Change.NEW and held is None
    if row.change == Change.GONE:
        return bool(plain(held.thing) == row.before)
    return bool(present(held, row.before) == row.before)


def _put(rows: Sequence[ProposalRow], *, by: User | None) -> list[Refusal]:
    """Put rows of one kind, all at once; if one does not fit, one by one to find out which."""
    if not rows:
        return []
    put_many = TAKEN[rows[0].kind].put_many
    try:
        with transaction.atomic():
            put_many([(row.kind, row.key, row.values) for row in rows], by=by)
    except (ValidationError, ValueError) as refusal:
        if len(rows) == 1:
            return [refusal_of(rows[0], refusal)]
        middle = len(rows) // 2
        return _put(rows[:middle], by=by) + _put(rows[middle:], by=by)
    return []


def remove(row: ProposalRow, *, reason: str, by: User | None) -> list[Refusal]:
    """Take out of the plan what is gone."""
    taken_out = TAKEN[row.kind].remove
    if taken_out is None:
        message = _("“%(name)s” cannot be taken out of the plan by a file.") % {"name": row.name}
        return [Refusal(row, "not_removable", message)]
    try:
        with transaction.atomic():
            taken_out(row.kind, row.key, reason=reason, by=by)
    except (ValidationError, ValueError) as refusal:
        if getattr(refusal, "code", "") == "unknown_object":
            return []  # Gone already, with its owner or before.
        return [refusal_of(row, refusal)]
    return []


def refusal_of(row: ProposalRow, refusal: ValidationError | ValueError) -> Refusal:
    """Why the plan did not take a row."""
    if isinstance(refusal, ValidationError):
        code = getattr(refusal.error_list[0], "code", None) if refusal.messages else None
        return Refusal(row, code or "does_not_fit", " ".join(refusal.messages))
    return Refusal(row, "does_not_fit", str(refusal))
