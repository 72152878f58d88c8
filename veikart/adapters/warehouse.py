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
        return _spark(address)
    raise ValueError(
        f"Expected duckdb, local or spark://host:port as the warehouse, found “{address}”. "
        "Change VEIKART_WAREHOUSE."
    )


def _spark(address: str) -> Any:
    try:
        import pyspark  # noqa: F401, PLC0415 (an extra)
    except ImportError as problem:
        raise ImportError(
            "Spark is not installed. Install it with the extra: pip install 'veikart[spark]'"
        ) from problem
    from veikart.adapters import spark  # noqa: PLC0415 (an extra, and slow to load)

    return spark.connect(address)
