"""The register that comes with the dataset, many times over, as CSV and as XLSX."""

import csv
import io
from pathlib import Path

from openpyxl import Workbook

import veikart

REGISTER = Path(veikart.__file__).parent / "intake/datasets/ehelse/register-2026-08.csv"
ID = "Leveranse-ID"
NAME = "Leveransenavn i veikartet"
GROUPING = "Strategi gruppering"


def rows(times: int) -> tuple[list[str], list[dict[str, str]]]:
    """The columns and the rows, `times` over; each copy has ids, names and groupings of its own."""
    with REGISTER.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, delimiter=";")
        original = list(reader)
        columns = list(reader.fieldnames or [])
    made = []
    for number in range(times):
        for row in original:
            copy = dict(row)
            if number:
                copy[ID] = str(int(row[ID]) + number * 10_000_000)
                copy[NAME] = f"{row[NAME]} {number + 1}"
                copy[GROUPING] = f"{row[GROUPING][:50]} {number + 1}"
            made.append(copy)
    return columns, made


def as_csv(times: int) -> bytes:
    """The register `times` over, as it is exported."""
    columns, made = rows(times)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(made)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(times: int) -> bytes:
    """The register `times` over as a workbook."""
    columns, made = rows(times)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Veikart")
    sheet.append(columns)
    for row in made:
        sheet.append([row[column] or None for column in columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
