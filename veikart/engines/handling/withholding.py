"""Words that are not to be published are taken out of a text, however they are broken over lines."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property

from veikart.engines.handling.actions import Withheld

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060"
_BETWEEN = rf"(?:[{_INVISIBLE}]|-\n)*"
"""What may stand between two letters of a word without parting it: soft hyphens, line breaks."""


class Mask:
    """Puts a mark in place of withheld words.

    Words are found in small and capital letters alike, also inside longer words, with any blanks
    between them, and hyphenated over lines. Rather too much is withheld than too little.
    """

    def __init__(self, words: Iterable[str], *, mark: str) -> None:
        found = {" ".join(unicodedata.normalize("NFC", each).split()) for each in words}
        self._words = sorted((each for each in found if each), key=len, reverse=True)
        self._mark = mark

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(map(_pattern_of, self._words)), re.IGNORECASE)

    def of(self, text: str) -> str:
        """`text` with the mark in place of each withheld word; itself if it has none."""
        if not self._words:
            return text
        whole = unicodedata.normalize("NFC", text)
        hidden = self._pattern.sub(self._mark, whole)
        return text if hidden == whole else hidden

    def of_any(self, text: str | None) -> str | None:
        """As `of`, for a text that may be missing."""
        return None if text is None else self.of(text)

    def places(self, texts: Iterable[str | None]) -> int:
        """How many times withheld words stand in `texts`."""
        if not self._words:
            return 0
        return sum(
            len(self._pattern.findall(unicodedata.normalize("NFC", text))) for text in texts if text
        )


def mask(withheld: Sequence[Withheld], *, mark: str) -> Mask:
    """The mask for what a clearance withholds."""
    return Mask((each.words for each in withheld), mark=mark)


def _pattern_of(words: str) -> str:
    return r"[\s]+".join(
        _BETWEEN.join(re.escape(letter) for letter in word) for word in words.split()
    )
