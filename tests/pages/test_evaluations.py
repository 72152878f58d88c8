"""The pages of evaluations: ratings by question, those that belong to none, and what changed through editions."""

import datetime as dt
import re

import pytest
from msgspec.structs import replace

from tests.pages.readings import alone, shelved
from tests.plan.samples import sample
from veikart.pages.reading import Reading
from veikart.pages.render import render
from veikart.plan import evaluation as e

FOUND = e.Evaluation(
    uid="evaluering/2021",
    title="Evaluering av strategien",
    about="Strategi 2017–2022",
    as_of=dt.date(2021, 9, 2),
    by="Direktoratet",
    areas=(
        e.AreaAssessment(no=1, goal="Enkel tilgang", comment="Mye gjenstår."),
        e.AreaAssessment(no=2, goal="Innbyggeren i sentrum", value="some"),
    ),
    questions=(e.EvaluationQuestion(no=1, text="Er valgene tydelige?"),),
    ratings=(
        e.Rating(no=1, value="limited", said="I begrenset grad"),
        e.Rating(no=2, value="some", said="I noen grad", question=1, evidence="Intervjuer"),
    ),
    findings=(e.Finding(no=1, text="Brukes lite", grounds=("Ikke forankret",)),),
)
PRINCIPLES = e.Evaluations(
    evaluations=(FOUND,),
    principles=(e.Principle(uid="evalueringsprinsipp/1", number=1, title="Prioriterer"),),
    checks=(
        e.PrincipleCheck(
            uid="evalueringsprinsipp/1/sjekk/1",
            principle="evalueringsprinsipp/1",
            value="partly",
            checked_on=dt.date(2026, 5, 4),
            comment="For bredt.",
            by="Eva",
        ),
    ),
)


def with_evaluation(held=PRINCIPLES, **head):
    plan = sample()
    return replace(plan, evaluation=held, head=replace(plan.head, **head))


def text_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.partition("<main")[2])).strip()


@pytest.fixture
def shown():
    return text_of(render(alone("en", with_evaluation()), "evaluering/2021").html)


def test_a_rating_stands_by_its_question_with_what_it_rests_on(shown):
    asked = shown.index("Er valgene tydelige?")

    assert shown.index("I noen grad", asked) < shown.index("Ratings whose question is not known")
    assert "(step 3 of 4)" in shown
    assert "Evidence: Intervjuer" in shown


def test_a_rating_whose_question_is_not_known_belongs_to_none_and_says_so(shown):
    unpaired = shown[shown.index("Ratings whose question is not known") :]

    assert "does not tell which question each of them answers" in unpaired
    assert "I begrenset grad (step 2 of 4)" in unpaired


def test_an_area_without_a_status_in_words_says_that_it_cannot_be_told(shown):
    assert "Enkel tilgang Mye gjenstår. Progress cannot be told" in shown
    assert "Innbyggeren i sentrum Some progress" in shown


def test_what_a_rating_was_in_an_earlier_edition_is_told():
    before = replace(FOUND.ratings[1], value="small", said="I liten grad")
    older = replace(FOUND, ratings=(FOUND.ratings[0], before))
    first = shelved(with_evaluation(replace(PRINCIPLES, evaluations=(older,))))
    now = shelved(
        with_evaluation(number="2026-2", previous="2026-1", as_of=dt.date(2026, 9, 30)),
        previous="2026-1",
    )

    page = render(
        Reading(shelved=now, editions=(now, first), language="en"), "evaluering/2021"
    ).html

    assert "before: to a small degree" in text_of(page)
    assert "before:" not in text_of(render(alone("en", first.plan), "evaluering/2021").html)


def test_principles_are_listed_with_each_answer_its_day_and_who_gave_it():
    shown = text_of(render(alone("en", with_evaluation()), "evaluering").html)

    assert "1. Prioriterer Partly met, 4 May 2026 · Eva: For bredt." in shown
    assert "1 question" in shown


def test_an_edition_without_evaluations_says_so():
    shown = text_of(render(alone("en", sample()), "evaluering").html)

    assert "No evaluation is in this edition." in shown
    assert render(alone("en", sample()), "evaluering/2021").status == 404
