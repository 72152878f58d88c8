"""Counts what in a letter speaks for each name that may be its sender's."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from veikart.engines.readers.letter_names import (
    CAPITALS,
    GENITIVE,
    KIND_WORD,
    NAME,
    NOBODY,
    OF_ANOTHER,
    ORGANISED,
    PLURAL,
    ROLE,
    SHORTENED,
    WHOLE_NAME,
    key_of,
    letters_of,
)

_LABEL = re.compile(
    r"(?i:fra|frå|avsender|avsendar|from|innsender|virksomhet|organisasjon)\s*:\s*(?P<name>\S.{1,118})"
)
_FROM = re.compile(r"(?:Fra|Frå)\s+(?P<name>[^.:;]{3,240})$")
_UNTIL = re.compile(r",?\s+(?:til|ved|vedrørende|om|v/)\s|,\s|\s\(")
_ABOUT = re.compile(rf"(?:Om|About)\s+(?P<name>{NAME})$")
_FOR = re.compile(rf"(?:For|På vegne? av|På vegner av)\s+(?P<name>{NAME}),?$")
_TITLE = re.compile(
    rf"\b(?i:innspill?|innspel|høringsinnspill|høringssvar|høringsuttalelse|uttal\w+|notat|brev|svar|kommentar\w*|synspunkt\w*)\b"
    rf".{{0,90}}?\s(?i:fra|frå)\s+(?:nettverket\s+|den\s+)?(?P<name>{NAME})"
)
_TITLE_OWN = re.compile(
    rf"(?P<name>{NAME}?)(?:s|’s|'s|’|'| sitt| sine| sin)?\s+(?:[a-zæøå]+\s+)?(?i:innspill?|innspel|høringsinnspill|høringssvar|uttalelse|løsningsforslag)\b"
)
_SPEAKS = re.compile(
    rf"(?P<name>{NAME})\s+(?P<verb>mener|meiner|støtter|støttar|foreslår|føreslår|anbefaler|tilrår|ber|ønsker|ønskjer|understreker|vil understreke"
    r"|takker|takkar|er (?:ein|en|et|eit|Norges|landets|den)|representerer|organiserer|organisere|arbeider|jobber|vil|har|viser|peker|ser|har tidligere)\b"
)
_STRONG = frozenset(
    ("mener", "meiner", "støtter", "foreslår", "føreslår", "anbefaler", "tilrår", "ber", "ønsker", "ønskjer",
     "understreker", "takker", "representerer", "organiserer")
)  # fmt: skip
_SAID_BY = re.compile(
    rf"\b(?:mener|meiner|anbefaler|tilrår|støtter|foreslår|ber|ønsker|understreker|vil)(?:\s+(?:derfor|difor|også|at))?\s+(?P<name>{NAME})"
)
_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.|\S{1,64}@)(?P<domain>[a-z0-9æøå-]{3,})\.(?:no|com|org|net|eu)\b",
    re.IGNORECASE,
)
_WITH_DOTS = re.compile(r"(?<!\S)\S{1,200}[@./]\S{1,200}")
_LABELLED = 8  # votes
_PROVIDERS = frozenset(("gmail", "hotmail", "outlook", "online", "live", "google", "lovdata"))
CLOSING = re.compile(
    r"(?:med\s+)?(?:vennlig|venleg|beste?|de beste|kind|best)\s+(?:hilsen|helsing|hilsning|regards)|mvh\b|hilsen\b|på vegne? av\b|for og på vegne",
    re.IGNORECASE,
)
_LONGEST_LINE = 120
_FEWEST_VOTES, _FEW, _MOST_TIMES = 2, 3, 5


class Votes:
    """Counts what speaks for each name. Names that differ in case or a genitive are one.

    `addressees` are the keys of those the letter is to: they get none.
    """

    def __init__(self, text: str, *, addressees: AbstractSet[str]) -> None:
        self._addressees = addressees
        self._text = text
        self._proper = frozenset(re.findall(r"(?<=[a-zæøå,] )[A-ZÆØÅ][\w-]+", text))
        self._small = Counter(re.findall(r"\b[a-zæøå][\w-]+", _WITH_DOTS.sub("", text)))
        self._large = Counter(re.findall(r"\b[A-ZÆØÅ][\w-]+", text))
        self._votes: Counter[str] = Counter()
        self._written: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._domains: list[str] = []

    def add_label(self, text: str) -> None:
        if match := _LABEL.match(text) or _FROM.match(text):
            self._add(_UNTIL.split(match["name"], maxsplit=1)[0], _LABELLED)

    def add_title(self, text: str) -> None:
        if len(text) > 200:
            return
        for match in _TITLE.finditer(text):
            self._add(match["name"], 6)
        if own := _TITLE_OWN.match(text):
            self._add(GENITIVE.sub("", own["name"]), 5)

    def add_signature(self, text: str) -> None:
        if len(text) > 160:
            return
        rest = CLOSING.sub("", text).strip(" ,")
        for match in WHOLE_NAME.finditer(rest):
            if ORGANISED.search(match[0]):
                self._add(match[0], 5 if KIND_WORD.search(match[0]) else 3)

    def add_margin(self, text: str) -> None:
        self.add_letterhead(text)
        if WHOLE_NAME.fullmatch(text):
            self._add(text, 2)

    def add_letterhead(self, text: str) -> None:
        """A short line that names a body."""
        if len(text) <= _LONGEST_LINE:
            for match in WHOLE_NAME.finditer(text):
                if KIND_WORD.search(match[0]):
                    self._add(match[0], 5 if match[0] == text else 3)
            for short in CAPITALS.findall(text) if not text.isupper() else ():
                self._add(short, 2)

    def add_own(self, text: str) -> None:
        """A heading "Om X", or a line "For X" as it stands above a signature."""
        if len(text) < 100 and (match := _ABOUT.match(text) or _FOR.match(text)):
            self._add(match["name"], 4)

    def add_sentence(self, sentence: str) -> None:
        match = _SPEAKS.match(sentence)
        if match:
            self._add_spoken(match["name"], 2 if match["verb"] in _STRONG else 1)
        for said in _SAID_BY.finditer(sentence):
            self._add_spoken(said["name"], 2)

    def _add_spoken(self, name: str, votes: int) -> None:
        """A subject: a name, and no other noun that happens to begin a sentence."""
        first = name.split()[0]
        if key_of(name) in self._addressees or OF_ANOTHER.search(name) or self._is_noun(first):
            return
        if (
            votes > 1
            or first in self._proper
            or first[1:] != first[1:].lower()
            or KIND_WORD.search(name)
        ):
            self._add(name, votes)

    def add_addresses(self, text: str) -> None:
        self._domains += [match["domain"].casefold() for match in _ADDRESS.finditer(text)]

    def _add(self, name: str, votes: int) -> None:
        name = ROLE.sub("", " ".join(name.split())).strip(" .,:;|–-")
        key = key_of(name)
        if (
            key in NOBODY
            or key in self._addressees
            or key.startswith(("innspill", "innspel", "høring"))
            or len(key) < 2
            or len(name) > 120
            or self._is_common(name, votes)
        ):
            return
        self._votes[key] += votes
        self._written[key][name] += 1

    def _is_common(self, name: str, votes: int) -> bool:
        """Whether a name is a common noun, as it is written with a small letter, too."""
        if votes >= _LABELLED or " " in name:
            return False
        is_plural = PLURAL.search(name) is not None and KIND_WORD.search(name) is None
        return is_plural or self._is_noun(name)

    def _is_noun(self, word: str) -> bool:
        """Whether a word stands as often with a small first letter as with a large one."""
        return self._small[word.casefold()] >= max(self._large[word], 1)

    def best(self) -> str | None:
        """The name with most votes, with its short form behind it where the text gives one."""
        names = Counter(match[0] for match in WHOLE_NAME.finditer(self._text))
        self._add_owners(names)
        self._add_frequent(names)
        shorts = {match["name"]: match["short"] for match in SHORTENED.finditer(self._text)}
        for name, short in shorts.items():
            if key_of(short) in self._votes:
                self._add(name, self._votes.pop(key_of(short)))
        if not self._votes:
            return None
        key, votes = max(self._votes.items(), key=lambda item: (item[1], len(item[0])))
        if votes < _FEWEST_VOTES:
            return None
        name = self._written[key].most_common(1)[0][0]
        short = next((short for long, short in shorts.items() if key_of(long) == key), None)
        return f"{name} ({short})" if short else name

    def _add_frequent(self, names: Counter[str]) -> None:
        """What a letter names again and again: bodies, and whatever has votes already."""
        voted = frozenset(self._votes)
        for name, times in names.items():
            if key_of(name) in self._addressees:
                continue
            if key_of(name) in voted:
                self._add(name, min(times, _MOST_TIMES))
            elif KIND_WORD.search(name):
                self._add(name, min(times, _MOST_TIMES - 2))

    def _add_owners(self, names: Iterable[str]) -> None:
        """Names that an address in the head, the margins or below the greeting is made of."""
        domains = {letters_of(domain) for domain in self._domains} - _PROVIDERS
        for name in names:
            letters = letters_of(name)
            if key_of(name) in self._addressees:
                continue
            owns = any(
                letters == domain or (len(domain) > _FEW and domain in letters)
                for domain in domains
            )
            if owns and (letters in domains or KIND_WORD.search(name) or " " not in name):
                self._add(name, 4)
