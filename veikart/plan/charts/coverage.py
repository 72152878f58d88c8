"""How widely a service is offered: the share of municipalities beside the share of inhabitants.

The two are small charts of one size and one axis, to stand side by side (one above the other on a
telephone), each under its heading in words. The line is the share among those that are known. The
band goes from all unknown being without to all unknown being with.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from veikart.plan.charts import tokens
from veikart.plan.charts.axes import position, shares, years
from veikart.plan.charts.frame import Specification, assemble, framed
from veikart.plan.charts.layers import band, bars, lines, numbers, points
from veikart.plan.indicators import Coverage

Of = Literal["units", "people"]


class Share(NamedTuple):
    """A share and what it can be; `known` is None where nothing is known."""

    place: float
    lower: float
    upper: float
    known: float | None


def coverage(found: Sequence[Coverage], *, of: Of) -> Specification:
    """The coverage over time, as a share of units or of the people in them; one or more periods."""
    every = [share for one in found if (share := share_of(one, of=of)) is not None]
    axis = years([one.period for one in found], room=4)
    frame = framed(axis, shares([1.0]), narrow=True)
    limits = [(share.place, share.lower, share.upper) for share in every]
    edges = [[(x, low) for x, low, _ in limits], [(x, high) for x, _, high in limits]]
    runs = _runs(every)
    last = runs[-1][-1:] if runs else []
    unknown = any(share.lower < share.upper for share in every)
    layers = [
        band(frame, [limits], fill=tokens.UNKNOWN),
        bars(frame, limits if len(limits) == 1 else [], stroke=tokens.UNKNOWN, width=14),
        lines(frame, edges if unknown else [], stroke=tokens.AXIS, width=1),
        lines(frame, runs, stroke=tokens.MEASURED),
        points(frame, [p for run in runs for p in run if p not in last], fill=tokens.MEASURED,
               stroke=tokens.MEASURED),
        points(frame, last, fill=tokens.MEASURED, stroke=tokens.PAPER, size=110),
        numbers(frame, [(x, y, frame.values.text(y)) for x, y in last]),
    ]  # fmt: skip
    signs = [
        sign
        for sign, there in (("known" if unknown else "measured", bool(last)), ("unknown", unknown))
        if there
    ]
    return assemble(frame, layers, signs=signs)


def share_of(one: Coverage, *, of: Of) -> Share | None:
    """The band of one period, and the share among the known; None without units."""
    parts: tuple[float, float, float] = (one.covered, one.not_covered, one.unknown)
    if of == "units":
        parts = (one.units_offering, one.units_not, one.units_unknown)
    whole = sum(parts)
    if whole <= 0:
        return None
    told = parts[0] + parts[1]
    known = parts[0] / told if told else None
    return Share(position(one.period), parts[0] / whole, (parts[0] + parts[2]) / whole, known)


def _runs(every: Sequence[Share]) -> list[list[tuple[float, float]]]:
    found: list[list[tuple[float, float]]] = [[]]
    for share in every:
        if share.known is None:
            found.append([])
        else:
            found[-1].append((share.place, share.known))
    return [run for run in found if run]
