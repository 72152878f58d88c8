"""SDMX-CSV, versions 1 and 2, as a raw table."""

from typing import BinaryIO

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from veikart.engines.observations.delimited import read_delimited
from veikart.engines.observations.raw import Column, Raw, Role
from veikart.engines.proposal import Unreadable

FIRST_COLUMNS = ("DATAFLOW", "STRUCTURE")
"""What the first column is called in version 1 and in version 2."""

ABOUT = frozenset(("DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION"))
ROLES: dict[str, Role] = {"TIME_PERIOD": "time", "REF_AREA": "geo", "GEO": "geo"}


def is_sdmx_csv(headings: list[str]) -> bool:
    """Whether these are the headings of SDMX-CSV."""
    codes = [_code(heading) for heading in headings]
    return bool(codes) and codes[0] in FIRST_COLUMNS and "OBS_VALUE" in codes


def read_sdmx_csv(name: str, file: BinaryIO) -> Raw:
    """The raw table in SDMX-CSV: its dimensions, OBS_VALUE and attributes; codes without labels.

    What says which dataflow it is (`DATAFLOW`, `STRUCTURE_ID`) becomes the source. Raises
    Unreadable as `read_delimited` does, and `deletes` for rows that would delete observations.
    """
    raw = read_delimited(name, file)
    found = {_code(column): column for column in raw.table.column_names}
    if "OBS_VALUE" not in found:
        raise Unreadable("not_sdmx", f"Expected SDMX-CSV with a column OBS_VALUE; {name} has none.")
    _refuse_deletions(name, raw.table, found)
    columns: list[Column] = []
    table: dict[str, pa.ChunkedArray] = {}
    for code, column in found.items():
        if code in ABOUT or _is_name_of_another(code, found):
            continue
        table[code], labels = _without_labels(raw.table[column])
        columns.append(Column(name=code, label=_label(column), role=ROLES.get(code), labels=labels))
    return msgspec.structs.replace(
        raw,
        form="sdmx_csv",
        table=pa.table(table),
        columns=tuple(columns),
        source=_first(raw.table, found, "STRUCTURE_ID") or _first(raw.table, found, "DATAFLOW"),
        title=_first(raw.table, found, "STRUCTURE_NAME"),
    )


def _code(heading: str) -> str:
    """`FREQ` of `FREQ` and of `FREQ: Frequency`; a list in version 2 is marked `X[;]`."""
    return heading.partition(":")[0].partition("[")[0].strip()


def _label(heading: str) -> str | None:
    return heading.partition(":")[2].strip() or None


def _is_name_of_another(code: str, found: dict[str, str]) -> bool:
    """Whether the column only repeats another one in words, as labels=name does."""
    return code not in ("OBS_VALUE", "TIME_PERIOD") and code.upper() != code and " " in code


def _without_labels(column: pa.ChunkedArray) -> tuple[pa.ChunkedArray, dict[str, str]]:
    """The codes of `0301: Oslo`, and the labels; a column without such cells stays as it is."""
    texts = column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
    coded = texts.combine_chunks().dictionary_encode()
    coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
    cells = coded.dictionary.to_pylist()
    pairs = [cell.partition(": ") for cell in cells]
    if not cells or not all(between for _, between, _ in pairs):
        return column, {}
    codes = pa.array([code.strip() for code, _, _ in pairs], pa.string())
    labels = {code.strip(): label.strip() for code, _, label in pairs}
    return pa.chunked_array([codes.take(coded.indices)]), labels


def _first(table: pa.Table, found: dict[str, str], code: str) -> str | None:
    if code not in found or table.num_rows == 0:
        return None
    value = table[found[code]][0].as_py()
    return str(value) if value else None


def _refuse_deletions(name: str, table: pa.Table, found: dict[str, str]) -> None:
    if "ACTION" not in found:
        return
    actions = table[found["ACTION"]].cast(pa.string())
    if pc.any(pc.is_in(actions, value_set=pa.array(["D"]))).as_py():
        raise Unreadable(
            "deletes",
            f"Expected observations only; {name} has rows with ACTION D, which delete. A data set "
            "is taken in whole: export what is to stand.",
        )
