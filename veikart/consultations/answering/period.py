"""Whether a hearing takes replies on the web today: not yet, open, or closed."""

import datetime as dt
from enum import StrEnum

from veikart.consultations.models import Hearing

LATE = dt.timedelta(days=30)
"""So long after the last day a reply that was begun in time can be sent; it is marked as late."""
KEPT = dt.timedelta(days=60)
"""So long after the last day the link to a reply works; then what is in the draft is deleted."""


class Period(StrEnum):
    """How a hearing stands to a day. `LATE` is after the last day, while drafts can still be sent."""

    PLANNED = "planned"
    OPEN = "open"
    LATE = "late"
    CLOSED = "closed"


def period(hearing: Hearing, on: dt.date) -> Period:
    """How `hearing` stands to the day `on`, by the clock of the country."""
    if on < hearing.opens_on:
        return Period.PLANNED
    if on <= hearing.closes_on:
        return Period.OPEN
    return Period.LATE if on <= hearing.closes_on + LATE else Period.CLOSED


def expires_on(hearing: Hearing) -> dt.date:
    """The first day on which the links to drafts of `hearing` no longer work."""
    return hearing.closes_on + KEPT
