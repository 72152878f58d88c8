"""The queries of the workload through Veikart's engines: Ibis expressions on DuckDB."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa

from bench.warehouse.workload import CHANGED
from veikart.adapters import warehouse
from veikart.engines.aggregate import Columns, Level, latest, roll_up, total
from veikart.engines.coverage import cover
from veikart.engines.geography.carry import redistrict
from veikart.engines.inequality import spread
from veikart.engines.progress.areas import assess_areas
from veikart.engines.progress.course import Aim
from veikart.engines.suppression.rowwise import rowwise

SMALLEST = 5
PERIOD = ("ind", "year", "month")
COLUMNS = Columns(area="muni", numerator="num", denominator="den")
LEVELS = (
    Level("municipality", "municipality"),
    Level("county", "county", "municipality"),
    Level("nation", None, "county", 0),
)


def warm() -> None:
    """Load what Ibis loads when it compiles its first expression."""
    warehouse.connect().to_pyarrow(ibis.memtable(pa.table({"one": [1]})))


def answer(query: str, folder: Path) -> Any:
    """The rows of `query` on the workload in `folder`, as an Arrow table."""
    backend = warehouse.connect()
    names = ("observations", "tree", "steps")
    tables = {name: backend.read_parquet(folder / f"{name}.parquet") for name in names}
    return backend.to_pyarrow(QUERIES[query](tables))


def _rollup(tables: dict[str, Any]) -> Any:
    summed = roll_up(
        tables["observations"], tables["tree"], keys=PERIOD, levels=LEVELS, columns=COLUMNS
    )
    share = summed["numerator"] / summed["denominator"]
    return summed.select(*PERIOD, "level", "area", "numerator", share=share)


def _cover(tables: dict[str, Any]) -> Any:
    covered = cover(
        tables["observations"], tables["tree"], keys=PERIOD, levels=LEVELS, columns=COLUMNS
    )
    units = covered["units_offering"] + covered["units_not"] + covered["units_unknown"]
    every = covered["covered"] + covered["not_covered"] + covered["unknown"]
    return covered.filter(covered["level"] != "municipality").select(
        *PERIOD,
        "level",
        "area",
        offering=covered["units_offering"],
        open=covered["units_unknown"],
        units=units,
        covered=covered["covered"],
        unknown=covered["unknown"],
        inhabitants=covered["in_offering"],
        every=every,
    )


def _latest(tables: dict[str, Any]) -> Any:
    summed = roll_up(
        tables["observations"], tables["tree"], keys=PERIOD, levels=LEVELS, columns=COLUMNS
    )
    dated = summed.mutate(period=summed["year"].cast("int32") * 100 + summed["month"])
    return latest(dated, keys=["ind"], period="period")


def _progress(tables: dict[str, Any]) -> Any:
    yearly = roll_up(
        tables["observations"], tables["tree"], keys=("ind", "year"), levels=LEVELS, columns=COLUMNS
    )
    values = yearly.select(
        "ind",
        "level",
        "area",
        end=(yearly["year"] + 1).cast("float64"),
        value=yearly["numerator"] / yearly["denominator"],
    )
    aims = [Aim(no=1, year=2030, value=0.9)]
    return assess_areas(
        values, by=("ind", "level", "area"), aims=aims, direction="up", is_share=True
    )


def _inequality(tables: dict[str, Any]) -> Any:
    seen = tables["observations"]
    known = seen["den"].sum(where=seen["num"].notnull())
    unit = seen.group_by(*PERIOD, unit="muni").aggregate(
        num=total(seen["num"]), value=seen["num"].sum() / known, weight=total(seen["den"])
    )
    found = spread(unit.filter(unit["num"] > 0), by=PERIOD, hundredths="units")
    return found.select(*PERIOD, "gini", "theil", "gap", "p90_p10", "p90_p10_ratio")


def _suppress(tables: dict[str, Any]) -> Any:
    seen = tables["observations"].rename(numerator="num", denominator="den")
    return rowwise(seen, within=[*PERIOD, "muni", "sex"], smallest=SMALLEST, hide_zeros=True)


def _redistrict(tables: dict[str, Any]) -> Any:
    seen = tables["observations"]
    carried = redistrict(
        seen.filter(seen["year"] < CHANGED),
        tables["steps"],
        keys=PERIOD,
        year="year",
        kind="share",
        columns=COLUMNS,
    )
    return carried.select(*PERIOD, "area", "numerator", "denominator", "estimated")


def in_words(query: str, answer: Any) -> Any:
    """`answer` with the columns that the baseline's totals are made of: progress by Open SDG's ratio."""
    if query != "progress":
        return answer
    return answer.rename_columns({"verdict": "by_path", "ratio_verdict": "verdict"})


QUERIES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "rollup": _rollup,
    "cover": _cover,
    "latest": _latest,
    "progress": _progress,
    "inequality": _inequality,
    "suppress": _suppress,
    "redistrict": _redistrict,
}
