"""Reads an agenda (text, DOCX, PDF): the meeting, its seats, its cases with their papers, and what was decided before."""

import re
from collections.abc import Sequence

from veikart.engines.proposal import Proposal, Unreadable
from veikart.engines.readers.agenda_cautions import caution
from veikart.engines.readers.agenda_head import LABEL
from veikart.engines.readers.agenda_items import proposal
from veikart.engines.readers.agenda_meeting_items import meeting_items
from veikart.engines.readers.agenda_reading import lines_of, read_meeting
from veikart.engines.readers.agenda_words import CASE_START, slot_in
from veikart.engines.readers.cautions import Cautions
from veikart.engines.readers.document import Document
from veikart.engines.readers.paragraphs import Line

READER = "agenda"
KINDS = (
    "meeting", "seat", "case", "question", "attachment", "proposed_decision", "top_note", "decision",
)  # fmt: skip

_CALLED = re.compile(
    r"\b(?:agenda|dagsorden|saksliste|sakliste|(?:møte)?innkalling|innkalling til|\w{0,16}møte[rt]?|meeting|notice)\b",
    re.IGNORECASE,
)
_HEAD = 16
_FEWEST_CASES = 2
_FEWEST_LABELS = 2


def is_an_agenda(found: Sequence[Line]) -> bool:
    """Whether lines begin as an agenda does, and go on with cases: by number, or by the time of each."""
    if not any(_CALLED.search(line.text) for line in found[:_HEAD]):
        return False
    if sum(is_numbered(line) for line in found) >= _FEWEST_CASES:
        return True
    labels = {m["label"].casefold() for line in found[: 2 * _HEAD] if (m := LABEL.match(line.text))}
    return len(labels) >= _FEWEST_LABELS and bool(read_meeting(found, "text").cases)


def is_numbered(line: Line) -> bool:
    """Whether a line begins with a case number, a title or nothing behind it."""
    match = CASE_START.match(line.text)
    if match is None:
        return False
    title = match["title"]
    return (
        not title
        or title[:1].isupper()
        or bool(match["continued"])
        or slot_in(title)[0] is not None
    )


def read_agenda(name: str, content: bytes, *, document: Document | None = None) -> Proposal:
    """What the agenda in `content` says: `meeting`, `seat`s, `case`s with `question`s, `attachment`s
    and `proposed_decision`s, `top_note`s, and earlier `decision`s that it cites.

    Nothing is made whole that the document does not say: a day that no calendar has is None, a case
    without a number has none, and a caution tells of each. `document` is the file, if it was opened.
    Raises Unreadable for what cannot be opened, and `unknown_kind` for what has no cases.
    """
    opened = document or Document(name, content)
    meeting = read_meeting(lines_of(opened), opened.form)
    if not meeting.cases:
        raise not_a_meeting(opened, "an agenda")
    cautions = Cautions()
    items = list(meeting_items(meeting, cautions))
    caution(meeting, cautions)
    return proposal(READER, name, content, items, cautions.all(), KINDS)


def not_a_meeting(document: Document, what: str) -> Unreadable:
    """Why a document is no agenda, and what one looks like."""
    first = next((line.text[:80] for line in document.lines), "")
    return Unreadable(
        "unknown_kind",
        f"Expected {what} with a head (body, day, place) and its cases, each with a number such as "
        f"2/22, a time, or a list below “Saksliste”; {document.name} has none of them, and begins "
        f"“{first}”. Look if it is the right file.",
    )
