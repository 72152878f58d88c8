"""Fuzzy dates as the desk shows them: as a person would type them, with their certainty."""

from django.utils.translation import gettext_lazy as _

from veikart.engines.date_texts import read_date
from veikart.engines.dates import FuzzyDate

CERTAINTIES = (("decided", _("decided")), ("planned", _("planned")), ("tentative", _("tentative")))


def as_typed(date: FuzzyDate) -> str:
    """A text that reads back as the same span: the source's own where that does, else a plain one.

    A day is always plain, since sources also write it as machines do.
    """
    texts = (date.text, _plain(date))
    for text in reversed(texts) if date.precision == "day" else texts:
        found = read_date(text, date.certainty)
        if found and _span(found) == _span(date):
            return text
    return date.text


def _span(date: FuzzyDate) -> tuple[object, ...]:
    return date.earliest, date.latest, date.precision


def _plain(date: FuzzyDate) -> str:
    first, year = date.earliest.month, date.earliest.year
    return {
        "day": f"{date.earliest:%d.%m.%Y}",
        "month": f"{date.earliest:%m.%Y}",
        "quarter": f"{(first + 2) // 3}. kvartal {year}",
        "half_year": f"{(first + 5) // 6}. halvår {year}",
        "year": f"{year}",
        "open": f"fra {year}",
    }[date.precision]
