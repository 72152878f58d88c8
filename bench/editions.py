"""How long it takes to freeze an edition, open it and compare two, at 1, 10 and 100 times the size."""

import datetime as dt
import time
from collections.abc import Iterator

import msgspec
from django.utils import timezone
from msgspec.structs import replace

from bench.figures import Figure, cpu, growth
from bench.multiples import multiplied
from veikart.plan import codec, compare
from veikart.plan.model import Deliverable, Plan

TIMES = (1, 10, 100)
FREEZE_SECONDS = 3.0
COMPARE_SECONDS = 1.0
LINEAR = 1.2


def figures() -> Iterator[Figure]:
    """Figures for each size, and how each grows."""
    from veikart.editions import queries

    edition = queries.current()
    assert edition is not None
    plan = edition.plan
    yield from _freezing(plan)
    yield from _plans(plan)


def _freezing(plan: Plan) -> Iterator[Figure]:
    seconds = []
    for times in TIMES:
        put(multiplied(plan, times))
        seconds.append(_freeze_and_discard())
        yield Figure(
            group="editions",
            what=f"freeze {263 * times:,} deliverables",
            value=seconds[-1],
            unit="s CPU",
            target=FREEZE_SECONDS if times == 100 else None,
        )
    yield _growth("freeze", seconds)


def _plans(plan: Plan) -> Iterator[Figure]:
    opened, compared = [], []
    for times in TIMES:
        before = multiplied(plan, times)
        document = codec.encode(before)
        # A moved copy that shares nothing with the first, as two editions from files are.
        after = codec.decode(codec.encode(moved(codec.decode(document))))
        opened.append(cpu(lambda d=document: codec.decode(d), times=3))
        yield Figure(
            group="editions",
            what=f"open {263 * times:,} deliverables ({len(document) / 1e6:.1f} MB)",
            value=opened[-1],
            unit="s CPU",
        )
        found = compare.compare(before, after)
        compared.append(cpu(lambda b=before, a=after: compare.compare(b, a), times=3))
        yield Figure(
            group="editions",
            what=f"compare two of {263 * times:,} deliverables",
            value=compared[-1],
            unit="s CPU",
            target=COMPARE_SECONDS if times == 100 else None,
            note=f"{len(found.changes):,} changes",
        )
    yield _growth("open", opened)
    yield _growth("compare", compared)


def moved(plan: Plan) -> Plan:
    """`plan` with a later start for every tenth deliverable, and another name for every tenth."""
    roadmap = plan.roadmap
    changed = tuple(_moved(one, number) for number, one in enumerate(roadmap.deliverables))
    return replace(plan, roadmap=replace(roadmap, deliverables=changed))


def put(plan: Plan) -> None:
    """Put the roadmap of `plan` into the working tables."""
    from veikart.roadmap import services

    roadmap = plan.roadmap
    for kind, things in (
        ("grouping", roadmap.groupings),
        ("deliverable", roadmap.deliverables),
        ("dependency", roadmap.dependencies),
    ):
        services.put_many([(kind, thing.uid, _values(thing)) for thing in things], by=None)


def _values(thing: msgspec.Struct) -> dict[str, object]:
    values: dict[str, object] = msgspec.to_builtins(thing)
    values.pop("uid")
    return values


def _freeze_and_discard() -> float:
    from veikart.editions import services
    from veikart.people.models import User

    editor = User.objects.get(username="demo-editor")
    started = time.process_time()
    edition = services.freeze(by=editor, as_of=timezone.localdate(), title="Measured")
    seconds = time.process_time() - started
    services.discard(edition, by=editor, reason="Measured.")
    return seconds


def _moved(deliverable: Deliverable, number: int) -> Deliverable:
    if number % 10 == 1:
        return replace(deliverable, name=f"{deliverable.name} (ny)")
    if number % 10 or not deliverable.periods or not deliverable.periods[0].start:
        return deliverable
    first = deliverable.periods[0]
    start = first.start
    assert start is not None
    later = replace(
        start,
        earliest=start.earliest + dt.timedelta(days=184),
        latest=start.latest + dt.timedelta(days=184),
    )
    return replace(deliverable, periods=(replace(first, start=later), *deliverable.periods[1:]))


def _growth(what: str, seconds: list[float]) -> Figure:
    return Figure(
        group="editions",
        what=f"{what}, growth (1 is linear)",
        value=growth(list(TIMES), seconds),
        unit="",
        target=LINEAR,
    )
