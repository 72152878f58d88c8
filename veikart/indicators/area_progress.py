"""How far each area is along the way to an indicator's target, from figures that may be shown.

It loads the calculation engine: import it where that is asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from veikart.engines.aggregate import latest
from veikart.engines.progress.areas import assess_areas
from veikart.engines.progress.course import Aim, Direction, end_of
from veikart.indicators.computing.asking import ask
from veikart.indicators.computing.grid import SHARES
from veikart.plan import figures as plan
from veikart.plan.indicators import Indicator, NotAssessable, ProgressClass

COMPARABLE = (*SHARES, "rate")
"""The kinds whose target for the whole country can be each area's as well."""
VALUES = pa.schema(
    [
        ("level", pa.string()),
        ("area", pa.string()),
        ("period", pa.string()),
        ("end", pa.float64()),
        ("numerator", pa.float64()),
        ("denominator", pa.float64()),
        ("value", pa.float64()),
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaProgress:
    """An area's last known value, where the path is then, and its class; None where there is none."""

    area: str
    period: str
    value: float
    expected: float | None
    progress: float | None
    verdict: ProgressClass
    reason: NotAssessable | None


def is_told(definition: Indicator) -> bool:
    """Whether areas can be judged: there is a target to reach, a direction, and values that compare."""
    return (
        definition.kind in COMPARABLE
        and definition.direction is not None
        and any(each.kind == "reach" for each in definition.targets)
    )


def progress_of_areas(
    definition: Indicator, figures: plan.Figures, *, level: plan.LevelName, backend: Any
) -> list[AreaProgress]:
    """Each area of `level` on its own path to the country's target, by area.

    The path begins at the definition's baseline, with what the area had there. Where the series
    broke, only what came after counts. Raises ValueError for a definition that `is_told` is not
    true of.
    """
    if not is_told(definition) or definition.direction is None:
        raise ValueError(
            f"Expected a target to reach and a direction for {definition.uid}, and shares or rates. "
            "Complete the definition."
        )
    aims = tuple(
        Aim(no=each.no, year=each.year, value=each.value)
        for each in definition.targets
        if each.kind == "reach"
    )
    begun = end_of(definition.baseline_period) if definition.baseline_period else None
    shape = (aims, definition.direction, definition.kind in SHARES, begun)
    found = ask(backend, _judged, *shape, values=_values(definition, figures, level))
    return [AreaProgress(**row) for row in found.to_pylist()]


def _judged(
    aims: tuple[Aim, ...], direction: Direction, is_share: bool, begun: float | None, *, values: Any
) -> Any:
    last = latest(values, keys=[], period="period").select("level", "area", "period")
    judged = assess_areas(
        values.select("level", "area", "end", "value"),
        by=("level", "area"),
        aims=aims,
        direction=direction,
        is_share=is_share,
        baseline_end=begun,
    )
    both = judged.inner_join(last, ["level", "area"])
    named = both.select(
        "area", "period", "expected", "progress", "verdict", "reason", value=both["now"]
    )
    return named.order_by("area")


def _values(definition: Indicator, figures: plan.Figures, level: plan.LevelName) -> pa.Table:
    rows = list(_rows(figures, level))
    breaks = [end_of(each.period) for each in definition.breaks if not each.comparable]
    newest = max((row["end"] for row in rows), default=0.0)
    since = max((end for end in breaks if end <= newest), default=0.0)
    return pa.Table.from_pylist([row for row in rows if row["end"] >= since], schema=VALUES)


def _rows(figures: plan.Figures, level: plan.LevelName) -> Iterator[dict[str, Any]]:
    """The known values of everyone in each area of the level."""
    for part in figures.slices:
        if part.level != level or part.group:
            continue
        for series in part.series:
            pairs = zip(figures.periods, series.numerator, series.denominator, strict=True)
            for period, numerator, denominator in pairs:
                value = plan.value(figures.kind, numerator, denominator, per=figures.per)
                if value is not None:
                    yield {
                        "level": level,
                        "area": series.area,
                        "period": period,
                        "end": end_of(period),
                        "numerator": numerator,
                        "denominator": denominator,
                        "value": value,
                    }
