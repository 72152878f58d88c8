"""What a file counts, shares or answers, as additive pairs of numerator and denominator."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from veikart.engines.observations.coding import by_distinct, coded, nulls, places, where
from veikart.engines.observations.faults import Faults, Mask
from veikart.engines.observations.mapping import NUMBER_PARTS, Mapping, NumberPart
from veikart.engines.observations.numbers import LARGEST, Doubles, Numbers, read_numbers
from veikart.engines.observations.shaping import Shaped
from veikart.engines.observations.words import (
    NO,
    PLAIN_MARKS,
    STATUS_MARKS,
    UNKNOWN,
    YES,
    folded,
)

Columns = dict[str, Any]

REMEDIES = {
    "not_a_number": ("a number", "Write a number, or leave the cell empty."),
    "decimal_comma": (
        "a decimal point, found a decimal comma",
        "Choose comma as the decimal mark in the mapping, or write all numbers alike.",
    ),
    "thousands_separator": (
        "a number without thousands separators",
        "Choose the separator in the mapping, or write all numbers alike.",
    ),
    "ambiguous_number": (
        "a whole number, found what may be a thousand or a fraction",
        "Choose the thousands separator in the mapping, or write the number without it.",
    ),
    "not_finite": (
        "a number, found NaN or infinity",
        "Leave the cell empty where there is no number, and say why in a status column.",
    ),
}


def pairs(
    shaped: Shaped,
    *,
    mapping: Mapping,
    faults: Faults,
    inhabitants: pa.Table | None,
    keys: Columns,
) -> Columns:
    """The columns `numerator`, `denominator`, `status` and `note` of the canonical rows.

    `keys` are the columns `period` and `area` that were read already; see `applying.apply` for the
    others.
    """
    answers = "answer" in shaped.parts and "numerator" not in shaped.parts
    if answers:
        unreadable = np.zeros(len(shaped.rows), dtype=bool)
        numerator, denominator, marked = _covered(shaped, mapping, faults, inhabitants, keys)
    else:
        read = _read_all(shaped, mapping, faults)
        unreadable = _any_wrong(read)
        numerator, denominator, marked = _counted(read, shaped, mapping, faults)
    status, note = _status(shaped, marked, faults)
    missing = np.isnan(numerator)
    _tell_beside_status(shaped, status, ~missing, faults)
    absent = pc.if_else(pa.array(missing), pc.fill_null(status, "missing"), None)
    said = nulls(status) & nulls(note)
    return {
        "numerator": _typed("numerator", numerator, shaped, mapping, faults),
        "denominator": _typed("denominator", denominator, shaped, mapping, faults),
        "status": absent.cast(pa.string()),
        "note": note,
        # An answer is something said, and so is its absence.
        "silent": said & missing & np.isnan(denominator) & ~unreadable & (not answers),
    }


def _tell_beside_status(shaped: Shaped, status: pa.Array, known: Mask, faults: Faults) -> None:
    faults.add_where(
        "value_beside_status",
        known & ~nulls(status),
        tell=lambda at: {
            "row": int(shaped.rows[at]),
            "column": shaped.name("status", at),
            "value": status[at].as_py(),
            "expected": "no number where a mark says that there is none; the number is kept",
            "remedy": "Take away the number or the mark.",
        },
    )


def _status(shaped: Shaped, marked: pa.Array, faults: Faults) -> tuple[pa.Array, pa.Array]:
    """The status of each row by its marks, and its note: the file's own, else what a mark means."""
    status, meant = _meaning(coded(pa.chunked_array([marked])))
    if "status" in shaped.parts:
        column = coded(shaped.parts["status"])
        known = STATUS_MARKS.keys() | PLAIN_MARKS.keys()
        faults.add_where(
            "unknown_status",
            where(column, lambda text: folded(text) not in known),
            tell=lambda at: {
                "row": int(shaped.rows[at]),
                "column": shaped.name("status", at),
                "value": column[at].as_py(),
                "expected": "missing, not_applicable, not_reported, or a mark of SSB or SDMX",
                "remedy": "Write one of these, or leave the cell empty.",
            },
        )
        more, also = _meaning(column)
        status, meant = pc.coalesce(status, more), pc.coalesce(meant, also)
    if "note" in shaped.parts:
        meant = pc.coalesce(coded(shaped.parts["note"]).cast(pa.string()), meant)
    return status, meant


