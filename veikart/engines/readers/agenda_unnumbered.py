"""The cases of an agenda that gives them no numbers: a numbered list, or a time before each."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from veikart.engines.readers.agenda_flat import piece
from veikart.engines.readers.agenda_head import LIST_HEADING
from veikart.engines.readers.agenda_tables import Part, Row, Table
from veikart.engines.readers.agenda_words import Role, case_type, parted_at_type, slot_in
from veikart.engines.readers.paragraphs import Line

_NUMBER = re.compile(r"(?:sak\s+)?\d{1,2}\s*[.):]\s+(?=\S)|sak\s+\d{1,2}\s+(?=\S)", re.IGNORECASE)
_FEWEST = 2


def unnumbered(lines: Sequence[Line]) -> Iterator[Part]:
    """The lines, with the list below "Agenda" or "Saksliste" as a table of cases without numbers.

    Without such a heading, or with fewer than two rows below it, all of it is lines.
    """
    for at, line in enumerate(lines):
        if LIST_HEADING.fullmatch(line.text.strip()) and at + 1 < len(lines):
            end, rows = _rows(lines, at + 1)
            if len(rows) >= _FEWEST:
                yield tuple(lines[: at + 1])
                yield Table(("number", "title", "type"), tuple(rows), is_list=True)
                if lines[end:]:
                    yield tuple(lines[end:])
                return
    yield tuple(lines)


def _rows(lines: Sequence[Line], at: int) -> tuple[int, list[Row]]:
    rows: list[list[Line]] = []
    while at < len(lines):
        line = lines[at]
        if _begins(line):
            rows.append([line])
        elif rows and not line.apart and len(rows[-1]) < 3:
            rows[-1].append(line)
        else:
            break
        at += 1
    return at, [_row(own) for own in rows]


def _begins(line: Line) -> bool:
    slot = slot_in(line.text)
    return bool(_NUMBER.match(line.text)) or (slot[0] is not None and not slot[1])


def _row(own: Sequence[Line]) -> Row:
    first = own[0]
    match = _NUMBER.match(first.text)
    first = piece(first, match.end() if match else 0, len(first.text))
    cells: dict[Role, tuple[Line, ...]] = {}
    slot, before, after = slot_in(first.text)
    if slot is not None:
        title = before or after
        cells["time"] = (first,)
        first = msgspec.structs.replace(first, text=title)
        if before and after and case_type(after):
            cells["type"] = (msgspec.structs.replace(first, text=after),)
    title, kind = parted_at_type(first.text)
    if kind:
        cells["type"] = (msgspec.structs.replace(first, text=kind),)
    cells["title"] = (msgspec.structs.replace(first, text=title), *own[1:])
    return Row(cells)
