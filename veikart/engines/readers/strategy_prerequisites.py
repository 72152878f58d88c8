"""Which goals rest on which others, each with the sentences that say so."""

import re
from collections.abc import Iterator, Mapping

import msgspec

from veikart.engines.proposal import Item
from veikart.engines.readers.norwegian import goals_named, sentences, without_marks
from veikart.engines.readers.paragraphs import Paragraph
from veikart.engines.readers.strategy_goals import RESTS_ON, Goal
from veikart.engines.readers.strategy_outline import Outline, found_at, is_heading

_OWN, _FROM_THE_OTHER, _IN_GENERAL = range(3)

_REFERS_BACK = re.compile(
    r"(?:dette|det|disse|denne)\b.*\b(?:beskr\w+|inngår|omfattes|omtales|del av)", re.IGNORECASE
)
_REQUIRES = re.compile(r"\b(?:bør|må|kreves|trengs|nødvendig)\b", re.IGNORECASE)
_LEADS_TO = re.compile(
    r"\b(?:vil medføre|vil bidra|bidrar|fører til|gjør at|vil gi)\b", re.IGNORECASE
)
_IS_NEEDED_FOR = re.compile(
    r"(?:^(?:dette )?målet (?:er|utgjør|vil være)\b.{0,40}\bforutsetning(?:er)? for\b)"
    r"|(?:\b(?:er|utgjør)\b.{0,40}\bforutsetning(?:er)? for (?:måloppnåelse|å nå|å lykkes)"
    r"[^,.]{0,30}\b(?:mål(?:ene)? \d|målene))",
    re.IGNORECASE,
)
_GENERALLY = re.compile(r"\bforutsetning(?:er)? for\b", re.IGNORECASE)


class _Told(msgspec.Struct, frozen=True):
    """A sentence that says that `goal` rests on `on`."""

    goal: int
    on: int
    sentence: str
    paragraph: Paragraph
    rank: int


def prerequisites(found: Mapping[int, Goal], outline: Outline) -> list[Item]:
    """One item for each pair of goals of which the first cannot be reached without the second.

    `sentence` is the one from the part on the goal itself, where there is one; `also_stated` are
    the others. A sentence that only refers back ("Dette beskrives i mål 4.") comes with the one
    before it.
    """
    told = [
        *(one for goal in found.values() for one in _told_by(goal, found)),
        *_told_in_general(found, outline),
    ]
    pairs: dict[tuple[int, int], list[_Told]] = {}
    for one in sorted(told, key=lambda one: one.rank):
        if one.goal in found and one.on in found and one.goal != one.on:
            pairs.setdefault((one.goal, one.on), []).append(one)
    return [_item(sentences_of) for _pair, sentences_of in sorted(pairs.items())]


def _item(told: list[_Told]) -> Item:
    first = told[0]
    others = dict.fromkeys(one.sentence for one in told[1:] if one.sentence != first.sentence)
    return Item(
        kind="prerequisite",
        key=f"mal/{first.goal}/forutsetter/{first.on}",
        values={
            "goal": f"mal/{first.goal}",
            "on": f"mal/{first.on}",
            "sentence": first.sentence,
            "also_stated": list(others),
        },
        found_at=found_at(first.paragraph),
    )


def _told_by(goal: Goal, found: Mapping[int, Goal]) -> Iterator[_Told]:
    for paragraph in goal.closing or goal.opening:
        yield from _told_in(paragraph, goal, found)


def _told_in(paragraph: Paragraph, goal: Goal, found: Mapping[int, Goal]) -> Iterator[_Told]:
    """What a paragraph about `goal` says: on what it rests, or what rests on it.

    Once a sentence has named a condition, those after it that say what ought to be, name more.
    """
    conditions = False
    before = ""
    for sentence in map(without_marks, sentences(paragraph.text)):
        named = [n for n in goals_named(sentence, among=found, besides=goal.number)
                 if n != goal.number]  # fmt: skip
        rests = RESTS_ON.search(sentence) is not None
        if _IS_NEEDED_FOR.search(sentence):
            for number in named:
                yield _Told(number, goal.number, sentence, paragraph, _FROM_THE_OTHER)
        else:
            text = _as_condition(sentence, before, rests=rests, conditions=conditions)
            for number in named if text else ():
                yield _Told(goal.number, number, text, paragraph, _OWN)
        conditions = conditions or rests
        before = sentence


def _as_condition(sentence: str, before: str, *, rests: bool, conditions: bool) -> str:
    """`sentence`, with the one before it if it refers back to that; "" if it is no condition."""
    if rests:
        return sentence
    if _REFERS_BACK.match(sentence) and RESTS_ON.search(before):
        return f"{before} {sentence}"
    if conditions and _REQUIRES.search(sentence) and not _LEADS_TO.search(sentence):
        return sentence
    return ""


def _told_in_general(found: Mapping[int, Goal], outline: Outline) -> Iterator[_Told]:
    """Sentences outside the goals' own parts: "mål 4 er en forutsetning for mål 1 og 2"."""
    inside = {id(paragraph) for goal in found.values() for paragraph in goal.part.body}
    for paragraph in outline.body:
        if id(paragraph) in inside or is_heading(paragraph):
            continue
        for sentence in map(without_marks, sentences(paragraph.text)):
            hinge = _GENERALLY.search(sentence)
            if hinge is None:
                continue
            clause = re.split(r"\bmens\b", sentence[: hinge.start()])[-1]
            for goal in goals_named(sentence[hinge.end() :], among=found):
                for on in goals_named(clause, among=found):
                    yield _Told(goal, on, sentence, paragraph, _IN_GENERAL)
