"""`veikart why`: where something in the plan comes from, and where it leads."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from veikart.config.commands.plans import WHICH, current_plan, find_plan, is_file, kept_approvals
from veikart.config.commands.speaking import Trouble, plainly, print_bytes, say

if TYPE_CHECKING:
    from veikart.plan.trace import Step, Trace


@plainly
def why(
    uid: Annotated[str, typer.Argument(metavar="UID", help="The address, such as delmal/2D.")],
    edition: Annotated[str | None, typer.Option(help=f"{WHICH} Else the last approved.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Tell why something is in the plan: what it is there for, who decided it, and what hangs on it.

    Example: veikart why leveranse/56876000020107079

    It takes decisions, cases, follow-ups and editions, too: veikart why utgave/2026-1
    """
    from veikart.plan import trace

    plan = find_plan(edition) if edition else current_plan()
    approvals = () if edition and is_file(edition) else kept_approvals()
    try:
        found = trace.why(plan, uid.strip("/"), approvals=approvals)
    except LookupError as problem:
        raise Trouble(str(problem.args[0])) from problem
    if as_json:
        print_bytes(msgspec.json.encode(found) + b"\n")
        return
    for line in told(found):
        say(line)


def told(trace: "Trace") -> Iterator[str]:
    """The trace in lines, each step further in than the one it comes from."""
    yield f"{trace.name} ({trace.uid})"
    if trace.stone:
        yield f"Gone: {trace.stone.reason}"
    for heading, steps in (("It is there because it is", trace.up), ("It leads to", trace.down)):
        if steps:
            yield ""
            yield heading
            yield from _steps(steps, "  ")
    if trace.sources:
        yield ""
        yield "Sources"
        yield from (f"  {source.title}" for source in trace.sources)


def _steps(steps: "tuple[Step, ...]", margin: str) -> Iterator[str]:
    for step in steps:
        where = f" ({step.uid})" if step.uid else ""
        reason = f": “{step.reason}”" if step.reason else ""
        does = f" ({step.effect.replace('_', ' ')})" if step.effect else ""
        yield f"{margin}{step.relation.replace('_', ' ')}{does} {step.name}{where}{reason}"
        yield from _steps(step.steps, f"{margin}  ")
