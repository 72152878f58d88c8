"""The same queries in pandas, as most would write them: group-bys, merges and NumPy."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

PERIOD = ["ind", "year", "month"]


def answer(query: str, folder: Path) -> Any:
    """The rows of `query` on the workload in `folder`, as a data frame."""
    frame = pd.read_parquet(folder / "observations.parquet")
    return QUERIES[query](frame, folder)


def _summed(frame: Any, folder: Path) -> Any:
    """Sums of each municipality, county and the nation, each month."""
    frame = frame.assign(known=frame["den"].where(frame["num"].notna()))
    municipality = _sums(frame, [*PERIOD, "muni"]).rename(columns={"muni": "area"})
    tree = pd.read_parquet(folder / "tree.parquet")
    lying = municipality.merge(tree, left_on="area", right_on="municipality")
    county = _sums(lying, [*PERIOD, "county"]).rename(columns={"county": "area"})
    nation = _sums(county, PERIOD).assign(area=0)
    named = {"municipality": municipality, "county": county, "nation": nation}
    return pd.concat([table.assign(level=level) for level, table in named.items()])


def _sums(frame: Any, keys: list[str]) -> Any:
    columns = ["num", "known"]
    return frame.groupby(keys, as_index=False, observed=True)[columns].sum(min_count=1)


def _rollup(frame: Any, folder: Path) -> Any:
    summed = _summed(frame, folder)
    return summed.assign(share=summed["num"] / summed["known"])


def _cover(frame: Any, folder: Path) -> Any:
    unit = frame.groupby([*PERIOD, "muni"], as_index=False)[["num", "den"]].sum()
    unit["offers"] = (2 * unit["num"] >= unit["den"]).astype("int64")
    unit["inhabitants"] = unit["den"] * unit["offers"]
    tree = pd.read_parquet(folder / "tree.parquet")
    lying = unit.merge(tree, left_on="muni", right_on="municipality").assign(units=1)
    columns = ["offers", "units", "inhabitants", "den"]
    county = lying.groupby([*PERIOD, "county"], as_index=False)[columns].sum()
    nation = county.groupby(PERIOD, as_index=False)[columns].sum()
    return pd.concat([county.assign(level="county"), nation.assign(level="nation")])


def _latest(frame: Any, folder: Path) -> Any:
    known = _summed(frame, folder).dropna(subset=["num"])
    known["period"] = known["year"].astype("int32") * 100 + known["month"]
    known = known.reset_index(drop=True)
    return known.loc[known.groupby(["ind", "level", "area"])["period"].idxmax()]


def _progress(frame: Any, folder: Path) -> Any:
    summed = _summed(frame, folder)
    yearly = summed.groupby(["ind", "level", "area", "year"], as_index=False)[
        ["num", "known"]
    ].sum()
    yearly["value"] = yearly["num"] / yearly["known"]
    yearly = yearly.dropna(subset=["value"]).sort_values("year")
    ends = yearly.groupby(["ind", "level", "area"]).agg(
        t0=("year", "first"), t1=("year", "last"), b=("value", "first"), v=("value", "last")
    )
    years, whole = ends["t1"] - ends["t0"], 2030 - ends["t0"]
    ends["linear"] = (ends["v"] - ends["b"]) / ((0.9 - ends["b"]) * years / whole)
    gone = (ends["v"] / ends["b"]) ** (1 / years) - 1
    ends["ratio"] = gone / ((0.9 / ends["b"]) ** (1 / whole) - 1).abs()
    chosen = [ends["v"] >= 0.9, *(ends["ratio"] >= least for least in (0.95, 0.6, 0.0))]
    names = ["achieved", "on_track", "accelerate", "limited"]
    ends["verdict"] = np.select(chosen, names, "deterioration")
    return ends


def _inequality(frame: Any, folder: Path) -> Any:
    frame = frame.assign(known=frame["den"].where(frame["num"].notna()))
    unit = frame.groupby([*PERIOD, "muni"], as_index=False)[["num", "known", "den"]].sum()
    unit = unit[unit["num"] > 0]
    unit["v"], unit["w"] = unit["num"] / unit["known"], unit["den"]
    unit = unit.sort_values([*PERIOD, "v", "muni"])
    unit["wv"] = unit["w"] * unit["v"]
    unit["below"] = unit.groupby(PERIOD)["w"].cumsum()
    unit["g"] = unit["wv"] * (2 * unit["below"] - unit["w"])
    unit["t"] = unit["wv"] * np.log(unit["v"])
    sums = unit.groupby(PERIOD)[["w", "wv", "g", "t"]].sum()
    shares = unit.groupby(PERIOD)["v"]
    p90, p10 = shares.quantile(0.9), shares.quantile(0.1)
    return pd.DataFrame(
        {
            "gini": sums["g"] / (sums["wv"] * sums["w"]) - 1,
            "theil": sums["t"] / sums["wv"] - np.log(sums["wv"] / sums["w"]),
            "gap": shares.max() - shares.min(),
            "p90_p10": p90 - p10,
            "p90_over_p10": p90 / p10,
        }
    )


def _suppress(frame: Any, folder: Path) -> Any:
    frame["small"] = (frame["num"] < 5) | (frame["den"] - frame["num"] < 5)
    groups = frame.groupby([*PERIOD, "muni", "sex"])
    found = groups.agg(cells=("num", "count"), small=("small", "sum"))
    found["secondary"] = ((found["small"] == 1) & (found["cells"] > 1)).astype("int64")
    return found


def _redistrict(frame: Any, folder: Path) -> Any:
    steps = pd.read_parquet(folder / "steps.parquet")
    before = frame[frame["year"] < 2020]
    joined = before.merge(
        steps, how="left", left_on=["year", "muni"], right_on=["year", "from_code"]
    )
    divided = joined["divided"].eq(True)
    rest = joined["den"] - joined["num"]
    for name, numbers in (("numerator", joined["num"]), ("rest", rest)):
        parts = np.floor(numbers * joined["share_to"] + 0.5)
        parts -= np.floor(numbers * joined["share_from"] + 0.5)
        joined[name] = numbers.where(~divided, parts)
    joined["area"] = joined["to_code"].fillna(joined["muni"])
    joined["denominator"] = joined["numerator"] + joined["rest"]
    columns = ["numerator", "denominator"]
    return joined.groupby([*PERIOD, "area"], as_index=False)[columns].sum()


QUERIES: dict[str, Callable[[Any, Path], Any]] = {
    "rollup": _rollup,
    "cover": _cover,
    "latest": _latest,
    "progress": _progress,
    "inequality": _inequality,
    "suppress": _suppress,
    "redistrict": _redistrict,
}
