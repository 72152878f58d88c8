"""The desk of evaluations: kept with their parts, refused with a reason, and principles held against drafts."""

import datetime as dt

import pytest
from django.test import Client

from veikart.evaluation import queries, services
from veikart.people.models import AuditEntry, User
from veikart.plan.evaluation import Rating

pytestmark = pytest.mark.django_db

PRINCIPLE = "evalueringsprinsipp/1"
HEAD = {"title": "Midtveis", "as_of": "2026-06-30", "by": "Helsedirektoratet"}


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def editor():
    return User.objects.create_user("ed", password="x", role=User.Role.EDITOR, first_name="Eva")


@pytest.fixture
def desk(editor):
    client = Client()
    client.force_login(editor)
    return client


def filled(**rows):
    """What the page sends: its head, and the rows of each list."""
    sent = dict(HEAD)
    for name in ("areas", "questions", "ratings", "findings"):
        listed = rows.get(name, [])
        sent |= {f"{name}-TOTAL_FORMS": str(len(listed)), f"{name}-INITIAL_FORMS": "0"}
        for at, row in enumerate(listed):
            sent |= {f"{name}-{at}-{field}": value for field, value in row.items()}
    return sent


def test_an_evaluation_is_kept_with_its_parts(desk):
    answer = desk.post(
        "/arbeid/evaluering/ny/",
        filled(
            areas=[{"goal": "Enkel tilgang", "value": "some", "comment": "På vei."}, {"goal": ""}],
            questions=[{"text": "Er valgene tydelige?"}],
            ratings=[
                {"value": "limited", "question": "1", "evidence": "Tolv intervjuer", "by": "NUFA"},
                {"value": "large"},
            ],
            findings=[{"text": "Brukes lite", "grounds": "Ikke forankret\n\nVises ikke til"}],
        ),
    )

    assert (answer.status_code, answer.url) == (302, "/arbeid/evaluering/")
    (found,) = queries.freeze().evaluations
    assert (found.uid, found.as_of, len(found.areas)) == (
        "evaluering/2026", dt.date(2026, 6, 30), 1,
    )  # fmt: skip
    assert found.ratings == (
        Rating(
            no=1,
            value="limited",
            said="To a limited degree",
            question=1,
            evidence="Tolv intervjuer",
            by="NUFA",
        ),
        Rating(no=2, value="large", said="To a large degree"),
    )
    assert found.findings[0].grounds == ("Ikke forankret", "Vises ikke til")


def test_a_rating_of_a_question_that_is_not_asked_is_refused_and_nothing_is_kept(desk):
    answer = desk.post(
        "/arbeid/evaluering/ny/", filled(ratings=[{"value": "some", "question": "4"}])
    )

    assert answer.status_code == 422
    assert "question 4, which is not asked there" in answer.content.decode()
    assert queries.freeze().evaluations == ()


def test_a_day_that_no_calendar_has_is_refused_with_what_was_found(desk):
    answer = desk.post("/arbeid/evaluering/ny/", filled() | {"as_of": "31.02.2026"})

    assert answer.status_code == 422
    assert "31.02.2026" in answer.content.decode()


def test_a_second_evaluation_in_a_year_has_an_address_of_its_own(desk):
    desk.post("/arbeid/evaluering/ny/", filled())
    desk.post("/arbeid/evaluering/ny/", filled() | {"title": "En til"})

    assert [each.uid for each in queries.freeze().evaluations] == [
        "evaluering/2026",
        "evaluering/2026-2",
    ]


def test_changing_an_evaluation_keeps_what_the_source_said_of_a_status(desk, editor):
    area = {"no": 1, "goal": "Mål", "status_said": "Gul"}
    services.put("evaluation", "evaluering/2021", {"title": "Før", "areas": [area]}, by=editor)

    page = desk.get("/arbeid/evaluering/2021/").content.decode()
    desk.post("/arbeid/evaluering/2021/", filled(areas=[{"goal": "Mål", "value": "weak"}]))

    (found,) = queries.freeze().evaluations
    assert "Mål" in page
    assert (found.title, found.areas[0].value, found.areas[0].status_said) == (
        "Midtveis", "weak", "Gul",
    )  # fmt: skip
    assert AuditEntry.objects.filter(uid="evaluering/2021", verb="evaluation.changed").count() == 1


@pytest.fixture
def principle(editor):
    services.put("principle", PRINCIPLE, {"number": 1, "title": "Prioriterer tydelig"}, by=editor)


def test_each_run_of_the_checklist_adds_an_answer_and_keeps_the_earlier_ones(desk, principle):
    desk.post("/arbeid/evaluering/avsjekk/", {"prinsipp-1-value": "met"})
    desk.post(
        "/arbeid/evaluering/avsjekk/",
        {"prinsipp-1-value": "partly", "prinsipp-1-comment": "Alt får plass."},
    )

    checks = queries.freeze().checks
    assert [(check.uid, check.value, check.by) for check in checks] == [
        (f"{PRINCIPLE}/sjekk/1", "met", "Eva"),
        (f"{PRINCIPLE}/sjekk/2", "partly", "Eva"),
    ]
    assert queries.answered(queries.freeze())[0].check == checks[1]


def test_what_is_not_met_needs_a_reason_and_what_is_not_assessed_is_not_recorded(desk, principle):
    refused = desk.post("/arbeid/evaluering/avsjekk/", {"prinsipp-1-value": "not_met"})
    silent = desk.post("/arbeid/evaluering/avsjekk/", {"prinsipp-1-value": "not_assessed"})

    assert "Say what is lacking." in refused.content.decode()
    assert silent.status_code == 302
    assert queries.freeze().checks == ()


def test_without_principles_the_checklist_leads_to_the_form_of_one(desk):
    answer = desk.get("/arbeid/evaluering/avsjekk/")

    assert answer.url.endswith("/arbeid/evaluering/prinsipp/ny/")


def test_a_number_that_is_taken_is_refused(desk, principle):
    answer = desk.post("/arbeid/evaluering/prinsipp/ny/", {"number": "1", "title": "En til"})

    assert "There is a principle of this number." in answer.content.decode()
    assert [each.title for each in queries.freeze().principles] == ["Prioriterer tydelig"]


@pytest.mark.parametrize("role", [None, User.Role.READER, User.Role.REPORTER])
@pytest.mark.parametrize("path", ["", "ny/", "avsjekk/", "prinsipp/ny/"])
def test_only_editors_have_this_desk(role, path):
    client = Client()
    if role:
        client.force_login(User.objects.create_user("who", password="x", role=role))

    answer = client.get(f"/arbeid/evaluering/{path}")

    assert answer.status_code == (403 if role else 302)


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_the_same_number_of_questions(desk, editor, many, django_assert_num_queries):
    for year in range(many):
        services.put("evaluation", f"evaluering/202{year}", {"title": "E"}, by=editor)
        services.put(
            "principle",
            f"evalueringsprinsipp/{year + 1}",
            {"number": year + 1, "title": "P"},
            by=editor,
        )

    with django_assert_num_queries(9):
        desk.get("/arbeid/evaluering/")
