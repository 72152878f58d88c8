"""A file of figures becomes a data set: kept whole, read, mapped, checked, and stored for good.

It loads Arrow: import it where figures are taken in, so that other work does without.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from veikart.documents import services as documents
from veikart.engines.observations import canonical, reading
from veikart.engines.observations.applying import Mapped, apply
from veikart.engines.observations.faults import Fault, FaultCount, Faults
from veikart.engines.observations.judging import Expected, judge
from veikart.engines.observations.mapping import Mapping, decode_mapping, encode_mapping
from veikart.engines.observations.proposing import Wish, propose
from veikart.engines.observations.raw import Raw
from veikart.indicators import services, shelf
from veikart.indicators.models import DataSet
from veikart.people import audit, rules
from veikart.people.models import User
from veikart.places import reference_geography
from veikart.plan.indicators import Indicator, IndicatorKind

SHOWN = 10
"""So many rows are shown of a file before and after."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The first rows of a table, and how many more there are."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a file would give: how it was read, the rows, and everything that is wrong with it."""

    raw: Raw
    mapping: Mapping
    table: pa.Table
    layout: canonical.Layout
    faults: tuple[Fault, ...]
    counts: tuple[FaultCount, ...]

    @property
    def rows(self) -> int:
        """How many rows would be stored."""
        return int(self.table.num_rows)

    @property
    def refusals(self) -> int:
        """How many faults keep the file out."""
        return sum(each.count for each in self.counts if each.severity == "refuses")

    @property
    def cautions(self) -> int:
        """How many places are to be looked at twice."""
        return sum(each.count for each in self.counts if each.severity == "caution")

    @property
    def refused(self) -> bool:
        """Whether the file cannot be taken in like this."""
        return self.refusals > 0

    @property
    def before(self) -> Sample:
        """The first rows of the file."""
        return _sample(self.raw.table)

    @property
    def after(self) -> Sample:
        """The first rows as they would be stored."""
        return _sample(self.table)

    def lines(self, *, most: int) -> Iterator[str]:
        """The faults as sentences, the first `most` of them, and how many more there are."""
        for fault in self.faults[:most]:
            place = ", ".join(
                f"{name} {value}"
                for name, value in (("row", fault.row), ("column", fault.column))
                if value is not None
            )
            found = f", found “{fault.value}”" if fault.value is not None else ""
            yield f"{place}: expected {fault.expected}{found}. {fault.remedy}".removeprefix(": ")
        more = sum(each.count for each in self.counts) - min(most, len(self.faults))
        if more:
            yield f"… and {more:,} more."


@dataclass(frozen=True, slots=True)
class Taken:
    """The data set that a file gave, and whether it was not there before."""

    data_set: DataSet
    is_new: bool


class Refused(ValidationError):
    """A file with faults that keep it out; `preview` has them, row by row."""

    def __init__(self, preview: Preview) -> None:
        self.preview = preview
        super().__init__(
            _("%(count)d faults keep the file out, the first of them: %(first)s"),
            code="faults",
            params={"count": preview.refusals, "first": next(preview.lines(most=1), "")},
        )


def read(name: str, content: bytes) -> Raw:
    """The file as a raw table. Raises Unreadable."""
    return reading.read(name, content)


def preview(uid: str, name: str, content: bytes, *, mapping: Mapping | None = None) -> Preview:
    """What the file would give for the indicator `uid`, with `mapping` or the one that is proposed.

    Nothing is kept. Raises Unreadable for a file that cannot be read, ValidationError if there is
    no such indicator or it has no kind.
    """
    return _preview(services.measurable(uid), name, content, mapping)


def mapping_of(uid: str, said: Mapping | dict[str, Any] | None) -> Mapping | None:
    """The mapping that `said` gives by field name, for the kind of the indicator; None for None.

    Raises ValueError for a field that does not fit, ValidationError for an unknown indicator.
    """
    if said is None or isinstance(said, Mapping):
        return said
    return decode_mapping(msgspec.json.encode({"kind": _kind(services.measurable(uid)), **said}))


def take_in_data_set(  # noqa: PLR0913 (what a data set is: each is a fact of its own)
    uid: str,
    name: str,
    content: bytes,
    *,
    as_of: dt.date,
    source: str,
    address: str | None = None,
    query: str | None = None,
    note: str | None = None,
    mapping: Mapping | None = None,
    by: User | None,
) -> Taken:
    """Keep the file and store what it says as a data set of the indicator's version in force.

    The same observations again change nothing and give the data set that is there, withdrawn or
    not. Where it speaks
    of what an older data set spoke of, the newer one counts; nothing is overwritten. The
    document is kept first, whatever becomes of it; then either the Parquet file and its row are
    stored, or neither. Raises PermissionDenied; Unreadable for a file that cannot be read; Refused,
    which is a ValidationError, for faults; and ValidationError for an unknown indicator, one
    without a kind, or a day as of which another data set speaks of the same already.
    """
    if by is not None and not rules.can_edit(by):
        raise PermissionDenied
    definition = services.measurable(uid)
    document = documents.keep_for_editors(name, content, by=by)
    found = _preview(definition, name, content, mapping)
    if found.refused:
        raise Refused(found)
    periods = sorted(set(found.table["period"].to_pylist()))
    row = DataSet(
        indicator_id=uid,
        version=definition.version,
        rows=found.rows,
        as_of=as_of,
        source=source,
        address=address,
        document=document,
        mapping=_as_json(found.mapping),
        query=query,
        first_period=periods[0],
        last_period=periods[-1],
        note=note,
        taken_in_at=timezone.now(),
        taken_in_by=by,
    )
    return _store(row, found, by=by)


@transaction.atomic
def _store(row: DataSet, found: Preview, *, by: User | None) -> Taken:
    """The Parquet file first, then its row: a run that is killed leaves at most a file without one."""
    audit.lock()
    row.sha256 = shelf.keep_data_set(canonical.encode(found.table, layout=found.layout))
    alike = DataSet.objects.filter(indicator=row.indicator_id, version=row.version)
    same = alike.filter(sha256=row.sha256).first()
    if same is not None:
        return Taken(same, is_new=False)
    _refuse_same_day(row, found.table, alike)
    row.uid = _free_uid(row.sha256)
    row.full_clean()
    row.save(force_insert=True)
    after = {
        "data_set": row.uid,
        "version": row.version,
        "sha256": row.sha256,
        "rows": row.rows,
        "as_of": row.as_of.isoformat(),
        "document": row.document.sha256,
    }
    audit.record("indicator.data_set_taken_in", row.indicator_id, by=by, after=after)
    return Taken(row, is_new=True)


def _refuse_same_day(row: DataSet, table: pa.Table, alike: Any) -> None:
    """Two data sets of one day that speak of the same: nobody could tell which of them holds."""
    others = alike.filter(
        as_of=row.as_of,
        first_period__lte=row.last_period,
        last_period__gte=row.first_period,
        withdrawal=None,
    )
    for other in others:
        kept = canonical.decode(shelf.data_set_path(other.sha256).read_bytes(), name=other.uid)
        if _have_keys_in_common(table, kept):
            raise ValidationError(
                _(
                    "Expected a data set of another day than %(other)s, which has figures of the "
                    "same areas and periods as of %(day)s. Give the day on which these were true: "
                    "the later ones hold."
                ),
                code="same_day",
                params={"other": other.uid, "day": other.as_of},
            )


def _have_keys_in_common(first: pa.Table, second: pa.Table) -> bool:
    keys = [name for name in first.column_names if name not in canonical.AFTER]
    plain = [
        pa.table({name: pc.fill_null(table[name], "") for name in keys})
        for table in (first, second)
        if set(keys) <= set(table.column_names)
    ]
    return len(plain) == 2 and plain[0].join(plain[1], keys, join_type="inner").num_rows > 0


def _free_uid(sha256: str) -> str:
    """The address of a data set; the same observations in another version have a number behind."""
    first = f"datasett/{sha256[:16]}"
    taken = set(DataSet.objects.filter(uid__startswith=first).values_list("uid", flat=True))
    uid, number = first, 1
    while uid in taken:
        number += 1
        uid = f"{first}-{number}"
    return uid


def _preview(definition: Indicator, name: str, content: bytes, mapping: Mapping | None) -> Preview:
    raw = read(name, content)
    used = mapping or _proposed(definition, raw)
    used = msgspec.structs.replace(used, kind=_kind(definition))
    faults, geography = Faults(), reference_geography()
    inhabitants = _inhabitants() if definition.kind == "coverage" else None
    found = _completed(apply(raw, mapping=used, faults=faults, inhabitants=inhabitants), definition)
    expected = Expected(breaks=tuple(each.period for each in definition.breaks))
    judge(found, faults=faults, geography=geography, expected=expected)
    if not found.table.num_rows and not faults.refuses:
        faults.add("empty", expected="rows with figures, found none", remedy="Fill in the table.")
    table = found.table
    if not faults.refuses:
        table = canonical.arranged(table, layout=found.layout)
    return Preview(
        raw=raw,
        mapping=used,
        table=table,
        layout=found.layout,
        faults=faults.all(),
        counts=faults.counts(),
    )


def _proposed(definition: Indicator, raw: Raw) -> Mapping:
    wishes = [
        Wish(
            column=each.column,
            label=each.label,
            categories={
                category.code: category.label
                for category in definition.categories
                if category.column == each.column
            },
        )
        for each in definition.breakdowns
    ]
    found = propose(raw, kind=_kind(definition), breakdowns=wishes)
    return msgspec.structs.replace(found, per=definition.per or 1)


def _completed(mapped: Mapped, definition: Indicator) -> Mapped:
    """With all breakdowns of the definition: one that the file lacks says everyone throughout."""
    columns = tuple(each.column for each in definition.breakdowns)
    layout = canonical.Layout(kind=_kind(definition), breakdowns=columns)
    table = mapped.table
    for name in columns:
        if name not in table.column_names:
            nothing = pa.nulls(table.num_rows, pa.string()).dictionary_encode()
            table = table.append_column(name, nothing)
    return Mapped(table.select(layout.columns), mapped.rows, layout)


@cache
def _inhabitants() -> pa.Table:
    """The inhabitants of each municipality on 1 January, for shares of those who are covered."""
    population = reference_geography().population
    return pa.table(
        {
            "area": pa.array([code for code, _year in population], pa.string()),
            "period": pa.array([str(year) for _code, year in population], pa.string()),
            "inhabitants": pa.array(list(population.values()), pa.int64()),
        }
    )


def _kind(definition: Indicator) -> IndicatorKind:
    if definition.kind is None:
        raise ValueError(f"Expected the kind of {definition.uid}, found none.")
    return definition.kind


def _as_json(mapping: Mapping) -> Any:
    return msgspec.json.decode(encode_mapping(mapping))


def _sample(table: pa.Table) -> Sample:
    rows = [tuple(map(_text, row.values())) for row in table.slice(0, SHOWN).to_pylist()]
    more = max(table.num_rows - SHOWN, 0)
    return Sample(headings=tuple(table.column_names), rows=tuple(rows), more=more)


def _text(cell: Any) -> str | None:
    if cell is None or isinstance(cell, str):
        return cell
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)
