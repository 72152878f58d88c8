"""One new month of an indicator: 6,426 cells to all levels, classes and page data, with the database."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from bench import indicators_samples as samples
from bench.figures import Figure, cpu, growth
from bench.warehouse import workload

MOST_MS = 50.0
LINEAR = 1.05
ALONE, YEARS, GROWING = 101, 102, 103
"""Numbers that the workload does not use: the month alone, and after years of others."""


def figures(folder: Path) -> Iterator[Figure]:
    """A first month, a month more after eleven others, and how computing grows with the months."""
    from veikart.indicators import results

    backend = results.Backend()
    samples.define([ALONE, YEARS, GROWING])
    samples.take_in(ALONE, samples.observations(folder, 1, years=[2026]))
    yield _figure("a new indicator-month, the first", _computing(ALONE, backend), MOST_MS)
    for no, year in enumerate(workload.YEARS):
        table = samples.observations(folder, 2, years=[year])
        samples.take_in(YEARS, table, as_of=samples.AS_OF + dt.timedelta(days=no))
    yield _figure(
        "a new indicator-month, after eleven others", _computing(YEARS, backend), None,
        note="all twelve are computed anew: figures of all periods lie in one file",
    )  # fmt: skip
    yield from _growing(folder, backend)


def _computing(number: int, backend: object) -> float:
    from veikart.indicators import results, shelf
    from veikart.indicators.queries import results as results_kept

    def work() -> None:
        done = results.compute(samples.uid(number), by=None, again=True, backend=backend)
        assert done.verb == "computed", done
        shelf.forget()
        (kept,) = results_kept(indicator=samples.uid(number))
        assert shelf.look_ups(kept.figures) is not None

    work()
    return cpu(work, times=9) * 1000


def _growing(folder: Path, backend: object) -> Iterator[Figure]:
    """From one period to a hundred: twelve years of the workload, taken as periods of years to come."""
    from veikart.indicators.computing.compute import compute
    from veikart.indicators.results import borders, queries
    from veikart.places import reference_geography

    standing = queries.standing(samples.uid(GROWING))
    assert standing is not None
    one = samples.observations(folder, 3, years=[2015])
    seconds, rows = [], []
    for times in (1, 10, 100):
        table = samples.repeated(one, times)
        data_set = samples.described(GROWING, table)

        def work(table: object = table, data_set: object = data_set) -> None:
            compute(
                standing.indicator, [(data_set, table)], geography=reference_geography(),
                borders=borders(samples.DAY), backend=backend.get(),
            )  # fmt: skip

        work()
        seconds.append(cpu(work))
        rows.append(table.num_rows)
    shown = ", ".join(f"{each:.2f}" for each in seconds)
    note = f"{shown} s CPU for {', '.join(f'{each:,}' for each in rows)} rows"
    last = growth(rows[1:], seconds[1:])
    yield Figure(
        group="calculation", what="computing an indicator, growth exponent from 10× to 100×",
        value=last, unit="", target=LINEAR, note=f"{note}; {growth(rows, seconds):.2f} from 1×",
    )  # fmt: skip


def _figure(what: str, value: float, target: float | None, *, note: str = "") -> Figure:
    return Figure(
        group="calculation", what=what, value=value, unit="ms CPU", target=target, note=note
    )
