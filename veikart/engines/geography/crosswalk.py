"""From the codes of one day to the codes of another, with shares that cut whole numbers exactly."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

import msgspec

from veikart.engines.geography.parts import SURENESS, Part, Parts
from veikart.engines.geography.places import Basis, Geography, county_of


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the inhabitants of `from_code` that live in what is `to_code` on the other day.

    The steps of a source, in order of target, lie end to end from 0 to 1: this one from
    `share_from` to `share_to`. So round(n·share_to) − round(n·share_from) gives whole numbers that
    add up to n. `basis` says how sure the share of inhabitants is.
    """

    level: Literal["municipality", "county"]
    from_code: str
    to_code: str
    share_from: float
    share_to: float
    basis: Basis

    @property
    def whole(self) -> bool:
        """Whether all of the source lies in the target."""
        return (self.share_from, self.share_to) == (0.0, 1.0)

    @property
    def share(self) -> float:
        """The part of the source's inhabitants."""
        return self.share_to - self.share_from


Weights = Mapping[Part, float]


def crosswalk(geography: Geography, from_day: dt.date, to_day: dt.date) -> tuple[Step, ...]:
    """Where every municipality and county of `from_day` lies in the division of `to_day`.

    In order of level (municipalities first), source and target. Both days may be any since 2010.
    Forward, a municipality that was split is divided as its changes say; backward, one that was
    merged is divided by the inhabitants of its parts before, and that is estimated. A county is
    divided by the inhabitants of its municipalities. Raises ValueError for a day before 2010.
    """
    known = _Known(geography)
    parts = _parts_of(known)
    # All days of a year between the same changes have one crosswalk, which is made once.
    begun = parts.days[parts.era(from_day)]
    return _crosswalk(
        known, max(begun, dt.date(from_day.year, 1, 1)), parts.days[parts.era(to_day)]
    )


class _Known:
    """A Geography by its identity, which is what results are kept under."""

    def __init__(self, geography: Geography) -> None:
        self.geography = geography

    def __hash__(self) -> int:
        return id(self.geography)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Known) and other.geography is self.geography


@lru_cache(maxsize=4)
def _parts_of(known: _Known) -> Parts:
    return Parts(known.geography)


@lru_cache(maxsize=256)
def _crosswalk(known: _Known, from_day: dt.date, to_day: dt.date) -> tuple[Step, ...]:
    parts = _parts_of(known)
    since, until = parts.era(from_day), parts.era(to_day)
    steps: list[Step] = []
    inhabitants: dict[str, dict[tuple[str, Basis], float]] = defaultdict(lambda: defaultdict(float))
    for code in parts.codes(since):
        rows = _municipality(parts, code, since, until)
        steps += rows
        size = _inhabitants(parts, known.geography, code, from_day)
        counties = {county_of(step.to_code) for step in rows}
        for step in rows:
            # Cut inside one county, a municipality leaves no doubt about the county.
            basis: Basis = step.basis if len(counties) > 1 else "exact"
            inhabitants[county_of(code)][county_of(step.to_code), basis] += size * step.share
    for county, targets in sorted(inhabitants.items()):
        steps += _county(county, targets)
    return tuple(steps)


def _municipality(parts: Parts, code: str, since: int, until: int) -> list[Step]:
    weights: Weights = (parts.forward if until >= since else parts.backward)(code, since)
    shares: dict[str, float] = defaultdict(float)
    bases: dict[str, Basis] = {}
    for part, weight in weights.items():
        target = part[until]
        shares[target] += weight
        basis = parts.basis(part, since=since, until=until) if until >= since else "estimated"
        bases[target] = max(bases.get(target, "exact"), basis, key=SURENESS.index)
    return _steps("municipality", code, shares, bases)


def _county(code: str, targets: Mapping[tuple[str, Basis], float]) -> list[Step]:
    shares: dict[str, float] = defaultdict(float)
    bases: dict[str, Basis] = {}
    for (target, basis), inhabitants in targets.items():
        shares[target] += inhabitants
        bases[target] = max(bases.get(target, "exact"), basis, key=SURENESS.index)
    return _steps("county", code, shares, bases)


def _steps(
    level: Literal["municipality", "county"],
    code: str,
    shares: Mapping[str, float],
    bases: Mapping[str, Basis],
) -> list[Step]:
    total, start, steps = sum(shares.values()), 0.0, []
    targets = sorted(shares)
    for target in targets:
        end = 1.0 if target == targets[-1] else start + shares[target] / total
        steps.append(
            Step(
                level=level,
                from_code=code,
                to_code=target,
                share_from=start,
                share_to=end,
                basis=bases[target] if len(targets) > 1 else "exact",
            )
        )
        start = end
    return steps


def _inhabitants(parts: Parts, geography: Geography, code: str, day: dt.date) -> float:
    """Those of a municipality in the year of `day`, or the nearest year that is known."""
    years = geography.population_years
    if not years:
        raise ValueError("Expected populations, by which counties are divided; found none.")
    year = min(max(day.year, years[0]), years[-1])
    then, era = parts.era(dt.date(year, 1, 1)), parts.era(day)
    return sum(
        geography.population[part[then], year] * parts.backward(part[then], then)[part]
        for part in parts.of(code, era=era)
    )
