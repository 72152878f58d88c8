from itertools import product

import numpy as np
import pytest
from scipy import optimize

from tests.engines.suppression.tables import BREAKDOWNS, cells_of, forest
from veikart.engines.suppression.attack import Exposed, attack
from veikart.engines.suppression.cells import NOTHING, Cell, is_small
from veikart.engines.suppression.linked import link
from veikart.engines.suppression.suppress import suppress

COUNTRY = {"x": ("NO",), "y": ("NO",), "z": ("NO",)}
HIERARCHIES = ({"x": "NO", "y": "NO", "z": "NO"},)
TABLE = """
x   3 40 100 100
y  50 60 100 100
z  30 20 100 100
"""


def published(cells, **changes):
    return {
        "hierarchies": HIERARCHIES,
        "breakdowns": BREAKDOWNS,
        "smallest": 5,
        **changes,
        "cells": cells,
    }


def test_nobody_is_no_small_number_but_all_of_three_is():
    assert [is_small(n, d, 5) for n, d in ((0, 100), (1, 100), (4, 100), (5, 100))] == [
        False, True, True, False,
    ]  # fmt: skip
    assert [is_small(n, d, 5) for n, d in ((97, 100), (100, 100), (0, 3), (3, 3), (0, 0))] == [
        True, False, True, True, False,
    ]  # fmt: skip
    assert [is_small(n, None, 5) for n in (0, 4, 5)] == [False, True, False]


def test_one_small_cell_takes_three_others_with_it():
    hidden = suppress(**published(cells_of(TABLE, COUNTRY)))

    assert hidden.primary == {("x", ("a",))}
    assert len(hidden.secondary) == 3
    assert {area for area, _ in hidden.secondary} < {"x", "y", "z"}


def test_nothing_is_hidden_without_a_smallest_number_or_a_small_cell():
    cells = cells_of(TABLE, COUNTRY)

    assert suppress(**published(cells, smallest=None)) == NOTHING
    assert suppress(**published(cells, smallest=3)) == NOTHING


def test_cells_that_are_hidden_next_door_in_time_are_preferred():
    other = {("x", ("b",)), ("z", ("a",)), ("z", ("b",))}

    assert suppress(**published(cells_of(TABLE, COUNTRY), prefer=other)).secondary == other


def test_the_difference_between_a_county_and_a_hospital_area_is_protected():
    areas = {"x": ("c", "h", "NO"), "y": ("c", "k", "NO"), "z": ("d", "h", "NO")}
    hierarchies = (
        {"x": "c", "y": "c", "z": "d"},
        {"x": "h", "y": "k", "z": "h"},
        {"c": "NO", "d": "NO"},
        {"h": "NO", "k": "NO"},
    )
    cells = cells_of(TABLE, areas)

    rows_only = {("x", ("a",)), ("x", ("b",))}
    leaks = attack(hidden=rows_only, **published(cells, hierarchies=hierarchies))
    ours = suppress(**published(cells, hierarchies=hierarchies))

    assert Exposed("x", ("a",), 3, 3, "found") in leaks
    assert attack(hidden=ours.hidden, **published(cells, hierarchies=hierarchies)) == ()


def test_a_rest_that_subtraction_gives_away_is_protected():
    cells = [Cell("x", ("a",), 30, 100), Cell("x", ("b",), 30, 100), Cell("x", (None,), 62, 210)]

    hidden = suppress(**published(cells, hierarchies=()))

    assert not hidden.primary
    assert len(hidden.secondary) == 1
    leaks = attack(hidden=set(), **published(cells, hierarchies=()))
    assert leaks == (Exposed("x", (None,), 2, 2, "found", rest=True),)


def test_a_total_that_is_not_published_is_still_no_way_round():
    cells = [
        cell for cell in cells_of(TABLE, COUNTRY) if cell.group != (None,) or cell.area == "NO"
    ]

    hidden = suppress(**published(cells))

    assert attack(hidden=hidden.hidden, **published(cells)) == ()


def test_counts_without_denominators_are_protected():
    cells = [cell._replace(denominator=None) for cell in cells_of(TABLE, COUNTRY)]

    hidden = suppress(**published(cells))

    assert hidden.primary == {("x", ("a",))}
    assert attack(hidden=hidden.hidden, **published(cells)) == ()


