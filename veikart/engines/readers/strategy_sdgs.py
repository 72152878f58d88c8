"""The UN sustainable development goals in a strategy document, and which goals contribute."""

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from veikart.engines.proposal import Item
from veikart.engines.readers.cautions import Cautions
from veikart.engines.readers.norwegian import goals_named, sentences, without_marks
from veikart.engines.readers.paragraphs import Paragraph
from veikart.engines.readers.sdg_titles import TITLES, given_number
from veikart.engines.readers.strategy_outline import Outline, found_at, is_heading

# Words that speak for a goal: from its title and from the wording of its official targets.
_THEMES = {
    1: ("fattigdom", "sosial trygghet"),
    2: ("sult", "matsikkerhet", "ernæring", "landbruk"),
    3: ("god helse", "livskvalitet", "helse og trivsel"),
    4: ("god utdanning", "utdanning for alle", "livslang læring", "læringsmuligheter"),
    5: ("likestilling", "jenter", "kvinner"),
    6: ("rent vann", "sanitær", "vannforsyning"),
    7: ("ren energi", "energieffektiv", "fornybar"),
    8: ("anstendig arbeid", "økonomisk vekst", "sysselsetting", "arbeidsplasser"),
    9: ("industri", "innovasjon", "infrastruktur"),
    10: ("ulikhet", "lik tilgang", "likeverdige tjenester", "diskriminering"),
    11: ("byer", "lokalsamfunn", "bosetting", "kollektivtransport"),
    12: ("forbruk", "produksjonsmønst", "avfall", "ressursbruk", "gjenbruk"),
    13: ("klimaendring", "klimagass", "utslipp", "klima"),
    14: ("havet", "marin", "hav og"),
    15: ("økosystemer på land", "biologisk mangfold", "skog", "arter"),
    16: ("fred", "rettferdige samfunn", "rettssikkerhet", "velfungerende institusjoner"),
    17: ("partnerskap", "samarbeid for å nå", "globalt samarbeid", "samarbeid"),
}
_OPENING_WEIGHS = 4
_SHORT = 6  # a short word speaks for a goal only by itself: “fred”, and not “fredag”

_SECTION = r"(?:fns?\s+)?(?:fns\s+)?bærekrafts?mål"
_MOST = re.compile(r"\bmest\b|\bi størst grad\b|\bhovedsakelig\b", re.IGNORECASE)
_CLAUSE = re.compile(r",\s+(?:men|mens|og)\s+|;\s+", re.IGNORECASE)


class _Recognised(msgspec.Struct, frozen=True):
    """A paragraph and the goal it speaks of; `evidence` is empty where the number was given."""

    number: int
    paragraph: Paragraph
    evidence: tuple[str, ...]


def sdgs(outline: Outline, among: Iterable[int], cautions: Cautions) -> list[Item]:
    """The sustainable development goals in the section on them, by number.

    In the printed document their numbers are pictures, which are lost in text; the goal is then
    told from the words its paragraph opens with, and a caution says so. `among` are the numbers
    of the strategy's own goals.
    """
    numbers = tuple(among)
    found: dict[int, list[_Recognised]] = {}
    for one in _recognised(_section(outline), cautions):
        found.setdefault(one.number, []).append(one)
    if not found:
        cautions.add(
            "sdgs_missing",
            "Expected a section on the UN sustainable development goals (“FNs bærekraftsmål”) "
            "with a paragraph on each; found none.",
            "Enter them by hand, if the strategy names any.",
        )
    return [_item(number, found[number], numbers, cautions) for number in sorted(found)]


def _section(outline: Outline) -> Sequence[Paragraph]:
    """The paragraphs below the section's heading, without those that lead up to the goals."""
    for below in outline.below(_SECTION):
        body: list[Paragraph] = []
        for paragraph in below:
            if is_heading(paragraph) and not given_number(paragraph.text):
                break
            body.append(paragraph)
        lead = [i for i, known in enumerate(body) if known.text.endswith(":")]
        if body:
            return body[lead[0] + 1 :] if lead else body
    return ()


def _recognised(body: Sequence[Paragraph], cautions: Cautions) -> list[_Recognised]:
    """Each paragraph with its goal; one that speaks of none goes on with the one before it."""
    found: list[_Recognised] = []
    for paragraph in body:
        given = given_number(paragraph.text)
        if given:
            found.append(_Recognised(given, paragraph, ()))
            continue
        told = _told(paragraph.text)
        if told and not (found and not found[-1].evidence and is_heading(found[-1].paragraph)):
            found.append(_Recognised(told[0], paragraph, told[1]))
        elif found:
            found.append(_Recognised(found[-1].number, paragraph, ()))
        else:
            cautions.add(
                "sdg_unrecognised",
                "It could not be told which sustainable development goal this paragraph is on: "
                f"“{paragraph.text[:80]}…”.",
                "Enter the goal by hand, if it is on one.",
                page=paragraph.page,
                line=paragraph.line,
            )
    return found


def _told(text: str) -> tuple[int, tuple[str, ...]] | None:
    """The goal whose words `text` has, those of its first sentence counting most."""
    first = (sentences(text) or [""])[0].casefold()
    whole = text.casefold()
    scores = {}
    for number, themes in _THEMES.items():
        opening = [theme for theme in themes if _has(first, theme)]
        anywhere = [theme for theme in themes if _has(whole, theme)]
        if opening:
            scores[number] = (_OPENING_WEIGHS * len(opening) + len(anywhere), tuple(anywhere))
    if not scores:
        return None
    best = max(scores, key=lambda number: scores[number][0])
    return best, scores[best][1]


def _has(text: str, theme: str) -> bool:
    ending = r"(?:en|et|er|ene|s)?\b" if len(theme) <= _SHORT else ""
    return re.search(rf"\b{re.escape(theme)}{ending}", text) is not None


def _item(
    number: int,
    found: Sequence[_Recognised],
    among: Sequence[int],
    cautions: Cautions,
) -> Item:
    first = found[0]
    evidence = tuple(dict.fromkeys(word for one in found for word in one.evidence))
    if evidence:
        words = ", ".join(f"“{word}”" for word in evidence)
        cautions.add(
            "sdg_inferred",
            f"The text does not give the number of this sustainable development goal; it was told "
            f"from {words} as {number} “{TITLES[number]}”.",
            "Compare with the icon in the printed document.",
            page=first.paragraph.page,
            line=first.paragraph.line,
        )
    texts = [without_marks(one.paragraph.text) for one in found]
    if given_number(texts[0]) and is_heading(first.paragraph):
        texts = texts[1:]
    goals, most_direct = _contributing(texts, among)
    return Item(
        kind="sdg",
        key=f"fn-mal/{number}",
        values={
            "number": number,
            "title": TITLES[number],
            "goals": [f"mal/{goal}" for goal in goals],
            "most_direct": [f"mal/{goal}" for goal in most_direct],
            "text": "\n\n".join(texts) or None,
        },
        found_at=found_at(first.paragraph),
    )


def _contributing(texts: Iterable[str], among: Sequence[int]) -> tuple[list[int], list[int]]:
    """The strategy's goals that `texts` name, and those that contribute the most."""
    goals: set[int] = set()
    most: set[int] = set()
    for text in texts:
        for sentence in sentences(text):
            goals.update(goals_named(sentence, among=among))
            for clause in _CLAUSE.split(sentence):
                if _MOST.search(clause):
                    most.update(goals_named(clause, among=among))
    known: Mapping[int, None] = dict.fromkeys(among)
    return sorted(goals & set(known)), sorted(most & set(known))
