"""Compound words are taken apart where their parts are known: "velferdsteknologi" is velferd and
teknologi. Known is what is listed here, and what the texts themselves write apart often enough.
"""

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from math import log

from snowballstemmer import stemmer

from veikart.engines.themes.spellings import key

SHORTEST = 4  # letters of a part
_SHORTEST_WHOLE = 8
_OFTEN = 3  # times a text must write a word by itself for it to be known as a part
_LONGEST_ENDING = 4
_LISTED = 20  # how often a listed part counts as written

_PARTS = """
    ansvar anskaffelse apotek arbeid avtale barn barnevern behandling behov bemanning bistand bolig bruker bruk
    data deling digital digitalisering direktorat drift enhet erfaring etat evaluering fag fastlege
    finansiering forbund foretak forebygging forening forløp forskning forvaltning fylke fylkeskommune gevinst
    grunnlag gruppe habilitering handling helse helsevern henvisning hjelp hjem hørsel indikator informasjon
    innbygger innhold innovasjon innsats innsyn institusjon journal kapasitet kommune kompetanse
    koordinering kostnad krav krise kunnskap kvalitet lege legemiddel ledelse leverandør lik liste
    lov løsing mangel medvirkning melding middel mobil modell måling mål nasjon nett nettverk nivå offentleg
    omsorg opplysing opplæring oppfølging oppgave ordning organisasjon overgang overlege pasient penger person
    personell personvern pleie plan plattform politikk press primær prioritering prosess prøve psykisk
    rammer ramme register regel regelverk region rehabilitering rekruttering reform representant
    ressurs rettighet resept rus råd samarbeid samfunn samhandling sektor sikkerhet skade skole
    spesialist språk standard statistikk stat strategi struktur studie styring støtte
    svar sykdom sykehjem sykehus syke sykepleie sykepleier syn system tannlege teknologi tekst tid
    tilbud tilgang tilskudd tiltak tilsyn tjeneste tjenester trygghet undersøkelse ungdom utdanning
    utfordring utstyr utvalg utvikling utveksling vaksine veileder veiledning vekst velferd
    verktøy vilkår virksomhet vurdering økonomi
"""
_ENDINGS = stemmer("norwegian")
# Of "fastlegen" the endings of an adjective, -leg and -en, would be taken as well.
_DOCTOR = re.compile(
    r"(\w*(?:fast|over|tann|allmenn|turnus|hus|sykehus)leg)(?:e|ar)?(?:n|r|ne|ane)?s?"
)


@lru_cache(maxsize=500_000)
def stem(word: str) -> str:
    """A word in lower case without its ending, in the spelling both kinds of Norwegian share."""
    word = key(word)
    doctor = _DOCTOR.fullmatch(word)
    return doctor[1] if doctor else str(_ENDINGS.stemWord(word))


_ONLY_ENDINGS = frozenset(["ende", "endes", "enes", "heten", "hetens", "heter", "lige", "mene"])
_LISTED_WORDS = frozenset(_PARTS.split())
_LISTED_STEMS = frozenset(map(stem, _LISTED_WORDS))


class Compounds:
    """Takes words apart by how often the texts write their parts; each answer is kept.

    `counts` has the words of the texts in lower case with how often each is written.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._words = counts
        self._stems: Counter[str] = Counter()
        for word, count in counts.items():
            self._stems[stem(word)] += count
        self._kept: dict[str, tuple[str, ...]] = {}

    def stems(self, word: str) -> tuple[str, ...]:
        """The stems of the parts of a word in lower case; one, if it has no parts we know."""
        known = self._kept.get(word)
        if known is None:
            known = self._kept[word] = self._parted(word)
        return known

    def _parted(self, word: str) -> tuple[str, ...]:
        if len(word) < _SHORTEST_WHOLE or _is_listed(word):
            return (stem(word),)
        best = max(self._cuts(word), default=None)
        if best is None:
            return (stem(word),)
        _weight, head, tail = best
        return (*self.stems(head), *self.stems(tail))

    def _cuts(self, word: str) -> list[tuple[float, str, str]]:
        """Each way to part `word` in two known parts, with how well they are known."""
        cuts = []
        for place in range(SHORTEST, len(word) - SHORTEST + 1):
            tail = word[place:]
            well = self._tail(tail)
            if not well:
                continue
            for head in _heads(word[:place]):
                known = self._head(head)
                if known:
                    cuts.append((log(1 + known) + log(1 + well), head, tail))
        return cuts

    def _head(self, part: str) -> int:
        count = self._words.get(part, 0)
        listed = part in _LISTED_WORDS or key(part) in _LISTED_WORDS
        return max(count, _LISTED) if listed else count if count >= _OFTEN else 0

    def _tail(self, part: str) -> int:
        ending = stem(part)
        if len(ending) < SHORTEST - 1 or part in _ONLY_ENDINGS:
            return 0
        count = self._stems[ending]
        if ending in _LISTED_STEMS:
            return max(count, _LISTED)
        if count >= _OFTEN:
            return count
        return _OFTEN if len(self.stems(part)) > 1 else 0


def _is_listed(word: str) -> bool:
    """Whether a word is a listed one with at most an ending: those are never taken apart."""
    root = stem(word)
    return root in _LISTED_STEMS and len(word) <= len(root) + _LONGEST_ENDING


def _heads(piece: str) -> list[str]:
    """What a first part may be as a word of its own: with and without a joining s or e."""
    joined = piece[-1] in "se" and len(piece) > SHORTEST
    return [piece, piece[:-1]] if joined else [piece]
