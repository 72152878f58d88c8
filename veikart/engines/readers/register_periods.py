"""When and in which phase: the period that a row of the register tells of."""

from collections import Counter

import msgspec

from veikart.engines.date_texts import read_date
from veikart.engines.dates import Certainty, FuzzyDate
from veikart.engines.readers import register_cells as cells
from veikart.engines.readers.cautions import Cautions
from veikart.engines.readers.register_rows import Fields
from veikart.engines.readers.register_table import COLUMNS

_KNOWN_PHASES = ", ".join(f"“{name}”" for name in cells.PHASE_NAMES)
_COUNTED = (
    "planned", "tentative", "without_start", "with_end", "end_before_start", "without_phase",
    "spanning",
)  # fmt: skip


class Periods:
    """Reads periods, and counts what they are like."""

    def __init__(self, cautions: Cautions) -> None:
        self._cautions = cautions
        self._counted: Counter[str] = Counter()

    def counts(self) -> dict[str, int]:
        """How many are planned, without a start, and so on."""
        return {f"phase_period.{what}": self._counted[what] for what in _COUNTED}

    def values(self, deliverable: str, fields: Fields) -> dict[str, object]:
        """The values of a row's period. What cannot be understood is None, with a caution."""
        certainty = self._certainty(fields)
        phases = self._phases(fields)
        start = self._date(fields, "start", fields.start, certainty)
        end = self._date(fields, "end", fields.end, certainty)
        self._count(certainty, phases, start, end)
        self._look_at_dates(fields, start, end)
        return {
            "deliverable": deliverable,
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
        counted = self._counted
        counted[certainty] += 1
        counted["without_start"] += start is None
        counted["with_end"] += end is not None
        counted["end_before_start"] += _backwards(start, end)
        counted["without_phase"] += phases is None
        counted["spanning"] += phases is not None and phases.spans

    def _certainty(self, fields: Fields) -> Certainty:
        known = cells.CERTAINTIES.get((fields.certainty or "").casefold())
        if known:
            return known
        found = f"“{fields.certainty[:80]}”" if fields.certainty else "a blank cell"
        self._cautions.add_at(
            fields.found_at, "certainty_unknown",
            f"Expected Planleggingsstatus to be “Planlagt” or “Tentativ”; found {found}. "
            "The period is taken as tentative.",
            "Set the status in the register, or in the tables afterwards.",
        )  # fmt: skip
        return "tentative"

    def _phases(self, fields: Fields) -> cells.Phases | None:
        if fields.phase is None:
            self._cautions.add_at(
                fields.found_at, "phase_missing", "The row names no phase.",
                "Give it one in the register, or in the tables afterwards.",
            )  # fmt: skip
            return None
        phases = cells.read_phases(fields.phase)
        if phases is None:
            self._cautions.add_at(
                fields.found_at, "phase_unknown",
                f"Expected a phase ({_KNOWN_PHASES}) or a span of them such as “Tilpasning - "
                f"innføring”; found “{fields.phase[:120]}”. It is kept as text only.",
                "Choose a phase in the register, or in the tables afterwards.",
            )  # fmt: skip
        elif not phases.in_order:
            self._cautions.add_at(
                fields.found_at, "phases_swapped",
                f"The phases in “{fields.phase[:120]}” come in another order than the work does; "
                "the span is kept from the first to the last of them.",
                "Look if the row means another phase.",
            )  # fmt: skip
        return phases

    def _date(
        self, fields: Fields, field: str, text: str | None, certainty: Certainty
    ) -> FuzzyDate | None:
        date = read_date(text, certainty) if text else None
        if text and date is None:
            self._cautions.add_at(
                fields.found_at, "date_unreadable",
                f"Expected a date in {COLUMNS[field]}; found “{text[:80]}”. The date is left blank.",
                "Write it as dd.mm.yyyy, or as a month, quarter, half year or year, such as "
                "“mars 2026”, “2. kvartal 2026”, “1. halvår 2026” or “2027”.",
            )  # fmt: skip
        return date

    def _look_at_dates(
        self, fields: Fields, start: FuzzyDate | None, end: FuzzyDate | None
    ) -> None:
        if fields.start is None:
            self._cautions.add_at(
                fields.found_at, "start_missing", "The row has no start date.",
                "Nothing to do if none is set yet; else give it in the register.",
            )  # fmt: skip
        if start and end and _backwards(start, end):
            self._cautions.add_at(
                fields.found_at, "end_before_start",
                f"The end ({end.text}) comes before the start ({start.text}). Both are kept.",
                "Look up which of the two is right, and mend the other in the register.",
            )  # fmt: skip


def _backwards(start: FuzzyDate | None, end: FuzzyDate | None) -> bool:
    return start is not None and end is not None and end.latest < start.earliest
