"""Any file of figures as a raw table: what it is, is told by what is in it, not by its name."""

import io
from typing import BinaryIO

from veikart.engines.observations.delimited import HEAD, read_delimited, read_headings
from veikart.engines.observations.json_stat import read_json_stat
from veikart.engines.observations.parquet import read_parquet
from veikart.engines.observations.raw import MOST_BYTES, Form, Raw
from veikart.engines.observations.sdmx_csv import is_sdmx_csv, read_sdmx_csv
from veikart.engines.observations.spreadsheet import read_spreadsheet
from veikart.engines.proposal import Unreadable

IN_MEMORY = 200_000_000
"""XLSX and JSON-stat are held whole while they are read, so they have a smaller limit."""


def read(name: str, source: bytes | BinaryIO) -> Raw:
    """The raw table in `source`: bytes, or a binary file that the caller opened and can seek.

    Raises Unreadable with what was expected, found, and what to do. Nothing else is raised for any
    bytes whatever.
    """
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    head = file.read(HEAD)
    if head.startswith(b"%PDF-"):
        raise Unreadable(
            "not_text",
            f"Expected a table; {name} is a PDF. Export the table as CSV, XLSX, JSON-stat, SDMX-CSV or "
            "Parquet.",
        )
    form = form_of(head)
    most = MOST_BYTES if form in ("csv", "sdmx_csv", "parquet") else IN_MEMORY
    if size > most:
        raise Unreadable(
            "too_large",
            f"Expected a file of at most {most // 10**6:,} MB; {name} has {size // 10**6:,} MB. "
            "Take it in in parts, such as a year at a time, or make a Parquet file of it.",
        )
    file.seek(0)
    if form == "parquet":
        return read_parquet(name, file)
    if form == "xlsx":
        return read_spreadsheet(name, file.read())
    if form == "json_stat":
        return read_json_stat(name, file.read())
    if is_sdmx_csv(read_headings(name, head)):
        return read_sdmx_csv(name, file)
    return read_delimited(name, file)


def form_of(head: bytes) -> Form:
    """What the file is by its first bytes; anything unknown is tried as CSV."""
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        return "json_stat"
    return "csv"
