"""The engine that calculates: DuckDB in this process as it comes, Spark when one machine is outgrown.

Both are Ibis backends, and the engines give both the same expressions.
"""

from typing import Any

DUCKDB = "duckdb"


def connect(address: str = DUCKDB, *, threads: int | None = None) -> Any:
    """An Ibis backend for `address`: `duckdb`, `local` (Spark in this process) or `spark://host:port`.

    Raises ValueError for another address, and ImportError that names the extra if Spark is asked
    for and not installed.
    """
    import ibis  # noqa: PLC0415 (takes a second, and only calculation needs it)

    if address == DUCKDB:
        return ibis.duckdb.connect(threads=threads) if threads else ibis.duckdb.connect()
    if address == "local" or address.startswith("spark://"):
        return ibis.pyspark.connect(_spark_session(address))
    raise ValueError(
        f"Expected duckdb, local or spark://host:port as the warehouse, found “{address}”. "
        "Change VEIKART_WAREHOUSE."
    )


def _spark_session(address: str) -> Any:
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 (an extra)
    except ImportError as problem:
        raise ImportError(
            "Spark is not installed. Install it with the extra: pip install 'veikart[spark]'"
        ) from problem
    master = "local[2]" if address == "local" else address
    builder = SparkSession.builder.master(master).appName("veikart")
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2" if address == "local" else "200",
        "spark.sql.session.timeZone": "UTC",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()
