"""Reads a letter (text, DOCX, PDF): who sent it, when and to whom, its language, and its points."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from veikart.engines.date_texts import read_date
from veikart.engines.language import language
from veikart.engines.points.cutting import cut
from veikart.engines.proposal import Proposal, Unreadable
from veikart.engines.readers.blocks import Block
from veikart.engines.readers.cautions import Cautions
from veikart.engines.readers.document import Document
from veikart.engines.readers.letter_sender import sender
from veikart.engines.readers.pages import Pages, Recognised
from veikart.engines.readers.reply_form_questions import case_number
from veikart.engines.readers.reply_items import (
    MOST_ANSWERED,
    point_items,
    reply_item,
    reply_proposal,
)
from veikart.engines.readers.reply_values import LetterValues
from veikart.engines.readers.respondents import kind_of_respondent

READER = "letter"

_HEAD = 16
_DATE = re.compile(
    r"(?<![\d.])(?:\d{1,2}\.\s?\d{1,2}\.\s?(?:20)?\d\d(?![\d.])|\d{1,2}\.?\s+(?:januar|februar|mars|april|mai|juni|juli|august"
    r"|september|oktober|november|desember)\s+20\d\d|20\d\d-\d\d-\d\d)",
    re.IGNORECASE,
)
_TO = re.compile(
    r"(?:til|to|att\.?)\s*:?\s+(?P<name>[^.:;]{2,100}?)(?:,|\s+v/|\s+Fra\b|$)", re.IGNORECASE
)
_SUBJECT = re.compile(
    r"(?:emne|vedrørende|vedr\.?|sak|subject|gjelder|gjeld)\s*:\s*(?P<text>\S.*)", re.IGNORECASE
)
_ABOUT = re.compile(
    r"innsp[ei]l|høring|høyring|uttal|svar|merknad|notat|reply|response", re.IGNORECASE
)
_LONGEST_SUBJECT = 200


_REPLIES = re.compile(
    r"\b(?:innsp[ei]l\w*|høringssvar|høyringssvar|høringsuttalelse|høyringsfråsegn|uttal\w+|merknader)\b"
    r"(?=.{0,80}\b(?:til|fra|frå|om|på|utval\w*)\b)|\b(?:reply|response|comments)\s+(?:to|on)\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^(?:med\s+)?(?:vennlig|venleg|beste?|kind|best)\s+(?:hilsen|helsing|regards)\b", re.IGNORECASE
)


def is_a_letter(found: Sequence[Block]) -> bool:
    """Whether blocks begin as a reply to somebody does, or end with a greeting."""
    begins = any(_REPLIES.search(block.text) for block in found[:_HEAD])
    return begins or any(_CLOSING.match(block.text) for block in found)


def read_letter(
    name: str,
    content: bytes,
    *,
    recognised: Recognised | None = None,
    received: dt.date | None = None,
    document: Document | None = None,
) -> Proposal:
    """What the letter in `content` says: one `reply` with its sender, and its `point`s.

    `recognised` are the lines of scanned pages, `received` the day it came, if that is known, and
    `document` is the same one, if others have looked at it. What is scanned and not recognised gives a reply without
    points, and a caution that it waits.
    Raises Unreadable for what cannot be opened, and `too_long` for more than 200,000 characters.
    """
    document = document or Document(name, content, recognised=recognised)
    pages = document.pages
    _check_length(name, pages)
    found = document.blocks
    cautions = Cautions()
    _check(pages, cautions)
    head = found[:_HEAD]
    who = sender(found, pages.margins)
    values = LetterValues(
        case_number=case_number(found),
        respondent=who,
        kind_of_respondent=kind_of_respondent(who),
        addressee=_addressee(head),
        subject=_subject(head),
        dated=_dated([*head, *found[-_HEAD:]], pages.margins),
        language=language("\n".join(block.text for block in found)),
        received=received,
        scanned=pages.is_scanned,
    )
    if who is None and found:
        cautions.add(
            "no_respondent",
            "The letter does not say in words who sent it; a logo may.",
            "Write in who sent it; the e-mail it came with may tell.",
        )
    items = [
        reply_item(values),
        *point_items((one, None) for one in cut(found)),
    ]
    return reply_proposal(READER, name, content, items, cautions.all())


def _check_length(name: str, pages: Pages) -> None:
    characters = sum(len(page.text) for page in pages.pages)
    if characters > MOST_ANSWERED:
        raise Unreadable(
            "too_long",
            f"Expected a letter of at most {MOST_ANSWERED:,} characters; {name} has {characters:,}. "
            "Take in the part of it that replies, and keep the rest as an attachment.",
        )


def _check(pages: Pages, cautions: Cautions) -> None:
    """Say which pages wait for text recognition, and which were recognised."""
    if pages.waiting:
        numbers = ", ".join(map(str, pages.waiting[:10]))
        cautions.add(
            "waiting_for_recognition",
            f"{len(pages.waiting)} of {len(pages.pages)} pages are scanned and hold no text ({numbers}).",
            "Install Tesseract (apt-get install tesseract-ocr tesseract-ocr-nor), and take the file in again.",
            page=pages.waiting[0],
        )
    recognised = [page.number for page in pages.pages if page.recognised]
    if recognised:
        cautions.add(
            "recognised",
            f"The text of {len(recognised)} scanned pages was recognised by a program.",
            "Compare the points with the picture of the page before they are confirmed.",
            page=recognised[0],
        )


def _addressee(head: Sequence[Block]) -> str | None:
    """Who a letter is to: behind "Til" at the beginning of a line."""
    for block in head:
        if (match := _TO.match(block.text)) and match["name"][:1].isupper():
            return match["name"].strip()
    return None


def _subject(head: Sequence[Block]) -> str | None:
    """What a letter is about: behind "Emne:", else its first heading that is of a reply, else its first."""
    for block in head:
        if match := _SUBJECT.match(block.text):
            return match["text"][:_LONGEST_SUBJECT]
    headings = [block.text for block in head if block.kind == "heading"]
    lines = [
        block.text for block in head if len(block.text) <= _LONGEST_SUBJECT and block.kind == "text"
    ]
    called = [
        text for text in (*headings, *lines) if _ABOUT.search(text) and not text.endswith(".")
    ]
    return next(iter([*called, *headings]), None)


def _dated(found: Iterable[Block], margins: Sequence[str]) -> dt.date | None:
    """The first day named in short lines of the head, the margins or the closing."""
    for text in (*(block.text for block in found), *margins):
        if len(text) > _LONGEST_SUBJECT:
            continue
        for match in _DATE.finditer(text):
            day = _day(match[0])
            if day is not None:
                return day
    return None


def _day(text: str) -> dt.date | None:
    short = re.sub(r"\s", "", text)
    if parts := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d\d)", short):
        text = f"{parts[1]}.{parts[2]}.20{parts[3]}"
    elif re.fullmatch(r"[\d.]+", short):
        text = short
    date = read_date(text, "planned")
    return None if date is None or date.precision != "day" else date.earliest
