"""What kind of remark a point is, told by its turns of phrase."""

import re
from collections.abc import Sequence

from veikart.engines.handling.words import PointKind
from veikart.engines.points.phrases import (
    OPENS,
    PROPOSALS_FOLLOW,
    PROPOSES,
    REQUIRES,
    SUPPORTS,
    TURNS,
    WORRIES,
    WORRIES_FOLLOW,
    Phrases,
)
from veikart.engines.readers.norwegian import sentences

_LONGEST_ASK = 25
_ASKS = re.compile(r"\?[»”\")]*\s*$")
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")


def kind_of(text: str, *, above: Sequence[str] = ()) -> PointKind:
    """The kind of a point that has no proposed wording; `above` are its lead-in and headings, nearest first.

    What somebody wants done decides, wherever it stands: it outweighs the question and the worry
    that led to it, and these outweigh what supports or informs. A need that is merely stated
    ("må", "behov for") makes a proposal where nothing weighs more, and so does a short remark that
    opens with what is to be done ("Styrke …", "Bedre …"). What tells nothing by itself is
    what the nearest of those announces ("Vi foreslår:", "Utfordringer"). What is quoted is not said.
    """
    said = sentences(_QUOTED.sub("«»", text))
    told = [sentence for sentence in said if not _ASKS.search(sentence)]
    if _any(PROPOSES, told):
        return "proposal"
    if len(told) < len(said):
        return "question"
    if _any(SUPPORTS, told) and not _any(TURNS, told):
        return "support"
    if _any(WORRIES, told):
        return "concern"
    if _any(REQUIRES, told):
        return "proposal"
    if _any(SUPPORTS, told):
        return "support"
    if OPENS.match(text) and len(text.split()) <= _LONGEST_ASK:
        return "proposal"
    kinds = (_announced(words) for words in above)
    return next((kind for kind in kinds if kind != "information"), "information")


def _announced(words: str) -> PointKind:
    """The kind of what follows a heading or a lead-in."""
    proposals, worries = (
        max((found.end() for found in phrases.finditer(words)), default=-1)
        for phrases in (PROPOSALS_FOLLOW, WORRIES_FOLLOW)
    )
    if max(proposals, worries) < 0:
        return "information"
    return "proposal" if proposals > worries else "concern"


def _any(phrases: Phrases, texts: Sequence[str]) -> bool:
    return any(phrases.search(text) for text in texts)
