"""What a live page costs: CPU cold and warm, and how often it asks the database."""

from collections.abc import Callable, Iterator
from dataclasses import replace as with_changes
from time import process_time

from bench.figures import Figure, cpu
from bench.multiples import multiplied
from veikart.plan.codec import decode, encode
from veikart.plan.model import Plan

MOST_QUERIES = 2
TIMELINE_MS, LONG_TIMELINE_MS, FRONT_MS = 30.0, 100.0, 10.0
LONG = 1_000

NOT_THERE = "/finnes-ikke/"
KINDS = (
    "/", "/mal/", "/mal/1/", "/delmal/2D/", "/veikart/", "/veikart/?grupper=eier",
    "/veikart/?q=legemiddel", "/aktor/", "/brukergruppe/", "/utgaver/", "/utgaver/2026-1/",
    "/om/metode/", "/om/tilgjengelighet/", "/om/datakilder/", "/nn/veikart/", "/en/",
    "/utgave/2026-1/veikart/", "/utgaver/2026-1/veikart.csv", NOT_THERE,
)  # fmt: skip
"""One address of each kind of page; the deliverable's and the like are added from the plan."""


def figures() -> Iterator[Figure]:
    """Through the whole of Django for the edition; for 1,000 rows the rendering itself."""
    from veikart.editions import queries

    edition = queries.current()
    assert edition is not None
    yield from _live("front page", "/", FRONT_MS)
    yield from _live("roadmap, 263 rows", "/veikart/", TIMELINE_MS)
    yield from _live("roadmap by owner, 263 rows", "/veikart/?grupper=eier", TIMELINE_MS)
    yield from _long(edition.plan)
    yield from _queries(edition.plan)


def _live(what: str, address: str, most: float) -> Iterator[Figure]:
    """The first time a process is asked, with no plan in memory, and after that."""
    from veikart.editions import opened

    get("/om/metode/")  # Django itself is warm: templates, translations, addresses.
    opened.forget()
    cold = _once(lambda: get(address))
    warm = cpu(lambda: get(address), times=9)
    yield Figure(
        group="pages", what=f"{what}, first time", value=cold * 1000, unit="ms CPU",
        note="opens the edition and renders every row once",
    )  # fmt: skip
    yield Figure(group="pages", what=what, value=warm * 1000, unit="ms CPU", target=most)


def _long(plan: Plan) -> Iterator[Figure]:
    """A roadmap of 1,000 rows, rendered from the plan alone."""
    from veikart.editions import queries
    from veikart.pages.reading import Reading
    from veikart.pages.render import render

    long = decode(encode(_of_rows(plan, LONG)))
    shelved = with_changes(queries.working(), working_plan=long)
    reading = Reading(shelved=shelved)
    cold = _once(lambda: render(reading, "veikart"))
    warm = cpu(lambda: render(reading, "veikart"))
    yield Figure(
        group="pages", what="roadmap, 1,000 rows, first time", value=cold * 1000, unit="ms CPU"
    )
    yield Figure(
        group="pages",
        what="roadmap, 1,000 rows",
        value=warm * 1000,
        unit="ms CPU",
        target=LONG_TIMELINE_MS,
    )


def _of_rows(plan: Plan, rows: int) -> Plan:
    """The plan with exactly so many deliverables."""
    from msgspec.structs import replace

    many = multiplied(plan, -(-rows // len(plan.roadmap.deliverables)))
    kept = many.roadmap.deliverables[:rows]
    return replace(many, roadmap=replace(many.roadmap, deliverables=kept))


def _queries(plan: Plan) -> Iterator[Figure]:
    """The most that any kind of page asks the database, without and with a plan in memory."""
    from veikart.editions import opened

    own = [f"/{things[0].uid}/" for things in (
        plan.roadmap.groupings, plan.roadmap.deliverables, plan.actors.organisations,
        plan.actors.user_groups, plan.actors.regions,
    )]  # fmt: skip
    asked = {address: _asked(address) for address in (*KINDS, *own)}
    opened.forget()
    asked |= {f"{address} (cold)": _asked(address) for address in ("/", "/veikart/")}
    worst = max(asked, key=lambda address: asked[address])
    yield Figure(
        group="pages",
        what=f"questions to the database, most of {len(asked)} pages",
        value=asked[worst],
        unit="",
        target=MOST_QUERIES,
        note=worst,
    )


def _asked(address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        get(address)
    return len(captured)


def get(address: str) -> None:
    """Ask for a page as a browser does, and take nothing but a page for an answer."""
    from django.test import Client

    status = Client(headers={"host": "127.0.0.1"}).get(address).status_code
    assert status == (404 if address == NOT_THERE else 200), f"{address}: {status}"


def _once(work: Callable[[], object]) -> float:
    started = process_time()
    work()
    return process_time() - started
