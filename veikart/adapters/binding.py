"""The papers of a meeting gathered into one PDF: an agenda that leads to them, bookmarks, and stamps.

Every paper is in it in whole, or is named with the reason. Papers come from strangers: they are read, and the
PDF is put together, in the process that reads strangers' files (`reading_apart`).
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from veikart.adapters.binding_front import Laid, Place, front, marks, named, stamps
from veikart.adapters.binding_parts import (
    Bound,
    Case,
    Cleared,
    Cover,
    Gathering,
    Leaf,
    Look,
    Paper,
    Placed,
    Refused,
    Words,
)
from veikart.adapters.reading_apart import Apart
from veikart.adapters.reading_process import Found, Task
from veikart.engines.proposal import Unreadable

COPIES: Final = 7
"""How many times its papers' size the reading process takes at most while it gathers them."""


def bind(
    cover: Cover, cases: Sequence[Case], *, words: Words, look: Look, apart: Apart, at: dt.datetime
) -> Bound:
    """The papers of `cases` as one PDF behind a front part, in order, each page with its stamp.

    `at`, an aware time, is the date of the document: the same arguments give the same bytes. Nothing
    that a paper is makes this raise: one that cannot be bound in whole is listed in the front part and
    in `refused`. Raises as `typeset` does where the front part cannot be set, and Unreadable if the
    front part alone cannot be made a PDF within the limits of `apart`.
    """
    laid = _read(Laid(cover=cover, cases=cases, words=words, look=look, at=at), apart)
    while True:
        try:
            return _bound(laid, apart)
        except Unreadable as problem:
            if not laid.cleared:
                raise
            laid = _with_fewer(laid, apart, str(problem.code))


def _read(laid: Laid, apart: Apart) -> Laid:
    """Each paper read, the same bytes once; those that no longer fit beside the others are refused."""
    known: dict[bytes, Cleared | str] = {}
    cleared: dict[Place, Cleared] = {}
    refused: dict[Place, str] = {}
    room = apart.limits.memory // COPIES
    for place, _case, paper in laid.each():
        sha256 = hashlib.sha256(paper.content).digest()
        found = known.get(sha256) or _cleared(paper, apart)
        known[sha256] = found
        if isinstance(found, Cleared) and len(found.content) > room:
            found = "too_large_together"
        if isinstance(found, str):
            refused[place] = found
        else:
            cleared[place] = found
            room -= len(found.content)
    return replace(laid, cleared=cleared, refused=refused)


def _cleared(paper: Paper, apart: Apart) -> Cleared | str:
    """The paper with only what shows left of it, or the code of why it is refused."""
    if len(paper.content) > apart.limits.largest:
        return "too_large"
    try:
        found = _asked(Task(what="clear_paper", name=paper.name, content=paper.content), apart)
    except Unreadable as refusal:
        return str(refusal.code)
    return found.cleared or "reader_stopped"


def _bound(laid: Laid, apart: Apart) -> Bound:
    """All that is not refused in one PDF. Raises Unreadable if it cannot be put together."""
    first = front(laid)
    pages = _number_of_pages(first)
    told = Gathering(
        front=first,
        stamps=stamps(laid, front_pages=pages),
        leaves=tuple(
            Leaf(content=cleared.content, title=named(paper))
            for _place, _case, paper, cleared in laid.here()
        ),
        marks=marks(laid, front_pages=pages),
    )
    task = Task(what="gather_papers", name=laid.cover.title, gathering=told)
    return Bound(
        content=_asked(task, apart).bound,
        pages=pages + laid.pages,
        placed=tuple(
            Placed(
                case=place[0],
                paper=place[1],
                page=pages + laid.before[place] + 1,
                pages=len(cleared.sizes),
                left_out=cleared.left_out,
            )
            for place, _case, _paper, cleared in laid.here()
        ),
        refused=tuple(
            Refused(case=place[0], paper=place[1], code=laid.refused[place])
            for place, _case, _paper in laid.each()
            if place in laid.refused
        ),
    )


def _with_fewer(laid: Laid, apart: Apart, code: str) -> Laid:
    """Without each paper that cannot be put into a PDF even alone; the largest one, if all can."""
    unfit = {place: code for place in laid.cleared if not _fits_alone(laid, place, apart)}
    if not unfit:
        largest = max(laid.cleared, key=lambda place: len(laid.cleared[place].content))
        unfit = {largest: "too_large_together"}
    left = {place: cleared for place, cleared in laid.cleared.items() if place not in unfit}
    return replace(laid, cleared=left, refused={**laid.refused, **unfit})


def _fits_alone(laid: Laid, place: Place, apart: Apart) -> bool:
    others = {one: "broken" for one, _case, _paper in laid.each() if one != place}
    try:
        _bound(replace(laid, cleared={place: laid.cleared[place]}, refused=others), apart)
    except Unreadable:
        return False
    return True


def _asked(task: Task, apart: Apart) -> Found:
    found = apart.ask(task)
    for one in found.said:
        if one.code:
            raise Unreadable(one.code, one.message or "")
    return found


def _number_of_pages(first: bytes) -> int:
    from pypdfium2 import PdfDocument  # type: ignore[import-untyped]  # noqa: PLC0415 (who binds alone needs it)

    document = PdfDocument(first)
    try:
        return len(document)
    finally:
        document.close()
