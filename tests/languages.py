"""The language that tests of sentences read them in."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Sentences are asked for in English, whatever language Veikart speaks by itself."""
    with translation.override("en"):
        yield
