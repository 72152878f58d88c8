"""JSON-stat beside pyjstat, and a whole build: sixty indicators from data sets to files."""

import multiprocessing
import os
import tempfile
import time
import warnings
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import msgspec

from bench import indicators_samples as samples
from bench.figures import Figure
from bench.warehouse import workload
from veikart.indicators import results
from veikart.opendata import formats, json_stat
from veikart.opendata.cube import cube
from veikart.opendata.published import Published
from veikart.plan.model import Plan

TIMES_AS_FAST = 20.0
MOST_SECONDS = 20.0
ENDINGS = ("csv", "json", "sdmx.csv", "sdmx.json", "parquet")
PROCESSES = 2


def figures(folder: Path, indicators: int = workload.INDICATORS) -> Iterator[Figure]:
    """The build first: what it leaves is then written by both."""
    numbers = range(1, indicators + 1)
    samples.define(numbers)
    rows = 0
    for number in numbers:
        table = samples.with_totals(samples.observations(folder, number, yearly=True))
        samples.take_in(number, table)
        rows += table.num_rows
    yield _build(rows, [samples.uid(number) for number in numbers])
    published = _published(_plan(), samples.uid(1))
    yield _json_stat(published)
    yield _workbook(published, indicators)


def _build(rows: int, uids: list[str]) -> Figure:
    """By the clock, with all that an operator waits for: compute, keep, read again, write files."""
    started, taken = time.perf_counter(), _taken()
    outcomes = results.compute_many(uids, by=None)
    computed = time.perf_counter()
    assert all(each.verb == "computed" for each in outcomes), outcomes
    plan = _plan()
    with tempfile.TemporaryDirectory(prefix="veikart-build-") as made:
        pool = multiprocessing.get_context("fork").Pool(PROCESSES, _Work.begin, (plan, Path(made)))
        with pool:
            size = sum(pool.imap_unordered(_write_one, uids))
            pool.close()
            # Only what has been waited for counts as taken.
            pool.join()
        written = time.perf_counter()
    note = (
        f"computing {computed - started:.1f} s, {', '.join(ENDINGS)} {written - computed:.1f} s "
        f"({size / 1e6:.0f} MB), {_taken() - taken:.0f} s CPU in all; XLSX and compressed twins are not among them"
    )
    return Figure(
        group="calculation", what=f"a whole build, {rows:,} rows", value=written - started,
        unit="s on the clock", target=MOST_SECONDS, note=note,
    )  # fmt: skip


def _taken() -> float:
    """Seconds of CPU that this process and those it waited for have taken."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


class _Work:
    """What a process writes: it is forked with the plan, which need not be sent to it."""

    write: partial[int]

    @classmethod
    def begin(cls, plan: Plan, folder: Path) -> None:
        cls.write = partial(_write, plan, folder)


def _write_one(uid: str) -> int:
    return _Work.write(uid)


def _write(plan: Plan, folder: Path, uid: str) -> int:
    published, size = _published(plan, uid), 0
    for ending in ENDINGS:
        content = formats.write(published, ending)
        (folder / f"{uid.rpartition('/')[2]}.{ending}").write_bytes(content)
        size += len(content)
    return size


def _plan() -> Plan:
    from veikart.editions import queries

    return queries.working().plan


def _published(plan: Plan, uid: str) -> Published:
    from veikart.indicators import shelf

    indicator = plan.index.by_uid[uid]
    result = plan.index.result_of(indicator)
    assert result is not None
    found = shelf.figures(result.figures)
    assert found is not None
    return Published(plan=plan, indicator=indicator, result=result, figures=found)


def _json_stat(published: Published) -> Figure:
    """Both are given their own table ready-made: pyjstat its data frame, we our cube.

    How long it takes from figures, with laying the cube out, is told beside it.
    """
    from pyjstat import pyjstat

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        document = formats.write(published, "json").decode()
        frame = pyjstat.Dataset.read(document).write("dataframe", naming="id")
        mine, theirs, made = [], [], cube(published)
        for _ in range(5):
            theirs.append(_seconds(lambda: pyjstat.Dataset.read(frame).write("jsonstat")))
            mine.append(_seconds(lambda: msgspec.json.encode(json_stat.dataset(published, made))))
        # A cube is laid out once for each Published.
        whole = median(
            _seconds(lambda: formats.write(replace(published), "json")) for _ in range(5)
        )
    ours, other = median(mine), median(theirs)
    return Figure(
        group="calculation", what="JSON-stat, times as fast as pyjstat", value=other / ours,
        unit="×", target=TIMES_AS_FAST, at_least=True,
        note=f"{ours * 1000:.0f} ms CPU beside {other * 1000:.0f}, {len(frame):,} cells; {whole * 1000:.0f} ms from figures",
    )  # fmt: skip


def _workbook(published: Published, indicators: int) -> Figure:
    """By itself, since it takes longer than all others together."""
    taken = _seconds(lambda: formats.write(published, "xlsx"))
    return Figure(
        group="calculation", what="XLSX of one of these indicators", value=taken, unit="s CPU",
        note=f"{taken * indicators / PROCESSES:.0f} s for all {indicators} on {PROCESSES} cores, not in the build",
    )  # fmt: skip


def _seconds(work: Any) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started
