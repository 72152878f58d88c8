"""What an operator and a reader wait for: new figures, their pages, their files, and what is hidden.

On the workload VK-IND-1, through the services and with the database, in the home of this run.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import (
    indicators_build,
    indicators_hidden,
    indicators_import,
    indicators_month,
    indicators_pages,
)
from bench.figures import Figure
from bench.warehouse import workload


def figures() -> Iterator[Figure]:
    """CPU seconds, medians of five; the build by the clock, since it is for two cores."""
    kept = os.environ.get("VEIKART_BENCH_WORKLOAD")
    with tempfile.TemporaryDirectory(prefix="veikart-workload-") as made:
        yearly = workload.make(Path(kept or made), workload.YEARLY)
        yield from indicators_import.figures(yearly)
        yield from indicators_month.figures(yearly)
        yield from indicators_hidden.figures(yearly)
        yield from indicators_build.figures(yearly)
        # The pages are read with the figures that the build leaves.
        yield from indicators_pages.figures()