def test_the_same_cells_give_the_same_answer():
    cells, hierarchies = forest(7, 10)

    first, second = (suppress(**published(cells, hierarchies=hierarchies)) for _ in range(2))

    assert first == second


def test_a_thousand_random_tables_withstand_the_attack():
    for seed in range(5):
        cells, hierarchies = forest(seed, 200)  # side by side: one programme bounds 200 cells
        asked = published(cells, hierarchies=hierarchies)
        hidden = suppress(**asked)

        assert attack(hidden=hidden.hidden, **asked) == ()
        assert hidden.primary == {
            (cell.area, cell.group)
            for cell in cells
            if is_small(cell.numerator, cell.denominator, 5)
        }


def test_the_attack_finds_what_is_hidden_alone():
    cells, hierarchies = forest(1, 40)
    asked = published(cells, hierarchies=hierarchies)
    small = suppress(**asked).primary

    found = attack(hidden=small, **asked)

    truth = {(cell.area, cell.group): cell.numerator for cell in cells}
    assert len({cell.area.split(".")[0] for cell in found}) > 10
    assert all(cell.lower <= truth[cell.area, cell.group] <= cell.upper for cell in found)


@pytest.mark.parametrize("seed", range(3))
def test_the_attack_agrees_with_bounding_every_cell_by_itself(seed):
    cells, hierarchies = forest(seed, 4)
    asked = published(cells, hierarchies=hierarchies)
    hidden = set(sorted(suppress(**asked).hidden, key=str)[::2])

    found = attack(hidden=hidden, **asked)

    assert {(cell.area, cell.group): (cell.lower, cell.upper) for cell in found} == slowly_exposed(
        link(cells, hierarchies=hierarchies, breakdowns=BREAKDOWNS), hidden, 5
    )


def slowly_exposed(linked, hidden, smallest):
    """Two linear programmes a cell, over the whole table, with published cells nailed down."""
    blank = np.array([key in hidden for key in linked.keys])
    low = np.where(blank, 0, linked.numerators)
    high = np.where(blank, linked.denominators, linked.numerators)
    found = {}
    for column in np.flatnonzero(blank):
        ends = []
        for sign in (1, -1):
            costs = np.zeros(len(low))
            costs[column] = sign
            answer = optimize.linprog(
                costs,
                A_eq=linked.totals,
                b_eq=np.zeros(linked.totals.shape[0]),
                bounds=np.column_stack([low, high]),
            )
            ends.append(sign * answer.fun)
        lower, upper = int(np.ceil(ends[0] - 1e-6)), int(np.floor(ends[1] + 1e-6))
        most = int(linked.denominators[column])
        may_be_small = any(is_small(n, most, smallest) for n in range(lower, upper + 1))
        if upper - lower < min(smallest, most) and may_be_small:
            found[linked.keys[column]] = (lower, upper)
    return found


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ([Cell("x", ("a",), 5, 4)], "from 0 to its denominator"),
        ([Cell("x", ("a",), -1, 4)], "from 0 to its denominator"),
        ([Cell("x", ("c",), 1, 4)], "one known category"),
        ([Cell("x", ("a",), 1, 4)] * 2, "same place"),
        ([Cell("x", ("a",), 1, 4), Cell("y", ("a",), 1, None)], "for every cell or for none"),
        ([Cell("x", ("a",), 9, 40), Cell("x", (None,), 8, 90)], "at most their total"),
    ],
)
def test_cells_that_do_not_add_up_are_refused(cells, message):
    with pytest.raises(ValueError, match=message):
        suppress(**published(cells))


def test_a_missing_cell_adds_nothing_and_is_not_hidden():
    cells = [
        cell._replace(numerator=None) if cell.area == "x" and cell.group == ("a",) else cell
        for cell in cells_of(TABLE.replace("x   3", "x   0"), COUNTRY)
    ]

    hidden = suppress(**published(cells))

    assert all(key in set(product("xyz", [("a",), ("b",), (None,)])) for key in hidden.hidden)
    assert ("x", ("a",)) not in hidden.hidden
