import datetime as dt
import html

import pytest
from django.urls import reverse

from tests.editions.conftest import AS_OF, approved, change_a_byte, frozen
from veikart.editions import queries, services, shelf
from veikart.editions.models import Edition
from veikart.editions.moves import GivenCause
from veikart.people.models import User
from veikart.plan.compare import compare
from veikart.roadmap import services as roadmap
from veikart.strategy import services as strategy

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.desk_urls")]

PERIOD = "leveranse/101/periode/1"


def starts(day, uid=PERIOD):
    date = {"earliest": day, "latest": day, "precision": "day", "certainty": "planned",
            "text": day}  # fmt: skip
    roadmap.put("phase_period", uid, {"start": date}, by=None)


@pytest.fixture
def two_deliverables(db):
    """Two deliverables, both from 2026-07-01."""
    goal = {"number": 1, "title": "Mål 1", "kind": "direct"}
    strategy.put("strategic_goal", "mal/1", goal, by=None)
    delmal = {"code": "1A", "title": "Innsyn", "goal": "mal/1"}
    strategy.put("delmal", "delmal/1A", delmal, by=None)
    grouping = {"title": "Innsynstjenester", "delmal": "delmal/1A"}
    roadmap.put("grouping", "gruppering/1a-innsyn", grouping, by=None)
    for number, name in ((101, "Fullmakt"), (102, "Prøvesvar")):
        values = {"register_id": str(number), "name": name, "grouping": "gruppering/1a-innsyn",
                  "delmal": "delmal/1A"}  # fmt: skip
        roadmap.put("deliverable", f"leveranse/{number}", values, by=None)
        roadmap.put(
            "phase_period", f"leveranse/{number}/periode/1", {"certainty": "planned"}, by=None
        )
        starts("2026-07-01", f"leveranse/{number}/periode/1")


@pytest.fixture
def moved(two_deliverables, approver):
    """An approved edition, and since then one deliverable three months later."""
    edition = approved(approver)
    starts("2026-10-01")
    return edition


def text(response):
    return " ".join(html.unescape(response.content.decode()).split())


def get(client, user):
    client.force_login(user)
    return client.get(reverse("editions:desk"))


def test_an_empty_desk_says_what_to_do(client, editor):
    page = text(get(client, editor))

    assert "No edition is approved yet, so readers see nothing." in page
    assert "There are none yet." in page


def test_the_desk_freezes_what_the_form_says(client, editor):
    client.force_login(editor)

    response = client.post(
        reverse("editions:freeze"),
        {"title": "Veikart 2026", "as_of": "2026-08-31", "note": "Første utgave"},
        follow=True,
    )

    assert "Edition 2026-1 is frozen. It waits for approval." in text(response)
    assert "Somebody with the role of approver approves it." in text(response)
    edition = Edition.objects.get()
    assert (edition.title, edition.note, edition.as_of) == ("Veikart 2026", "Første utgave", AS_OF)


def test_the_desk_says_why_it_does_not_freeze_and_keeps_what_was_filled_in(client, editor):
    client.force_login(editor)

    response = client.post(reverse("editions:freeze"), {"title": "Veikart", "as_of": "2027-01-01"})

    assert response.status_code == 422
    assert "is still to come" in text(response)
    assert 'value="2027-01-01"' in text(response)
    assert not Edition.objects.exists()


def test_the_desk_approves_what_the_form_says(client, editor, approver):
    frozen(editor)
    page = text(get(client, approver))
    assert "Approve edition 2026-1" in page

    response = client.post(
        reverse("editions:approve", args=["2026-1"]),
        {"body": "Nasjonalt e-helseråd", "on": "2026-09-04", "note": "Sak 12/26"},
        follow=True,
    )

    assert "Nothing in it can change any more." in text(response)
    assert "Approved by Nasjonalt e-helseråd, 4 September 2026, confirmed by Ada Nes." in text(
        response
    )
    assert queries.current().number == "2026-1"


def test_the_desk_says_why_it_does_not_approve(client, approver):
    frozen(approver)
    client.force_login(approver)

    response = client.post(
        reverse("editions:approve", args=["2026-1"]), {"body": "Rådet", "on": "2026-01-01"}
    )

    assert response.status_code == 422
    assert "it cannot have been approved on" in text(response)
    assert queries.current() is None


def test_the_desk_discards_with_a_reason(client, editor):
    frozen(editor)
    client.force_login(editor)
    address = reverse("editions:discard", args=["2026-1"])

    assert client.post(address, {"reason": ""}).status_code == 422
    response = client.post(address, {"reason": "Feil dato"}, follow=True)

    assert "Discarded: Feil dato" in text(response)
    assert queries.waiting() is None


def test_a_changed_file_is_said_on_the_desk(client, approver):
    approved(approver)
    change_a_byte(shelf.path_of("2026-1.json"))

    assert "is not what was frozen: expected sha256" in text(get(client, approver))


