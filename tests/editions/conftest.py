import datetime as dt

import pytest
import time_machine
from django.utils import translation

from veikart.editions import building, opened, services
from veikart.people.models import User

AS_OF = dt.date(2026, 8, 31)


@pytest.fixture(autouse=True)
def _a_day_in_autumn():
    with time_machine.travel("2026-10-05T10:00:00Z", tick=True):
        yield


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _nothing_in_memory():
    building.forget()
    opened.forget()


@pytest.fixture
def editor():
    return User.objects.create_user("editor", password="e", role=User.Role.EDITOR)


@pytest.fixture
def approver():
    return User.objects.create_user(
        "approver", password="a", first_name="Ada", last_name="Nes", role=User.Role.APPROVER
    )


@pytest.fixture
def reader():
    return User.objects.create_user("reader", password="r", role=User.Role.READER)


def frozen(by, as_of=AS_OF, title="Veikart", note=""):
    return services.freeze(by=by, as_of=as_of, title=title, note=note)


def approved(by, as_of=AS_OF):
    return services.approve(frozen(by, as_of), by=by, body="Nasjonalt e-helseråd", on=as_of)


def change_a_byte(path):
    content = bytearray(path.read_bytes())
    content[-3] ^= 1
    path.chmod(0o644)
    path.write_bytes(content)
