import pytest

from veikart.engines.geography.places import Geography
from veikart.places import reference_geography


@pytest.fixture(scope="session")
def geography() -> Geography:
    return reference_geography()
