"""A reply as a proposal: its head, its answers and its points, whatever file it came in."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from veikart.engines.anchors.proposing import propose
from veikart.engines.anchors.targets import Target
from veikart.engines.points.cutting import CutPoint
from veikart.engines.proposal import Caution, FoundAt, Item, Proposal, SourceFile
from veikart.engines.readers.reply_values import AnswerValues, PointValues, ReplyValues

KINDS = ("reply", "answer", "point")
MOST_ANSWERED = 200_000
"""The most characters of a reply: a longer one is a book, and a person has to say which part counts."""


def reply_item(values: ReplyValues) -> Item:
    """The head of the reply.

    The keys of its items are what comes behind the hearing's uid; which number the reply gets is not
    known yet.
    """
    return _item("reply", "svar", values, FoundAt())


def answer_item(values: AnswerValues, found_at: FoundAt) -> Item:
    """The answer to a question."""
    return _item("answer", f"svar/sporsmal/{values.question}", values, found_at)


def point_items(points: Iterable[tuple[CutPoint, int | None]]) -> list[Item]:
    """The points, each with the question it answers (None in a letter), and what they name."""
    numbered = list(points)
    anchors = propose([(point.text, point.heading_path) for point, _question in numbered])
    return [
        _item(
            "point",
            f"svar/punkt/{number}",
            PointValues(
                text=point.text,
                kind=point.kind,
                heading_path=point.heading_path,
                proposed_wording=point.proposed_wording,
                question=question,
                anchors=found,
            ),
            FoundAt(page=point.page, start=point.start, end=point.end),
        )
        for number, ((point, question), found) in enumerate(
            zip(numbered, anchors, strict=True), start=1
        )
    ]


def _item(kind: str, key: str, values: msgspec.Struct, found_at: FoundAt) -> Item:
    plain = msgspec.json.decode(msgspec.json.encode(values))  # lists, and days as texts
    return Item(kind=kind, key=key, values=plain, found_at=found_at)


def reply_proposal(
    reader: str, name: str, content: bytes, items: Sequence[Item], warnings: Sequence[Caution]
) -> Proposal:
    """The proposal of these items, counted by kind and points by their kind."""
    counted = Counter(item.kind for item in items)
    kinds = Counter(item.values["kind"] for item in items if item.kind == "point")
    return Proposal(
        reader=reader,
        file=SourceFile(name=name, sha256=hashlib.sha256(content).hexdigest(), bytes=len(content)),
        counts={kind: counted[kind] for kind in KINDS}
        | {f"point.{kind}": number for kind, number in sorted(kinds.items())},
        items=tuple(items),
        warnings=tuple(warnings),
    )


def received_on(proposal: Proposal, day: dt.date | None) -> Proposal:
    """The same proposal, its reply received on `day` if it does not say itself when it was."""
    if day is None:
        return proposal
    items = (
        msgspec.structs.replace(item, values=item.values | {"received": day.isoformat()})
        if item.kind == "reply" and item.values.get("received") is None
        else item
        for item in proposal.items
    )
    return msgspec.structs.replace(proposal, items=tuple(items))


def anchored(proposal: Proposal, targets: Sequence[Target]) -> Proposal:
    """The same proposal, its points anchored to what a plan has: `targets`."""
    points = [item for item in proposal.items if item.kind == "point"]
    found = propose(
        [(item.values["text"], item.values["heading_path"]) for item in points], targets
    )
    anchors = {item.key: msgspec.to_builtins(own) for item, own in zip(points, found, strict=True)}
    items = (
        msgspec.structs.replace(item, values=item.values | {"anchors": anchors[item.key]})
        if item.key in anchors
        else item
        for item in proposal.items
    )
    return msgspec.structs.replace(proposal, items=tuple(items))
