"""Numbers as files write them, read a column at a time; what cannot be read says why."""

from typing import Any, Literal

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from veikart.engines.observations.words import STATUS_MARKS

Doubles = np.ndarray[Any, np.dtype[np.float64]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]
Decimal = Literal[".", ","]
Thousands = Literal["", " ", ".", ",", "'"]

LARGEST = 2**53
"""Whole numbers up to this are held exactly while they are read."""

SAMPLE = 20_000
TRIED = 1_000

_SPACES = "\u00a0\u2009\u202f"
_NOT_FINITE = r"(?i)^[+-]?(nan|inf|infinity|#n/?a|#num!|#div/0!|-nan)$"
_ONE_GROUP = r"^[+-]?\d{1,3}[.,]\d{3}$"
_GROUPS = r"^[+-]?\d{1,3}([ .,'’]\d{3})+([.,]\d+)?$"
_COMMA = r"^[+-]?\d*,\d+$"


class NumberForm(msgspec.Struct, frozen=True):
    """How a file writes numbers: the decimal mark, and what stands between thousands."""

    decimal: Decimal = "."
    thousands: Thousands = ""


class Numbers(msgspec.Struct, frozen=True):
    """A column read as numbers. Where there is none, `values` is NaN; `wrong` says which of the
    others could not be read, and by which code; `marked` holds the marks in place of numbers.
    """

    values: Doubles
    missing: Mask
    wrong: dict[str, Mask]
    marked: pa.Array


def read_numbers(column: pa.ChunkedArray, *, form: NumberForm, whole: bool) -> Numbers:
    """The numbers in a raw column of texts or numbers.

    `whole` says that whole numbers are expected, so that 1.234 may be a thousand and is not
    guessed at. Marks such as `..` and `:` stand for no number, and are kept for the status.
    """
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        return _typed(column)
    if pa.types.is_dictionary(column.type):
        return _by_distinct(column, form, whole)
    return _texts(_array(column), form, whole)


def likely_form(columns: list[pa.ChunkedArray]) -> NumberForm:
    """How the texts in `columns` write numbers, by those that can be read in one way only."""
    texts = pa.concat_arrays(
        [_tidy(_array(column.slice(0, SAMPLE))) for column in columns if _is_text(column.type)]
        or [pa.array([], pa.string())]
    )

    def found(pattern: str) -> bool:
        matches = pc.match_substring_regex(texts, pattern).fill_null(False)
        different: list[bool] = matches.unique().to_pylist()
        return any(different)

    comma = found(r"^[+-]?\d*,(\d{1,2}|\d{4,})$|^[+-]?0,\d+$|^[+-]?[\d .]*,\d{1,2}$")
    dot = found(r"^[+-]?\d*\.(\d{1,2}|\d{4,})$|^[+-]?0\.\d+$")
    decimal: Decimal = "," if comma and not dot else "."
    if found(r"^[+-]?\d{1,3}( \d{3})+([.,]\d+)?$"):
        return NumberForm(decimal, " ")
    if found(r"^[+-]?\d{1,3}(\.\d{3}){2,}") or (decimal == "," and found(r"^\d{1,3}\.\d{3}")):
        return NumberForm(",", ".")
    if found(r"^[+-]?\d{1,3}(,\d{3}){2,}"):
        return NumberForm(".", ",")
    return NumberForm(decimal)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_dictionary(kind))


def _array(column: pa.ChunkedArray) -> pa.Array:
    plain = column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
    combined = plain.combine_chunks()
    if isinstance(combined, pa.ChunkedArray):
        combined = combined.chunk(0) if combined.num_chunks else pa.array([], pa.string())
    return combined


def _typed(column: pa.ChunkedArray) -> Numbers:
    missing = np.asarray(column.is_null())
    values = np.asarray(column.cast(pa.float64(), safe=False).fill_null(0.0)).copy()
    wrong = {"not_finite": ~np.isfinite(values) & ~missing}
    values[missing | wrong["not_finite"]] = np.nan
    return Numbers(values, missing, wrong, pa.nulls(len(values), pa.string()))


def _by_distinct(column: pa.ChunkedArray, form: NumberForm, whole: bool) -> Numbers:
    """Each different text is read once."""
    coded = column.unify_dictionaries().combine_chunks()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.chunk(0) if coded.num_chunks else pa.array([], column.type)
    read = _texts(coded.dictionary, form, whole)
    empty = len(coded.dictionary)
    places = np.asarray(coded.indices.fill_null(empty))
    missing = np.append(read.missing, True)[places]
    return Numbers(
        np.append(read.values, np.nan)[places],
        missing,
        {code: np.append(mask, False)[places] for code, mask in read.wrong.items()},
        read.marked.take(coded.indices),
    )


