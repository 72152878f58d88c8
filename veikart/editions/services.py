"""Freezing the working plan into an edition, approving it, and discarding one that was not approved."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import msgspec
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from msgspec.structs import replace

from veikart.consultations import services as consultations
from veikart.editions import building, deciding, opened, queries, shelf
from veikart.editions.models import Edition, State
from veikart.editions.moves import GivenCause, moves
from veikart.editions.verification import approval_of
from veikart.indicators import results as indicators
from veikart.people import audit, rules
from veikart.people.models import User
from veikart.plan import codec
from veikart.plan.compare import compare
from veikart.plan.model import Head, Plan
from veikart.roadmap import services as roadmap


@transaction.atomic
def freeze(*, by: User, as_of: dt.date, title: str, note: str = "") -> Edition:
    """Freeze the working plan into a new edition that waits for approval.

    The row is written first, so that a number is taken once, then the file, then the transaction
    ends: a freeze that is killed leaves at most a file that no row knows, and the next one sets
    it aside. Nothing is computed here. Raises PermissionDenied, and ValidationError if the day does
    not fit, if another edition waits for approval, if an approved edition's file already has the
    number, if an indicator's figures are not of its present data, or if a hearing whose outcomes are
    to be published has points that lack one.
    """
    if not rules.can_edit(by):
        raise PermissionDenied
    audit.lock()
    before = Edition.objects.kept().first()
    _refuse_wrong_time(as_of, before)
    edition = _next_edition(before, by=by, as_of=as_of, title=title.strip(), note=note.strip())
    indicators.refuse_stale()
    consultations.refuse_unanswered()
    plan = building.plan_to_freeze(_head_of(edition))
    content = codec.encode(_without_idle_causes(plan, before))
    edition.sha256 = codec.fingerprint(content)
    edition.full_clean()
    edition.save(force_insert=True)
    _set_interrupted_aside(edition.number)
    shelf.keep(edition.file_name, content)
    audit.record("edition.frozen", _address(edition), by=by, after=_said(edition))
    return edition


@transaction.atomic
def approve(
    edition: Edition, *, by: User, body: str, on: dt.date, note: str = "", decision: str = ""
) -> Edition:
    """Record that `body` approved `edition` on the day `on`, as confirmed by `by`.

    `decision` is the uid of the council's decision that approved it, if there is one: its words are kept with the
    approval. From then on neither the row nor the file changes. Raises PermissionDenied if `by` is no
    approver, and ValidationError if the edition is not waiting, the day does not fit, the file is not what
    was frozen, or the decision is another's.
    """
    if not rules.can_approve(by):
        raise PermissionDenied
    audit.lock()
    edition = Edition.objects.get(pk=edition.pk)
    _refuse_not_waiting(edition)
    _refuse_wrong_day(edition, on)
    problem = opened.file_problem(edition.file_name, edition.sha256)
    if problem:
        raise ValidationError(problem, code="file_changed")
    before = _said(edition)
    edition.state = State.APPROVED
    edition.approved_by, edition.approver_name = by, str(by)
    edition.approved_body, edition.approved_on = body.strip(), on
    edition.decision_note = note.strip()
    named = deciding.named(edition.number, decision, body=body.strip(), on=on)
    edition.decision = msgspec.to_builtins(named)
    edition.full_clean()
    edition.save()
    _keep_approval(edition)
    audit.record("edition.approved", _address(edition), by=by, before=before, after=_said(edition))
    return edition


@transaction.atomic
def discard(edition: Edition, *, by: User, reason: str) -> Edition:
    """Give up an edition that waits for approval: its file moves to `discarded/`, its number stays used.

    Raises PermissionDenied, and ValidationError if the edition is not waiting or no reason is given.
    """
    if not rules.can_edit(by):
        raise PermissionDenied
    audit.lock()
    edition = Edition.objects.get(pk=edition.pk)
    _refuse_not_waiting(edition)
    before = _said(edition)
    edition.state, edition.discard_reason = State.DISCARDED, reason.strip()
    edition.full_clean()
    edition.save()
    audit.record("edition.discarded", _address(edition), by=by, before=before, after=_said(edition))
    shelf.set_aside(edition.file_name)
    return edition


@transaction.atomic
def explain_moves(given: Iterable[GivenCause], *, by: User) -> int:
    """Say why dates moved since the last approved edition; answers how many causes changed.

    Raises PermissionDenied, and ValidationError if there is no approved edition, a text has no
    cause, or a date has not moved.
    """
    if not rules.can_edit(by):
        raise PermissionDenied
    audit.lock()
    last = queries.current()
    if last is None or last.number is None:
        raise ValidationError(
            _("No edition is approved yet, so no date has moved since one."), code="no_edition"
        )
    known = {move.what: move for move in moves(compare(last.plan, queries.draft()))}
    explained = 0
    for cause in given:
        move = known.get(cause.what)
        if move is None:
            raise ValidationError(
                _("The date %(what)s has not moved since edition %(number)s. Open the list anew."),
                code="not_moved",
                params={"what": cause.what, "number": last.number},
            )
        if not cause.code:
            raise ValidationError(
                _("Choose a cause for “%(name)s”, too; a text alone is not counted."),
                code="cause_missing",
                params={"name": move.name},
            )
        if (move.code, move.text) != (cause.code, cause.text):
            roadmap.explain_move(
                cause.what, code=cause.code, text=cause.text, since=last.number, by=by
            )
            explained += 1
    return explained


def _next_edition(
    before: Edition | None, *, by: User, as_of: dt.date, title: str, note: str
) -> Edition:
    """The row of the edition that follows `before`, as yet without the hash of its file."""
    serial = _next_serial(as_of.year)
    number = f"{as_of.year}-{serial}"
    return Edition(
        number=number,
        year=as_of.year,
        serial=serial,
        title=title,
        as_of=as_of,
        note=note,
        file_name=shelf.edition_name(number),
        previous=before,
        previous_sha256=before.sha256 if before else "",
        frozen_at=timezone.now(),
        frozen_by=by,
    )


def _head_of(edition: Edition) -> Head:
    """What the plan of `edition` says of itself."""
    return Head(
        number=edition.number,
        title=edition.title,
        as_of=edition.as_of,
        frozen_at=edition.frozen_at.astimezone(dt.UTC),
        previous=edition.previous.number if edition.previous else None,
        previous_sha256=edition.previous_sha256 or None,
        note=edition.note or None,
    )


def _refuse_wrong_time(as_of: dt.date, before: Edition | None) -> None:
    if before and before.state == State.FROZEN:
        raise ValidationError(
            _("Edition %(number)s is frozen and waits for approval. Approve or discard it first."),
            code="another_waits",
            params={"number": before.number},
        )
    if before and as_of < before.as_of:
        raise ValidationError(
            _("Edition %(number)s is as of %(day)s. Give that day or a later one."),
            code="before_the_last",
            params={"number": before.number, "day": before.as_of},
        )
    if as_of > timezone.localdate():
        raise ValidationError(
            _("%(day)s is still to come. Give the day on which the plan was as it is now."),
            code="in_the_future",
            params={"day": as_of},
        )


def _refuse_not_waiting(edition: Edition) -> None:
    if edition.state != State.FROZEN:
        raise ValidationError(
            _("Edition %(number)s does not wait for approval: %(state)s. Freeze a new edition."),
            code="not_waiting",
            params={"number": edition.number, "state": edition.get_state_display()},
        )


def _refuse_wrong_day(edition: Edition, on: dt.date) -> None:
    if on > timezone.localdate():
        raise ValidationError(
            _("%(day)s is still to come. Give the day of the decision."),
            code="in_the_future",
            params={"day": on},
        )
    if on < edition.as_of:
        raise ValidationError(
            _(
                "Edition %(number)s is as of %(as_of)s; it cannot have been approved on %(day)s. "
                "Give the day of the decision."
            ),
            code="before_its_content",
            params={"number": edition.number, "as_of": edition.as_of, "day": on},
        )


def _next_serial(year: int) -> int:
    """The running number after the highest ever used in `year`, also by a discarded edition."""
    highest = Edition.objects.filter(year=year).aggregate(highest=Max("serial"))["highest"]
    return (highest or 0) + 1


def _set_interrupted_aside(number: str) -> None:
    """Make room for the edition's file where an interrupted freeze has left one."""
    if shelf.path_of(shelf.approval_name(number)).exists():
        raise ValidationError(
            _(
                "An approved edition %(number)s lies among the files, and the database does not "
                "know it. Restore the database from a newer backup, or move the two files away."
            ),
            code="approved_file_without_row",
            params={"number": number},
        )
    shelf.set_aside(shelf.edition_name(number))


