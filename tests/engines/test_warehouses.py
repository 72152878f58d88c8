import ibis
import pyarrow as pa
import pytest

from tests.indicators.computed import computed, definition
from veikart.adapters import warehouse


def test_whole_numbers_and_gaps_come_back_as_they_went_in(backend):
    table = pa.table(
        {
            "no": pa.array([1, 2, 3], pa.int64()),
            "n": pa.array([2**53 + 1, None, 0], pa.int64()),
            "share": pa.array([None, 0.25, 1.0], pa.float64()),
            "area": pa.array(["0301", None, "5601"], pa.string()),
        }
    )

    taken = ibis.memtable(table)

    assert backend.to_pyarrow(taken.order_by("no")).equals(table)
    assert backend.to_pyarrow(taken.n.sum()).as_py() == 2**53 + 1


def test_another_warehouse_is_refused_with_what_is_expected():
    with pytest.raises(ValueError, match="Expected duckdb, local or spark://host:port"):
        warehouse.connect("excel")


BY_SEX = """
    2019 | 0301 | k | 37 | 70
    2019 | 0301 | m | -  | 60
    2019 | 1103 | - | 11 | 13
    2019 | 1111 | k | 7  | 9
    2020 | 0301 | k | 41 | 70
    2020 | 1110 | m | 2  | 3
"""


@pytest.mark.parametrize("kind", ["coverage", "survey_share"])
def test_the_whole_calculation_gives_the_same_bytes_on_every_warehouse(backend, kind):
    indicator = definition(kind, direction="up", breakdowns="sex: k m")

    found = computed(indicator, BY_SEX, backend=backend)
    wanted = computed(indicator, BY_SEX, backend=warehouse.connect(threads=2))

    assert found.figures_bytes == wanted.figures_bytes
    assert found.result == wanted.result
