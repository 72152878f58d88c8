"""Reads slides (text, PDF, DOCX): the assessment of a strategy, and the plan for the work on the next one."""

import re
from collections.abc import Sequence

from veikart.engines.proposal import Proposal, Unreadable
from veikart.engines.readers.agenda_items import proposal
from veikart.engines.readers.agenda_reading import lines_of
from veikart.engines.readers.cautions import Cautions
from veikart.engines.readers.document import Document
from veikart.engines.readers.paragraphs import Line, words_in
from veikart.engines.readers.slides_boxes import boxes
from veikart.engines.readers.slides_evaluation import evaluation_items
from veikart.engines.readers.slides_findings import finding_items, findings
from veikart.engines.readers.slides_plan import DATE, plan_items, quarters_in

READER = "slides"
KINDS = (
    "area_assessment", "question", "rating", "finding", "work_stream", "work_plan", "phase", "milestone",
)  # fmt: skip

_GOAL = re.compile(r"(?:mål|goal)\s*:", re.IGNORECASE)
_COMMENT = re.compile(r"(?:kommentar|comment)\s*:", re.IGNORECASE)
_FEWEST_AREAS = 2
_FEWEST_QUARTERS = 4
_FEWEST_DATES = 3


def are_slides(found: Sequence[Line]) -> bool:
    """Whether lines hold areas with goal and comment, or quarters with dates by themselves."""
    goals = sum(_GOAL.match(line.text) is not None for line in found)
    comments = sum(_COMMENT.match(line.text) is not None for line in found)
    if min(goals, comments) >= _FEWEST_AREAS:
        return True
    dates = sum(DATE.fullmatch(line.text.strip()) is not None for line in found)
    if dates < _FEWEST_DATES:
        return False
    return len({one for line in found for one in quarters_in(line.text)}) >= _FEWEST_QUARTERS


def read_slides(name: str, content: bytes, *, document: Document | None = None) -> Proposal:
    """What slides say: `area_assessment`s, `question`s, `rating`s, `work_stream`s, `finding`s, and of a plan the
    `work_plan` itself, its `phase`s and its `milestone`s.

    What is only drawn (the colour of a status, the length of a bar) is None, and a caution says so.
    `document` is the file, if it was opened.
    Raises Unreadable for what cannot be opened, and `unknown_kind` for what has none of these.
    """
    opened = document or Document(name, content)
    lines = lines_of(opened)
    words = words_in(line.text for line in lines)
    found = boxes(lines, words)
    cautions = Cautions()
    told = findings(found, words)
    others = {id(box) for one in told for box in one.boxes}
    items = [
        *evaluation_items(found, words, cautions),
        *finding_items(told, words),
        *plan_items(found, words, cautions, others=others),
    ]
    if not items:
        begins = found[0].text[:80] if found else ""
        raise Unreadable(
            "unknown_kind",
            "Expected slides with areas (“Mål:”, “Kommentar:”) or a plan by quarters (“2021 – Q1”) with its "
            f"dates; {name} has neither, and begins “{begins}”. Look if it is the right file.",
        )
    return proposal(READER, name, content, items, cautions.all(), KINDS)
