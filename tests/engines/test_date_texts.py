import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veikart.engines.date_texts import read_date

KNOWN = """
01.07.2026                | 2026-07-01 | 2026-07-01 | day
1.7.2026                  | 2026-07-01 | 2026-07-01 | day
01/07/2026                | 2026-07-01 | 2026-07-01 | day
01-07-2026                | 2026-07-01 | 2026-07-01 | day
2026-07-01                | 2026-07-01 | 2026-07-01 | day
2026-07-01 00:00:00       | 2026-07-01 | 2026-07-01 | day
2026-07-01T08:30:00Z      | 2026-07-01 | 2026-07-01 | day
1. juli 2026              | 2026-07-01 | 2026-07-01 | day
29.02.2028                | 2028-02-29 | 2028-02-29 | day
mars 2026                 | 2026-03-01 | 2026-03-31 | month
Des. 2026                 | 2026-12-01 | 2026-12-31 | month
februar 2028              | 2028-02-01 | 2028-02-29 | month
03.2026                   | 2026-03-01 | 2026-03-31 | month
2026-03                   | 2026-03-01 | 2026-03-31 | month
2. kvartal 2026           | 2026-04-01 | 2026-06-30 | quarter
fjerde kvartal 2026       | 2026-10-01 | 2026-12-31 | quarter
Q3 2026                   | 2026-07-01 | 2026-09-30 | quarter
2026-Q1                   | 2026-01-01 | 2026-03-31 | quarter
2. tertial 2026           | 2026-05-01 | 2026-08-31 | half_year
1. halvår 2026            | 2026-01-01 | 2026-06-30 | half_year
andre halvår 2026         | 2026-07-01 | 2026-12-31 | half_year
H2 2026                   | 2026-07-01 | 2026-12-31 | half_year
våren 2027                | 2027-01-01 | 2027-06-30 | half_year
Høsten 2027               | 2027-07-01 | 2027-12-31 | half_year
sommeren 2027             | 2027-06-01 | 2027-08-31 | quarter
2027                      | 2027-01-01 | 2027-12-31 | year
i løpet av 2027           | 2027-01-01 | 2027-12-31 | year
etter 2027                | 2028-01-01 | 9999-12-31 | open
fra og med 2027           | 2027-01-01 | 9999-12-31 | open
"""


@pytest.mark.parametrize(
    "line", KNOWN.strip().splitlines(), ids=lambda line: line.split("|")[0].strip()
)
def test_a_date_is_read_as_precisely_as_it_was_said(line):
    text, earliest, latest, precision = (cell.strip() for cell in line.split("|"))

    date = read_date(text, "tentative")

    assert date is not None
    assert (date.earliest.isoformat(), date.latest.isoformat(), date.precision) == (
        earliest,
        latest,
        precision,
    )
    assert (date.certainty, date.text) == ("tentative", text)


@pytest.mark.parametrize(
    "text",
    [
        "", "snart", "31.02.2026", "01.13.2026", "5. kvartal 2026", "3. halvår 2026", "01.07.26",
        "01.01.0206", "3026", "01.07.2026 eller senere", "2026-2027", "20260701", "46204", "Q5 2026",
    ],
)  # fmt: skip
def test_what_names_no_date_gives_none(text):
    assert read_date(text, "planned") is None


def test_spaces_and_line_breaks_in_a_date_do_not_matter():
    date = read_date("  2.\n kvartal   2026 ", "planned")

    assert date is not None
    assert (date.text, date.earliest) == ("2. kvartal 2026", dt.date(2026, 4, 1))


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_every_day_is_read_back_in_its_norwegian_form(day):
    date = read_date(f"{day:%d.%m.}{day.year:04}", "planned")

    assert date is not None
    assert (date.earliest, date.latest) == (day, day)


@given(st.text(alphabet="0123456789./- qQhHkK.artvinsøe", max_size=20))
def test_any_text_gives_a_date_or_none(text):
    date = read_date(text, "planned")

    assert date is None or date.earliest <= date.latest
