"""What kind of remark a point is, told by its turns of phrase."""

import re
from collections.abc import Sequence

from veikart.engines.handling.words import PointKind
from veikart.engines.points.phrases import PROPOSES, REQUIRES, SUPPORTS, WORRIES
from veikart.engines.readers.norwegian import sentences

_ASKS = re.compile(r"\?[»”\")]*\s*$")
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")


def kind_of(text: str) -> PointKind:
    """The kind of a point that has no proposed wording.

    What somebody wants done decides, wherever it stands: it outweighs the question and the worry
    that led to it, and these outweigh what supports or informs. A need that is merely stated
    ("må", "behov for") makes a proposal where nothing weighs more. What is quoted is not said.
    """
    said = sentences(_QUOTED.sub("«»", text))
    told = [sentence for sentence in said if not _ASKS.search(sentence)]
    if _any(PROPOSES, told):
        return "proposal"
    if len(told) < len(said):
        return "question"
    if _any(WORRIES, told):
        return "concern"
    if _any(REQUIRES, told):
        return "proposal"
    return "support" if _any(SUPPORTS, told) else "information"


def _any(pattern: re.Pattern[str], texts: Sequence[str]) -> bool:
    return any(pattern.search(text) for text in texts)
