"""Measured values as people say them: shares, rates, numbers, kroner, periods and differences.

Numbers have thin spaces and % after a space in every language, and the decimal sign of the language.
"""

import re

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from veikart.design.words import AT, THIN_SPACE, decimal_sign
from veikart.plan.indicators import IndicatorKind

SHARES = ("share", "coverage", "survey_share")
"""The kinds whose values are shares (0–1), said in percent."""

MILLION, BILLION = 1_000_000, 1_000_000_000
PERIOD = re.compile(r"(\d{4})(?:-(?:(\d{2})|([HTQ])(\d)))?")
_UNITS = {"Q": "quarter", "T": "four_months"}


def decimal(value: float, decimals: int = 1) -> str:
    """A number with thin spaces and the language's decimal sign: 12 034,5. Minus is a real minus."""
    said = f"{abs(value):,.{decimals}f}"
    sign = "−" if value < 0 and float(said.replace(",", "")) else ""
    whole, point, rest = said.replace(",", THIN_SPACE).partition(".")
    return sign + whole + (decimal_sign() if point else "") + rest


def short(value: float, decimals: int = 1) -> str:
    """As `decimal`, without decimals that are nought."""
    said = decimal(value, decimals)
    return said.removesuffix(decimal_sign() + "0" * decimals) if decimals else said


def percent(share: float, decimals: int = 1) -> str:
    """A share (0–1) in percent: 57,3 %."""
    return f"{decimal(share * 100, decimals)}{THIN_SPACE}%"


def points(difference: float, decimals: int = 1) -> str:
    """The size of a difference between two shares: 12 percentage points."""
    size = short(abs(difference) * 100, decimals)
    said = ngettext("%(size)s percentage point", "%(size)s percentage points", _number_of(size))
    return said % {"size": size}


def large(value: float) -> str:
    """A number that one can take in: 109,5 million; below a million all its digits."""
    if abs(value) >= BILLION:
        count = short(value / BILLION)
        return ngettext("%(count)s billion", "%(count)s billion", _number_of(count)) % {
            "count": count
        }
    if abs(value) >= MILLION:
        count = short(value / MILLION)
        return ngettext("%(count)s million", "%(count)s million", _number_of(count)) % {
            "count": count
        }
    return decimal(value, 0 if float(value).is_integer() or abs(value) >= 1000 else 1)


def decimals_of(kind: IndicatorKind | None) -> int:
    """Decimals of a value of `kind`: a survey is not known to more than whole percents."""
    return 0 if kind == "survey_share" else 1


def said(kind: IndicatorKind | None, value: float, *, unit: str | None = None) -> str:
    """A value in running text: 57 percent; 109,5 million visits; 8,9 billion kroner; 12,4."""
    if kind in SHARES:
        number = short(value * 100, decimals_of(kind))
        return _("%(number)s percent") % {"number": number}
    number = short(value) if kind == "rate" else large(value)
    if kind == "amount" and not unit:
        return _("%(number)s kroner") % {"number": number}
    return f"{number} {unit}" if unit else number


def cell(kind: IndicatorKind | None, value: float) -> str:
    """A value in a table, where all have the same number of decimals and the head says the unit."""
    if kind in SHARES:
        return percent(value, decimals_of(kind))
    if kind == "rate":
        return decimal(value, 1)
    return decimal(value, 0 if float(value).is_integer() or abs(value) >= 1000 else 1)


def difference(kind: IndicatorKind | None, value: float, *, unit: str | None = None) -> str:
    """The size of a difference between two values, in the words of the kind."""
    if kind in SHARES:
        return points(value, decimals_of(kind))
    return said(kind, abs(value), unit=unit)


def period(code: str) -> str:
    """A period as people say it: 2023; quarter 3 of 2023; July 2023. Others stand as they are."""
    match = PERIOD.fullmatch(code)
    if match is None:
        return code
    year, month, letter, part = match.groups()
    facts: dict[str, object] = {"year": int(year)}
    if month:
        return str(AT["month"]) % (facts | {"month": MONTHS.get(int(month), month)})
    if letter == "H":
        return str(AT["first_half" if part == "1" else "second_half"]) % facts
    if letter:
        return str(AT[_UNITS[letter]]) % (facts | {"quarter": int(part), "third": int(part)})
    return year


def _number_of(count: str) -> int:
    """Which form of a word goes with a number: one, or more; 1,2 is more."""
    return 1 if count.removeprefix("−") == "1" else 2
