"""What must hold for a definition, and what is worth a second look without being wrong."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from veikart.core.kinds import known_to
from veikart.engines.observations import periods
from veikart.indicators.models import DataSet
from veikart.plan.indicators import Indicator, Target
from veikart.strategy import kinds as strategy_kinds
from veikart.strategy import services as strategy

MEASURED = ("kind", "unit", "per", "numerator", "denominator", "population", "definition")
"""The fields that say what is measured, beside the breakdowns' columns."""
SHARES = ("share", "coverage", "survey_share")
_MEASURABLE = (
    strategy_kinds.STRATEGIC_GOAL,
    strategy_kinds.DELMAL,
    strategy_kinds.STATEMENT,
    strategy_kinds.SDG,
)
_SIGNS = re.compile(r"[\W_]+")

_TOO_EARLY = gettext_lazy(
    "The target for %(year)d does not come after the baseline of %(baseline)s, so "
    "progress cannot be judged. Correct the year of the one or the other."
)
_NO_SHARE = gettext_lazy(
    "The target for %(year)d is %(value)s; a share lies between 0 and 1. Write 80 %% as 0.8."
)
_NO_WAY = gettext_lazy(
    "The target for %(year)d equals the baseline, so there is no path between them. "
    "Make it a target to keep, or correct it."
)
_WRONG_WAY = gettext_lazy(
    "The target for %(year)d lies on the wrong side of the baseline for this direction. "
    "Correct the target or the direction."
)


def changed_in_meaning(old: Indicator, new: Indicator) -> list[str]:
    """The fields in which `new` measures something else; spaces, signs and capitals do not count."""
    changed = [
        name for name in MEASURED if _plain(getattr(old, name)) != _plain(getattr(new, name))
    ]
    if [row.column for row in old.breakdowns] != [row.column for row in new.breakdowns]:
        changed.append("breakdowns")
    return changed


def refuse_silent_change(old: Indicator | None, new: Indicator) -> None:
    """Raise ValidationError where `new` measures something else than `old` in the same version.

    What nobody had said yet may be filled in until there is a data set of the version.
    """
    if old is None or old.version != new.version:
        return
    changed = changed_in_meaning(old, new)
    filled_in = [name for name in changed if not getattr(old, name)]
    if filled_in and not _has_data(old.uid, old.version):
        changed = [name for name in changed if name not in filled_in]
    if changed:
        raise ValidationError(
            gettext_lazy(
                "Expected %(uid)s to measure the same as before; found other values for %(fields)s. "
                "Give it a new version, with its day and a sentence on what changed: it starts a "
                "new series. Where only the wording is mended, say so."
            ),
            code="silent_change",
            params={"uid": new.uid, "fields": ", ".join(changed)},
        )


def refuse_nothing_redefined(old: Indicator, new: Indicator) -> None:
    """Raise ValidationError where the new version `new` measures the same as `old`."""
    if not changed_in_meaning(old, new):
        raise ValidationError(
            gettext_lazy(
                "Expected something else to be measured in the new version of %(uid)s; nothing is. "
                "Change the definition in place."
            ),
            code="nothing_redefined",
            params={"uid": new.uid},
        )


def refuse_versions(old: Indicator | None, new: Indicator) -> None:
    """Raise ValidationError for a version that is skipped, taken back, or does not say what changed."""
    before = old.version if old else new.version
    known = {row.no for row in new.versions}
    said = {row.no for row in new.versions if row.change}
    wrong_step = new.version not in (before, before + 1) or new.version < 1
    if wrong_step or any(no > new.version for no in known):
        raise ValidationError(
            gettext_lazy(
                "Expected version %(before)d of %(uid)s, or the next; found %(found)d, and "
                "versions up to %(last)d. Number the versions one by one, the one in force last."
            ),
            code="wrong_version",
            params={
                "uid": new.uid,
                "before": before,
                "found": new.version,
                "last": max(known, default=new.version),
            },
        )
    if new.version > 1 and new.version not in said:
        raise ValidationError(
            gettext_lazy(
                "Expected a sentence on what changed with version %(version)d of %(uid)s; found "
                "none. Add the version with its day and what changed."
            ),
            code="change_missing",
            params={"uid": new.uid, "version": new.version},
        )


