"""The register of an edition's decisions as downloads."""

from collections.abc import Callable, Iterator
from functools import partial

from veikart.opendata import decision_register
from veikart.pages.decisions import PATH
from veikart.pages.reading import Reading


def files(reading: Reading) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The name of each form of the register, and what makes it; none where nothing is decided."""
    if reading.plan.council.decisions:
        for ending in decision_register.ENDINGS:
            yield f"{PATH}.{ending}", partial(written, reading, PATH, ending)


def written(reading: Reading, uid: str, ending: str) -> bytes:
    """The register in the format `ending`. Raises LookupError where there is none."""
    if uid != PATH or not reading.plan.council.decisions:
        raise LookupError(f"Expected {PATH} of an edition with decisions, found “{uid}”.")
    return decision_register.write(reading.plan, ending=ending, language=reading.language)
