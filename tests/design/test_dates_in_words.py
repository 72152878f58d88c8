"""Dates, periods, numbers and lists are said as people say them, in all three languages."""

import datetime as dt

import pytest
from django.utils import translation
from msgspec.structs import replace

from veikart.design import words
from veikart.engines.date_texts import read_date
from veikart.plan.model import Phase, PhasePeriod, Translations

AT = """
01.05.2026             | 1. mai 2026                   | 1. mai 2026                    | 1 May 2026
mars 2026              | mars 2026                     | mars 2026                      | March 2026
2. kvartal 2026        | 2. kvartal 2026               | 2. kvartal 2026                | quarter 2 of 2026
2. tertial 2026        | 2. tertial 2026               | 2. tertial 2026                | four-month period 2 of 2026
1. halvår 2026         | første halvår 2026            | første halvår 2026             | the first half of 2026
2. halvår 2026         | andre halvår 2026             | andre halvår 2026              | the second half of 2026
våren 2027             | våren 2027                    | våren 2027                     | the spring of 2027
sommeren 2027          | sommeren 2027                 | sommaren 2027                  | the summer of 2027
høsten 2027            | høsten 2027                   | hausten 2027                   | the autumn of 2027
2028                   | 2028                          | 2028                           | 2028
tidligst høsten 2027   | tidligst høsten 2027          | tidlegast hausten 2027         | the autumn of 2027 at the earliest
tidligst mars 2027     | tidligst mars 2027            | tidlegast mars 2027            | March 2027 at the earliest
fra 2027               | tidligst 2027                 | tidlegast 2027                 | 2027 at the earliest
"""

START = """
01.07.2026             | fra juli 2026                 | frå juli 2026                  | from July 2026
15.07.2026             | fra 15. juli 2026             | frå 15. juli 2026              | from 15 July 2026
2. kvartal 2026        | fra 2. kvartal 2026           | frå 2. kvartal 2026            | from quarter 2 of 2026
høsten 2026            | fra høsten 2026               | frå hausten 2026               | from the autumn of 2026
tidligst høsten 2027   | tidligst høsten 2027          | tidlegast hausten 2027         | the autumn of 2027 at the earliest
-                      | ikke tidfestet                | ikkje tidfest                  | not dated
"""

END = """
31.12.2027             | til og med desember 2027      | til og med desember 2027       | through December 2027
30.12.2027             | til og med 30. desember 2027  | til og med 30. desember 2027   | through 30 December 2027
1. kvartal 2027        | til og med 1. kvartal 2027    | til og med 1. kvartal 2027     | through quarter 1 of 2027
våren 2027             | til og med våren 2027         | til og med våren 2027          | through the spring of 2027
2027                   | til og med 2027               | til og med 2027                | through 2027
tidligst høsten 2027   | til tidligst høsten 2027      | til tidlegast hausten 2027     | through the autumn of 2027 at the earliest
-                      | ingen slutt oppgitt           | ingen slutt oppgitt            | no end given
"""

PERIODS = """
01.07.2026 | 31.12.2027 | planned   | Innføring fra juli 2026 til og med desember 2027, planlagt. | Innføring frå juli 2026 til og med desember 2027, planlagt.
høsten 2027 | -         | tentative | Innføring fra høsten 2027, tentativt.                       | Innføring frå hausten 2027, tentativt.
-          | 2028       | decided   | Innføring, til og med 2028, start ikke oppgitt, vedtatt.    | Innføring, til og med 2028, start ikkje oppgitt, vedteke.
-          | -          | planned   | Innføring, ikke tidfestet, planlagt.                        | Innføring, ikkje tidfest, planlagt.
"""


def rows(table):
    return [tuple(cell.strip() for cell in line.split("|")) for line in table.strip().splitlines()]


def date(text, certainty="planned"):
    if text == "-":
        return None
    found = read_date(text.removeprefix("tidligst "), certainty)
    assert found is not None, text
    if text.startswith("tidligst "):
        return replace(found, latest=dt.date.max, precision="open", text=text)
    return found


