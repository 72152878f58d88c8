"""Names of bodies as letters write them: what makes one, and which words are none."""

import re
from collections.abc import Iterable

_LOW = r"(?:og|for|i|av|på|the|of|and|in)"
_CAP = r"[A-ZÆØÅ][\w&/.’'-]{0,40}\w|[A-ZÆØÅ]"
_KIND = (
    r"(?:\w{0,40}(?:forening|forbund|forbundet|foreningen|kommune|fylkeskommune|sykehus|sjukehus|universitet|universitetet|direktorat"
    r"|direktoratet|institutt|instituttet|senter|nettverk|nettverket|forum|allianse|alliansen|aksjonen|rådet|råd|organisasjon"
    r"|organisasjonen|fellesskap|fellesskapet|fellesskapene|helseforetak|programmet|bransjen|industrien|enheter|lag|stiftelse"
    r"|stiftelsen|utvalg|utvalget|kurbad|ledere|overleger|fagorgan|prosjektet|gruppen)|AS|HF|RHF|SA|BA|NGO|network)"
)
_NOT_FIRST = r"(?!(?:For|I|Fra|Frå|Om|På|Ved|Til|Av|Det|De|Den|Som|Hvis|Når|At|Med|Vi|Etter|Men|Og|Denne|Dette)\b)"
NAME = (
    rf"(?<!\w){_NOT_FIRST}(?:{_CAP})(?:[^\S\n](?:{_CAP}|{_KIND}\b)|,?[^\S\n]{_LOW}[^\S\n](?:{_CAP}|[a-zæøå][\wæøå-]{{3,40}})"
    rf"|[^\S\n][a-zæøå-]{{1,40}}(?:s|e|t|ig|isk)[^\S\n]{_KIND}\b){{0,9}}"
)
WHOLE_NAME = re.compile(NAME)
ORGANISED = re.compile(rf"(?i:\b{_KIND}\b)|\b[A-ZÆØÅ]{{2,}}\b")
KIND_WORD = re.compile(rf"\b{_KIND}\b", re.IGNORECASE)
CAPITALS = re.compile(r"\b[A-ZÆØÅ]{3,8}\b")
GENITIVE = re.compile(
    r"(?<=[A-ZÆØÅ])s$|(?<=forbund)s$|(?<=forening)s$|(?<=kommune)s$|(?<=[a-z]en)s$|(?<=[a-zå]et)s$"
)
PLURAL = re.compile(r"enes?$")
OF_ANOTHER = re.compile(r"[\w-]+s [a-zæøå]+$")
SHORTENED = re.compile(rf"(?P<name>{NAME})\s*\((?P<short>[A-ZÆØÅ][\w-]{{1,11}})\)")
ROLE = re.compile(
    r"(?:(?:leder|leiar|medlem|styreleder|nestleder|styreleiar|generalsekretær|direktør|rådgiver|ordfører|ceo|daglig leder|forbundsleder"
    r"|fagsjef|president|professor|kommunedirektør)\b\s*(?:av|i|for|ved)?\s+)+",
    re.IGNORECASE,
)
NOBODY = frozenset(
    ("vi", "me", "jeg", "eg", "det", "de", "den", "dei", "dette", "denne", "disse", "alle", "noen", "mange", "flere",
     "utvalget", "norge", "noreg", "regjeringen", "departementet", "kommunene", "kommuner", "pasienter",
     "stortinget", "helseforetakene", "innspill", "innspel", "utvalgets", "helse", "ki", "nav", "man", "hva",
     "when", "the", "we", "samtidig", "når", "her", "derfor", "spesialisthelsetjenesten", "kommunen", "staten", "brukere",
     "våre", "vår", "vårt", "unge", "forslag", "dagen", "dagens", "fylkestinget", "kommunestyret", "bakgrunn")
)  # fmt: skip
_TO = re.compile(rf"\b(?i:til|to)\s*:?\s+(?P<name>{NAME})")
_LONGEST_TITLE = 200


def addressees(lines: Iterable[str]) -> frozenset[str]:
    """The keys of the names that short lines of a head say a letter is to: "Innspill til Fyrutvalget"."""
    short = (line for line in lines if len(line) <= _LONGEST_TITLE)
    return frozenset(key_of(match["name"]) for line in short for match in _TO.finditer(line))


def key_of(name: str) -> str:
    """What names are compared by: small letters, no genitive."""
    return re.sub(r"(?<=[a-zæøå])(?:s|’s|'s)$", "", name.casefold())


def letters_of(text: str) -> str:
    """The letters of a name as addresses spell them."""
    plain = text.casefold().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    return re.sub(r"[^a-z0-9]", "", plain)
