"""Random tables of counts with areas that do not nest, and small ones written by hand."""

import random
from itertools import product

from veikart.engines.suppression.cells import Cell

BREAKDOWNS = (("a", "b"),)


def forest(seed, count):
    """`count` random tables side by side: municipalities in counties and in hospital areas."""
    chance = random.Random(seed)
    sums, county, hospital_area, nation = {}, {}, {}, {}
    for table in range(count):
        most = chance.choice([6, 15, 40])
        for number in range(chance.randint(2, 3)):
            area = f"{table}.{number}"
            county[area] = f"{table}.c{chance.randrange(2)}"
            hospital_area[area] = f"{table}.h{chance.randrange(2)}"
            nation[county[area]] = nation[hospital_area[area]] = f"{table}.N"
            for code in "ab":
                denominator = chance.randint(0, most)
                numerator = chance.randint(0, denominator)
                areas = (area, county[area], hospital_area[area], f"{table}.N")
                for key in product(areas, ((code,), (None,))):
                    had = sums.get(key, (0, 0))
                    sums[key] = (had[0] + numerator, had[1] + denominator)
    cells = [Cell(area, group, *pair) for (area, group), pair in sums.items()]
    by_county = {part: whole for part, whole in nation.items() if ".c" in part}
    by_hospital_area = {part: whole for part, whole in nation.items() if ".h" in part}
    return cells, (county, hospital_area, by_county, by_hospital_area)


def cells_of(text, areas):
    """Cells of a table as text, one row a municipality: code, numerators of a and b, denominators.

    `areas` maps municipalities to the areas above; totals are added up.
    """
    sums = {}
    for line in text.strip().splitlines():
        area, *numbers = line.split()
        a, b, of_a, of_b = map(int, numbers)
        for above in (area, *areas[area]):
            for code, pair in (("a", (a, of_a)), ("b", (b, of_b)), (None, (a + b, of_a + of_b))):
                had = sums.get((above, (code,)), (0, 0))
                sums[above, (code,)] = (had[0] + pair[0], had[1] + pair[1])
    return [Cell(area, group, *pair) for (area, group), pair in sums.items()]
