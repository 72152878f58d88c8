"""How near an indicator is, in words: its class, its target, its forecast, and why there is none."""

import math
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from veikart.design import amounts, words
from veikart.design.progress_classes import class_words
from veikart.pages.indicator_words import amount, filled
from veikart.plan.indicators import (
    Assessment,
    Forecast,
    Indicator,
    NotAssessable,
    ProgressClass,
    ProgressMethod,
    Result,
    Target,
)

CLASSES: tuple[ProgressClass, ...] = (
    "reached", "on_path", "behind", "far_behind", "wrong_way", "not_assessable",
)  # fmt: skip

BOUNDS = (60, 95)
"""Where the classes that are a part of the way begin, in percent."""
REASONS: dict[NotAssessable, tuple[Any, Any]] = {
    "no_target": (
        gettext_lazy("No target is set."),
        gettext_lazy(
            "Whoever owns the indicator must propose a value and a year, and have them decided."
        ),
    ),
    "no_baseline": (
        gettext_lazy("There is no value for the baseline."),
        gettext_lazy("A value for the period that the path begins at is needed."),
    ),
    "no_data": (
        gettext_lazy("There are no data."),
        gettext_lazy("Data must be reported for at least two periods."),
    ),
    "no_newer_data": (
        gettext_lazy("There are no data after the baseline."),
        gettext_lazy("A value for a later period is needed."),
    ),
    "target_equals_baseline": (
        gettext_lazy("The target is the same as the baseline, so there is no way to go."),
        gettext_lazy(
            "A target that is another than the baseline, or one that is to be kept, is needed."
        ),
    ),
    "target_before_baseline": (
        gettext_lazy("The target's year is before the baseline."),
        gettext_lazy("A later target year or an earlier baseline is needed."),
    ),
    "zero_base": (
        gettext_lazy("The baseline is zero, and this method divides by it."),
        gettext_lazy("The distance to the path can be used in its place."),
    ),
    "sign_change": (
        gettext_lazy("Some values are below zero and some above, and this method needs one sign."),
        gettext_lazy("The distance to the path can be used in its place."),
    ),
    "outside_limits": (
        gettext_lazy("A value is outside what is possible, or at its very limit."),
        gettext_lazy("The data or the target must be mended."),
    ),
    "too_few_points": (
        gettext_lazy("There are too few periods with data."),
        gettext_lazy("At least five are needed for a forecast."),
    ),
    "no_direction": (
        gettext_lazy("Nobody has said whether more or less is better."),
        gettext_lazy("The definition must say which way is wanted."),
    ),
}
"""Why there is no class or forecast, and what is needed for one."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The class that a method gives, in words."""

    verdict: ProgressClass
    words: str
    reason: str | None
    needed: str | None


def judged(indicator: Indicator, result: Result | None) -> Judged:
    """The class of `indicator` by its own method."""
    found = assessment(indicator, result)
    if found is not None and found.verdict != "not_assessable":
        return Judged(found.verdict, class_words(found.verdict), None, None)
    said, needed = reason_words(_reason(indicator, result, found))
    if found is not None and found.reason == "no_baseline" and _is_broken(indicator):
        said = _(
            "The baseline is from before a break, so nothing after it can be compared with it."
        )
        needed = _("A baseline after the break is needed.")
    return Judged("not_assessable", class_words("not_assessable"), said, needed)


def _is_broken(indicator: Indicator) -> bool:
    """Whether there is a break after the baseline that values cannot be compared over."""
    begins = indicator.baseline_period
    return begins is not None and any(
        not one.comparable and one.period > begins for one in indicator.breaks
    )


def assessment(
    indicator: Indicator, result: Result | None, method: ProgressMethod | None = None
) -> Assessment | None:
    """What `method`, or else the indicator's own, says of the latest value."""
    wanted = method or indicator.method
    found = result.assessments if result else ()
    return next((one for one in found if one.method == wanted), None)


def thresholds() -> list[tuple[ProgressClass, str, str]]:
    """Each class with its name and what puts an indicator in it."""
    said = {
        "reached": _("The latest value is as good as the target or better."),
        "on_path": _("At least 95 percent of the way that should be gone by now is gone."),
        "behind": _("Between 60 and 95 percent of the way that should be gone by now is gone."),
        "far_behind": _("Less than 60 percent of the way that should be gone by now is gone."),
        "wrong_way": _("The latest value is further from the target than the baseline was."),
        "not_assessable": _("Something that is needed is missing; the page says what."),
    }
    return [(code, class_words(code), said[code]) for code in CLASSES]


