"""The desk's page on places: those that need a look first, and why none can be judged."""

import html
import re

import pytest
from django.urls import reverse

from tests.indicators.factories import put_indicator
from tests.indicators.test_taking_in import table, take_in
from tests.languages import in_english
from veikart.indicators import results
from veikart.people.models import User

__all__ = ["in_english"]

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.desk_urls")]

UID = "indikator/s1"
SHARES = table("""
    år   | fylkesnr | teller | nevner
    2020 | 03       | 50     | 100
    2020 | 46       | 50     | 100
    2021 | 03       | 60     | 100
    2021 | 46       | 40     | 100
""")


@pytest.fixture
def desk(client):
    client.force_login(User.objects.create_user("reader", role=User.Role.READER))
    return client


def put(**values):
    given = {"kind": "share", "breakdowns": [], "categories": [], "breaks": [], "smallest": None}
    put_indicator(UID, **{**given, "baseline_value": None, **values})


def page(client):
    return client.get(reverse("intake:areas", args=["s1"]))


def text(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_places_that_need_a_look_come_first(desk):
    put()
    take_in(SHARES, UID)
    results.compute_many([UID], by=None)

    told = text(page(desk))

    wrong_way = "46 2021 40.0 % 55.5 % Going the wrong way"
    assert f"{wrong_way} 03 2021 60.0 % 55.5 % On the path" in told


def test_without_a_target_it_is_said_what_is_lacking(desk):
    put(targets=[])
    take_in(SHARES, UID)
    results.compute_many([UID], by=None)

    assert "once there is a target to reach" in text(page(desk))


def test_without_figures_there_is_no_page_and_strangers_do_not_see_it(desk, client):
    put()
    assert page(desk).status_code == 404

    client.logout()
    assert page(client).status_code == 302
