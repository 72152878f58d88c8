"""The calculation of indicators: beside plain DuckDB SQL and pandas, and how it grows."""

import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import geometric_mean, median
from typing import Any

from bench.figures import Figure, growth
from bench.warehouse import workload

ROUNDS = 5
QUERIES = ("rollup", "cover", "latest", "progress", "inequality", "suppress", "redistrict")
MOST = 1.2
MOST_ON_AVERAGE = 1.05
PANDAS = 8.0
PEAK_MB = 1200.0
LINEAR = 1.05
CLOSE = 1e-6


def figures() -> Iterator[Figure]:
    """Ratios of CPU, the median of five interleaved runs; peak memory; growth over 1×, 9×, 89×; pandas."""
    # Drawing it takes some seconds; a folder that is kept saves them the next time.
    kept = os.environ.get("VEIKART_BENCH_WORKLOAD")
    with tempfile.TemporaryDirectory(prefix="veikart-workload-") as made:
        yield from _warehouse(Path(kept or made))


def _warehouse(folder: Path) -> Iterator[Figure]:
    full = workload.make(folder, workload.FULL)
    ours: dict[str, list[dict[str, Any]]] = {}
    plain: dict[str, list[dict[str, Any]]] = {}
    for query in QUERIES:
        ours[query], plain[query] = [], []
        for _ in range(ROUNDS):
            plain[query].append(run("plain", query, full))
            ours[query].append(run("ours", query, full))
        same(query, plain[query][0], ours[query][0])
        yield _beside_sql(query, ours[query], plain[query])
    ratios = [_seconds(ours[query]) / _seconds(plain[query]) for query in QUERIES]
    yield _figure("on average (geometric mean)", geometric_mean(ratios), "×", MOST_ON_AVERAGE)
    peak = max(each["peak"] for runs in ours.values() for each in runs)
    yield _figure("peak memory of any query", peak, "MB", PEAK_MB)
    yield from _growing(folder, ours)
    yield from _beside_pandas(full, ours)


def run(program: str, query: str, folder: Path) -> dict[str, Any]:
    """One query in a process of its own. Raises ValueError if its sums are not the workload's."""
    command = [sys.executable, "-m", "bench.warehouse.one", program, query, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    if said["totals"] and folder.name == workload.FULL.name:
        for name, wanted in workload.SUMS.get(query, {}).items():
            found = said["totals"][name]
            if not math.isclose(found, wanted, rel_tol=CLOSE):
                raise ValueError(f"{program} {query}: expected {name} {wanted}, found {found}.")
    return said


def same(query: str, one: dict[str, Any], other: dict[str, Any]) -> None:
    """Raise ValueError if two programs do not agree on what the answer adds up to."""
    for name, wanted in one["totals"].items():
        if not math.isclose(other["totals"][name], wanted, rel_tol=CLOSE):
            raise ValueError(
                f"{query}: {name} is {wanted} in SQL and {other['totals'][name]} here."
            )


def _beside_sql(query: str, ours: list[dict[str, Any]], plain: list[dict[str, Any]]) -> Figure:
    mine, theirs = _seconds(ours), _seconds(plain)
    note = f"{mine:.2f} s CPU beside {theirs:.2f}; peak {max(e['peak'] for e in ours):.0f} MB; "
    note += "the check sums match" if query in workload.SUMS else "both add up to the same"
    return _figure(f"{query}, beside plain DuckDB SQL", mine / theirs, "×", MOST, note=note)


def _beside_pandas(full: Path, ours: dict[str, list[dict[str, Any]]]) -> Iterator[Figure]:
    """By the clock, since pandas has one core and we have all: it is what one waits for."""
    for query in QUERIES:
        what = f"{query}, times as quick as pandas"
        waited = median(each["clock"] for each in ours[query])
        try:
            theirs = run("pandas", query, full)
        except subprocess.CalledProcessError as problem:
            note = f"pandas needs 10 GB of memory, and ended with {problem.returncode}"
            yield Figure(group="indicators", what=what, value=None, unit="×", note=note)
            continue
        yield Figure(
            group="indicators",
            what=what,
            value=theirs["clock"] / waited,
            unit="×",
            target=PANDAS,
            at_least=True,
            note=f"{waited:.2f} s by the clock beside {theirs['clock']:.1f} with {theirs['peak']:.0f} MB; "
            f"by CPU {theirs['seconds'] / _seconds(ours[query]):.1f} ×",
        )


def _growing(folder: Path, ours: dict[str, list[dict[str, Any]]]) -> Iterator[Figure]:
    smaller = [(size, workload.make(folder, size)) for size in (workload.HUNDREDTH, workload.TENTH)]
    rows = [size.rows for size, _folder in smaller] + [workload.FULL.rows]
    for query in QUERIES:
        seconds = [
            median(run("ours", query, part)["seconds"] for _ in range(3)) for _size, part in smaller
        ]
        seconds.append(_seconds(ours[query]))
        shown = ", ".join(f"{each:.2f}" for each in seconds)
        note = f"{shown} s CPU at {', '.join(f'{each / 1e6:.1f}' for each in rows)} million rows"
        yield _figure(f"{query}, growth exponent", growth(rows, seconds), "", LINEAR, note=note)


def _seconds(runs: list[dict[str, Any]]) -> float:
    return median(each["seconds"] for each in runs)


def _figure(what: str, value: float, unit: str, target: float, *, note: str = "") -> Figure:
    return Figure(group="indicators", what=what, value=value, unit=unit, target=target, note=note)
