"""What a person decides about the rows of a proposal: accept or reject, all of it or nothing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from veikart.intake import council_rules, holding, together
from veikart.intake.kinds import TAKEN
from veikart.intake.models import Change, Proposal, ProposalRow, ProposalState, RowState
from veikart.intake.putting import Refusal, put_in_order, remove, still_fitting
from veikart.intake.settling import asked
from veikart.people import audit, rules
from veikart.people.models import User

CHUNK = 400

Given = Mapping[int, Mapping[str, Any]]
"""Values by field, for rows by their primary key."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the rows that were to be accepted."""

    accepted: tuple[ProposalRow, ...]
    refused: tuple[Refusal, ...]


@transaction.atomic
def accept(
    proposal: Proposal,
    rows: Collection[int] | None = None,
    *,
    by: User | None,
    reason: str = "",
    given: Given | None = None,
) -> Outcome:
    """Put what the rows say into the working plan: those named, or all that are not decided.

    Objects that others refer to come first, and what is gone goes last, for which `reason` is
    needed. A row that no longer starts from what the plan holds, or does not fit, is refused with
    the others accepted (but for those that belong together, see `together`); it says why until it is decided. A row that was rejected can be accepted
    if it is named. `given` holds, by row, what a person says of fields that a new object must have
    and the file lacks. A process that dies on the way leaves nothing of it. Raises PermissionDenied.
    """
    _refuse_strangers(by)
    audit.lock()
    chosen = _chosen(proposal, rows)
    _complete(chosen, given or {})
    if together.is_whole(proposal):
        accepted, refused = together.accept_wholes(proposal, chosen, by=by)
    else:
        accepted, refused = _accept_each(chosen, by=by, reason=reason)
    gone = [row for row in accepted if row.change == Change.GONE]
    put = [row for row in accepted if row.change != Change.GONE]
    _decide(proposal, put, RowState.ACCEPTED, by=by, reason="")
    _decide(proposal, gone, RowState.ACCEPTED, by=by, reason=reason.strip())
    _say_why(refused)
    _record(proposal, accepted, "proposal.accepted", by=by)
    _close_if_decided(proposal)
    return Outcome(accepted=tuple(accepted), refused=tuple(refused))


@transaction.atomic
def reject(
    proposal: Proposal, rows: Collection[int] | None = None, *, by: User | None, reason: str
) -> tuple[ProposalRow, ...]:
    """Decide against rows: those named, or all that are not decided. The plan stays as it is.

    The same values will not be proposed again. Raises PermissionDenied, and ValidationError
    without a reason.
    """
    _refuse_strangers(by)
    if not reason.strip():
        raise ValidationError(_("Say why the rows are rejected."), code="reason_missing")
    audit.lock()
    chosen = [row for row in _chosen(proposal, rows) if row.state == RowState.PENDING]
    chosen = together.with_what_falls(proposal, chosen)
    _decide(proposal, chosen, RowState.REJECTED, by=by, reason=reason.strip())
    _record(proposal, chosen, "proposal.rejected", by=by, reason=reason.strip())
    _close_if_decided(proposal)
    return tuple(chosen)


def _accept_each(
    chosen: Sequence[ProposalRow], *, by: User | None, reason: str
) -> tuple[list[ProposalRow], list[Refusal]]:
    """Put each row that can be put, whatever becomes of the others."""
    known = holding.held((row.kind, row.key) for row in chosen)
    ready, refused = still_fitting(chosen, known, reason)
    closed = {one.row.pk: one for one in council_rules.refusals(ready)}
    refused += closed.values()
    ready = [row for row in ready if row.pk not in closed]
    refused += put_in_order(ready, by=by)
    gone = [row for row in ready if row.change == Change.GONE]
    for row in sorted(gone, key=lambda row: -TAKEN[row.kind].place):
        refused += remove(row, reason=reason.strip(), by=by)
    failed = {refusal.row.pk for refusal in refused}
    return [row for row in ready if row.pk not in failed], refused


def _refuse_strangers(by: User | None) -> None:
    if by is not None and not rules.can_edit(by):
        raise PermissionDenied


def _chosen(proposal: Proposal, rows: Collection[int] | None) -> list[ProposalRow]:
    """The rows to decide about, as the database has them now."""
    if rows is None:
        return list(proposal.rows.filter(state=RowState.PENDING))
    wanted = set(rows)
    undone = proposal.rows.exclude(state=RowState.ACCEPTED)
    return [row for row in undone if row.pk in wanted]


def _complete(rows: Iterable[ProposalRow], given: Given) -> None:
    """Add what a person gave for fields that the file lacks; other fields are left as they are."""
    for row in rows:
        wanted = asked(row)
        found = {name: v for name, v in given.get(row.pk, {}).items() if name in wanted and v}
        if found:
            row.values |= found
            row.given = {**row.given, **found}
            row.save(update_fields=["values", "given"])


def _decide(
    proposal: Proposal,
    rows: Iterable[ProposalRow],
    state: RowState,
    *,
    by: User | None,
    reason: str,
) -> None:
    listed, now = list(rows), timezone.now()
    for row in listed:
        row.state, row.reason, row.decided_by, row.decided_at = state, reason, by, now
        row.problem, row.rejected_before = "", None
    keys = [row.pk for row in listed]
    for start in range(0, len(keys), CHUNK):
        proposal.rows.filter(pk__in=keys[start : start + CHUNK]).update(
            state=state,
            reason=reason,
            decided_by=by,
            decided_at=now,
            problem="",
            rejected_before=None,
        )


def _say_why(refused: Iterable[Refusal]) -> None:
    """Leave the reason on the rows that were refused."""
    for refusal in refused:
        refusal.row.problem = refusal.message
        ProposalRow.objects.filter(pk=refusal.row.pk).update(problem=refusal.message)


def _record(
    proposal: Proposal,
    rows: Iterable[ProposalRow],
    verb: str,
    *,
    by: User | None,
    reason: str | None = None,
) -> None:
    """An entry for each row: which object, and where in which file it was found."""
    audit.record_many(
        (
            audit.Deed(
                verb,
                row.key,
                after={
                    "proposal": proposal.pk,
                    "document": proposal.document.sha256,
                    "file": proposal.document.name,
                    "found_at": row.found_at,
                    "change": row.change,
                    **({"given": row.given} if row.given else {}),
                    **({"reason": reason} if reason else {}),
                },
            )
            for row in rows
        ),
        by=by,
    )


def _close_if_decided(proposal: Proposal) -> None:
    open_still = proposal.rows.filter(state=RowState.PENDING).exists()
    proposal.state = ProposalState.OPEN if open_still else ProposalState.CLOSED
    proposal.save(update_fields=["state"])
