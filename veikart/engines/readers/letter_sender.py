"""Who sent a letter: the name it is from, is signed by, or speaks of itself by."""

from collections.abc import Sequence

from veikart.engines.readers.blocks import Block
from veikart.engines.readers.letter_names import addressees
from veikart.engines.readers.norwegian import sentences
from veikart.engines.readers.sender_votes import CLOSING, Votes

_HEAD_LINES, _LETTERHEAD, _CLOSING_LINES = 14, 5, 10


def sender(blocks: Sequence[Block], margins: Sequence[str] = ()) -> str | None:
    """The name a letter gives itself: after "Fra:", in its title, below its greeting, in its margins,
    in its addresses, or as the subject of what it means; None where no name is found. Whom it is to, it is not from.
    """
    text = "\n".join((*margins, *(block.text for block in blocks)))
    head, closing = _parts(blocks)
    votes = Votes(text, addressees=addressees((*margins, *(block.text for block in head))))
    for block in head:
        votes.add_label(block.text)
        votes.add_title(block.text)
    for block in closing:
        votes.add_signature(block.text)
    for block in () if closing else blocks[-_LETTERHEAD:]:
        votes.add_letterhead(block.text)
    for line in margins:
        votes.add_margin(line)
        votes.add_title(line)
    for block in head[:_LETTERHEAD]:
        votes.add_letterhead(block.text)
    for block in blocks:
        votes.add_own(block.text)
        for sentence in sentences(block.text):
            votes.add_sentence(sentence)
    for text in (
        *margins,
        *(block.text for block in (*head, *blocks[-_CLOSING_LINES:]) if block.kind != "footnote"),
    ):
        votes.add_addresses(text)
    return votes.best()


def _parts(blocks: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
    """The head of a letter, and what stands from its last greeting on."""
    head = blocks[:_HEAD_LINES]
    last = [place for place, block in enumerate(blocks) if CLOSING.match(block.text)]
    return head, blocks[last[-1] : last[-1] + _CLOSING_LINES] if last else ()
