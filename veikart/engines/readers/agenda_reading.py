"""Reads a meeting's document: its head, its cases with all that stands with them, and what it cites."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

import msgspec

from veikart.engines.readers.agenda_attendance import Attended, attendance, is_unparted
from veikart.engines.readers.agenda_cases import (
    Case,
    Mention,
    alike,
    decided,
    mentions,
    put_together,
)
from veikart.engines.readers.agenda_head import Head, read_head, with_breaks
from veikart.engines.readers.agenda_headings import (
    are_labels,
    bare_title,
    begins_a_note,
    is_heading,
    letters,
)
from veikart.engines.readers.agenda_notes import Note, read_note
from veikart.engines.readers.agenda_pdf import column_lines
from veikart.engines.readers.agenda_tables import Part, Row, Table, lists, parts
from veikart.engines.readers.agenda_text import in_one, paragraphs, tidied
from veikart.engines.readers.agenda_unnumbered import unnumbered
from veikart.engines.readers.agenda_values import Break
from veikart.engines.readers.agenda_words import CaseNumber, Day, case_number, day_in
from veikart.engines.readers.document import Document
from veikart.engines.readers.paragraphs import Line, ends_a_sentence, words_in

_NAMES_BODY = re.compile(
    r"(?:Sak\w*\s+)?Agenda\s+(?:for\s+)?(?P<body>[A-ZÆØÅ][^:]{2,60}?)(?:\s{2,}|\s+Tidspunkt|\s+Sakstype|$)"
)

_CAPTION = 60
_MOST_OF_A_NUMBER, _MOST_COMPARED = 5, 20_000
"""So many cases of one number, and in all, are compared with notes by their titles."""
_HEAD_OF_NOTE = 8
"""In so many lines a note's name, title and labels may each look like the beginning of one."""


