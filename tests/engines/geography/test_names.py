import datetime as dt

import pytest

from veikart.engines.geography.names import find_by_name

NAMES = """
Oslo                | 2024 | 03 0301
oslo kommune        | 2024 | 03 0301
Bodo                | 2024 | 1804
Kautokeino          | 2024 | 5612
Guovdageaidnu       | 2024 | 5612
Porsangu            | 2024 | 5622
Snåase - Snåsa      | 2024 | 5041
Herøy               | 2024 | 1515 1818
Herøy (Nordland)    | 2024 | 1818
Våler, Innlandet    | 2024 | 3419
Våler i Østfold     | 2024 | 3114
Haram               | 2019 | 1534
Haram               | 2021 | 1507
Haram               | 2024 | 1580
Rissa               | 2024 | 5054
Tysfjord            | 2024 | 1806 1875
Viken               | 2024 | 31 32 33
Atlantis            | 2024 |
Våler (Atlantis)    | 2024 |
"""


@pytest.mark.parametrize("line", NAMES.strip().splitlines())
def test_a_name_finds_all_that_it_may_mean_on_the_day(geography, line):
    name, year, codes = (cell.strip() for cell in line.split("|"))

    found = find_by_name(geography, name, on=dt.date(int(year), 1, 1))

    assert [place.code for place in found] == codes.split()
