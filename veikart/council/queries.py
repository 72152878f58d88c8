"""What others may read of councils: their part of the Plan."""

import datetime as dt

from veikart.council import freezing
from veikart.plan.council import Council


def freeze(*, on: dt.date) -> Council:
    """The councils as of the day `on`: what may be published, and nothing that is withheld."""
    return freezing.freeze(on=on)