class Cited(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier decision as a table of them tells it; `note` is the one that the table belongs to."""

    number: CaseNumber
    day: Day | None
    theme: str | None
    wording: str | None
    note: Note | None
    lines: tuple[Line, ...]


class Meeting(msgspec.Struct, kw_only=True):
    """All that was found; `loose` are the lines that belong to nothing known."""

    head: Head
    cases: list[Case]
    notes: list[Note]
    cited: list[Cited]
    actions: list[Row]
    loose: list[Line]
    words: Counter[str]
    attended: Sequence[Attended] = ()
    unparted: Sequence[Line] = ()
    _unnumbered: dict[int, int] | None = None
    _numbered: dict[str, list[Case]] | None = None
    _of_notes: dict[int, Case | None] | None = None

    @property
    def unnumbered(self) -> dict[int, int]:
        """The place of each case that has no number, among these, by its identity."""
        if self._unnumbered is None:
            bare = [case for case in self.cases if case.number is None]
            self._unnumbered = {id(case): place for place, case in enumerate(bare, start=1)}
        return self._unnumbered

    def numbered(self, number: CaseNumber) -> Sequence[Case]:
        """The cases of a number: one, unless the document gives it twice."""
        if self._numbered is None:
            self._numbered = defaultdict(list)
            for case in self.cases:
                if case.number is not None:
                    self._numbered[case.number.key].append(case)
        return self._numbered.get(number.key, ())

    def case_of(self, note: Note) -> Case | None:
        """The case a note is for: by its number, else by its title."""
        if self._of_notes is None:
            self._of_notes = {id(one): case for one, case in _with_cases(self)}
        return self._of_notes[id(note)]


def _with_cases(meeting: Meeting) -> Iterator[tuple[Note, Case | None]]:
    """Each note with its case. Titles that are the same are found at once; to find one that is nearly
    the same takes long, and is not done for ever.
    """
    titled = {letters(case.title): case for case in reversed(meeting.cases) if case.title}
    compared = 0
    for note in meeting.notes:
        if note.number is not None:
            same = meeting.numbered(note.number)
            named = (case for case in same[:_MOST_OF_A_NUMBER] if _is_titled(case, note.title))
            yield note, next(named, next(iter(same), None))
            continue
        known = titled.get(letters(note.title or ""))
        if known is None and note.title and compared < _MOST_COMPARED:
            known = next((case for case in meeting.cases if _is_titled(case, note.title)), None)
            compared += len(meeting.cases)
        yield note, known


def _is_titled(case: Case, title: str | None) -> bool:
    return bool(case.title and title and alike(case.title, title))


def lines_of(document: Document) -> Sequence[Line]:
    """The lines of a document; those of a PDF parted into the cells of its tables."""
    if document.form == "pdf":
        return tidied(column_lines(document))
    return tidied(document.lines)


def read_meeting(lines: Sequence[Line], form: str, *, are_minutes: bool = False) -> Meeting:
    """What the lines of an agenda or of minutes say. `form` is the kind of file they are from.

    In minutes, a table of decisions without days is of the meeting's own.
    """
    words = words_in(line.text for line in lines)
    attended, lines = attendance(lines, form, words)
    found = parts(lines, form)
    tables = [at for at, part in enumerate(found) if isinstance(part, Table) and _has_cases(part)]
    heads = [part for part in found[: tables[0]] if not isinstance(part, Table)] if tables else []
    before = [line for part in heads for line in part] if tables else list(lines)
    listed = [
        part
        for at, own in enumerate(found)
        for part in _listed(own, is_head=at < (tables or [0])[0])
    ]
    if not any(isinstance(part, Table) for part in listed):
        listed = list(unnumbered(lines))
    if not tables:
        first = next((at for at, part in enumerate(listed) if isinstance(part, Table)), len(listed))
        before = [line for part in listed[:first] for line in part]  # type: ignore[union-attr]
    sorting = _Sorting(before, words, _body_named(lines), are_minutes=are_minutes)
    unparted = [line for line in before if is_unparted(line)]
    return msgspec.structs.replace(
        _sorted(sorting, listed, before), attended=attended, unparted=unparted
    )


def _has_cases(table: Table) -> bool:
    """Whether a table is of cases, and of no follow-ups: these may stand below a list of cases."""
    return not {"what", "who"} <= set(table.roles)


def _listed(part: Part, *, is_head: bool) -> list[Part]:
    return [part] if is_head else lists(part)


def _body_named(lines: Sequence[Line]) -> str | None:
    return next((m["body"].strip() for line in lines if (m := _NAMES_BODY.match(line.text))), None)


class _Sorting:
    """What was found so far, part by part."""

    def __init__(
        self, before: Sequence[Line], words: Counter[str], body: str | None, *, are_minutes: bool
    ) -> None:
        self.are_minutes = are_minutes
        self.head = read_head(before, table_title=body)
        self.words = words
        self.mentions: list[Mention] = []
        self.breaks: list[Break] = []
        self.notes: list[Note] = []
        self.cited: list[Cited] = []
        self.actions: list[Row] = []
        self.loose: list[Line] = []

    def table(self, table: Table) -> None:
        """Take a table by what its columns are for."""
        if {"what", "who"} <= set(table.roles):
            self.actions += table.rows
        elif "wording" in table.roles:
            self._decided(table)
        else:
            for one in mentions(table, self.words):
                self.breaks.append(one) if isinstance(one, Break) else self.mentions.append(one)

    def between(self, lines: Sequence[Line]) -> None:
        """Take lines between tables: notes, and what is none."""
        for chunk in _chunks(lines, {bare_title(one.title) for one in self.mentions}):
            note = read_note(chunk, self.words)
            if note is not None:
                self.notes.append(note)
            elif not _is_caption(chunk):
                self.loose += chunk

    def _decided(self, table: Table) -> None:
        for row in table.rows:
            said = in_one(row.cells.get("number", ()), self.words)
            number = case_number(said)
            lines = tuple(line for own in row.cells.values() for line in own)
            day = day_in(said.replace(number.text, " ", 1)) if number else None
            if self.are_minutes and day is None:
                self.mentions.append(decided(row, self.words))
                continue
            if number is None:
                self.loose += lines
                continue
            self.cited.append(
                Cited(
                    number=number,
                    day=day,
                    theme=_text(row.cells.get("title", ()), self.words),
                    wording=_text(row.cells.get("wording", ()), self.words),
                    note=self.notes[-1] if self.notes else None,
                    lines=lines,
                )
            )


def _sorted(into: _Sorting, listed: Sequence[Part], before: Sequence[Line]) -> Meeting:
    heads = {id(line) for line in before}
    for part in listed:
        if isinstance(part, Table):
            into.table(part)
        elif not part or id(part[0]) not in heads:
            into.between(part)
    head = msgspec.structs.replace(into.head, meeting=with_breaks(into.head.meeting, into.breaks))
    return Meeting(
        head=head,
        cases=put_together(into.mentions),
        notes=into.notes,
        cited=into.cited,
        actions=into.actions,
        loose=into.loose,
        words=into.words,
    )


def _is_caption(lines: Sequence[Line]) -> bool:
    """Whether lines only say what stands below them."""
    if len(lines) == 1 and len(lines[0].text) < _CAPTION:
        return not ends_a_sentence(lines[0].text)
    return all(is_heading(lines, at) for at in range(len(lines)))


def _text(lines: Sequence[Line], words: Counter[str]) -> str | None:
    return "\n".join(one.said for one in paragraphs(lines, words)) or None


def _chunks(lines: Sequence[Line], titles: Collection[str | None]) -> Iterator[list[Line]]:
    """The lines of each note: one begins where papers of a case do."""
    starts, labels = [0], None
    for at in range(len(lines)):
        is_other = labels is not None and at - labels > _HEAD_OF_NOTE
        begins = begins_a_note(lines, at, titles, by_labels=is_other)
        if begins and at - starts[-1] > _HEAD_OF_NOTE:
            starts.append(at)
            labels = None
        if are_labels(lines, at):
            labels = at
    for start, end in pairwise([*starts, len(lines)]):
        if start < end:
            yield list(lines[start:end])
