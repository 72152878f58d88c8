"""What a file of figures would give: read, mapped and judged, before anything is kept.

It loads Arrow: import it where figures are taken in, so that other work does without.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec
import pyarrow as pa

from veikart.engines.observations import canonical, reading
from veikart.engines.observations.applying import Mapped, apply
from veikart.engines.observations.faults import Fault, FaultCount, Faults
from veikart.engines.observations.judging import Expected, judge
from veikart.engines.observations.mapping import Mapping
from veikart.engines.observations.proposing import Wish, propose
from veikart.engines.observations.raw import Raw
from veikart.indicators import services
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


def read(name: str, content: bytes) -> Raw:
    """The file as a raw table. Raises Unreadable."""
    return reading.read(name, content)


def preview(uid: str, name: str, content: bytes, *, mapping: Mapping | None = None) -> Preview:
    """What the file would give for the indicator `uid`, with `mapping` or the one that is proposed.

    Nothing is kept. Raises Unreadable for a file that cannot be read, ValidationError if there is
    no such indicator or it has no kind.
    """
    return previewed(services.measurable(uid), name, content, mapping)


def previewed(definition: Indicator, name: str, content: bytes, mapping: Mapping | None) -> Preview:
    """As `preview`, for a definition that has its kind. Raises Unreadable."""
    raw = read(name, content)
    used = mapping or _proposed(definition, raw)
    used = msgspec.structs.replace(used, kind=kind_of(definition))
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
    found = propose(raw, kind=kind_of(definition), breakdowns=wishes)
    return msgspec.structs.replace(found, per=definition.per or 1)


def _completed(mapped: Mapped, definition: Indicator) -> Mapped:
    """With all breakdowns of the definition: one that the file lacks says everyone throughout."""
    columns = tuple(each.column for each in definition.breakdowns)
    layout = canonical.Layout(kind=kind_of(definition), breakdowns=columns)
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


def kind_of(definition: Indicator) -> IndicatorKind:
    """The kind of a definition that is measurable. Raises ValueError if it has none."""
    if definition.kind is None:
        raise ValueError(f"Expected the kind of {definition.uid}, found none.")
    return definition.kind


def _sample(table: pa.Table) -> Sample:
    rows = [tuple(map(_text, row.values())) for row in table.slice(0, SHOWN).to_pylist()]
    more = max(table.num_rows - SHOWN, 0)
    return Sample(headings=tuple(table.column_names), rows=tuple(rows), more=more)


def _text(cell: Any) -> str | None:
    if cell is None or isinstance(cell, str):
        return cell
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)
