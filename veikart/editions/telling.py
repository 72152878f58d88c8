"""What editions tell the councils, which lie below them and cannot ask: see `veikart.council.from_editions`."""

from veikart.council.from_editions import KnownEdition, Telling
from veikart.editions import queries
from veikart.plan.index import name_of


def telling() -> Telling:
    """The answers to what councils ask."""
    return Telling(editions=_editions, name_of=_name_of, published_in=_published_in)


def _editions() -> list[KnownEdition]:
    return [
        KnownEdition(
            number=each.number or "", title=each.title, is_approved=each.state == "approved"
        )
        for each in queries.editions(with_waiting=True)
    ]


def _name_of(uid: str) -> str | None:
    index = queries.draft().index
    thing = index.by_uid.get(uid)
    if thing is not None:
        return name_of(thing)
    stone = index.tombstones.get(uid)
    return stone.name if stone is not None else None


def _published_in(decision: str) -> str | None:
    current = queries.current()
    if current is None or decision not in current.plan.index.decisions:
        return None
    return current.number
