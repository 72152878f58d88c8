"""The turns of phrase by which kinds of remarks are told, in bokmål, nynorsk and English.

One phrase a line. A word that ends in * may have any ending, a/b is either word, and (a) may be left out.
"""

import re
from collections.abc import Iterator, Sequence

_PROPOSES = """
    foreslå/foreslår/føreslå/føreslår
    slår (vi) fast/følgende/fylgjande
    vårt/vår forslag/tilråding/anbefaling
    vi/utvalget/direktoratet kan med fordel
    kan/bør med fordel
    anbefal*
    tilrår/tilrår*/tilråd*
    oppfordrer/oppmoder/oppmodar
    etterlyser/etterlyse/etterspør/etterspørre
    ber/bed (vi/me) (derfor/difor) (også) om
    vi/me/jeg/eg ber/bed
    ber utvalget/utvalet/direktoratet/departementet/regjeringen/regjeringa
    bør/burde
    ønsker/ønskjer/ønskje (vi) (derfor/difor) at/velkommen
    ønsker/ønskjer (vi) (derfor/difor) å se/få/ha/sjå
    ønskelig/ønskeleg (å/at/om/med)
    må (derfor/difor) (også) etabler*/innfør*/opprett*/styrk*/sikr*/prioriter*/inkluder*/tydelig*/tydeleg*/beskriv*
    må (derfor/difor) (også) gjelde/gis/gjevast/videreutvikl*/vidareutvikl*/utvikles/utviklast/harmoniser*/endres/endrast
    må (derfor/difor) (også) tas/takast inn
    skal (derfor/difor) etableres/opprettes/innføres/tas
    vil/ville være/vere nyttig
    behov for å beskrive/presisere/tydeliggjøre/avklare/definere
    behovet for tydelige/tydelege
    er (det) (derfor/difor) (også) viktig/sentralt å/at
    må/bør derfor/difor
    savner/saknar (derfor/difor) (også) tiltak
    we/i (therefore) (also) propose/suggest/recommend/urge/ask/request
    it is recommended/suggested/proposed
    recommend*
    proposes/proposal/proposals
    suggests/suggestion/suggestions
    should
    ought to
    would/could like to see
    would/could benefit from
"""

_REQUIRES = """
    må
    trenger/treng/trengs/trengst
    behov for
    behovet for
    forutsetter/føreset
    en/ein (viktig) (grunnleggende) forutsetning/føresetnad
    nødvendig/naudsynt (å/at/med)
    avgjørende/avgjerande at/for/å/dersom
    viktig at/å
    krever/krev at
    must
    need/needs to
    need for
    is/are essential/crucial/necessary
"""

_WORRIES = """
    bekymr*
    uro/uroa/uroar for/over
    urolig/uroleg
    urovekk*
    skeptisk/skeptiske
    kritisk/kritiske til
    uheldig/uheldige
    risiko/risikoen/risikoer/risikerer/risikere
    fare/faren for
    frykter/fryktar
    svakhet*/svakheit*
    *utfordr*
    problem*
    *mangel/*mangelen
    mangler/manglar/mangler*/manglende/manglande/mangelfull*
    utilstrekk*
    ikke/ikkje (er) (alltid) (er) tilstrekk*/tilpass*/integrert*/rigg*/kapasitet/nok/god/godt/gode
    ikke/ikkje oppfylt/ivaretatt/ivareteke/fulgt/følgt/følges
    har ikke/ikkje
    til tross/trass for
    ingen/inga standard/ansvar/tar/tek
    uten/utan tydelig/tydeleg/klare
    i liten/begrenset/avgrensa/mindre/varierende grad
    varierer/varierende/varierande/tilfeldig/tilfeldige
    overses/nedprioriter*/neglisjer*
    truer/trugar/trua/truet
    *press/*presset
    usikker*
    ineffektiv*
    feil*
    begrenser/avgrensar
    forunderlig/forunderleg
    svak/svakt/svake
    falle mellom
    uforholdsmessig*
    bygges/byggjast ned
    *kø/*køer
    fristbrudd/fristbrot
    kostnader/kostnadane/kostnadene
    for lite/svak/svakt/svake/dårlig/dårleg/få/lav/lavt/låg/lågt/smal/smalt/snever/snevert/sent/seint
    savner/saknar
    stiller spørsmål ved
    stiller (oss) undrende/undrande
    vanskelig/vanskeleg
    dårligere/dårlegare
    svekk*
    ulikhet/ulikheter/ulikskap/forskjeller/forskjellar
    favoriser*
    faller/fell fra/frå
    hindr*
    hinder
    barriere*
    ikke/ikkje bærekraftig/berekraftig
    på bekostning/kostnad av
    fragmenter*
    uklar/uklart/uklare
    støtter/støttar ikke/ikkje
    kan ikke/ikkje støtte/stille
    uenig/uenige/ueinig/ueinige/imot
    går ut over
    går utover
    concern/concerns/concerned/concerning
    worry/worried/worrying
    risk/risks
    lack/lacks/lacking
    insufficient/insufficiently/unclear
    weakness/weaknesses
    challenge/challenges/challenging
    fail/fails to
    barrier/barriers/obstacle/obstacles
    do/does not support/agree
    disagree/disagrees
"""

