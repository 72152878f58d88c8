"""The vision of a strategy document and its explained phrases, and the overarching goals."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from veikart.engines.proposal import Item
from veikart.engines.readers.cautions import Cautions
from veikart.engines.readers.norwegian import same_word, without_marks
from veikart.engines.readers.paragraphs import Paragraph, ends_a_sentence
from veikart.engines.readers.strategy_outline import NUMBERED, Outline, found_at, is_heading

_HEADING = r"(?:vår |strategiens )?visjon(?:en)?$"
_QUOTED = re.compile(
    r"visjon(?:en)?\b[^.«“\"]{0,60}?[:\s]\s*[«“\"]([^»”\"]{10,300})[»”\"]", re.IGNORECASE
)
_WITHIN = 4
_FEWEST_WORDS = 4


class _Sentence(msgspec.Struct, frozen=True):
    text: str
    paragraph: Paragraph
    after: Sequence[Paragraph]


def vision(outline: Outline, cautions: Cautions) -> list[Item]:
    """The vision as one item, `visjon`; none, with a caution, if the document names none.

    It is the sentence that stands by itself below the heading "Visjon", or the one in quotation
    marks after the word. Its phrases are the paragraphs below it that open with words of it.
    """
    standing = list(_standing(outline))
    quoted = list(_quoted(outline))
    if not standing and not quoted:
        cautions.add(
            "vision_missing",
            "Expected a vision: a sentence by itself below the heading “Visjon”, or one in «» "
            "after that word. None was found.",
            "Enter the vision by hand, or mark it in the document in one of these ways.",
        )
        return []
    found = _best(standing, quoted)
    for other in (*standing, *quoted):
        if other.text.casefold() != found.text.casefold():
            cautions.add(
                "vision_differs",
                f"The vision is “{found.text}” in one place and “{other.text}” in another. The "
                "first of them is kept.",
                "Look up which of the two was approved.",
                page=other.paragraph.page,
                line=other.paragraph.line,
            )
    phrases = _phrases(found)
    values = {"text": found.text, "phrases": phrases}
    return [Item(kind="vision", key="visjon", values=values, found_at=found_at(found.paragraph))]


def _best(standing: Sequence[_Sentence], quoted: Sequence[_Sentence]) -> _Sentence:
    confirmed = {sentence.text.casefold() for sentence in quoted}
    return next(
        (sentence for sentence in standing if sentence.text.casefold() in confirmed),
        (*quoted, *standing)[0] if quoted and not standing else standing[0],
    )


def _standing(outline: Outline) -> Iterator[_Sentence]:
    for below in outline.below(_HEADING):
        for index, paragraph in enumerate(below[:_WITHIN]):
            text = paragraph.text.strip('«»“”" ')
            if _stands_by_itself(paragraph, text):
                yield _Sentence(text, paragraph, below[index + 1 :])
                break


def _stands_by_itself(paragraph: Paragraph, text: str) -> bool:
    if len(text.split()) < _FEWEST_WORDS or len(text) > 300 or NUMBERED.match(text):
        return False
    return paragraph.text[0] in '«“"' or not ends_a_sentence(paragraph.text)


def _quoted(outline: Outline) -> Iterator[_Sentence]:
    for index, paragraph in enumerate(outline.body):
        for match in _QUOTED.finditer(paragraph.text):
            yield _Sentence(match[1].strip().rstrip("."), paragraph, outline.after(index))


def _phrases(found: _Sentence) -> list[dict[str, Any]]:
    words = re.findall(r"\w+", found.text)
    phrases: list[dict[str, Any]] = []
    for paragraph in found.after:
        phrase = _opening(paragraph.text, words)
        if phrase and not is_heading(paragraph):
            phrases.append(
                {
                    "no": len(phrases) + 1,
                    "phrase": phrase,
                    "explanation": without_marks(paragraph.text),
                }
            )
        elif phrases or is_heading(paragraph):
            break
    return phrases


def _opening(text: str, words: Sequence[str]) -> str | None:
    """The words that `text` opens with and that stand together in the vision."""
    opening = list(re.finditer(r"\w+", text[:200]))
    longest = 0
    for start in range(len(words)):
        length = 0
        for known, match in zip(words[start:], opening, strict=False):
            if not same_word(known, match[0]):
                break
            length += 1
        longest = max(longest, length)
    if longest == 0 or (longest == 1 and len(opening[0][0]) < 4):
        return None
    return text[: opening[longest - 1].end()].lstrip('«“"*•- ')


# --- Overarching goals ------------------------------------------------------------------------

_OVERARCHING = re.compile(r"overordnede?\s+mål", re.IGNORECASE)


class _Numbered(msgspec.Struct):
    number: int
    title: str
    paragraph: Paragraph
    texts: list[str]


def overarching_goals(outline: Outline, cautions: Cautions) -> list[Item]:
    """The numbered goals that follow where the overarching goals are spoken of, with their texts.

    Where they are listed several times, the list that says most holds.
    """
    runs = [
        _run(outline.after(index))
        for index, paragraph in enumerate(outline.body)
        if _OVERARCHING.search(paragraph.text)
    ]
    best = max(runs, key=lambda run: (sum(bool(goal.texts) for goal in run), len(run)), default=[])
    if not best:
        cautions.add(
            "overarching_goals_missing",
            "Expected numbered goals (“1. …”) after the words “overordnede mål”; found none.",
            "Enter them by hand, if the strategy has any.",
        )
    return [
        Item(
            kind="overarching_goal",
            key=f"overordnet-mal/{goal.number}",
            values={
                "number": goal.number,
                "title": goal.title,
                "text": "\n\n".join(goal.texts) or None,
            },
            found_at=found_at(goal.paragraph),
        )
        for goal in best
    ]


def _run(below: Sequence[Paragraph]) -> list[_Numbered]:
    """The goals 1, 2, 3 … that begin within a few paragraphs, each with the text below it."""
    goals: list[_Numbered] = []
    for index, paragraph in enumerate(below):
        numbered = NUMBERED.fullmatch(paragraph.text)
        if numbered and int(numbered[1]) == len(goals) + 1:
            goals.append(
                _Numbered(len(goals) + 1, without_marks(numbered[2]).strip(), paragraph, [])
            )
        elif numbered or (goals and _ends_the_run(paragraph)) or (not goals and index >= _WITHIN):
            break
        elif goals:
            goals[-1].texts.append(without_marks(paragraph.text))
    return goals


def _ends_the_run(paragraph: Paragraph) -> bool:
    return is_heading(paragraph) or paragraph.kind == "bullet" or paragraph.text.endswith(":")
