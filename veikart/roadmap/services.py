"""What can be done with the roadmap's objects: put in and change, remove, and explain moves.

The verbs for one thing at a time (move, rename, split, merge …) are in `veikart.roadmap.verbs`.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from veikart.core.kinds import Kind, known_to
from veikart.people import audit
from veikart.people import kinds as people_kinds
from veikart.people.models import User
from veikart.people.writing import Change, Item, Writer
from veikart.roadmap import kinds
from veikart.roadmap.models import Cause, Dependency, Phase
from veikart.strategy import kinds as strategy_kinds
from veikart.strategy import services as strategy

_UIDS_OF = (*kinds.KINDS, *strategy_kinds.KINDS, *people_kinds.KINDS)


def refuse_dependencies_on_nothing(kind: Kind, values: Collection[Any]) -> None:
    """Raise ValidationError for a dependency of or on something that never was in the plan."""
    if kind is not kinds.DEPENDENCY:
        return
    wanted = {uid: value.uid for value in values for uid in (value.subject, value.on) if uid}
    for uid in sorted(wanted.keys() - known(wanted.keys())):
        raise ValidationError(
            _(
                "Expected the address of something in the plan for %(dependency)s; "
                "found “%(uid)s”. Correct it, or say what it waits for as a text."
            ),
            code="unknown_reference",
            params={"dependency": wanted[uid], "uid": uid},
        )


def refuse_spans_backwards(kind: Kind, values: Collection[Any]) -> None:
    """Raise ValidationError for a period that spans from a later phase to an earlier one."""
    if kind is not kinds.DELIVERABLE:
        return
    numbers = dict(Phase.objects.values_list("pk", "number"))
    for value in values:
        for period in value.periods:
            if period.first_phase is None or period.last_phase is None:
                continue
            if numbers[period.first_phase] > numbers[period.last_phase]:
                raise ValidationError(
                    _(
                        "Expected period %(no)d of %(uid)s to span forwards; %(last)s comes before "
                        "%(first)s. Swap the two."
                    ),
                    code="span_backwards",
                    params={
                        "no": period.no,
                        "uid": value.uid,
                        "first": period.first_phase,
                        "last": period.last_phase,
                    },
                )


def refuse(kind: Kind, values: Collection[Any]) -> None:
    """Raise ValidationError for what the roadmap's tables alone cannot see is wrong."""
    refuse_dependencies_on_nothing(kind, values)
    refuse_spans_backwards(kind, values)


def known(uids: Collection[str]) -> set[str]:
    """Those of `uids` that are in the working tables, or were."""
    return strategy.buried(uids) | known_to(_UIDS_OF, uids)


WRITER = Writer(
    kinds.KINDS,
    kinds.PART_KINDS,
    buried=strategy.buried,
    check=refuse,
)


def put(kind: str, uid: str, values: Mapping[str, Any], *, by: User | None) -> Change:
    """Create or change an object of the roadmap; only the given fields change.

    Raises ValueError for an unknown kind or field, ValidationError for values that do not fit,
    an unknown reference, or a uid that was removed before.
    """
    return WRITER.put(kind, uid, values, by=by)


def put_many(items: Iterable[Item], *, by: User | None) -> list[Change]:
    """As `put`, for many at once: all of it happens, or nothing."""
    return WRITER.put_many(items, by=by)


@transaction.atomic
def remove(
    kind: str, uid: str, *, reason: str, successors: Collection[str] = (), by: User | None
) -> Change:
    """Take an object out of the roadmap and leave a stone with the reason and the successors.

    What waited for it now waits for its successor if it has exactly one, and is broken otherwise;
    what it waited for goes over to the one successor, or is removed with it. A `phase_period` or a
    `milestone` leaves no stone: it is part of its deliverable, and the record keeps it.
    Raises ValueError for an unknown kind; ValidationError if there is no such object, no reason
    is given, or something still refers to it.
    """
    audit.lock()
    for part in kinds.PART_KINDS:
        if part.name == kind:
            return WRITER.take_out(part, uid, reason=reason, by=by)
    change = strategy.bury(WRITER.kind(kind), uid, reason=reason, successors=successors, by=by)
    _hand_over_dependencies(uid, successors=successors, reason=reason, by=by)
    return change


@transaction.atomic
def explain_move(
    what: str, *, code: str, text: str | None = None, since: str, by: User | None
) -> Cause:
    """Say why a date moved since the edition `since`; again for the same move replaces the cause.

    `what` is the changed field's address, as a comparison gives it. Raises ValidationError for an
    unknown code or an empty address.
    """
    audit.lock()
    cause = Cause.objects.filter(what=what, since=since).first() or Cause(what=what, since=since)
    before = {"code": cause.code, "text": cause.text} if cause.pk else None
    cause.code, cause.text = code, (text or "").strip() or None
    after = {"code": cause.code, "text": cause.text}
    if before == after:
        return cause
    cause.full_clean()
    cause.save()
    audit.record("move.explained", what, by=by, before=before, after={**after, "since": since})
    return cause


def _hand_over_dependencies(
    uid: str, *, successors: Collection[str], reason: str, by: User | None
) -> None:
    heir = next(iter(successors)) if len(successors) == 1 else None
    awaited = Dependency.objects.filter(on=uid).values_list("pk", "subject")
    for pk, subject in list(awaited):
        if subject == heir:
            strategy.bury(kinds.DEPENDENCY, pk, reason=reason, by=by)
        elif heir:
            put("dependency", pk, {"on": heir}, by=by)
        else:
            put("dependency", pk, {"state": "broken"}, by=by)
    for pk, on in list(Dependency.objects.filter(subject=uid).values_list("pk", "on")):
        if heir and on != heir:
            put("dependency", pk, {"subject": heir}, by=by)
        else:
            strategy.bury(kinds.DEPENDENCY, pk, reason=reason, by=by)
