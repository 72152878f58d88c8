"""Proposed wording: what a point would have the text say, apart from why."""

import re

from veikart.engines.points.phrases import PROPOSES, SPEAKS_OF_TEXT
from veikart.engines.readers.norwegian import sentences

_QUOTED = re.compile(r"«(?P<a>[^«»]+)»|“(?P<b>[^“”]+)”|\"(?P<c>[^\"]+)\"|„(?P<d>[^„“”]+)[“”]")
_TO = re.compile(
    r"(?:\b(?:til|med|to|with|by|lyde|lyder|slik|read)\b|:)(?:\s+(?:følgende|følgjande|the following))?\s*:?\s*$",
    re.IGNORECASE,
)
_COLON = re.compile(r":\s+(?=\S)")
_FEWEST_WORDS = 2


def proposed_wording(text: str) -> str | None:
    """The wording that `text` proposes; None where it proposes none.

    It proposes one where a sentence asks for something and speaks of the text itself. What stands
    in quotation marks behind that is the wording; of several, the one after "til", "med" or "to", since the
    others are what it replaces. Without quotation marks it is all that follows a colon.
    """
    begin = 0
    for sentence in sentences(text):
        at = text.find(sentence, begin)
        begin = at + len(sentence)
        asks = PROPOSES.search(sentence)
        if asks and SPEAKS_OF_TEXT.search(sentence):
            found = _wording_after(text, at, at + asks.start())
            if found:
                return found
    return None


def announces_wording(text: str) -> bool:
    """Whether `text` ends by saying that proposed wording follows below it."""
    last = sentences(text)[-1:]
    return (
        bool(last)
        and last[0].endswith(":")
        and (SPEAKS_OF_TEXT.search(last[0]) is not None and PROPOSES.search(last[0]) is not None)
    )


def _wording_after(text: str, sentence: int, asks: int) -> str | None:
    quoted = list(_QUOTED.finditer(text, asks))
    colon = _COLON.search(text, sentence)
    if colon and not (quoted and quoted[0].start() < colon.start()):
        return _bare(text[colon.end() :])
    for match in quoted:
        if _TO.search(text[: match.start()]):
            return _bare(match[0])
    return _bare(quoted[0][0]) if quoted else None


def _bare(text: str) -> str | None:
    """`text` without the quotation marks around all of it; None where hardly anything is left."""
    text = text.strip()
    whole = _QUOTED.fullmatch(text)
    if whole:
        text = next(group for group in whole.groups() if group is not None).strip()
    return text if len(text.split()) >= _FEWEST_WORDS else None
