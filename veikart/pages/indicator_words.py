"""What an indicator says, in sentences: where it is, where it was, and what is not known."""

from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from veikart.design import amounts, words
from veikart.design.templatetags.veikart import bokmal
from veikart.plan.indicators import (
    Breakdown,
    Category,
    Coverage,
    Indicator,
    Point,
    Result,
    Status,
)

__all__ = [
    "amount",
    "baseline",
    "coverage_sentences",
    "filled",
    "headline",
    "known",
    "label",
    "margin",
    "moved",
    "no_figures",
    "status_words",
    "why_missing",
]

STATUSES: dict[Status, Any] = {
    "missing": gettext_lazy("not known"),
    "not_applicable": gettext_lazy("does not apply"),
    "not_reported": gettext_lazy("not reported"),
    "suppressed": gettext_lazy("hidden, too few people"),
    "rounded": gettext_lazy("rounded"),
    "estimated": gettext_lazy("estimated"),
}

_COVERED: dict[str, Any] = {
    "unknown": gettext_lazy(
        "%(units)s of %(all)s municipalities offered it in %(period)s, with %(share)s of the "
        "inhabitants it is known for."
    ),
    "alone": gettext_lazy(
        "%(units)s of %(all)s municipalities offered it in %(period)s, with %(share)s of the "
        "inhabitants."
    ),
    "same": gettext_lazy(
        "%(units)s of %(all)s municipalities offered it in %(period)s, with %(share)s of the "
        "inhabitants, the same as in %(then)s."
    ),
    "up": gettext_lazy(
        "%(units)s of %(all)s municipalities offered it in %(period)s, with %(share)s of the "
        "inhabitants, up from %(before)s in %(then)s."
    ),
    "down": gettext_lazy(
        "%(units)s of %(all)s municipalities offered it in %(period)s, with %(share)s of the "
        "inhabitants, down from %(before)s in %(then)s."
    ),
}


def filled(text: str, **facts: Any) -> SafeString:
    """A translated sentence with `facts` in their places, each escaped unless it is safe already."""
    return mark_safe(  # noqa: S308 (every part is escaped)
        conditional_escape(str(text))
        % {name: conditional_escape(fact) for name, fact in facts.items()}
    )


def amount(indicator: Indicator, value: float, language: str) -> SafeString:
    """A value in running text, with its unit in the plan's own language: 109,5 million besøk."""
    said = amounts.said(indicator.kind, value)
    if indicator.kind in (*amounts.SHARES, None) or not indicator.unit:
        return format_html("{}", said)
    if indicator.kind == "amount" and indicator.unit in ("kr", "kroner"):
        return format_html("{}", said)
    unit = bokmal(indicator.unit, language)
    return format_html(
        "{} {}", amounts.said("rate" if indicator.kind == "rate" else "count", value), unit
    )


def label(part: Breakdown | Category, language: str) -> str:
    """What a breakdown or a group is called; in bokmål where it has no name in `language`."""
    return getattr(part.translations, language, None) or part.label


def known(result: Result | None) -> list[Point]:
    """The points of the country's series that have a value, the first one first."""
    return [point for point in result.series if point.value is not None] if result else []


def baseline(indicator: Indicator, points: list[Point]) -> Point | None:
    """The point that the latest one is compared with: the baseline's, or else the first.

    Points before a break that values cannot be compared over are none.
    """
    since = max((one.period for one in indicator.breaks if not one.comparable), default="")
    earlier = [point for point in points[:-1] if point.period >= since]
    at = next((point for point in earlier if point.period == indicator.baseline_period), None)
    return at or next(iter(earlier), None)


def headline(indicator: Indicator, result: Result | None, language: str) -> SafeString | None:
    """Where it is and where it was: 57 percent in 2023, up from 33 percent in 2019. None: no data."""
    points = known(result)
    if not points or result is None:
        return None
    counted = _counted(result, points[-1].period)
    if indicator.kind == "coverage" and counted:
        return _covered(indicator, counted, points)
    latest, before = points[-1], baseline(indicator, points)
    facts = {"value": _said(indicator, latest, language), "period": amounts.period(latest.period)}
    if before is None:
        return filled(_("%(value)s in %(period)s."), **facts)
    facts |= {"before": _said(indicator, before, language), "then": amounts.period(before.period)}
    return filled(_compared(latest, before, same=facts["value"] == facts["before"]), **facts)


