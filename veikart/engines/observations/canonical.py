"""The canonical table of observations, and the bytes of the Parquet file that a data set is.

Columns, in this order: `period`, `area`, one for each breakdown, `numerator`, `denominator`,
`status`, `note`. Rows are sorted by period, area and breakdowns (everyone, which is null, first)
and unique on these. Values are additive pairs, never shares: see `SCHEMA` and the methods' pages.
"""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, get_args

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from veikart.engines.observations.keys import row_keys
from veikart.engines.proposal import Unreadable

SCHEMA = "veikart-observations/1"

Kind = Literal["share", "count", "coverage", "rate", "survey_share", "amount"]
KINDS: tuple[Kind, ...] = get_args(Kind)
WITHOUT_DENOMINATOR: frozenset[Kind] = frozenset(("count", "amount"))
STATUSES = ("missing", "not_applicable", "not_reported")
"""Why there is no numerator; null in the column where there is one, or nothing more is known."""

BEFORE = ("period", "area")
AFTER = ("numerator", "denominator", "status", "note")
ROW_GROUP = 1 << 20

_BREAKDOWN = re.compile(r"[a-z][a-z0-9_]{0,62}")
_OPTIONS: dict[str, Any] = {
    "compression": "zstd", "compression_level": 3, "version": "2.6", "data_page_version": "1.0",
    "write_statistics": True, "store_schema": True, "row_group_size": ROW_GROUP,
}  # fmt: skip


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """What decides the columns of a canonical table: the indicator's kind, and its breakdowns'
    columns in order. Raises ValueError for a kind or a name that cannot be.
    """

    kind: Kind
    breakdowns: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"Expected a kind out of {', '.join(KINDS)}, found “{self.kind}”.")
        taken = {*BEFORE, *AFTER}
        for name in self.breakdowns:
            if not _BREAKDOWN.fullmatch(name) or name in taken:
                raise ValueError(
                    "Expected a breakdown’s column in small letters, digits and underscores, "
                    f"each once and none of {', '.join((*BEFORE, *AFTER))}; found “{name}”."
                )
            taken.add(name)

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that a row is unique on, in sorting order."""
        return (*BEFORE, *self.breakdowns)

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns, in order."""
        return (*self.keys, *AFTER)

    @property
    def number_type(self) -> pa.DataType:
        """Double for survey shares, whose numbers are weighted; else 64-bit whole numbers."""
        return pa.float64() if self.kind == "survey_share" else pa.int64()

    @property
    def has_denominator(self) -> bool:
        """False for counts and amounts, where the column is null throughout."""
        return self.kind not in WITHOUT_DENOMINATOR

    @property
    def schema(self) -> pa.Schema:
        """The table's schema; its metadata says the kind and the breakdowns."""
        required = {*BEFORE}
        fields = [pa.field(name, pa.string(), nullable=name not in required) for name in self.keys]
        fields += [pa.field(name, self.number_type) for name in ("numerator", "denominator")]
        fields += [pa.field(name, pa.string()) for name in ("status", "note")]
        described = {
            "veikart.schema": SCHEMA,
            "veikart.kind": self.kind,
            "veikart.breakdowns": ",".join(self.breakdowns),
        }
        return pa.schema(fields, metadata=described)


def table(rows: Iterable[Mapping[str, Any]], *, layout: Layout) -> pa.Table:
    """A canonical table, sorted, of `rows`; a column that a row does not name is null."""
    listed = [{name: row.get(name) for name in layout.columns} for row in rows]
    return arranged(pa.Table.from_pylist(listed, schema=layout.schema), layout=layout)


def arranged(observations: pa.Table, *, layout: Layout) -> pa.Table:
    """`observations` with its columns in order, of the canonical types, and its rows sorted.

    Columns may come in any order and of types that can be cast without loss; more columns are
    left out. Raises ValueError for a missing column, a cast with loss, and two rows with one key.
    """
    lacking = [name for name in layout.columns if name not in observations.column_names]
    if lacking:
        raise ValueError(
            f"Expected the columns {', '.join(layout.columns)}; {', '.join(lacking)} is missing."
        )
    plain = observations.select(layout.columns).replace_schema_metadata(None)
    plain = plain.cast(layout.schema.remove_metadata()).replace_schema_metadata(
        layout.schema.metadata
    )
    keys = row_keys([plain[name] for name in layout.keys])
    if not _grows(keys):
        order = np.argsort(keys, kind="stable")
        plain, keys = plain.take(pa.array(order)), keys[order]
    _refuse_repeated(plain, keys, layout)
    return plain


