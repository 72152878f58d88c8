"""Dates as people write them in Norwegian plans, read as FuzzyDates."""

import calendar
import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache, partial

import msgspec

from veikart.engines.dates import Certainty, FuzzyDate, Precision

FIRST_YEAR, LAST_YEAR = 1900, 2100

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jan", "februar feb", "mars mar", "april apr", "mai", "juni jun",
            "juli jul", "august aug", "september sep sept", "oktober okt", "november nov",
            "desember des",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ORDINALS = {"første": 1, "andre": 2, "annet": 2, "tredje": 3, "fjerde": 4}
_SEASONS: dict[str, tuple[int, int, Precision]] = {
    "våren": (1, 6, "half_year"),
    "vår": (1, 6, "half_year"),
    "sommeren": (6, 8, "quarter"),
    "sommer": (6, 8, "quarter"),
    "høsten": (7, 12, "half_year"),
    "høst": (7, 12, "half_year"),
}

_YEAR = r"(?P<year>\d{4})"
_DAY, _MONTH = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})"
_MONTH_NAME = rf"(?P<name>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_NUMBER = rf"(?:(?P<number>[1-4])\.?|(?P<ordinal>{'|'.join(_ORDINALS)}))"
_NUMBER_OF_TWO = r"(?:(?P<number>[12])\.?|(?P<ordinal>første|andre|annet))"
_SEASON = rf"(?P<season>{'|'.join(_SEASONS)})"


class _Span(msgspec.Struct, frozen=True):
    earliest: dt.date
    latest: dt.date
    precision: Precision


def _day(match: re.Match[str]) -> _Span:
    day = dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    return _Span(day, day, "day")


def _named_day(match: re.Match[str]) -> _Span:
    day = dt.date(int(match["year"]), _MONTHS[match["name"]], int(match["day"]))
    return _Span(day, day, "day")


def _months(match: re.Match[str], first: int, last: int, precision: Precision) -> _Span:
    year = int(match["year"])
    end = calendar.monthrange(year, last)[1]
    return _Span(dt.date(year, first, 1), dt.date(year, last, end), precision)


def _named_month(match: re.Match[str]) -> _Span:
    month = _MONTHS[match["name"]]
    return _months(match, month, month, "month")


def _numbered_month(match: re.Match[str]) -> _Span:
    month = int(match["month"])
    return _months(match, month, month, "month")


def _part(match: re.Match[str], parts: int, precision: Precision) -> _Span:
    given = match.groupdict()
    number = int(given["number"] or _ORDINALS[given["ordinal"]])
    length = 12 // parts
    if number > parts:
        raise ValueError("There is no such part of a year.")
    return _months(match, (number - 1) * length + 1, number * length, precision)


def _season(match: re.Match[str]) -> _Span:
    first, last, precision = _SEASONS[match["season"]]
    return _months(match, first, last, precision)


def _after(match: re.Match[str]) -> _Span:
    return _Span(dt.date(int(match["year"]) + 1, 1, 1), dt.date.max, "open")


def _from(match: re.Match[str]) -> _Span:
    return _Span(dt.date(int(match["year"]), 1, 1), dt.date.max, "open")


_QUARTER = r"[qk](?P<number>[1-4])"
_HALF = r"h(?P<number>[12])"

_FORMS: tuple[tuple[str, Callable[[re.Match[str]], _Span]], ...] = (
    (rf"{_DAY}\s*[./]\s*{_MONTH}\s*[./]\s*{_YEAR}\.?", _day),
    (rf"{_DAY}-{_MONTH}-{_YEAR}", _day),
    (rf"{_YEAR}-{_MONTH}-{_DAY}(?:[t ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:\d\d)?)?", _day),
    (rf"{_DAY}\.?\s*{_MONTH_NAME}\s+{_YEAR}", _named_day),
    (rf"{_MONTH_NAME},?\s+{_YEAR}", _named_month),
    (rf"{_YEAR}-{_MONTH}", _numbered_month),
    (rf"{_MONTH}\s*[./]\s*{_YEAR}", _numbered_month),
    (rf"{_NUMBER}\s*(?:kvartal|kv\.?),?\s+{_YEAR}", partial(_part, parts=4, precision="quarter")),
    (rf"{_QUARTER}[ /-]*{_YEAR}", partial(_part, parts=4, precision="quarter")),
    (rf"{_YEAR}[ /-]*{_QUARTER}", partial(_part, parts=4, precision="quarter")),
    (rf"{_NUMBER}\s*tertial,?\s+{_YEAR}", partial(_part, parts=3, precision="half_year")),
    (rf"{_NUMBER_OF_TWO}\s*halvår,?\s+{_YEAR}", partial(_part, parts=2, precision="half_year")),
    (rf"{_HALF}[ /-]*{_YEAR}", partial(_part, parts=2, precision="half_year")),
    (rf"{_YEAR}[ /-]*{_HALF}", partial(_part, parts=2, precision="half_year")),
    (rf"{_SEASON}\s+{_YEAR}", _season),
    (rf"etter(?:\s+utgangen\s+av)?\s+{_YEAR}", _after),
    (rf"(?:tidligst(?:\s+i)?|fra(?:\s+og\s+med)?)\s+{_YEAR}", _from),
    (
        rf"(?:i\s+løpet\s+av\s+|i\s+|år\s+)?{_YEAR}",
        partial(_months, first=1, last=12, precision="year"),
    ),
)
_PATTERNS = tuple((re.compile(form), reading) for form, reading in _FORMS)


def read_date(text: str, certainty: Certainty) -> FuzzyDate | None:
    """The date that `text` names, as precisely as it says; None where it names none we know.

    Known are days ("01.07.2026", "2026-07-01", "1. juli 2026"), months ("mars 2026", "03.2026"),
    quarters ("2. kvartal 2026", "Q3 2026"), tertials (four months, of the precision
    "half_year"), half years ("1. halvår 2026"), seasons, years ("2027", "i løpet av 2027"), and
    what has no end ("etter 2027", "fra 2027"). "Våren" is January to June and "høsten" July to
    December, as in the school year and the state budget; "sommeren" is June to August. The whole
    text must be the date. Years before 1900 and after 2100 are taken for slips of the pen.
    """
    span = _span(" ".join(text.split()).casefold())
    if span is None:
        return None
    return FuzzyDate(
        earliest=span.earliest,
        latest=span.latest,
        precision=span.precision,
        certainty=certainty,
        text=" ".join(text.split()),
    )


@lru_cache(maxsize=4096)
def _span(text: str) -> _Span | None:
    for pattern, reading in _PATTERNS:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        if not FIRST_YEAR <= int(match["year"]) <= LAST_YEAR:
            return None
        try:
            return reading(match)
        except ValueError:  # the 31st of a month that has 30 days, or a thirteenth month
            return None
    return None
