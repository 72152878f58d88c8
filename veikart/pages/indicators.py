"""The pages about indicators: are we getting nearer, and one indicator from its sentence to its source."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from veikart.design import amounts, words
from veikart.design.progress_classes import class_words
from veikart.design.templatetags.veikart import bokmal
from veikart.pages import (
    decided_here,
    indicator_areas,
    indicator_breakdowns,
    indicator_charts,
    indicator_judgement,
    indicator_spread,
    indicator_words,
    origin,
    said_here,
)
from veikart.pages.indicator_facts import Told, counted, goal_of, told
from veikart.pages.light_tables import cell, head, missing, row, rows
from veikart.pages.missing import found
from veikart.pages.reading import Reading
from veikart.plan.indicators import Coverage, DataSet, Indicator, Point, Result
from veikart.plan.reading_figures import AreaValue

FILES = (
    ("CSV", "csv"), ("XLSX", "xlsx"), ("JSON-stat", "json"), ("SDMX-CSV", "sdmx.csv"),
    ("SDMX-JSON", "sdmx.json"), ("Parquet", "parquet"),
)  # fmt: skip
"""The files of an indicator's figures: what each is called, and how its name ends."""

CADENCES = {
    "monthly": gettext_lazy("Every month"),
    "quarterly": gettext_lazy("Every quarter"),
    "tertial": gettext_lazy("Every four months"),
    "half_yearly": gettext_lazy("Every half year"),
    "yearly": gettext_lazy("Every year"),
    "biennial": gettext_lazy("Every second year"),
    "irregular": gettext_lazy("At no fixed time"),
}
KINDS = {
    "share": gettext_lazy("Share"),
    "count": gettext_lazy("Count"),
    "coverage": gettext_lazy("Coverage: municipalities that offer it, and their inhabitants"),
    "rate": gettext_lazy("Rate"),
    "survey_share": gettext_lazy("Share in a survey"),
    "amount": gettext_lazy("Amount in kroner"),
}

SHORT = 4
"""A series of fewer periods stands open."""


def all_indicators(reading: Reading) -> dict[str, Any]:
    """The page of all indicators, by goal: are we getting nearer?"""
    listed = told(reading, reading.plan.index.indicators)
    by_goal: dict[str, list[Told]] = {}
    for one in listed:
        goal = goal_of(reading, one.indicator)
        by_goal.setdefault(goal.uid if goal else "", []).append(one)
    return {
        "lead": counted(listed),
        "by_goal": [
            (goal, by_goal[goal.uid]) for goal in reading.plan.index.goals if goal.uid in by_goal
        ],
        "others": by_goal.get("", []),
        "without": [one for one in listed if not one.has_figures],
        "classes": indicator_judgement.thresholds(),
    }


def indicator(reading: Reading, uid: str) -> dict[str, Any]:
    """The page of one indicator. Raises NotInPlan."""
    this: Indicator = found(reading, uid, Indicator)
    result = reading.plan.index.result_of(this)
    read = reading.look_ups(result.figures) if result else None
    fact = told(reading, [this])[0]
    between = indicator_spread.of_groups(reading, this, result, read) if result else {}
    return (
        {
            "indicator": this,
            "fact": fact,
            "goal": goal_of(reading, this),
            "about": _about(this, result),
            "areas": indicator_areas.areas(reading, this, read) if fact.has_figures else None,
            "pair": indicator_areas.pair_words(this),
            "spread": indicator_spread.panels(reading, this, result, read) if result else [],
            "breakdowns": [
                one | {"panel": between.get(one["column"])}
                for one in indicator_breakdowns.breakdowns(reading, this, read)
            ],
            "said": said_here.of(reading, uid),
            "decided": decided_here.of(reading, uid, above=this.measures),
            "origin": origin.of(reading, uid),
            "history": origin.history_of(reading, uid),
            "question": _question(this, reading.language),
            "files": [
                (name, f"{reading.data}indikator/{this.code}.{ending}") for name, ending in FILES
            ],
            "desk": f"{reading.root}arbeid/indikatorer/{this.code}/",
            "cadence": CADENCES.get(this.cadence or ""),
            "kind": KINDS.get(this.kind or ""),
        }
        | _judgement(reading, this, result)
        | _numbers(this, result)
        | _source(reading, this, result)
        | indicator_charts.of_country(reading, this, result)
    )


