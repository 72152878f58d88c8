"""The reports of an edition's hearings as downloads: the report of a page, as DOCX and as PDF/UA."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from django.conf import settings
from django.utils.translation import override, pgettext

from veikart.design.papers import word
from veikart.design.papers.setting import pdf
from veikart.pages.hearings import REPORT, REPORT_ENDINGS, has_report
from veikart.pages.missing import NotInPlan
from veikart.pages.reading import Reading
from veikart.pages.report import report
from veikart.pages.report_parts import Block, Excerpt, Facts, Items, Report, Said, Section, Table

if TYPE_CHECKING:
    from docx.document import Document

_APART = 101_600  # 8 points, in the units of DOCX
TEMPLATE = Path(__file__).resolve().parent / "papers" / "report.typ"


def files(reading: Reading) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The name of every report of `reading` in each format, and what makes it; nothing is read yet."""
    for uid, hearing in reading.plan.index.hearings.items():
        if has_report(hearing):
            for ending in REPORT_ENDINGS:
                yield f"{uid}-{REPORT}.{ending}", partial(written, reading, uid, ending)


def written(reading: Reading, uid: str, ending: str) -> bytes:
    """The report of the hearing `uid` as `docx` or `pdf`, in the reading’s language.

    The same edition gives the same bytes. Raises LookupError for a hearing that is not there, or
    has not opened.
    """
    with override(reading.language):
        try:
            made = report(reading, uid)
        except NotInPlan as absent:
            raise LookupError(f"Expected a hearing with a report, found “{uid}”.") from absent
        at = _dated(reading)
        return _docx(made, at=at) if ending == "docx" else _pdf(made, at=at)


def _dated(reading: Reading) -> dt.datetime:
    """When the edition was frozen; the day it is as of where that is not known."""
    head = reading.plan.head
    midnight = dt.datetime.combine(head.as_of, dt.time(), tzinfo=dt.UTC)
    return head.frozen_at or midnight


def _pdf(made: Report, *, at: dt.datetime) -> bytes:
    data = _with_whole_addresses(msgspec.to_builtins(made))
    contents = {"contents": pgettext("of a report", "Contents")}
    return pdf(
        TEMPLATE, data | contents, title=made.title, at=at, issuer=made.issuer, foot=made.foot
    )


def _with_whole_addresses(value: Any) -> Any:
    """The same with every address as it is from outside the site."""
    if isinstance(value, dict):
        return {
            name: _whole(one) if name == "address" else _with_whole_addresses(one)
            for name, one in value.items()
        }
    if isinstance(value, list | tuple):
        return [_with_whole_addresses(one) for one in value]
    return value


def _whole(address: str | None) -> str | None:
    return f"{settings.ADDRESS}{address}" if address and address.startswith("/") else address


def _docx(made: Report, *, at: dt.datetime) -> bytes:
    document = word.new_document(title=made.title, at=at, issuer=made.issuer)
    word.paragraph(document, made.eyebrow, style="Note")
    word.paragraph(document, made.lead, style="Lead")
    for section in made.sections:
        _section(document, section)
    return word.saved(document, at=at)


def _section(document: "Document", section: Section) -> None:
    place = word.heading(document, "", section.level)
    _say(place, section.heading)
    for block in section.blocks:
        _block(document, block)


def _block(document: "Document", block: Block) -> None:
    if isinstance(block, Table):
        _table(document, block)
    elif isinstance(block, Facts):
        for name, said in block.pairs:
            place = word.paragraph(document, "", style="Fact")
            place.add_run(f"{name}: ").bold = True
            _say(place, said)
        place.paragraph_format.space_after = _APART
    elif isinstance(block, Items):
        for said in block.items:
            place = word.paragraph(document, "", style="Choice")
            _say(place, said)
        place.paragraph_format.space_after = _APART
    elif isinstance(block, Excerpt):
        quote = word.paragraph(document, "", style="Quote")
        quote.paragraph_format.keep_with_next = True
        _say(quote, block.said)
        _say(word.paragraph(document, "", style="Credit"), block.who)
    else:
        place = word.paragraph(document, "")
        place.paragraph_format.keep_with_next = block.said.text.endswith(":") or None
        _say(place, block.said, bold=block.is_doubt)


def _table(document: "Document", block: Table) -> None:
    rows = [
        [_words(said, bold=is_sum) for said, _is_number in cells]
        for cells, is_sum in block.marked_rows
    ]
    word.table(
        document,
        block.heads,
        rows,
        widths=block.widths,
        numbers=block.numbers,
        about=block.about,
    )
    word.paragraph(document, "", style="Cell")


def _say(place: Any, said: Said, *, bold: bool = False) -> None:
    word.say(place, _words(said, bold=bold))


def _words(said: Said, *, bold: bool = False) -> word.Words:
    return word.Words(said.text, address=_whole(said.address), lang=said.lang, bold=bold)