_SUPPORTS = """
    støtter/støttar
    vi (er) enig/enige/einig/einige
    er enig/enige/einig/einige i/med/om
    stiller/stille (oss/seg) (fullt) bak
    stiller oss positiv/positive/positivt til
    slutter/sluttar (oss/seg) til/opp/fullt/helt/heilt
    er positiv/positive/positivt til/at
    svært/meget positiv/positive/positivt
    positivt/bra/gledelig/gledeleg at/med
    vi er glad/glade
    gode mål
    godt utgangspunkt
    tilslutning/tilslutnad til
    gir/gjev (vår) tilslutning/tilslutnad
    berømmer/rosar/roser/applauderer
    deler utvalgets/utvalets/direktoratets/departementets/denne/dette
    support/supports/supported
    we agree
    agree/agrees with/that
    welcome/welcomes
    in favour/favor of
    endorse/endorses
    appreciate/appreciates
"""

_TEXT = """
    (ny) tekst*
    (ny/følgende/alternativ) formulering/formuleringen/formuleringa/formuleringar
    (ny) ordlyd/ordlyden
    (nytt/ny) tillegg/tilføyelse/tilføying/tilføyd/tilføyes
    (nytt/følgende) kulepunkt/strekpunkt/kulepunktet/strekpunktet
    endres/endrast/endre/omformuleres/omformulerast/omformulere/formuleres/formulerast til/slik
    formuleres/formulerast/formulere (som/slik)
    erstattes/erstattast/erstatte/erstatt (med)
    bør/skal/må lyde
    lyder/lyde (slik)
    legges/leggjast/legge til
    setningen/setninga/avsnittet/punktet (bør) endres/endrast/strykes/strykast
    (new/alternative/following) wording/text/formulation
    replace/replaced/rephrase/rephrased/reword/reworded/amended
    should/to read
    add/adding/addition
"""

_OPENS = """
    styrk/styrke/styrka/styrket/styrking
    etabler/etablere/etablering/etableres/opprett/opprette/oppretting
    innfør/innføre/innføring/innføres
    sikre/sikring/sørge/sørg
    utvikle/utvikling/videreutvikl*/vidareutvikl*
    bedre/betre/økt/økte/auka/økning/auke/øke/mer/meir/flere/fleire/tydeligere/tydelegare/mindre/raskere/raskare
    tydeliggjør*/tydeleggjer*/avklar/avklare/presiser/presisere
    gi/gje/gjør/gjer/gjøre/gjere/la/bruk/bruke/start/starte/startes/løs/løse/løys/løyse/erstatt/erstatte
    prioriter*/standardiser*/samordn*/forenkl*/reduser/redusere/fjern/fjerne/øremerk*
    systematisk/systematiske/forpliktende/forpliktande/helhetlig/helhetlige/heilskapleg/heilskaplege
    felles/nasjonal/nasjonale/tidlig/tidleg/tilstrekkelig/tilstrekkeleg
    kompetanseheving/opprusting/satsing
    strengthen/establish/introduce/ensure/develop/improve/better/increase/more/clarify/give/make/reduce/prioritise/prioritize
"""

