"""A workbook for those who own the figures to fill in; it carries its own mapping, so that it is
read back without a question.
"""

import datetime as dt
import io
import itertools
import re
import zipfile
from collections.abc import Iterator

import msgspec
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from veikart.engines.observations.canonical import Kind
from veikart.engines.observations.mapping import Group, Mapping, encode_mapping
from veikart.engines.observations.proposing import Wish
from veikart.engines.observations.spreadsheet import MAPPING_SHEET

MOST_ROWS = 90_000

_FIXED = (1980, 1, 1, 0, 0, 0)
_GIVEN = PatternFill("solid", fgColor="EEF1F5")
_MODIFIED = re.compile(rb"(<dcterms:(?:modified|created)[^>]*>)[^<]*")


class TemplateArea(msgspec.Struct, frozen=True, kw_only=True):
    """An area to be filled in: its code, its name, and its inhabitants where they are needed."""

    code: str
    name: str
    inhabitants: int | None = None


class TemplateWords(msgspec.Struct, frozen=True, kw_only=True):
    """What the workbook says, in its reader's language; `{title}` and `{unit}` are filled in."""

    data_sheet: str = "Figures"
    help_sheet: str = "How to"
    period: str = "Period"
    area: str = "Code"
    area_name: str = "Area"
    inhabitants: str = "Inhabitants"
    answer: str = "Offered"
    numerator: str = "Numerator"
    denominator: str = "Denominator"
    count: str = "Count"
    amount: str = "Kroner"
    share: str = "Share (%)"
    n: str = "Respondents (n)"
    note: str = "Note"
    everyone: str = "All"
    yes: str = "yes"
    no: str = "no"
    unknown: str = "unknown"
    wrong_answer: str = "Choose one of the answers in the list."
    help_lines: tuple[str, ...] = (
        "{title}",
        "Unit: {unit}",
        "Fill in the white cells. The grey ones are given; do not change them.",
        "Leave a cell empty where you have no number, and say why in the note. Empty is never 0.",
        "Do not add columns. Rows that are not yours may be deleted.",
    )


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be filled in: one row for each period, area and group.

    A coverage asks yes, no or unknown of each area. `on` is the day the workbook says it is of.
    """

    title: str
    kind: Kind
    unit: str | None
    periods: tuple[str, ...]
    areas: tuple[TemplateArea, ...]
    on: dt.date
    breakdowns: tuple[Wish, ...] = ()
    words: TemplateWords = TemplateWords()


def write_template(template: Template) -> bytes:
    """The XLSX file of `template`; the same template gives the same bytes.

    Raises ValueError for no row, for too many, and for headings that are not different.
    """
    mapping = template_mapping(template)
    headings = _headings(template)
    rows = list(_rows(template))
    if not 0 < len(rows) <= MOST_ROWS or len(set(headings)) != len(headings):
        raise ValueError(
            f"Expected 1 to {MOST_ROWS:,} rows and headings that differ, found {len(rows):,} rows "
            f"and {', '.join(headings)}. Ask for fewer periods or groups."
        )
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = template.words.data_sheet
    sheet.append(headings)
    for row in rows:
        sheet.append(row)
    _dress(sheet, template, headings, len(rows))
    _add_help(workbook.create_sheet(template.words.help_sheet), template)
    hidden = workbook.create_sheet(MAPPING_SHEET)
    hidden["A1"] = encode_mapping(mapping)
    hidden.sheet_state = "hidden"
    return _same_bytes(workbook, template.on)


def template_mapping(template: Template) -> Mapping:
    """The mapping by which the filled workbook is read."""
    words = template.words
    groups = tuple(
        Group(
            column=wish.column,
            source=wish.label,
            codes={label: code for code, label in wish.categories.items()},
            everyone=(words.everyone,),
        )
        for wish in template.breakdowns
    )
    mapping = Mapping(
        kind=template.kind,
        period=words.period,
        area=words.area,
        groups=groups,
        note=words.note,
        scale="percent" if template.kind == "survey_share" else "share",
    )
    return msgspec.structs.replace(mapping, **_number_columns(template))


def _number_columns(template: Template) -> dict[str, str]:
    words = template.words
    columns: dict[Kind, dict[str, str]] = {
        "coverage": {"denominator": words.inhabitants, "answer": words.answer},
        "count": {"value": words.count},
        "amount": {"value": words.amount},
        "survey_share": {"value": words.share, "n": words.n},
    }
    pair = {"numerator": words.numerator, "denominator": words.denominator}
    return columns.get(template.kind, pair)


def _headings(template: Template) -> list[str]:
    words = template.words
    return [
        words.period, words.area, words.area_name, *(wish.label for wish in template.breakdowns),
        *_number_columns(template).values(), words.note,
    ]  # fmt: skip


def _rows(template: Template) -> Iterator[list[str | int | None]]:
    choices = [[template.words.everyone, *wish.categories.values()] for wish in template.breakdowns]
    for period, area in itertools.product(template.periods, template.areas):
        for groups in itertools.product(*choices):
            given = [area.inhabitants] if template.kind == "coverage" else []
            yield [period, area.code, area.name, *groups, *given]


def _dress(sheet: Worksheet, template: Template, headings: list[str], rows: int) -> None:
    """Headings that stay in sight, codes as text, grey for what is given, and a list of answers."""
    given = len(headings) - len(_number_columns(template)) - 1
    given += template.kind == "coverage"
    sheet.freeze_panes = "A2"
    for place, heading in enumerate(headings, start=1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = max(12, min(len(heading) + 4, 40))
        sheet[f"{letter}1"].font = Font(bold=True)
        if place <= given:
            for number in range(2, rows + 2):
                cell = sheet[f"{letter}{number}"]
                cell.fill = _GIVEN
                if isinstance(cell.value, str):
                    # Text, so that no name is ever calculated.
                    cell.data_type = "s"
                if place <= 2:
                    cell.number_format = "@"
    if template.kind == "coverage":
        _add_answers(sheet, template.words, get_column_letter(given + 1), rows)


def _add_answers(sheet: Worksheet, words: TemplateWords, letter: str, rows: int) -> None:
    answers = DataValidation(
        type="list",
        formula1=f'"{words.yes},{words.no},{words.unknown}"',
        allow_blank=True,
        showErrorMessage=True,
        error=words.wrong_answer,
    )
    answers.add(f"{letter}2:{letter}{rows + 1}")
    sheet.add_data_validation(answers)


def _add_help(sheet: Worksheet, template: Template) -> None:
    sheet.column_dimensions["A"].width = 90
    for number, line in enumerate(template.words.help_lines, start=1):
        cell = sheet.cell(row=number, column=1)
        cell.value = line.format(title=template.title, unit=template.unit or "–")
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=number == 1)


def _same_bytes(workbook: Workbook, on: dt.date) -> bytes:
    """The file, with the template's own day where the library writes the time of writing."""
    written, packed = io.BytesIO(), io.BytesIO()
    workbook.save(written)
    stamp = f"{on.isoformat()}T00:00:00Z".encode()
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(packed, "w") as out:
        for name in parts.namelist():
            content = parts.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(lambda match: match[1] + stamp, content)
            part = zipfile.ZipInfo(name, _FIXED)
            part.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(part, content)
    return packed.getvalue()
