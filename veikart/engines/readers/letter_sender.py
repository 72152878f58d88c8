"""Who sent a letter: the name it is from, is signed by, or speaks of itself by."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from veikart.engines.readers.blocks import Block
from veikart.engines.readers.norwegian import sentences

_LOW = r"(?:og|for|i|av|på|the|of|and|in)"
_CAP = r"[A-ZÆØÅ][\w&/.’'-]{0,40}\w|[A-ZÆØÅ]"
_KIND = (
    r"(?:\w{0,40}(?:forening|forbund|forbundet|foreningen|kommune|fylkeskommune|sykehus|sjukehus|universitet|universitetet|direktorat"
    r"|direktoratet|institutt|instituttet|senter|nettverk|nettverket|forum|allianse|alliansen|aksjonen|rådet|råd|organisasjon"
    r"|organisasjonen|fellesskap|fellesskapet|fellesskapene|helseforetak|programmet|bransjen|industrien|enheter|lag|stiftelse"
    r"|stiftelsen|utvalg|utvalget|kurbad|ledere|overleger|fagorgan|prosjektet|gruppen)|AS|HF|RHF|SA|BA|NGO|network)"
)
_NOT_FIRST = r"(?!(?:For|I|Fra|Frå|Om|På|Ved|Til|Av|Det|De|Den|Som|Hvis|Når|At|Med|Vi|Etter|Men|Og|Denne|Dette|Helsereformutvalget)\b)"
NAME = (
    rf"(?<!\w){_NOT_FIRST}(?:{_CAP})(?:[^\S\n](?:{_CAP}|{_KIND}\b)|,?[^\S\n]{_LOW}[^\S\n](?:{_CAP}|[a-zæøå][\wæøå-]{{3,40}})"
    rf"|[^\S\n][a-zæøå-]{{1,40}}(?:s|e|t|ig|isk)[^\S\n]{_KIND}\b){{0,9}}"
)
_WHOLE_NAME = re.compile(NAME)
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
_CLOSING = re.compile(
    r"(?:med\s+)?(?:vennlig|venleg|beste?|de beste|kind|best)\s+(?:hilsen|helsing|hilsning|regards)|mvh\b|hilsen\b|på vegne? av\b|for og på vegne",
    re.IGNORECASE,
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
_OTHERS = frozenset(
    ("riksrevisjonen", "riksrevisjon", "helsetilsynet", "statens helsetilsyn", "helsedirektoratet", "sykehusutvalget", "kommunekommisjonen",
     "helse- og omsorgsdepartementet", "ssb", "who", "oecd", "ukom", "menon economics", "oslo economics", "ot")
)  # fmt: skip
_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.|\S{1,64}@)(?P<domain>[a-z0-9æøå-]{3,})\.(?:no|com|org|net|eu)\b",
    re.IGNORECASE,
)
_ORGANISED = re.compile(rf"(?i:\b{_KIND}\b)|\b[A-ZÆØÅ]{{2,}}\b")
_KIND_WORD = re.compile(rf"\b{_KIND}\b", re.IGNORECASE)
_WITH_DOTS = re.compile(r"(?<!\S)\S{1,200}[@./]\S{1,200}")
_CAPITALS = re.compile(r"\b[A-ZÆØÅ]{3,8}\b")
_GENITIVE = re.compile(rf"(?<=[A-ZÆØÅ])s$|(?<=forbund)s$|(?<=forening)s$|(?<=kommune)s$|(?<=[a-z]en)s$|(?<=[a-zå]et)s$")
_PLURAL = re.compile(r"enes?$")
_OF_ANOTHER = re.compile(r"[\w-]+s [a-zæøå]+$")
_SHORTENED = re.compile(rf"(?P<name>{NAME})\s*\((?P<short>[A-ZÆØÅ][\w-]{{1,11}})\)")
_ROLE = re.compile(
    r"(?:(?:leder|leiar|medlem|styreleder|nestleder|styreleiar|generalsekretær|direktør|rådgiver|ordfører|ceo|daglig leder|forbundsleder"
    r"|fagsjef|president|professor|kommunedirektør)\b\s*(?:av|i|for|ved)?\s+)+",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    ("vi", "me", "jeg", "eg", "det", "de", "den", "dei", "dette", "denne", "disse", "alle", "noen", "mange", "flere", "helsereformutvalget",
     "utvalget", "norge", "noreg", "regjeringen", "departementet", "kommunene", "kommuner", "pasienter", "helsedirektoratet", "hod",
     "stortinget", "helseforetakene", "innspill", "innspel", "utvalgets", "til helsereformutvalget", "helse", "ki", "nav", "man", "hva",
     "when", "the", "we", "samtidig", "når", "her", "derfor", "spesialisthelsetjenesten", "kommunen", "staten", "brukere",
     "våre", "vår", "vårt", "unge", "forslag", "dagen", "dagens", "fylkestinget", "kommunestyret", "bakgrunn")
)  # fmt: skip
_HEAD_LINES, _LETTERHEAD, _LONGEST_LINE = 14, 5, 120
_LABELLED = 8  # votes
_FEWEST_VOTES, _CLOSING_LINES, _FEW, _MOST_TIMES = 2, 10, 3, 5
_PROVIDERS = frozenset(
    ("gmail", "hotmail", "outlook", "online", "live", "hod", "regjeringen", "google", "lovdata")
)


def sender(blocks: Sequence[Block], margins: Sequence[str] = ()) -> str | None:
    """The name a letter gives itself: after "Fra:", in its title, below its greeting, in its margins,
    in its addresses, or as the subject of what it means; None where no name is found.
    """
    text = "\n".join((*margins, *(block.text for block in blocks)))
    votes = _Votes(text)
    head, closing = _parts(blocks)
    for block in head:
        votes.add_label(block.text)
        votes.add_title(block.text)
    for block in closing:
        votes.add_signature(block.text)
    for block in () if closing else blocks[-_LETTERHEAD:]:
        votes.add_letterhead(block.text)
    for line in margins:
        votes.add_margin(line)
        votes.add_title(line)
    for block in head[:_LETTERHEAD]:
        votes.add_letterhead(block.text)
    for block in blocks:
        votes.add_own(block.text)
        for sentence in sentences(block.text):
            votes.add_sentence(sentence)
    for text in (
        *margins,
        *(block.text for block in (*head, *blocks[-_CLOSING_LINES:]) if block.kind != "footnote"),
    ):
        votes.add_addresses(text)
    return votes.best()


def _parts(blocks: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
    """The head of a letter, and what stands from its last greeting on."""
    head = blocks[:_HEAD_LINES]
    last = [place for place, block in enumerate(blocks) if _CLOSING.match(block.text)]
    return head, blocks[last[-1] : last[-1] + _CLOSING_LINES] if last else ()


class _Votes:
    """Counts what speaks for each name. Names that differ in case or a genitive are one."""

    def __init__(self, text: str) -> None:
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
            self._add(_GENITIVE.sub("", own["name"]), 5)

    def add_signature(self, text: str) -> None:
        if len(text) > 160:
            return
        rest = _CLOSING.sub("", text).strip(" ,")
        for match in _WHOLE_NAME.finditer(rest):
            if _ORGANISED.search(match[0]):
                self._add(match[0], 5 if _KIND_WORD.search(match[0]) else 3)

    def add_margin(self, text: str) -> None:
        self.add_letterhead(text)
        if _WHOLE_NAME.fullmatch(text):
            self._add(text, 2)

    def add_letterhead(self, text: str) -> None:
        """A short line that names a body."""
        if len(text) <= _LONGEST_LINE:
            for match in _WHOLE_NAME.finditer(text):
                if _KIND_WORD.search(match[0]):
                    self._add(match[0], 5 if match[0] == text else 3)
            for short in _CAPITALS.findall(text) if not text.isupper() else ():
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
        if _key(name) in _OTHERS or _OF_ANOTHER.search(name) or self._is_noun(first):
            return
        if (
            votes > 1
            or first in self._proper
            or first[1:] != first[1:].lower()
            or _KIND_WORD.search(name)
        ):
            self._add(name, votes)

    def add_addresses(self, text: str) -> None:
        self._domains += [match["domain"].casefold() for match in _ADDRESS.finditer(text)]

    def _add(self, name: str, votes: int) -> None:
        name = _ROLE.sub("", " ".join(name.split())).strip(" .,:;|–-")
        key = _key(name)
        if (
            key in _NOBODY
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
        is_plural = _PLURAL.search(name) is not None and _KIND_WORD.search(name) is None
        return is_plural or self._is_noun(name)

    def _is_noun(self, word: str) -> bool:
        """Whether a word stands as often with a small first letter as with a large one."""
        return self._small[word.casefold()] >= max(self._large[word], 1)

    def best(self) -> str | None:
        """The name with most votes, with its short form behind it where the text gives one."""
        names = Counter(match[0] for match in _WHOLE_NAME.finditer(self._text))
        self._add_owners(names)
        self._add_frequent(names)
        shorts = {match["name"]: match["short"] for match in _SHORTENED.finditer(self._text)}
        for name, short in shorts.items():
            if _key(short) in self._votes:
                self._add(name, self._votes.pop(_key(short)))
        if not self._votes:
            return None
        key, votes = max(self._votes.items(), key=lambda item: (item[1], len(item[0])))
        if votes < _FEWEST_VOTES:
            return None
        name = self._written[key].most_common(1)[0][0]
        short = next((short for long, short in shorts.items() if _key(long) == key), None)
        return f"{name} ({short})" if short else name

    def _add_frequent(self, names: Counter[str]) -> None:
        """What a letter names again and again: bodies, and whatever has votes already."""
        voted = frozenset(self._votes)
        for name, times in names.items():
            if _key(name) in _OTHERS:
                continue
            if _key(name) in voted:
                self._add(name, min(times, _MOST_TIMES))
            elif _KIND_WORD.search(name):
                self._add(name, min(times, _MOST_TIMES - 2))

    def _add_owners(self, names: Iterable[str]) -> None:
        """Names that an address in the head, the margins or below the greeting is made of."""
        domains = {_letters(domain) for domain in self._domains} - _PROVIDERS
        for name in names:
            letters = _letters(name)
            if _key(name) in _OTHERS:
                continue
            owns = any(
                letters == domain or (len(domain) > _FEW and domain in letters)
                for domain in domains
            )
            if owns and (letters in domains or _KIND_WORD.search(name) or " " not in name):
                self._add(name, 4)


def _key(name: str) -> str:
    return re.sub(r"(?<=[a-zæøå])(?:s|’s|'s)$", "", name.casefold())


def _letters(text: str) -> str:
    plain = text.casefold().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    return re.sub(r"[^a-z0-9]", "", plain)
