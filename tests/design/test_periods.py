"""Periods as one plain sentence, and the small words around them."""

import pytest
from django.utils import translation

from tests.plan.samples import PHASES, fuzzy, period
from veikart.design import words


@pytest.fixture(autouse=True)
def _bokmal():
    with translation.override("nb"):
        yield


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (
            period(1, "innforing", "2026-07-01", "2027-12-31"),
            "Innføring fra juli 2026 til og med desember 2027, planlagt.",
        ),
        (
            period(1, "konsept", "~2026Q2", None, "tentative"),
            "Konsept fra 2. kvartal 2026, tentativt.",
        ),
        (period(1, "konsept"), "Konsept, ikke tidfestet, planlagt."),
        (
            period(1, "utvikling..innforing", "2026-01-01"),
            "Utvikling til innføring fra januar 2026, planlagt.",
        ),
        (period(1, None, "2026-01-01"), "Ingen fase oppgitt fra januar 2026, planlagt."),
    ],
)
def test_a_period_is_one_plain_sentence(made, sentence):
    assert words.period(made, phases_of(made), "nb") == sentence


def test_an_end_before_its_start_is_said_and_not_mended():
    made = period(1, "tilpasning", "2026-01-01", "2025-06-30")

    with translation.override("en"):
        said = words.period(made, phases_of(made), "en")

    assert words.contradicts(made)
    assert said == (
        "Tilpasning og utvidet utprøving from January 2026 through June 2025, planned. "
        "The source says it ends (30 June 2025) before it starts (1 January 2026)."
    )


def test_a_period_that_is_in_order_does_not_contradict():
    assert not words.contradicts(period(1, "konsept", "2026-01-01", "2026-01-01"))
    assert not words.contradicts(period(1, "konsept", None, "2026-01-01"))


@pytest.mark.parametrize(
    ("short", "said"),
    [
        ("2026-07-01", "2026-07-01"),
        ("2026-07", "2026-07"),
        ("2026Q2", "2026-04"),
        ("2026", "2026"),
    ],
)
def test_a_machine_reads_a_date_no_more_precisely_than_it_was_said(short, said):
    assert words.machine(fuzzy(short)) == said


def test_a_moved_edge_is_said_by_its_month():
    assert words.edge(fuzzy("2026-07-01"), "start") == "juli 2026"
    assert words.edge(fuzzy("2026-07-01"), "end") == "1. juli 2026"
    assert words.edge(fuzzy("2026-06-30"), "end") == "juni 2026"


def test_numbers_have_thin_spaces_and_lists_an_and():
    assert words.number(26300) == "26\N{NARROW NO-BREAK SPACE}300"
    assert words.listed(["Helse Nord", "Helse Vest", "KS"]) == "Helse Nord, Helse Vest og KS"
    assert words.listed(["KS"]) == "KS"
    assert words.listed([]) == ""


def phases_of(made):
    numbers = {phase.uid: phase.number for phase in PHASES}
    if made.first_phase is None:
        return []
    wanted = range(numbers[made.first_phase], numbers[made.last_phase] + 1)
    return sorted(
        (phase for phase in PHASES if phase.number in wanted), key=lambda phase: phase.number
    )
