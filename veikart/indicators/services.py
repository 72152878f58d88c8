"""What can be done with definitions: put in and change, give a new version, reword, remove.

Data sets are taken in by `veikart.indicators.taking_in`, and computed by `veikart.indicators.results`.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from veikart.core.kinds import Kind
from veikart.indicators import definitions, kinds
from veikart.people import audit
from veikart.people.models import User
from veikart.people.writing import Change, Item, Writer
from veikart.plan.indicators import DefinitionVersion, Indicator
from veikart.strategy import services as strategy

WORDS = ("definition", "numerator", "denominator", "population", "unit")
"""The texts among what says what is measured: their wording may be mended."""


def refuse(kind: Kind, values: Collection[Indicator]) -> None:
    """Raise ValidationError for what the tables alone cannot see is wrong with definitions."""
    before = kind.load({value.uid for value in values})
    refuse_reworded(kind, values)
    for value in values:
        definitions.refuse_silent_change(before.get(value.uid), value)


def refuse_reworded(kind: Kind, values: Collection[Indicator]) -> None:
    """As `refuse`, where a person has said that other words mean the same."""
    before = kind.load({value.uid for value in values})
    for value in values:
        definitions.refuse_versions(before.get(value.uid), value)
        definitions.refuse_categories_of_nothing(value)
    definitions.refuse_unknown_measures(values)


WRITER = Writer(kinds.KINDS, buried=strategy.buried, check=refuse)
REDEFINED = "indicator.redefined"
_REWORDING = Writer(kinds.KINDS, buried=strategy.buried, check=refuse_reworded)


def put(kind: str, uid: str, values: Mapping[str, Any], *, by: User | None) -> Change:
    """Create or change an indicator; only the given fields change.

    Raises ValueError for an unknown kind or field; ValidationError for values that do not fit, an
    unknown reference, a uid that was removed before, or another thing measured in the same version.
    """
    return put_many([(kind, uid, values)], by=by)[0]


def put_many(items: Iterable[Item], *, by: User | None) -> list[Change]:
    """As `put`, for many at once: all of it happens, or nothing. A new indicator has version 1."""
    listed = list(items)
    known = kinds.INDICATOR.load({uid for _kind, uid, _values in listed})
    return WRITER.put_many(
        [
            (kind, uid, values if uid in known else {"version": 1, **values})
            for kind, uid, values in listed
        ],
        by=by,
    )


@transaction.atomic
def redefine(
    uid: str, values: Mapping[str, Any], *, change: str, since: dt.date, by: User | None
) -> Change:
    """Give an indicator a new version of its definition, with `values` in place of the old ones.

    `change` says in a sentence what changed. The new version starts a series of its own; the old
    one stays with its data sets. Raises ValueError for an unknown field, ValidationError if there
    is no such indicator, nothing that is measured changes, or nothing is said of it.
    """
    audit.lock()
    old = known(uid)
    row = DefinitionVersion(no=old.version + 1, since=since, change=change.strip() or None)
    versions = (*old.versions, row)
    given = {**values, "version": row.no, "versions": msgspec.to_builtins(versions)}
    done = WRITER.put("indicator", uid, given, by=by, verb=REDEFINED)
    definitions.refuse_nothing_redefined(old, known(uid))
    return done


@transaction.atomic
def reword(uid: str, values: Mapping[str, str], *, by: User | None) -> Change:
    """Mend the wording of what is measured, such as a slip in a definition; it stays the same series.

    That the meaning is the same is said by the person who does it, and recorded as such. Raises
    ValueError for a field that is no text of the definition, ValidationError if there is no such
    indicator.
    """
    others = sorted(values.keys() - set(WORDS))
    if others:
        raise ValueError(f"Expected {', '.join(WORDS)} to be reworded; found {', '.join(others)}.")
    audit.lock()
    known(uid)
    return _REWORDING.put("indicator", uid, values, by=by, verb="indicator.reworded")


def remove(
    kind: str, uid: str, *, reason: str, successors: Collection[str] = (), by: User | None
) -> Change:
    """Take an indicator out of the plan and leave a stone with the reason and the successors.

    Raises ValueError for an unknown kind; ValidationError if there is no such indicator, no reason
    is given, or it has data sets, which are never taken away.
    """
    return strategy.bury(WRITER.kind(kind), uid, reason=reason, successors=successors, by=by)


def known(uid: str) -> Indicator:
    """The indicator `uid` as the tables have it. Raises ValidationError if there is none."""
    found: Indicator | None = kinds.INDICATOR.load([uid]).get(uid)
    if found is None:
        raise ValidationError(
            _("Expected a known indicator, such as %(example)s; found “%(uid)s”."),
            code="unknown_object",
            params={"example": kinds.INDICATOR.uid_example, "uid": uid},
        )
    return found


def measurable(uid: str) -> Indicator:
    """The indicator `uid`, whose kind is known. Raises ValidationError if there is none, or it is not."""
    definition = known(uid)
    if definition.kind is None:
        raise ValidationError(
            _(
                "Expected %(uid)s to say whether it is a share, a count or another kind; it does "
                "not. Complete its definition first."
            ),
            code="no_kind",
            params={"uid": uid},
        )
    return definition
