"""Measured values in words, with the decimal sign of the language."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from veikart.design import amounts

THIN = "\N{NARROW NO-BREAK SPACE}"

SAID = """
kind         | value       | unit  | in running text     | in a table
survey_share | 0.574       |       | 57 percent          | 57 %
survey_share | 0.5         |       | 50 percent          | 50 %
share        | 0.2         |       | 20 percent          | 20.0 %
share        | 0.0284      |       | 2.8 percent         | 2.8 %
coverage     | 1           |       | 100 percent         | 100.0 %
rate         | 12.35       |       | 12.3                | 12.3
rate         | 4           | per 1000 | 4 per 1000       | 4.0
count        | 109500000   | besøk | 109.5 million besøk | 109 500 000
count        | 2000000     |       | 2 million           | 2 000 000
count        | 999999      |       | 999 999             | 999 999
count        | 0           |       | 0                   | 0
amount       | 8900000000  |       | 8.9 billion kroner  | 8 900 000 000
"""
PERIODS = """
code    | in words
2023    | 2023
2023-H1 | the first half of 2023
2023-H2 | the second half of 2023
2023-T2 | four-month period 2 of 2023
2023-Q3 | quarter 3 of 2023
2023-07 | July 2023
before  | before
"""


def rows(table):
    lines = [line for line in table.strip().splitlines()[1:] if line.strip()]
    return [[cell.strip() for cell in line.split("|")] for line in lines]


@pytest.mark.parametrize(("kind", "value", "unit", "text", "cell"), rows(SAID))
def test_a_value_is_said_by_its_kind(kind, value, unit, text, cell):
    with translation.override("en"):
        said = amounts.said(kind, float(value), unit=unit or None)

        assert said.replace(THIN, " ") == text
        assert amounts.cell(kind, float(value)).replace(THIN, " ") == cell


@pytest.mark.parametrize(("code", "text"), rows(PERIODS))
def test_a_period_is_said_by_its_form(code, text):
    with translation.override("en"):
        assert amounts.period(code) == text


def test_a_difference_between_shares_is_in_percentage_points():
    with translation.override("en"):
        assert amounts.difference("survey_share", 0.24) == "24 percentage points"
        assert amounts.difference("share", -0.01) == "1 percentage point"
        assert amounts.difference("coverage", 0.0125) == "1.2 percentage points"
        assert amounts.difference("count", -1200, unit="visits") == f"1{THIN}200 visits"


def test_a_number_below_zero_has_a_real_minus_and_nought_has_none():
    assert amounts.decimal(-1234.5) == f"−1{THIN}234,5"
    assert amounts.decimal(-0.01) == "0,0"


@pytest.mark.parametrize(("language", "sign"), [("nb", ","), ("nn", ","), ("en", ".")])
def test_the_decimal_sign_is_that_of_the_language(language, sign):
    with translation.override(language):
        assert amounts.decimal(1234.5) == f"1{THIN}234{sign}5"
        assert amounts.percent(0.0284) == f"2{sign}8{THIN}%"
        assert amounts.short(2.0) == "2"
        assert amounts.short(100.25, 2) == f"100{sign}25"
        assert amounts.short(1200.0, 0) == f"1{THIN}200"


@pytest.mark.parametrize(
    ("value", "said"),
    [(1e9, "1 milliard"), (1.04e9, "1 milliard"), (1.2e9, "1,2 milliarder"), (2e6, "2 millioner")],
)
def test_one_milliard_is_no_milliarder(value, said):
    with translation.override("nb"):
        assert amounts.large(value) == said


PERIODS_OF_SETS = """
first   | last    | in words
2019    | 2023    | 2019 – 2023
2020    | 2020    | 2020
2024-01 | 2025-12 | January 2024 – December 2025
2026-05 | 2026-05 | May 2026
"""


@pytest.mark.parametrize(("first", "last", "said"), rows(PERIODS_OF_SETS))
def test_the_periods_of_a_data_set_are_said_in_words(first, last, said):
    with translation.override("en"):
        told = render_to_string("intake/series_periods.html", {"first": first, "last": last})

    assert told.strip() == said
