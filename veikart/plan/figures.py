"""The figures of one indicator: every area, period and group that may be shown, in one file.

A file of figures is canonical JSON, kept under its SHA-256, and holds nothing that is suppressed.
Lists run along `periods`. A pair of numerator and denominator stands for a value; `value` reads
it off. Municipalities and counties are those of the day `borders`.
"""

import datetime as dt
import hashlib
from typing import Literal

import msgspec

from veikart.plan.indicators import Coverage, IndicatorKind, Spread, Status
from veikart.plan.part import Part

SCHEMA = "veikart-figures/1"

LevelName = Literal["municipality", "county", "hospital_area", "region", "nation"]
NATION = "NO"
"""The code of the whole country. Others: 0301, 03, a hospital area's slug, H12."""


class Series(Part, frozen=True, kw_only=True, gc=False):
    """One area's numbers, one for each period. `denominator` is empty for counts and amounts.

    `status` is empty if every period has a plain value.
    """

    area: str
    numerator: tuple[int | float | None, ...]
    denominator: tuple[int | float | None, ...] = ()
    status: tuple[Status | None, ...] = ()


class Slice(Part, frozen=True, kw_only=True):
    """The series of one level in one group. `group` is empty for everyone, else pairs of a
    breakdown's column and a category's code.
    """

    level: LevelName
    group: tuple[tuple[str, str], ...] = ()
    series: tuple[Series, ...]


class LevelCoverage(Part, frozen=True, kw_only=True):
    """Coverage of one area above municipalities, one for each period with data."""

    level: LevelName
    area: str
    coverage: tuple[Coverage, ...]


class Figures(Part, frozen=True, kw_only=True):
    """All that may be shown of one version of an indicator."""

    schema: str
    indicator: str
    version: int
    kind: IndicatorKind
    per: int | None
    borders: dt.date
    periods: tuple[str, ...]
    slices: tuple[Slice, ...]
    coverage: tuple[LevelCoverage, ...] = ()
    spread: tuple[Spread, ...] = ()
    suppressed: int = 0


_decoder = msgspec.json.Decoder(Figures)


def value(
    kind: IndicatorKind,
    numerator: float | None,
    denominator: float | None,
    *,
    per: int | None = None,
) -> float | None:
    """What a numerator and a denominator say: a share (0–1), a rate per `per`, or the number itself.

    None where a part is missing, or the denominator is 0.
    """
    if numerator is None:
        return None
    if kind in ("count", "amount"):
        return numerator
    if not denominator:
        return None
    return numerator / denominator * (per or 1 if kind == "rate" else 1)


def encode(figures: Figures) -> bytes:
    """Canonical JSON in UTF-8. Equal figures give equal bytes."""
    return msgspec.json.encode(figures, order="sorted") + b"\n"


def decode(document: bytes) -> Figures:
    """The figures in `document`. Raises ValueError with what was expected and found."""
    try:
        return _decoder.decode(document)
    except msgspec.DecodeError as problem:
        raise ValueError(
            f"Expected figures as JSON in the schema {SCHEMA}; {problem}. "
            "Compute them again: veikart indicators compute"
        ) from problem


def fingerprint(document: bytes) -> str:
    """The SHA-256 of the bytes, in hex."""
    return hashlib.sha256(document).hexdigest()
