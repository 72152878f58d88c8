import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.consultations.conftest import HEARING, incoming, received
from veikart.consultations import log, queries, services
from veikart.engines.handling import actions as do
from veikart.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.desk_urls")]

CODE = "22-414"
POINT = f"{HEARING}/svar/1/punkt/1"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def address(name, *more):
    return reverse(f"consultations:{name}", args=[*([CODE] if name != "hearings" else []), *more])


def text(response):
    plain = re.sub(r"<[^>]*>", " ", html.unescape(response.content.decode()))
    return " ".join(plain.split())


def verbs(hearing):
    return [event.verb for event in queries.events(hearing)]


def test_the_desk_leads_to_the_hearings_and_says_how_much_needs_a_person(desk, hearing):
    services.receive(hearing, incoming("En", case_number="11/1"), by=None)

    page = text(desk.get(reverse("intake:home")))

    assert "1 thing that came in needs a person." in page


def test_the_list_shows_that_what_was_received_is_handled_or_open(desk, hearing, editor):
    received(hearing, "En", "To", "Tre")
    services.act(hearing, do.SetAside(point=POINT, reason="En hilsen"), by=editor)

    page = text(desk.get(address("hearings")))

    assert "Nasjonal e-helsestrategi Hearing 22/414 1 October 2022 3 1 2 0" in page


def test_what_needs_a_person_says_what_to_do_and_is_settled(desk, hearing):
    services.receive(hearing, incoming("En", case_number="11/1"), by=None)
    page = desk.get(address("hearings"))
    assert "Legemiddelverket is for case 11/1; this hearing is 22/414." in text(page)
    assert "Move it to the hearing it belongs to" in text(page)

    item = queries.needing_a_person()[0]
    after = desk.post(
        reverse("consultations:settle", args=[item.pk]), {"note": "Sendt videre"}, follow=True
    )

    item.refresh_from_db()
    assert "Move it to the hearing" not in text(after)
    assert (item.note, item.settled_by.username) == ("Sendt videre", "editor")


def test_a_hearing_lists_its_replies_and_leads_to_the_first_that_waits(desk, hearing, editor):
    received(hearing, "En", respondent="Avklart AS")
    received(hearing, "To", respondent="Åpen AS")
    services.act(hearing, do.SetAside(point=POINT, reason="En hilsen"), by=editor)

    page = text(desk.get(address("hearing")))

    assert "2 points received = 1 handled + 1 open." in page
    assert "Avklart AS Agency 30 September 2022 1 1 0 no address not cleared" in page
    assert "Begin with reply 2" in page


def test_a_hearing_says_how_it_was_held(desk, hearing):
    assert "Whom the hearing was sent to is not known here." in text(desk.get(address("hearing")))


def test_publishing_is_refused_with_the_points_that_lack_something(desk, hearing, editor):
    received(hearing, "En", "To")

    refused = desk.post(address("publish"))

    assert refused.status_code == 422
    assert f"2 points lack something: {POINT} (it has no outcome)" in text(refused)
    assert queries.state(hearing).published_at is None

    points = tuple(queries.state(hearing).points)
    noted = (do.Decide(on=uid, value="noted", reason="Sett") for uid in points)
    services.act(hearing, do.Confirm(points=points), *noted, by=editor)
    told = desk.post(address("publish"), follow=True)
    assert "The outcomes will be published with the next edition." in text(told)
    assert queries.state(hearing).published_at is not None


def test_the_log_shows_all_that_was_done_and_undoes_it(desk, hearing, editor):
    received(hearing, "En")
    services.act(hearing, do.SetAside(point=POINT, reason="En hilsen"), by=editor)
    assert "Set aside En hilsen svar/1/punkt/1" in text(desk.get(address("log")))

    after = desk.post(address("undo"), {"event": "2"}, follow=True)

    assert "Event 2 is undone." in text(after)
    assert queries.state(hearing).points[POINT].aside is None
    assert verbs(hearing) == ["undo", "set_aside", "receive"]


