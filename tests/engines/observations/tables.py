"""Files of figures written as text, and the small country they are of."""

import datetime as dt

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from veikart.engines.geography.places import Change, Geography, Place
from veikart.engines.observations.applying import Mapped, apply
from veikart.engines.observations.canonical import encode
from veikart.engines.observations.faults import MOST_SHOWN, Fault, FaultCount, Faults
from veikart.engines.observations.judging import judge
from veikart.engines.observations.mapping import Mapping
from veikart.engines.observations.proposing import Wish, propose
from veikart.engines.observations.raw import Raw
from veikart.engines.observations.reading import read

SEX = Wish(column="sex", label="Kjønn", categories={"k": "Kvinner", "m": "Menn"})


def municipality(code, name, since="2010-01-01", until=None):
    return Place(
        level="municipality" if len(code) == 4 else "county",
        code=code,
        name=name,
        official_name=name,
        name_sami_or_kven=None,
        valid_from=dt.date.fromisoformat(since),
        valid_to=None if until is None else dt.date.fromisoformat(until),
    )


GEOGRAPHY = Geography(
    municipalities_ever=(
        municipality("0301", "Oslo"),
        municipality("1507", "Ålesund", "2020-01-01", "2024-01-01"),
        municipality("1508", "Ålesund", "2024-01-01"),
        municipality("1580", "Haram", "2024-01-01"),
        municipality("1515", "Herøy"),
        municipality("1818", "Herøy"),
    ),
    counties_ever=(
        municipality("03", "Oslo"),
        municipality("15", "Møre og Romsdal"),
        municipality("18", "Nordland"),
    ),
    changes=tuple(
        Change(
            level="municipality", on=dt.date(2024, 1, 1), from_code="1507", to_code=to,
            kind="split", share=share, basis="published",
        )
        for to, share in (("1508", 0.86), ("1580", 0.14))
    ),
    population={
        ("0301", 2023): 709_000, ("1507", 2023): 67_000, ("1515", 2023): 9_000, ("1818", 2023): 1_800,
    },
)  # fmt: skip


def written(text, delimiter=";"):
    """A CSV file of a table written as text with | between the cells."""
    lines = [
        delimiter.join(cell.strip() for cell in line.strip().split("|"))
        for line in text.strip().splitlines()
    ]
    return ("\n".join(lines) + "\n").encode()


def parquet(table):
    out = pa.BufferOutputStream()
    pq.write_table(table, out)
    return out.getvalue().to_pybytes()


class Checked(msgspec.Struct):
    """What became of a file: its rows, and all that is wrong with them."""

    raw: Raw
    mapping: Mapping
    mapped: Mapped
    faults: tuple[Fault, ...]
    counts: tuple[FaultCount, ...]
    refuses: bool


def check(raw, *, mapping, geography, inhabitants=None, expected=None, most=MOST_SHOWN):
    """The whole way of a file, as the indicators take it in."""
    faults = Faults(most=most)
    mapped = apply(raw, mapping=mapping, faults=faults, inhabitants=inhabitants)
    judge(mapped, faults=faults, geography=geography, expected=expected)
    return Checked(raw, mapping, mapped, faults.all(), faults.counts(), faults.refuses)


def data_set(checked):
    """The Parquet file of what was not refused."""
    assert not checked.refuses
    return encode(checked.mapped.table, layout=checked.mapped.layout)


def checked(text, kind, *wishes, geography=None, **more):
    """What becomes of a table written as text, with the mapping that is proposed by itself."""
    content = text if isinstance(text, bytes) else written(text)
    raw = read("figures", content)
    return check(
        raw, mapping=propose(raw, kind=kind, breakdowns=wishes), geography=geography, **more
    )


def counts(checked):
    return {count.code: count.count for count in checked.counts}


def rows(checked):
    """The canonical rows without what is null."""
    return [
        {name: cell for name, cell in row.items() if cell is not None}
        for row in checked.mapped.table.to_pylist()
    ]
