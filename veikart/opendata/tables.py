"""Figures as one long table: CSV, XLSX and Parquet, one row for each area, group and period."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, repeat
from typing import Any

from django.utils.translation import gettext as _

from veikart.core.spreadsheets import neutral
from veikart.opendata.cube import EVERYONE, Cube, cube
from veikart.opendata.json_stat import unit
from veikart.opendata.published import Published
from veikart.opendata.workbooks import Sheet, workbook
from veikart.plan.figures import LevelName


def columns(made: Cube) -> list[str]:
    """The names of the columns: codes, and the same in every language."""
    groups = [dimension.id for dimension in made.dimensions[1:-1]]
    return ["period", "level", "area", "area_name", *groups, *made.measures, "status"]


def rows(published: Published, made: Cube) -> Iterator[list[Any]]:
    """Every cell that the figures have, None where there is no value; `status` says why."""
    periods = made.dimensions[-1].codes
    for head, here in _heads(published, made):
        measures = (values[here] for values in made.measures.values())
        for period, *numbers in zip(periods, *measures, made.status[here], strict=True):
            yield [period, *head, *numbers]


def _heads(published: Published, made: Cube) -> Iterator[tuple[list[str | None], slice]]:
    """What all rows of a series have in common, and where they are: level, area, name and groups."""
    levels: dict[str, LevelName] = {
        series.area: part.level for part in published.figures.slices for series in part.series
    }
    names = published.area_names
    for (area, *groups), here in made.series():
        named = (None if code == EVERYONE else code for code in groups)
        yield [levels[area], area, names.get(area, area), *named], here


def write_csv(published: Published) -> bytes:
    """UTF-8 with BOM, commas between, decimal points; an empty cell where nothing is known.

    A text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    made = cube(published)
    periods = made.dimensions[-1].codes
    heads, numbers = list(_heads(published, made)), made.texts
    written = as_lines([neutral(text) if text else text for text in head] for head, _here in heads)
    lines = as_lines([columns(made)])
    for (_head, here), head in zip(heads, written, strict=True):
        texts = repeat(head)
        statuses = [status or "" for status in made.status[here]]
        cells = (each[here] for each in numbers)
        lines += map(",".join, zip(periods, texts, *cells, statuses, strict=False))
    return "\r\n".join([*lines, ""]).encode("utf-8-sig")


def as_lines(rows: Iterable[Sequence[str | None]]) -> list[str]:
    """Each row's cells with commas between, in quotes where they need them; no end of line."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=APART).writerows(rows)
    return out.getvalue().split(APART)[:-1]


APART = "\x00"
"""What no text has, unlike an end of line."""


def write_xlsx(published: Published) -> bytes:
    """A workbook with the table and a sheet that tells what it is and where it comes from."""
    made = cube(published)
    table = chain([columns(made)], rows(published, made))
    return workbook(
        Sheet(title=_("Figures"), rows=table, frozen="A2"),
        Sheet(title=_("About"), rows=about(published), widths=(28, 90), has_head=False),
    )


def about(published: Published) -> list[tuple[str, str]]:
    """What a reader of the numbers must know, as pairs of a name and a text."""
    indicator, result = published.indicator, published.result
    told = [
        (_("Indicator"), f"{indicator.code} {published.title}"),
        (_("Definition"), indicator.definition),
        (_("Unit"), unit(published)),
        (_("Numerator"), indicator.numerator),
        (_("Denominator"), indicator.denominator),
        (_("Source"), published.source),
        (_("Data controller"), indicator.data_controller),
        (_("Data as of"), result.as_of.isoformat() if result.as_of else None),
        (_("Borders of"), published.figures.borders.isoformat()),
        (_("Version of the definition"), str(result.version)),
        (_("Quality"), indicator.quality),
        *((_("Break in the series"), f"{b.period}: {b.reason}") for b in indicator.breaks),
        (_("Hash of the figures (SHA-256)"), result.figures),
    ]
    return [(name, said) for name, said in told if said]


def write_parquet(published: Published) -> bytes:
    """The same table as Parquet, zstd; numbers are floating point, texts are texts."""
    import numpy as np  # noqa: PLC0415 (large, and only this needs them)
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    made = cube(published)
    names = columns(made)
    fields = [(name, pa.float64() if name in made.measures else pa.string()) for name in names]
    schema = pa.schema(fields, metadata={"title": published.title, **dict(about(published))})
    periods, heads = made.dimensions[-1].codes, list(_heads(published, made))
    # Each series' texts and each period's are made once, and then only pointed to.
    series = np.repeat(np.arange(len(heads)), len(periods))
    period = np.tile(np.arange(len(periods)), len(heads))
    cells: list[list[Any]] = [*made.measures.values(), made.status]
    listed = [list(chain.from_iterable(each[here] for _head, here in heads)) for each in cells]
    told = zip(*(head for head, _here in heads), strict=True)
    arrays = [
        pa.array(periods, pa.string()).take(pa.array(period)),
        *(pa.array(texts, pa.string()).take(pa.array(series)) for texts in told),
        # What is None becomes NaN, and then null.
        *(pa.array(np.array(values, np.float64), from_pandas=True) for values in listed[:-1]),
        pa.array(listed[-1], pa.string()),
    ]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), out, compression="zstd")
    return out.getvalue()
