"""`veikart compare`: what changed from one plan to another."""

from typing import TYPE_CHECKING, Annotated

import typer

from veikart.config.commands.plans import WHICH, find_plan
from veikart.config.commands.speaking import plainly, print_bytes, say
from veikart.config.commands.starting import start_django

if TYPE_CHECKING:
    from veikart.engines.dates import FuzzyDate
    from veikart.pages.change_sentences import Named
    from veikart.plan.change import Change
    from veikart.plan.compare import Comparison, Tally
    from veikart.plan.model import Head, Plan

UNNAMED = frozenset({"other", "wording"})
"""The kinds that do not say themselves which field it is that changed."""


@plainly
def compare(
    before: Annotated[str, typer.Argument(metavar="A", help=WHICH)],
    after: Annotated[str, typer.Argument(metavar="B", help="The same, for what came after.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Tell what changed from A to B: counts first, then by goal, then every change.

    Two files need no database. Example: veikart compare 2026-1 draft
    """
    from veikart.plan import compare as comparing

    old, new = find_plan(before), find_plan(after)
    comparison = comparing.compare(old, new)
    if as_json:
        print_bytes(comparing.encode(comparison))
        return
    start_django()
    for line in told(comparison, old, new):
        say(line)


def told(comparison: "Comparison", before: "Plan", after: "Plan") -> list[str]:
    """The comparison in lines."""
    from veikart.pages.change_sentences import Named

    named = Named(before, after)
    heading = f"From {_edition(comparison.before)} to {_edition(comparison.after)}"
    if comparison.is_empty:
        return [f"{heading}: no change.", *_decided(comparison)]
    counts = ", ".join(
        f"{number} {kind_in_words(kind)}" for kind, number in comparison.counts.items()
    )
    lines = [f"{heading}: {counts}."]
    if comparison.unexplained:
        lines.append(f"Moved without a cause: {len(comparison.unexplained)}.")
    lines += ["", "By goal", *(_tally(tally, after) for tally in comparison.by_goal)]
    lines += ["", "By owner", *(_tally(tally, after) for tally in comparison.by_owner)]
    lines += ["", "Changes", *(_change(change, named) for change in comparison.changes)]
    return [*lines, *_decided(comparison)]


def _decided(comparison: "Comparison") -> list[str]:
    """What councils decided and what became of it meanwhile; nothing where they did nothing."""
    found = comparison.decided
    if found.is_empty:
        return []
    return [
        "",
        "Decided and done",
        *(
            f"  {kind_in_words(kind)}: {one.name} ({one.uid})"
            for kind in found.__struct_fields__
            for one in getattr(found, kind)
        ),
    ]


def kind_in_words(kind: str) -> str:
    """The kind of a change as a person says it."""
    return kind.replace("_", " ")


def _edition(head: "Head") -> str:
    return head.number or "the working plan"


def _tally(tally: "Tally", plan: "Plan") -> str:
    from veikart.plan.index import name_of

    thing = plan.index.by_uid.get(tally.uid or "")
    name = name_of(thing) if thing else tally.uid or "none"
    counts = ", ".join(f"{number} {kind_in_words(kind)}" for kind, number in tally.counts.items())
    return f"  {name}: {counts}"


def _change(change: "Change", named: "Named") -> str:
    said = f"  {kind_in_words(change.kind)}: {change.name} ({change.uid})"
    if change.date_before or change.date_after:
        said += f", {_date(change.date_before)} → {_date(change.date_after)}"
    elif change.predecessors or change.successors:
        came_from = change.predecessors or (change.uid,)
        said += f", {', '.join(came_from)} → {', '.join(change.successors) or 'nothing'}"
    elif change.before is not None or change.after is not None:
        if change.kind in UNNAMED:
            said += f", {change.what.removeprefix(change.uid).strip('/')}"
        said += f", {named(change.before)} → {named(change.after)}"
    if change.reason:
        said += f", because {change.reason}"
    if change.cause:
        said += f", cause: {change.cause.code.replace('_', ' ')}"
    elif change.is_unexplained:
        said += ", unexplained"
    return said


def _date(date: "FuzzyDate | None") -> str:
    return f"{date.text} ({date.certainty})" if date else "not dated"
