"""Reads the roadmap register's export (CSV or XLSX): deliverables, periods, delmål, groupings."""

import hashlib
from collections import Counter

import msgspec

from veikart.engines.date_texts import read_date
from veikart.engines.dates import Certainty, FuzzyDate
from veikart.engines.proposal import FoundAt, Item, Proposal, SourceFile
from veikart.engines.readers import register_cells as cells
from veikart.engines.readers.archive import Archive
from veikart.engines.readers.cautions import Cautions
from veikart.engines.readers.register_table import COLUMNS, Table, csv_table, xlsx_table
from veikart.engines.readers.table_rows import Row
from veikart.engines.readers.texts import lines, looks_like_a_formula, one_line
from veikart.engines.slugs import slug

READER = "register"

_TEXT_FIELDS = ("name", "description", "phase", "delmal", "grouping", "certainty", "version")
_KNOWN_PHASES = ", ".join(f"“{name}”" for name in cells.PHASE_NAMES)
_COUNTED = (
    "planned", "tentative", "without_start", "with_end", "end_before_start", "without_phase",
    "spanning",
)  # fmt: skip


def read_register(name: str, content: bytes) -> Proposal:
    """The register in `content`: one deliverable and one period a row, and once each delmål and
    grouping.

    What is blank is None; what cannot be understood is None too, and a caution holds its text and
    row. A row without a usable Leveranse-ID or name is left out with a caution, and so is one
    whose Leveranse-ID came before. Raises Unreadable for what is not the register.
    """
    cautions = Cautions()
    if content.startswith(b"PK"):
        table = xlsx_table(name, Archive(name, content), cautions)
    else:
        table = csv_table(name, content, cautions)
    reading = _Reading(table, cautions)
    for row in table.rows:
        reading.read(row)
    reading.look_back()
    return Proposal(
        reader=READER,
        file=SourceFile(name=name, sha256=hashlib.sha256(content).hexdigest(), bytes=len(content)),
        counts=reading.counts(),
        items=reading.items(),
        warnings=cautions.all(),
    )


class _Fields(msgspec.Struct, frozen=True):
    """The cells of one row by field, as text."""

    row: Row
    name: str | None
    description: str | None
    phase: str | None
    start: str | None
    delmal: str | None
    grouping: str | None
    end: str | None
    certainty: str | None
    version: str | None
    register_id: str | cells.Mangled | None

    @property
    def found_at(self) -> FoundAt:
        return FoundAt(row=self.row.number, line=self.row.line)


