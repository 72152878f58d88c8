import datetime as dt

import pytest
import time_machine
from django.utils import translation

from tests.council import preparing
from veikart.council import meetings
from veikart.people.models import User


@pytest.fixture
def a_day_in_june():
    """Monday 1 June 2026, eight days before the meeting."""
    with time_machine.travel("2026-06-01T08:00:00Z", tick=True), translation.override("en"):
        yield


@pytest.fixture
def editor():
    return User.objects.create_user("editor", password="e", role=User.Role.EDITOR)


@pytest.fixture
def desk(client, editor, a_day_in_june):
    """A browser in which an editor is signed in."""
    client.force_login(editor)
    return client


@pytest.fixture
def body():
    """NUIT."""
    preparing.put(("body", preparing.BODY, {"name": "NUIT", "short_name": "NUIT"}))
    return preparing.BODY


@pytest.fixture
def meeting(body, editor, a_day_in_june):
    """Meeting 1/2026 of NUIT, planned for 9 June from 10:00 to 12:00."""
    return meetings.plan_meeting(
        body,
        1,
        {
            "held_on": dt.date(2026, 6, 9),
            "starts_at": "10:00",
            "ends_at": "12:00",
            "place": "Oslo",
        },
        link="https://video.example/nuit",
        by=editor,
    )
