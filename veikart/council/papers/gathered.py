"""The papers of a meeting gathered into one PDF: for its members all of them, for the public those that it may read."""

import datetime as dt
import hashlib
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from veikart.adapters import binding_parts as parts
from veikart.council import agendas, rules
from veikart.council.agenda_times import Timed
from veikart.council.agendas import Agenda
from veikart.council.models import Access, Case, Meeting, Paper
from veikart.council.opening import address
from veikart.design import words
from veikart.design.papers.bound import REMEDY, WHY
from veikart.documents import binding
from veikart.documents import queries as documents

Version = Literal["medlemmer", "offentlig"]
"""For the members, or for the public; as it stands in an address."""
KEPT = 2
"""So many bound PDFs are kept in memory; making one can take seconds."""

_lock = threading.Lock()
_kept: "OrderedDict[str, parts.Bound]" = OrderedDict()


@dataclass(frozen=True)
class Row:
    """A paper, and the page of the bound PDF that it begins on; or why it is not there, and what to do.

    `left_out` tells what the paper has and its pages in the bound PDF have not.
    """

    paper: Paper
    page: int | None = None
    why: str | None = None
    remedy: str | None = None
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gathered:
    """A bound PDF and what became of each paper of the meeting."""

    content: bytes
    pages: int
    rows: tuple[Row, ...]

    @property
    def inside(self) -> list[Row]:
        """The papers that are in it."""
        return [row for row in self.rows if row.page is not None]

    @property
    def outside(self) -> list[Row]:
        """The papers that are not, each with the reason."""
        return [row for row in self.rows if row.page is None]


def gathered(meeting: Meeting, version: Version, *, on: dt.date) -> Gathered:
    """The papers of `meeting` on the day `on` as one PDF, in the active language.

    The same papers, agenda and language give the same bytes. Raises as `documents.binding.bind` does.
    """
    agenda = agendas.agenda_of(meeting, on=on)
    sorted_out = _sorted_out(agenda, version, on=on)
    cases = [_case(agenda, line, sorted_out, version) for line in agenda.times.lines]
    bound = _bound(_cover(meeting, version), cases, at=_dated(meeting))
    placed = _places(agenda, sorted_out, bound)
    rows = [placed.get(row.paper.pk, row) for rows in sorted_out.values() for row, _file in rows]
    return Gathered(bound.content, bound.pages, tuple(rows))


_Files = Mapping[str, Sequence[tuple[Row, bytes | None]]]
"""By case: each paper with its bytes, or None and in the row why it is not gathered."""


def _sorted_out(agenda: Agenda, version: Version, *, on: dt.date) -> _Files:
    found: dict[str, list[tuple[Row, bytes | None]]] = defaultdict(list)
    # A case of another body is on no agenda of this one; should it be, its papers are not gathered with it.
    rows = Paper.objects.filter(case__in=agenda.cases, case__body=agenda.meeting.body_id)
    rows = rows.select_related("document").order_by("no")
    for paper in rows:
        case = agenda.cases[paper.case_id]
        why = _not_for_all(case, paper, on=on) if version == "offentlig" else None
        content, problem = (None, why) if why else _content(paper)
        found[paper.case_id].append((Row(paper, why=problem), content))
    order = dict.fromkeys(item.case for item in agenda.lines if item.case)
    return {uid: found[uid] for uid in order if uid in found}


def _not_for_all(case: Case, paper: Paper, *, on: dt.date) -> str | None:
    """Why the public may not read a paper on the day `on`; None if it may."""
    if case.basis:
        return _("Its case is withheld: %(basis)s.") % {"basis": case.basis}
    if rules.is_open(paper, on=on):
        return None
    if paper.access == Access.FROM_DAY and paper.public_from:
        return _("It is public from %(day)s.") % {"day": words.day(paper.public_from)}
    return _("It is withheld: %(basis)s.") % {"basis": paper.basis or "–"}