def _question(indicator: Indicator, language: str) -> SafeString | None:
    """The question it answers, in the language; marked as bokmål where we have no other."""
    if indicator.question is None:
        return None
    own: str | None = getattr(indicator.question_translations, language, None)
    return format_html("{}", own) if own else bokmal(indicator.question, language)


def _about(indicator: Indicator, result: Result | None) -> list[str]:
    """What belongs to the first sentence: margins, and what is not known."""
    points = indicator_words.known(result)
    if result is None or not points:
        return []
    coverage = next((c for c in result.coverage if c.period == points[-1].period), None)
    said = indicator_words.coverage_sentences(coverage, points[-1])
    margin = indicator_words.margin(indicator, result)
    return [*said, margin] if margin else said


def _judgement(reading: Reading, indicator: Indicator, result: Result | None) -> dict[str, Any]:
    """The class with its reasons, the target, the forecast, and other ways of classing."""
    language = reading.language
    own = indicator_judgement.assessment(indicator, result)
    others = [
        (indicator_judgement.method_name(one), _other(one.progress), one)
        for one in (result.assessments if result else ())
    ]
    return {
        "on_path": indicator_judgement.path_sentence(indicator, own, language) if own else None,
        "targets": [
            indicator_judgement.target_sentence(indicator, target, language)
            for target in indicator.targets
        ],
        "forecast": indicator_judgement.forecast_sentences(
            indicator, result.forecast if result else None, language
        ),
        "methods": [
            {
                "name": name,
                "ratio": ratio,
                "verdict": one.verdict,
                "words": class_words(one.verdict),
                "reason": indicator_judgement.reason_words(one.reason)[0] if one.reason else None,
            }
            for name, ratio, one in others
        ],
        "classes": indicator_judgement.thresholds(),
    }


def _other(progress: float | None) -> str:
    return "–" if progress is None else amounts.decimal(progress, 2)


def _numbers(indicator: Indicator, result: Result | None) -> dict[str, Any]:
    """The country's series as a table, and its breaks."""
    points = result.series if result else ()
    bounds = any(point.lower is not None for point in points)
    units = {one.period: one for one in result.coverage} if result else {}
    columns = [_("Period"), *indicator_areas.heads(indicator.kind)]
    if bounds:
        columns.append(_("Lies between"))
    if units:
        columns += [_("Municipalities with it"), _("Without"), _("Not known")]
    return {
        "series": _series(indicator, points, columns, units, bounds=bounds) if points else None,
        "is_short": len(points) < SHORT,
        "breaks": [
            (amounts.period(one.period), one.reason, one.comparable) for one in indicator.breaks
        ],
    }


def _series(
    indicator: Indicator,
    points: tuple[Point, ...],
    columns: list[str],
    units: dict[str, Coverage],
    *,
    bounds: bool,
) -> dict[str, Any]:
    return {
        "caption": _("The whole country, period by period"),
        "head": head(columns),
        "rows": rows(
            row(
                amounts.period(point.period),
                (
                    *_cells(indicator, point, bounds=bounds),
                    *(_units(units.get(point.period)) if units else ()),
                ),
            )
            for point in points
        ),
    }


def _cells(indicator: Indicator, point: Point, *, bounds: bool) -> Iterable[str]:
    own = AreaValue("NO", point.numerator, point.denominator, point.value, point.status)
    yield from indicator_areas.cells(indicator.kind, own)
    if bounds:
        yield cell(_between(indicator, point))


def _units(coverage: Coverage | None) -> Iterable[str]:
    if coverage is None:
        return (missing(indicator_words.why_missing(None), width=3),)
    counted_ = (coverage.units_offering, coverage.units_not, coverage.units_unknown)
    return (cell(words.number(count)) for count in counted_)


def _between(indicator: Indicator, point: Point) -> str:
    if point.lower is None or point.upper is None:
        return ""
    low, high = (amounts.cell(indicator.kind, bound) for bound in (point.lower, point.upper))
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def _source(reading: Reading, indicator: Indicator, result: Result | None) -> dict[str, Any]:
    """Where the numbers come from: data sets by hash, and each version of the definition."""
    used = set(result.data_sets) if result else set()
    sets: list[DataSet] = [
        one for one in reading.plan.indicators.data_sets if one.indicator == indicator.uid
    ]
    return {
        "data_sets": [(one, one.sha256 in used or one.uid in used) for one in sets],
        "versions": [
            (version, reading.plan.index.results.get((indicator.uid, version.no)))
            for version in reversed(indicator.versions)
        ],
        "result": result,
    }
