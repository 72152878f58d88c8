"""Fuzzy dates as the desk shows them: in words, and as a person would type them."""

from django.utils.translation import gettext_lazy as _

from veikart.engines.date_texts import read_date
from veikart.engines.dates import FuzzyDate

CERTAINTIES = (("decided", _("decided")), ("planned", _("planned")), ("tentative", _("tentative")))


def as_typed(date: FuzzyDate) -> str:
    """The text that reads back as `date`: what its source said, or else its first and last day."""
    try:
        read_back = read_date(date.text, date.certainty)
    except ValueError:
        read_back = None
    if read_back == date:
        return date.text
    if date.precision == "day":
        return f"{date.earliest:%d.%m.%Y}"
    return date.text
