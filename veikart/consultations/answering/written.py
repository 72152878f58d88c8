"""A reply from the web as the file that is kept of it: plain text, the same words give the same bytes."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import translation
from msgspec.structs import replace

from veikart.consultations.answering.asking import Asked, Content
from veikart.consultations.models import Hearing, Reply, RespondentKind
from veikart.engines.anchors.proposing import SECTION, propose
from veikart.engines.anchors.targets import Target
from veikart.engines.handling.actions import Anchor, FoundAt, Original
from veikart.engines.points.cutting import CutPoint, cut
from veikart.engines.proposal import Unreadable
from veikart.engines.readers.blocks import Block, blocks
from veikart.engines.readers.document import pages

PERSON = "person"
"""What `who` is where somebody replies as a private person."""


@dataclass(frozen=True)
class Stretch:
    """Some lines of the file; those that answer say what, and under which headings they stand."""

    text: str
    question: int | None = None
    goal: str | None = None
    headings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Written:
    """The reply as text. `name` is what its file is called."""

    name: str
    stretches: tuple[Stretch, ...]

    @property
    def content(self) -> bytes:
        """The file, in UTF-8."""
        return "\n\n".join(each.text for each in self.stretches).encode() + b"\n"


def kind_of(content: Content) -> str:
    """What kind of respondent replies."""
    if content.get("who") == PERSON:
        return RespondentKind.PRIVATE_PERSON.value
    return content.get("kind") or RespondentKind.OTHER.value


def written(
    hearing: Hearing,
    questions: Sequence[Asked],
    content: Content,
    *,
    files: Sequence[tuple[str, str]],
    before: Reply | None = None,
    replaces: Reply | None = None,
) -> Written:
    """The reply as it will be kept: who, what was answered, and the `files` (name and SHA-256) with it.

    It holds no e-mail address and no time. It is in bokmål whatever language the form was read in, so
    that a reply sent twice is known again. One that was sent `before` makes it another, whether it
    `replaces` that or comes after it was withdrawn.
    """
    head = Stretch("\n".join([*_head(hearing, content), *_before(before, replaces)]))
    said = [stretch for question in questions for stretch in _said(question, content)]
    named = [f"Vedlegg: {name} (SHA-256 {sha256})" for name, sha256 in files]
    last = [Stretch("\n".join(named))] if named else []
    number = (hearing.case_number or hearing.uid).replace("/", "-")
    return Written(f"svar-{number}.txt", (head, *said, *last))


def points(reply: Written, targets: Sequence[Target]) -> tuple[Original, ...]:
    """The points in the answers, each with its place in the file and what it may be about.

    An answer for a goal is about that goal, whatever else it names.
    """
    found = list(_points(reply))
    proposed = propose([(each.text, each.heading_path) for each in found], targets)
    return tuple(
        _anchored(point, [Anchor(uid=one.uid, reason=one.reason, score=one.score) for one in own])
        for point, own in zip(found, proposed, strict=True)
    )


def _head(hearing: Hearing, content: Content) -> Iterator[str]:
    yield f"Svar på: {hearing.title}"
    if hearing.case_number:
        yield f"Saksnummer: {hearing.case_number}"
    yield f"Fra: {content.get('name', '').strip()}"
    with translation.override("nb"):
        yield f"Slag: {RespondentKind(kind_of(content)).label}"
    if content.get("who") == PERSON and content.get("initials"):
        yield "Vil vises med initialer: ja"


def _before(before: Reply | None, replaces: Reply | None) -> Iterator[str]:
    if replaces:
        yield f"Erstatter: {replaces.uid}, versjon {replaces.version}"
    elif before:
        yield f"Kommer etter: {before.uid}, som er trukket"


def _said(question: Asked, content: Content) -> Iterator[Stretch]:
    """The question with its boxes, and each answer to it. A question that nobody answered stands too."""
    chosen = content.get(question.choice, "") if question.choice else ""
    boxes = [f"{'☒' if choice == chosen else '☐'} {choice}" for choice in question.choices]
    yield Stretch("\n".join([question.heading, *(boxes if question.choice else [])]))
    for text in question.texts:
        typed = content.get(text.field, "").strip("\n")
        if not typed.strip():
            continue
        if text.heading:
            yield Stretch(text.heading)
        headings = (question.heading, text.heading) if text.heading else (question.heading,)
        yield Stretch(typed, question.no, text.goal, headings)


def _points(reply: Written) -> Iterator[Original]:
    """The points of the answers, in the order of the file."""
    file, start = hashlib.sha256(reply.content).hexdigest(), 0
    for stretch in reply.stretches:
        found, length = _read(reply.name, stretch.text)
        if stretch.question is not None:
            yield from (_point(each, stretch, start, file) for each in cut(found))
        start += length


def _read(name: str, text: str) -> tuple[Sequence[Block], int]:
    """The blocks of `text`, and how much of the file's text they take, with the line feed after.

    Whoever reads the whole file reads each line by itself and leaves out blank ones; so its text is
    that of its stretches, one after the other.
    """
    try:
        read = pages(name, text.encode())
    except Unreadable:
        return (), 0
    return blocks(read), len(read.pages[0].text) + 1


def _point(found: CutPoint, stretch: Stretch, start: int, file: str) -> Original:
    return Original(
        uid="",
        text=found.text,
        kind=found.kind,
        heading_path=(*stretch.headings, *found.heading_path),
        proposed_wording=found.proposed_wording,
        question=stretch.question,
        goal=stretch.goal,
        found_at=FoundAt(start=start + found.start, end=start + found.end, file=file),
    )


def _anchored(point: Original, proposed: list[Anchor]) -> Original:
    if point.goal and point.goal not in {anchor.uid for anchor in proposed}:
        reason = f"section: {point.heading_path[1]}"
        proposed.append(Anchor(uid=point.goal, reason=reason, score=SECTION))
        proposed.sort(key=lambda anchor: -(anchor.score or 0))
    return replace(point, anchors=tuple(proposed))
