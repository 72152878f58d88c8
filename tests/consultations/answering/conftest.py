import re

import pytest
import time_machine
from django.core.cache import cache

from veikart.consultations import services
from veikart.consultations.models import Hearing
from veikart.strategy import services as strategy

START = "/en/svar/22-414/"
WHO = {"who": "organisation", "name": "Kløveråsen kommune", "kind": "municipality"}
GOOD = {
    **WHO,
    "q1-choice": "Ja",
    "q1-text": "Vi støtter målene og foreslår at de følges opp hvert år.",
}
VERSION = re.compile(r'name="version" id="versjon" value="(\d+)"')


@pytest.fixture(autouse=True)
def _while_it_is_open():
    with time_machine.travel("2022-09-20T10:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def clock(_while_it_is_open):
    return _while_it_is_open


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def asking(editor, hearing):
    """The hearing, with a question of each kind; two goals are asked about."""
    for number, title in ((1, "Aktiv medvirkning"), (3, "Helsedata til fornying")):
        strategy.put(
            "strategic_goal", f"mal/{number}", {"number": number, "title": title}, by=editor
        )
    services.put(
        "hearing",
        hearing,
        {
            "questions": [
                {
                    "no": 1,
                    "text": "Støtter dere målene?",
                    "kind": "choice",
                    "choices": ["Ja", "Nei"],
                },
                {
                    "no": 2,
                    "text": "Hva mener dere om hvert mål?",
                    "kind": "per_goal",
                    "goals": ["mal/1", "mal/3"],
                },
                {"no": 3, "text": "Annet?", "kind": "text"},
            ]
        },
        by=editor,
    )
    return Hearing.objects.get(pk=hearing)


@pytest.fixture
def link(client, asking):
    """The address of a draft that was begun."""
    return client.post(START).url


@pytest.fixture
def write(client, link):
    """Save something in the draft, as the form does."""

    def save(at=link, *, verb="save", files=(), **typed):
        said = {**WHO, **{name.replace("_", "-"): value for name, value in typed.items()}}
        version = VERSION.search(client.get(at).content.decode()).group(1)
        return client.post(at, {**said, "verb": verb, "version": version, "files": list(files)})

    return save


@pytest.fixture
def send(client, link):
    """Send what is in the draft."""

    def sent(at=link):
        return client.post(f"{at}se-over/", {"terms": "on"}, follow=True)

    return sent
