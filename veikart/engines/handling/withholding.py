"""Words that are not to be published are taken out of texts, however they are written and broken.

Texts are compared folded: small letters, the plain form of ligatures and accents, and without what is
invisible. Each place in the folded text leads back to one in the text itself.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from veikart.engines.handling.actions import Withheld

Range = tuple[int, int]
"""The characters of a text from the first to the second, which is not part."""

BETWEEN = "\n\n"
"""What is thought to stand between two texts that follow each other."""

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_ALIKE = str.maketrans({**dict.fromkeys("‐‑‒–—―−", "-"), "’": "'", "‘": "'", "ʼ": "'"})
_SOFT_BREAK = re.compile(r"\u00ad(?=[^\S\n]*\n)")
"""A soft hyphen is one that is seen where a line ends."""
_BROKEN = r"(?:-\s*\n[\s>]*)?"
"""Between two letters: a word may be hyphenated over lines."""
_BLANKS = r",?(?:-\s*\n)?[\s>]+"
"""Between two words: any blanks, perhaps a comma, and the marks of quoted lines in e-mail."""
_IN_A_NUMBER = r"[\s.]*"
"""Between two digits: telephone and account numbers are written with blanks and without."""

_MAIL = re.compile(r"[^\s<>()\[\],;]+@[^\s<>()\[\],;]+")
_TELLTALE = re.compile(
    rf"{_MAIL.pattern}"
    r"|(?<![\d.,])(?:\+47 ?)?[2-9]\d(?: ?\d\d){3}(?![\d.,]\d|\d)"
    r"|(?<![\d.,])(?:\+47 ?)?[489]\d\d ?\d\d ?\d\d\d(?![\d.,]\d|\d)"
    r"|(?<!\d)[0-7]\d[0-5]\d{3} ?\d{5}(?!\d)"
)
"""E-mail addresses, telephone numbers of eight digits, and national identity numbers of eleven."""
SHORTEST_PART = 2
"""Letters of the shortest part of a name that tells who somebody is; a single one is an initial."""


@dataclass(frozen=True)
class Mask:
    """Puts a mark in place of withheld words.

    `words` are found in small and capital letters alike, also inside longer words, with any blanks
    between them, with or without blanks in numbers, and hyphenated over lines. `names` are those of
    people who are shown by initials: the whole name is found as words are, in either order; each part of it
    where it stands by itself with a capital letter; and any e-mail address that holds a part.
    Rather too much is withheld than too little.
    """

    words: Iterable[str]
    mark: str = field(kw_only=True)
    names: Iterable[str] = field(default=(), kw_only=True)

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part for name in self.names for part in parts_of(name)))

    @cached_property
    def _whole(self) -> re.Pattern[str] | None:
        """What is hidden wherever it stands."""
        named = [each for name in self.names for each in both_orders(name)]
        return _any_of(
            {_pattern_of(_folded(each).letters.split()) for each in (*self.words, *named)}
        )

    @cached_property
    def _by_itself(self) -> re.Pattern[str] | None:
        """The parts of names: as words of their own, with the s of ownership or without."""
        patterns = {_pattern_of([part]) for part in self._parts}
        return _any_of({rf"(?<!\w){each}(?=s?(?!\w))" for each in patterns})

    def ranges(self, texts: Sequence[str]) -> list[list[Range]]:
        """What is to be hidden in each of `texts`, also where it runs from one into the next.

        Each text has its ranges in order, and none overlap.
        """
        if self._whole is None and self._by_itself is None:
            return [[] for _text in texts]
        joined = BETWEEN.join(texts)
        hidden = _united(self._found(joined))
        found, start = [], 0
        for text in texts:
            inside = ((max(a - start, 0), min(b - start, len(text))) for a, b in hidden)
            found.append([(a, b) for a, b in inside if a < b])
            start += len(text) + len(BETWEEN)
        return found

    def of(self, text: str) -> str:
        """`text` with the mark in place of each withheld word; itself if it has none."""
        return cut(text, self.ranges([text])[0], mark=self.mark)

    def of_any(self, text: str | None) -> str | None:
        """As `of`, for a text that may be missing."""
        return None if text is None else self.of(text)

    def of_all(self, texts: Sequence[str]) -> list[str]:
        """`texts`, which follow each other, with the mark also where a word runs from one into the next."""
        found = self.ranges(texts)
        return [cut(t, hidden, mark=self.mark) for t, hidden in zip(texts, found, strict=True)]

    def places(self, texts: Iterable[str | None]) -> int:
        """How many times withheld words stand in `texts`."""
        return sum(len(self.ranges([text])[0]) for text in texts if text)

    def _found(self, text: str) -> Iterator[Range]:
        folded = _folded(text)
        if self._whole:
            for match in self._whole.finditer(folded.letters):
                yield folded.place_of(match)
        if self._by_itself:
            for match in self._by_itself.finditer(folded.letters):
                start, end = folded.place_of(match)
                if text[start].isupper():
                    yield start, end
            for mail in _MAIL.finditer(text):
                if any(part in mail[0].casefold() for part in self._parts):
                    yield mail.span()


def mask(withheld: Iterable[Withheld], *, mark: str, names: Iterable[str] = ()) -> Mask:
    """The mask for what a clearance withholds, and for the names of those shown by initials."""
    return Mask(tuple(each.words for each in withheld), mark=mark, names=tuple(names))


def cut(text: str, hidden: Sequence[Range], *, mark: str, within: Range | None = None) -> str:
    """The characters `within` of `text` (all, if not given), with the mark in place of what is hidden."""
    start, end = within or (0, len(text))
    kept, here = [], start
    for first, last in hidden:
        if first < end and last > start:
            kept += [text[here : max(first, start)], mark]
            here = min(last, end)
    return "".join([*kept, text[here:end]])


def both_orders(name: str) -> tuple[str, ...]:
    """A name as it is written, and with its last part first; nothing for one of a single part."""
    words = name.replace(",", " ").split()
    if len(parts_of(name)) < 2:
        return ()
    return " ".join(words), " ".join([*words[-1:], *words[:-1]])


def telltales(texts: Iterable[str | None]) -> list[str]:
    """What in `texts` may tell who somebody is: e-mail addresses, and numbers as of telephones and people.

    Each once, in the order they stand. It is for a person to judge.
    """
    found = (match[0].strip(".") for text in texts if text for match in _TELLTALE.finditer(text))
    return list(dict.fromkeys(found))


def parts_of(name: str) -> list[str]:
    """The parts of a person's name that tell who it is, folded: `ola` and `nordmann`, and no initials."""
    parts = re.split(r"[^\w'-]+", _folded(name).letters)
    return [part for part in parts if len(part.strip("-'")) >= SHORTEST_PART]


