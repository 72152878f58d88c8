"""Spark as an Ibis backend that takes and gives Arrow tables, so that whole numbers stay whole.

Ibis' own way leads through pandas, where a column of whole numbers with a gap becomes floating
point, and Spark then reads the whole column as missing.
"""

from typing import Any

import pyarrow as pa
from ibis.backends.pyspark import Backend
from pyspark.sql import SparkSession

LOCAL = "local"


class ArrowSpark(Backend):  # type: ignore[misc]
    """Ibis on Spark, with tables handed over and back as Arrow."""

    def _register_in_memory_table(self, op: Any) -> None:
        table = op.data.to_pyarrow(op.schema)
        self._session.createDataFrame(table).createOrReplaceTempView(op.name)

    def to_pyarrow(self, expr: Any, /, *, params: Any = None, limit: Any = None, **_: Any) -> Any:
        """What `expr` comes to, as an Arrow table, column or scalar."""
        self._run_pre_execute_hooks(expr)
        table = expr.as_table()
        frame = self._session.sql(self.compile(table, params=params, limit=limit))
        arrow: pa.Table = frame.toArrow().cast(table.schema().to_pyarrow())
        return expr.__pyarrow_result__(arrow)


def connect(address: str) -> ArrowSpark:
    """Ibis on the Spark at `address`: `local` (in this process) or `spark://host:port`."""
    ArrowSpark.register_options()
    backend: ArrowSpark = ArrowSpark().connect(_session(address))
    return backend


def _session(address: str) -> SparkSession:
    local = address == LOCAL
    builder = SparkSession.builder.master("local[2]" if local else address).appName("veikart")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "2" if local else "200",
        "spark.sql.session.timeZone": "UTC",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    session: SparkSession = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session
