"""Observations in the codes of their own years become observations in the division of one day."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from veikart.engines.geography.carry import carry, steps_table
from veikart.engines.geography.codes import check_code, codes_in_force
from veikart.engines.geography.places import LEVELS, NATION, Geography, Place
from veikart.engines.geography.tree import tree
from veikart.engines.observations.coding import coded, places
from veikart.engines.observations.faults import Mask
from veikart.engines.observations.keys import row_keys
from veikart.indicators.computing.asking import ask, plain
from veikart.plan.figures import LevelName
from veikart.plan.indicators import IndicatorKind

_COLUMNS: list[LevelName] = ["municipality", "county", "hospital_area", "region"]


class Division:
    """A Geography and the day whose division is meant: by its identity, so that it can be a key."""

    def __init__(self, geography: Geography, borders: dt.date) -> None:
        self.geography = geography
        self.borders = borders

    def __hash__(self) -> int:
        return hash((id(self.geography), self.borders))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Division)
            and other.geography is self.geography
            and other.borders == self.borders
        )


@lru_cache(maxsize=16)
def tree_of(division: Division, level: str) -> pa.Table:
    """The municipalities of the division with their county, hospital area and health region; or,
    for the level `county`, the counties with their region.
    """
    rows = tree(division.geography, on=division.borders)
    wanted = "county" if level == "county" else "municipality"
    columns = ["county", "region"] if level == "county" else _COLUMNS
    return rows.filter(pc.equal(rows["level"], wanted)).select(columns).combine_chunks()


@lru_cache(maxsize=64)
def _steps(division: Division, years: tuple[int, ...]) -> pa.Table:
    return steps_table(division.geography, years=years, to=division.borders)


@lru_cache(maxsize=64)
def cut_above(division: Division, year: int) -> dict[str, tuple[tuple[LevelName, str], ...]]:
    """By area: the level and code of those above that a year's borders cut through with it.

    What was divided between two municipalities of one county leaves the county's sum as it was; if
    they lie in different hospital areas, the sums of both rest on the shares as well.
    """
    above = {
        row[level]: {name: row[name] for name in _COLUMNS if row.get(name) and name != level}
        for level in ("county", "municipality")
        for row in tree_of(division, level).to_pylist()
    }
    targets: dict[str, list[str]] = {}
    for step in _steps(division, (year,)).to_pylist():
        if step["divided"]:
            targets.setdefault(step["from_code"], []).append(step["to_code"])
    found: dict[str, set[tuple[LevelName, str]]] = {}
    for areas in targets.values():
        for level in _COLUMNS:
            lies_in = {area: above[area].get(level) for area in areas}
            if len(set(lies_in.values())) > 1:
                for area, code in lies_in.items():
                    if code is not None:
                        found.setdefault(area, set()).add((level, code))
    return {area: tuple(sorted(pairs)) for area, pairs in found.items()}


def refuse_unknown_areas(table: pa.Table, *, division: Division) -> None:
    """Raise ValueError for an area that was not in force in its period, with what is likely meant.

    Its figures would be in no sum. Years are told by their 1 January, as borders are.
    """
    found: dict[int, set[str]] = {}
    for period, area in distinct(table, ("period", "area")):
        found.setdefault(int(period[:4]), set()).add(area)
    for number, areas in sorted(found.items()):
        in_force = {NATION} if areas == {NATION} else _in_force(division, number)
        for area in sorted(areas - in_force):
            raise ValueError(_not_in_force(area, number, division))


def _not_in_force(area: str, year: int, division: Division) -> str:
    fault = check_code(
        division.geography,
        area,
        levels=LEVELS,
        period_from=dt.date(year, 1, 1),
        period_to=dt.date(year + 1, 1, 1),
    )
    remedy = fault.remedy if fault else "It began within the year; use the codes of 1 January."
    return f"Expected areas in force on 1 January {year}, found {area}. {remedy}"


@lru_cache(maxsize=64)
def _in_force(division: Division, year: int) -> frozenset[str]:
    return codes_in_force(division.geography, on=dt.date(year, 1, 1), levels=LEVELS)


def divided(
    table: pa.Table,
    *,
    kind: IndicatorKind,
    breakdowns: Sequence[str],
    division: Division,
    backend: Any,
) -> pa.Table:
    """`table` (period, area, breakdowns, numerator, denominator, status, note) in the division.

    A column `estimated` is added: whether a part was cut off by shares of inhabitants. Raises
    ValueError for municipalities or counties in years before 2010.
    """
    steps = _steps(division, _years_of_places(table))
    if steps.num_rows == 0:
        return table.append_column("estimated", pa.array([False] * table.num_rows, pa.bool_()))
    unsaid = table.replace_schema_metadata(None)
    names = {name: f"g{no}" for no, name in enumerate(breakdowns)}
    renamed = unsaid.rename_columns([names.get(name, name) for name in unsaid.column_names])
    carried = ask(backend, _carried, kind, len(breakdowns), observations=renamed, steps=steps)
    back = {short: name for name, short in names.items()}
    return carried.rename_columns([back.get(name, name) for name in carried.column_names])


def _carried(kind: IndicatorKind, breakdowns: int, *, observations: Any, steps: Any) -> Any:
    return carry(observations, steps, kind=kind, breakdowns=[f"g{no}" for no in range(breakdowns)])


def _years_of_places(table: pa.Table) -> tuple[int, ...]:
    """The years in which there are municipalities or counties: the whole country is carried along."""
    masks = level_masks(table)
    periods = coded(table["period"])
    there = np.unique(places(periods)[masks["municipality"] | masks["county"]])
    texts = periods.dictionary.to_pylist()
    return tuple(sorted({int(texts[place][:4]) for place in there}))


def completed(
    table: pa.Table, *, kind: IndicatorKind, breakdowns: Sequence[str], division: Division
) -> pa.Table:
    """`table`, not yet divided, with a row of unknown for municipalities that say nothing.

    A period in which some municipality answers is completed: of a coverage with everybody, by the
    inhabitants of the year (or of the nearest that is known); of every kind and in every group with
    those whose figures go to another area. What they become would else seem to be wholly known.
    """
    names = ("period", "area", *breakdowns)
    lowest = kept(table.select(names), level_masks(table)["municipality"])
    answered, groups = (_by_period(lowest, columns) for columns in (["area"], [*breakdowns]))
    rows: list[dict[str, Any]] = []
    for period, areas in answered.items():
        year = int(period[:4])
        everybody = {place.code for place in _municipalities(division, year)}
        leaving = _leaving(division, year)
        for area in sorted(everybody - {area for (area,) in areas}):
            if kind == "coverage":
                people = _inhabitants(division.geography, area, year)
                said = {"denominator": people, "status": "not_reported"}
                rows.append({"period": period, "area": area, **said})
            if area in leaving:
                rows += [
                    {"period": period, "area": area, **dict(zip(breakdowns, group, strict=True))}
                    for group in groups[period]
                    if kind != "coverage" or any(group)
                ]
    if not rows:
        return table
    more = pa.Table.from_pylist(rows, schema=plain(table).schema).cast(table.schema)
    return pa.concat_tables([table, more])


def _by_period(table: pa.Table, columns: Sequence[str]) -> dict[str, list[tuple[str, ...]]]:
    """What is in `columns` in each period, each once, in order of period."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for period, *row in distinct(table, ("period", *columns)):
        found.setdefault(period, []).append(tuple(row))
    return found


