"""Taking a file in: kept first, then read, then compared with the working plan as a proposal.

What people then decide about it is in `veikart.intake.deciding`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from veikart.documents import services as documents
from veikart.documents.models import Document
from veikart.editions import queries as editions
from veikart.engines import proposal as engine
from veikart.engines.readers import choose
from veikart.engines.slugs import slug
from veikart.intake import holding, proposal_file
from veikart.intake.council_items import translate
from veikart.intake.council_loading import known_for
from veikart.intake.council_rows import Row
from veikart.intake.deciding import Outcome, accept, reject
from veikart.intake.difference import Difference, differences
from veikart.intake.memory import told_apart
from veikart.intake.models import (
    FailedReading,
    Proposal,
    ProposalRow,
    ProposalState,
    RowState,
)
from veikart.intake.putting import Refusal
from veikart.intake.reading import read
from veikart.people import audit, rules
from veikart.people.models import User

__all__ = ["Outcome", "Refusal", "accept", "propose", "reject", "take_in"]

WHOLE_KINDS = {
    "register": ("deliverable", "phase_period", "grouping"),
    "strategy_text": ("overarching_goal", "strategic_goal", "statement", "prerequisite", "sdg"),
}
"""The kinds of which a reader's file holds all there are: what it lacks is proposed as gone."""

BATCH = 500
MANY_GONE = 10
"""So many objects must be gone before a file is doubted as a whole."""
CHANGED_SINCE = "changed since it was accepted"
"""The reason of a row that was accepted before, where a person has changed the plan since."""


def take_in(name: str, content: bytes, *, by: User | None) -> Proposal:
    """Keep the file, read it, and propose what it would change in the working plan.

    `by` is None for the system itself. Nothing reaches the working plan. A file whose proposal
    is still open gives that proposal; a file that says what the plan says gives a closed one
    without rows. Raises PermissionDenied; and Unreadable if the file cannot be read: it is kept
    all the same, and what the reader said is kept beside it.
    """
    if by is not None and not rules.can_edit(by):
        raise PermissionDenied
    document = documents.keep(name, content, by=by)
    try:
        return _waiting(document) or _read_and_store(name, content, document, by=by)
    except engine.Unreadable as refusal:
        _remember_failure(document, refusal, by=by)
        raise


def propose(title: str, items: Iterable[engine.Item], *, source: str, by: User | None) -> Proposal:
    """Propose `items` by hand; `source` says where they were found.

    They are kept as a file in the form of `veikart take-in --json`, and taken in like any other.
    """
    content = proposal_file.write(title, items, source=source)
    return take_in(f"{slug(title, longest=80) or 'forslag'}.json", content, by=by)


def _waiting(document: Document) -> Proposal | None:
    """The proposal of `document` that is still to be decided."""
    return Proposal.objects.filter(document=document, state=ProposalState.OPEN).first()


def _read_and_store(name: str, content: bytes, document: Document, *, by: User | None) -> Proposal:
    """Read the file, and compare it with a plan that nobody changes before the proposal is stored."""
    found, title = read(name, content)
    with transaction.atomic():
        audit.lock()
        waiting = _waiting(document)  # somebody may have taken in the same file meanwhile
        if waiting is not None:
            return waiting
        found, marks = _in_kinds_of_tables(found)
        different, unchanged = differences(
            found.items,
            holding.held((item.kind, item.key) for item in found.items),
            whole_kinds=WHOLE_KINDS.get(found.reader, ()),
        )
        proposal = _store(
            document, found, different, unchanged, title=title or document.name, by=by
        )
        _mark(proposal, marks)
        return proposal


def _in_kinds_of_tables(
    found: engine.Proposal,
) -> tuple[engine.Proposal, dict[tuple[str, str], Row]]:
    """What a reader found in the kinds of the tables; and, for what a council treats, what each row is called,
    belongs to and asks for.
    """
    if found.reader not in choose.COUNCIL:
        return found, {}
    translation = translate(found, known_for(found))
    rows = {(row.item.kind, row.item.key): row for row in translation.rows}
    items = tuple(row.item for row in translation.rows)
    warnings = (*translation.cautions, *found.warnings)
    return msgspec.structs.replace(found, items=items, warnings=warnings), rows