def test_undoing_what_others_rest_on_is_refused_with_the_events_to_undo_first(
    desk, hearing, editor
):
    received(hearing, "En", "To")
    services.make_theme(hearing, title="Data", by=editor)
    services.act(hearing, do.PutInTheme(theme=f"{hearing}/tema/1", points=(POINT,)), by=editor)

    page = desk.post(address("undo"), {"event": "2"}, follow=True)

    assert "Later events rest on event 2. Undo these first: 3." in text(page)
    assert queries.state(hearing).last == 3


def test_a_receipt_and_nonsense_cannot_be_undone(desk, hearing):
    received(hearing, "En")

    for event in ("1", "77", "x", "", "²"):
        page = desk.post(address("undo"), {"event": event}, follow=True)
        assert "cannot be undone" in text(page)


def test_the_last_thing_one_did_oneself_is_undone_with_one_button(desk, hearing, editor):
    colleague = User.objects.create_user("mate", password="m", role=User.Role.EDITOR)
    received(hearing, "En", "To")
    services.act(hearing, do.SetAside(point=POINT, reason="En hilsen"), by=editor)
    services.act(hearing, do.Confirm(points=(f"{hearing}/svar/1/punkt/2",)), by=colleague)

    page = text(desk.get(address("hearing")))

    assert "Undo your last: Set aside svar/1/punkt/1 (event 2)" in page


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "nowhere"])
def test_after_an_action_nobody_is_sent_elsewhere(desk, hearing, elsewhere):
    response = desk.post(address("undo"), {"event": "1", "til": elsewhere})

    assert response["Location"] == address("log")


PAGES = ["hearings", "hearing", "log"]


@pytest.mark.parametrize("name", PAGES)
def test_the_desk_is_for_those_who_may_handle_points(client, hearing, reader, editor, name):
    mate = User.objects.create_user("mate", password="m", role=User.Role.APPROVER)

    assert client.get(address(name)).status_code == 302
    client.force_login(reader)
    assert client.get(address(name)).status_code == 403
    for allowed in (editor, mate):
        client.force_login(allowed)
        assert client.get(address(name)).status_code == 200


@pytest.mark.parametrize("name", ["undo", "publish"])
def test_a_reader_and_a_stranger_do_nothing(client, hearing, reader, name):
    received(hearing, "En")

    client.post(address(name), {"event": "1"})
    client.force_login(reader)
    refused = client.post(address(name), {"event": "1"})

    assert refused.status_code == 403
    assert queries.state(hearing).last == 1


def test_an_unknown_hearing_is_not_found(desk, hearing):
    assert desk.get(reverse("consultations:hearing", args=["99-1"])).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_three_replies_ask_as_few_questions_as_one(desk, hearing, name):
    received(hearing, "En", respondent="En AS")
    desk.get(address(name))
    with CaptureQueriesContext(connection) as one:
        desk.get(address(name))
    received(hearing, "To", respondent="To AS")
    received(hearing, "Tre", respondent="Tre AS")
    desk.get(address(name))

    with CaptureQueriesContext(connection) as three:
        desk.get(address(name))

    assert len(three) == len(one)
    assert len(one) < 25


def test_three_hearings_ask_as_few_questions_as_one(desk, hearing, editor):
    received(hearing, "En")
    for number in (1, 2):
        terms = {
            "title": f"Høring {number}",
            "case_number": f"23/{number}",
            "opens_on": "2022-05-31",
            "closes_on": "2022-10-01",
        }
        services.put("hearing", f"horing/23-{number}", terms, by=editor)
        received(f"horing/23-{number}", "En", case_number=f"23/{number}")
    uids = [one.uid for one in queries.hearings()]

    states = queries.states(uids)

    assert states == {uid: log.state_of(uid) for uid in uids}
    assert len(states) == 3


def test_where_htmx_was_sent_on_to_stands_in_the_browsers_field(client, editor, hearing):
    client.force_login(editor)
    address = reverse("consultations:themes", args=["22-414"])
    asked = {"headers": {"HX-Request": "true"}}
    made = client.post(address, {"title": "Legemidler"}, follow=True, **asked)
    assert made["HX-Push-Url"] == reverse("consultations:theme", args=["22-414", 1])
    refused = client.post(address, {"title": ""}, **asked)
    assert refused.status_code == 422
    assert "HX-Push-Url" not in refused
    assert "HX-Push-Url" not in client.get(address)
    here = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{address}"}
    assert "HX-Push-Url" not in client.get(address, headers=here)