def _meaning(column: pa.DictionaryArray) -> tuple[pa.Array, pa.Array]:
    def status(text: str) -> str | None:
        return STATUS_MARKS.get(folded(text), (None, None))[0]

    def note(text: str) -> str | None:
        plain = folded(text)
        return STATUS_MARKS[plain][1] if plain in STATUS_MARKS else PLAIN_MARKS.get(plain)

    return (
        by_distinct(column, status).cast(pa.string()),
        by_distinct(column, note).cast(pa.string()),
    )


def _read_all(shaped: Shaped, mapping: Mapping, faults: Faults) -> dict[str, Numbers]:
    return {
        part: _read(part, shaped, mapping, faults) for part in NUMBER_PARTS if part in shaped.parts
    }


def _any_wrong(read: dict[str, Numbers]) -> Mask:
    """The rows in which a number could not be read: they say something, only not what."""
    wrong: Mask = np.logical_or.reduce(
        [mask for numbers in read.values() for mask in numbers.wrong.values()]
    )
    return wrong


def _counted(
    read: dict[str, Numbers], shaped: Shaped, mapping: Mapping, faults: Faults
) -> tuple[Doubles, Doubles, pa.Array]:
    """Numerator and denominator, and the marks that stand in place of the numerator or value."""
    nothing = np.full(len(shaped.rows), np.nan)
    first = read.get("numerator") or read["value"]
    if not mapping.layout.has_denominator:
        return first.values * mapping.times, nothing, first.marked
    below = read.get("denominator") or read.get("n")
    denominator = below.values if below else nothing
    if "numerator" in read:
        return first.values, denominator, first.marked
    return _from_share(first, denominator, shaped, mapping, faults), denominator, first.marked


def _read(part: NumberPart, shaped: Shaped, mapping: Mapping, faults: Faults) -> Numbers:
    whole = mapping.kind not in ("amount", "survey_share") and (
        part in ("numerator", "denominator") or (mapping.kind == "count" and mapping.times == 1)
    )
    column = shaped.parts[part]
    read = read_numbers(column, form=mapping.form, whole=whole)
    for code, wrong in read.wrong.items():
        expected, remedy = REMEDIES[code]
        faults.add_where(code, wrong, tell=_teller(shaped, part, expected, remedy))
    return read


def _teller(
    shaped: Shaped, part: str, expected: str, remedy: str
) -> Callable[[int], dict[str, Any]]:
    return lambda at: {
        "row": int(shaped.rows[at]),
        "column": shaped.name(part, at),
        "value": None if (cell := shaped.parts[part][at].as_py()) is None else str(cell),
        "expected": expected,
        "remedy": remedy,
    }


def _from_share(
    value: Numbers, denominator: Doubles, shaped: Shaped, mapping: Mapping, faults: Faults
) -> Doubles:
    """The numerator that a share or a rate of the denominator stands for."""
    if mapping.kind == "rate":
        share = value.values / mapping.per
    else:
        share = value.values / 100 if mapping.scale == "percent" else value.values
        outside = (share < 0) | (share > 1)
        most = "100" if mapping.scale == "percent" else "1"
        faults.add_where(
            "share_outside",
            outside,
            tell=_teller(
                shaped,
                "value",
                f"a share from 0 to {most}",
                "Mend the share, or say in the mapping whether shares are in percent.",
            ),
        )
    lacks = ~np.isnan(share) & np.isnan(denominator)
    faults.add_where(
        "no_denominator",
        lacks,
        tell=_teller(
            shaped,
            "value",
            "a denominator beside the share, found none",
            "Add what the share is of, so that it can be added up.",
        ),
    )
    numerator = share * denominator
    if mapping.kind == "survey_share":
        return numerator
    if not np.isnan(numerator).all():
        _tell_from_share(shaped, faults)
    return np.rint(numerator)


def _tell_from_share(shaped: Shaped, faults: Faults) -> None:
    faults.add(
        "from_share",
        column=shaped.name("value", 0),
        expected="the count itself; it is worked out from the share, to the nearest whole",
        remedy="Give the numerator as a column if it is known.",
    )


