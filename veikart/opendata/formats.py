"""The formats that an indicator can be fetched in, by the ending of the address."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import translation

from veikart.opendata import json_stat, sdmx, tables
from veikart.opendata.published import Published


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the ending of its addresses, what people call it, its media type, and its writer."""

    ending: str
    name: str
    media_type: str
    write: Callable[[Published], bytes]


FORMATS: dict[str, Format] = {
    each.ending: each
    for each in (
        Format("csv", "CSV", "text/csv; charset=utf-8", tables.write_csv),
        Format(
            "xlsx",
            "XLSX",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            tables.write_xlsx,
        ),
        Format("json", "JSON-stat 2.0", "application/json", json_stat.write),
        Format(
            "sdmx.csv",
            "SDMX-CSV 2.0",
            "application/vnd.sdmx.data+csv;version=2.0.0",
            sdmx.write_csv,
        ),
        Format(
            "sdmx.json",
            "SDMX-JSON 2.0",
            "application/vnd.sdmx.structure+json;version=2.0.0",
            sdmx.write_structure,
        ),
        Format("parquet", "Parquet", "application/vnd.apache.parquet", tables.write_parquet),
    )
}


def write(published: Published, ending: str) -> bytes:
    """The indicator in the format of `ending`, with labels in its language. Raises KeyError."""
    with translation.override(published.language):
        return FORMATS[ending].write(published)
