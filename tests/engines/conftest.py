"""The warehouses that every engine is tested on: DuckDB, and Spark in this process."""

import importlib.util
import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from veikart.adapters import warehouse

SPARK = [
    pytest.mark.xdist_group("spark"),  # one worker, so that Spark is started once
    # Spark and what it hands tables through warn of their own ways, and leave sockets to the end.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="session", params=["duckdb", pytest.param("local", marks=SPARK, id="spark")])
def backend(request: pytest.FixtureRequest) -> Iterator[Any]:
    """An Ibis backend; a test that asks for it is run on DuckDB and again on Spark.

    Give it `ibis.memtable(pyarrow_table)` and read with `backend.to_pyarrow(expression)`. A Spark
    query takes about half a second, so draw random tables in one query rather than in many.
    """
    if request.param == "duckdb":
        yield warehouse.connect(threads=1)
        return
    missing = why_no_spark()
    if missing:
        pytest.skip(missing)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    # Small questions and many: compiling each once, and quickly, takes less than half the time.
    os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    connection = warehouse.connect("local")
    yield connection
    connection._session.stop()


def why_no_spark() -> str:
    """Why tests on Spark cannot run here; empty when they can."""
    if importlib.util.find_spec("pyspark") is None:
        return "Spark is not installed; install the extra veikart[spark] to run these tests."
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        return "Spark needs Java, and none is found; install Java 17 to run these tests."
    return ""
