"""What a survey's share can be trusted to: its margin, the change between two waves, and “stable”.

All intervals are at 95 %. A design effect above 1 says that weighting or clustering makes the
answers worth fewer independent ones; without one, a simple random sample is assumed, and margins
are then the least they can be.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from veikart.engines.progress.course import end_of

Z = 1.959963984540054
"""The 0.975 quantile of the normal distribution: 95 % between −Z and Z."""


class Wave(NamedTuple):
    """One round of a survey: the share (0–1), and how many answered; None where not known."""

    period: str
    share: float | None
    respondents: float | None


class Margin(NamedTuple):
    """From what to what a share, or a change of shares, may lie."""

    lower: float
    upper: float


class Change(NamedTuple):
    """From one wave to another: the difference of the shares, its margin, and whether it is stable:
    no change at all lies inside the margin.
    """

    difference: float
    margin: Margin
    stable: bool


def margin(
    share: float | None, respondents: float | None, *, design_effect: float = 1.0
) -> Margin | None:
    """The margin of error of a share: Wilson's interval, which holds near 0 and 1 too.

    Args:
        share: 0–1.
        respondents: how many answered.
        design_effect: how many times the variance of a simple random sample the survey's is.

    Returns:
        From what to what, within 0–1; None without a share, or without anybody who answered.

    Raises:
        ValueError: the share is outside 0–1, or the design effect not above 0.

    Source:
        E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209–212, with the
        respondents divided by the design effect.
    """
    if design_effect <= 0:
        raise ValueError(f"Expected a design effect above 0 (1 is none), found {design_effect}.")
    if share is None or respondents is None or respondents <= 0:
        return None
    if not 0 <= share <= 1:
        raise ValueError(f"Expected a share from 0 to 1, found {share}. Is it in per cent?")
    answers = respondents / design_effect
    shrunk = 1 + Z * Z / answers
    center = (share + Z * Z / (2 * answers)) / shrunk
    half = Z / shrunk * math.sqrt(share * (1 - share) / answers + (Z / (2 * answers)) ** 2)
    return Margin(max(0.0, min(center - half, share)), min(1.0, max(center + half, share)))


def change(before: Wave, after: Wave, *, design_effect: float = 1.0) -> Change | None:
    """The change from one wave to another, of different people, with its margin.

    None where either has no share or nobody who answered. Raises ValueError as `margin` does.

    Source:
        R. G. Newcombe, Statistics in Medicine 17 (1998), 873–890, method 10: the two Wilson
        intervals put together.
    """
    one = margin(before.share, before.respondents, design_effect=design_effect)
    other = margin(after.share, after.respondents, design_effect=design_effect)
    if one is None or other is None or before.share is None or after.share is None:
        return None
    difference = after.share - before.share
    lower = difference - math.hypot(after.share - other.lower, one.upper - before.share)
    upper = difference + math.hypot(other.upper - after.share, before.share - one.lower)
    return Change(difference, Margin(lower, upper), lower <= 0 <= upper)


def stable_since(waves: Sequence[Wave], *, design_effect: float = 1.0) -> str | None:
    """The first period of the waves up to the latest that differ from it by no more than the margin.

    Each wave is held against the latest, not against the next, so that a slow drift is not called
    stable. Waves without a share or respondents are passed over. None where the wave before the
    latest already differs, or there are fewer than two. Raises ValueError as `margin` does, and
    for what is no period.
    """
    known = sorted(
        (wave for wave in waves if wave.share is not None and wave.respondents),
        key=lambda wave: end_of(wave.period),
    )
    since = None
    for wave in reversed(known[:-1]):
        found = change(wave, known[-1], design_effect=design_effect)
        if found is None or not found.stable:
            break
        since = wave.period
    return since
