"""What goes into a bound PDF and what is told of it, as values; between processes, too."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A paper of a case: `label` and `title` as readers know it, the file's `name` and its bytes.

    `address` is where the paper itself is found, for whoever is told that it is not in the bound PDF.
    """

    label: str
    title: str
    name: str
    content: bytes
    address: str | None = None


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the agenda with its papers; `times` and `kind` are shown as they stand.

    Papers that belong to the meeting itself come in a case without a number.
    """

    title: str
    number: str | None = None
    times: str = ""
    kind: str = ""
    papers: tuple[Paper, ...] = ()


class Cover(msgspec.Struct, frozen=True, kw_only=True):
    """The head of the first page: title, who sends it, pairs of a name and what it is, a sentence."""

    title: str
    issuer: str | None = None
    facts: tuple[tuple[str, str], ...] = ()
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """All that the bound PDF says by itself, in one language: heads of columns, and sentences.

    `why` gives the sentence of a code of REFUSED or LEFT_OUT.
    """

    language: str
    region: str
    agenda: str
    number: str
    title: str
    times: str
    kind: str
    page: str
    not_here: str
    lacking: str
    lacking_lead: str
    open_at: str
    case: Callable[[str], str]
    page_of: Callable[[int, int], str]
    pages: Callable[[int], str]
    why: Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The Typst sources of the front part and of the stamps, and the folder of fonts."""

    front: Mapping[str, str]
    stamps: Mapping[str, str]
    fonts: Path


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """A paper that is in the bound PDF in whole: `case` and `paper` are its places in what was handed
    in, from 0; `page` is the first of its `pages`, from 1. `left_out` are codes of LEFT_OUT.
    """

    case: int
    paper: int
    page: int
    pages: int
    left_out: tuple[str, ...] = ()


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """A paper of which nothing is in the bound PDF, and the code of REFUSED that says why."""

    case: int
    paper: int
    code: str


class Bound(msgspec.Struct, frozen=True, kw_only=True):
    """The bound PDF: each paper that was handed in is in whole in `placed`, or else in `refused`."""

    content: bytes
    pages: int
    placed: tuple[Placed, ...]
    refused: tuple[Refused, ...]


REFUSED = (
    "empty", "is_word", "is_spreadsheet", "is_slides", "is_office", "is_picture", "is_web_page", "is_text",
    "not_pdf", "password", "broken", "no_pages", "too_many_pages", "too_large", "too_large_together",
    "portfolio", "needs_adobe", "too_large_inside", "took_too_long", "too_much_memory", "reader_stopped",
)  # fmt: skip
"""Why a paper is not in the bound PDF."""

LEFT_OUT = ("scripts", "actions", "files", "media", "fields", "signatures", "comments")
"""What a paper had that the bound PDF has not, or only as it looks: scripts; actions that start or send
something; attached files; sound, film and models; fields to fill in; signatures that can be checked;
comments that have no look of their own."""

TO_PAPER = "paper:"
"""How a link in the front part begins that leads to a paper, by its number among those that are bound."""

TOLD = ("files", "media")
"""What readers are told, since it is a part of what the paper says."""


class Mark(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A bookmark: its title, the page it leads to, from 0, and how far up on it; what lies beneath."""

    title: str
    page: int
    top: float | None = None
    within: "tuple[Mark, ...]" = ()


class Cleared(msgspec.Struct, frozen=True, kw_only=True):
    """A paper of which only what shows is left; `sizes` has each page as it is seen, in points."""

    content: bytes
    sizes: tuple[tuple[float, float], ...]
    marks: tuple[Mark, ...] = ()
    left_out: tuple[str, ...] = ()


class Leaf(msgspec.Struct, frozen=True, kw_only=True):
    """A cleared paper on its way into the bound PDF: `title` is what it is called when read aloud."""

    content: bytes
    title: str


class Gathering(msgspec.Struct, frozen=True, kw_only=True):
    """All that becomes one PDF. `stamps` has a page for each page of the papers, in order.

    A link in the front part to `paper:3` leads to the first page of `leaves[3]`.
    """

    front: bytes
    stamps: bytes
    leaves: tuple[Leaf, ...]
    marks: tuple[Mark, ...]
