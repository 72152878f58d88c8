"""What a dataset says of indicators: `indicators.toml`, and the files of figures it names."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from veikart.engines.proposal import FoundAt, Item
from veikart.intake.datasets import files
from veikart.places.tables import REFERENCE
from veikart.plan.indicators import Cadence, Direction, IndicatorKind, TargetKind

FOLDER = "indicator_series"


class TargetEntry(files.Entry, frozen=True, kw_only=True):
    """A target of an indicator."""

    year: int
    value: float
    kind: TargetKind = "reach"
    upper: float | None = None
    decided_by: str | None = None
    note: str | None = None


class BreakEntry(files.Entry, frozen=True, kw_only=True):
    """A break in an indicator's series."""

    period: str
    reason: str
    comparable: bool


class BreakdownEntry(files.Translated, frozen=True, kw_only=True):
    """A way an indicator is divided; its categories are codes with their labels."""

    column: str
    label: str
    ordered: bool = False
    categories: list["CategoryEntry"] = []


class CategoryEntry(files.Translated, frozen=True, kw_only=True):
    """One value of a breakdown."""

    code: str
    label: str


class DataSetEntry(files.Entry, frozen=True, kw_only=True):
    """A file of figures: `file` in the folder `indicator_series`, or a table among those of places.

    `mapping` says how its columns are read where that cannot be seen from their names.
    """

    as_of: dt.date
    source: str
    file: str | None = None
    reference: str | None = None
    address: str | None = None
    note: str | None = None
    mapping: dict[str, Any] | None = None


class IndicatorEntry(files.Translated, frozen=True, kw_only=True):
    """An indicator, with the data sets it has; what is left out is not known."""

    code: str
    title: str | None = None
    question: str | None = None
    question_nn: str | None = None
    question_en: str | None = None
    definition: str | None = None
    kind: IndicatorKind | None = None
    unit: str | None = None
    direction: Direction | None = None
    per: int | None = None
    numerator: str | None = None
    denominator: str | None = None
    population: str | None = None
    source: str | None = None
    source_address: str | None = None
    data_controller: str | None = None
    cadence: Cadence | None = None
    lag_months: int | None = None
    baseline_period: str | None = None
    baseline_value: float | None = None
    baseline_note: str | None = None
    ambition: str | None = None
    owner: str | None = None
    measures: list[str] = []
    quality: str | None = None
    smallest: int | None = None
    note: str | None = None
    breakdowns: list[BreakdownEntry] = []
    targets: list[TargetEntry] = []
    breaks: list[BreakEntry] = []
    data_sets: list[DataSetEntry] = []


@dataclass(frozen=True, kw_only=True)
class SeriesFile:
    """A file of figures of an indicator, and what the dataset says of it."""

    indicator: str
    path: Path
    entry: DataSetEntry


PLAIN = (
    "code", "title", "question", "definition", "kind", "unit", "direction", "per", "numerator",
    "denominator", "population", "source", "source_address", "data_controller", "cadence",
    "lag_months", "baseline_period", "baseline_value", "baseline_note", "ambition", "owner",
    "measures", "quality", "smallest", "note",
)  # fmt: skip
"""The fields that are called the same in the file and in the plan."""


def read(folder: Path) -> tuple[list[Item], list[SeriesFile]]:
    """The indicators of the dataset in `folder`, as items to put, and their files of figures.

    Raises ValueError with the file and the place if something does not fit, or a file is missing.
    """
    entries = files.read_toml_list(folder / "indicators.toml", "indicators", IndicatorEntry)
    items = [_item(entry) for entry in entries]
    return items, [series for entry in entries for series in _series(folder, entry)]


def uid_of(entry: IndicatorEntry) -> str:
    """The address of an indicator: `indikator/1.4`."""
    return f"indikator/{entry.code}"


def _item(entry: IndicatorEntry) -> Item:
    values = {name: getattr(entry, name) for name in PLAIN}
    values["translations"] = _renderings(entry)
    values["question_translations"] = {"nn": entry.question_nn, "en": entry.question_en}
    values["breakdowns"] = _numbered(
        {
            "column": each.column,
            "label": each.label,
            "ordered": each.ordered,
            "translations": _renderings(each),
        }
        for each in entry.breakdowns
    )
    values["categories"] = _numbered(
        {
            "column": each.column,
            "code": category.code,
            "label": category.label,
            "translations": _renderings(category),
        }
        for each in entry.breakdowns
        for category in each.categories
    )
    values["targets"] = _numbered(map(_fields, entry.targets))
    values["breaks"] = _numbered(map(_fields, entry.breaks))
    return Item(kind="indicator", key=uid_of(entry), values=values, found_at=FoundAt())


def _series(folder: Path, entry: IndicatorEntry) -> Iterator[SeriesFile]:
    for data_set in entry.data_sets:
        if (data_set.file is None) == (data_set.reference is None):
            raise ValueError(
                f"indicators.toml: expected either a file or a reference in a data set of "
                f"{entry.code}; found {'neither' if data_set.file is None else 'both'}. Name one."
            )
        path = (
            folder / FOLDER / data_set.file
            if data_set.file
            else REFERENCE / (data_set.reference or "")
        )
        if not path.is_file():
            raise ValueError(
                f"indicators.toml: expected the file {path} for {entry.code}; there is none. "
                "Add it, or correct the name."
            )
        yield SeriesFile(indicator=uid_of(entry), path=path, entry=data_set)


def _numbered(rows: Any) -> list[dict[str, Any]]:
    return [{"no": no, **row} for no, row in enumerate(rows, start=1)]


def _fields(entry: files.Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in entry.__struct_fields__}


def _renderings(entry: files.Translated) -> dict[str, str | None]:
    return {"nn": entry.nn, "en": entry.en}
