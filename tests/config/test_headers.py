"""What live answers tell the browser: how long it may keep them, and from whom they are kept."""

import pytest

from tests.editions.conftest import approved
from veikart.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def approver():
    return User.objects.create_user("approver", password="a", role=User.Role.APPROVER)


@pytest.mark.parametrize(
    "address", ["/arbeid/", "/arbeid/inntak/", "/arbeid/utgaver/", "/konto/logg-inn/"]
)
def test_nobody_keeps_an_answer_that_depends_on_who_asked(client, approver, address):
    stranger = client.get(address)
    client.force_login(approver)
    known = client.get(address)

    assert {"private", "no-store"} <= set(stranger["Cache-Control"].split(", "))
    assert {"private", "no-store"} <= set(known["Cache-Control"].split(", "))


@pytest.mark.parametrize("address", ["/", "/utgaver/2026-1/", "/veikart/?q=a"])
def test_a_reading_page_is_the_same_for_everybody(client, approver, address):
    approved(approver)
    client.force_login(approver)

    answer = client.get(address)

    assert answer.status_code == 200
    assert "Cache-Control" not in answer
    assert "Cookie" not in answer.get("Vary", "")
