"""Reads a file by the reader that fits it, proposals written as JSON among them."""

from veikart.engines.proposal import Proposal, Unreadable
from veikart.engines.readers.register import read_register
from veikart.intake import proposal_file

MOST_BYTES = 40_000_000
"""So large a file is read; a larger one is kept, and said to be too large."""


def read(name: str, content: bytes) -> tuple[Proposal, str | None]:
    """What was found in the file, and what it calls itself, if it does.

    Raises Unreadable if no reader fits, or the one that fits cannot read it.
    """
    if len(content) > MOST_BYTES:
        raise Unreadable(
            "too_large",
            f"Expected a file of at most {MOST_BYTES // 1_000_000} MB, found {name} with "
            f"{len(content) / 1_000_000:.0f} MB. Divide it into smaller files, and take in each.",
        )
    if proposal_file.is_proposal_file(name, content):
        return proposal_file.read(name, content), proposal_file.decode(name, content).title
    return read_register(name, content), None
