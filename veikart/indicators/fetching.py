"""Asks a statistics service for a table, and gives it as a file to take in, with what was asked."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from veikart.engines.observations import reading

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
    # They load the client, which only those need who ask a service.
    from veikart.adapters.pxweb import PxWeb  # noqa: PLC0415
    from veikart.adapters.pxweb_tables import PxWebError, Query  # noqa: PLC0415

    query = Query(
        address=address,
        version=2 if "/tables/" in address else 1,
        selection={name: tuple(codes) for name, codes in (selection or {}).items()},
    )
    try:
        with service or PxWeb() as connection:
            answer = connection.fetch(query)
    except PxWebError as problem:
        raise ValueError(problem.message) from problem
    name = f"{address.rstrip('/').rpartition('/')[2]}.json"
    raw = reading.read(name, answer.content)
    updated = DAY.match(raw.updated or "")
    return Fetched(
        name=name,
        content=answer.content,
        source=": ".join(filter(None, (raw.source or urlsplit(address).hostname, answer.title))),
        address=address,
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