def method_name(found: Assessment) -> str:
    """What the way of classing is called; without a target, Germany's tells of direction alone."""
    if found.method == "germany" and not found.target:
        return _("Germany: which way it went the last years, without a target")
    return {
        "path": _("Veikart: distance to the path"),
        "open_sdg": _("Open SDG: ratio of growth rates (R)"),
        "germany": _("Germany: gap at the target year"),
    }[found.method]


def reason_words(reason: NotAssessable) -> tuple[str, str]:
    """Why there is no class or forecast, and what is needed for one."""
    why, needed = REASONS[reason]
    return str(why), str(needed)


def target_sentence(indicator: Indicator, target: Target, language: str) -> SafeString:
    """What is to be reached or kept, by when, and who decided it."""
    facts: dict[str, Any] = {
        "value": amount(indicator, target.value, language),
        "year": str(target.year),
        "by": target.decided_by,
        "upper": amount(indicator, target.upper or target.value, language),
    }
    if target.kind == "band":
        text = _("The target is to stay between %(value)s and %(upper)s through %(year)s.")
    elif target.kind == "keep" and indicator.direction == "down":
        text = _("The target is to keep %(value)s or less through %(year)s.")
    elif target.kind == "keep":
        text = _("The target is to keep %(value)s or more through %(year)s.")
    else:
        text = _("The target is %(value)s by the end of %(year)s.")
    said = filled(text, **facts)
    if target.decided_by:
        said = SafeString(said + " " + filled(_("Decided by %(by)s."), **facts))
    return said


def path_sentence(indicator: Indicator, found: Assessment, language: str) -> SafeString | None:
    """What the path says for the latest period, and what part of the way is gone."""
    if found.expected is None or found.value is None or found.period is None:
        return None
    facts = {
        "period": amounts.period(found.period),
        "expected": amount(indicator, found.expected, language),
        "value": amount(indicator, found.value, language),
        "part": _part(found.progress or 0),
    }
    if found.progress is None or found.verdict in ("reached", "wrong_way"):
        text = _("The path says %(expected)s in %(period)s; it was %(value)s.")
    else:
        text = _(
            "The path says %(expected)s in %(period)s; it was %(value)s. "
            "That is %(part)s of the way that should be gone by then."
        )
    return filled(text, **facts)


def _part(progress: float) -> str:
    """A part of the way in percent; just below the bound of a class it is not rounded up to it."""
    whole = math.floor(progress * 100 + 0.5)
    if whole in BOUNDS and progress * 100 < whole:
        return _("%(number)s percent") % {
            "number": amounts.decimal(math.floor(progress * 1000) / 10)
        }
    return amounts.said("survey_share", progress)


def forecast_sentences(
    indicator: Indicator, forecast: Forecast | None, language: str
) -> list[SafeString]:
    """Where it will be at the target's year if things go on; or why nobody can say."""
    if forecast is None:
        return []
    if forecast.value is None:
        return [_no_forecast(forecast)]
    facts: dict[str, Any] = {
        "year": str(forecast.year),
        "value": amount(indicator, forecast.value, language),
        "low": amount(indicator, forecast.lower or 0, language),
        "high": amount(indicator, forecast.upper or 0, language),
        "count": words.number(forecast.points),
    }
    said = [
        filled(
            _(
                "If things go on as they have, it will be %(value)s in %(year)s; "
                "with 80 percent probability between %(low)s and %(high)s."
            ),
            **facts,
        )
    ]
    if forecast.probability is not None:
        said.append(
            filled(
                _("The probability of reaching the target is %(probability)s."),
                probability=amounts.said("survey_share", forecast.probability),
            )
        )
    said.append(
        filled(
            _("It rests on %(count)s periods and on how wrong such forecasts of them were."),
            **facts,
        )
    )
    return said


def _no_forecast(forecast: Forecast) -> SafeString:
    if forecast.reason == "too_few_points":
        text = ngettext(
            "There is no forecast: it takes at least five periods, and there is %(count)s.",
            "There is no forecast: it takes at least five periods, and there are %(count)s.",
            forecast.points,
        )
        return filled(text, count=words.number(forecast.points))
    why = reason_words(forecast.reason or "no_data")[0]
    return filled(_("There is no forecast. %(why)s"), why=why)


def _reason(indicator: Indicator, result: Result | None, found: Assessment | None) -> NotAssessable:
    if found is not None and found.reason is not None:
        return found.reason
    if result is None or not result.series:
        return "no_data"
    return "no_target" if not indicator.targets else "no_data"
