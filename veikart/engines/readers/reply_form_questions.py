"""The questions of a hearing, and where in a reply form each of them stands."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import combinations

import msgspec

from veikart.engines.readers.blocks import Block

_NUMBERED = re.compile(
    r"(?:(?:spørsmål|question)\s*)?(?P<number>\d{1,2})\s*(?P<mark>[).:])\s*(?P<text>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_ALIKE = 0.8
_CASE = re.compile(
    r"\b(?:saksnummer|saksnr\.?|sak\s+nr\.?|sak|vår\s+ref\.?|ref\.?|case(?:\s+number)?)\s*:?\s*(?P<number>\d{2,4}/\d{1,6})\b",
    re.IGNORECASE,
)
FEWEST_QUESTIONS = 2


class FormQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """What a hearing asks: `choices` are the answers to tick, `per_goal` asks goal by goal.

    `also` are its words in other languages, by which it is known as well. `help` is what the form
    itself says of how to answer, which is no answer.
    """

    number: int
    text: str
    also: tuple[str, ...] = ()
    help: str | None = None
    choices: tuple[str, ...] = ()
    per_goal: bool = False

    @property
    def guidance(self) -> frozenset[str]:
        """The lines of the help, alone and joined to those after them, as a PDF may have them."""
        lines = [" ".join(line.split()) for line in (self.help or "").splitlines() if line.strip()]
        spans = combinations(range(len(lines) + 1), 2)
        return frozenset(" ".join(lines[first:last]) for first, last in spans)


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """The form of a hearing."""

    case_number: str
    questions: tuple[FormQuestion, ...]


class Asked(msgspec.Struct, frozen=True):
    """A question as it stands in a reply: which block it is, and what the hearing's form knows of it."""

    question: FormQuestion
    place: int


def case_number(blocks: Sequence[Block]) -> str | None:
    """The case number that a document names first, such as "22/414"."""
    return next(filter(None, (case_number_in(block.text) for block in blocks)), None)


def case_number_in(text: str) -> str | None:
    """The case number that a text names first."""
    match = _CASE.search(text)
    return match["number"] if match else None


def asked(blocks: Sequence[Block], form: Form | None) -> tuple[Asked, ...]:
    """The questions in the order of the document: those of `form`, or what looks like questions.

    Without a form, those are numbered from 1 upwards, with the same sign after each number, and
    end with a question mark.
    """
    if form is not None:
        return _of_form(blocks, form)
    found: list[Asked] = []
    mark = None
    for place, block in enumerate(blocks):
        match = _NUMBERED.fullmatch(block.text)
        if (
            match is None
            or int(match["number"]) != len(found) + 1
            or mark not in {None, match["mark"]}
        ):
            continue
        if match["text"].rstrip().endswith("?"):
            mark = match["mark"]
            found.append(
                Asked(FormQuestion(number=len(found) + 1, text=match["text"].strip()), place)
            )
    return tuple(found)


def _of_form(blocks: Sequence[Block], form: Form) -> tuple[Asked, ...]:
    """Each question of the form where its words stand, each behind the one before it."""
    found: list[Asked] = []
    begin = 0
    for question in form.questions:
        place = next(
            (at for at in range(begin, len(blocks)) if _is(blocks[at].text, question)), None
        )
        if place is not None:
            found.append(Asked(question, place))
            begin = place + 1
    return tuple(found)


def _is(text: str, question: FormQuestion) -> bool:
    match = _NUMBERED.fullmatch(text)
    bare = _plain(match["text"] if match else text)
    return any(_is_like(bare, _plain(text)) for text in (question.text, *question.also))


def _is_like(bare: str, wanted: str) -> bool:
    if abs(len(bare) - len(wanted)) > len(wanted) * (1 - _ALIKE) + 20:
        return bare.startswith(wanted)
    return SequenceMatcher(None, bare, wanted, autojunk=False).ratio() >= _ALIKE


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
