"""A small country that two municipalities merge in, and data sets written as text."""

import datetime as dt
import hashlib

from veikart.engines.geography.places import (
    Change,
    CountyRegion,
    Geography,
    HospitalArea,
    Place,
)
from veikart.engines.observations.canonical import Layout, table
from veikart.indicators.computing.compute import compute
from veikart.plan.indicators import Breakdown, Category, DataSet, Indicator

MERGER = dt.date(2020, 1, 1)
BEFORE, AFTER = dt.date(2019, 1, 1), dt.date(2020, 1, 1)
BEGINNING = dt.date(2000, 1, 1)

POPULATION = """
    0301 | 2019 | 700
    1103 | 2019 | 150
    1111 | 2019 | 60
    1112 | 2019 | 40
    0301 | 2020 | 700
    1103 | 2020 | 150
    1110 | 2020 | 100
"""


def cells(text):
    """The rows of a table written as text; a dash is a missing value."""
    lines = (line.split("|") for line in text.strip().splitlines())
    return [[None if cell.strip() == "-" else cell.strip() for cell in line] for line in lines]


def _place(level, code, valid_from=BEGINNING, valid_to=None):
    return Place(
        level=level, code=code, name=f"Nr. {code}", official_name=f"Nr. {code}",
        name_sami_or_kven=None, valid_from=valid_from, valid_to=valid_to,
    )  # fmt: skip


def _merged(code):
    return Change(
        level="municipality", on=MERGER, from_code=code, to_code="1110", kind="merge", share=1.0,
        basis="exact",
    )  # fmt: skip


GEOGRAPHY = Geography(
    municipalities_ever=(
        _place("municipality", "0301"),
        _place("municipality", "1103"),
        _place("municipality", "1110", valid_from=MERGER),
        _place("municipality", "1111", valid_to=MERGER),
        _place("municipality", "1112", valid_to=MERGER),
    ),
    counties_ever=(_place("county", "03"), _place("county", "11")),
    changes=(_merged("1111"), _merged("1112")),
    county_regions=(
        CountyRegion(county="03", region="H12", valid_from=BEGINNING, valid_to=None),
        CountyRegion(county="11", region="H03", valid_from=BEGINNING, valid_to=None),
    ),
    hospital_areas=(
        HospitalArea(
            code="stavanger", name="Stavanger", region="H03", municipalities=("1103", "1110")
        ),
    ),
    population={(code, int(year)): int(people) for code, year, people in cells(POPULATION)},
)
"""Oslo, which is in no hospital area, and the county 11, where 1111 and 1112 became 1110 in 2020."""


def definition(kind, **fields):
    """An indicator of a kind; `breakdowns` as text, such as `sex: k m; age: 0 67`."""
    breakdowns = dict(
        part.split(":") for part in fields.pop("breakdowns", "").split(";") if part.strip()
    )
    names = {column.strip(): codes.split() for column, codes in breakdowns.items()}
    pairs = [(column, code) for column, codes in names.items() for code in codes]
    return Indicator(
        uid="indikator/1.4", code="1.4", title="Prøve", version=1, kind=kind,
        breakdowns=tuple(
            Breakdown(no=no, column=name, label=name) for no, name in enumerate(names, start=1)
        ),
        categories=tuple(
            Category(no=no, column=column, code=code, label=code)
            for no, (column, code) in enumerate(pairs, start=1)
        ),
        **fields,
    )  # fmt: skip


def observations(text, *, kind, breakdowns=()):
    """A canonical table: period, area, the breakdowns, numerator, denominator, and a status."""
    layout = Layout(kind=kind, breakdowns=tuple(breakdowns))
    number = float if kind == "survey_share" else int
    names = (*layout.keys, "numerator", "denominator", "status")
    rows = [dict(zip(names, row, strict=False)) for row in cells(text)] if text.strip() else []
    for row in rows:
        for name in ("numerator", "denominator"):
            row[name] = None if row[name] is None else number(row[name])
    return table(rows, layout=layout)


def data_set(name, *, as_of=dt.date(2024, 6, 30)):
    """What is said of a data set; its hash is that of its name."""
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    return DataSet(
        uid=f"datasett/{sha256[:16]}", indicator="indikator/1.4", version=1, sha256=sha256, rows=1,
        as_of=as_of, source="Prøve",
    )  # fmt: skip


def computed(indicator, *texts, backend, borders=AFTER, geography=GEOGRAPHY):
    """What comes of data sets written as text, the first the oldest."""
    columns = [each.column for each in indicator.breakdowns]
    sources = [
        (
            data_set(str(no), as_of=dt.date(2024, no, 1)),
            observations(text, kind=indicator.kind, breakdowns=columns),
        )
        for no, text in enumerate(texts, start=1)
    ]
    return compute(indicator, sources, geography=geography, borders=borders, backend=backend)


def told(found, level, area, group=()):
    """The pairs of one series by period."""
    figures = found.figures
    for each in figures.slices:
        if (each.level, each.group) == (level, group):
            for series in each.series:
                if series.area == area:
                    denominators = series.denominator or [None] * len(series.numerator)
                    pairs = zip(series.numerator, denominators, strict=True)
                    return dict(zip(figures.periods, pairs, strict=True))
    return None
