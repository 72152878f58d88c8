"""Reads the roadmap register's export (CSV or XLSX): deliverables, periods, delmål, groupings."""

import hashlib

from veikart.engines.proposal import Item, Proposal, SourceFile
from veikart.engines.readers import register_cells as cells
from veikart.engines.readers.archive import Archive
from veikart.engines.readers.cautions import Cautions
from veikart.engines.readers.register_groups import Groups
from veikart.engines.readers.register_periods import Periods
from veikart.engines.readers.register_rows import Fields, RowReader
from veikart.engines.readers.register_table import csv_table, xlsx_table

READER = "register"


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
    reading = _Reading(cautions)
    reader = RowReader(table, cautions)
    for row in table.rows:
        reading.read(reader.fields(row))
    reading.look_back()
    return Proposal(
        reader=READER,
        file=SourceFile(name=name, sha256=hashlib.sha256(content).hexdigest(), bytes=len(content)),
        counts=reading.counts(),
        items=reading.items(),
        warnings=cautions.all(),
    )


class _Reading:
    """What has been read so far."""

    def __init__(self, cautions: Cautions) -> None:
        self._cautions = cautions
        self._groups = Groups(cautions)
        self._periods = Periods(cautions)
        self._deliverables: list[Item] = []
        self._rows_of_ids: dict[str, int] = {}
        self._left_out = 0

    def items(self) -> tuple[Item, ...]:
        return (*self._groups.items(), *self._deliverables)

    def counts(self) -> dict[str, int]:
        kept = len(self._rows_of_ids)
        return {
            "deliverable": kept,
            "phase_period": kept,
            **self._groups.counts(),
            **self._periods.counts(),
            "row.left_out": self._left_out,
        }

    def read(self, fields: Fields) -> None:
        """Keep what a row says, or say why it is left out."""
        register_id = self._id(fields)
        if register_id is None:
            self._left_out += 1
            return
        self._rows_of_ids[register_id] = fields.row.number
        uid = f"leveranse/{register_id}"
        delmal = self._groups.delmal(fields)
        values = {
            "register_id": register_id,
            "name": fields.name,
            "description": fields.description,
            "grouping": self._groups.grouping(fields, delmal),
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
                values=self._periods.values(uid, fields),
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

    def _id(self, fields: Fields) -> str | None:
        """The row's identifier; None, with a caution, if the row has to be left out."""
        found = fields.register_id
        if isinstance(found, cells.Mangled):
            self._cautions.add_at(
                fields.found_at, "id_mangled",
                f"Leveranse-ID “{found.found}” has been turned into a number, and its last digits "
                "are lost. The row is left out.",
                "Format the column Leveranse-ID as text before the register is opened or saved in "
                "a spreadsheet program, or export the register again.",
            )  # fmt: skip
            return None
        if found is None:
            self._cautions.add_at(
                fields.found_at, "id_missing",
                "Expected a Leveranse-ID of letters, digits, dots or hyphens; found "
                f"{_found(fields.raw_id)}. The row is left out.",
                "Give the row its Leveranse-ID in the register, and export it again.",
            )  # fmt: skip
            return None
        if fields.name is None:
            self._cautions.add_at(
                fields.found_at, "name_missing",
                f"Expected a name for Leveranse-ID {found}; the cell is blank. The row is left out.",
                "Give it a name in the register, and export it again.",
            )  # fmt: skip
            return None
        if found in self._rows_of_ids:
            self._cautions.add_at(
                fields.found_at, "id_repeated",
                f"Leveranse-ID {found} stands in row {self._rows_of_ids[found]} already, and an "
                f"identifier names one deliverable only. This row (“{fields.name[:80]}”) is left "
                "out.",
                "Give one of the two its own Leveranse-ID in the register, and export it again.",
            )  # fmt: skip
            return None
        return found


def _found(raw: str) -> str:
    return f"“{raw[:80]}”" if raw else "a blank cell"
