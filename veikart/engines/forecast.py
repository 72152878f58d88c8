"""Where a series will be at a target's year if things go on, how sure that is, and how likely the target.

The forecast is the latest value plus the mean change a year since the series began, or since the
last break that cannot be compared across. How sure it is, the series itself has told: at each
period from the second on, the next one is forecast from what was known then, and compared with
what came. Shares are forecast on log odds, so that they stay from 0 to 1.
"""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace
from scipy.special import stdtr, stdtrit

from veikart.engines.progress import course as words
from veikart.engines.progress.assessing import since_break
from veikart.engines.progress.course import Aim, Course, Point
from veikart.engines.progress.path import limits_of
from veikart.engines.progress.scale import off_scale, on_scale

FEWEST = 5
"""Nothing is forecast from fewer points than this since the last break."""
CONFIDENCE = 0.80
"""How often the value is to lie in the interval."""


class Forecast(msgspec.Struct, frozen=True, kw_only=True):
    """The value at the end of `year`, from `points` points, with an interval that should hold it
    four times of five, and the probability (0–1) of meeting the aim. None with a reason where
    nothing is forecast; probability None where there is no aim, or no direction to judge by.
    """

    year: int
    points: int
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    probability: float | None = None
    reason: words.Reason | None = None


class _Outlook(msgspec.Struct, frozen=True):
    """A value on its scale, and how far it may be wrong: a t distribution with `freedom`."""

    center: float
    spread: float
    freedom: int

    def quantile(self, part: float) -> float:
        """The value that `part` of what may come lies below."""
        return self.center + self.spread * float(stdtrit(self.freedom, part))

    def between(self, lower: float, upper: float) -> float:
        """The probability of a value from `lower` to `upper`; either may be infinite."""
        if self.spread == 0:
            return _is_between(self.center, lower, upper)
        ends = ((limit - self.center) / self.spread for limit in (lower, upper))
        below, within = (float(stdtr(self.freedom, end)) for end in ends)
        return within - below


def forecast(course: Course, *, year: int, aim: Aim | None = None) -> Forecast:
    """Forecast the value at the end of `year`, and the probability of meeting `aim` then.

    Args:
        course: the series, its direction, whether it is a share, and its breaks. Periods may be of
            any lengths, with gaps. Missing values are passed over.
        year: the year at whose end the value is forecast. If the series has got that far, what
            came is given, without a doubt.
        aim: what is to be reached or kept, or the band to be in; a target of 0 % or 100 % is taken
            as met from what is written so, 0.5 % and 99.5 %.

    Returns:
        The forecast in the series' own unit. The interval grows with the root of time and with
        how few years the mean change is known from: for a horizon h after T years of data its
        half width is t · s · √(h(1 + h/T)), where s² is the mean square of the past errors, each
        divided by the same h(1 + h/T), and t the 0.90 quantile of Student's distribution with two
        degrees less than points. A number that was never below 0 is not forecast below 0.
        Not given, with the reason, without values (no_data), with fewer than five points since the
        last break (too_few_points), and for shares outside 0–1 (outside_limits).

    Raises:
        ValueError: a period is none or comes twice, or a band has not two ends.

    Source:
        A random walk with drift, as in Hyndman and Athanasopoulos, Forecasting: Principles and
        Practice, 3rd edition, section 5.2; the errors of the next period are then independent, and
        the interval exact.
    """
    points = since_break(words.known_points(course.series), course.breaks)
    due = words.end_of_year(year)
    reason = _refusal(points, due, course.is_share)
    if reason:
        return Forecast(year=year, points=len(points), reason=reason)
    limits = _limits(aim, course.direction)
    if points[-1].end >= due:
        return _came(points, year, limits)
    outlook = _outlook(points, due, course.is_share)
    value, lower, upper = (
        _shown(measured, points, course.is_share)
        for measured in (
            outlook.center,
            outlook.quantile((1 - CONFIDENCE) / 2),
            outlook.quantile((1 + CONFIDENCE) / 2),
        )
    )
    return Forecast(
        year=year,
        points=len(points),
        value=value,
        lower=lower,
        upper=upper,
        probability=outlook.between(*(on_scale(end, is_share=course.is_share) for end in limits))
        if limits
        else None,
    )


def _refusal(points: Sequence[Point], due: float, is_share: bool) -> words.Reason | None:
    if not points:
        return "no_data"
    if is_share and not all(0 <= point.value <= 1 for point in points):
        return "outside_limits"
    if points[-1].end >= due:
        return None if points[0].end <= due else "no_data"
    return "too_few_points" if len(points) < FEWEST else None


def _outlook(points: Sequence[Point], due: float, is_share: bool) -> _Outlook:
    times = [point.end for point in points]
    values = [on_scale(point.value, is_share=is_share) for point in points]
    center, growth = _ahead(times, values, due)
    squares = past_errors(times, values)
    return _Outlook(center, (sum(squares) / len(squares) * growth) ** 0.5, len(squares))


def past_errors(times: Sequence[float], values: Sequence[float]) -> list[float]:
    """The squared error of each forecast of the next value, in units of how far off it may be.

    One for each point from the third on, forecast from those before it.
    """
    found = []
    for known in range(2, len(times)):
        expected, growth = _ahead(times[:known], values[:known], times[known])
        found.append((values[known] - expected) ** 2 / growth)
    return found


def _ahead(times: Sequence[float], values: Sequence[float], due: float) -> tuple[float, float]:
    """The value at `due` if things go on, and how much its variance has grown till then."""
    years, ahead = times[-1] - times[0], due - times[-1]
    drift = (values[-1] - values[0]) / years
    return values[-1] + drift * ahead, ahead * (1 + ahead / years)


def _shown(measured: float, points: Sequence[Point], is_share: bool) -> float:
    value = off_scale(measured, is_share=is_share)
    never_negative = all(point.value >= 0 for point in points)
    return max(0.0, value) if never_negative else value


def _came(points: Sequence[Point], year: int, limits: tuple[float, float] | None) -> Forecast:
    """No forecast but what is known: the last value till the end of the year."""
    value = [point.value for point in points if point.end <= words.end_of_year(year)][-1]
    return Forecast(
        year=year,
        points=len(points),
        value=value,
        lower=value,
        upper=value,
        probability=_is_between(value, *limits) if limits else None,
    )


def _is_between(value: float, lower: float, upper: float) -> float:
    return float(words.near(value, min(max(value, lower), upper)))


def _limits(aim: Aim | None, direction: words.Direction | None) -> tuple[float, float] | None:
    """From what to what the value should be; None without an aim, or a direction it needs."""
    if aim is None:
        return None
    return limits_of(replace(aim, kind="keep") if aim.kind == "reach" else aim, direction)
