"""The words of a text, where they stand, and which of them say nothing of what it is about."""

import re
from collections.abc import Iterator

_WORD = re.compile(r"[^\W\d_]{2,}")

_COMMON = """
    alle alt an and andre annen annet are as at av bare be berre ble blei bli blir blitt burde by
    både båe bør da de deg dei deira dem den denne der dere deres derfor dersom desse det dette di
    difor din disse ditt du då eg egen ei ein eit eitt eller ellers en enn er et ett etter for fordi
    fra frå før gjennom ha hadde han hans har hatt heller henne hennes her ho hos hun hva hvem hver
    hvilke hvilken hvilket hvis hvor hvordan hvorfor i ikke ikkje in inga ingen inn innan innen
    innenfor is ja jeg kan kom kor korfor korleis kun kunne kva kvar kven kvifor likevel man med
    medan meg mellom men mens mi mine mitt mot mye mykje må måte måtte ned noe noen noko nokon nokre
    nå når of og også om on opp oss over per på samme samt seg selv si sia sidan siden sin sine sitt
    sjølv skal skulle som står så sånn that the this til to under ut utan uten var vart ved vel vere
    vert verte vi vil ville vore vår våre vårt være vært with
"""
# Grammatical words only: "gir" and "ny" may be what a theme is about.
COMMON = frozenset(_COMMON.split())


def words(text: str) -> list[str]:
    """Every word of two letters or more, in lower case, common ones too."""
    return _WORD.findall(text.lower())


def telling(text: str) -> Iterator[str]:
    """The words that may tell what a text is about, in lower case, in their order."""
    return (word for word in words(text) if word not in COMMON)