def coverage_sentences(coverage: Coverage | None, point: Point) -> list[str]:
    """What is not known, and between what the share lies therefore; nothing if all is known."""
    if coverage is None or not coverage.units_unknown:
        return []
    whole = coverage.covered + coverage.not_covered + coverage.unknown
    low = coverage.covered / whole if point.lower is None else point.lower
    high = (coverage.covered + coverage.unknown) / whole if point.upper is None else point.upper
    return [
        ngettext(
            "It is not known for %(units)s municipality with %(people)s inhabitants, "
            "so the share of all inhabitants lies between %(low)s and %(high)s.",
            "It is not known for %(units)s municipalities with %(people)s inhabitants, "
            "so the share of all inhabitants lies between %(low)s and %(high)s.",
            coverage.units_unknown,
        )
        % {
            "units": words.number(coverage.units_unknown),
            "people": words.number(round(coverage.unknown)),
            "low": amounts.said("coverage", low),
            "high": amounts.said("coverage", high),
        }
    ]


def margin(indicator: Indicator, result: Result | None) -> str | None:
    """How sure a survey's latest share is, and whether it is stable; None for what is no survey."""
    points = known(result)
    if indicator.kind != "survey_share" or not points or result is None:
        return None
    latest, said = points[-1], []
    if latest.lower is not None and latest.upper is not None and latest.denominator:
        said.append(
            _(
                "%(count)s people answered; with the margin of error the share lies between "
                "%(low)s and %(high)s."
            )
            % {
                "count": words.number(round(latest.denominator)),
                "low": amounts.said("survey_share", latest.lower),
                "high": amounts.said("survey_share", latest.upper),
            }
        )
    if result.stable_since:
        said.append(
            _("Stable since %(period)s: the change lies inside the margin of error.")
            % {"period": amounts.period(result.stable_since)}
        )
    return " ".join(said) or None


def moved(indicator: Indicator, result: Result | None) -> str | None:
    """Whether it goes the way that is wanted, for those without a target; None if nobody can say."""
    points = known(result)
    before = baseline(indicator, points)
    if before is None or indicator.direction is None:
        return None
    facts = {"then": amounts.period(before.period)}
    latest = points[-1]
    since = result.stable_since if result else None
    if latest.value == before.value or (since is not None and before.period >= since):
        return _("It has been stable since %(then)s.") % facts
    assert latest.value is not None
    assert before.value is not None
    risen = latest.value > before.value
    if risen == (indicator.direction == "up"):
        return _("It has gone the wanted way since %(then)s.") % facts
    return _("It has not gone the wanted way since %(then)s.") % facts


def no_figures(indicator: Indicator) -> str:
    """Why there is nothing to show, and what is needed."""
    if indicator.kind is None and indicator.title is not None:
        return _("The sources know its title, but not how it is measured.")
    if indicator.kind is None:
        return _("The sources know only its number, not what it measures.")
    return _("No data have been reported yet.")


def status_words(status: Status | None) -> str:
    """Why there is no value, or what is special about it; nothing for a plain value."""
    return str(STATUSES[status]) if status else ""


def why_missing(status: Status | None) -> str:
    """What stands in the place of a value that is not there."""
    return status_words(status or "missing")


def _counted(result: Result, period: str) -> Coverage | None:
    """The count of municipalities; None where only the whole country's inhabitants were reported."""
    return next((each for each in result.coverage if each.period == period), None)


def _covered(indicator: Indicator, coverage: Coverage, points: list[Point]) -> SafeString:
    latest, before = points[-1], baseline(indicator, points)
    facts = {
        "units": words.number(coverage.units_offering),
        "all": words.number(coverage.units_offering + coverage.units_not + coverage.units_unknown),
        "period": amounts.period(latest.period),
        "share": amounts.said("coverage", latest.value or 0),
    }
    if coverage.units_unknown:
        return filled(_COVERED["unknown"], **facts)
    if before is None or before.value is None:
        return filled(_COVERED["alone"], **facts)
    facts |= {
        "before": amounts.said("coverage", before.value),
        "then": amounts.period(before.period),
    }
    if facts["before"] == facts["share"]:
        return filled(_COVERED["same"], **facts)
    return filled(_COVERED["up" if (latest.value or 0) > before.value else "down"], **facts)


def _compared(latest: Point, before: Point, *, same: bool) -> str:
    if same:
        return _("%(value)s in %(period)s, the same as in %(then)s.")
    if (latest.value or 0) > (before.value or 0):
        return _("%(value)s in %(period)s, up from %(before)s in %(then)s.")
    return _("%(value)s in %(period)s, down from %(before)s in %(then)s.")


def _said(indicator: Indicator, point: Point, language: str) -> SafeString:
    return amount(indicator, point.value or 0, language)