def refuse_unknown_measures(values: Collection[Indicator]) -> None:
    """Raise ValidationError for an indicator of something that never was in the strategy."""
    wanted = {uid: value.uid for value in values for uid in value.measures}
    for uid in sorted(wanted.keys() - _known(wanted.keys())):
        raise ValidationError(
            gettext_lazy(
                "Expected the address of a goal, a delmål, a statement or a UN goal for what "
                "%(indicator)s measures; found “%(uid)s”. Correct it, or take it in first."
            ),
            code="unknown_reference",
            params={"indicator": wanted[uid], "uid": uid},
        )


def refuse_categories_of_nothing(value: Indicator) -> None:
    """Raise ValidationError for a category of a breakdown that the indicator does not have."""
    columns = [row.column for row in value.breakdowns]
    for row in value.categories:
        if row.column not in columns:
            raise ValidationError(
                gettext_lazy(
                    "Expected categories of the breakdowns of %(uid)s (%(columns)s); found one of "
                    "“%(found)s”. Add the breakdown first, or correct the column."
                ),
                code="unknown_breakdown",
                params={
                    "uid": value.uid,
                    "columns": ", ".join(columns) or "–",
                    "found": row.column,
                },
            )


def cautions(indicator: Indicator) -> list[str]:
    """What may be wrong with the definition or its targets, a sentence each; it is kept as it is."""
    return [*_of_definition(indicator), *_of_targets(indicator), *_of_periods(indicator)]


def _of_definition(indicator: Indicator) -> Iterator[str]:
    if indicator.kind is None:
        yield _(
            "No kind is given, so nothing can be computed. Say whether it is a share, a count …"
        )
    if not indicator.targets:
        yield _("There is no target, so progress cannot be judged. Add one when it is decided.")
    elif indicator.direction is None and any(t.kind == "reach" for t in indicator.targets):
        yield _("There is a target, and nobody has said whether more or less is better. Say which.")
    if not indicator.measures:
        yield _("It measures no goal, so no goal shows it. Name what it measures.")


def _of_targets(indicator: Indicator) -> Iterator[str]:
    for target in indicator.targets:
        yield from _of_target(indicator, target)
    years = [target.year for target in indicator.targets]
    for year in sorted({year for year in years if years.count(year) > 1}):
        said = _("There are two targets for %(year)d. Take out the one that does not hold.")
        yield said % {"year": year}


def _of_target(indicator: Indicator, target: Target) -> Iterator[str]:
    baseline = (indicator.baseline_period or "")[:4]
    said = {"year": target.year, "value": localize(target.value), "baseline": baseline}
    if baseline.isdecimal() and target.year <= int(baseline):
        yield _TOO_EARLY % said
    if indicator.kind in SHARES and not _is_share(target):
        yield _NO_SHARE % said
    if target.kind != "reach":
        return
    if target.value == indicator.baseline_value:
        yield _NO_WAY % said
    elif _against(indicator, target.value):
        yield _WRONG_WAY % said


def _is_share(target: Target) -> bool:
    return 0 <= target.value <= 1 and 0 <= (target.upper or 0) <= 1


def _against(indicator: Indicator, value: float) -> bool:
    if indicator.baseline_value is None or indicator.direction is None:
        return False
    wanted = 1 if indicator.direction == "up" else -1
    return (value - indicator.baseline_value) * wanted < 0


def _of_periods(indicator: Indicator) -> Iterator[str]:
    said = [("baseline_period", indicator.baseline_period)]
    said += [("breaks", row.period) for row in indicator.breaks]
    for name, period in said:
        if period and periods.read(period) != period:
            yield _(
                "Expected a period such as 2023, 2023-H1, 2023-T2, 2023-Q3 or 2023-07 for "
                "“%(field)s”; found “%(found)s”. Write it in one of these ways."
            ) % {"field": name, "found": period}


def _plain(value: Any) -> Any:
    return _SIGNS.sub(" ", value).strip().casefold() if isinstance(value, str) else value


def _has_data(uid: str, version: int) -> bool:
    return DataSet.objects.filter(indicator=uid, version=version).exists()


def _known(uids: Collection[str]) -> set[str]:
    """Those of `uids` that are in the strategy, or were."""
    return strategy.buried(uids) | known_to(_MEASURABLE, uids)
