"""Periods: how files write them, the one form we keep, and their order in time.

Kept forms: `2023`, `2023-H1`, `2023-T2` (four months), `2023-Q3`, `2023-07`. Within one length,
sorting as text sorts by time.
"""

import datetime as dt
import re
from functools import lru_cache
from typing import Literal

import msgspec

Length = Literal["year", "half_year", "tertial", "quarter", "month"]

FIRST_YEAR, LAST_YEAR = 1800, 2200

PARTS: dict[Length, int] = {"year": 1, "half_year": 2, "tertial": 3, "quarter": 4, "month": 12}
"""How many periods of each length a year has."""

_LETTERS: dict[str, Length] = {
    "h": "half_year", "s": "half_year", "t": "tertial", "k": "quarter", "q": "quarter",
    "m": "month",
}  # fmt: skip
_WORDS: dict[str, Length] = {
    "halvår": "half_year", "half": "half_year", "half-year": "half_year",
    "tertial": "tertial", "kvartal": "quarter", "quarter": "quarter",
}  # fmt: skip
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar january jan", "februar february feb", "mars march mar", "april apr",
            "mai may", "juni june jun", "juli july jul", "august aug", "september sep sept",
            "oktober october okt oct", "november nov", "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

_KEPT = re.compile(r"(\d{4})(?:-(?:([HTQ])(\d)|(\d{2})))?")
_YEAR = re.compile(r"(\d{4})(?:\.0+|[- ]?A1?)?")
_LETTERED = re.compile(r"(\d{4})[- ]?([hstkqm])[- ]?(\d{1,2})")
_LETTERED_FIRST = re.compile(r"([hstkqm])(\d{1,2})[- /]?(\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[./](\d{4})")
_NAMED_MONTH = re.compile(r"([^\W\d_]+)\.? (\d{4})|(\d{4}) ([^\W\d_]+)\.?")
_NAMED_PART = re.compile(
    r"(\d)\.? ?([^\W\d_]+(?:-[^\W\d_]+)?) (\d{4})|(\d{4}),? (\d)\.? ?([^\W\d_]+(?:-[^\W\d_]+)?)"
)
_SEPARATED_YEAR = re.compile(r"[12][.,\s\u00a0\u202f]\d{3}")


class Period(msgspec.Struct, frozen=True):
    """A period taken apart: its year, its length, and which of the year's it is (from 1)."""

    year: int
    length: Length
    number: int

    @property
    def text(self) -> str:
        """The form we keep: 2023, 2023-H1, 2023-T2, 2023-Q3, 2023-07."""
        if self.length == "year":
            return f"{self.year:04}"
        if self.length == "month":
            return f"{self.year:04}-{self.number:02}"
        letter = {"half_year": "H", "tertial": "T", "quarter": "Q"}[self.length]
        return f"{self.year:04}-{letter}{self.number}"

    @property
    def index(self) -> int:
        """A whole number that grows by one from each period to the next of the same length."""
        return self.year * PARTS[self.length] + self.number - 1

    @property
    def start(self) -> dt.date:
        """The first day."""
        return dt.date(self.year, (self.number - 1) * 12 // PARTS[self.length] + 1, 1)

    @property
    def end(self) -> dt.date:
        """The day after the last: periods are half-open."""
        month = self.number * 12 // PARTS[self.length] + 1
        return dt.date(self.year + 1, 1, 1) if month > 12 else dt.date(self.year, month, 1)


@lru_cache(maxsize=16_384)
def parse(kept: str) -> Period:
    """A period in the form we keep. Raises ValueError for any other form; files go by `read`."""
    match = _KEPT.fullmatch(kept)
    period = None
    if match:
        year, letter, number, month = match.groups()
        length: Length = _LETTERS[letter.lower()] if letter else "month" if month else "year"
        period = _checked(int(year), length, int(number or month or 1))
    if period is None:
        raise ValueError(
            f"Expected a period such as 2023, 2023-H1, 2023-T2, 2023-Q3 or 2023-07, found “{kept}”."
        )
    return period


def order(kept: str) -> tuple[dt.date, dt.date]:
    """What periods of any lengths sort by: their first day, then their last."""
    period = parse(kept)
    return period.start, period.end


@lru_cache(maxsize=16_384)
def read(written: str) -> str | None:
    """The period that a file means, in the form we keep; None if it is not one that we know.

    Knows what SSB and FHI write (2023, 2023M05, 2023K1, 2023T1, 2023H2), SDMX (2023-Q1, 2023-S1,
    2023-M05) and people (mai 2023, 1. kvartal 2023, May 2023). A single day is no period, and
    neither is 2022/2023 nor 2.024: `looks_like_a_separated_year` tells that one.
    """
    text = " ".join(written.split()).casefold()
    if not any(character.isdigit() for character in text) or not text.isprintable():
        return None
    period = _numbers(text) or _words(text)
    return period.text if period else None


def looks_like_a_separated_year(written: str) -> bool:
    """Whether a year was written with a thousands separator: 2.024, 2 024 or 2,024."""
    return _SEPARATED_YEAR.fullmatch(written.strip()) is not None


def _checked(year: int, length: Length, number: int) -> Period | None:
    if FIRST_YEAR <= year <= LAST_YEAR and 1 <= number <= PARTS[length]:
        return Period(year, length, number)
    return None


def _numbers(text: str) -> Period | None:
    if not text.isascii():
        return None
    if match := _YEAR.fullmatch(text.upper()):
        return _checked(int(match[1]), "year", 1)
    if match := _LETTERED.fullmatch(text):
        return _checked(int(match[1]), _LETTERS[match[2]], int(match[3]))
    if match := _LETTERED_FIRST.fullmatch(text):
        return _checked(int(match[3]), _LETTERS[match[1]], int(match[2]))
    if match := _YEAR_MONTH.fullmatch(text):
        return _checked(int(match[1]), "month", int(match[2]))
    if match := _MONTH_YEAR.fullmatch(text):
        return _checked(int(match[2]), "month", int(match[1]))
    return None


def _words(text: str) -> Period | None:
    if match := _NAMED_MONTH.fullmatch(text):
        month = _MONTHS.get(match[1] or match[4])
        return _checked(_whole(match[2] or match[3]), "month", month) if month else None
    if match := _NAMED_PART.fullmatch(text):
        length = _WORDS.get(match[2] or match[6])
        number, year = match[1] or match[5], match[3] or match[4]
        return _checked(_whole(year), length, _whole(number)) if length else None
    return None


def _whole(digits: str) -> int:
    return int(digits) if digits.isascii() else 0
