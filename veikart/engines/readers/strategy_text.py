"""Reads a strategy document (plain text, DOCX or PDF): its vision, goals and all that hangs on them."""

import hashlib
from collections import Counter
from collections.abc import Sequence

from veikart.engines.proposal import Item, Proposal, SourceFile, Unreadable
from veikart.engines.readers.cautions import Cautions
from veikart.engines.readers.document import Document
from veikart.engines.readers.paragraphs import Paragraph, paragraphs_of
from veikart.engines.readers.strategy_goals import goal_items, goals
from veikart.engines.readers.strategy_outline import Outline
from veikart.engines.readers.strategy_prerequisites import prerequisites
from veikart.engines.readers.strategy_sdgs import sdgs
from veikart.engines.readers.strategy_surroundings import related_strategies, target_groups
from veikart.engines.readers.strategy_vision import overarching_goals, vision

READER = "strategy_text"
KINDS = (
    "vision", "overarching_goal", "strategic_goal", "statement", "prerequisite", "sdg",
    "target_group", "related_strategy",
)  # fmt: skip


def read_strategy_text(name: str, content: bytes, *, document: Document | None = None) -> Proposal:
    """What the document in `content` says, found by its headings, lists and turns of phrase.

    `document` is the same one, if others have looked at it. What could not be found is left out,
    with a caution. Raises Unreadable for what cannot be
    opened, and `unknown_kind` for a text without strategic goals that have statements or, beside
    them, a vision: agendas and replies name goals, too.
    """
    cautions = Cautions()
    outline = Outline(_paragraphs(document or Document(name, content), cautions))
    found = goals(outline, cautions)
    if not found:
        raise _not_a_strategy(name, outline)
    items = [
        *vision(outline, cautions),
        *overarching_goals(outline, cautions),
        *goal_items(found, outline, cautions),
        *prerequisites(found, outline),
        *sdgs(outline, found, cautions),
        *target_groups(outline, cautions),
        *related_strategies(outline, cautions),
    ]
    has_statements = any(goal.statements for goal in found.values())
    if not has_statements and not any(item.kind == "vision" for item in items):
        raise _not_a_strategy(name, outline)
    return Proposal(
        reader=READER,
        file=SourceFile(name=name, sha256=hashlib.sha256(content).hexdigest(), bytes=len(content)),
        counts=_counts(items),
        items=tuple(items),
        warnings=cautions.all(),
    )


def _paragraphs(document: Document, cautions: Cautions) -> tuple[Paragraph, ...]:
    """The paragraphs of a document, in reading order."""
    name = document.name
    if document.form == "pdf" and not any(
        line.text.strip() for page in document.printed for line in page
    ):
        raise Unreadable(
            "no_text",
            f"Expected a PDF with text; none of the pages of {name} ({len(document.printed)} in "
            "all) has any, as with scanned paper. Take in the document it was printed from, or let "
            "a text recognition program add the text first.",
        )
    if document.form == "text" and not document.decoded.encoding.startswith("utf"):
        cautions.add(
            "not_utf8",
            f"Expected text in UTF-8; this file was read as {document.decoded.encoding}.",
            "Look at the letters æ, ø and å. If any is wrong, save the text again as UTF-8.",
        )
    return paragraphs_of(document.gathered)


def _counts(items: Sequence[Item]) -> dict[str, int]:
    counted = Counter(item.kind for item in items)
    statements = Counter(item.values["goal"] for item in items if item.kind == "statement")
    return {kind: counted[kind] for kind in KINDS} | {
        f"statement.{goal}": number for goal, number in sorted(statements.items())
    }


def _not_a_strategy(name: str, outline: Outline) -> Unreadable:
    first = outline.body[0].text[:80] if outline.body else ""
    return Unreadable(
        "unknown_kind",
        "Expected the roadmap register (CSV or XLSX) or a strategy document (TXT, DOCX or PDF) "
        "with headings such as “Mål 1: Title”, and below them a list after “Frem mot 2030 skal vi "
        f"oppnå”, or a vision beside them; {name} has no such thing, and begins “{first}”. "
        "Look if it is the right file.",
    )
