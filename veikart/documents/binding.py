"""The papers of a meeting as one PDF, within the limits of the settings and in the active language."""

import datetime as dt
from collections.abc import Sequence

from veikart.adapters import binding
from veikart.adapters.binding_parts import Bound, Case, Cover
from veikart.design.papers import bound
from veikart.documents import reading


def bind(cover: Cover, cases: Sequence[Case], *, at: dt.datetime) -> Bound:
    """The papers of `cases` gathered behind an agenda that leads to them; see `binding.bind`."""
    return binding.bind(
        cover, cases, words=bound.words(), look=bound.look(), apart=reading.apart(), at=at
    )
