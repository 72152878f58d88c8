"""Decisions: freezing a council of twenty years, and its register as the first reader of a question gets it."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any

from msgspec.structs import replace

from bench.figures import Figure, cpu
from veikart.plan.model import Plan

REGISTER_MS, FREEZING_SECONDS = 100.0, 3.0
LAST = "the last page"
QUESTIONS: dict[str, dict[str, list[str]]] = {
    "all": {},
    "one body, year and type": {"organ": ["prove"], "ar": ["2019"], "type": ["drofting"]},
    "a theme with what is under it": {"om": ["mal/1"]},
    "overdue": {"oppfolging": ["forfalt"]},
    "two words": {"q": ["journal veikart"]},
    LAST: {},
}


def figures() -> Iterator[Figure]:
    """Freezing, then the page of the register for each question, then as looking at each decision costs."""
    from bench import council_samples
    from veikart.council import queries as council
    from veikart.editions import queries as editions

    draft = editions.draft()
    council_samples.make([*draft.index.by_uid])
    on = draft.head.as_of
    yield Figure(
        group="council",
        what="freezing 400 meetings, 6,000 cases, 10,000 decisions",
        value=cpu(partial(council.freeze, on=on), times=3),
        unit="s",
        target=FREEZING_SECONDS,
    )
    yield from _pages(replace(draft, council=council.freeze(on=on)))


def _pages(plan: Plan) -> Iterator[Figure]:
    from veikart.editions.queries import Shelved
    from veikart.pages.decisions import PER_PAGE
    from veikart.pages.reading import Reading
    from veikart.pages.render import render
    from veikart.plan.register import Register, parse, register

    shelved = Shelved(
        number="2026-9",
        title="x",
        state="approved",
        as_of=plan.head.as_of,
        working_plan=plan,
    )
    reading = Reading(shelved=shelved, editions=(shelved,), language="nb")
    yield Figure(
        group="council",
        what="putting the register in order, once for a plan",
        value=cpu(lambda: Register(plan), times=3),
        unit="s",
    )
    render(reading, "vedtak", {})  # templates are read once for a process
    last = -(-len(register(plan).decisions) // PER_PAGE)
    for what, question in QUESTIONS.items():
        path = f"vedtak/side/{last}" if what == LAST else "vedtak"
        found = register(plan).find(parse(question, plan)).decisions
        yield Figure(
            group="council",
            what=f"register of decisions, {what}",
            value=cpu(partial(_afresh, reading, path, question)) * 1000,
            unit="ms CPU",
            target=REGISTER_MS,
            note=f"{len(found):,} of {len(plan.council.decisions):,} found",
        )
    yield Figure(
        group="council",
        what="register of decisions, asked for again",
        value=cpu(lambda: render(reading, "vedtak", {})) * 1000,
        unit="ms CPU",
        target=REGISTER_MS,
    )
    yield Figure(
        group="council",
        what="choices of one filter, by looking at each decision",
        value=cpu(partial(_in_turn, plan), times=3) * 1000,
        unit="ms CPU",
        note="what the register replaces: the counts of one list of choices out of five",
    )


def _afresh(reading: Any, path: str, question: dict[str, list[str]]) -> None:
    """The page as the first reader of this question gets it: no row and no answer was made before."""
    from veikart.pages.render import render

    reading.plan.__dict__.pop("made_of_it", None)
    assert render(reading, path, question).status == 200


def _in_turn(plan: Plan) -> Counter[str]:
    """How many decisions have each theme, in one year, without an index."""
    from veikart.plan.decided import day_of
    from veikart.plan.register import themes_of

    counted: Counter[str] = Counter()
    for one in plan.council.decisions:
        day = day_of(plan.index, one)
        if day and day.year == 2019:
            counted.update(themes_of(plan.index, one))
    return counted
