"""Reads proposals written as JSON, in the form that `veikart take-in --json` prints; and writes them.

For proposals made by hand: what somebody noticed in a document that no reader reads.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable

import msgspec

from veikart.engines.proposal import Caution, Item, Proposal, SourceFile, Unreadable

READER = "proposal_file"


class ProposalFile(msgspec.Struct, frozen=True, kw_only=True):
    """What the file holds: who read what, the items, and what to look at twice."""

    reader: str
    items: tuple[Item, ...]
    title: str | None = None
    source: str | None = None
    warnings: tuple[Caution, ...] = ()


_decoder = msgspec.json.Decoder(ProposalFile)


def is_proposal_file(name: str, content: bytes) -> bool:
    """Whether this looks like JSON by its name or its first letter."""
    return name.lower().endswith(".json") or content.lstrip()[:1] == b"{"


def read(name: str, content: bytes) -> Proposal:
    """The proposal in `content`. Raises Unreadable for what has another form."""
    found = decode(name, content)
    return Proposal(
        reader=found.reader,
        file=SourceFile(name=name, sha256=hashlib.sha256(content).hexdigest(), bytes=len(content)),
        counts=dict(Counter(item.kind for item in found.items)),
        items=found.items,
        warnings=found.warnings,
    )


def decode(name: str, content: bytes) -> ProposalFile:
    """The content of the file. Raises Unreadable for what has another form."""
    try:
        return _decoder.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise Unreadable(
            "not_a_proposal",
            f"Expected a proposal as `veikart take-in --json` prints it, with “reader” and “items”; "
            f"{name} does not hold one: {problem}. Mend the file, or take in the original.",
        ) from problem


def write(title: str, items: Iterable[Item], *, source: str) -> bytes:
    """A proposal made by hand as a file: the same items give the same bytes."""
    made = ProposalFile(reader=READER, title=title, source=source, items=tuple(items))
    return msgspec.json.format(msgspec.json.encode(made, order="sorted"), indent=2) + b"\n"
