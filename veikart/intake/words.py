"""How what is wrong is told to a person."""

from typing import NamedTuple

from django.utils.functional import Promise


class Words(NamedTuple):
    """One sentence on what was found, and one on what to do."""

    headline: str | Promise
    remedy: str | Promise