def _texts(column: pa.Array, form: NumberForm, whole: bool) -> Numbers:
    direct = _direct(column, form, whole)
    if direct is not None:
        return _typed(pa.chunked_array([direct]))
    tidy = _tidy(column)
    marked, tidy = _marks(tidy)
    missing = np.asarray(pc.or_kleene(pc.is_null(tidy), pc.equal(tidy, "").fill_null(False)))
    tidy = pc.if_else(pa.array(missing), pa.scalar(None, pa.string()), tidy)
    ready = _without_groups(tidy, form)
    fits = np.asarray(_fits(ready, form).fill_null(False))
    if whole:
        fits &= ~np.asarray(_could_be_two(tidy, form).fill_null(False))
    dotted = pc.replace_substring(ready, form.decimal, ".")
    values = pc.if_else(pa.array(fits), dotted, pa.scalar(None, pa.string())).cast(pa.float64())
    numbers = _typed(pa.chunked_array([values]))
    wrong = {**numbers.wrong, **_why(tidy, ~fits & ~missing)}
    wrong["not_finite"] = (
        wrong.get("not_finite", numbers.wrong["not_finite"]) | (numbers.wrong["not_finite"])
    )
    return Numbers(numbers.values, missing, wrong, marked)


def _direct(column: pa.Array, form: NumberForm, whole: bool) -> pa.Array | None:
    """The column read at once, where nothing in it needs a closer look."""
    integers = _cast(column, pa.int64())
    if integers is not None:
        return integers.cast(pa.float64(), safe=False)
    if whole or form.thousands:
        return None
    if form.decimal == ",":
        if pc.any(pc.match_substring(column, ".")).as_py():
            return None
        column = pc.replace_substring(column, ",", ".")
    return _cast(column, pa.float64())


def _cast(column: pa.Array, kind: pa.DataType) -> pa.Array | None:
    """The column as numbers; None if any cell is none."""
    try:
        # Each failing cell costs dearly, so the first rows are tried by themselves.
        column.slice(0, TRIED).cast(kind)
        return column.cast(kind)
    except pa.ArrowInvalid:
        return None


def _tidy(column: pa.Array) -> pa.Array:
    for space in _SPACES:
        column = pc.replace_substring(column, space, " ")
    return pc.utf8_trim_whitespace(pc.replace_substring(column, "−", "-"))


def _marks(tidy: pa.Array) -> tuple[pa.Array, pa.Array]:
    """The marks that stand in place of numbers, and the column without them."""
    lower = pc.utf8_lower(tidy)
    is_mark = pc.is_in(lower, value_set=pa.array(list(STATUS_MARKS)))
    nothing = pa.scalar(None, pa.string())
    return pc.if_else(is_mark, lower, nothing), pc.if_else(is_mark, nothing, tidy)


def _without_groups(tidy: pa.Array, form: NumberForm) -> pa.Array:
    if not form.thousands:
        return tidy
    between, mark = f"[{form.thousands}]", f"[{form.decimal}]"
    grouped = pc.match_substring_regex(tidy, rf"^[+-]?\d{{1,3}}({between}\d{{3}})+({mark}\d+)?$")
    return pc.if_else(grouped, pc.replace_substring(tidy, form.thousands, ""), tidy)


def _fits(ready: pa.Array, form: NumberForm) -> pa.Array:
    mark = f"[{form.decimal}]"
    return pc.match_substring_regex(
        ready, rf"^[+-]?(\d+({mark}\d*)?|{mark}\d+)([eE][+-]?\d{{1,3}})?$"
    )


def _could_be_two(tidy: pa.Array, form: NumberForm) -> pa.Array:
    """1.234 where thousands are not said to have a point: a thousand, or one and a quarter?"""
    mark = "\\." if form.decimal == "." else ","
    if form.thousands == form.decimal:
        return pc.equal(tidy, "\0")
    return pc.match_substring_regex(tidy, rf"^[+-]?[1-9]\d{{0,2}}{mark}\d{{3}}$")


def _why(tidy: pa.Array, wrong: Mask) -> dict[str, Mask]:
    """The codes of what could not be read."""
    if not wrong.any():
        return {}
    left = wrong
    codes: dict[str, Mask] = {}
    for code, pattern in (
        ("not_finite", _NOT_FINITE),
        ("ambiguous_number", _ONE_GROUP),
        ("thousands_separator", _GROUPS),
        ("decimal_comma", _COMMA),
    ):
        matches = np.asarray(pc.match_substring_regex(tidy, pattern).fill_null(False))
        codes[code] = left & matches
        left = left & ~matches
    codes["not_a_number"] = left
    return codes