@pytest.mark.usefixtures("moved")
def test_each_moved_date_is_listed_and_counted_as_unexplained(client, editor):
    page = text(get(client, editor))

    assert "Readers see edition 2026-1. The working plan differs from it in 1 way." in page
    assert "1 date has moved. 1 is unexplained, and readers will see it so." in " ".join(
        page.replace("<strong>", "").replace("</strong>", "").split()
    )
    assert 'name="code-1"' in page
    assert "3 months later" in page


@pytest.mark.usefixtures("moved")
def test_a_cause_that_is_saved_is_frozen_with_the_edition(client, editor, approver):
    client.force_login(editor)
    filled_in = {
        "what-1": "leveranse/101/periods/1/start",
        "code-1": "funding",
        "text-1": "Ikke bevilget",
    }

    response = client.post(reverse("editions:explain-moves"), filled_in, follow=True)

    assert "1 cause is saved." in text(response)
    assert "All of them are explained." in text(response)
    before = queries.current().plan
    approved(approver, dt.date(2026, 9, 1))
    (cause,) = queries.current().plan.causes
    assert (cause.what, cause.code, cause.text) == (
        "leveranse/101/periods/1/start",
        "funding",
        "Ikke bevilget",
    )
    assert compare(before, queries.current().plan).unexplained == ()


@pytest.mark.usefixtures("moved")
def test_a_cause_of_a_date_that_moved_back_is_not_frozen(editor, approver):
    given = GivenCause("leveranse/101/periods/1/start", "funding", "")
    services.explain_moves([given], by=editor)
    starts("2026-07-01")
    starts("2027-01-01", "leveranse/102/periode/1")
    other = GivenCause("leveranse/102/periods/1/start", "supplier", "")
    services.explain_moves([other], by=editor)

    approved(approver, dt.date(2026, 9, 1))

    assert [cause.what for cause in queries.current().plan.causes] == [
        "leveranse/102/periods/1/start"
    ]


@pytest.mark.parametrize(
    ("filled_in", "message"),
    [
        ({"what-1": "leveranse/101/periods/1/start", "text-1": "Fordi"}, "Choose a cause for"),
        ({"what-1": "leveranse/102/periods/1/start", "code-1": "funding"}, "has not moved since"),
        ({"what-1": "leveranse/101/periods/1/start", "code-1": "mood"}, "mood"),
    ],
)
@pytest.mark.usefixtures("moved")
def test_a_cause_that_does_not_fit_is_answered_with_why(client, editor, filled_in, message):
    client.force_login(editor)

    response = client.post(reverse("editions:explain-moves"), filled_in)

    assert response.status_code == 422
    assert message in text(response)
    assert queries.draft().causes == ()


@pytest.mark.usefixtures("moved")
def test_saving_without_a_cause_leaves_the_move_unexplained(client, editor):
    client.force_login(editor)

    client.post(
        reverse("editions:explain-moves"),
        {"what-1": "leveranse/101/periods/1/start", "code-1": "", "text-1": ""},
    )

    assert len(compare(queries.current().plan, queries.draft()).unexplained) == 1


def test_a_stranger_is_asked_to_sign_in(client, editor):
    frozen(editor)

    for name, arguments in (("desk", []), ("freeze", []), ("approve", ["2026-1"])):
        response = client.get(reverse(f"editions:{name}", args=arguments))
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("people:log-in"))


@pytest.mark.usefixtures("moved")
@pytest.mark.parametrize("role", ["reader", "reporter"])
def test_who_may_not_edit_reads_the_desk_and_changes_nothing(client, role):
    page = text(get(client, User.objects.create_user("other", role=role)))

    assert "Since edition 2026-1" in page
    assert "Freeze the working plan" not in page
    assert "Save the causes" not in page
    cause = {"what-1": "leveranse/101/periods/1/start", "code-1": "funding"}
    frozen_by_them = client.post(
        reverse("editions:freeze"), {"title": "Veikart", "as_of": "2026-09-01"}
    )
    assert frozen_by_them.status_code == 403
    assert client.post(reverse("editions:explain-moves"), cause).status_code == 403
    assert Edition.objects.count() == 1


def test_an_editor_cannot_approve(client, editor):
    frozen(editor)
    assert "Approve edition" not in text(get(client, editor))

    response = client.post(
        reverse("editions:approve", args=["2026-1"]), {"body": "Rådet", "on": "2026-09-04"}
    )

    assert response.status_code == 403
    assert queries.current() is None


def test_the_desk_asks_the_database_as_often_for_three_editions_as_for_one(
    client, approver, django_assert_max_num_queries
):
    def asked():
        with django_assert_max_num_queries(12) as queries_asked:
            client.get(reverse("editions:desk"))
        return len(queries_asked)

    approved(approver)
    client.force_login(approver)
    client.get(reverse("editions:desk"))
    one = asked()
    approved(approver)
    approved(approver)
    client.get(reverse("editions:desk"))

    assert asked() == one
