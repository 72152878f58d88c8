"""Calculates many indicators in processes of their own, on all cores, and hands results back in turn."""

import datetime as dt
import gc
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from veikart.plan.indicators import DataSet, Indicator

if TYPE_CHECKING:
    from veikart.indicators.computing.compute import Computed

MANY_ROWS = 1_000_000
"""From so many observations on it pays to start processes, which takes each about two seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """All that one calculation needs; a process needs neither settings nor a database."""

    definition: Indicator
    data_sets: tuple[tuple[DataSet, Path], ...]
    borders: dt.date
    places: str

    @property
    def rows(self) -> int:
        """How many observations there are."""
        return sum(data_set.rows for data_set, _path in self.data_sets)


def calculate(job: Job, backend: Any) -> "Computed":
    """The result and the figures of `job`. Raises ValueError for data that do not fit."""
    # They load the calculation engine, which takes a second.
    from veikart.indicators.computing.compute import compute  # noqa: PLC0415
    from veikart.places import reference_geography  # noqa: PLC0415

    with _uncollected():
        return compute(
            job.definition,
            job.data_sets,
            geography=reference_geography(),
            borders=job.borders,
            backend=backend,
            places=job.places,
        )


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let the collector of cycles rest: figures have none, and it would look through all of them."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def processes_for(jobs: Sequence[Job]) -> int:
    """How many processes these jobs are worth: one core's for few observations, else every core's."""
    if len(jobs) < 2 or sum(job.rows for job in jobs) < MANY_ROWS:
        return 1
    return min(len(jobs), os.cpu_count() or 1)


@contextmanager
def started(jobs: Sequence[Job], *, processes: int) -> Iterator[list["Future[Computed]"]]:
    """The calculations of `jobs`, begun in `processes` of their own; none outlives the block."""
    # Spawned and not forked: DuckDB's threads do not live through a fork.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, mp_context=context)
    try:
        yield [pool.submit(_calculate_here, job) for job in jobs]
    finally:
        pool.shutdown(cancel_futures=True)


def _calculate_here(job: Job) -> "Computed":
    return calculate(job, _backend())


@cache
def _backend() -> Any:
    from veikart.adapters import warehouse  # noqa: PLC0415 (as above)

    return warehouse.connect(warehouse.DUCKDB, threads=1)
