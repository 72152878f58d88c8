"""Reads a file by the reader that fits it: documents in a process of their own, notes, and
proposals written as JSON.
"""

from collections.abc import Iterator

from veikart.adapters.reading_apart import Cannot
from veikart.documents import reading
from veikart.engines.proposal import Proposal, Unreadable
from veikart.engines.readers import choose, notes
from veikart.intake import proposal_file


def read(name: str, content: bytes) -> tuple[Proposal, str | None]:
    """What was found in the file, and what the file calls itself, if it does.

    Raises Unreadable if no reader fits, or the one that fits cannot read it; `is_reply` for a
    reply to a hearing, which changes nothing in the plan by itself.
    """
    found = _read_own(name, content)
    if found is not None:
        return found
    proposal = reading.read(name, content)
    if proposal.reader in choose.REPLIES:
        raise Unreadable(
            "is_reply",
            f"Expected a document that the plan is made of; {name} is a reply to a hearing. "
            "Take it in with the replies of its hearing.",
        )
    return proposal, None


def read_all(
    name: str, content: bytes, *, cannot: Cannot | None = None
) -> Iterator[choose.Reading]:
    """What was found in each document of the file, replies and e-mail too; never raises Unreadable.

    Scanned pages are recognised; `cannot` is told why where they are not.
    """
    try:
        found = _read_own(name, content)
    except Unreadable as refusal:
        yield choose.Reading(name, refusal=refusal)
        return
    if found is not None:
        yield choose.Reading(name, found[0])
        return
    yield from reading.read_all(name, content, recognises=True, cannot=cannot)


def _read_own(name: str, content: bytes) -> tuple[Proposal, str | None] | None:
    """What a file that was made for Veikart holds; None for a document."""
    is_small_enough = 0 < len(content) <= choose.LARGEST
    if is_small_enough and notes.is_notes(content):
        return notes.read_notes(name, content), notes.parse_notes(name, content).title
    if is_small_enough and proposal_file.is_proposal_file(name, content):
        return proposal_file.read(name, content), proposal_file.decode(name, content).title
    return None
