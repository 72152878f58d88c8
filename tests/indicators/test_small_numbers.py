"""What of a file will be hidden is told before it is taken in."""

import pytest

from tests.indicators.factories import put_count
from tests.indicators.test_taking_in import E1, table
from veikart.indicators import previewing, queries
from veikart.indicators.results import Backend
from veikart.indicators.small_numbers import SmallNumbers, small_numbers

pytestmark = pytest.mark.django_db


def found(text, **definition):
    put_count(**definition)
    preview = previewing.preview(E1, "tall.csv", table(text))
    assert not preview.refused
    return small_numbers(preview.table, definition=queries.definition(E1), backend=Backend().get())


FEW = """
    år   | kommunenr | antall
    2022 | 0301      | 4
    2022 | 4601      | 3
    2022 | 1103      | 90
    2023 | 0301      | 2
    2023 | 4601      | 80
    2023 | 1103      | 0
"""


def test_small_numbers_are_counted_and_those_that_stand_alone():
    assert found(FEW, smallest=5) == SmallNumbers(smallest=5, cells=6, small=3, alone=1)


def test_nothing_is_told_where_nothing_is_hidden():
    assert found(FEW) is None


def test_nothing_is_told_where_nothing_is_small():
    assert found("år | kommunenr | antall\n2022 | 0301 | 5", smallest=5) is None
