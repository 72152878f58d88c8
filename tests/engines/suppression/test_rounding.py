import random
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.suppression.tables import BREAKDOWNS, cells_of, forest
from veikart.engines.suppression.attack import Exposed, attack_rounded
from veikart.engines.suppression.cells import Cell
from veikart.engines.suppression.rounding import Rounded, round_numerators

COUNTRY = {"x": ("NO",), "y": ("NO",), "z": ("NO",)}
HIERARCHIES = ({"x": "NO", "y": "NO", "z": "NO"},)
TABLE = """
x   3 40 100 100
y  51 62 100 100
z  30 20 100 100
"""


def asked(cells, **changes):
    return {
        "hierarchies": HIERARCHIES,
        "breakdowns": BREAKDOWNS,
        "base": 5,
        "cells": cells,
    } | changes


def test_numbers_become_multiples_that_add_up():
    rounded = round_numerators(**asked(cells_of(TABLE, COUNTRY)))

    assert rounded == Rounded(
        {
            ("x", ("a",)): 5, ("x", ("b",)): 40, ("x", (None,)): 45,
            ("y", ("a",)): 50, ("y", ("b",)): 60, ("y", (None,)): 110,
            ("z", ("a",)): 30, ("z", ("b",)): 20, ("z", (None,)): 50,
            ("NO", ("a",)): 85, ("NO", ("b",)): 120, ("NO", (None,)): 205,
        },
        furthest=3,
    )  # fmt: skip


def test_nobody_is_still_nobody_and_no_number_is_above_its_denominator():
    cells = [Cell("x", ("a",), 4, 4), Cell("x", ("b",), 0, 9), Cell("x", (None,), 4, 13)]

    rounded = round_numerators(**asked(cells, hierarchies=()))

    assert set(rounded.numerators.values()) == {0}
    assert rounded.furthest == 4


def test_a_base_of_less_than_one_is_refused():
    with pytest.raises(ValueError, match="base of 1 or more; found 0"):
        round_numerators(**asked(cells_of(TABLE, COUNTRY), base=0))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), base=st.sampled_from([1, 3, 5, 10]))
def test_rounded_tables_are_additive_multiples_near_the_truth_and_withstand_the_attack(seed, base):
    cells, hierarchies = forest(seed, 3)

    rounded = round_numerators(**asked(cells, hierarchies=hierarchies, base=base))

    numbers = rounded.numerators
    truth = {(cell.area, cell.group): cell for cell in cells}
    municipalities = set(hierarchies[0])
    assert numbers.keys() == truth.keys()
    assert rounded.loose == 0
    assert all(n % base == 0 and 0 <= n <= truth[key].denominator for key, n in numbers.items())
    assert all(
        abs(numbers[area, (code,)] - truth[area, (code,)].numerator) < base
        for area, code in product(municipalities, "ab")
    )
    assert rounded.furthest == max(abs(n - truth[key].numerator) for key, n in numbers.items())
    for parents, code in product(hierarchies, ("a", "b", None)):
        for whole in set(parents.values()):
            parts = [numbers[part, (code,)] for part in parents if parents[part] == whole]
            assert sum(parts) == numbers[whole, (code,)]
    for area in {cell.area for cell in cells}:
        assert numbers[area, ("a",)] + numbers[area, ("b",)] == numbers[area, (None,)]
    assert attack_rounded(rounded=rounded, **asked(cells, hierarchies=hierarchies, base=base)) == ()


@pytest.mark.parametrize("seed", range(5))
def test_rounding_agrees_with_adding_up_every_error_anew(seed):
    cells, hierarchies = forest(seed, 2)

    rounded = round_numerators(**asked(cells, hierarchies=hierarchies))

    assert rounded.numerators == slowly_rounded(cells, hierarchies, 5)


def slowly_rounded(cells, hierarchies, base):
    """In plain Python: one cell at a time is turned, and the whole table summed again each time."""
    truth = {(cell.area, cell.group): cell for cell in cells}
    municipalities = set(hierarchies[0])
    finest = [key for key in truth if key[0] in municipalities and key[1] != (None,)]

    def above(area):
        found, waiting = {area}, [area]
        while waiting:
            one = waiting.pop()
            parents = {mapping[one] for mapping in hierarchies if one in mapping} - found
            found |= parents
            waiting.extend(parents)
        return found

    areas = {area: above(area) for area in municipalities}

    def table(units):
        sums = dict.fromkeys(truth, 0)
        for area, group in finest:
            for key in product(areas[area], (group, (None,))):
                sums[key] += units[area, group] * base
        return sums

    def cost(units):
        return sum((n - truth[key].numerator) ** 2 for key, n in table(units).items())

    lowest = {key: truth[key].numerator // base for key in finest}
    free = [
        key
        for key in finest
        if truth[key].numerator % base and (lowest[key] + 1) * base <= truth[key].denominator
    ]
    units = {
        key: low + (key in free and truth[key].numerator % base > base / 2)
        for key, low in lowest.items()
    }
    best, is_turning = cost(units), True
    while is_turning:
        is_turning = False
        for key in free:
            other = units | {key: 2 * lowest[key] + 1 - units[key]}
            if cost(other) < best:
                units, best, is_turning = other, cost(other), True
    return table(units)


def one_way(seed):
    """Municipalities by sex and by age, and not by both: a table of each beside the other."""
    chance = random.Random(seed)
    sums = {}
    for area in "xyz":
        for sex, age in product("ab", "cde"):
            of = chance.randint(0, 60)
            had = chance.randint(0, of)
            for key in product((area, "NO"), ((sex, None), (None, age), (None, None))):
                before = sums.get(key, (0, 0))
                sums[key] = (before[0] + had, before[1] + of)
    return [Cell(area, group, *pair) for (area, group), pair in sums.items()]


@pytest.mark.parametrize("seed", range(5))
def test_breakdowns_that_are_not_crossed_add_up_to_the_same_total(seed):
    cells = one_way(seed)

    rounded = round_numerators(**asked(cells, breakdowns=("ab", "cde")))

    assert rounded.loose == 0
    assert attack_rounded(rounded=rounded, **asked(cells, breakdowns=("ab", "cde"))) == ()


def test_totals_that_cannot_be_met_are_counted():
    cells = [
        Cell("x", ("a", None), 5, 9), Cell("x", ("b", None), 5, 9), Cell("x", (None, None), 10, 18),
        *(Cell("x", (None, age), number, 4) for age, number in (("c", 4), ("d", 4), ("e", 2))),
    ]  # fmt: skip

    rounded = round_numerators(**asked(cells, hierarchies=(), breakdowns=("ab", "cde")))

    assert rounded.loose == 1
    assert {rounded.numerators["x", (None, age)] for age in "cde"} == {0}


def test_the_attack_finds_what_numbers_rounded_each_by_itself_give_away():
    cells = [Cell("x", ("a",), 4, 50), Cell("x", ("b",), 4, 50), Cell("x", (None,), 8, 100)]
    alone = Rounded({("x", ("a",)): 0, ("x", ("b",)): 0, ("x", (None,)): 10}, furthest=4)

    found = attack_rounded(rounded=alone, **asked(cells, hierarchies=()))

    assert set(found) == {
        Exposed("x", ("a",), 2, 4, "below"),
        Exposed("x", ("b",), 2, 4, "below"),
    }


def test_counts_without_denominators_are_rounded_too():
    cells = [cell._replace(denominator=None) for cell in cells_of(TABLE, COUNTRY)]

    rounded = round_numerators(**asked(cells))

    assert rounded.numerators["x", ("a",)] == 5
    assert attack_rounded(rounded=rounded, **asked(cells)) == ()
