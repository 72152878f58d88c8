"""The tables of plain text, where cells follow each other: told by numbers, times, types and blank lines."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from veikart.engines.readers.agenda_headings import bare_title, begins_a_note, title_end
from veikart.engines.readers.agenda_words import (
    CASE_START,
    Role,
    case_type,
    parted_at_type,
    role,
    slot_in,
)
from veikart.engines.readers.paragraphs import Line

RolesOf = Callable[[Iterable[str]], tuple[Role, ...] | None]
RoleOf = Callable[[str], Role | None]
Cells = dict[Role, tuple[Line, ...]]

_LONGEST_HEADER, _MOST_WORDS = 100, 12
_LONGEST_TITLE = 6
"""The most lines that a title may take."""


def flat_header(text: str, roles_of: RolesOf, named: RoleOf = role) -> tuple[Role, ...] | None:
    """What the columns of a heading are for, when it is one line: "Sak Tema Sakstype"."""
    words = text.split()
    if len(text) > _LONGEST_HEADER or text[-1:] in ".:;,?!" or len(words) > _MOST_WORDS:
        return None
    return next((roles for cuts in _headings(words, named) if (roles := roles_of(cuts))), None)


def _headings(words: Sequence[str], named: RoleOf) -> Iterator[list[str]]:
    """All ways to read words as headings of columns, short headings at the end first."""
    if not words:
        yield []
        return
    for at in range(len(words) - 1, -1, -1):
        heading = " ".join(words[at:])
        if named(heading) is not None:
            yield from ([*before, heading] for before in _headings(words[:at], named))


def flat_rows(
    lines: Sequence[Line], at: int, roles: tuple[Role, ...], roles_of: RolesOf
) -> tuple[list[Cells], int]:
    """The rows below a heading, and the line after the last of them."""
    if "time" in roles:
        return _timed(lines, at, roles, roles_of)
    end = _end(lines, at, roles, roles_of)
    kept = [line for line in lines[at:end] if flat_header(line.text, roles_of) != roles]
    return [_cells(own, roles) for own in _numbered(kept)], end


def listed_rows(lines: Sequence[Line]) -> Iterator[tuple[bool, list[Cells]]]:
    """Lists of cases that stand in no table ("Sak 12/2025 Budsjett" and what is below it), each as
    (True, its rows), and what stands between them as (False, lines in the cell of titles).

    A list ends where the papers of a case begin.
    """
    at, between = 0, 0
    titles: set[str | None] = set()
    while at < len(lines):
        if not _is_listed(lines, at):
            at += 1
            continue
        if at > between:
            yield False, [{"title": tuple(lines[between:at])}]
        end = at + 1
        while end < len(lines) and not begins_a_note(lines, end, titles):
            if _is_listed(lines, end):
                match = CASE_START.match(lines[end].text)
                titles.add(bare_title(match["title"]) if match else None)
            end += 1
        yield True, [_listed_cells(own) for own in _numbered(lines[at:end], called=True)]
        at = between = end
    if len(lines) > between:
        yield False, [{"title": tuple(lines[between:])}]


def _is_listed(lines: Sequence[Line], at: int) -> bool:
    """Whether a line begins a case: it says "Sak", or stands apart, or below another one."""
    match = CASE_START.match(lines[at].text)
    if match is None or not match["title"]:
        return False
    if match["title"][:1].islower() and not match["continued"]:
        return False
    above = CASE_START.match(lines[at - 1].text) if at else None
    return bool(match["called"] or lines[at].apart or above or at == 0 or lines[at].bold)


def _listed_cells(own: Sequence[Line]) -> Cells:
    cells = _cells(own, ("number", "title", "type"), is_list=True)
    first, *rest = cells["title"]
    slot, before, after = slot_in(first.text)
    if slot is None or (slot.starts_at is None and not before):
        return cells
    stood = re.search(re.escape(first.text[len(before) :].removesuffix(after).strip()), first.text)
    at = stood.start() if stood else 0
    cells["title"] = (piece(first, 0, len(before)), *rest)
    cells["time"] = (piece(first, at, len(first.text) - len(after)),)
    if after:
        name: Role = "type" if case_type(after) else "presenter"
        cells.setdefault(name, (piece(first, len(first.text) - len(after), len(first.text)),))
    return cells


def _end(lines: Sequence[Line], at: int, roles: tuple[Role, ...], roles_of: RolesOf) -> int:
    """Where a table without times ends: at another one, or where the papers of a case begin."""
    titles: set[str | None] = set()
    for place in range(at, len(lines)):
        other = flat_header(lines[place].text, roles_of)
        if other is not None and other != roles:
            return place
        match = CASE_START.match(lines[place].text)
        if match is not None:
            titles.add(bare_title(_title(lines, place, match["title"])))
        elif begins_a_note(lines, place, titles):
            return place
    return len(lines)


def _title(lines: Sequence[Line], at: int, first: str) -> str:
    """The title of a case with the lines that go on with it."""
    texts = [first]
    for line in lines[at + 1 : at + _LONGEST_TITLE]:
        if line.apart or not line.text[:1].islower():
            break
        texts.append(line.text)
    return parted_at_type(" ".join(texts))[0]


def _numbered(lines: Sequence[Line], *, called: bool = False) -> Iterator[list[Line]]:
    """The lines of each row: a number begins one."""
    own: list[Line] = []
    for at, line in enumerate(lines):
        begins = _is_listed(lines, at) if called else CASE_START.match(line.text) is not None
        if begins and own:
            yield own
            own = []
        own.append(line)
    if own:
        yield own


def _timed(
    lines: Sequence[Line], at: int, roles: tuple[Role, ...], roles_of: RolesOf
) -> tuple[list[Cells], int]:
    """The rows of a table with times: the next one begins at a number, or once a row has its time."""
    rows: list[list[Line]] = []
    has_time = False
    place = at
    while place < len(lines):
        line = lines[place]
        other = flat_header(line.text, roles_of)
        if other is not None and other != roles:
            break
        if begins_a_note(lines, place, ()):
            break
        if other is None:
            is_done = not rows or (has_time and case_type(line.text) is None)
            if is_done and not (CASE_START.match(line.text) or _leads_to_time(lines, place)):
                break
            if is_done or CASE_START.match(line.text):
                rows.append([])
                has_time = False
            rows[-1].append(line)
            has_time = has_time or slot_in(line.text)[0] is not None
        place += 1
    return [_timed_cells(own, roles) for own in rows], place


def _leads_to_time(lines: Sequence[Line], at: int) -> bool:
    """Whether a row without a number begins: it has its time within two lines."""
    return any(slot_in(line.text)[0] is not None for line in lines[at : at + 2])


def _timed_cells(own: Sequence[Line], roles: tuple[Role, ...]) -> Cells:
    """The cells of a row: number, title, time, and behind it the type or who presents."""
    cells: dict[Role, list[Line]] = {}
    match = CASE_START.match(own[0].text)
    rest = list(own)
    if match is not None:
        cut = match.start("continued") if match["continued"] else match.start("title")
        cells["number"] = [piece(own[0], 0, match.end("continued") if match["continued"] else cut)]
        rest[0] = piece(own[0], match.start("title"), len(own[0].text))
    for line in rest:
        slot, before, after = slot_in(line.text)
        if "time" in cells or slot is None:
            kind: Role = "type" if "time" in cells and case_type(line.text) else "title"
            _put(cells, kind, line)
            continue
        _put(cells, "title", piece(line, 0, len(before)))
        end = len(line.text) - len(after)
        _put(cells, "time", piece(line, len(before), end))
        is_type = case_type(after) is not None or "presenter" not in roles
        _put(cells, "type" if is_type else "presenter", piece(line, end, len(line.text)))
    return {name: tuple(found) for name, found in cells.items()}


def _put(cells: dict[Role, list[Line]], name: Role, line: Line) -> None:
    if line.text.strip():
        cells.setdefault(name, []).append(line)


def _cells(own: Sequence[Line], roles: tuple[Role, ...], *, is_list: bool = False) -> Cells:
    """The cells of a row that begins with a number; what is below the title stays with it."""
    match = CASE_START.match(own[0].text)
    if match is None:
        return {"title": tuple(own)}
    end = match.end("day") if match["day"] else match.end("number")
    end = match.end("continued") if match["continued"] and not match["day"] else end
    first = piece(own[0], match.start("title"), len(own[0].text))
    number = (piece(own[0], 0, end),)
    body = [first, *own[1:]] if first.text else list(own[1:])
    if "wording" in roles:
        cut = _wording(body)
        return {"number": number, "title": tuple(body[:cut]), "wording": tuple(body[cut:])}
    return {"number": number, **_titled(body, is_list=is_list)}


def _titled(body: Sequence[Line], *, is_list: bool) -> Cells:
    """A title, the type at its end or below it, and the text."""
    end = title_end(body, is_list=is_list)
    if end < len(body) and case_type(body[end].text) and not body[end].text.rstrip().endswith(":"):
        return {"title": (*body[:end], *body[end + 1 :]), "type": (body[end],)}
    for at, line in enumerate(body[:end]):
        title, kind = parted_at_type(line.text)
        if kind and title:
            cut = piece(line, 0, len(title))
            of_type = piece(line, line.text.rindex(kind), len(line.text))
            return {"title": (*body[:at], cut, *_set_apart(body[at + 1 :])), "type": (of_type,)}
        if at and case_type(line.text):
            return {"title": (*body[:at], *body[at + 1 :]), "type": (line,)}
    return {"title": tuple(body)}


def _set_apart(lines: Sequence[Line]) -> Sequence[Line]:
    """Lines below a title that a type ended: they are no part of it."""
    return [
        msgspec.structs.replace(line, apart=line.apart or at == 0) for at, line in enumerate(lines)
    ]


def _wording(body: Sequence[Line]) -> int:
    """Where the wording of a decision begins behind its theme: at a paragraph whose first words are
    those of a body and what it does, else at the second paragraph.
    """
    apart = [at for at, line in enumerate(body) if at and line.apart and line.text[:1].isupper()]
    doing = [
        at for at in apart if _DECIDES.match(" ".join(line.text for line in body[at : at + 2]))
    ]
    return next(iter([*doing, *apart]), min(len(body), 1))


_DECIDES = re.compile(
    r"(?:[A-ZÆØÅ][\wæøå.-]*\s+){1,6}?(?:[a-zæøå][\wæøå-]*\s+){0,6}?(?:gir|ga|gav|gjev|ber|ba|bad|tar|tok|tek"
    r"|godkjen\w+|anbefal\w+|tilrår\w*|slutt\w+|støtt\w+|vedt\w+|er|var|asks|approves|recommends|takes)\b"
)


def piece(line: Line, start: int, end: int) -> Line:
    """A part of a line, where it stands in its page."""
    text = line.text[start:end]
    skipped = len(text) - len(text.lstrip())
    return msgspec.structs.replace(line, text=text.strip(), start=line.start + start + skipped)
