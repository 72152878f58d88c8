"""Who replies: the name that a reply gives or speaks of itself by, and which kind of body that is."""

import re
from collections import Counter
from collections.abc import Sequence

from veikart.engines.handling.words import RespondentKind
from veikart.engines.readers.blocks import Block
from veikart.engines.readers.norwegian import sentences
from veikart.engines.readers.reply_form_answers import is_prompt

_LABELLED = re.compile(
    r"(?:navn\s+på\s+)?(?:høringsinstans(?:en)?|høyringsinstans|avsender|avsendar|virksomhet(?:en)?|verksemd|organisasjon(?:en)?"
    r"|instans|innsender|svar\s+fra|svar\s+frå|respondent|name\s+of\s+organi[sz]ation|organi[sz]ation|sender)"
    r"\s*(?:\([^)]*\)\s*)?:\s*(?P<name>\S.{1,118})",
    re.IGNORECASE,
)
_SPEAKS = (
    r"(?:mener|meiner|støtter|støttar|stiller|foreslår|føreslår|savner|saknar|anser|ber|ønsker|ønskjer|anbefaler|tilrår|vil"
    r"|viser|syner|vurderer|takker|takkar|har|er|understreker|understrekar|supports|proposes|believes|recommends|considers)"
)
_NAME = r"[A-ZÆØÅ][\w&.-]*(?:\s+(?:(?:og|for|i|av|på|the|of|and)\s+)?[\w&.-]*[A-ZÆØÅ][\w&.-]*|\s+(?:for|i|og)\s+[\w-]+){0,5}"
_SUBJECT = re.compile(rf"(?P<name>{_NAME})\s+(?P<verb>{_SPEAKS})\b")
_WEAK = frozenset({"har", "er", "vil", "viser", "stiller"})
_NOBODY_WORDS = """
    vi me jeg eg det de den dei dette denne disse alle noen mange flere strategien målet målene visjonen
    teksten indikatoren indikatorene måleindikatorene digitalisering departementet direktoratet regjeringen
    utvalget kommunene kommuner innbyggere helsepersonell we it this they i the
"""
_NOBODY = frozenset(_NOBODY_WORDS.split())
_FEWEST_TIMES = 2

_KINDS: tuple[tuple[str, RespondentKind], ...] = (
    (r"departement", "ministry"),
    (r"\bRHF\b|regionalt helseforetak", "regional_health_authority"),
    (r"\bHF\b|helseforetak|sykehus|sjukehus|universitetssykehus", "health_trust"),
    (r"fylkeskommune|fylke\b", "county"),
    (r"kommune(?:direktør\w*|overlege\w*)?\b|bydel", "municipality"),
    (r"allmennlege|fastlege", "gp"),
    (r"forskningsråd|universitet|høg?skole|høgskule|SINTEF|NTNU|forsk(?:ning|ing)|institutt for|senter for", "research"),
    (r"direktorat|tilsyn|verket\b|instituttet|Statsforvalter|statsforvaltar|ombud|Norsk helsenett|registeret", "agency"),
    (r"fagforbund|legeforening|sykepleierforbund|psykologforening|NITO\b|\bLO\b|forbundet for|radiograf|fysioterapeut|tannlege\w*|ergoterapeut|logopedforbund", "trade_union"),
    (r"pasient|brukerorganisasjon|kreftforening|FFO\b|SAFO\b|mental helse|hørselsforbund|pårørende", "patient_organisation"),
    (r"\bKS\b|forening|forbund|forum|allianse|organisasjon|\bNHO\b|Abelia|association", "interest_organisation"),
    (r"nettverk|samarbeid|program(?:met)?\b|prosjekt", "collaboration"),
    (r"\bA/?S\b|\bASA\b|\bLtd\b|\bInc\b|\bGmbH\b", "vendor"),
    (r"\bWHO\b|\bOECD\b|\bEU\b|Nordic|European", "international"),
)  # fmt: skip


def respondent(blocks: Sequence[Block]) -> str | None:
    """The name behind a label such as "Høringsinstans:", or else by which a reply speaks of itself.

    A prompt behind the label is no name. The one spoken of is that which most often mener, foreslår,
    støtter and so on, at least twice.
    """
    for block in blocks:
        match = _LABELLED.match(block.text)
        if match and not is_prompt(match["name"]):
            return match["name"].strip(" .|")
    spoken: Counter[str] = Counter()
    for block in blocks:
        for sentence in sentences(block.text):
            subject = _SUBJECT.match(sentence)
            if subject and subject["name"].casefold() not in _NOBODY:
                spoken[subject["name"]] += 1 if subject["verb"] in _WEAK else 2
    name, times = spoken.most_common(1)[0] if spoken else (None, 0)
    return name if times >= _FEWEST_TIMES else None


def kind_of_respondent(name: str | None) -> RespondentKind | None:
    """The kind of body that a name tells; None where it tells none."""
    if name is None:
        return None
    return next((kind for words, kind in _KINDS if re.search(words, name, re.IGNORECASE)), None)
