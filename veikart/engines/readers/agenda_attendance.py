"""Who sits in a body, or was at a meeting, where that stands in columns: a name, where from, whether there."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import msgspec

from veikart.engines.readers.agenda_columns import drawn_header, drawn_rows
from veikart.engines.readers.agenda_flat import flat_header, piece
from veikart.engines.readers.agenda_head import LABEL, LIST_HEADING, seats_called
from veikart.engines.readers.agenda_seats import Seat, seat
from veikart.engines.readers.agenda_text import in_one
from veikart.engines.readers.agenda_values import SeatRole
from veikart.engines.readers.agenda_words import CASE_START, Role
from veikart.engines.readers.paragraphs import Line

_COLUMNS: tuple[tuple[Role, str], ...] = (
    ("person", r"navn|namn|medlem(?:mer|er|mar)?|deltakere?|deltakar(?:ar)?|representant(?:er|ar)?|person(?:er)?|name|member|participant"),
    ("organisation", r"organisasjon|virksomhet|verksemd|etat|institusjon|tilhørighet|tilhøyrsle|representerer|representerar|fra|frå|kommune|organi[sz]ation|affiliation"),
    ("seat_role", r"rolle|funksjon|verv|role"),
    ("present", r"til ?stede|til ?stades|møtte?|[of]ppmøte|fr[ae]mmøte|deltok|deltakelse|deltaking|til ?stede\s*/\s*forfall|status|present|attended|attendance"),
    ("absent", r"forfall|fravær|ikke til ?stede|ikkje til ?stades|absent|apologies"),
)  # fmt: skip
_NAMED = tuple((role, re.compile(words, re.IGNORECASE)) for role, words in _COLUMNS)
_BEGINS = re.compile(rf"\|?\s*(?:{'|'.join(words for _role, words in _COLUMNS)})", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\([^()]*\)?$")
_GAP = re.compile(r"\s{2,}|\s*\|\s*|\t\s*")
_TICK = re.compile(r"[x✓✔☒☑√]", re.IGNORECASE)
_NO = re.compile(r"nei|no|☐|[-–—]", re.IGNORECASE)
_AWAY = re.compile(
    r"(?:(?:meldt )?forfall|fravær\w*|borte|ikk(?:e|je)|absent|apologies)\b.*", re.IGNORECASE
)
_THERE = re.compile(
    r"(?:ja|til ?stede|til ?stades|møtt?e?|deltok|(?:på )?(?:teams|video|skjerm)|digitalt|fysisk|yes|present|online)\b.*",
    re.IGNORECASE,
)
_LONGEST_NAME, _LONGEST_HEADING, _MOST_COLUMNS = 80, 40, 8


class Attended(msgspec.Struct, frozen=True):
    """A seat, and whether whoever has it was there; `said` is what stood there and was not understood."""

    seat: Seat
    present: bool | None
    said: str | None = None


_Cells = Mapping[Role, Sequence[Line]]


class _Table(msgspec.Struct, frozen=True):
    """A table: what its columns are for, and its rows."""

    roles: tuple[Role, ...]
    rows: Sequence[_Cells]


def attendance(
    lines: Sequence[Line], form: str, words: Counter[str]
) -> tuple[list[Attended], list[Line]]:
    """The seats in tables whose headings say so ("Navn", "Organisasjon", "Til stede"), and all other lines.

    `form` is the kind of file the lines are from: the cells of "docx" are told by the file, those of "pdf"
    by where they stand, and those of "text" by wide gaps or upright lines between them.
    """
    taking = {"docx": _written, "pdf": _drawn}.get(form, _spaced)
    found: list[Attended] = []
    rest: list[Line] = []
    at = 0
    while at < len(lines):
        table, end = taking(lines, at)
        if table is None:
            rest.append(lines[at])
            at += 1
            continue
        role, there = seats_called(rest[-1].text) if rest else (None, None)
        if role is not None:
            rest.pop()
        found += _seats(table, role or "member", there, words)
        at = end
    return found, rest


def is_unparted(line: Line) -> bool:
    """Whether a line is the heading of such a table whose columns were lost on the way to text."""
    may_be = _BEGINS.match(line.text) is not None and len(_cut(line)) == 1
    return may_be and flat_header(line.text, columns_of, column) is not None


def columns_of(headings: Iterable[str]) -> tuple[Role, ...] | None:
    """What the columns with these headings are for; None unless they tell of people and where they are
    from, or whether they were there. Others ("E-post") are left out.
    """
    texts = list(headings)
    roles = [column(text) or "left_out" for text in texts]
    known = [name for name in roles if name != "left_out"]
    if len(roles) > _MOST_COLUMNS or any(len(text) > _LONGEST_HEADING for text in texts):
        return None
    if len(set(known)) != len(known) or "person" not in known:
        return None
    return tuple(roles) if {"organisation", "present", "absent"} & set(known) else None


def column(text: str) -> Role | None:
    """What a column of people is for, by its heading; what stands in brackets is left out."""
    said = _BRACKETS.sub("", " ".join(text.split())).strip(" .:?")
    return next((name for name, form in _NAMED if form.fullmatch(said)), None)


def _written(lines: Sequence[Line], at: int) -> tuple[_Table | None, int]:
    """The rows of a table of a DOCX file that begins at a line."""
    first = lines[at].cell
    if first is None or (at and (last := lines[at - 1].cell) is not None and last[0] == first[0]):
        return None, at
    end = at
    while end < len(lines) and (own := lines[end].cell) is not None and own[0] == first[0]:
        end += 1
    rows = [_by_column(row) for _number, row in groupby(lines[at:end], _row_of)]
    roles = columns_of(" ".join(line.text for line in own) for own in rows[0].values())
    if roles is None:
        return None, at
    columns = dict(zip(rows[0], roles, strict=True))
    body = [{columns[c]: own for c, own in row.items() if c in columns} for row in rows[1:]]
    return _Table(roles, body), end


def _row_of(line: Line) -> int:
    return line.cell[1] if line.cell else 0


def _by_column(row: Iterable[Line]) -> dict[int, list[Line]]:
    own: dict[int, list[Line]] = {}
    for line in row:
        own.setdefault(line.cell[2] if line.cell else 0, []).append(line)
    return own


def _drawn(lines: Sequence[Line], at: int) -> tuple[_Table | None, int]:
    """The rows of a table of a PDF whose heading begins at a line."""
    header = drawn_header(lines, at, columns_of)
    if header is None:
        return None, at
    stop = at + header.length
    while stop < len(lines) and not _is_past(lines[stop]):
        stop += 1
    rows, end = drawn_rows(lines[:stop], at, header, columns_of)
    return _Table(header.roles, rows), end


def _is_past(line: Line) -> bool:
    """Whether a line is of what comes below the people of a meeting."""
    text = line.text.strip()
    return bool(
        CASE_START.match(text)
        or LIST_HEADING.fullmatch(text)
        or (":" in text and LABEL.match(text))
    )


def _spaced(lines: Sequence[Line], at: int) -> tuple[_Table | None, int]:
    """The rows of a table of plain text whose heading is a line."""
    headings = _cut(lines[at]) if _BEGINS.match(lines[at].text) else []
    roles = columns_of(one.text for one in headings) if len(headings) > 1 else None
    if roles is None:
        return None, at
    rows: list[_Cells] = []
    place = at + 1
    while place < len(lines) and not _is_past(lines[place]):
        cells = _cut(lines[place])
        role, _there = seats_called(cells[0].text) if len(cells) == 1 else (None, None)
        if not 1 < len(cells) <= len(roles) and role is None:
            break
        rows.append({name: (cell,) for name, cell in zip(roles, cells, strict=False) if cell.text})
        place += 1
    return _Table(roles, rows), place


def _cut(line: Line) -> list[Line]:
    """A line, cut at its wide gaps or upright lines; an empty cell between two of these is one, too."""
    start = 1 if line.text.startswith("|") else 0
    end = len(line.text) - (1 if line.text.endswith("|") and start else 0)
    cells = []
    for gap in _GAP.finditer(line.text, start, end):
        cells.append(piece(line, start, gap.start()))
        start = gap.end()
    return [*cells, piece(line, start, end)]


def _seats(
    table: _Table, role: SeatRole, there: bool | None, words: Counter[str]
) -> Iterator[Attended]:
    """The seats of a table; a row of nothing but "Observatører" says what those below it are."""
    otherwise = _otherwise(table, words)
    for row in table.rows:
        text: dict[Role, str] = {
            name: in_one(lines, words) for name, lines in row.items() if name != "left_out"
        }
        person, organisation = text.get("person"), text.get("organisation")
        called, are_there = seats_called(person or "") if len(text) == 1 else (None, None)
        if called is not None:
            role, there = called, are_there
            continue
        if not (person or organisation) or len(person or "") > _LONGEST_NAME:
            continue
        own = _role(text.get("seat_role")) or role
        lines = tuple(line for cell in row.values() for line in cell)
        present, said = _present(text, there if otherwise is None else otherwise)
        yield Attended(seat(person, organisation, own, lines), present, said)


def _role(said: str | None) -> SeatRole | None:
    return seats_called(said)[0] if said else None


def _otherwise(table: _Table, words: Counter[str]) -> bool | None:
    """Whether somebody was there of whom nothing is said: where others are ticked as present, no; where
    others are only said to be away, yes.
    """
    said = {name: [in_one(row.get(name, ()), words) for row in table.rows] for name in table.roles}
    if "absent" in table.roles:
        is_told = "present" not in table.roles and any(said["absent"])
        return True if is_told else None
    is_ticked = any(_TICK.fullmatch(text) for text in said.get("present", ()))
    return False if is_ticked else None


def _present(text: Mapping[Role, str], otherwise: bool | None) -> tuple[bool | None, str | None]:
    """Whether somebody was there, and what was said of it that is not understood."""
    if "absent" in text and not _NO.fullmatch(text["absent"]):
        return False, None
    said = text.get("present")
    if said is None:
        return otherwise, None
    if _TICK.fullmatch(said) or _THERE.fullmatch(said):
        return True, None
    is_away = _NO.fullmatch(said) or _AWAY.fullmatch(said)
    return (False, None) if is_away else (None, said)
