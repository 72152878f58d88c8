"""Items out of what an agenda says, with the uids that its things will have."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from veikart.engines.proposal import Caution, FoundAt, Item, Proposal, SourceFile
from veikart.engines.readers.agenda_values import MeetingValues
from veikart.engines.readers.agenda_words import CaseNumber
from veikart.engines.slugs import slug

UNKNOWN_BODY = "ukjent-organ"
_LONGEST = 60


def body_slug(body: str | None) -> str:
    """A body in an address; one that is not named has an address, too."""
    return slug(body or "", longest=_LONGEST) or UNKNOWN_BODY


def meeting_key(meeting: MeetingValues) -> str:
    """The uid of a meeting: its number and year, else its day."""
    if meeting.number is not None and meeting.year is not None:
        when = f"{meeting.number}-{meeting.year}"
    else:
        when = meeting.held_on.isoformat() if meeting.held_on else "uten-dato"
    return f"mote/{body_slug(meeting.body)}/{when}"


def case_key(body: str | None, number: CaseNumber, twice: int = 0) -> str:
    """The uid of a case by its number; another one of the same number has .2 behind it."""
    return f"sak/{body_slug(body)}/{number.key}" + (f".{twice + 1}" if twice else "")


def item(kind: str, key: str, values: msgspec.Struct, found_at: FoundAt) -> Item:
    """One item, its values as JSON holds them."""
    return Item(
        kind=kind,
        key=key,
        values=msgspec.json.decode(msgspec.json.encode(values)),
        found_at=found_at,
    )


def proposal(
    reader: str,
    name: str,
    content: bytes,
    items: Sequence[Item],
    warnings: Sequence[Caution],
    kinds: Sequence[str],
) -> Proposal:
    """The proposal of these items, counted by kind; those of `kinds` are counted at 0, too.

    Where two items of one kind would have one key, the later one gets its place behind it.
    """
    counted = Counter(one.kind for one in items)
    return Proposal(
        reader=reader,
        file=SourceFile(name=name, sha256=hashlib.sha256(content).hexdigest(), bytes=len(content)),
        counts={kind: counted[kind] for kind in kinds},
        items=tuple(_apart(items)),
        warnings=tuple(warnings),
    )


def _apart(items: Sequence[Item]) -> Iterator[Item]:
    taken: set[str] = set()
    places: Counter[str] = Counter()
    for one in items:
        key = one.key
        while key in taken:
            places[one.key] += 1
            key = f"{one.key}/{places[one.key] + 1}"
        taken.add(key)
        yield one if key == one.key else msgspec.structs.replace(one, key=key)
