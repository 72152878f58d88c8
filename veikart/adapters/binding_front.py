"""What stands around the papers of a bound PDF: its front part, the stamps and the bookmarks."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import msgspec

from veikart.adapters.binding_boxes import STRIP, scale_of
from veikart.adapters.binding_parts import (
    TO_PAPER,
    TOLD,
    Case,
    Cleared,
    Cover,
    Look,
    Mark,
    Paper,
    Words,
)
from veikart.adapters.typesetting import typeset

LONGEST: Final = 60
"""So many letters of a label stand in a stamp."""

Place = tuple[int, int]
"""Where a paper was handed in: the number of its case, and its own in it, both from 0."""


@dataclass(frozen=True, kw_only=True)
class Laid:
    """All papers in order: each either cleared, or refused with a code."""

    cover: Cover
    cases: Sequence[Case]
    words: Words
    look: Look
    at: dt.datetime
    cleared: Mapping[Place, Cleared] = field(default_factory=dict)
    refused: Mapping[Place, str] = field(default_factory=dict)

    def each(self) -> Iterator[tuple[Place, Case, Paper]]:
        """Every paper that was handed in."""
        for no, case in enumerate(self.cases):
            for number, paper in enumerate(case.papers):
                yield (no, number), case, paper

    def here(self) -> Iterator[tuple[Place, Case, Paper, Cleared]]:
        """Every paper that becomes a part of the PDF."""
        for place, case, paper in self.each():
            if place in self.cleared:
                yield place, case, paper, self.cleared[place]

    @cached_property
    def before(self) -> Mapping[Place, int]:
        """How many pages of papers come before each."""
        found, pages = {}, 0
        for place, _case, _paper, cleared in self.here():
            found[place] = pages
            pages += len(cleared.sizes)
        return found

    @property
    def pages(self) -> int:
        """How many pages the papers have together."""
        return sum(len(cleared.sizes) for cleared in self.cleared.values())


def named(paper: Paper) -> str:
    """What a paper is called in a bookmark and when it is read aloud."""
    return " ".join(part for part in (paper.label, paper.title) if part) or paper.name


def front(laid: Laid) -> bytes:
    """The first pages as PDF. Raises as `typeset` does."""
    words = laid.words
    numbers = {place: number for number, place in enumerate(laid.before)}
    cases = [
        {
            "number": case.number or "",
            "title": case.title,
            "times": case.times,
            "kind": case.kind,
            "papers": [_row(laid, (no, at), numbers) for at in range(len(case.papers))],
        }
        for no, case in enumerate(laid.cases)
    ]
    told = {
        "paper": _paper(laid),
        "lead": laid.cover.lead,
        "facts": laid.cover.facts,
        "agenda": {
            "heading": words.agenda,
            "heads": (words.number, words.title, words.times, words.kind, words.page),
            "cases": cases,
        },
        "lacking": {
            "heading": words.lacking,
            "lead": words.lacking_lead,
            "rows": list(_lacking(laid)),
        },
    }
    return typeset(laid.look.front, told, fonts=laid.look.fonts, at=laid.at)


def stamps(laid: Laid, *, front_pages: int) -> bytes:
    """A PDF with the stamp of each page of the papers, in order. Raises as `typeset` does."""
    told: list[dict[str, Any]] = []
    for _place, case, paper, cleared in laid.here():
        whose = [laid.words.case(case.number) if case.number else "", _shortened(paper.label)]
        for number, size in enumerate(cleared.sizes, start=1):
            said = [*whose, laid.words.page_of(number, len(cleared.sizes))]
            told.append(
                {
                    "width": round(size[0] / scale_of(size), 3),
                    "said": " · ".join(part for part in said if part),
                    "page": str(front_pages + len(told) + 1),
                }
            )
    every = {"paper": _paper(laid), "stamps": told, "height": STRIP}
    return typeset(laid.look.stamps, every, fonts=laid.look.fonts, at=laid.at)


def marks(laid: Laid, *, front_pages: int) -> tuple[Mark, ...]:
    """The bookmarks: the agenda, then each case with its papers, and each of these with its own."""
    found = [Mark(title=laid.words.agenda, page=0)]
    for no, case in enumerate(laid.cases):
        papers = [
            _mark(paper, laid.cleared[no, at].marks, front_pages + laid.before[no, at])
            for at, paper in enumerate(case.papers)
            if (no, at) in laid.cleared
        ]
        title = " ".join(part for part in (case.number, case.title) if part)
        page = papers[0].page if papers else 0
        found.append(Mark(title=title, page=page, within=tuple(papers)))
    return tuple(found)


def _paper(laid: Laid) -> dict[str, Any]:
    return {
        "title": laid.cover.title,
        "running": laid.cover.title,
        "language": laid.words.language,
        "region": laid.words.region,
        "issuer": laid.cover.issuer,
        "foot": "",
        "page_of": "{page}",  # the last page of the front part is not the last one
    }


def _row(laid: Laid, place: Place, numbers: Mapping[Place, int]) -> dict[str, Any]:
    paper = laid.cases[place[0]].papers[place[1]]
    row = {"label": paper.label, "title": paper.title or paper.name}
    cleared = laid.cleared.get(place)
    if cleared is None:
        return {**row, "said": laid.words.not_here, "offset": None, "address": None}
    return {
        **row,
        "said": laid.words.pages(len(cleared.sizes)),
        "offset": laid.before[place],
        "address": f"{TO_PAPER}{numbers[place]}",
    }


def _lacking(laid: Laid) -> Iterator[dict[str, Any]]:
    """What readers are told is not in the file: papers, and what was attached to those that are."""
    for place, _case, paper in laid.each():
        cleared = laid.cleared.get(place)
        codes = (
            [laid.refused[place]]
            if cleared is None
            else [code for code in cleared.left_out if code in TOLD]
        )
        for code in codes:
            yield {
                "label": paper.label,
                "title": paper.title,
                "name": paper.name,
                "why": laid.words.why(code),
                "open_at": laid.words.open_at,
                "address": paper.address,
            }


def _mark(paper: Paper, own: Sequence[Mark], start: int) -> Mark:
    return Mark(title=named(paper), page=start, within=tuple(_moved(mark, start) for mark in own))


def _moved(mark: Mark, by: int) -> Mark:
    return msgspec.structs.replace(
        mark, page=mark.page + by, within=tuple(_moved(one, by) for one in mark.within)
    )


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