def _covered(
    shaped: Shaped,
    mapping: Mapping,
    faults: Faults,
    inhabitants: pa.Table | None,
    keys: Columns,
) -> tuple[Doubles, Doubles, pa.Array]:
    """The covered inhabitants and all inhabitants, from yes, no or unknown."""
    answer = coded(shaped.parts["answer"])
    yes = where(answer, lambda text: folded(text) in YES)
    no = where(answer, lambda text: folded(text) in NO)
    unknown = where(answer, lambda text: folded(text) in UNKNOWN)
    empty = nulls(answer) | where(answer, lambda text: not text.strip())
    faults.add_where(
        "not_yes_or_no",
        ~(yes | no | unknown | empty),
        tell=_teller(
            shaped, "answer", "yes, no or unknown (ja, nei, vet ikke)", "Write one of the three."
        ),
    )
    denominator = _all_inhabitants(shaped, mapping, faults, inhabitants, keys)
    faults.add_where(
        "no_inhabitants",
        np.isnan(denominator) & ~nulls(keys["area"]) & ~nulls(keys["period"]),
        tell=lambda at: {
            "row": int(shaped.rows[at]),
            "column": shaped.name("area", at),
            "value": keys["area"][at].as_py(),
            "expected": f"a known number of inhabitants for it in {keys['period'][at].as_py()}",
            "remedy": "Add a column with the inhabitants, or mend the code or the period.",
            "details": {"period": keys["period"][at].as_py()},
        },
    )
    numerator = np.where(yes, denominator, np.where(no, 0.0, np.nan))
    marks = np.where(unknown, "missing", "not_reported")
    marked = pa.array(marks, pa.string(), mask=yes | no)
    return numerator, denominator, marked


def _all_inhabitants(
    shaped: Shaped,
    mapping: Mapping,
    faults: Faults,
    inhabitants: pa.Table | None,
    keys: Columns,
) -> Doubles:
    if "denominator" in shaped.parts:
        return _read("denominator", shaped, mapping, faults).values
    known = {
        (row["area"], row["period"]): float(row["inhabitants"])
        for row in (inhabitants.to_pylist() if inhabitants is not None else ())
    }
    areas, periods = keys["area"], keys["period"]
    found = np.array(
        [
            [known.get((area, (period or "")[:4]), np.nan) for period in _with_null(periods)]
            for area in _with_null(areas)
        ]
    )
    numbers: Doubles = found[places(areas), places(periods)]
    return numbers


def _with_null(column: pa.DictionaryArray) -> list[str | None]:
    return [*column.dictionary.to_pylist(), None]


def _typed(
    part: str, values: Doubles, shaped: Shaped, mapping: Mapping, faults: Faults
) -> pa.Array:
    """The numbers in the canonical type; what is too large or not whole is told and left out."""
    missing = np.isnan(values)
    if mapping.kind == "survey_share":
        return pa.array(values, mask=missing)
    column = part if part in shaped.parts else "value"
    too_large = np.abs(values) > LARGEST
    nearest = np.rint(values)
    apart = np.abs(values - nearest) > 1e-6 * np.maximum(1.0, np.abs(values))
    tells = {
        "too_large": (too_large, f"a number up to {LARGEST:,}", "Look for a mistake in the unit."),
        "not_whole": (
            apart & ~too_large & (mapping.kind != "amount"),
            "a whole number",
            "Give counts without decimals, or say in the mapping what they are multiplied by.",
        ),
    }
    for code, (wrong, expected, remedy) in tells.items():
        faults.add_where(code, wrong, tell=_told(shaped, column, values, expected, remedy))
    hidden = missing | too_large
    return pa.array(np.where(hidden, 0.0, nearest).astype(np.int64), mask=hidden)


def _told(
    shaped: Shaped, part: str, values: Doubles, expected: str, remedy: str
) -> Callable[[int], dict[str, Any]]:
    return lambda at: {
        "row": int(shaped.rows[at]),
        "column": shaped.name(part, at),
        "value": f"{values[at]:.12g}",
        "expected": expected,
        "remedy": remedy,
    }


def tell_silent(silent: Mask, shaped: Shaped, faults: Faults) -> None:
    """Say which rows hold no number and no reason, and are left out."""
    faults.add_where(
        "no_value",
        silent,
        tell=lambda at: {
            "row": int(shaped.rows[at]),
            "column": shaped.name("value", at) if "value" in shaped.parts else None,
            "expected": "a number, or a mark that says why there is none; the row is left out",
            "remedy": "Fill it in, or write why there is no number in a status column.",
        },
    )
