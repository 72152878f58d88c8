"""How far dates have moved, in words for a table."""

import pytest
from django.utils import translation

from tests.pages import readings
from veikart.pages import slips
from veikart.plan.slip import Spread

MOVES = """
days | said
0    | no move
0.3  | no move
1    | 1 day later
12   | 12 days later
-12  | 12 days earlier
31   | 1 month later
184  | 6 months later
-366 | 1 year earlier
"""


def rows(table):
    lines = [line for line in table.strip("\n").splitlines()[1:] if line.strip()]
    return [[cell.strip() for cell in line.split("|")] for line in lines]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(("days", "said"), rows(MOVES))
def test_a_move_is_said_in_months_or_days(days, said):
    assert slips.move_words(float(days)) == said


def test_a_move_that_lies_between_two_says_so_and_one_without_a_bound_too():
    assert slips.spread_words(Spread(at_least=0, at_most=92)) == (
        "between no move and 3 months later"
    )
    assert slips.spread_words(Spread(at_least=None, at_most=92)) == "cannot be told"


def test_the_first_edition_has_nothing_to_have_moved_from():
    assert slips.tables(readings.alone()) == []


def test_dates_are_counted_for_all_and_for_each_goal_and_a_handful_is_withheld():
    (table,) = slips.tables(readings.after_another())

    told = [(row["name"], row["n"], row.get("median"), row.get("late")) for row in table["rows"]]
    assert table["number"] == "2026-1"
    assert told == [
        ("All goals", 9, "no move", "0 %"),
        ("Aktiv medvirkning", 7, "no move", "0 %"),
        ("Tilgjengelig informasjon", 3, None, None),
    ]
    assert table["rows"][-1]["withheld"]