def _content(paper: Paper) -> tuple[bytes | None, str | None]:
    if paper.document is None:
        return None, _("Only its title is known.")
    try:
        return documents.content(paper.document), None
    except (FileNotFoundError, ValueError):
        return None, _("Its file is missing or was changed. Restore it from a backup.")


def _case(agenda: Agenda, line: Timed, files: _Files, version: Version) -> parts.Case:
    item = line.item
    times = "–".join(time for time in (line.starts_at, line.ends_at) if time)
    case = agenda.cases.get(item.case or "")
    if item.kind == "withheld" and version == "offentlig":
        return parts.Case(
            title=_("Withheld: %(basis)s") % {"basis": item.basis or "–"}, times=times
        )
    if case is None:
        return parts.Case(title=item.title or "–", times=times)
    if case.basis and version == "offentlig":
        withheld = _("Withheld: %(basis)s") % {"basis": case.basis}
        return parts.Case(title=withheld, number=case.number, times=times)
    papers = () if item.is_continued else _papers(files.get(case.pk, ()), version)
    return parts.Case(
        title=case.title,
        number=f"{case.number} forts." if item.is_continued else case.number,
        times=times,
        kind=case.get_type_display() or "",
        papers=papers,
    )


def _papers(rows: Sequence[tuple[Row, bytes | None]], version: Version) -> tuple[parts.Paper, ...]:
    return tuple(
        parts.Paper(
            label=row.paper.label,
            title=row.paper.title or row.paper.label,
            name=row.paper.file_name or row.paper.label,
            content=content,
            address=settings.ADDRESS + _address(row.paper, version),
        )
        for row, content in rows
        if content is not None
    )


def _address(paper: Paper, version: Version) -> str:
    """Where a reader of the bound PDF finds the paper itself."""
    return f"/{paper.pk}/" if version == "offentlig" else address("my-paper", paper.pk)


def _cover(meeting: Meeting, version: Version) -> parts.Cover:
    facts = [
        (_("Day"), words.day(meeting.held_on) if meeting.held_on else ""),
        (_("Time"), "–".join(time for time in (meeting.starts_at, meeting.ends_at) if time)),
        (_("Place"), meeting.place or ""),
    ]
    number = f"{meeting.number or '–'}/{meeting.year}"
    told = {"number": number, "body": meeting.body.name}
    for_all = _("What is withheld is not in this file.")
    for_members = _("For the members: this file can hold what is withheld. Do not pass it on.")
    return parts.Cover(
        title=_("Papers of meeting %(number)s of %(body)s") % told,
        issuer=meeting.body.secretariat,
        facts=tuple(pair for pair in facts if pair[1]),
        lead=for_all if version == "offentlig" else for_members,
    )


def _dated(meeting: Meeting) -> dt.datetime:
    day = meeting.held_on or dt.date(meeting.year, 1, 1)
    return dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)


def _bound(cover: parts.Cover, cases: Sequence[parts.Case], *, at: dt.datetime) -> parts.Bound:
    said = msgspec.msgpack.encode((cover, cases, at, get_language()))
    key = hashlib.sha256(said).hexdigest()
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = binding.bind(cover, cases, at=at)
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def _places(agenda: Agenda, files: _Files, bound: parts.Bound) -> dict[str, Row]:
    """What became of each paper that was handed in, by its uid."""
    handed = [
        []
        if line.is_continued
        else [row for row, file in files.get(line.case or "", ()) if file is not None]
        for line in agenda.lines
    ]
    found = {}
    for placed in bound.placed:
        paper = handed[placed.case][placed.paper].paper
        left_out = tuple(str(WHY[code]) for code in placed.left_out)
        found[paper.pk] = Row(paper, page=placed.page, left_out=left_out)
    for refused in bound.refused:
        paper = handed[refused.case][refused.paper].paper
        remedy = REMEDY.get(refused.code)
        found[paper.pk] = Row(paper, why=str(WHY[refused.code]), remedy=str(remedy or "") or None)
    return found
