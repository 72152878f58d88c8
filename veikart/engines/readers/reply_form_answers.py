"""What a reply form answers to each question: the choice, the text, and the text per goal."""

import re
from collections.abc import Sequence

import msgspec

from veikart.engines.readers.blocks import Block
from veikart.engines.readers.paragraphs import GOAL_HEADING
from veikart.engines.readers.reply_form_choices import (
    Box,
    before_boxes,
    boxes,
    choice_of,
    has_boxes,
)
from veikart.engines.readers.reply_form_questions import Asked, FormQuestion
from veikart.engines.readers.reply_values import GoalAnswer

_PROMPT = re.compile(
    r"\W*(?:(?:klikk|trykk|skriv|velg|fyll|click|tap|type|enter|choose)\b[^.]{0,80}"
    r"\b(?:her|inn|tekst|svar|svaret|element|here|text|answer|item)\b[^.]{0,60}\.?)\W*",
    re.IGNORECASE,
)
_LONGEST_HEADING = 15
_LONGEST_LEAD = 6  # words in front of boxes, such as "Kryss av for ett svar:"
_ITEMS = ("bullet", "numbered")
_NUMBER = re.compile(r"\d{1,2}[.)]\s+\S")


class FormAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one question. `blocks` are its remarks with their headings in their paths.

    `choice` is None where nothing or more than one thing is ticked; `ticked` are all that are, and
    `has_boxes` says whether there was anything to tick. `at` is where the question stands.
    """

    question: FormQuestion
    at: Block
    choice: str | None
    ticked: tuple[str, ...]
    has_boxes: bool
    text: str | None
    goals: tuple[GoalAnswer, ...]
    blocks: tuple[Block, ...]

    @property
    def is_empty(self) -> bool:
        """Whether neither anything is ticked nor anything is written."""
        return not self.ticked and self.text is None


def answer(asked: Asked, blocks: Sequence[Block], *, prompts: frozenset[str]) -> FormAnswer:
    """The answer in `blocks`, the first of which is the question and the others what follows it.

    `prompts` are texts that the file itself says nobody wrote; other usual prompts are known.
    """
    ticks: list[Box] = []
    written: list[Block] = []
    for block in blocks[1:]:
        found = boxes(block.text) if _is_to_tick(block.text) else []
        ticks += found
        rest = _behind(block, found[-1].end) if found else block
        if rest is not None and not is_prompt(rest.text, prompts):
            written.append(rest)
    ticked = tuple(dict.fromkeys(_ticked(ticks, asked.question)))
    placed = _placed(written, asked.question)
    remarks = tuple(block for block in placed if block.kind != "heading")
    return FormAnswer(
        question=asked.question,
        at=blocks[0],
        choice=ticked[0] if len(ticked) == 1 else None,
        ticked=ticked,
        has_boxes=bool(ticks),
        text=_text(placed) if remarks else None,
        goals=_goals(placed),
        blocks=remarks,
    )


def _is_to_tick(text: str) -> bool:
    """Whether a block is boxes to tick, and not a sentence with a mark such as [x] in it."""
    return has_boxes(text) and len(before_boxes(text).split()) <= _LONGEST_LEAD


def is_prompt(text: str, prompts: frozenset[str] = frozenset()) -> bool:
    """Whether a text only asks for one: "Klikk eller trykk her for å skrive inn tekst."."""
    bare = " ".join(text.split())
    return bare in prompts or bool(_PROMPT.fullmatch(bare)) or not re.search(r"\w", bare)


def _ticked(ticks: Sequence[Box], question: FormQuestion) -> list[str]:
    chosen = (choice_of(box.label, question.choices) for box in ticks if box.ticked)
    return [choice for choice in chosen if choice]


def _behind(block: Block, end: int) -> Block | None:
    """What a block says behind its boxes; None if that is nothing."""
    rest = block.text[end:]
    if not rest.strip():
        return None
    begin = end + len(rest) - len(rest.lstrip())
    place = block.place(begin, len(block.text))
    pieces = tuple(
        msgspec.structs.replace(piece, at=piece.at - begin)
        for piece in block.pieces
        if piece.at + piece.length > begin
    )
    return msgspec.structs.replace(
        block, text=rest.strip(), kind="text", start=place.start, end=place.end, pieces=pieces
    )


def _placed(written: Sequence[Block], question: FormQuestion) -> list[Block]:
    """The blocks with the headings above them: the question, the goal, and a title within it."""
    top = f"{question.number}) {question.text}"
    goal: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    placed = []
    for number, block in enumerate(written):
        after = written[number + 1] if number + 1 < len(written) else None
        if _is_goal(block):
            goal, title = (block.text,), ()
            placed.append(_as(block, "heading", (top,)))
        elif _is_title(block, after):
            title = (block.text,)
            placed.append(_as(block, "heading", (top, *goal)))
        else:
            kind = "text" if block.kind == "heading" else block.kind
            placed.append(_as(block, kind, (top, *goal, *title)))
    return placed


def _as(block: Block, kind: str, path: tuple[str, ...]) -> Block:
    return msgspec.structs.replace(block, kind=kind, heading_path=path)


def _is_goal(block: Block) -> bool:
    is_short = len(block.text.split()) <= _LONGEST_HEADING
    return is_short and block.kind != "bullet" and GOAL_HEADING.fullmatch(block.text) is not None


def _is_title(block: Block, after: Block | None) -> bool:
    """Whether a block is the title of what follows: short, not a sentence, and not one of a list."""
    if after is None or block.text[-1] in ".!?:;," or len(block.text.split()) > _LONGEST_HEADING:
        return False
    if block.kind == "heading":
        return True
    is_numbered = block.kind == "numbered" or _NUMBER.match(block.text) is not None
    return is_numbered and after.kind == "bullet"


def _text(placed: Sequence[Block]) -> str:
    """All that was written, one block a line, list items with a mark."""
    return "\n".join(f"• {b.text}" if b.kind == "bullet" else b.text for b in placed)


def _goals(placed: Sequence[Block]) -> tuple[GoalAnswer, ...]:
    """The sections on goals. What stands above the first one belongs to none."""
    sections: list[tuple[re.Match[str], list[Block]]] = []
    for block in placed:
        match = GOAL_HEADING.fullmatch(block.text) if block.kind == "heading" else None
        if match:
            sections.append((match, []))
        elif sections:
            sections[-1][1].append(block)
    return tuple(
        GoalAnswer(f"mal/{match['number']}", match[0], _text(own) if own else None)
        for match, own in sections
    )
