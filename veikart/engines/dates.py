"""Dates that keep what was said: a quarter stays a quarter, tentative stays tentative."""

import datetime as dt
from typing import Literal

import msgspec

Precision = Literal["day", "month", "quarter", "half_year", "year", "open"]
Certainty = Literal["decided", "planned", "tentative"]


class FuzzyDate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """When something happens, as precisely as it was said and no more.

    `earliest` and `latest` are the first and the last day it can mean, both inclusive; a day is
    the interval of that one day. `precision` is the unit that was named. "open" is for what has
    no inner bound, such as "after 2027"; then `latest` is `date.max`. `text` is what the source
    said, word for word.
    """

    earliest: dt.date
    latest: dt.date
    precision: Precision
    certainty: Certainty
    text: str

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise ValueError(
                f"A date must not end before it begins: found {self.earliest} to {self.latest} "
                f"for “{self.text}”. Swap the two, or mend the text."
            )

    @property
    def midpoint(self) -> dt.date:
        """The day in the middle, for sorting and drawing; the earliest day if it is open."""
        if self.precision == "open":
            return self.earliest
        return self.earliest + (self.latest - self.earliest) // 2


def on_day(day: dt.date, *, certainty: Certainty, text: str) -> FuzzyDate:
    """The FuzzyDate of one named day."""
    return FuzzyDate(earliest=day, latest=day, precision="day", certainty=certainty, text=text)
