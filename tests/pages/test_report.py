"""The summary report of a hearing as a page: its numbers add up, and it says nothing that is withheld."""

import re

import pytest
from msgspec.structs import replace

from tests.languages import in_english  # noqa: F401 (sentences are asked for in English)
from tests.pages import hearing_samples as hearings
from tests.pages.readings import alone
from veikart.pages.missing import NotInPlan
from veikart.pages.render import render
from veikart.pages.report import report
from veikart.pages.report_parts import Excerpt, table
from veikart.plan.consultations import WITHHELD

PATH = f"{hearings.HEARING}/rapport"
SHARED = (
    "What it was about, and how it was held", "Invited and replied", "The answers",
    "What became of the points", "What many spoke of", "What it led to", "Who replied",
    "Method and counts",
)  # fmt: skip


def made(reading=None):
    return report(reading or hearings.answered("en"), hearings.HEARING)


def words_of(text):
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def rows(one, about):
    found = next(each for each in one.tables if each.about == about)
    return [tuple(cell.text for cell in row) for row in found.rows]


def with_points(plan, points):
    return replace(plan, consultations=replace(plan.consultations, points=tuple(points)))


def test_a_report_tells_in_order_what_an_office_publishes():
    told = [section.heading.text for section in made().sections if section.level == 1]

    assert told == list(SHARED)


def test_invited_and_replies_are_counted_by_kind_and_in_all():
    assert rows(made(), "Invited and replies by kind of respondent") == [
        ("Municipality", "1", "0", "0", "0"),
        ("Vendor", "0", "0", "1", "2"),
        ("Interest organisation", "1", "1", "1", "2"),
        ("Private person", "0", "0", "1", "1"),
        ("In all", "2", "1", "3", "5"),
    ]


def test_what_was_ticked_is_counted_by_kind_and_in_all():
    assert rows(made(), "1. Er målene riktige?") == [
        ("Interest organisation", "1", "0", "1"),
        ("In all", "1", "0", "1"),
    ]


def test_every_sum_is_the_sum_of_its_column():
    for one in made().tables:
        if one.has_sum and one.about != "Points received, handled and open":
            for column in one.numbers:
                *parts, whole = (int(row[column].text) for row in one.rows)
                assert sum(parts) == whole, one.about


def test_received_is_handled_and_open():
    told = dict(rows(made(), "Points received, handled and open"))

    handled = int(told["Handled in all"])
    parts = [name for name in told if name.startswith(("Answered", "Set aside", "Lapsed"))]
    assert sum(int(told[name]) for name in parts) == handled == 7
    assert int(told["Received: handled and open together"]) == handled + int(told["Open"])


def test_outcomes_are_counted_by_kind_and_points_without_one_get_a_column_where_there_are_any():
    plan = hearings.answered_plan()
    first, *others = plan.consultations.points
    waiting = made(alone("en", with_points(plan, [replace(first, outcome=None), *others])))

    about = "Outcomes by kind of respondent"
    assert rows(made(), about) == [
        ("Vendor", "1", "0", "1", "0", "0", "2"),
        ("Interest organisation", "1", "0", "0", "0", "1", "2"),
        ("Private person", "1", "0", "0", "0", "0", "1"),
        ("In all", "3", "0", "1", "0", "1", "5"),
    ]
    assert rows(waiting, about)[-1] == ("In all", "2", "0", "1", "0", "1", "1", "5")


def test_a_theme_tells_its_outcomes_with_reasons_and_three_excerpts_of_different_senders():
    theme = next(s for s in made().sections if s.heading.text == "Theme 1: Innsyn i journal")

    excerpts = [block for block in theme.blocks if isinstance(block, Excerpt)]
    assert rows(made(), "Outcomes of theme 1 with their reasons") == [
        ("Followed", "Det blir tydeligere.", "3")
    ]
    assert [one.who.text for one in excerpts] == ["KS", "Medtech Ltd", "A. N., in our words"]
    assert theme.heading.address == f"/en/{hearings.HEARING}/tema/1/"