def in_each_language(say):
    said = []
    for language in ("nb", "nn", "en"):
        with translation.override(language):
            said.append(say())
    return said


@pytest.mark.parametrize(("text", "bokmal", "nynorsk", "english"), rows(AT))
def test_a_date_alone_is_said_as_precisely_as_it_was_given(text, bokmal, nynorsk, english):
    assert in_each_language(lambda: words.at(date(text))) == [bokmal, nynorsk, english]


@pytest.mark.parametrize(("text", "bokmal", "nynorsk", "english"), rows(START))
def test_a_start_is_said_with_from(text, bokmal, nynorsk, english):
    assert in_each_language(lambda: words.start(date(text))) == [bokmal, nynorsk, english]


@pytest.mark.parametrize(("text", "bokmal", "nynorsk", "english"), rows(END))
def test_an_end_is_said_as_included(text, bokmal, nynorsk, english):
    assert in_each_language(lambda: words.end(date(text))) == [bokmal, nynorsk, english]


@pytest.mark.parametrize(("start", "end", "certainty", "bokmal", "nynorsk"), rows(PERIODS))
def test_a_period_is_one_plain_sentence(start, end, certainty, bokmal, nynorsk):
    phases = (phase("Innføring"),)
    of = period(date(start, certainty), date(end, certainty), certainty)

    with translation.override("nb"):
        said = words.period(of, phases, "nb")
    with translation.override("nn"):
        also = words.period(of, phases, "nn")

    assert (said, also) == (bokmal, nynorsk)


def test_a_period_that_ends_before_it_starts_says_so():
    of = period(date("01.07.2026"), date("31.12.2025"), "planned")

    with translation.override("nb"):
        said = words.contradiction(of)

    assert said == (
        "Kilden sier at den slutter (31. desember 2025) før den starter (1. juli 2026)."
    )


def test_a_span_of_phases_is_said_with_both_short_names():
    both = (phase("Tilpasning"), phase("Innføring"))

    assert in_each_language(lambda: words.phase_names(both, "nb")) == [
        "Tilpasning til innføring", "Tilpasning til innføring", "Tilpasning to innføring",
    ]  # fmt: skip


def test_numbers_have_narrow_spaces_and_lists_have_and():
    assert words.number(1234567) == "1\N{NARROW NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}567"
    assert in_each_language(lambda: words.listed(["Helse Nord", "Helse Vest", "KS"])) == [
        "Helse Nord, Helse Vest og KS",
        "Helse Nord, Helse Vest og KS",
        "Helse Nord, Helse Vest and KS",
    ]


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_months_are_written_small_inside_a_sentence(language):
    with translation.override(language):
        said = [words.month(dt.date(2026, number, 1)) for number in range(1, 13)]

    assert said == [
        f"{name} 2026"
        for name in (
            "januar", "februar", "mars", "april", "mai", "juni",
            "juli", "august", "september", "oktober", "november", "desember",
        )
    ]  # fmt: skip


def phase(name):
    return Phase(
        uid="fase/innforing",
        number=4,
        name=name,
        short_name=name,
        meaning=None,
        pattern="full",
        translations=Translations(),
    )


def period(start, end, certainty):
    return PhasePeriod(
        no=1,
        first_phase="fase/innforing",
        last_phase="fase/innforing",
        phase_text=None,
        start=start,
        end=end,
        certainty=certainty,
    )


MONTHS = """
0  | 0 måneder           | 0 månader             | 0 months
1  | 1 måned             | 1 månad               | 1 month
12 | 1 år                | 1 år                  | 1 year
15 | 15 måneder          | 15 månader            | 15 months
27 | 2 år og 3 måneder   | 2 år og 3 månader     | 2 years and 3 months
48 | 4 år                | 4 år                  | 4 years
"""


@pytest.mark.parametrize(("count", "nb", "nn", "en"), rows(MONTHS))
def test_many_months_are_said_as_years(count, nb, nn, en):
    said = []
    for language in ("nb", "nn", "en"):
        with translation.override(language):
            said.append(words.months(int(count)))

    assert said == [nb, nn, en]
