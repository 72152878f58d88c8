import datetime as dt

import pytest
import time_machine
from django.utils import translation

from tests.consultations import voting
from veikart.consultations import draft_goals, hiding, log, services
from veikart.editions import building, opened
from veikart.engines.handling.actions import Original
from veikart.people.models import User
from veikart.plan.consultations import Answer

HEARING = "horing/22-414"
WORKSHOPS = "arbeidsmote/2021-hosten"


@pytest.fixture(autouse=True)
def _a_day_in_autumn():
    with time_machine.travel("2022-10-20T10:00:00Z", tick=True):
        yield


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _nothing_in_memory():
    log.forget()
    hiding.since.cache_clear()
    building.forget()
    opened.forget()


@pytest.fixture
def editor():
    return User.objects.create_user("editor", password="e", role=User.Role.EDITOR)


@pytest.fixture
def reader():
    return User.objects.create_user("reader", password="r", role=User.Role.READER)


@pytest.fixture
def hearing(editor):
    services.put(
        "hearing",
        HEARING,
        {
            "title": "Nasjonal e-helsestrategi",
            "case_number": "22/414",
            "opens_on": "2022-05-31",
            "closes_on": "2022-10-01",
            "questions": [
                {
                    "no": 1,
                    "text": "Støtter dere målene?",
                    "kind": "choice",
                    "choices": ["Ja", "Nei"],
                },
                {"no": 2, "text": "Annet?", "kind": "text"},
            ],
        },
        by=editor,
    )
    return HEARING


def incoming(*texts, respondent="Legemiddelverket", **more):
    """A reply of one point for each text, received in time."""
    values = {
        "kind_of_respondent": "agency",
        "channel": "email",
        "received_at": dt.datetime(2022, 9, 30, 12, 0, tzinfo=dt.UTC),
        "case_number": "22/414",
        "answers": (Answer(question=1, choice="Ja", text=" ".join(texts) or None),),
        "points": tuple(Original(uid="", text=text, kind="proposal") for text in texts),
    }
    return services.Incoming(respondent=respondent, **{**values, **more})


def received(hearing, *texts, by=None, **more):
    """The uid of a reply that was received."""
    return services.receive(hearing, incoming(*texts, **more), by=by).reply.uid


@pytest.fixture
def goals(hearing, editor):
    """Three draft goals out of one change area of one theme."""
    received(hearing, "Begrepene må forklares.")
    services.make_theme(hearing, title="Begreper", points=[f"{HEARING}/svar/1/punkt/1"], by=editor)
    draft_goals.make_area(hearing, title="Språk", themes=[f"{HEARING}/tema/1"], by=editor)
    for text in ("Felles språk", "Deling av data", "Enkel tilgang"):
        area = f"{HEARING}/endringsomrade/1"
        draft_goals.draft_goal(hearing, areas=[area], text=text, by=editor)
    return voting.GOALS


@pytest.fixture
def links(goals, editor):
    """A round by points, and each voter’s link."""
    return voting.opened(editor)


@pytest.fixture
def pair_links(goals, editor):
    """A round pair by pair, and each voter’s link."""
    return voting.opened(editor, "pairs")
