"""The indicators in a Plan: definitions, the data sets they rest on by hash, and headline results.

Series are additive numerators and denominators; a share is never stored, it is read off them.
Shares are 0–1. A value that is not known is None, and its status says why. Areas, periods and
breakdowns beyond the headline lie in a file of figures (`veikart.plan.figures`), named by hash.
"""

import datetime as dt
from typing import Literal

from veikart.plan.part import Part, Translations

IndicatorKind = Literal["share", "count", "coverage", "rate", "survey_share", "amount"]
Direction = Literal["up", "down"]
TargetKind = Literal["reach", "keep", "band"]
ProgressMethod = Literal["path", "open_sdg", "germany"]
Disclosure = Literal["suppress", "round"]
Cadence = Literal[
    "monthly", "quarterly", "tertial", "half_yearly", "yearly", "biennial", "irregular"
]
Status = Literal["missing", "not_applicable", "not_reported", "suppressed", "rounded", "estimated"]
"""Why there is no value, or what is special about it. No status: a plain value."""

ProgressClass = Literal["reached", "on_path", "behind", "far_behind", "wrong_way", "not_assessable"]
NotAssessable = Literal[
    "no_target", "no_baseline", "no_data", "no_newer_data", "target_equals_baseline",
    "target_before_baseline", "zero_base", "sign_change", "outside_limits", "too_few_points",
    "no_direction",
]  # fmt: skip


class Breakdown(Part, frozen=True, kw_only=True):
    """A way the indicator is divided, such as sex. `column` is the data set's column.

    `ordered`: the categories have an order (age, income), so that a slope has a meaning.
    """

    no: int
    column: str
    label: str
    ordered: bool = False
    translations: Translations = Translations()


class Category(Part, frozen=True, kw_only=True):
    """One value of the breakdown `column`, such as women; `code` is what data sets hold."""

    no: int
    column: str
    code: str
    label: str
    translations: Translations = Translations()


class Target(Part, frozen=True, kw_only=True):
    """What is to be reached or kept at the end of `year`, and who decided it.

    A band has `value` as its lower and `upper` as its upper end. A milestone is a target on the
    way: the last `reach` target is the one the path leads to.
    """

    no: int
    year: int
    value: float
    kind: TargetKind = "reach"
    upper: float | None = None
    decided_by: str | None = None
    note: str | None = None


class Break(Part, frozen=True, kw_only=True):
    """From `period` on, values were measured in another way; `comparable`: they may still be compared."""

    no: int
    period: str
    reason: str
    comparable: bool


class DefinitionVersion(Part, frozen=True, kw_only=True):
    """A version of the definition: since when, and what changed. Each has a series of its own."""

    no: int
    since: dt.date
    change: str | None = None


class Indicator(Part, frozen=True, kw_only=True):
    """What is measured and how: `indikator/1.4`. None where the sources do not say.

    `measures` are uids of goals, delmål, statements and SDGs. `smallest` is the smallest number of
    people that is shown; None: nothing is suppressed. `disclosure` says whether small numbers are
    left blank, or all are rounded to multiples of `smallest`. `per` is what a rate is per (1000).
    The path begins at `baseline_period`, with `baseline_value` or else what the series says there.
    `note` tells what is not known, such as a title that only its number is known of.
    `version` is the version in force; `versions` all of them, in order.
    """

    uid: str
    code: str
    title: str | None
    version: int
    question: str | None = None
    definition: str | None = None
    kind: IndicatorKind | None = None
    unit: str | None = None
    direction: Direction | None = None
    per: int | None = None
    numerator: str | None = None
    denominator: str | None = None
    population: str | None = None
    source: str | None = None
    source_address: str | None = None
    data_controller: str | None = None
    cadence: Cadence | None = None
    lag_months: int | None = None
    breakdowns: tuple[Breakdown, ...] = ()
    categories: tuple[Category, ...] = ()
    baseline_period: str | None = None
    baseline_value: float | None = None
    baseline_note: str | None = None
    targets: tuple[Target, ...] = ()
    ambition: str | None = None
    owner: str | None = None
    measures: tuple[str, ...] = ()
    quality: str | None = None
    breaks: tuple[Break, ...] = ()
    smallest: int | None = None
    disclosure: Disclosure = "suppress"
    method: ProgressMethod = "path"
    versions: tuple[DefinitionVersion, ...] = ()
    note: str | None = None
    translations: Translations = Translations()
    question_translations: Translations = Translations()


class DataSet(Part, frozen=True, kw_only=True):
    """An immutable data set: `datasett/<first 16 of its hash>`, with the file it came from.

    `sha256` is of the Parquet file, `document` of the file it was read from. `query` is what a
    statistics service was asked, as JSON. `withdrawn` says why nothing is computed from it any more.
    """

    uid: str
    indicator: str
    version: int
    sha256: str
    rows: int
    as_of: dt.date
    source: str
    address: str | None = None
    document: str | None = None
    query: str | None = None
    first_period: str | None = None
    last_period: str | None = None
    note: str | None = None
    withdrawn: str | None = None


