"""`veikart export`: the plan as JSON, the roadmap as CSV or XLSX."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from veikart.config.commands.plans import WHICH, current_plan, find_plan
from veikart.config.commands.speaking import plainly, print_bytes, say


class Format(StrEnum):
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


@plainly
def export(
    to: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write; - for the screen.")],
    edition: Annotated[str | None, typer.Option(help=f"{WHICH} Else the last approved.")] = None,
    as_: Annotated[
        Format | None, typer.Option("--format", help="Else the ending of OUT tells.")
    ] = None,
) -> None:
    """Write the plan as JSON, or the roadmap as CSV or XLSX.

    Example: veikart export veikart.xlsx --edition 2026-1
    """
    chosen = as_ or _format_of(to)
    plan = find_plan(edition) if edition else current_plan()
    from veikart.publishing import exports

    content = {
        Format.JSON: exports.plan_json,
        Format.CSV: exports.roadmap_csv,
        Format.XLSX: exports.roadmap_xlsx,
    }[chosen](plan)
    if str(to) == "-":
        print_bytes(content)
        return
    to.write_bytes(content)
    say(f"{to}: {len(plan.roadmap.deliverables)} deliverables as {chosen.upper()}.")


def _format_of(to: Path) -> Format:
    try:
        return Format(to.suffix.lstrip(".").lower())
    except ValueError:
        raise typer.BadParameter(
            f"Expected OUT to end in .json, .csv or .xlsx; found “{to}”. Say it with --format."
        ) from None
