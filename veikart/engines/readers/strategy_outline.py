"""How a strategy document is built: headings, goal sections, footnotes."""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cached_property

import msgspec

from veikart.engines.proposal import FoundAt
from veikart.engines.readers.norwegian import mark_number
from veikart.engines.readers.paragraphs import (
    FIGURE,
    FOOTNOTE_START,
    GOAL_HEADING,
    Paragraph,
    ends_a_sentence,
)
from veikart.engines.readers.sdg_titles import given_number

STATEMENTS_FOLLOW = re.compile(
    r"(?:(?:fr[ae]m\s+mot|innen|mot|i)\s+\d{4}\b.{0,60}(?:oppnå|nådd|skal)|(?:vi\s+skal\s+oppnå|"
    r"dette\s+skal\s+vi\s+oppnå)).{0,30}",
    re.IGNORECASE,
)
REACHED = re.compile(
    r"(?:ved måloppnåelse|når målet er nådd|når vi har nådd målet)\b", re.IGNORECASE
)
NUMBERED = re.compile(r"(\d{1,2})[.)]\s+(\S.*)")

_CHAPTER_NUMBER = re.compile(r"^(?:kapittel\s+)?\d{1,3}(?:\.\d{1,3}){0,5}\.?\s+", re.IGNORECASE)
_PART_OF_A_GOAL = re.compile(
    r"(?:bakgrunn|beskrivelse|målbeskrivelse|måloppnåelse|forutsetninger?|avhengigheter|"
    r"gevinster|status|nåsituasjon|om målet|hvorfor|utfordringer)\b.*",
    re.IGNORECASE,
)
_LONGEST_HEADING = 120
LONGEST_SECTION = 300
_MOST_WORDS = 15


class Footnote(msgspec.Struct, frozen=True):
    """A footnote at the place where its text stands."""

    number: int
    text: str
    paragraph: Paragraph


class GoalPart(msgspec.Struct, frozen=True):
    """A place where a goal is a heading, and what stands below it."""

    number: int
    title: str
    heading: Paragraph
    body: Sequence[Paragraph]

    @property
    def statements_at(self) -> int | None:
        """Where in `body` the line stands that the statements follow."""
        for index, paragraph in enumerate(self.body):
            if STATEMENTS_FOLLOW.fullmatch(paragraph.text):
                return index
        return None


class Outline:
    """A document's paragraphs, and where in them what is."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.footnotes = tuple(_footnotes(paragraphs))
        self.body = tuple(
            paragraph
            for paragraph in paragraphs
            if not FOOTNOTE_START.match(paragraph.text) and not FIGURE.match(paragraph.text)
        )

    @cached_property
    def goal_parts(self) -> Sequence[GoalPart]:
        """Every place where a goal is a heading, in the order of the document."""
        starts = [index for index, paragraph in enumerate(self.body) if _goal(paragraph)]
        return [self._goal_part(index) for index in starts]

    def _goal_part(self, start: int) -> GoalPart:
        heading = self.body[start]
        goal = _goal(heading)
        assert goal is not None
        after = (self.body[index] for index in range(start + 1, len(self.body)))
        below = list(itertools.takewhile(lambda known: not _goal(known), after))
        statements = _unmarked_statements(below)
        body = []
        for index, paragraph in enumerate(below):
            part_of_it = _PART_OF_A_GOAL.fullmatch(paragraph.text) is not None
            if not is_heading(paragraph) or _is_inside(paragraph, index in statements):
                body.append(paragraph)
            elif not part_of_it:
                break
        return GoalPart(int(goal["number"]), goal["title"].strip(), heading, body)

    def below(self, pattern: str) -> Iterator[Sequence[Paragraph]]:
        """What follows each heading that `pattern` matches from its beginning, whatever it is: the
        reader of that part knows best where it ends.
        """
        for index, paragraph in enumerate(self.body):
            if not is_heading(paragraph):
                continue
            title = _CHAPTER_NUMBER.sub("", paragraph.text[:_LONGEST_HEADING])
            if re.match(pattern, title, re.IGNORECASE):
                yield self.after(index)

    def after(self, index: int) -> Sequence[Paragraph]:
        """The paragraphs after one, as many as a section may have."""
        return self.body[index + 1 : index + 1 + LONGEST_SECTION]

    def footnote(self, number: int) -> Footnote | None:
        """The footnote with a number; the first where several have it."""
        return next((note for note in self.footnotes if note.number == number), None)


def is_heading(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a heading: marked as one, or short and without a full stop."""
    if paragraph.kind == "heading" or _goal(paragraph):
        return True
    text = paragraph.text
    return (
        paragraph.kind == "text"
        and len(text) <= _LONGEST_HEADING
        and len(text.split()) <= _MOST_WORDS
        and not ends_a_sentence(text)
        and not text[0].islower()
        and text[0] not in '«“"('
        and not NUMBERED.match(text)
    )


def found_at(paragraph: Paragraph) -> FoundAt:
    """Where a paragraph begins."""
    return FoundAt(page=paragraph.page, line=paragraph.line)


def _goal(paragraph: Paragraph) -> re.Match[str] | None:
    if paragraph.kind == "bullet" or len(paragraph.text) > _LONGEST_HEADING + 40:
        return None
    if given_number(paragraph.text):
        return None  # “Mål 3: God helse og livskvalitet” is the United Nations' goal
    return GOAL_HEADING.fullmatch(paragraph.text)


def _is_inside(paragraph: Paragraph, among_statements: bool) -> bool:
    """Whether what looks like a heading goes on with the goal's text."""
    if STATEMENTS_FOLLOW.fullmatch(paragraph.text):
        return True
    return among_statements and paragraph.kind != "heading"


def _unmarked_statements(below: Sequence[Paragraph]) -> range:
    """Where statements stand that have lost their bullets: up to the text on the goal reached."""
    follow = [i for i, known in enumerate(below) if STATEMENTS_FOLLOW.fullmatch(known.text)]
    reached = [i for i, known in enumerate(below) if REACHED.match(known.text)]
    if follow and reached and follow[0] < reached[0]:
        return range(follow[0] + 1, reached[0])
    return range(0)


def _footnotes(paragraphs: Sequence[Paragraph]) -> Iterator[Footnote]:
    for paragraph in paragraphs:
        match = FOOTNOTE_START.match(paragraph.text)
        if match:
            yield Footnote(mark_number(match[1]), paragraph.text[match.end() :], paragraph)
