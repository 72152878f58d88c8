"""The disposition logs of an edition's hearings, and how members prioritised, as downloads."""

from collections.abc import Callable, Iterator
from functools import partial

from django.utils import translation

from veikart.design import priority_tables
from veikart.opendata import dispositions
from veikart.pages.points import in_order, withdrawn
from veikart.pages.reading import Reading
from veikart.plan.consultations import PriorityRound

PRIORITIES, VOTES = "prioriteringer", "stemmer"


def files(reading: Reading) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The name of every log of `reading`, and what makes it; nothing is read yet."""
    for uid in reading.plan.index.hearings:
        for ending in dispositions.ENDINGS:
            yield f"{uid}.{ending}", partial(written, reading, uid, ending)
        for ending in ("csv", "json"):
            yield f"{uid}/{PRIORITIES}.{ending}", partial(priorities, reading, uid, ending)
        if any(held.ballots for held in _rounds(reading, uid)):
            yield f"{uid}/{VOTES}.csv", partial(votes, reading, uid, "csv")


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
    """Every counted round of prioritising of the hearing `uid`, as CSV or JSON. Raises LookupError."""
    write = {"csv": priority_tables.results, "json": priority_tables.as_json}.get(ending)
    if uid not in reading.plan.index.hearings or write is None:
        raise LookupError(
            f"Expected a hearing of the edition, and csv or json; found “{uid}.{ending}”."
        )
    with translation.override(reading.language):
        return write(_rounds(reading, uid))


def votes(reading: Reading, uid: str, ending: str) -> bytes:
    """Who voted what in the open rounds of the hearing `uid`, as CSV. Raises LookupError where there is none."""
    found = [(held.uid, ballot) for held in _rounds(reading, uid) for ballot in held.ballots]
    if not found or ending != "csv":
        raise LookupError(
            f"Expected a hearing with an open round, and csv; found “{uid}.{ending}”."
        )
    with translation.override(reading.language):
        return priority_tables.votes(found)


def _rounds(reading: Reading, uid: str) -> list[PriorityRound]:
    found = (each for each in reading.plan.consultations.priority_rounds if each.hearing == uid)
    return sorted(found, key=lambda each: each.no)
