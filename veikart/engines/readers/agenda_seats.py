"""Who sits in a body: names with organisations, however they are written and broken over lines."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from veikart.engines.readers.agenda_text import in_one
from veikart.engines.readers.agenda_values import SeatRole
from veikart.engines.readers.paragraphs import Line

_ENTRY = re.compile(r"(?P<person>[^()]*?)\s*\((?P<organisation>[^()]*)\)?\s*[,;.]?\s*")
_LEADS = re.compile(r"(?:[,;]\s*)?\b(?:leder|leiar|møteleder|møteleiar|chair)\b\.?", re.IGNORECASE)
_LEADS_SO = re.compile(r"\s*\((?:leder|leiar|møteleder|møteleiar|chair\w*)\)", re.IGNORECASE)
_STANDS_IN = re.compile(
    r"(?:[,(]\s*)?\b(?:pva\.?|på vegne av|på vegner av|vara for|for|substitute for)\s+(?P<whom>[A-ZÆØÅ][^,()]+)\)?"
)
_MARK = re.compile(r"^(?:[-–•*·]|\d{1,2}[.)])\s+")
_PARTED = re.compile(r"\s+[–-]\s+|,\s+|:\s+")
_NAME = re.compile(r"[A-ZÆØÅ][\w.'-]*(?:[ -](?:[A-ZÆØÅ][\w.'-]*|van|von|de|der|af))+")
_MOST_LINES = 6
"""So many lines a name and an organisation are broken over at the most."""
_FULL_NAME = 2
_NOBODY = re.compile(r"(?:ingen|none|-|–|n/?a)\.?", re.IGNORECASE)


class Seat(msgspec.Struct, frozen=True):
    """Somebody who takes part, and the lines that say so."""

    person: str | None
    organisation: str | None
    role: SeatRole
    stands_in_for: str | None
    lines: tuple[Line, ...]


def seats(lines: Sequence[Line], role: SeatRole, words: Counter[str]) -> list[Seat]:
    """The people in the lines below "Medlemmer" and the like.

    Known are "Name (Organisation)", one after the other and broken anywhere; and one a line,
    "Name, Organisation" or "Organisation: Name". A name alone has no organisation.
    """
    lines = [
        msgspec.structs.replace(line, text=_LEADS_SO.sub(", leder", line.text)) for line in lines
    ]
    has_brackets = any("(" in line.text for line in lines)
    groups = _bracketed(lines) if has_brackets else ([line] for line in lines)
    return [one for group in groups for one in _in_group(group, role, words)]


def _bracketed(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each entry: it ends with its bracket; a whole name above another has none."""
    group: list[Line] = []
    for line in lines:
        if group and _is_done(group, line):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _is_done(group: Sequence[Line], line: Line) -> bool:
    text = " ".join(one.text for one in group)
    if len(group) >= _MOST_LINES:
        return True
    if text.count("(") > text.count(")"):
        return False
    if "(" in group[-1].text or ")" in group[-1].text:
        return text.rstrip(" ,;.").endswith(")") or _is_name(line.text.partition("(")[0])
    name = line.text.partition("(")[0].strip()
    return _is_name(group[-1].text) and (
        _is_name(name) or ("(" not in line.text and not name[:1].islower())
    )


def _is_name(text: str) -> bool:
    return len(text.split()) >= _FULL_NAME and _NAME.fullmatch(text.strip(" ,;.")) is not None


def _in_group(group: Sequence[Line], role: SeatRole, words: Counter[str]) -> Iterator[Seat]:
    text = _MARK.sub("", in_one(group, words)).strip()
    if not text or _NOBODY.fullmatch(text):
        return
    if "(" not in text:
        for one in text.split(";"):
            leads = _LEADS.search(one) is not None and role == "member"
            yield seat(*_plain(_LEADS.sub("", one).strip()), "leader" if leads else role, group)
        return
    at = 0
    while at < len(text):
        match = _ENTRY.match(text, at)
        if match is None or match.end() == at:
            yield seat(text[at:].strip(" ,;"), None, role, group)
            return
        yield seat(match["person"].strip(" ,;"), match["organisation"].strip(), role, group)
        at = match.end()


def _plain(text: str) -> tuple[str | None, str | None]:
    """A name and an organisation with a comma, a dash or a colon between them, in either order."""
    first, *rest = _PARTED.split(text, maxsplit=1)
    if not rest:
        return text, None
    colon = text[len(first) :].lstrip().startswith(":")
    return (rest[0], first) if colon else (first, rest[0])


def seat(
    person: str | None, organisation: str | None, role: SeatRole, group: Sequence[Line]
) -> Seat:
    """The seat that lines tell of; what they say of who leads or is replaced is no part of a name."""
    said = organisation or ""
    whom = _STANDS_IN.search(person or "") or _STANDS_IN.search(said)
    leads = bool(_LEADS.search(said) or _LEADS.search(person or ""))
    own: SeatRole = "substitute" if whom else "leader" if leads and role == "member" else role
    return Seat(
        person=_kept(person),
        organisation=_kept(organisation),
        role=own,
        stands_in_for=whom["whom"].strip() if whom else None,
        lines=tuple(group),
    )


def _kept(text: str | None) -> str | None:
    """A name without what says who leads or is replaced."""
    return _LEADS.sub("", _STANDS_IN.sub("", text or "")).strip(" ,;") or None
