"""Answer one query in a process of its own: python -m bench.warehouse.one PROGRAM QUERY FOLDER.

Prints one line of JSON: seconds of CPU and by the clock, peak memory in MB, and what the answer adds
up to. What is imported beforehand is not counted; what a query is compiled to is.
"""

import json
import resource
import sys
import time
from importlib import import_module
from pathlib import Path

from bench.warehouse import plain_sql

PROGRAMS = {"plain": "plain_sql", "ours": "ours", "pandas": "in_pandas"}


def main() -> None:
    """Answer the query that the command line names."""
    program, query, folder = sys.argv[1:]
    module = import_module(f"bench.warehouse.{PROGRAMS[program]}")
    if program == "ours":
        module.warm()
    started, begun = time.process_time(), time.perf_counter()
    answer = module.answer(query, Path(folder))
    seconds, clock = time.process_time() - started, time.perf_counter() - begun
    said = {
        "seconds": seconds,
        "clock": clock,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        "totals": module.totals(query, answer) if hasattr(module, "totals") else None,
    }
    if program == "ours":
        said["totals"] = plain_sql.totals(query, module.in_words(query, answer))
    print(json.dumps(said))


if __name__ == "__main__":
    main()
