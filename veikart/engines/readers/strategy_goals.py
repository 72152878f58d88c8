"""The strategic goals of a strategy document, and what is to be achieved under each."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from veikart.engines.proposal import Item
from veikart.engines.readers.cautions import Cautions
from veikart.engines.readers.norwegian import goals_named, marks, sentences, without_marks
from veikart.engines.readers.paragraphs import RAISED_DIGITS, Paragraph
from veikart.engines.readers.strategy_outline import (
    REACHED,
    GoalPart,
    Outline,
    found_at,
    is_heading,
)

GoalKind = Literal["direct", "enabling"]

RESTS_ON = re.compile(r"\b(?:forutset|avhengig|betinge)|krever at|er nødvendig for", re.IGNORECASE)

_DIRECT = re.compile(r"direkte nytte", re.IGNORECASE)
_ENABLING = re.compile(
    r"tilretteleggende|understøttende|muliggjørende|legge[r]? til rette for (?:de andre|de øvrige)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r",?\s+mens\s+|;\s+|,\s+og\s+(?=mål)", re.IGNORECASE)


class Goal(msgspec.Struct, frozen=True):
    """A strategic goal as the document tells it.

    `opening` stands before the statements, `closing` after them.
    """

    part: GoalPart
    opening: Sequence[Paragraph]
    statements: Sequence[Paragraph]
    closing: Sequence[Paragraph]

    @property
    def number(self) -> int:
        """Its number."""
        return self.part.number

    @property
    def uid(self) -> str:
        """Its address: `mal/1`."""
        return f"mal/{self.number}"


def goals(outline: Outline, cautions: Cautions) -> Mapping[int, Goal]:
    """The goals by number: of each, the part of the document that lists its statements.

    A goal that is a heading but lists none is taken from where most is said of it.
    """
    found: dict[int, Goal] = {}
    for part in outline.goal_parts:
        if part.statements_at is None:
            continue
        goal = _with_statements(part, part.statements_at)
        if part.number not in found:
            found[part.number] = goal
        else:
            _caution_repeated(found[part.number], part, cautions)
    for number in sorted({part.number for part in outline.goal_parts} - set(found)):
        parts = [part for part in outline.goal_parts if part.number == number]
        part = max(parts, key=lambda part: len(part.body))
        found[number] = Goal(part, part.body, (), ())
    if not found:
        cautions.add(
            "goals_missing",
            "Expected headings such as “Mål 1: Title”; found none.",
            "Give each strategic goal such a heading in the document, or enter the goals by hand.",
        )
    for goal in found.values():
        _caution_titles(goal, outline, cautions)
        if not goal.statements:
            _caution_no_statements(goal, cautions)
    return dict(sorted(found.items()))


def _with_statements(part: GoalPart, at: int) -> Goal:
    below = part.body[at + 1 :]
    count = next(
        (index for index, paragraph in enumerate(below) if paragraph.kind != "bullet"), len(below)
    )
    if count == 0:
        count = _unmarked_statements(below)
    return Goal(part, part.body[:at], below[:count], below[count:])


def _unmarked_statements(below: Sequence[Paragraph]) -> int:
    """How many statements there are where their bullets are lost: all up to the closing text."""
    for index, paragraph in enumerate(below):
        if REACHED.match(paragraph.text):
            return index
    return 0


def _caution_repeated(kept: Goal, part: GoalPart, cautions: Cautions) -> None:
    at = found_at(kept.part.heading)
    place = f"page {at.page}" if at.page else f"line {at.line}"
    cautions.add(
        "goal_number_repeated",
        f"Goal {part.number} is “{kept.part.title}” ({place}) and once more “{part.title}” here. "
        "Only the first is kept.",
        "Give one of the two another number in the document, and take it in again.",
        page=part.heading.page,
        line=part.heading.line,
    )


def _caution_titles(goal: Goal, outline: Outline, cautions: Cautions) -> None:
    title = goal.part.title.casefold()
    for part in outline.goal_parts:
        other = part.title.casefold()
        if part.number == goal.number and part.statements_at is None and other != title:
            if re.fullmatch(rf"{re.escape(title)}[\s.…]*\d+", other):
                continue  # a line of a table of contents, with its page
            cautions.add(
                "goal_titles_differ",
                f"Goal {goal.number} is called “{part.title}” here and “{goal.part.title}” where "
                "its statements are, which is kept.",
                "Look up which title was approved.",
                page=part.heading.page,
                line=part.heading.line,
            )


def _caution_no_statements(goal: Goal, cautions: Cautions) -> None:
    cautions.add(
        "statements_missing",
        f"Expected statements under goal {goal.number} (“{goal.part.title}”): a list after a line "
        "such as “Frem mot 2030 skal vi oppnå:”. None was found.",
        "Enter them by hand, or give the list its heading and bullets in the document.",
        page=goal.part.heading.page,
        line=goal.part.heading.line,
    )


def goal_items(found: Mapping[int, Goal], outline: Outline, cautions: Cautions) -> list[Item]:
    """One item a goal, and one a statement."""
    kinds = _kinds(found, outline)
    items = []
    for goal in found.values():
        if goal.number not in kinds:
            cautions.add(
                "goal_kind_missing",
                f"No sentence says if goal {goal.number} is of direct benefit or enabling.",
                "Choose its kind in the tables afterwards.",
                page=goal.part.heading.page,
                line=goal.part.heading.line,
            )
        items.append(
            Item(
                kind="strategic_goal",
                key=goal.uid,
                values=_values(goal, kinds.get(goal.number), outline),
                found_at=found_at(goal.part.heading),
            )
        )
    for goal in found.values():
        items += _statement_items(goal)
    return items


def _statement_items(goal: Goal) -> list[Item]:
    return [
        Item(
            kind="statement",
            key=f"{goal.uid}/oppna/{number}",
            values={"goal": goal.uid, "number": number, "text": without_marks(paragraph.text)},
            found_at=found_at(paragraph),
        )
        for number, paragraph in enumerate(goal.statements, start=1)
    ]


def _values(goal: Goal, kind: GoalKind | None, outline: Outline) -> dict[str, Any]:
    opening = [paragraph.text for paragraph in goal.opening]
    attainment, conditions = _closing(goal.closing)
    return {
        "number": goal.number,
        "title": without_marks(goal.part.title),
        "kind": kind,
        "summary": opening[0] if opening else None,
        "background": opening[1:],
        "attainment": attainment,
        "conditions": conditions,
        "footnotes": _footnotes(goal, outline),
    }


def _closing(closing: Sequence[Paragraph]) -> tuple[str | None, list[str]]:
    """What it is like when the goal is reached, and the rest: what that rests on and leads to.

    Where one paragraph tells both, it is parted at the first sentence that names a condition.
    """
    attainment: list[str] = []
    conditions: list[str] = []
    for paragraph in closing:
        if not REACHED.match(paragraph.text):
            conditions.append(paragraph.text)
            continue
        told = sentences(paragraph.text)
        at = next((i for i, text in enumerate(told) if RESTS_ON.search(text)), len(told))
        attainment.append(" ".join(told[:at] or told))
        if 0 < at < len(told):
            conditions.append(" ".join(told[at:]))
    return "\n\n".join(attainment) or None, conditions


def _footnotes(goal: Goal, outline: Outline) -> list[str]:
    texts = [paragraph.text for paragraph in goal.part.body]
    numbers = dict.fromkeys(number for text in texts for number in marks(text))
    notes = [outline.footnote(number) for number in numbers]
    return [f"{_mark(note.number)} {note.text}" for note in notes if note]


def _mark(number: int) -> str:
    return "".join(RAISED_DIGITS[int(digit)] for digit in str(number))


def _kinds(found: Mapping[int, Goal], outline: Outline) -> dict[int, GoalKind]:
    """Which goals are of direct benefit and which enabling, from the sentence that says so.

    A sentence that says both is believed before one that says one of them.
    """
    kinds: dict[int, GoalKind] = {}
    if not found:
        return kinds
    told = [
        sentence
        for paragraph in outline.body
        if not is_heading(paragraph)
        for sentence in sentences(paragraph.text)
        if _DIRECT.search(sentence) or _ENABLING.search(sentence)
    ]
    told.sort(key=lambda text: not (_DIRECT.search(text) and _ENABLING.search(text)))
    for sentence in told:
        for clause in _CLAUSE.split(sentence):
            direct, enabling = _DIRECT.search(clause), _ENABLING.search(clause)
            if bool(direct) == bool(enabling):
                continue
            word = direct or enabling
            assert word is not None
            for number in goals_named(clause[: word.start()], among=found):
                kinds.setdefault(number, "direct" if direct else "enabling")
    return {number: kind for number, kind in kinds.items() if number in found}
