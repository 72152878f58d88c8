import html
import re

import pytest
from django.urls import reverse

from tests.consultations.conftest import HEARING, received
from veikart.consultations import queries
from veikart.engines.handling.actions import Original

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.desk_urls")]

REPLY = f"{HEARING}/svar/1"
ROWS = {"ord-TOTAL_FORMS": "2", "ord-INITIAL_FORMS": "0"}
HIDDEN = {"ord-0-words": "Kari Normann", "ord-0-basis": "personal", "ord-0-reason": "Privat"}


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def reply(hearing):
    return received(
        hearing,
        "Kari Normann mener at det haster.",
        respondent="Ola Normann",
        kind_of_respondent="private_person",
    )


def address(name="clear"):
    return reverse(f"consultations:{name}", args=["22-414", 1])


def text(response):
    plain = re.sub(r"<[^>]*>", " ", html.unescape(response.content.decode()))
    return " ".join(plain.split())


def held():
    return queries.state(HEARING).replies[REPLY]


def test_looking_shows_what_the_public_will_see_and_keeps_nothing(desk, reply):
    page = desk.post(address(), {"shown_as": "O. N.", "verb": "se", **ROWS, **HIDDEN})

    assert page.status_code == 200
    assert "Words are withheld in 2 places." in text(page)
    assert "mener at det haster." in text(page)
    assert "Kari Normann mener" not in text(page)
    assert held().clearance is None


def test_a_reply_is_cleared_with_initials_and_words_withheld(desk, reply):
    given = {"shown_as": "O. N.", "is_initials": "on", "verb": "klarer", **ROWS, **HIDDEN}
    page = desk.post(address(), given, follow=True)

    assert "The reply is cleared." in text(page)
    kept = held().clearance
    assert (kept.shown_as, kept.is_initials, kept.has_consent) == ("O. N.", True, False)
    assert [(each.words, each.basis, each.reason) for each in kept.withheld] == [
        ("Kari Normann", "personal", "Privat")
    ]
    assert "Kari Normann" in desk.get(address()).content.decode()


def test_what_is_withheld_no_longer_is_taken_off(desk, reply):
    given = {"shown_as": "O. N.", "is_initials": "on", "verb": "klarer", **ROWS, **HIDDEN}
    desk.post(address(), given)

    desk.post(address(), {**given, "ord-INITIAL_FORMS": "1", "ord-0-DELETE": "on"})

    assert held().clearance.withheld == ()


def test_a_private_person_is_not_named_without_consent(desk, reply):
    given = {"shown_as": "Ola Normann", "verb": "klarer", **ROWS}
    refused = desk.post(address(), given)

    assert refused.status_code == 422
    assert "Show initials, or note the consent to the name." in text(refused)
    assert held().clearance is None

    desk.post(address(), {**given, "has_consent": "on"})
    assert held().clearance.shown_as == "Ola Normann"


def test_words_are_not_withheld_without_a_reason(desk, reply):
    given = {"shown_as": "O. N.", "is_initials": "on", "verb": "klarer", **ROWS, **HIDDEN}
    refused = desk.post(address(), {**given, "ord-0-reason": ""})

    assert refused.status_code == 422
    assert "Say why." in text(refused)
    assert held().clearance is None


def test_a_reply_is_withdrawn_with_a_reason(desk, reply):
    assert "Say why." in text(desk.post(address("withdraw"), {"reason": ""}))

    page = desk.post(address("withdraw"), {"reason": "Sendt ved en feil"}, follow=True)

    assert held().withdrawn == "Sendt ved en feil"
    assert "Withdrawn: Sendt ved en feil" in text(page)


def test_a_reader_and_a_stranger_neither_see_nor_do(client, reply, reader):
    assert client.get(address()).status_code == 302
    client.force_login(reader)
    assert client.get(address()).status_code == 403
    assert client.post(address("withdraw"), {"reason": "x"}).status_code == 403
    assert held().withdrawn is None


def test_looking_shows_all_that_is_published_and_what_may_tell_who_it_is(desk, hearing):
    point = Original(
        uid="", text="Ring 99 88 77 66.", kind="wording", heading_path=("Om Kari Normann",),
        proposed_wording="Kari Normann skal få svar",
    )  # fmt: skip
    received(
        hearing, respondent="Ola Normann", kind_of_respondent="private_person", points=(point,)
    )

    page = desk.post(address(), {"shown_as": "O. N.", "verb": "se", **ROWS, **HIDDEN})

    assert "may tell who somebody is" in text(page)
    assert "<li>99 88 77 66</li>" in page.content.decode()
    assert "Om ▮▮▮ Ring 99 88 77 66. Proposed wording: ▮▮▮ skal få svar" in text(page)


def test_initials_hide_the_name_also_in_the_words(desk, hearing):
    received(
        hearing, "Hilsen Ola Normann", respondent="Ola Normann", kind_of_respondent="private_person"
    )

    given = {"shown_as": "O. N.", "is_initials": "on", "verb": "se", **ROWS}
    page = desk.post(address(), given)

    assert "Hilsen ▮▮▮" in text(page)
    assert "Words are withheld in 2 places." in text(page)