def _keep_approval(edition: Edition) -> None:
    """Write the approval beside the file; one that an interrupted approval left is set aside."""
    name, content = shelf.approval_name(edition.number), approval_of(edition).encode()
    path = shelf.path_of(name)
    if path.exists() and path.read_bytes() != content:
        shelf.set_aside(name)
    shelf.keep(name, content)


def _without_idle_causes(plan: Plan, before: Edition | None) -> Plan:
    """`plan` without the causes of dates that moved back since somebody explained them."""
    last = queries.plan(before.number) if before and plan.causes else None
    if last is None:
        return plan
    moved = {move.what for move in moves(compare(last, plan))}
    return replace(plan, causes=tuple(c for c in plan.causes if c.what in moved))


def _address(edition: Edition) -> str:
    return f"utgaver/{edition.number}"


def _said(edition: Edition) -> dict[str, Any]:
    """What the record keeps of an edition."""
    return {
        "number": edition.number,
        "state": edition.state,
        "sha256": edition.sha256,
        "approver": edition.approver_name or None,
        "body": edition.approved_body or None,
        "on": edition.approved_on.isoformat() if edition.approved_on else None,
        "note": edition.decision_note or None,
        "decision": edition.decision["uid"] if edition.decision else None,
        "reason": edition.discard_reason or None,
    }