def distinct(table: pa.Table, columns: Sequence[str]) -> list[tuple[str, ...]]:
    """What stands together in `columns`, each once and in order."""
    _, first = np.unique(row_keys([table[name] for name in columns]), return_index=True)
    once = plain(table.select(columns).take(pa.array(first)))
    return list(zip(*(once[name].to_pylist() for name in columns), strict=True))


def _municipalities(division: Division, year: int) -> tuple[Place, ...]:
    return division.geography.municipalities(on=dt.date(year, 1, 1))


@lru_cache(maxsize=64)
def _leaving(division: Division, year: int) -> frozenset[str]:
    """The municipalities of a year whose figures go to another area of the division."""
    return frozenset(_steps(division, (year,))["from_code"].to_pylist())


def _inhabitants(geography: Geography, code: str, year: int) -> int | None:
    """Those of the year, or of the nearest year in which the municipality has the same code."""
    known = [each for each in geography.population_years if (code, each) in geography.population]
    if not known:
        return geography.earlier_population.get(code)
    return geography.population[code, min(known, key=lambda each: (abs(each - year), each))]


def kept(table: pa.Table, mask: Mask) -> pa.Table:
    """The rows where `mask` is true; the table itself where it is so everywhere."""
    return table if mask.all() else table.filter(pa.array(mask))


def level_masks(table: pa.Table) -> dict[str, Mask]:
    """Which rows are of municipalities, of counties, and of something above them."""
    areas = coded(table["area"])
    digits = [len(area) if area.isdecimal() else 0 for area in areas.dictionary.to_pylist()]
    length = np.array([*digits, 0])[places(areas)]
    municipality, county = length == 4, length == 2
    return {"municipality": municipality, "county": county, "above": ~(municipality | county)}


def level_of(area: str) -> LevelName:
    """The level of an area, by its code."""
    if area == NATION:
        return "nation"
    if area.isdigit():
        return "county" if len(area) == 2 else "municipality"
    return "region" if area[0] == "H" and area[1:].isdigit() else "hospital_area"
