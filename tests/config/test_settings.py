"""Settings that are numbers: a bad value stops the start, and says which and what to do."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from veikart.config.settings import whole_number

NAME = "VEIKART_READING_SECONDS"


def test_a_number_that_is_not_set_is_the_default(monkeypatch):
    monkeypatch.delenv(NAME, raising=False)

    assert whole_number(NAME, 60) == 60


def test_a_number_is_read(monkeypatch):
    monkeypatch.setenv(NAME, "5")

    assert whole_number(NAME, 60) == 5


@pytest.mark.parametrize("said", ["", "0", "-1", "1.5", "sixty", "²"])
def test_anything_else_stops_the_start(monkeypatch, said):
    monkeypatch.setenv(NAME, said)

    with pytest.raises(ImproperlyConfigured) as refusal:
        whole_number(NAME, 60)

    assert str(refusal.value) == (
        f"Expected a whole number above 0 in {NAME}; found “{said}”. "
        "Correct it, or leave it out for 60."
    )
