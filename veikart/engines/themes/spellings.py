"""One key for what bokmål and nynorsk spell in two ways: "høyring" and "høring" meet here.

A key need not be a word of either: the same rules are used on both, so it only has to be the same.
"""

import re

_ROOTS = """
    avgjerd     avgjørels     | berekraft   bærekraft     | eining      enhet
    einsemd     ensomhet      | einskild    enkelt        | forebu      forbered
    framlegg    forslag       | førebu      forbered      | førebygg    forebygg
    heilskap    helhet        | heim        hjem          | ikkje       ikke
    kjelde      kilde         | korleis     hvordan       | kunnig      kyndig
    lækjar      lege          | løyving     bevilgning    | medverk     medvirk
    medverknad  medvirkning   | merksemd    oppmerksomhet | mogeleg     mulig
    mogleg      mulig         | mykje       mye           | naudsyn     nødvendi
    omsut       omsorg        | oppgåv      oppgav        | rettlei     veiled
    rettleiing  veiledning    | røynsle     erfaring      | saman       sammen
    samhøve     forhold       | sjuk        syk           | sjølv       selv
    skilnad     forskjell     | styresmakt  myndighet     | tenest      tjenest
    tilbod      tilbud        | tilsett     ansatt        | tryggleik   trygghet
    verknad     virkning      | verksemd    virksomhet
"""
_RULES = (
    (r"^kv", "hv"),
    (r"øy", "ø"),
    (r"^fram", "frem"),
    (r"^auk", "øk"),
    (r"^heil", "hel"),
    (r"^eig", "eg"),
    (r"^fleir", "fler"),
    (r"(?<=[gklnr][gk])j(?=[ea])", ""),
    (r"(?<=[^\W\d_]{2})sning", "sing"),
    (r"(?<!p)leiar", "leder"),
    (r"(?<!p)leiing", "ledelse"),
    (r"heit(?=(?:a|s|er|ar|ene|ane)?$)", "het"),
    (r"(?<=[^\W\d_]{3})arar$", "ere"),
    (r"(?<=[^\W\d_]{3})(?<!sv)ar(?=(?:ane|en|s|ens)?$)", "er"),
    (r"(?<=[^\W\d_]{3})(?:arane|erane|erne)$", "erene"),
    (r"domm(?=[ea])", "dom"),
)


def _roots(table: str) -> dict[str, str]:
    halves = table.replace("|", " ").split()
    return dict(zip(halves[::2], halves[1::2], strict=True))


_BOKMAL = _roots(_ROOTS)
_NYNORSK = re.compile("|".join(sorted(_BOKMAL, key=len, reverse=True)))
_COMPILED = tuple((re.compile(pattern), put) for pattern, put in _RULES)


def key(word: str) -> str:
    """The spelling under which a word in lower case is looked up, whichever Norwegian it is in."""
    word = _NYNORSK.sub(lambda found: _BOKMAL[found[0]], word)
    for pattern, put in _COMPILED:
        word = pattern.sub(put, word)
    return word