def test_reasons_beyond_the_dozen_are_counted_and_not_lost():
    plan = hearings.answered_plan()
    first = plan.consultations.points[0]
    many = [
        replace(first, uid=f"{first.reply}/punkt/{no}", no=no,
                outcome=hearings.outcome("noted", f"Grunn {no:02}"))
        for no in range(1, 16)
    ]  # fmt: skip
    theme = replace(plan.consultations.themes[0], points=tuple(one.uid for one in many))
    said = replace(plan.consultations, points=tuple(many), themes=(theme,))

    told = rows(
        made(alone("en", replace(plan, consultations=said))),
        f"Outcomes of theme {theme.no} with their reasons",
    )

    assert len(told) == 13
    assert told[-1] == ("–", "3 other reasons", "3")
    assert sum(int(row[2]) for row in told) == 15


def test_a_change_is_told_from_and_to_with_where_to_read_it():
    told = next(one for one in made().tables if one.about == "Changes that points led to")

    assert rows(made(), told.about) == [("Goal 1, bullet 1", hearings.BEFORE, hearings.AFTER, "3")]
    assert told.rows[0][0].address == "/en/mal/1/#oppna-1"


def test_who_replied_is_listed_with_initials_and_a_stone_for_what_was_withdrawn():
    assert rows(made(), "Who replied") == [
        ("1", "KS", "Interest organisation", "30 May 2026", "2"),
        ("2", "Medtech Ltd", "Vendor", "30 May 2026, after the deadline", "2"),
        ("3", "A. N. (by initials)", "Private person", "30 May 2026", "1"),
        ("4", "Withdrawn: Sendt ved en feil.", "–", "–", "–"),
    ]


def test_a_reply_withdrawn_later_is_counted_nowhere():
    reading = hearings.answered("en")
    plan = reading.plan
    gone = replace(plan.consultations.replies[0], uid=f"{hearings.HEARING}/svar/4", no=4)
    point = replace(plan.consultations.points[0], uid=f"{gone.uid}/punkt/1", reply=gone.uid)
    said = replace(
        plan.consultations,
        replies=(*plan.consultations.replies, gone),
        points=(*plan.consultations.points, point),
    )

    assert made(alone("en", replace(plan, consultations=said))) == made(reading)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_what_is_withheld_is_said_to_be_so_in_words(language):
    reading = hearings.answered(language)
    plan = reading.plan
    first = plan.consultations.points[0]
    secret = replace(first, text=f"Prisen er {WITHHELD} kroner.")
    shown = alone(language, with_points(plan, [secret, *plan.consultations.points[1:]]))

    html = render(shown, PATH).html

    withheld = {"nb": "[unntatt]", "nn": "[unnateke]", "en": "[withheld]"}[language]
    assert f"Prisen er {withheld} kroner." in words_of(html)
    assert WITHHELD not in html


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_page_holds_every_cell_and_links_to_its_files(language):
    reading = hearings.answered(language)

    page = render(reading, PATH)

    assert page.status == 200
    prefix = "" if language == "nb" else f"/{language}"
    for ending in ("docx", "pdf"):
        assert f'href="{prefix}/data/{PATH.replace("/rapport", "-rapport")}.{ending}"' in page.html
    assert page.html.count("<h1") == 1


def test_a_hearing_links_to_its_report_and_one_that_is_planned_has_none():
    reading = hearings.answered("nb")
    plan = reading.plan
    hearing = replace(plan.consultations.hearings[0], stage="planned", answered_on=None)
    planned = alone(
        "nb", replace(plan, consultations=replace(plan.consultations, hearings=(hearing,)))
    )

    assert f'href="/{PATH}/"' in render(reading, hearings.HEARING).html
    assert "rapport" not in render(planned, hearings.HEARING).html
    assert render(planned, PATH).status == 404
    with pytest.raises(NotInPlan):
        report(planned, hearings.HEARING)
    assert render(reading, "horing/1-1/rapport").status == 404


def test_what_somebody_wrote_is_escaped():
    reading = hearings.answered("en")
    plan = reading.plan
    first = replace(plan.consultations.points[0], text="<script>alert(1)</script>")
    shown = alone("en", with_points(plan, [first, *plan.consultations.points[1:]]))

    html = render(shown, PATH).html

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_a_row_of_another_length_than_its_heads_is_refused():
    with pytest.raises(ValueError, match="Expected 2 cells"):
        table("A", ("a", "b"), [()], widths=(1, 1))