class _Reading:
    """What has been read so far."""

    def __init__(self, table: Table, cautions: Cautions) -> None:
        self._places = table.places
        self._width = table.width
        self._cautions = cautions
        self._delmal: dict[str, Item] = {}
        self._groupings: dict[str, Item] = {}
        self._grouping_uids: dict[tuple[str, str | None], str] = {}
        self._deliverables: list[Item] = []
        self._rows_of_ids: dict[str, int] = {}
        self._periods: Counter[str] = Counter()
        self._left_out = 0

    def items(self) -> tuple[Item, ...]:
        return (*self._delmal.values(), *self._groupings.values(), *self._deliverables)

    def counts(self) -> dict[str, int]:
        kept = len(self._rows_of_ids)
        return {
            "deliverable": kept,
            "phase_period": kept,
            "delmal": len(self._delmal),
            "grouping": len(self._groupings),
            **{f"phase_period.{what}": self._periods[what] for what in _COUNTED},
            "row.left_out": self._left_out,
        }

    def read(self, row: Row) -> None:
        fields = self._fields(row)
        register_id = self._id(fields)
        if register_id is None:
            self._left_out += 1
            return
        self._rows_of_ids[register_id] = row.number
        uid = f"leveranse/{register_id}"
        delmal = self._read_delmal(fields)
        values = {
            "register_id": register_id,
            "name": fields.name,
            "description": fields.description,
            "grouping": self._grouping(fields, delmal),
            "delmal": delmal.uid if delmal else None,
            "register_version": fields.version,
        }
        found_at = fields.found_at
        self._deliverables.append(
            Item(kind="deliverable", key=uid, values=values, found_at=found_at)
        )
        self._deliverables.append(
            Item(
                kind="phase_period",
                key=f"{uid}/periode/1",
                values=self._period(uid, fields),
                found_at=found_at,
            )
        )

    def look_back(self) -> None:
        """Cautions that only the whole file can give."""
        long_ids = [uid for uid in self._rows_of_ids if len(uid) > cells.EXACT_DIGITS + 1]
        rounded = sum(uid.endswith("00") for uid in long_ids)
        if rounded >= 3 and rounded * 2 > len(long_ids):
            self._cautions.add(
                "ids_rounded",
                f"{rounded} of {len(long_ids)} long Leveranse-IDs end in 00, as they do when a "
                "spreadsheet program has taken them for numbers and kept only 15 digits.",
                "Compare some of them with the register, and export it again with Leveranse-ID "
                "as text if they differ.",
            )
        if not self._rows_of_ids and not self._left_out:
            self._cautions.add(
                "no_rows",
                "The register has its columns, but no rows.",
                "Export it again without a filter, if there ought to be rows.",
            )

    # --- The cells of a row -------------------------------------------------------------------

    def _fields(self, row: Row) -> _Fields:
        found = {field: self._cell(row, place) for field, place in self._places.items()}
        if len(row.cells) > self._width:
            self._caution_cells_beyond(row)
        texts = {field: _as_text(cell) for field, cell in found.items()}
        for field in _TEXT_FIELDS:
            text = texts[field]
            if text and text[0] in "=+-@'" and looks_like_a_formula(text.lstrip("'")):
                self._caution_formula(row, field, text)
                texts[field] = text.removeprefix("'")
        return _Fields(
            row=row,
            description=lines(texts["description"]),
            register_id=cells.read_id(found["register_id"]),
            version=_version(one_line(texts["version"])),
            **{
                field: one_line(texts[field])
                for field in ("name", "phase", "start", "delmal", "grouping", "end", "certainty")
            },
        )

    def _cell(self, row: Row, place: int) -> str | int | float:
        return row.cells[place] if place < len(row.cells) else ""

    def _caution_cells_beyond(self, row: Row) -> None:
        beyond = [cell for cell in row.cells[self._width :] if str(cell).strip()]
        if beyond:
            self._cautions.add(
                "cells_beyond",
                f"The row has {len(beyond):,} filled cells to the right of the last column that "
                f"has a name, the first of them “{str(beyond[0])[:80]}”; they were not read.",
                "Look if a cell of this row holds the delimiter without quotation marks around "
                "it, so that its cells have moved to the right.",
                row=row.number,
                line=row.line,
            )

    def _caution_formula(self, row: Row, field: str, text: str) -> None:
        self._cautions.add(
            "formula_in_cell",
            f"{COLUMNS[field]} begins like a formula: “{text[:80]}”. It is kept as text, and "
            "nothing is calculated.",
            "Write what the cell should say, if it was not meant as text.",
            row=row.number,
            line=row.line,
        )

    # --- Identifiers --------------------------------------------------------------------------

    def _id(self, fields: _Fields) -> str | None:
        """The row's identifier; None, with a caution, if the row has to be left out."""
        found = fields.register_id
        if isinstance(found, cells.Mangled):
            self._leave_out(
                fields, "id_mangled",
                f"Leveranse-ID “{found.found}” has been turned into a number, and its last digits "
                "are lost. The row is left out.",
                "Format the column Leveranse-ID as text before the register is opened or saved in "
                "a spreadsheet program, or export the register again.",
            )  # fmt: skip
            return None
        if found is None:
            self._leave_out(
                fields, "id_missing",
                "Expected a Leveranse-ID of letters, digits, dots or hyphens; found "
                f"{self._raw_id(fields)}. The row is left out.",
                "Give the row its Leveranse-ID in the register, and export it again.",
            )  # fmt: skip
            return None
        if fields.name is None:
            self._leave_out(
                fields, "name_missing",
                f"Expected a name for Leveranse-ID {found}; the cell is blank. The row is left out.",
                "Give it a name in the register, and export it again.",
            )  # fmt: skip
            return None
        if found in self._rows_of_ids:
            self._leave_out(
                fields, "id_repeated",
                f"Leveranse-ID {found} stands in row {self._rows_of_ids[found]} already, and an "
                f"identifier names one deliverable only. This row (“{fields.name[:80]}”) is left "
                "out.",
                "Give one of the two its own Leveranse-ID in the register, and export it again.",
            )  # fmt: skip
            return None
        return found

    def _raw_id(self, fields: _Fields) -> str:
        text = _as_text(self._cell(fields.row, self._places["register_id"])).strip()
        return f"“{text[:80]}”" if text else "a blank cell"

    def _leave_out(self, fields: _Fields, code: str, message: str, remedy: str) -> None:
        row = fields.row
        self._cautions.add(code, message, remedy, row=row.number, line=row.line)

    # --- Delmål and groupings -----------------------------------------------------------------

    def _read_delmal(self, fields: _Fields) -> cells.DelmalCell | None:
        if fields.delmal is None:
            self._caution(
                fields, "delmal_missing", "The row names no delmål.",
                "Give it one in the register, or when the row is accepted.",
            )  # fmt: skip
            return None
        delmal = cells.read_delmal(fields.delmal)
        if delmal is None:
            self._caution(
                fields, "delmal_unknown",
                "Expected a delmål as a code and a title, such as “1A - Title”; found "
                f"“{fields.delmal[:120]}”. The row is kept without a delmål.",
                "Write it as in the register's list of delmål, or choose it when the row is "
                "accepted.",
            )  # fmt: skip
            return None
        self._keep_delmal(fields, delmal)
        return delmal

    def _keep_delmal(self, fields: _Fields, delmal: cells.DelmalCell) -> None:
        kept = self._delmal.get(delmal.uid)
        if kept is None:
            self._delmal[delmal.uid] = Item(
                kind="delmal",
                key=delmal.uid,
                values={"code": delmal.code, "title": delmal.title, "goal": delmal.goal},
                found_at=fields.found_at,
            )
        elif kept.values["title"] != delmal.title:
            self._caution(
                fields, "titles_differ",
                f"Delmål {delmal.code} is called “{delmal.title[:120]}” here and "
                f"“{kept.values['title'][:120]}” in row {kept.found_at.row}, which is kept.",
                "Give the delmål one title in the register.",
            )  # fmt: skip

    def _grouping(self, fields: _Fields, delmal: cells.DelmalCell | None) -> str | None:
        title = fields.grouping
        if title is None:
            self._caution(
                fields, "grouping_missing", "The row names no grouping.",
                "Give it one in the register, or when the row is accepted.",
            )  # fmt: skip
            return None
        known = self._grouping_uids.get((title, delmal.code if delmal else None))
        return known or self._keep_grouping(fields, title, delmal)

    def _keep_grouping(
        self, fields: _Fields, title: str, delmal: cells.DelmalCell | None
    ) -> str | None:
        uid = cells.grouping_uid(title, delmal)
        if not slug(title):
            self._caution(
                fields, "grouping_missing",
                f"Expected a grouping with letters in its title; found “{title[:80]}”.",
                "Give it a title in the register, or choose one when the row is accepted.",
            )  # fmt: skip
            return None
        kept = self._groupings.get(uid)
        if kept is None:
            self._groupings[uid] = Item(
                kind="grouping",
                key=uid,
                values={"title": title, "delmal": delmal.uid if delmal else None},
                found_at=fields.found_at,
            )
        else:
            self._caution(
                fields, "titles_differ",
                f"The grouping “{title[:120]}” has the same address as “"
                f"{kept.values['title'][:120]}” in row {kept.found_at.row}; they are taken for one.",
                "If they are two, let their titles differ within the first "
                f"{cells.LONGEST_TITLE} letters; if they are one, write them alike.",
            )  # fmt: skip
        self._grouping_uids[title, delmal.code if delmal else None] = uid
        return uid

    # --- Periods ------------------------------------------------------------------------------

    def _period(self, uid: str, fields: _Fields) -> dict[str, object]:
        certainty = self._certainty(fields)
        phases = self._phases(fields)
        start = self._date(fields, "start", fields.start, certainty)
        end = self._date(fields, "end", fields.end, certainty)
        self._count(certainty, phases, start, end)
        self._look_at_dates(fields, start, end)
        return {
            "deliverable": uid,
            "no": 1,
            "first_phase": phases.first if phases else None,
            "last_phase": phases.last if phases else None,
            "phase_text": fields.phase,
            "start": msgspec.to_builtins(start),
            "end": msgspec.to_builtins(end),
            "certainty": certainty,
            "source": " ".join(filter(None, ("Veikartregisteret", fields.version))),
        }

    def _count(
        self,
        certainty: Certainty,
        phases: cells.Phases | None,
        start: FuzzyDate | None,
        end: FuzzyDate | None,
    ) -> None:
        counted = self._periods
        counted[certainty] += 1
        counted["without_start"] += start is None
        counted["with_end"] += end is not None
        counted["end_before_start"] += _backwards(start, end)
        counted["without_phase"] += phases is None
        counted["spanning"] += phases is not None and phases.spans

    def _certainty(self, fields: _Fields) -> Certainty:
        known = cells.CERTAINTIES.get((fields.certainty or "").casefold())
        if known:
            return known
        found = f"“{fields.certainty[:80]}”" if fields.certainty else "a blank cell"
        self._caution(
            fields, "certainty_unknown",
            f"Expected Planleggingsstatus to be “Planlagt” or “Tentativ”; found {found}. "
            "The period is taken as tentative.",
            "Set the status in the register, or when the row is accepted.",
        )  # fmt: skip
        return "tentative"

    def _phases(self, fields: _Fields) -> cells.Phases | None:
        if fields.phase is None:
            self._caution(
                fields, "phase_missing", "The row names no phase.",
                "Give it one in the register, or when the row is accepted.",
            )  # fmt: skip
            return None
        phases = cells.read_phases(fields.phase)
        if phases is None:
            self._caution(
                fields, "phase_unknown",
                f"Expected a phase ({_KNOWN_PHASES}) or a span of them such as “Tilpasning - "
                f"innføring”; found “{fields.phase[:120]}”. It is kept as text only.",
                "Choose a phase in the register, or when the row is accepted.",
            )  # fmt: skip
        elif not phases.in_order:
            self._caution(
                fields, "phases_swapped",
                f"The phases in “{fields.phase[:120]}” come in another order than the work does; "
                "the span is kept from the first to the last of them.",
                "Look if the row means another phase.",
            )  # fmt: skip
        return phases

    def _date(
        self, fields: _Fields, field: str, text: str | None, certainty: Certainty
    ) -> FuzzyDate | None:
        date = read_date(text, certainty) if text else None
        if text and date is None:
            self._caution(
                fields, "date_unreadable",
                f"Expected a date in {COLUMNS[field]}; found “{text[:80]}”. The date is left blank.",
                "Write it as dd.mm.yyyy, or as a month, quarter, half year or year, such as "
                "“mars 2026”, “2. kvartal 2026”, “1. halvår 2026” or “2027”.",
            )  # fmt: skip
        return date

    def _look_at_dates(
        self, fields: _Fields, start: FuzzyDate | None, end: FuzzyDate | None
    ) -> None:
        if fields.start is None:
            self._caution(
                fields, "start_missing", "The row has no start date.",
                "Nothing to do if none is set yet; else give it in the register.",
            )  # fmt: skip
        if start and end and _backwards(start, end):
            self._caution(
                fields, "end_before_start",
                f"The end ({end.text}) comes before the start ({start.text}). Both are kept.",
                "Look up which of the two is right, and mend the other in the register.",
            )  # fmt: skip

    def _caution(self, fields: _Fields, code: str, message: str, remedy: str) -> None:
        self._cautions.add(code, message, remedy, row=fields.row.number, line=fields.row.line)


def _backwards(start: FuzzyDate | None, end: FuzzyDate | None) -> bool:
    return start is not None and end is not None and end.latest < start.earliest


def _as_text(cell: str | int | float) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def _version(text: str | None) -> str | None:
    """The version; "01.08.2026" is what a spreadsheet program makes of "2026-08"."""
    if text and len(text) == 10 and text.startswith("01.") and text[2] == text[5] == ".":
        return f"{text[6:]}-{text[3:5]}"
    return text
