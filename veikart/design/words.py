"""Dates, periods and numbers as people say them, in the language that is active."""

import calendar
import datetime as dt
from collections.abc import Callable, Sequence

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from veikart.engines.dates import Certainty, FuzzyDate, Precision
from veikart.plan.model import Phase, PhasePeriod

THIN_SPACE = "\N{NARROW NO-BREAK SPACE}"
ORDINAL_HALVES = (1, 2)


def day(date: dt.date) -> str:
    """A day in full: 26. mars 2029."""
    return _("%(month)s %(day)d, %(year)d") % _parts(date)


def month(date: dt.date) -> str:
    """A month in full: juli 2026."""
    return _("%(month)s %(year)d") % _parts(date)


def at(date: FuzzyDate) -> str:
    """The date alone, as precise as it was said: 2. kvartal 2026; tidligst høsten 2027."""
    return _AT[_unit(date)](date.earliest)


def start(date: FuzzyDate | None) -> str:
    """From when: fra 2. kvartal 2026. The first day of a month is said as the month."""
    if date is None:
        return _("not dated")
    unit = _unit(date)
    if unit == "day" and date.earliest.day == 1:
        unit = "month"
    return _FROM[unit](date.earliest)


def end(date: FuzzyDate | None) -> str:
    """Until when: til og med desember 2026. The last day of a month is said as the month."""
    if date is None:
        return _("no end given")
    unit = _unit(date)
    if unit == "day" and date.latest.day == _last_day(date.latest):
        unit = "month"
    if unit == "open":
        return at(date)
    return _UNTIL[unit](date.latest)


def certainty(code: Certainty) -> str:
    """How sure it is: planlagt, tentativt, vedtatt."""
    return {
        "decided": pgettext("certainty of a date", "decided"),
        "planned": pgettext("certainty of a date", "planned"),
        "tentative": pgettext("certainty of a date", "tentative"),
    }[code]


def status(code: Certainty) -> str:
    """How sure it is, as a word that stands alone: Planlagt, Tentativ, Vedtatt."""
    return {
        "decided": pgettext("status", "Decided"),
        "planned": pgettext("status", "Planned"),
        "tentative": pgettext("status", "Tentative"),
    }[code]


def machine(date: FuzzyDate) -> str:
    """The date for the `datetime` attribute of a time element: a year, a month or a day."""
    first = date.earliest
    if date.precision == "day":
        return first.isoformat()
    if date.precision == "year":
        return f"{first.year:04}"
    return f"{first.year:04}-{first.month:02}"


def span(period: PhasePeriod) -> str:
    """From when until when, in one phrase: fra juli 2026 til og med desember 2027."""
    if period.start is None and period.end is None:
        return _("not dated")
    if period.start is None:
        return _("%(end)s, start not given") % {"end": end(period.end)}
    if period.end is None:
        return start(period.start)
    return f"{start(period.start)} {end(period.end)}"


def phase_names(phases: Sequence[Phase], language: str, *, short: bool = False) -> str:
    """The phases of a period: Innføring; or, where it spans, Tilpasning til innføring."""
    if not phases:
        return _("No phase given")
    if len(phases) == 1:
        return phase_name(phases[0], language, short=short)
    first, last = (phase_name(phases[i], language, short=True) for i in (0, -1))
    return _("%(first)s to %(last)s") % {"first": first, "last": last[:1].lower() + last[1:]}


def phase_name(phase: Phase, language: str, *, short: bool = False) -> str:
    """The phase's name in `language`, or in bokmål where we have no other."""
    translations = phase.short_translations if short else phase.translations
    own = phase.short_name if short else phase.name
    return getattr(translations, language, None) or own


def period(period: PhasePeriod, phases: Sequence[Phase], language: str) -> str:
    """A period as one plain sentence, with what is doubtful about it."""
    facts = {
        "phase": phase_names(phases, language),
        "when": span(period),
        "certainty": certainty(period.certainty),
    }
    sentence = _("%(phase)s %(when)s, %(certainty)s.") % facts
    if period.start is None:
        sentence = _("%(phase)s, %(when)s, %(certainty)s.") % facts
    if contradicts(period):
        return f"{sentence} {contradiction(period)}"
    return sentence


