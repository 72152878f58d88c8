"""The disposition logs of an edition's hearings, and how members prioritised, as downloads."""

from collections.abc import Callable, Iterator
from functools import partial

from django.utils import translation

from veikart.design.priority_words import as_csv
from veikart.opendata import dispositions
from veikart.pages.points import in_order, withdrawn
from veikart.pages.reading import Reading

PRIORITIES = "prioriteringer.csv"


def files(reading: Reading) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The name of every log of `reading`, and what makes it; nothing is read yet."""
    for uid in reading.plan.index.hearings:
        for ending in dispositions.ENDINGS:
            yield f"{uid}.{ending}", partial(written, reading, uid, ending)
        yield f"{uid}/{PRIORITIES}", partial(priorities, reading, uid, "csv")


def written(reading: Reading, uid: str, ending: str) -> bytes:
    """The log of the hearing `uid`, without replies that were withdrawn. Raises LookupError."""
    if uid not in reading.plan.index.hearings:
        raise LookupError(f"Expected a hearing of the edition, found “{uid}”.")
    gone = withdrawn(reading)
    said = reading.plan.consultations.points
    points = [point for point in said if point.hearing == uid and point.reply not in gone]
    return dispositions.write(
        reading.plan, sorted(points, key=in_order), ending=ending, language=reading.language
    )


def priorities(reading: Reading, uid: str, ending: str) -> bytes:
    """Every counted round of prioritising of the hearing `uid`, as CSV. Raises LookupError."""
    if uid not in reading.plan.index.hearings or ending != "csv":
        raise LookupError(f"Expected a hearing of the edition and csv, found “{uid}.{ending}”.")
    found = (each for each in reading.plan.consultations.priority_rounds if each.hearing == uid)
    with translation.override(reading.language):
        return as_csv(sorted(found, key=lambda each: each.no))
