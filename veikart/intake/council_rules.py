"""What the desk of councils refuses, a document cannot do either; and what it counts, a document counts."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from veikart.council import deciding, from_editions
from veikart.council.meetings import WHEN_AND_WHERE
from veikart.council.models import Decision, Meeting, Minutes
from veikart.intake.council_items import editions_in
from veikart.intake.council_loading import edition_numbers
from veikart.intake.models import Change, ProposalRow
from veikart.intake.putting import Refusal


def refusals(rows: Collection[ProposalRow]) -> Iterator[Refusal]:
    """Refusals for what would change approved minutes or a decision that others have read, and for decisions on
    editions that are not there.
    """
    yield from _of_unknown_editions(rows)
    yield from _of_approved_minutes(rows)
    yield from _of_decisions_read(rows)


def count_moves(rows: Collection[ProposalRow]) -> None:
    """Count one more change for each meeting that is moved, so that calendars show it as an update."""
    moved = [row for row in rows if row.kind == "meeting" and row.change == Change.CHANGED]
    moved = [row for row in moved if any(name in row.before for name in WHEN_AND_WHERE)]
    known = dict(
        Meeting.objects.filter(pk__in=[row.key for row in moved]).values_list("pk", "sequence")
    )
    for row in moved:
        if row.key in known:
            row.before = {**row.before, "sequence": known[row.key]}
            row.values = {**row.values, "sequence": known[row.key] + 1}


def _of_unknown_editions(rows: Collection[ProposalRow]) -> Iterator[Refusal]:
    wanted = [(row, editions_in(row.values)) for row in rows if row.kind == "decision"]
    known = edition_numbers() if any(numbers for _row, numbers in wanted) else frozenset()
    for row, numbers in wanted:
        for number in set(numbers) - known:
            message = _(
                "The decision is on edition %(number)s, and there is no edition with that number. "
                "Freeze it first, or reject the decision and enter it by hand."
            )
            yield Refusal(row, "edition_unknown", message % {"number": number})


def _of_approved_minutes(rows: Collection[ProposalRow]) -> Iterator[Refusal]:
    """The meeting itself, and decisions and follow-ups that would be new in it."""
    of_meeting = [
        (row, row.key if row.kind == "meeting" else row.values.get("meeting")) for row in rows
    ]
    approved = Minutes.objects.filter(
        state=Minutes.State.APPROVED, meeting__in=[uid for _row, uid in of_meeting if uid]
    )
    closed = set(approved.values_list("meeting_id", flat=True))
    for row, uid in of_meeting:
        if uid in closed:
            message = _(
                "The minutes of the meeting are approved and never change. Reject “%(name)s”, and correct "
                "it in the minutes of a later meeting."
            )
            yield Refusal(row, "minutes_approved", message % {"name": row.name})


def _of_decisions_read(rows: Collection[ProposalRow]) -> Iterator[Refusal]:
    changed = [row for row in rows if row.kind == "decision" and row.change == Change.CHANGED]
    known = Decision.objects.in_bulk([row.key for row in changed])
    for row in changed:
        decision = known.get(row.key)
        is_told_elsewhere = decision is not None and decision.meeting_id is None
        if decision is None or (is_told_elsewhere and not from_editions.published_in(row.key)):
            continue  # Known from a paper that leans on it: the minutes may come later.
        why = deciding.why_reason(decision)
        if why is not None:
            message = _("%(why)s A file cannot: reject this row, and correct the decision by hand.")
            yield Refusal(row, "read_by_others", message % {"why": why})