def contradicts(period: PhasePeriod) -> bool:
    """Whether the source has the period end before it starts."""
    begun, ended = period.start, period.end
    return begun is not None and ended is not None and ended.latest < begun.earliest


def contradiction(period: PhasePeriod) -> str:
    """The sentence for a period that ends before it starts."""
    assert period.start is not None  # noqa: S101 (contradicts() said so)
    assert period.end is not None
    return _("The source says it ends (%(end)s) before it starts (%(start)s).") % {
        "end": at(period.end),
        "start": at(period.start),
    }


def number(value: int) -> str:
    """A whole number with thin spaces: 12 034; four figures stay together in no language."""
    return f"{value:,}".replace(",", THIN_SPACE)


def listed(words: Sequence[str]) -> str:
    """Words as a list in running text: Helse Nord, Helse Vest og KS."""
    if len(words) < 2:  # noqa: PLR2004 (a list of one needs no “and”)
        return "".join(words)
    return _("%(others)s and %(last)s") % {"others": ", ".join(words[:-1]), "last": words[-1]}


def _parts(date: dt.date) -> dict[str, object]:
    return {"day": date.day, "month": MONTHS[date.month], "year": date.year}


def _quarter(date: dt.date) -> dict[str, int]:
    return {"quarter": (date.month + 2) // 3, "year": date.year}


def _half(date: dt.date) -> bool:
    return date.month <= 6  # noqa: PLR2004 (June ends the first half)


def _last_day(date: dt.date) -> int:
    return calendar.monthrange(date.year, date.month)[1]


def _unit(date: FuzzyDate) -> Precision:
    return date.precision


def _at_half(date: dt.date) -> str:
    if _half(date):
        return _("the first half of %(year)d") % {"year": date.year}
    return _("the second half of %(year)d") % {"year": date.year}


def _from_half(date: dt.date) -> str:
    if _half(date):
        return _("from the first half of %(year)d") % {"year": date.year}
    return _("from the second half of %(year)d") % {"year": date.year}


def _until_half(date: dt.date) -> str:
    if _half(date):
        return _("through the first half of %(year)d") % {"year": date.year}
    return _("through the second half of %(year)d") % {"year": date.year}


def _earliest(date: dt.date) -> str:
    """Something that has no inner bound: the year, the autumn or the month it can begin."""
    if (date.month, date.day) == (1, 1):
        return _("%(year)d at the earliest") % {"year": date.year}
    if (date.month, date.day) in ((8, 1), (9, 1)):
        return _("the autumn of %(year)d at the earliest") % {"year": date.year}
    if date.day == 1:
        return _("%(month)s %(year)d at the earliest") % _parts(date)
    return _("%(month)s %(day)d, %(year)d at the earliest") % _parts(date)


_AT: dict[Precision, Callable[[dt.date], str]] = {
    "day": day,
    "month": month,
    "quarter": lambda date: _("quarter %(quarter)d of %(year)d") % _quarter(date),
    "half_year": _at_half,
    "year": lambda date: str(date.year),
    "open": _earliest,
}
_FROM: dict[Precision, Callable[[dt.date], str]] = {
    "day": lambda date: _("from %(month)s %(day)d, %(year)d") % _parts(date),
    "month": lambda date: _("from %(month)s %(year)d") % _parts(date),
    "quarter": lambda date: _("from quarter %(quarter)d of %(year)d") % _quarter(date),
    "half_year": _from_half,
    "year": lambda date: _("from %(year)d") % {"year": date.year},
    "open": _earliest,
}
_UNTIL: dict[Precision, Callable[[dt.date], str]] = {
    "day": lambda date: _("through %(month)s %(day)d, %(year)d") % _parts(date),
    "month": lambda date: _("through %(month)s %(year)d") % _parts(date),
    "quarter": lambda date: _("through quarter %(quarter)d of %(year)d") % _quarter(date),
    "half_year": _until_half,
    "year": lambda date: _("through %(year)d") % {"year": date.year},
}
