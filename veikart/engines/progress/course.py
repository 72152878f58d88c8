"""What an assessment is made from, and what it says. Words are those of the Plan."""

import math
from collections.abc import Iterable
from typing import Literal, NamedTuple

import msgspec

from veikart.engines.observations import periods

Method = Literal["path", "open_sdg", "germany"]
Direction = Literal["up", "down"]
AimKind = Literal["reach", "keep", "band"]
Verdict = Literal["reached", "on_path", "behind", "far_behind", "wrong_way", "not_assessable"]
Reason = Literal[
    "no_target", "no_baseline", "no_data", "no_newer_data", "target_equals_baseline",
    "target_before_baseline", "zero_base", "sign_change", "outside_limits", "too_few_points",
    "no_direction",
]  # fmt: skip

ON_PATH = 0.95
"""From this part of the way on, an indicator is on its path."""
BEHIND = 0.60
"""From this part of the way on it is behind; below, far behind; below 0, going the wrong way."""
DIGITS = 9
"""Decimals that count when values are compared, so that 1 − 0.9 is as much as 0.1."""


class Observed(NamedTuple):
    """One period's value in the indicator's own unit, a share as 0–1; None where it is missing."""

    period: str
    value: float | None


class Aim(msgspec.Struct, frozen=True, kw_only=True):
    """A target: `value` is to be reached or kept at the end of `year`; a band is value to `upper`."""

    no: int
    year: int
    value: float
    kind: AimKind = "reach"
    upper: float | None = None


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """A series and where it should go.

    `is_share` says that values are shares (kinds share, coverage, survey_share), which the path
    follows on log odds. The path begins at `baseline_period` with `baseline_value`, or else with
    what the series says there. `breaks` are the periods from which values cannot be compared with
    those before: a baseline before one counts only with a stated value.
    """

    series: tuple[Observed, ...]
    direction: Direction | None
    is_share: bool
    aims: tuple[Aim, ...] = ()
    baseline_period: str | None = None
    baseline_value: float | None = None
    breaks: tuple[str, ...] = ()


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """What a method says of the latest value and one target; `target` is the aim's number, or 0.

    `progress` is the method's own ratio: 1 is as it should be. `expected` is what the path is at
    `period`. `reason` is given exactly when the verdict is not_assessable.
    """

    method: Method
    target: int
    period: str | None
    value: float | None
    expected: float | None = None
    progress: float | None = None
    verdict: Verdict
    reason: Reason | None = None


class Point(NamedTuple):
    """A known value and when its period ends, in years: the year 2023 ends at 2024.0."""

    period: str
    end: float
    value: float


class Start(NamedTuple):
    """Where a path begins: the end of the baseline's period, and the value."""

    end: float
    value: float


WORST_FIRST: tuple[Verdict, ...] = ("wrong_way", "far_behind", "behind", "on_path", "reached")


def worst(assessments: Iterable[Assessment]) -> Assessment | None:
    """The one with the worst verdict, the earliest of equals; one that is not assessable only if
    none is. None if there is none.
    """
    listed = list(assessments)
    assessed = [found for found in listed if found.verdict != "not_assessable"]
    if assessed:
        return min(assessed, key=lambda found: WORST_FIRST.index(found.verdict))
    return listed[0] if listed else None


def verdict_of(progress: float) -> Verdict:
    """The class of a ratio by the published thresholds, short of reaching the target."""
    ratio = round(progress, DIGITS)
    if ratio >= ON_PATH:
        return "on_path"
    if ratio >= BEHIND:
        return "behind"
    return "far_behind" if ratio >= 0 else "wrong_way"


def end_of(period: str) -> float:
    """When a period ends, in years. Raises ValueError for what is no period."""
    found = periods.parse(period)
    return found.year + found.number / periods.PARTS[found.length]


def end_of_year(year: int) -> float:
    """When a year ends, in years: what a target is to be met at."""
    return float(year + 1)


def known_points(series: Iterable[Observed]) -> list[Point]:
    """The periods that have a value, in order of time.

    Raises ValueError where a period is no period, or comes twice.
    """
    found = [Point(period, end_of(period), value) for period, value in series if value is not None]
    found.sort(key=lambda point: (point.end, point.period))
    listed = [point.period for point in found]
    twice = sorted({period for period in listed if listed.count(period) > 1})
    if twice:
        raise ValueError(
            f"Expected one value for each period, found several for {', '.join(twice)}. "
            "Give the whole country's series without breakdowns."
        )
    return found


def sign(direction: Direction) -> int:
    """+1 where more is better, −1 where less is."""
    return 1 if direction == "up" else -1


def near(one: float, other: float) -> bool:
    """Whether two values are the same, but for how fractions are kept."""
    return math.isclose(one, other, rel_tol=10.0**-DIGITS, abs_tol=10.0**-DIGITS)


def is_met(value: float, target: float, direction: Direction) -> bool:
    """Whether `value` is the target or better."""
    return near(value, target) or sign(direction) * (value - target) > 0
