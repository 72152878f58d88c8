"""The try-out keeps a hearing open that anybody can answer, marked so that nobody takes it for real."""

import html
import re

import pytest
from django.core.cache import cache
from django.utils import timezone

from veikart.config.demo import OPEN_FOR, TRIAL, make_trial_hearing
from veikart.consultations import services
from veikart.consultations.models import Hearing, Reply
from veikart.people.models import User
from veikart.people.services import make_demo_accounts

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial():
    cache.clear()
    make_demo_accounts()
    make_trial_hearing()
    return Hearing.objects.get(pk=TRIAL)


@pytest.mark.parametrize(("language", "word"), [("", "Prøve"), ("/nn", "Prøve"), ("/en", "Trial")])
def test_the_trial_hearing_says_in_every_language_that_it_is_none(client, trial, language, word):
    page = client.get(f"{language}/svar/99-1/").content.decode()

    heading = html.unescape(re.search(r"<h1>(.*?)</h1>", page, re.DOTALL).group(1))
    assert heading.startswith(word)
    assert "svar/99-1/skjema.docx" in page


def test_the_trial_hearing_is_open_for_three_months_and_breaks_no_rule(trial):
    assert trial.opens_on == timezone.localdate()
    assert trial.closes_on - trial.opens_on == OPEN_FOR
    assert OPEN_FOR.days > 92


def test_the_trial_hearing_is_answered_from_the_start_page_to_the_receipt(client, trial):
    link = client.post("/svar/99-1/").url
    typed = {"who": "person", "name": "Kari Kløver", "q1-choice": "Ja", "version": 0}
    client.post(link, {**typed, "verb": "review"})

    client.post(f"{link}se-over/", {"terms": "on"})

    assert Reply.objects.get().uid == "horing/99-1/svar/1"


def test_what_people_changed_in_the_trial_hearing_stays(trial):
    editor = User.objects.get(role=User.Role.EDITOR)
    services.put("hearing", TRIAL, {"summary": "Vår egen prøve."}, by=editor)

    make_trial_hearing()

    assert Hearing.objects.get().summary == "Vår egen prøve."
