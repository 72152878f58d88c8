"""Tells the documents of a council apart: minutes, an agenda, slides of its work."""

from veikart.engines.proposal import Proposal
from veikart.engines.readers import agenda, minutes, slides
from veikart.engines.readers.agenda_text import tidied
from veikart.engines.readers.document import Document

READERS = (agenda.READER, minutes.READER, slides.READER)
"""The readers of what a council treats."""


def read_council(document: Document) -> Proposal | None:
    """What a document of a council says; None if it is none. Raises Unreadable as its reader does."""
    name, content = document.name, document.content
    lines = tidied(document.lines)
    if minutes.are_minutes(lines):
        return minutes.read_minutes(name, content, document=document)
    if agenda.is_an_agenda(lines):
        return agenda.read_agenda(name, content, document=document)
    if slides.are_slides(lines):
        return slides.read_slides(name, content, document=document)
    return None
