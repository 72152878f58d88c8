"""Measured values as people say them: shares, rates, numbers, kroner, periods and differences.

Numbers are in Norwegian form in every language: thin spaces, decimal comma, % after a space.
"""

import re

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from veikart.design.words import AT, THIN_SPACE
from veikart.plan.indicators import IndicatorKind

SHARES = ("share", "coverage", "survey_share")
"""The kinds whose values are shares (0–1), said in percent."""

MILLION, BILLION = 1_000_000, 1_000_000_000
PERIOD = re.compile(r"(\d{4})(?:-(?:(\d{2})|([HTQ])(\d)))?")
_UNITS = {"Q": "quarter", "T": "four_months"}


def decimal(value: float, decimals: int = 1) -> str:
    """A number with thin spaces and a decimal comma: 12 034,5. Minus is a real minus sign."""
    said = f"{abs(value):,.{decimals}f}"
    sign = "−" if value < 0 and float(said.replace(",", "")) else ""
    return sign + said.replace(",", THIN_SPACE).replace(".", ",")


def percent(share: float, decimals: int = 1) -> str:
    """A share (0–1) in percent: 57,3 %."""
    return f"{decimal(share * 100, decimals)}{THIN_SPACE}%"


def points(difference: float, decimals: int = 1) -> str:
    """The size of a difference between two shares: 12 percentage points."""
    size = decimal(abs(difference) * 100, decimals).removesuffix(",0")
    said = ngettext(
        "%(size)s percentage point", "%(size)s percentage points", 1 if size == "1" else 2
    )
    return said % {"size": size}


def large(value: float) -> str:
    """A number that one can take in: 109,5 million; below a million all its digits."""
    if abs(value) >= BILLION:
        return _("%(count)s billion") % {"count": _short(value / BILLION)}
    if abs(value) >= MILLION:
        return _("%(count)s million") % {"count": _short(value / MILLION)}
    return decimal(value, 0 if float(value).is_integer() or abs(value) >= 1000 else 1)


def decimals_of(kind: IndicatorKind | None) -> int:
    """Decimals of a value of `kind`: a survey is not known to more than whole percents."""
    return 0 if kind == "survey_share" else 1


def said(kind: IndicatorKind | None, value: float, *, unit: str | None = None) -> str:
    """A value in running text: 57 percent; 109,5 million visits; 8,9 billion kroner; 12,4."""
    if kind in SHARES:
        number = decimal(value * 100, decimals_of(kind)).removesuffix(",0")
        return _("%(number)s percent") % {"number": number}
    number = decimal(value, 1).removesuffix(",0") if kind == "rate" else large(value)
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


def _short(value: float) -> str:
    return decimal(value, 1).removesuffix(",0")
