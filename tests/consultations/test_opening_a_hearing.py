"""The office opens a hearing at the desk, and changes its terms while it may."""

import html
import re

import pytest
from django.urls import reverse

from tests.consultations.conftest import HEARING, received
from veikart.consultations import kinds
from veikart.consultations.models import Hearing
from veikart.people import services as people
from veikart.strategy import services as strategy

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.desk_urls")]

TERMS = {
    "kind": "hearing",
    "case_number": "26/1001",
    "title": "Delmål for 2027",
    "title_nn": "Delmål for 2027",
    "title_en": "Objectives for 2027",
    "opens_on": "2026-11-01",
    "closes_on": "2027-02-01",
    "summary": "Nye delmål under de fem målene.",
    "invited": "Oslo kommune\nNorsk helsenett\nStorgata legekontor; general practice",
    "is_public": "on",
}
QUESTIONS = (
    {"text": "Støtter dere delmålene?", "kind": "choice", "choices": "Ja\nNei\n\nVet ikke"},
    {"text": "Hva mener dere om hvert mål?", "kind": "per_goal", "goals": ["mal/1"]},
    {"text": ""},
    {"text": "Annet?", "text_nn": "Anna?", "kind": "text", "help": "Skriv kort."},
)


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def goal(editor):
    strategy.put(
        "strategic_goal",
        "mal/1",
        {"number": 1, "title": "Aktiv medvirkning", "kind": "direct", "summary": "Alle kan delta."},
        by=editor,
    )


def sent(terms=(), questions=QUESTIONS):
    rows = {
        f"sporsmal-{no}-{name}": value
        for no, row in enumerate(questions)
        for name, value in {"kind": "text", **row}.items()
    }
    count = {"sporsmal-TOTAL_FORMS": len(questions), "sporsmal-INITIAL_FORMS": 0}
    return {**TERMS, **dict(terms), **rows, **count}


def opened(desk, **terms):
    return desk.post(reverse("consultations:open"), sent(terms), follow=True)


def text(response):
    plain = re.sub(r"<[^>]*>", " ", html.unescape(response.content.decode()))
    return " ".join(plain.split())


def held(uid):
    return kinds.HEARING.load([uid])[uid]


@pytest.mark.usefixtures("goal")
def test_a_hearing_is_opened_with_its_questions_and_whom_it_invites(desk, editor):
    people.put(
        "organisation",
        "aktor/norsk-helsenett",
        {"name": "Norsk helsenett", "kind": "agency"},
        by=editor,
    )
    answer = opened(desk)
    assert answer.redirect_chain[-1][0].endswith("/arbeid/horinger/26-1001/")
    hearing = held("horing/26-1001")
    assert [(q.no, q.kind, q.text, q.choices, q.goals) for q in hearing.questions] == [
        (1, "choice", "Støtter dere delmålene?", ("Ja", "Nei", "Vet ikke"), ()),
        (2, "per_goal", "Hva mener dere om hvert mål?", (), ("mal/1",)),
        (3, "text", "Annet?", (), ()),
    ]
    assert [(one.name, one.kind, one.organisation) for one in hearing.invited] == [
        ("Norsk helsenett", "agency", "aktor/norsk-helsenett"),
        ("Oslo kommune", "municipality", None),
        ("Storgata legekontor", "gp", None),
    ]
    assert hearing.translations.en == "Objectives for 2027"


@pytest.mark.parametrize(
    ("terms", "says"),
    [
        ({"case_number": ""}, "A hearing has a case number. Give it."),
        ({"case_number": "sak 5"}, "Expected a year, a stroke and a number, such as 26/1234."),
        ({"kind": "workshop"}, "Workshops have no case number. Take it away."),
        ({"closes_on": "2026-10-01"}, "The last day cannot come before the first day."),
        ({"closes_on": "2026-12-01"}, "The period is under three months. Say why"),
        ({"about_edition": "siste"}, "Expected the number of an edition, such as 2026-1."),
        ({"invited": "Oslo\nBergen; by"}, "Line 2: expected one of ministry,"),
        ({"title": ""}, "This field is required."),
    ],
)
@pytest.mark.usefixtures("goal")
def test_what_cannot_be_opened_says_why_and_keeps_what_was_typed(desk, terms, says):
    answer = opened(desk, **terms)
    assert answer.status_code == 422
    assert says in text(answer)
    assert "Nye delmål under de fem målene." in text(answer)
    assert not Hearing.objects.exists()


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ({"text": "Ja?", "kind": "choice", "choices": "Ja"}, "Give at least two choices."),
        ({"text": "Mål?", "kind": "per_goal"}, "Choose the goals that are asked about."),
        ({"text": "", "help": "Skriv kort."}, "Write the question, or empty the row."),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(desk, question, says):
    answer = desk.post(reverse("consultations:open"), sent(questions=[question]))
    assert answer.status_code == 422
    assert says in text(answer)


@pytest.mark.usefixtures("goal", "hearing")
def test_a_case_number_that_is_taken_is_told(desk):
    answer = opened(desk, case_number="22/414")
    assert answer.status_code == 422
    assert "There is one of this name already: horing/22-414." in text(answer)
    assert held(HEARING).title == "Nasjonal e-helsestrategi"


@pytest.mark.usefixtures("hearing")
def test_the_form_holds_what_there_is_and_sent_again_changes_nothing(desk):
    before = held(HEARING)
    page = desk.get(reverse("consultations:change", args=["22-414"]))
    data = {}
    for form in (page.context["form"], *page.context["asked"]):
        data |= {each.html_name: each.value() for each in form if each.value() is not None}
    data |= {"sporsmal-TOTAL_FORMS": 4, "sporsmal-INITIAL_FORMS": 2}
    answer = desk.post(page.context["here"], data, follow=True)
    assert answer.status_code == 200, text(answer)
    assert held(HEARING) == before


def test_what_replies_refer_to_stays(desk, hearing):
    received(hearing, "Ta med fastlegene.")
    questions = [{"text": "Er dere med?", "kind": "choice", "choices": "Ja\nNei\nKanskje"}]
    address = reverse("consultations:change", args=["22-414"])
    answer = desk.post(address, sent({"closes_on": "2027-03-01"}, questions))
    assert answer.status_code == 422
    assert "Replies to horing/22-414 have come" in text(answer)
    assert held(HEARING).case_number == "22/414"


def test_only_editors_open_hearings(client, reader):
    client.force_login(reader)
    assert client.get(reverse("consultations:open")).status_code == 403
