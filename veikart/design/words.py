"""Dates, periods and numbers as people say them, in the language that is active."""

import calendar
import datetime as dt
from collections.abc import Sequence

from django.utils.dates import MONTHS
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from veikart.engines.dates import Certainty, FuzzyDate
from veikart.plan.model import Phase, PhasePeriod

THIN_SPACE = "\N{NARROW NO-BREAK SPACE}"

AT = {
    "day": gettext_lazy("%(day)d %(month)s %(year)d"),
    "month": gettext_lazy("%(month)s %(year)d"),
    "quarter": gettext_lazy("quarter %(quarter)d of %(year)d"),
    "four_months": gettext_lazy("four-month period %(third)d of %(year)d"),
    "first_half": gettext_lazy("the first half of %(year)d"),
    "second_half": gettext_lazy("the second half of %(year)d"),
    "spring": gettext_lazy("the spring of %(year)d"),
    "summer": gettext_lazy("the summer of %(year)d"),
    "autumn": gettext_lazy("the autumn of %(year)d"),
    "year": gettext_lazy("%(year)d"),
    "open_day": gettext_lazy("%(day)d %(month)s %(year)d at the earliest"),
    "open_month": gettext_lazy("%(month)s %(year)d at the earliest"),
    "open_autumn": gettext_lazy("the autumn of %(year)d at the earliest"),
    "open_year": gettext_lazy("%(year)d at the earliest"),
}
FROM = AT | {
    "day": gettext_lazy("from %(day)d %(month)s %(year)d"),
    "month": gettext_lazy("from %(month)s %(year)d"),
    "quarter": gettext_lazy("from quarter %(quarter)d of %(year)d"),
    "four_months": gettext_lazy("from four-month period %(third)d of %(year)d"),
    "first_half": gettext_lazy("from the first half of %(year)d"),
    "second_half": gettext_lazy("from the second half of %(year)d"),
    "spring": gettext_lazy("from the spring of %(year)d"),
    "summer": gettext_lazy("from the summer of %(year)d"),
    "autumn": gettext_lazy("from the autumn of %(year)d"),
    "year": gettext_lazy("from %(year)d"),
}
UNTIL = AT | {
    "day": gettext_lazy("through %(day)d %(month)s %(year)d"),
    "month": gettext_lazy("through %(month)s %(year)d"),
    "quarter": gettext_lazy("through quarter %(quarter)d of %(year)d"),
    "four_months": gettext_lazy("through four-month period %(third)d of %(year)d"),
    "first_half": gettext_lazy("through the first half of %(year)d"),
    "second_half": gettext_lazy("through the second half of %(year)d"),
    "spring": gettext_lazy("through the spring of %(year)d"),
    "summer": gettext_lazy("through the summer of %(year)d"),
    "autumn": gettext_lazy("through the autumn of %(year)d"),
    "year": gettext_lazy("through %(year)d"),
    "open_day": gettext_lazy("through %(day)d %(month)s %(year)d at the earliest"),
    "open_month": gettext_lazy("through %(month)s %(year)d at the earliest"),
    "open_autumn": gettext_lazy("through the autumn of %(year)d at the earliest"),
    "open_year": gettext_lazy("through %(year)d at the earliest"),
}


def day(date: dt.date) -> str:
    """A day in full: 26. mars 2029."""
    return str(AT["day"]) % _parts(date)


def month(date: dt.date) -> str:
    """A month in full: juli 2026."""
    return str(AT["month"]) % _parts(date)


def at(date: FuzzyDate) -> str:
    """The date alone, as precise as it was said: 2. kvartal 2026; tidligst høsten 2027."""
    return str(AT[_unit(date)]) % _parts(date.earliest)


def start(date: FuzzyDate | None) -> str:
    """From when: fra 2. kvartal 2026. The first day of a month is said as the month."""
    if date is None:
        return _("not dated")
    unit = _unit(date)
    if unit == "day" and date.earliest.day == 1:
        unit = "month"
    return str(FROM[unit]) % _parts(date.earliest)


def end(date: FuzzyDate | None) -> str:
    """Until when: til og med desember 2026. The last day of a month is said as the month."""
    if date is None:
        return _("no end given")
    unit = _unit(date)
    if unit == "day" and date.latest.day == _last_day(date.latest):
        unit = "month"
    return str(UNTIL[unit]) % _parts(date.earliest)


def edge(date: FuzzyDate, which: str) -> str:
    """A start or an end alone, as it is said elsewhere: juli 2026, not 1. juli 2026."""
    unit = _unit(date)
    first = which == "start" and date.earliest.day == 1
    last = which == "end" and date.latest.day == _last_day(date.latest)
    if unit == "day" and (first or last):
        unit = "month"
    return str(AT[unit]) % _parts(date.earliest)


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
    assert period.start is not None
    assert period.end is not None
    return _("The source says it ends (%(end)s) before it starts (%(start)s).") % {
        "end": at(period.end),
        "start": at(period.start),
    }


def number(value: int) -> str:
    """A whole number with thin spaces: 12 034."""
    return f"{value:,}".replace(",", THIN_SPACE)


def decimal_sign() -> str:
    """What stands before the decimals: a point in English, a comma in Norwegian."""
    return "." if get_language() == "en" else ","


def months(count: int) -> str:
    """So many months as people say them: 5 måneder; 4 år; 2 år og 3 måneder."""
    years, rest = divmod(count, 12)
    if years == 0 or (years == 1 and rest):
        years, rest = 0, count
    said = []
    if years:
        said.append(ngettext("%(count)d year", "%(count)d years", years) % {"count": years})
    if rest or not years:
        said.append(ngettext("%(count)d month", "%(count)d months", rest) % {"count": rest})
    return listed(said)


def listed(words: Sequence[str]) -> str:
    """Words as a list in running text: Helse Nord, Helse Vest og KS."""
    if len(words) < 2:
        return "".join(words)
    return _("%(others)s and %(last)s") % {"others": ", ".join(words[:-1]), "last": words[-1]}


def inside(name: str) -> str:
    """A name as it stands inside a sentence: Women becomes women, EPJ stays."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _parts(date: dt.date) -> dict[str, object]:
    return {
        "day": date.day,
        "month": MONTHS[date.month],
        "quarter": (date.month + 2) // 3,
        "third": (date.month + 3) // 4,
        "year": date.year,
    }


def _last_day(date: dt.date) -> int:
    return calendar.monthrange(date.year, date.month)[1]


def _unit(date: FuzzyDate) -> str:
    """The unit that was named: a season where the source names one, else as the precision says."""
    said, first = date.text.casefold().replace("halvår", ""), date.earliest
    if date.precision == "open":
        return _open_unit(first, said)
    if date.precision == "half_year":
        if date.latest.month - first.month == 3:
            return "four_months"
        if first.month == 1:
            return "spring" if "vår" in said else "first_half"
        return "autumn" if "høst" in said else "second_half"
    if date.precision == "quarter" and "sommer" in said:
        return "summer"
    return date.precision


def _open_unit(first: dt.date, said: str) -> str:
    if (first.month, first.day) == (1, 1):
        return "open_year"
    if "høst" in said:
        return "open_autumn"
    return "open_month" if first.day == 1 else "open_day"
