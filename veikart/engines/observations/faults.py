"""What is wrong with a file of figures, row by row: found as arrays, told as sentences when shown.

A fault's own sentences are English, for the command line; a page words its code and its details in
the reader's language.
"""

from collections.abc import Callable, Sequence
from typing import Any, Literal

import msgspec
import numpy as np

Severity = Literal["refuses", "caution"]
Details = dict[str, str | int | float | list[str]]
"""What a sentence about one fault is made of, by name; lists are of codes and names as they are."""

CODES: dict[str, Severity] = {
    # the file
    "one_column": "refuses",
    "row_width": "refuses",
    "empty": "refuses",
    "another_schema": "refuses",
    "column_missing": "refuses",
    "same_heading": "refuses",
    "not_mapped": "refuses",
    # periods
    "no_period": "refuses",
    "not_a_period": "refuses",
    "separated_year": "refuses",
    "mixed_lengths": "caution",
    # areas
    "no_area": "refuses",
    "unknown_code": "refuses",
    "not_valid_then": "refuses",
    "name_for_code": "refuses",
    "leading_zero": "caution",
    "missing_units": "caution",
    # groups
    "unknown_group": "refuses",
    # numbers
    "not_a_number": "refuses",
    "decimal_comma": "refuses",
    "thousands_separator": "refuses",
    "ambiguous_number": "refuses",
    "not_finite": "refuses",
    "not_whole": "refuses",
    "too_large": "refuses",
    "negative": "refuses",
    "share_outside": "refuses",
    "above_denominator": "refuses",
    "no_denominator": "refuses",
    "no_inhabitants": "refuses",
    "not_yes_or_no": "refuses",
    "unknown_status": "refuses",
    "value_beside_status": "caution",
    "no_value": "caution",
    "from_share": "caution",
    # the table as a whole
    "duplicate_key": "refuses",
    "two_totals": "refuses",
    "parts_above_total": "refuses",
    "parts_below_total": "caution",
    "jump": "caution",
    "break_without_note": "caution",
}
"""Every code, and whether a file with it is refused or only to be looked at twice."""

MOST_SHOWN = 100
"""Faults of one code that are told one by one; of the others there is a count."""


class Fault(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that is wrong: where it is, what stands there, what was expected, and what to do.

    `row` counts as the file's own program does, the heading being a row too; None where it is
    about more than one row. `column` is the column's name in the file, or in the canonical table.
    `details` are what else there is to tell of this one, for a sentence in another language.
    """

    code: str
    severity: Severity
    expected: str
    remedy: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    details: Details = {}


class FaultCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many faults of a code there are, and how many of them are told one by one."""

    code: str
    severity: Severity
    count: int
    shown: int


Rows = np.ndarray[Any, np.dtype[np.int64]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]


class Faults:
    """Collects the faults of one file: at most `most` of a code are kept, all are counted."""

    def __init__(self, *, most: int = MOST_SHOWN) -> None:
        self._most = most
        self._kept: list[Fault] = []
        self._counts: dict[str, int] = {}
        self._shown: dict[str, int] = {}

    def add(  # noqa: PLR0913 (what a fault is: each is a fact of its own)
        self,
        code: str,
        *,
        expected: str,
        remedy: str,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
        details: Details | None = None,
    ) -> None:
        """Keep one fault. Raises KeyError for a code that `CODES` does not have."""
        severity = CODES[code]
        self._counts[code] = self._counts.get(code, 0) + 1
        if self._shown.get(code, 0) >= self._most:
            return
        self._shown[code] = self._shown.get(code, 0) + 1
        self._kept.append(
            Fault(
                code=code,
                severity=severity,
                expected=expected,
                remedy=remedy,
                row=row,
                column=column,
                value=None if value is None else _short(value),
                details=details or {},
            )
        )

    def add_where(self, code: str, wrong: Mask, *, tell: Callable[[int], dict[str, Any]]) -> None:
        """Keep a fault of `code` for each True in `wrong`; `tell` gives the arguments of `add` for
        a position, and is asked only for those that are shown.
        """
        if not wrong.any():
            return
        places = np.flatnonzero(wrong)
        room = max(self._most - self._shown.get(code, 0), 0)
        for place in places[:room]:
            self.add(code, **tell(int(place)))
        rest = len(places) - min(room, len(places))
        if rest:
            self._counts[code] = self._counts.get(code, 0) + rest

    def include(self, faults: "Sequence[Fault]") -> None:
        """Keep faults that were found while reading."""
        for fault in faults:
            self.add(
                fault.code,
                expected=fault.expected,
                remedy=fault.remedy,
                row=fault.row,
                column=fault.column,
                value=fault.value,
                details=fault.details,
            )

    @property
    def refuses(self) -> bool:
        """Whether any fault keeps the file from being taken in."""
        return any(CODES[code] == "refuses" for code in self._counts)

    def all(self) -> tuple[Fault, ...]:
        """The faults that are told one by one: those that refuse first, then by row."""
        return tuple(
            sorted(
                self._kept,
                key=lambda fault: (
                    fault.severity != "refuses",
                    fault.row is not None,
                    fault.row or 0,
                    fault.code,
                ),
            )
        )

    def counts(self) -> tuple[FaultCount, ...]:
        """How many there are of each code, those that refuse first."""
        found = (
            FaultCount(code=code, severity=CODES[code], count=count, shown=self._shown.get(code, 0))
            for code, count in self._counts.items()
        )
        return tuple(sorted(found, key=lambda each: (each.severity != "refuses", each.code)))


def _short(value: str) -> str:
    return value if len(value) <= 80 else f"{value[:79]}…"
