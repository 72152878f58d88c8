import pytest
from django.utils import translation

from tests.outbox.smtp import post_office, use
from veikart.outbox import services
from veikart.people.models import User

KARI = "kari.nordmann@example.no"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def editor():
    return User.objects.create_user("editor", password="e", role=User.Role.EDITOR)


@pytest.fixture
def reader():
    return User.objects.create_user("reader", password="r", role=User.Role.READER)


@pytest.fixture(scope="module")
def office():
    with post_office() as one:
        yield one


@pytest.fixture
def post(office, settings):
    office.to, office.to_data, office.hangs_up = {}, None, False
    office.taken.clear()
    use(settings, office.port)
    return office


def letter(**more):
    values = {
        "kind": "confirm",
        "about": "horing/22-414/svar/3",
        "name": "Kari Nordmann",
        "address": KARI,
        "language": "nb",
        "subject": "Bekreft høringssvaret",
        "body": "Hei,\n\nvi har mottatt svaret på æøå.\n",
    }
    return services.Letter(**{**values, **more})


def drafted(**more):
    return services.draft(letter(**more), by=None)


def approved(editor, **more):
    message = drafted(**more)
    services.approve([message.pk], by=editor)
    message.refresh_from_db()
    return message
