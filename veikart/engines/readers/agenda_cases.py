"""The cases of a meeting: each is put together from where it is named, in the agenda and below it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import msgspec

from veikart.engines.readers.agenda_headings import OPENS, letters, title_end
from veikart.engines.readers.agenda_tables import Row, Table
from veikart.engines.readers.agenda_text import Paragraph, in_one, paragraphs
from veikart.engines.readers.agenda_values import Break
from veikart.engines.readers.agenda_words import (
    CASE_START,
    CaseNumber,
    Slot,
    case_number,
    case_type,
    is_break,
    slot_in,
    without_continued,
)
from veikart.engines.readers.paragraphs import Line

_ALIKE = 0.75
_COMPARED = 120
"""So many letters of two titles are compared at the most, unless one begins the other."""
_NEAR, _MOST_TWICE = 20, 5
"""With so many others without a number, or of one number, a mention is compared at the most."""
_MOST_COMPARED = 20_000
"""After so many pairs, only titles that are the same are found: comparing takes long."""


class Mention(msgspec.Struct, kw_only=True):
    """A place where a case is named, and all that stands with it there."""

    number: CaseNumber | None
    title: str
    is_continued: bool
    slot: Slot | None
    type_said: str | None
    presenter: str | None
    body: tuple[Paragraph, ...]
    lines: tuple[Line, ...]


class Case(msgspec.Struct, kw_only=True):
    """A case, from all its mentions. `twice` is set for another case of the same number.

    `told` are its slots by when each begins, or else as they were said: none is taken twice.
    """

    number: CaseNumber | None
    title: str
    type_said: str | None
    presenter: str | None
    slots: list[Slot]
    body: list[Paragraph]
    lines: tuple[Line, ...]
    told: set[str | Slot]
    twice: int = 0


def mentions(table: Table, words: Counter[str]) -> Iterator[Mention | Break]:
    """What each row of a table of cases names: a case, or a break."""
    for row in table.rows:
        one = _mention(row, words, is_list=table.is_list)
        if one.number is None and is_break(one.title):
            yield Break(title=one.title, starts_at=one.slot.starts_at if one.slot else None)
        elif one.title or one.number:
            yield one


def _mention(row: Row, words: Counter[str], *, is_list: bool) -> Mention:
    numbered = in_one(row.cells.get("number", ()), words)
    said = list(row.cells.get("title", ()))
    number = case_number(numbered)
    if number is None and said and (match := CASE_START.match(said[0].text)) is not None:
        number = case_number(match["number"])
        said[0] = msgspec.structs.replace(said[0], text=match["title"])
        numbered = f"{match['number']} {match['continued'] or ''}"
    end = title_end(said, is_list=is_list)
    title, ends_so = without_continued(in_one(said[:end], words))
    begins = CASE_START.match(numbered)
    is_continued = ends_so or bool(begins and begins["continued"]) or "forts" in numbered.casefold()
    slot = slot_in(in_one(row.cells.get("time", ()), words))[0]
    aside, type_said = _type_and_papers(row, words)
    return Mention(
        number=number,
        title=title,
        is_continued=is_continued,
        slot=msgspec.structs.replace(slot, continued=is_continued) if slot else None,
        type_said=type_said,
        presenter=in_one(row.cells.get("presenter", ()), words) or None,
        body=(*paragraphs(said[end:], words), *aside),
        lines=tuple(line for own in row.cells.values() for line in own),
    )


def decided(row: Row, words: Counter[str]) -> Mention:
    """A case in a table of what was decided: the wording is as if it stood below "Vedtak:"."""
    label = Paragraph("Vedtak:", tuple(row.cells.get("wording", ())))
    wording = paragraphs(row.cells.get("wording", ()), words)
    one = _mention(row, words, is_list=False)
    one.body = (*one.body, *([label, *wording] if wording else []))
    return one


def _type_and_papers(row: Row, words: Counter[str]) -> tuple[list[Paragraph], str | None]:
    """What stands in the column of types, which often holds papers as well."""
    found = paragraphs(row.cells.get("type", ()), words)
    first = found[0].text if found else None
    is_type = first is not None and (case_type(first) is not None or not OPENS.match(first))
    rest = found[1:] if is_type else found
    papers = paragraphs(row.cells.get("papers", ()), words)
    return [*rest, *papers], first if is_type else None


def put_together(found: Sequence[Mention]) -> list[Case]:
    """The cases in the order they are first named.

    Mentions of one number are one case if one of them goes on ("forts."), has no title, or their
    titles are nearly the same; else they are two cases of the same number.
    """
    cases: list[Case] = []
    of_number: dict[str | None, list[Case]] = defaultdict(list)
    titled: dict[tuple[str | None, str], Case] = {}
    left = _MOST_COMPARED
    for one in found:
        key = one.number.key if one.number else None
        same = of_number[key]
        known = titled.get((key, letters(one.title)))
        if known is None and (left > 0 or one.is_continued or not one.title):
            near = same[:_MOST_TWICE] if one.number else same[-_NEAR:]
            known = next((case for case in near if _is_of(case, one)), None)
            left -= len(near)
        if known is not None:
            _add(known, one)
            continue
        made = Case(
            number=one.number,
            title=one.title,
            type_said=one.type_said,
            presenter=one.presenter,
            slots=[one.slot] if one.slot else [],
            body=list(one.body),
            lines=one.lines,
            told={one.slot.starts_at or one.slot} if one.slot else set(),
            twice=len(same) if one.number else 0,
        )
        cases.append(made)
        same.append(made)
        titled.setdefault((key, letters(one.title)), made)
    return cases


def _is_of(case: Case, one: Mention) -> bool:
    if one.number is None:
        return alike(case.title, one.title)
    return one.is_continued or not one.title or not case.title or alike(case.title, one.title)


def alike(one: str, other: str) -> bool:
    """Whether two titles are nearly the same, or one of them begins the other."""
    first, second = sorted((letters(one), letters(other)), key=len)
    if second.startswith(first):
        return bool(first) or not second
    matcher = SequenceMatcher(None, first[:_COMPARED], second[:_COMPARED], autojunk=False)
    quick = (matcher.real_quick_ratio, matcher.quick_ratio)  # each is never below the real one
    return all(ratio() >= _ALIKE for ratio in quick) and matcher.ratio() >= _ALIKE


def _add(case: Case, one: Mention) -> None:
    case.title = case.title or one.title
    case.type_said = case.type_said or one.type_said
    case.presenter = case.presenter or one.presenter
    if one.slot and (one.slot.starts_at or one.slot) not in case.told:
        case.told.add(one.slot.starts_at or one.slot)
        is_later = bool(case.slots) or one.slot.continued
        case.slots.append(msgspec.structs.replace(one.slot, continued=is_later))
    case.body += one.body
