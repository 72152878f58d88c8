import pytest
from pytest_django import Settings

from tests.languages import in_english

__all__ = ["in_english"]


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    """A hash that takes no time: the tests' passwords guard nothing."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
