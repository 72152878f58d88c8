import pytest
from django.test import Client

from tests.consultations.confirming.steps import POST, REPLY
from tests.consultations.conftest import received
from veikart.consultations.models import Reply


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"
    settings.ADDRESS = "https://veikart.example.no"


@pytest.fixture
def reply(hearing):
    received(hearing, "Vi støtter målet.", "Mål innbyggere.", email=POST, language="nb")
    return Reply.objects.get(uid=REPLY)


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def public():
    return Client(enforce_csrf_checks=True)
