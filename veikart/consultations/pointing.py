"""What of the plan an outcome can have changed, or a draft goal become: something that says a sentence.

It is looked for in the working tables and among the stones of what was taken out, which together
hold all that any published edition holds.
"""

import difflib
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from veikart.indicators.models import Indicator
from veikart.people.models import Organisation, UserGroup
from veikart.roadmap.models import Deliverable, Dependency, Grouping, Phase
from veikart.strategy.models import (
    Delmal,
    OverarchingGoal,
    RelatedStrategy,
    Sdg,
    Statement,
    StrategicGoal,
    TargetGroup,
    Tombstone,
    Vision,
)

SAYING: tuple[type[Model], ...] = (
    Vision,
    OverarchingGoal,
    StrategicGoal,
    Statement,
    Delmal,
    Indicator,
    Grouping,
    Deliverable,
)
"""What says something that can be changed because of a point."""

OTHERS: tuple[type[Model], ...] = (
    Phase,
    Dependency,
    Organisation,
    UserGroup,
    RelatedStrategy,
    Sdg,
    TargetGroup,
)
STONES = ("hearing", "reply", "organisation", "user_group", "phase", "dependency")
"""Kinds of what was taken out that no point changes."""
NEAR = 3


def refuse_unknown(uid: str) -> None:
    """Raise ValidationError unless something of the plan that says a sentence is or was at `uid`."""
    if any(table._default_manager.filter(pk=uid).exists() for table in SAYING):
        return
    if Tombstone.objects.filter(pk=uid).exclude(kind__in=STONES).exists():
        return
    other = next((t for t in OTHERS if t._default_manager.filter(pk=uid).exists()), None)
    if other is not None:
        raise ValidationError(
            _(
                "Expected a sentence of the strategy or a deliverable; “%(uid)s” is of the kind “%(kind)s”. "
                "Give the address of what was worded anew."
            ),
            code="not_a_sentence",
            params={"uid": uid, "kind": other._meta.verbose_name},
        )
    near = difflib.get_close_matches(uid, list(_all_uids()), n=NEAR, cutoff=0.5)
    raise ValidationError(
        _(
            "Expected an address in the plan, such as %(near)s; nothing is or was at “%(uid)s”. "
            "Copy it from the page of what was changed."
        ),
        code="unknown_address",
        params={"uid": uid, "near": ", ".join(near) or "mal/3/oppna/1"},
    )


def _all_uids() -> Iterator[str]:
    for table in SAYING:
        yield from table._default_manager.values_list("pk", flat=True)
