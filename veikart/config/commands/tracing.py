"""`veikart why`: where something in the plan comes from, and where it leads."""

from typing import Annotated

import msgspec
import typer

from veikart.config.commands.plans import WHICH, current_plan, find_plan
from veikart.config.commands.speaking import Trouble, plainly, print_bytes, say


@plainly
def why(
    uid: Annotated[str, typer.Argument(metavar="UID", help="The address, such as delmal/2D.")],
    edition: Annotated[str | None, typer.Option(help=f"{WHICH} Else the last approved.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Tell why something is in the plan: the chain up to the vision, and what hangs on it.

    Example: veikart why leveranse/56876000020107079
    """
    from veikart.plan.trace import trace

    plan = find_plan(edition) if edition else current_plan()
    wanted = uid.strip("/")
    if wanted not in plan.index.by_uid and wanted not in plan.index.tombstones:
        raise Trouble(
            f"Expected the address of something in the plan, such as delmal/2D; found “{uid}”. "
            "The address of a page is the same, without its slashes at both ends."
        )
    found = trace(plan, wanted)
    if as_json:
        print_bytes(msgspec.json.encode(found) + b"\n")
        return
    say(str(found))
