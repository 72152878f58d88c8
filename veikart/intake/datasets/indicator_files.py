"""What a dataset says of indicators: `indicators.toml`, and the files of figures it names."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import GenericAlias
from typing import Any

import msgspec

from veikart.engines.proposal import FoundAt, Item
from veikart.intake.datasets import files
from veikart.places.tables import REFERENCE
from veikart.plan import indicators as plan
from veikart.plan.part import Part

FOLDER = "indicator_series"


def _entry(of: type[Part], *others: Any, without: Sequence[str], base: type[files.Entry]) -> Any:
    """The entry for a struct of the Plan: its own fields, `without` some of them, and `others`."""
    own = [
        (each.name, each.type) if each.required else (each.name, each.type, each.default)
        for each in msgspec.structs.fields(of)
        if each.name not in without
    ]
    name = f"{of.__name__}Entry"
    return msgspec.defstruct(name, [*own, *others], bases=(base,), frozen=True, kw_only=True)


def _listed(name: str, entry: Any) -> tuple[str, Any, list[Any]]:
    """A field that is a list of such entries, empty where nothing is said."""
    return name, GenericAlias(list, (entry,)), []


TargetEntry = _entry(plan.Target, without=("no",), base=files.Entry)
BreakEntry = _entry(plan.Break, without=("no",), base=files.Entry)
CategoryEntry = _entry(
    plan.Category, without=("no", "column", "translations"), base=files.Translated
)
BreakdownEntry = _entry(
    plan.Breakdown,
    _listed("categories", CategoryEntry),
    without=("no", "translations"),
    base=files.Translated,
)


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


SAID_OTHERWISE = (
    "uid", "title", "version", "versions", "breakdowns", "categories", "targets", "breaks",
    "translations", "question_translations",
)  # fmt: skip
"""The fields of an indicator that the file has in a form of its own, or not at all."""

IndicatorEntry = _entry(
    plan.Indicator,
    ("title", str | None, None),
    ("question_nn", str | None, None),
    ("question_en", str | None, None),
    _listed("breakdowns", BreakdownEntry),
    _listed("targets", TargetEntry),
    _listed("breaks", BreakEntry),
    _listed("data_sets", DataSetEntry),
    without=SAID_OTHERWISE,
    base=files.Translated,
)
"""An indicator, with the data sets it has; what is left out is not known."""


@dataclass(frozen=True, kw_only=True)
class SeriesFile:
    """A file of figures of an indicator, and what the dataset says of it."""

    indicator: str
    path: Path
    entry: DataSetEntry


PLAIN = ("title", *(n for n in plan.Indicator.__struct_fields__ if n not in SAID_OTHERWISE))
"""The fields that are called the same in the file and in the plan."""


def read(folder: Path) -> tuple[list[Item], list[SeriesFile]]:
    """The indicators of the dataset in `folder`, as items to put, and their files of figures.

    Raises ValueError with the file and the place if something does not fit, or a file is missing.
    """
    entries = files.read_toml_list(folder / "indicators.toml", "indicators", IndicatorEntry)
    items = [_item(entry) for entry in entries]
    return items, [series for entry in entries for series in _series(folder, entry)]


def uid_of(entry: Any) -> str:
    """The address of an indicator: `indikator/1.4`."""
    return f"indikator/{entry.code}"


def _item(entry: Any) -> Item:
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


def _series(folder: Path, entry: Any) -> Iterator[SeriesFile]:
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
