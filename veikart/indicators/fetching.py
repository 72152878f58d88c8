"""Asks a statistics service for a table, and gives it as a file to take in, with what was asked."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from veikart.engines.observations import reading
from veikart.indicators import queries

if TYPE_CHECKING:
    from veikart.adapters.pxweb_tables import Query

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A table from a service: a file with its name, where it is from, and the question as JSON.

    `as_of` is the day the service says that it was updated; None where it says none.
    """

    name: str
    content: bytes
    source: str
    address: str
    as_of: dt.date | None
    query: str


def fetch(
    address: str, *, selection: Mapping[str, Iterable[str]] | None = None, service: Any = None
) -> Fetched:
    """Ask the PxWeb service for the table at `address`; `selection` gives codes for its variables.

    `service` is a connection, such as tests have; else one is made. Raises ValueError with what
    the service or the address lacks.
    """
    # It loads the client, which only those need who ask a service.
    from veikart.adapters.pxweb_tables import Query  # noqa: PLC0415

    query = Query(
        address=address,
        version=2 if "/tables/" in address else 1,
        selection={name: tuple(codes) for name, codes in (selection or {}).items()},
    )
    return _asked(query, service)


def fetch_again(uid: str, *, service: Any = None) -> Fetched:
    """Ask once more what the newest data set of the indicator `uid` was asked with.

    Raises ValueError if none of its data sets came from a service, and as `fetch` does.
    """
    from veikart.adapters.pxweb_tables import decode_query  # noqa: PLC0415 (as above)

    standing = queries.standing(uid)
    asked = [each.query for each in standing.current if each.query] if standing else []
    if not asked:
        raise ValueError(
            f"Expected a data set of {uid} that came from a statistics service, found none. "
            "Give the address of the table."
        )
    return _asked(decode_query(asked[-1]), service)


def _asked(query: "Query", service: Any) -> Fetched:
    from veikart.adapters.pxweb import PxWeb  # noqa: PLC0415 (as above)
    from veikart.adapters.pxweb_tables import PxWebError  # noqa: PLC0415

    try:
        with service or PxWeb() as connection:
            answer = connection.fetch(query)
    except PxWebError as problem:
        raise ValueError(problem.message) from problem
    name = f"{query.address.rstrip('/').rpartition('/')[2]}.json"
    raw = reading.read(name, answer.content)
    updated = DAY.match(raw.updated or "")
    return Fetched(
        name=name,
        content=answer.content,
        source=": ".join(
            filter(None, (raw.source or urlsplit(query.address).hostname, answer.title))
        ),
        address=query.address,
        as_of=dt.date.fromisoformat(updated[0]) if updated else None,
        query=answer.query,
    )


def selection_of(said: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Choices such as `Region=0301,4601` and `Tid=top(3)`, by variable.

    Raises ValueError for one that has no sign between variable and codes.
    """
    chosen: dict[str, tuple[str, ...]] = {}
    for each in said:
        name, sign, codes = each.partition("=")
        if not sign or not codes:
            raise ValueError(
                f"Expected a choice such as Region=0301,4601 or Tid=top(3); found “{each}”."
            )
        chosen[name] = tuple(codes.split(","))
    return chosen