class Point(Part, frozen=True, kw_only=True):
    """One period of a headline series; `lower` and `upper` bound the value where it is uncertain.

    `denominator` is None for counts and amounts. `value` is read off the two by the kind.
    """

    period: str
    numerator: float | None
    denominator: float | None
    value: float | None
    lower: float | None = None
    upper: float | None = None
    status: Status | None = None


class Assessment(Part, frozen=True, kw_only=True):
    """How far along the path to a target the latest value is.

    `progress` is the part of the way gone over the part that should be gone by now: 1 is on the
    path. `expected` is the path's value at `period`. `reason` is given when not assessable.
    """

    method: ProgressMethod
    target: int
    period: str | None
    value: float | None
    expected: float | None
    progress: float | None
    verdict: ProgressClass
    reason: NotAssessable | None = None


class Forecast(Part, frozen=True, kw_only=True):
    """The value at the target's year if things go on, with an 80 % interval from past errors.

    `probability` is that of reaching the target. None of it is given from fewer than five points;
    `reason` says why.
    """

    year: int
    points: int
    value: float | None
    lower: float | None
    upper: float | None
    probability: float | None
    reason: NotAssessable | None = None


class Coverage(Part, frozen=True, kw_only=True):
    """How widely a service is offered: in units, and in inhabitants of those units.

    Shares are bands: the lower end counts the unknown as without, the upper as with.
    """

    period: str
    units_offering: int
    units_not: int
    units_unknown: int
    covered: float
    not_covered: float
    unknown: float


class Spread(Part, frozen=True, kw_only=True):
    """How unequal areas or groups are in a period. `across` is a level or a breakdown's column.

    `gap` and `ratio` are between the best and the worst, `p90_p10` between the 90th and the 10th
    hundredth of inhabitants; `cv`, `gini` and `theil` are weighted by inhabitants, and
    `theil_between` is the part of Theil that is between regions. `slope` is the difference from
    the least to the most central (or the lowest to the highest group). `worst` and `best` are codes.
    """

    period: str
    across: str
    units: int
    worst: str | None
    best: str | None
    gap: float | None
    ratio: float | None
    p90_p10: float | None = None
    cv: float | None = None
    gini: float | None = None
    theil: float | None = None
    theil_between: float | None = None
    slope: float | None = None


class Result(Part, frozen=True, kw_only=True):
    """What was computed for one version of an indicator: `indikator/1.4/serie/1`.

    `inputs` is the hash of all that went in (definition, data sets, places, engine); `figures` of
    the file with areas and breakdowns. `series` is the whole country's.
    """

    uid: str
    indicator: str
    version: int
    inputs: str
    engine: str
    figures: str
    data_sets: tuple[str, ...]
    as_of: dt.date | None
    series: tuple[Point, ...]
    assessments: tuple[Assessment, ...] = ()
    forecast: Forecast | None = None
    stable_since: str | None = None
    coverage: tuple[Coverage, ...] = ()
    spread: tuple[Spread, ...] = ()


class Indicators(Part, frozen=True, kw_only=True):
    """The indicators' part of a Plan."""

    definitions: tuple[Indicator, ...] = ()
    data_sets: tuple[DataSet, ...] = ()
    results: tuple[Result, ...] = ()


# --- Places -----------------------------------------------------------------------------------


class HospitalArea(Part, frozen=True, kw_only=True):
    """The municipalities that a hospital trust serves: `sykehusomrade/stavanger`; `region` is a uid."""

    uid: str
    code: str
    name: str
    region: str


class County(Part, frozen=True, kw_only=True):
    """A county on the plan's day: `fylke/03`. `region` is a uid, `tile` its column and row on the
    tile map.
    """

    uid: str
    code: str
    name: str
    region: str
    name_sami_or_kven: str | None = None
    tile: tuple[int, int] | None = None


class Municipality(Part, frozen=True, kw_only=True):
    """A municipality on the plan's day: `kommune/0301`, and the uids of where it lies."""

    uid: str
    code: str
    name: str
    county: str
    hospital_area: str | None
    region: str
    name_sami_or_kven: str | None = None
    population: int | None = None
    population_year: int | None = None


class Places(Part, frozen=True, kw_only=True):
    """The country's division on the plan's day; health regions are among the actors."""

    borders: dt.date | None = None
    counties: tuple[County, ...] = ()
    hospital_areas: tuple[HospitalArea, ...] = ()
    municipalities: tuple[Municipality, ...] = ()
