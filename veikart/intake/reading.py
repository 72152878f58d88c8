"""Reads a file by the reader that fits it: documents, notes, and proposals written as JSON."""

from veikart.engines.proposal import Proposal
from veikart.engines.readers import choose, notes
from veikart.intake import proposal_file


def read(name: str, content: bytes) -> tuple[Proposal, str | None]:
    """What was found in the file, and what the file calls itself, if it does.

    Raises Unreadable if no reader fits, or the one that fits cannot read it.
    """
    is_small_enough = 0 < len(content) <= choose.LARGEST
    if is_small_enough and notes.is_notes(content):
        return notes.read_notes(name, content), notes.parse_notes(name, content).title
    if is_small_enough and proposal_file.is_proposal_file(name, content):
        return proposal_file.read(name, content), proposal_file.decode(name, content).title
    return choose.read(name, content), None
