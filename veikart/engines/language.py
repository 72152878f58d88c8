"""Which language a text is in: bokmål, nynorsk or English, told by its commonest small words."""

import re
from collections import Counter
from collections.abc import Set as AbstractSet
from typing import Literal

Language = Literal["nb", "nn", "en"]

FEWEST = 2
"""So many small words of a language, at least, tell it from another."""

_WORD = re.compile(r"[^\W\d_]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NORWEGIAN = _words("""
    og å som på av er det den til med har ikke ikkje vi de men om så også skal må bør vil kan etter mellom gjennom
    både eller seg når dette være vere for i
""")
_BOKMAL = _words("""
    ikke jeg hva hvordan hvor hvorfor hvilke hvilken hvem hver hvert noe noen mye fra bare være vært gjøre gjør
    kommer en hun dem deres selv mer flere hvis nå uten dere ble blitt imidlertid hverandre henne egen egne
    sammen derfor allerede se si mens hele enkelte høre
""")
_NYNORSK = _words("""
    ikkje eg kva korleis kvifor kven kvar kvart noko nokon nokre mykje frå berre vere vore gjere gjer kjem ein
    eit dei deira sjølv òg meir fleire viss då utan dykk dykkar vert vart vorte hjå kvarandre hennar eigen eigne
    saman difor medan heile einskild einskilde høyre seie tilhøve desse me
""")
_ENGLISH = _words("""
    the of and is that it with as was are this have from or not which you your we our they their been will would
    should could may must but into more than there these those such its about between through
""")
_BOKMAL_ENDING = re.compile(r".{3,}(?:het|heten|hetene|ene|ede|erte)")
_NYNORSK_ENDING = re.compile(r".{3,}(?:leik|leiken|ane|inga|ingar|ingane|legare|aste)")


def language(text: str) -> Language | None:
    """The language most of `text` is in; None where it has too few small words to tell.

    The words that only one of the languages has are counted; where bokmål and nynorsk have as many,
    endings that only one of them has are. Nothing is learnt from other texts, so a text always
    gives the same.
    """
    words = Counter(word.casefold() for word in _WORD.findall(text))
    english = _count(words, _ENGLISH)
    norwegian = _count(words, _NORWEGIAN | _BOKMAL | _NYNORSK)
    if max(english, norwegian) < FEWEST:
        return None
    if english > norwegian:
        return "en"
    bokmal = _count(words, _BOKMAL - _NYNORSK)
    nynorsk = _count(words, _NYNORSK - _BOKMAL)
    if bokmal == nynorsk:
        bokmal, nynorsk = _endings(words, _BOKMAL_ENDING), _endings(words, _NYNORSK_ENDING)
    return "nn" if nynorsk > bokmal else "nb"


def _count(words: Counter[str], among: AbstractSet[str]) -> int:
    return sum(words[word] for word in among)


def _endings(words: Counter[str], ending: re.Pattern[str]) -> int:
    return sum(many for word, many in words.items() if ending.fullmatch(word))