def encode(observations: pa.Table, *, layout: Layout) -> bytes:
    """The Parquet file of `observations`: the same rows give the same bytes, in any order.

    Raises ValueError where `arranged` and `problems` find that it is no canonical table.
    """
    canonical = arranged(observations, layout=layout).combine_chunks()
    if found := _wrong(canonical, layout):
        raise ValueError(" ".join(found))
    out = io.BytesIO()
    pq.write_table(canonical, out, **_OPTIONS)
    return out.getvalue()


def decode(content: bytes, *, name: str = "the data set") -> pa.Table:
    """The canonical table in the Parquet file `content`; `layout_of` tells its kind.

    Raises Unreadable (`broken_file`, `another_schema`) for what `encode` did not write.
    """
    try:
        read = pq.read_table(pa.BufferReader(content))
    except (pa.ArrowException, OSError, ValueError) as problem:
        raise Unreadable(
            "broken_file",
            f"Expected a Parquet file; {name} cannot be opened ({problem}). Make it again.",
        ) from problem
    layout = _layout_in(read.schema, name)
    if not read.schema.equals(layout.schema, check_metadata=False):
        raise _another_schema(name, layout.schema.to_string(), read.schema.to_string())
    if found := problems(read, layout=layout):
        raise _another_schema(name, "a canonical table", " ".join(found))
    return read


def layout_of(observations: pa.Table) -> Layout:
    """The layout that a canonical table says it has. Raises Unreadable (`another_schema`)."""
    return _layout_in(observations.schema, "the table")


def problems(observations: pa.Table, *, layout: Layout) -> list[str]:
    """What breaks the promises of a canonical table, one sentence each; empty if nothing does."""
    keys = row_keys([observations[name] for name in layout.keys])
    if not _grows(keys):
        return ["Expected rows sorted by their key, each key once.", *_wrong(observations, layout)]
    return _wrong(observations, layout)


def _wrong(observations: pa.Table, layout: Layout) -> list[str]:
    numerator, denominator = observations["numerator"], observations["denominator"]
    wrong = [
        (_nulls(observations, BEFORE), "Expected a period and an area in every row."),
        (
            not layout.has_denominator and denominator.null_count < len(denominator),
            f"Expected no denominator for the kind {layout.kind}.",
        ),
        (_any(pc.less(denominator, 0)), "Expected no negative denominator."),
        (_unknown_status(observations["status"]), f"Expected a status of {', '.join(STATUSES)}."),
        (
            _any(pc.and_(pc.is_valid(numerator), pc.is_valid(observations["status"]))),
            "Expected no numerator where a status says that there is none.",
        ),
    ]
    if layout.kind == "survey_share":
        finite = [_any(pc.invert(pc.is_finite(column))) for column in (numerator, denominator)]
        wrong.append((any(finite), "Expected finite numbers."))
    return [sentence for is_wrong, sentence in wrong if is_wrong]


def _layout_in(schema: pa.Schema, name: str) -> Layout:
    said = {key.decode(): value.decode() for key, value in (schema.metadata or {}).items()}
    if said.get("veikart.schema") != SCHEMA:
        raise _another_schema(name, SCHEMA, said.get("veikart.schema", "none"))
    listed = said.get("veikart.breakdowns", "")
    try:
        return msgspec.convert(
            {
                "kind": said.get("veikart.kind"),
                "breakdowns": listed.split(",") if listed else [],
            },
            Layout,
        )
    except (ValueError, msgspec.ValidationError) as problem:
        raise _another_schema(name, SCHEMA, str(problem)) from problem


def _another_schema(name: str, expected: str, found: str) -> Unreadable:
    return Unreadable(
        "another_schema",
        f"Expected {expected} in {name}, found: {found} "
        "Take the file in as any other, through a mapping.",
    )


def _grows(keys: "np.ndarray[Any, np.dtype[np.int64]]") -> bool:
    return bool(np.all(keys[1:] > keys[:-1]))


def _refuse_repeated(
    sorted_table: pa.Table, keys: "np.ndarray[Any, np.dtype[np.int64]]", layout: Layout
) -> None:
    same = np.flatnonzero(keys[1:] == keys[:-1])
    if len(same):
        first = sorted_table.select(layout.keys).slice(int(same[0]), 1).to_pylist()[0]
        raise ValueError(
            f"Expected each key once; {len(same):,} rows repeat one, the first of them {first}."
        )


def _nulls(observations: pa.Table, names: Sequence[str]) -> bool:
    return any(observations[name].null_count for name in names)


def _any(mask: pa.ChunkedArray) -> bool:
    return bool(pc.any(mask).as_py())


def _unknown_status(status: pa.ChunkedArray) -> bool:
    known = pc.is_in(status, value_set=pa.array([*STATUSES, None], pa.string()))
    return not pc.all(known).as_py() and len(status) > 0
