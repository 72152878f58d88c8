"""Which blocks of a document are headings, and how deep each stands."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest

import msgspec

from veikart.engines.readers.paragraphs import Gathered

_LARGER, _ALIKE = 1.1, 0.5  # times the size of most letters; points
_LONGEST, _LONGEST_PLAIN, _MOST_WORDS = 160, 90, 13
_BODY = 90  # letters, from which on a text is no mere line
_MOST_LINES, _LETTERS = 3, 3
_TITLE_WORDS, _MOST_LEADING_ON, _MOST_NUMBERED = 4, 6, 20
_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)[.)]?\s+(?=\S)|[IVX]{1,4}\.\s+(?=\S)|[A-Za-z][.)]\s+")
_LEADS_ON = re.compile(
    r"(?:det|dette|den|dei|disse|desse|her|følgende|følgjande|som|i tillegg|derfor|difor|blant)\b",
    re.IGNORECASE,
)
_SPEAKS = re.compile(r"(?:vi|me|når|dersom|hvis|jeg|eg)\b", re.IGNORECASE)
_FORMAL = re.compile(
    r"(?:(?:med )?(?:venn?l[ie]g|beste?|de beste)\s+hels?i(?:ng|nger|ngar)|(?:med )?venn?l[ie]g hilsen|mvh\b|"
    r"(?:til|fra|frå|dato|vår|deres|dykkar|saksnr|telefon|tlf|e-?post|org|postboks|for|v/|emne|vedr)"
    r"[\w. ]{0,14}[:.]|ved [a-zæøå]+ |kjære\b|hei\b|på vegne av|kilder?\s*:|www\.|https?:|vedlegg\s*:)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\S@\S|(?:^|, )\d{4}\s+[A-ZÆØÅ]\w+|(?:\d[ .]?){8}|"
    r"^(?:[^\W\d]+,?\s+){0,2}(?:den\s+)?\d{1,2}\.\s?(?:\d{1,2}\.|[a-z]+\.?)\s?(?:20)?\d\d$"
)


class Look(msgspec.Struct, frozen=True, order=True):
    """How a heading looks, such that the one that stands above others comes first."""

    style: int
    size: float
    is_plain: bool
    depth: int


def heading_levels(found: Sequence[Gathered]) -> list[int | None]:
    """The level of each block that is a heading, from 1; None for all others."""
    body = _Body(found)
    looks = [
        body.look(one) if after is not None and body.is_heading(one, after) else None
        for one, after in zip_longest(found, found[1:])
    ]
    order = sorted({look for look in looks if look is not None})
    levels = {look: level for level, look in enumerate(order, start=1)}
    return [None if look is None else levels[look] for look in looks]


class _Body:
    """What most of a document looks like, and so what stands out from it."""

    def __init__(self, found: Sequence[Gathered]) -> None:
        sizes: Counter[float] = Counter()
        self._bold = self._all = 0
        for piece in (piece for one in found for piece in one.pieces):
            sizes[round(piece.line.size)] += piece.length
            self._bold += piece.length * piece.line.bold
            self._all += piece.length
        self._size = sizes.most_common(1)[0][0] if sizes else 0.0

    def is_heading(self, one: Gathered, after: Gathered) -> bool:
        """Whether a block is set as a heading, or is a short line that a text stands under: `after` is the
        next block.
        """
        text = one.text
        if one.kind in {"bullet", "table"} or sum(map(str.isalpha, text)) < _LETTERS:
            return False
        if _FORMAL.match(text) or _ADDRESS.search(text) or len(one.pieces) > _MOST_LINES:
            return False
        if one.kind == "heading" or self._is_larger(one):
            return _can_head(text)
        if self._is_bold(one):
            return _can_head(text) and not text.endswith(".")
        return _is_short(text) and (_heads(text, after) or self._is_title(text, after))

    def _is_title(self, text: str, following: Gathered) -> bool:
        """Whether a line of some words stands above a heading, as a document's title does."""
        stands_out = self._is_bold(following) or self._is_larger(following)
        return len(text.split()) >= _TITLE_WORDS and stands_out and _can_head(following.text)

    def look(self, one: Gathered) -> Look:
        """How a heading looks."""
        line = one.pieces[0].line
        number = _NUMBER.match(one.text)
        depth = 0 if number is None else (number[1] or "").count(".") + 1
        if line.kind == "heading" and not line.size:
            return Look(line.level, 0.0, False, 0)
        is_plain = not (self._is_bold(one) or self._is_larger(one))
        return Look(10, -round(line.size), is_plain, depth)

    def _is_larger(self, one: Gathered) -> bool:
        size = min(piece.line.size for piece in one.pieces)
        return size > max(_LARGER * self._size, self._size + _ALIKE) > _ALIKE

    def _is_bold(self, one: Gathered) -> bool:
        if 2 * self._bold > self._all:
            return False
        return one.text.isupper() or all(piece.line.bold for piece in one.pieces)


def _can_head(text: str) -> bool:
    """Whether a text that stands out is short enough, and leads on to nothing."""
    words = _NUMBER.sub("", text, count=1)
    if len(text) > _LONGEST or text.endswith((",", ";", "-")) or _SPEAKS.match(words):
        return text.endswith("?") and len(text) <= _LONGEST_PLAIN
    if text.endswith((":", "…")):
        most = _MOST_LEADING_ON if words == text else _MOST_NUMBERED
        return len(words.split()) <= most and not _LEADS_ON.match(words)
    return len(text) < _BODY or not text.endswith(".")


def _is_short(text: str) -> bool:
    words = _NUMBER.sub("", text, count=1)
    if len(text) > _LONGEST_PLAIN or len(words.split()) > _MOST_WORDS or not words:
        return False
    return words[0].isupper() and text[-1] not in ".,;:-–" and not _SPEAKS.match(words)


def _heads(text: str, following: Gathered) -> bool:
    """Whether what follows a short line is a text or a list, and no further line of its kind."""
    if following.kind == "bullet":
        return True
    if _NUMBER.match(text) and _NUMBER.match(following.text):
        return False
    if _FORMAL.match(following.text) or _ADDRESS.search(following.text):
        return False
    return len(following.text) > _BODY or following.text.endswith((".", ":"))
