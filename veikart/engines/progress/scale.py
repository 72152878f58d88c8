"""The scale that shares and other numbers are measured on: log odds for shares, else the number."""

import math

MARGIN = 0.005
"""Log odds beyond 0.5 % and 99.5 % are taken as those of 0.5 % and 99.5 %: what is written as 0 %
and 100 %. Without this, a target of 100 % would be infinitely far away."""


def on_scale(value: float, *, is_share: bool) -> float:
    """`value` on the scale its path is straight on. A share is 0–1; see MARGIN for the ends."""
    if not is_share:
        return value
    inside = min(max(value, MARGIN), 1 - MARGIN)
    return math.log(inside / (1 - inside))


def off_scale(measured: float, *, is_share: bool) -> float:
    """The value that lies at `measured` on the scale."""
    if not is_share:
        return measured
    if measured < 0:  # so that neither end overflows, and shares and complements mirror each other
        odds = math.exp(measured)
        return odds / (1 + odds)
    return 1 / (1 + math.exp(-measured))