def _mark(proposal: Proposal, marks: Mapping[tuple[str, str], Row]) -> None:
    """Write on the rows what they are called, belong to and ask for."""
    if not marks:
        return
    rows = list(proposal.rows.all())
    for row in rows:
        mark = marks[row.kind, row.key]
        row.name, row.belongs_to, row.asked = mark.name[:300], mark.belongs_to, dict(mark.asked)
    ProposalRow.objects.bulk_update(rows, ["name", "belongs_to", "asked"], BATCH)


def _store(
    document: Document,
    found: engine.Proposal,
    different: list[Difference],
    unchanged: int,
    *,
    title: str,
    by: User | None,
) -> Proposal:
    different, before = told_apart(different, reader=found.reader)
    pending = [each for each in different if (each.kind, each.key) not in before]
    changes = [each.change for each in different]
    proposal = Proposal(
        document=document,
        reader=found.reader,
        title=title[:300],
        state=ProposalState.OPEN if pending else ProposalState.CLOSED,
        counts=found.counts,
        cautions=msgspec.to_builtins(
            (*_on_the_whole(changes, unchanged), *_unknown_delmal(different), *found.warnings)
        ),
        total=len(different) + unchanged,
        new=changes.count("new"),
        changed=changes.count("changed"),
        unchanged=unchanged,
        gone=changes.count("gone"),
        base_stamp=audit.stamp(),
        made_at=timezone.now(),
        made_by=by,
    )
    proposal.full_clean(exclude=["counts", "cautions"])
    proposal.save()
    ProposalRow.objects.bulk_create(
        [
            _row(proposal, position, each, before.get((each.kind, each.key)))
            for position, each in enumerate(different, start=1)
        ],
        batch_size=BATCH,
    )
    counted = {name: getattr(proposal, name) for name in ("new", "changed", "unchanged", "gone")}
    audit.record(
        "proposal.made",
        f"inntak/{proposal.pk}",
        by=by,
        after={"document": document.sha256, "reader": found.reader, **counted},
    )
    return proposal


def _on_the_whole(changes: Sequence[str], unchanged: int) -> Iterator[engine.Caution]:
    """A caution if the file lacks more of the plan than it holds: it may be only a part."""
    gone, shared = changes.count("gone"), changes.count("changed") + unchanged
    if gone >= MANY_GONE and gone > shared:
        yield engine.Caution(
            code="much_is_gone",
            message=f"The file lacks {gone:,} objects of the plan, and holds {shared:,} of them.",
            remedy="If it is only a part, such as an export with a filter, reject what is gone, "
            "and take in the whole.",
        )


def _unknown_delmal(different: Sequence[Difference]) -> Iterator[engine.Caution]:
    """A caution for each delmål that the file names and a plan with delmål does not have."""
    news = [each for each in different if (each.kind, each.change) == ("delmal", "new")]
    known = {each.code for each in editions.draft().strategy.delmal} if news else set()
    for each in news:
        if known:
            yield engine.Caution(
                code="delmal_unknown",
                message=f"The file names delmål {each.values.get('code')}; the working plan has "
                f"{', '.join(sorted(known))}.",
                remedy="If the code is wrong, reject the row, correct the file and take it in "
                "again. If the delmål is new, accept it before what stands under it.",
                row=each.found_at.get("row") if each.found_at else None,
            )


def _row(
    proposal: Proposal, position: int, found: Difference, decided: ProposalRow | None
) -> ProposalRow:
    """One row; one that says what was decided before is rejected already, and points there."""
    row = ProposalRow(
        proposal=proposal,
        position=position,
        kind=found.kind,
        key=found.key,
        name=found.name[:300],
        change=found.change,
        values=found.values,
        before=found.before,
        decided=found.decided,
        found_at=found.found_at,
        only_source=found.only_source,
    )
    if decided is not None:
        row.state, row.rejected_before = RowState.REJECTED, decided
        row.reason = decided.reason or CHANGED_SINCE
        row.decided_by_id, row.decided_at = decided.decided_by_id, decided.decided_at
    return row


def _remember_failure(document: Document, refusal: engine.Unreadable, *, by: User | None) -> None:
    FailedReading.objects.create(
        document=document,
        code=refusal.code,
        message=refusal.message,
        made_at=timezone.now(),
        made_by=by,
    )