_TURNS = """
    men/imidlertid/derimot/samtidig/likevel/dog
    but/however/nevertheless/although
    støtter/støttar/stiller (oss/seg) ikke/ikkje
    kan ikke/ikkje støtte/stille
    do/does not support/agree
"""

_PROPOSALS_FOLLOW = """
    *forslag/*forslaga/*forslagene
    anbefal*/tilråd*/tilrår*/foreslår/føreslår/ønsker/ønskjer/oppfordrer
    *tiltak/tiltaka/tiltakene
    løsning*/løysing*
    behov for
    trenger/treng/trengs/trengst/må/bør/skal
    hva/kva bør/må/skal/trengs/trengst
    recommend*/propos*/suggest*/solution*/measures/should/must
"""

_WORRIES_FOLLOW = """
    *utfordr*
    *barriere*
    *problem*
    hinder/hindr*
    svakhet*/svakheit*
    mangler/manglar/*mangel
    bekymr*
    risiko*
    konsekvens*
    challenge*/barrier*/problem*/weakness*/concern*/risk*
"""


class Phrases:
    """Finds any phrase of a table, whichever case a text is in; between words of a phrase may stand a
    space or a comma. What is found tells its place in the text, and its words in lower case.

    The text is made lower case first, and each way a phrase may begin is a pattern of its own
    behind one word boundary: so most places of a text are passed by after one look.
    """

    def __init__(self, table: str) -> None:
        lines = (line.split() for line in table.split("\n"))
        ways = "|".join(way for line in lines for way in _ways(line))
        self._pattern = re.compile(rf"\b(?:{ways})")

    def search(self, text: str) -> re.Match[str] | None:
        """The first phrase in `text`."""
        return self._pattern.search(_lower(text))

    def match(self, text: str) -> re.Match[str] | None:
        """The phrase that `text` begins with."""
        return self._pattern.match(_lower(text))

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The phrases in `text`, one behind the other."""
        return self._pattern.finditer(_lower(text))


def _lower(text: str) -> str:
    """`text` in lower case, each letter in its place."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(one if len(one.lower()) > 1 else one.lower() for one in text)


def _ways(places: Sequence[str]) -> Iterator[str]:
    """The pattern of each way a phrase may begin: with each word of its first place, and of the
    next one where the first may be left out.
    """
    for number, place in enumerate(places):
        rest = "".join(map(_place, places[number + 1 :]))
        for word in _words(place):
            yield rf"{word}\b\W{{0,3}}{rest}"
        if not place.startswith("("):
            return


def _place(place: str) -> str:
    """The pattern of one place in a phrase: "ikke/ikkje", "anbefal*" or "(derfor)"."""
    pattern = rf"\b(?:{'|'.join(_words(place))})\b\W{{0,3}}"
    return f"(?:{pattern})?" if place.startswith("(") else pattern


def _words(place: str) -> list[str]:
    """The pattern of each word that may stand in a place."""
    return [re.escape(word).replace(r"\*", r"\w*") for word in place.strip("()").split("/")]


PROPOSES = Phrases(_PROPOSES)
"""Somebody wants something done."""
REQUIRES = Phrases(_REQUIRES)
"""Something is said to be needed."""
WORRIES = Phrases(_WORRIES)
"""Something is wrong or may go wrong."""
SUPPORTS = Phrases(_SUPPORTS)
"""Somebody agrees."""
OPENS = Phrases(_OPENS)
"""A remark that opens so asks for what it names, as lists of proposals do."""
TURNS = Phrases(_TURNS)
"""What was said so far is about to be qualified."""
PROPOSALS_FOLLOW = Phrases(_PROPOSALS_FOLLOW)
"""A heading or a lead-in says that proposals stand below."""
WORRIES_FOLLOW = Phrases(_WORRIES_FOLLOW)
"""A heading or a lead-in says that worries stand below."""
SPEAKS_OF_TEXT = Phrases(_TEXT)
"""The text itself is to be changed."""
