"""How far one fuzzy date is from another: an interval of days, and whether it counts as a move."""

import datetime as dt
from typing import Literal

import msgspec

from veikart.engines.dates import Certainty, FuzzyDate

Move = Literal["earlier", "later", "less_precise", "more_precise", "same"]

DAYS_A_MONTH = 365.25 / 12
RANK: dict[Certainty, int] = {"tentative": 0, "planned": 1, "decided": 2}
"""How sure each certainty is."""


class Shift(msgspec.Struct, frozen=True, kw_only=True):
    """How far a date moved, in days; more than zero is later.

    The true move lies from `at_least` to `at_most`, both inclusive; one of them is None where a
    date has no inner bound (“after 2027”). `middle` is from the middle of one interval to the
    middle of the other, and `months` is that in whole months, for sentences. `strict` says that
    the two intervals no longer overlap: it moved, whatever days were meant.
    """

    at_least: int | None
    at_most: int | None
    middle: int
    months: int
    strict: bool


STILL = Shift(at_least=0, at_most=0, middle=0, months=0, strict=False)


def shift_between(before: FuzzyDate, after: FuzzyDate) -> Shift:
    """How far it is from `before` to `after`, day by day."""
    at_least = None if _is_open(before) else (after.earliest - before.latest).days
    at_most = None if _is_open(after) else (after.latest - before.earliest).days
    middle = (after.midpoint - before.midpoint).days
    return Shift(
        at_least=at_least,
        at_most=at_most,
        middle=middle,
        months=round(middle / DAYS_A_MONTH),
        strict=after.earliest > before.latest or after.latest < before.earliest,
    )


def move_between(before: FuzzyDate, after: FuzzyDate) -> Move:
    """What kind of move it is from `before` to `after`.

    It is later (earlier) when both its first and its last possible day are; a date without an
    inner bound is judged by its first day against another such date. An interval that holds the
    other, or is held by it, became less (more) precise without moving.
    """
    first = _sign(before.earliest, after.earliest)
    last = _sign(before.latest, after.latest)
    if _is_open(before) and _is_open(after):
        last = first
    if first == last:
        return ("same", "later", "earlier")[first]
    return "less_precise" if first <= 0 <= last else "more_precise"


def slip_between(before: FuzzyDate, after: FuzzyDate) -> Shift:
    """As `shift_between`, but a date that only became more or less precise has not moved."""
    if move_between(before, after) in ("earlier", "later"):
        return shift_between(before, after)
    return STILL


def _is_open(date: FuzzyDate) -> bool:
    return date.latest == dt.date.max


def _sign(before: dt.date, after: dt.date) -> int:
    return (after > before) - (after < before)
