"""Where periods and values lie, and which round numbers are written along the axes.

A period lies at its end, in years: 2023 at 2024.0, 2023-07 at 2023.583. So a target for the end
of 2030 lies where the value of 2030 does, whatever the cadence. Large numbers along the axes are
counted in powers of ten, and the page says so in words.
"""

import math
from collections.abc import Iterable, Sequence

import msgspec

from veikart.engines.observations import periods
from veikart.plan.indicators import IndicatorKind

SHARES: frozenset[IndicatorKind] = frozenset({"share", "coverage", "survey_share"})
LARGE = ((10**10, 9), (10**7, 6))
"""From this number on, count in this power of ten: 12 000 000 kroner is 12 million."""
TIGHT = (*LARGE, (10**4, 3))
"""As `LARGE`, where there is room for four digits."""


def position(period: str) -> float:
    """Where `period` lies, in years: its end. Raises ValueError for what is no period."""
    found = periods.parse(period)
    return found.year + found.number / periods.PARTS[found.length]


def length(period: str) -> float:
    """How long `period` is, in years."""
    return 1 / periods.PARTS[periods.parse(period).length]


class Years(msgspec.Struct, frozen=True, kw_only=True):
    """The axis of time: its ends in years, and the years that are written at which places."""

    first: float
    last: float
    labels: tuple[tuple[float, int], ...]


def years(shown: Sequence[str], *, until: int | None = None, room: int) -> Years:
    """The axis for the periods `shown` and on to the end of the year `until`, with at most `room` labels.

    Yearly values have their year under them; others have it under the middle of the year.
    Labels are evenly apart, and the last year has one.
    """
    places = [position(period) for period in shown]
    whole = all(length(period) == 1.0 for period in shown)
    first = min(places, default=float(until or 0) + 1)
    last = max([*places, *([until + 1.0] if until else [])], default=first)
    if not whole:
        first -= max((length(period) for period in shown), default=0)
    if last - first < 1:
        first, last = (first - 1, last + 1) if whole else (math.floor(first), math.ceil(last))
    shift = 1.0 if whole else 0.5
    named = [
        year
        for year in range(math.floor(first) - 1, math.ceil(last) + 1)
        if first <= year + shift <= last
    ]
    step = _year_step(len(named), room)
    kept = [year for year in named if (named[-1] - year) % step == 0]
    return Years(first=first, last=last, labels=tuple((year + shift, year) for year in kept))


def _year_step(count: int, room: int) -> int:
    for step in (1, 2, 5, 10, 20, 50):
        if math.ceil(count / step) <= room:
            return step
    return 100


class Values(msgspec.Struct, frozen=True, kw_only=True):
    """The axis of values, counted in 10 to the `power`: its ends, and where it has numbers.

    `decimals` are those that the numbers along it need.
    """

    low: float
    high: float
    ticks: tuple[float, ...]
    power: int = 0
    percent: bool = False
    decimals: int = 0

    def scaled(self, value: float) -> float:
        """`value` as it is counted on this axis."""
        return float(f"{value / 10**self.power:.10g}")

    def text(self, value: float) -> str:
        """`value` as it is written beside its point: whole, or with a decimal where that says more.

        Numbers have Norwegian form: 12 034, −3, 2,8 %. A page in English changes the decimal sign.
        """
        shown = value * 100 if self.percent else self.scaled(value)
        whole = math.floor(abs(shown) + 0.5)
        rough = abs(abs(shown) - whole) > abs(shown) * 0.05
        decimals = max(self.decimals, int(rough)) if shown else 0
        said = f"{abs(shown):,.{decimals}f}" if decimals else f"{whole:,}"
        sign = "−" if shown < 0 and said.strip("0.") else ""
        number = said.replace(",", "\u2009").replace(".", ",")
        return sign + number + ("\u202f%" if self.percent else "")


def shares(values: Iterable[float]) -> Values:
    """The axis of shares: from 0, to 100 % or to half that and less if all values are low.

    It begins at 0 so that heights can be compared. It ends at 100 % because that is as far as one
    can come; but where nothing, target and intervals included, comes above 50 %, it ends at a
    round number above them, for a series of 3 % would lie flat on the floor. Differences of
    shares may be below 0, and the axis goes as far down as they do.
    """
    known = [round(value, 12) for value in values]
    low, high = min(known, default=0.0), max(known, default=1.0)
    if low < 0:
        return _differences(low, max(high, 0.0))
    for end, step in ((0.05, 0.01), (0.1, 0.02), (0.2, 0.05), (0.3, 0.1), (0.5, 0.1)):
        if 0 < high <= end:
            return Values(low=0, high=end, ticks=_steps(0, end, step), percent=True)
    end = 1.0 if high <= 1 else math.ceil(high * 5) / 5
    return Values(low=0, high=end, ticks=_steps(0, end, 0.2 * math.ceil(end / 2)), percent=True)


def _differences(low: float, high: float) -> Values:
    """From below 0 to 0 or above, in steps of a round per cent."""
    steps = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
    step = next((one for one in steps if high - low <= 5 * one), math.ceil((high - low) / 5))
    ends = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    ticks = _steps(*ends, step)
    return Values(low=ticks[0], high=ticks[-1], ticks=ticks, percent=True)


def ratios(values: Iterable[float]) -> Values:
    """The axis of ratios: whole numbers from 0, at most six of them."""
    high = max(2, math.ceil(max(values, default=2.0)))
    step = math.ceil(high / 5)
    high = math.ceil(high / step) * step
    return Values(low=0, high=high, ticks=_steps(0, high, step))


def counts(values: Iterable[float], *, large: Sequence[tuple[int, int]] = LARGE) -> Values:
    """The axis of counts, rates and amounts: 0 is always on it, and both ends are round numbers."""
    known = [0.0, *(round(value, 12) for value in values)]
    low, high = min(known), max(known)
    if high == low:
        high = low + 1
    step = _round_step((high - low) / 4)
    power = next((p for limit, p in large if max(high, -low) >= limit), 0)
    decimals = max(power - math.floor(math.log10(step) + 1e-9), 0)
    unit = 10.0**power
    ends = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    ticks = _steps(ends[0] / unit, ends[1] / unit, step / unit)
    return Values(low=ticks[0], high=ticks[-1], ticks=ticks, power=power, decimals=decimals)


def values_axis(kind: IndicatorKind | None, values: Iterable[float]) -> Values:
    """The axis for values of an indicator of this kind."""
    return shares(values) if kind in SHARES else counts(values)


def _round_step(rough: float) -> float:
    base = 10.0 ** math.floor(math.log10(rough))
    return next(factor * base for factor in (1, 2, 5, 10) if rough <= factor * base * (1 + 1e-9))


def _steps(low: float, high: float, step: float) -> tuple[float, ...]:
    count = round((high - low) / step)
    return tuple(float(f"{low + step * place:.10g}") for place in range(count + 1))
