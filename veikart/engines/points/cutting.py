"""Cuts the blocks of a reply into points: remarks that can each be answered by itself."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest
from statistics import median

import msgspec

from veikart.engines.handling.words import PointKind
from veikart.engines.points.formalities import is_formality
from veikart.engines.points.kinds import kind_of
from veikart.engines.points.wording import announces_wording, proposed_wording
from veikart.engines.readers.blocks import Block
from veikart.engines.readers.norwegian import sentences

LONG = 900
"""A paragraph of more characters than this is looked through for several remarks."""
SHORTEST_STRETCH = 250
"""Each of those has at least so many characters."""
SHORT_ITEM = 6
"""A list whose items mostly have fewer words than this is one remark."""
_FEWEST_WORDS = 4
_ITEMS = ("bullet", "numbered")
_REFERS_BACK = re.compile(
    r"(?:dette|det|dei|de|den|denne|desse|disse|slik|slike|derfor|difor|dermed|her|i tillegg|i motsatt|for eksempel"
    r"|this|these|it|they|therefore|thus|such|in addition|for example)\b",
    re.IGNORECASE,
)


class CutPoint(msgspec.Struct, frozen=True, kw_only=True):
    """One remark. `proposed_wording` is what it would have the text say; its kind is then `wording`.

    `page`, `start` and `end` are as in `blocks.Place`; `heading_path` are the headings above,
    outermost first. `text` is on one line, or has one for each block that belongs to it.
    """

    text: str
    kind: PointKind
    heading_path: tuple[str, ...] = ()
    proposed_wording: str | None = None
    page: int | None
    start: int
    end: int


def cut(blocks: Sequence[Block]) -> tuple[CutPoint, ...]:
    """The points of `blocks`, in reading order; their places never overlap.

    A list item, a table row or a paragraph is a point. A long paragraph becomes several where a
    remark is at its end and the next sentence begins anew. A list of mere words is one point with
    its lead-in, and so is wording with the sentence above that announces it. Headings, footnotes,
    greetings and signatures are none, nor is a lead-in that says nothing itself.
    """
    kept = [block for block in blocks if _may_be_a_point(block)]
    groups = _grouped(kept)
    found: list[CutPoint] = []
    lead = ""
    for group, after in zip_longest(groups, groups[1:]):
        if not _only_leads(group, after):
            found += _points(group, above=_above(group[0], lead))
        lead = _lead_after(group, lead)
    return tuple(found)


def _above(block: Block, lead: str) -> tuple[str, ...]:
    """What stands above a block, nearest first: the lead-in of its list, and its headings."""
    headings = tuple(reversed(block.heading_path))
    return (lead, *headings) if lead and block.kind in _ITEMS else headings


def _lead_after(group: Sequence[Block], lead: str) -> str:
    """The lead-in that holds for what follows `group`: it does to the end of its list."""
    last = group[-1]
    if last.kind not in _ITEMS:
        return last.text if last.text.endswith(":") else ""
    return lead


def _may_be_a_point(block: Block) -> bool:
    if block.kind in {"heading", "footnote"} or is_formality(block.text):
        return False
    return block.kind in _ITEMS or len(block.text.split()) >= _FEWEST_WORDS


def _grouped(blocks: Sequence[Block]) -> list[list[Block]]:
    """The blocks that belong together, each other block by itself."""
    words = _lists_of_words(blocks)
    groups: list[list[Block]] = []
    for index, block in enumerate(blocks):
        if groups and _belongs(block, groups[-1], is_of_words=index in words):
            groups[-1].append(block)
        else:
            groups.append([block])
    return groups


def _lists_of_words(blocks: Sequence[Block]) -> set[int]:
    """The places in `blocks` of items in lists that only count words up."""
    found: set[int] = set()
    for key, run in groupby(range(len(blocks)), key=lambda index: _list_of(blocks[index])):
        indices = list(run)
        lengths = [len(blocks[index].text.split()) for index in indices]
        if key and len(indices) > 1 and median(lengths) < SHORT_ITEM:
            found.update(indices)
    return found


def _list_of(block: Block) -> tuple[str, ...]:
    """What the items of one list share; nothing for what is no item."""
    return (block.kind, *block.heading_path) if block.kind in _ITEMS else ()


def _belongs(block: Block, group: Sequence[Block], *, is_of_words: bool) -> bool:
    first, last = group[0], group[-1]
    if (first.page, first.heading_path) != (block.page, block.heading_path):
        return False
    if is_of_words and (last.text.endswith(":") or _list_of(last) == _list_of(block)):
        return True
    if not announces_wording(first.text):
        return False
    return len(group) == 1 or (last.kind in _ITEMS and last.kind == block.kind)


def _only_leads(group: Sequence[Block], after: Sequence[Block] | None) -> bool:
    """Whether a group is a sentence that only says that something follows."""
    block = group[-1]
    if after is None or not block.text.endswith(":") or len(group) > 1:
        return False
    return block.kind not in _ITEMS and kind_of(block.text) == "information"


def _points(group: Sequence[Block], *, above: Sequence[str]) -> Iterator[CutPoint]:
    first = group[0]
    if len(group) > 1:
        text = "\n".join(block.text for block in group)
        yield _point(text, first, first.start, max(block.end for block in group), above=above)
        return
    for begin, end in _stretches(first.text):
        place = first.place(begin, end)
        yield _point(first.text[begin:end], first, place.start, place.end, above=above)


def _point(text: str, block: Block, start: int, end: int, *, above: Sequence[str]) -> CutPoint:
    wording = proposed_wording(text)
    return CutPoint(
        text=text,
        kind="wording" if wording else kind_of(text, above=above),
        heading_path=block.heading_path,
        proposed_wording=wording,
        page=block.page,
        start=start,
        end=end,
    )


def _stretches(text: str) -> list[tuple[int, int]]:
    """Where the remarks of a paragraph begin and end."""
    if len(text) <= LONG:
        return [(0, len(text))]
    begins = [0]
    asked = False
    at = 0
    for sentence in sentences(text):
        start = text.index(sentence, at)
        at = start + len(sentence)
        is_long_enough = min(start - begins[-1], len(text) - start) >= SHORTEST_STRETCH
        if asked and is_long_enough and not _REFERS_BACK.match(sentence):
            begins.append(start)
            asked = False
        asked = asked or kind_of(sentence) in {"proposal", "question"}
    ends = [begin - 1 for begin in begins[1:]]
    return list(zip(begins, [*ends, len(text)], strict=True))
