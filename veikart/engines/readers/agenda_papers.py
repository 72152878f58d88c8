"""What stands with a case: its text, its numbered questions, its papers, and what is to be decided."""

import re
from collections.abc import Sequence

import msgspec

from veikart.engines.readers.agenda_text import Paragraph, as_text

_PAPER = re.compile(
    r"(?:vedlegg|attachment|appendix)\s+(?P<label>\d{1,2}\s?[a-z]?|[A-Z])\s*(?P<parted>[:.–—-])?\s*(?P<title>.*)",
    re.IGNORECASE,
)
_PROPOSED = re.compile(
    r"(?:(?:forslag|framlegg) til (?:vedtak|anbefaling|tilråding|konklusjon|beslutning)\w*|innstilling(?:\s+til\s+vedtak)?"
    r"|proposed decision|draft decision)\s*(?::|$)\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_DECIDED = re.compile(
    r"(?:(?:enstemmig\s+|samrøystes\s+)?vedtak(?:et)?|konklusjon|beslutning|avgjerd|decision|conclusion)\s*(?::|$)\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"drøft|spørsmål|innspill|innspel|følgende|følgjande|diskut|vurder|questions?\b|discuss|:\s*$",
    re.IGNORECASE,
)
_ACTION = re.compile(
    r"(?:oppfølging|oppfølgingspunkt|aksjon(?:er|spunkt)?|tiltak|follow-up|actions?)\s*(?::|$)\s*(?P<rest>.*)",
    re.IGNORECASE,
)


class Paper(msgspec.Struct, frozen=True):
    """A paper that goes with a case."""

    label: str
    title: str | None
    paragraph: Paragraph


class Stated(msgspec.Struct, kw_only=True):
    """What a case's paragraphs say, each kind by itself; nothing of them is left out."""

    text: list[Paragraph]
    questions: list[Paragraph]
    papers: list[Paper]
    proposed: list[Paragraph]
    decided: list[Paragraph]
    actions: list[Paragraph]


def stated(body: Sequence[Paragraph]) -> Stated:
    """Sort the paragraphs of a case by what they are.

    A label ("Forslag til vedtak:", "Vedtak:", "Oppfølging:") holds until the next one or a paper.
    A numbered paragraph is a question if what stands before it asks, or if it ends in a question mark.
    """
    found = Stated(text=[], questions=[], papers=[], proposed=[], decided=[], actions=[])
    into = found.text
    asks = waits = False
    for one in body:
        label = _labelled(one.text, found)
        if label is not None:
            into, rest = label
            asks = waits = False
            into += [] if not rest else [msgspec.structs.replace(one, text=rest)]
        elif waits and found.papers[-1].title is None and _PAPER.match(one.text) is None:
            found.papers[-1] = msgspec.structs.replace(found.papers[-1], title=one.text)
            waits = False
        elif (paper := _paper(one)) is not None:
            found.papers.append(paper)
            into, waits = found.text, paper.title is None
        elif (into is found.text and one.no is not None and (asks or one.text.endswith("?"))) or (
            into is found.text and one.is_listed and one.text.endswith("?")
        ):
            found.questions.append(one)
        else:
            into.append(one)
            asks = into is found.text and _ASKS.search(one.text) is not None
    return found


def _labelled(text: str, found: Stated) -> tuple[list[Paragraph], str] | None:
    for form, into in (
        (_PROPOSED, found.proposed),
        (_DECIDED, found.decided),
        (_ACTION, found.actions),
    ):
        match = form.match(text)
        if match is not None:
            return into, match["rest"].strip()
    return None


def _paper(one: Paragraph) -> Paper | None:
    match = _PAPER.match(one.text)
    if match is None:
        return None
    title = match["title"].strip().rstrip(".")
    if not match["parted"] and title and not title[:1].isupper():
        return None  # a sentence on the paper
    return Paper(match["label"].replace(" ", "").upper(), title or None, one)


def text_of(found: Sequence[Paragraph]) -> str | None:
    """Paragraphs as one text, a line each."""
    return as_text(found)
