"""Open SDG's ratio R of growth rates, as Statistics Canada defined it: for those who compare.

Its flaws are known: it calls the same facts by two names according to whether one counts those
with or those without, and from a base near zero it finds nearly everything on track.
"""

from veikart.engines.progress import course as words
from veikart.engines.progress.course import Aim, Direction, Point, Start, is_met, near
from veikart.engines.progress.path import Outcome, not_assessable

ZERO = 0.001
"""Their rule: a base or a target of 0 is taken as 0.001 in the unit that is published."""

PER_CENT = 100
"""They publish shares in per cent, so 0.001 is a thousandth of a percentage point."""


def ratio(
    base: float, latest: float, target: float, *, years: float, years_due: float, up: bool
) -> float | None:
    """R = d · CAGR observed / |CAGR required|, a ratio of yearly growth rates.

    Args:
        base: the value at the start, in the unit that is published; 0 counts as 0.001.
        latest: the latest value, of the same sign as the base, or 0.
        target: the value to be reached, of the same sign; 0 counts as 0.001.
        years: from the base to the latest value, above 0.
        years_due: from the base to the target, above 0.
        up: whether more is better.

    Returns:
        1 keeps pace with the target, above 1 is faster, below 0 moves away. Among negative values
        d is turned round. None where the signs differ, or the target requires no change.

    Source:
        Statistics Canada, Progress Measurement Methodology for the Sustainable Development Goals,
        in Open SDG's docs/progress-methodology.md; thresholds 0.95, 0.60 and 0.
    """
    base, target = base or ZERO, target or ZERO
    if base * latest < 0 or base * target < 0:
        return None
    observed: float = (latest / base) ** (1 / years) - 1
    required: float = (target / base) ** (1 / years_due) - 1
    if required == 0:
        return None
    sign = (1 if up else -1) * (1 if base > 0 else -1)
    return sign * observed / abs(required)


def outcome(
    aim: Aim, now: Point, start: Start | None, *, direction: Direction | None, is_share: bool
) -> Outcome:
    """What R says of an aim to be reached. Aims to be kept, and bands, are none that R knows.

    Their classes are ours: target achieved (reached), on track or substantial progress (on_path),
    acceleration needed or moderate (behind), limited (far_behind), deterioration (wrong_way).
    """
    refused = _refusal(aim, now, start, direction)
    if refused or start is None or direction is None:
        return not_assessable(refused or "no_baseline")
    unit = PER_CENT if is_share else 1
    base, latest, target = start.value * unit, now.value * unit, aim.value * unit
    if base * latest < 0 or base * target < 0:
        return not_assessable("sign_change")
    found = ratio(
        base,
        latest,
        target,
        years=now.end - start.end,
        years_due=words.end_of_year(aim.year) - start.end,
        up=direction == "up",
    )
    if found is None:
        return not_assessable("target_equals_baseline")
    met = is_met(now.value, aim.value, direction)
    return Outcome(None, found, "reached" if met else words.verdict_of(found))


def _refusal(
    aim: Aim, now: Point, start: Start | None, direction: Direction | None
) -> words.Reason | None:
    if aim.kind != "reach":
        return "no_target"
    if direction is None:
        return "no_direction"
    if start is None:
        return "no_baseline"
    if words.end_of_year(aim.year) <= start.end:
        return "target_before_baseline"
    if now.end <= start.end:
        return "no_newer_data"
    return "target_equals_baseline" if near(aim.value, start.value) else None