def _united(ranges: Iterable[Range]) -> list[Range]:
    """`ranges` in order, with those that overlap as one; an empty one is left out."""
    found: list[Range] = []
    for start, end in sorted(ranges):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif start < end:
            found.append((start, end))
    return found


class _Folded(NamedTuple):
    """A text as it is compared, and where each of its letters begins and ends in the text itself."""

    letters: str
    starts: Sequence[int]
    ends: Sequence[int]

    def place_of(self, match: re.Match[str]) -> Range:
        """Where in the text itself stands what was found in the letters."""
        return self.starts[match.start()], self.ends[match.end() - 1]


def _folded(text: str) -> _Folded:
    plain = _SOFT_BREAK.sub("-", text.translate(_ALIKE))
    small = plain.casefold()
    is_plain = text.isascii() or unicodedata.is_normalized("NFKC", plain)
    if is_plain and len(small) == len(text) and not any(chr(one) in text for one in _INVISIBLE):
        return _Folded(small, range(len(text)), range(1, len(text) + 1))
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, cluster in _clusters(plain):
        folded = unicodedata.normalize("NFKC", cluster).casefold()
        folded = folded.translate(_INVISIBLE).translate(_ALIKE)
        letters.append(folded)
        starts += [start] * len(folded)
        ends += [start + len(cluster)] * len(folded)
    return _Folded("".join(letters), starts, ends)


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Each letter of `text` with the accents after it, and where it stands."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not unicodedata.combining(text[place]):
            yield start, text[start:place]
            start = place


def _any_of(patterns: Iterable[str]) -> re.Pattern[str] | None:
    listed = sorted((each for each in patterns if each), key=len, reverse=True)
    return re.compile("|".join(listed)) if listed else None


def _pattern_of(words: Sequence[str]) -> str:
    """What finds `words`, which are folded, in a folded text."""
    found = ""
    for before, word in zip(["", *words], words, strict=False):
        if before:
            is_number = before[-1].isdecimal() and word[0].isdecimal()
            found += _IN_A_NUMBER if is_number else _BLANKS
        found += _letters(word)
    return found


def _letters(word: str) -> str:
    found = re.escape(word[0])
    for before, letter in pairwise(word):
        between = _BROKEN
        if before.isdecimal() and letter.isdecimal():
            between = _IN_A_NUMBER
        elif before == "-":
            between = r"\s*"
        found += between + re.escape(letter)
    return found
