"""The page of a work plan: one accessible timeline of phases, dates and checkpoints per quarter."""

import datetime as dt
import html
import re

import pytest
from msgspec.structs import replace

from tests.pages import council_samples as samples
from veikart.pages.bars import Window, bar, mark
from veikart.pages.render import render
from veikart.plan.council import WorkPhase, WorkPlan


def page(plan=None, language="en"):
    plans = (plan or samples.council().work_plans[0],)
    reading = samples.reading(language, samples.with_council(work_plans=plans))
    answer = render(reading, plans[0].uid)
    assert answer.status == 200
    return answer.html


def words_of(text):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def rows_of(text):
    """Each row of the timeline as its cells in words, without the sentence for small screens."""
    body = text.partition('<table class="timeline"')[2].partition("</table>")[0]
    rows = re.findall(r'<tr role="row"><th scope="row".*?</tr>', body, re.DOTALL)
    return [
        [words_of(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)][:5]
        for row in rows
    ]


def test_every_part_and_date_of_the_plan_is_a_row_in_words():
    assert rows_of(page()) == [
        ["Kunnskapsgrunnlag Forstå behovene.", "1", "", "Phase of the work", "From quarter 1 of 2026 through quarter 3 of 2026"],
        ["Øvrig involvering Involvement", "1", "", "Involvement", "Not dated"],
        ["Høring Hearing of the draft", "2", "", "Hearing of the draft", "Quarter 2 of 2027"],
        ["Extra meeting 1/2026 The council", "1", "The council", "Meeting", "20 May 2026"],
        ["2 September 2026 The plan does not say what it is.", "2", "", "Date", "2 September 2026"],
        ["HOD Checkpoint", "1", "", "Checkpoint", "8 times; the days are not told"],
    ]  # fmt: skip


def test_the_first_sentence_counts_and_says_what_is_not_explained():
    said = words_of(page())

    assert (
        "3 parts of the work and 2 dated points, from quarter 1 of 2026 through quarter 4 of 2027. "
        "Of 1 date the plan does not say what it is." in said
    )


def test_a_row_leads_to_its_meeting_or_to_what_it_is():
    text = page()

    assert 'rowheader"><a href="/en/mote/radet/1-2026/">Extra meeting 1/2026</a>' in text
    assert 'href="/en/arbeidsplan/2026-2027/#fase-1"' in text
    assert '<div id="fase-1">' in text


def test_bars_are_decoration_and_the_years_have_quarters():
    text = page()
    drawn = re.findall(r'<svg class="b"([^>]*)>', text)

    assert len(drawn) == 6
    assert all('aria-hidden="true"' in attributes for attributes in drawn)
    assert text.count("<small><u>1</u><u>2</u><u>3</u><u>4</u></small>") == 2
    assert "style=" not in text


def test_a_plan_that_tells_no_quarters_and_no_dates_has_the_years_of_its_address():
    plan = WorkPlan(
        uid="arbeidsplan/2021-2022", title="Plan", phases=(WorkPhase(no=1, title="En"),)
    )

    text = page(plan)

    assert "<i>2021" in text
    assert "<i>2022" in text
    assert rows_of(text) == [["En Phase of the work", "1", "", "Phase of the work", "Not dated"]]


@pytest.mark.parametrize(
    ("begins", "ends", "said"),
    [
        ("2026-Q2", None, "From quarter 2 of 2026"),
        (None, "2026-Q2", "Through quarter 2 of 2026"),
        ("2026-Q2", "2026-Q2", "Quarter 2 of 2026"),
        ("neste år", None, "Not dated"),
    ],
)
def test_what_is_half_known_is_said_as_it_is(begins, ends, said):
    phase = WorkPhase(no=1, title="En", from_quarter=begins, to_quarter=ends)
    plan = replace(samples.council().work_plans[0], phases=(phase,))

    assert rows_of(page(plan))[0][4] == said


def test_a_bar_lies_where_its_days_are():
    window = Window(dt.date(2021, 1, 1), dt.date(2022, 12, 31))

    whole = bar(3, dt.date(2021, 1, 1), dt.date(2022, 12, 31), window)
    second = bar(3, dt.date(2022, 1, 1), dt.date(2022, 12, 31), window)

    assert 'x="0%" width="100%"' in whole
    assert 'x="50%" width="50%"' in second
    assert bar(3, dt.date(2023, 1, 1), dt.date(2023, 3, 31), window) == ""
    assert bar(3, None, None, window) == ""
    assert 'x="50%"' in mark(dt.date(2022, 1, 1), window)
    assert mark(dt.date(2023, 1, 1), window) == ""
